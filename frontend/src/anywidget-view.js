/* An anywidget inside the library: for one that sits in a box or a tab with other widgets. */

import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base";
import { begin, draw } from "./anywidget.js";

const modules = new WeakMap();

/** The model as an anywidget's module knows it. */
function seen(model) {
  return {
    widget_manager: model.widget_manager,
    get: (name) => model.get(name),
    set: (name, value) => model.set(name, value),
    save_changes: () => model.save_changes(),
    send: (content, callbacks, buffers) => model.send(content, callbacks, buffers),
    on: (names, handler) => model.on(names, handler),
    off: (names, handler) => model.off(names ?? null, handler),
  };
}

export class AnyModel extends DOMWidgetModel {
  initialize(attributes, options) {
    super.initialize(attributes, options);
    modules.set(this, begin(seen(this)));
  }
}

export class AnyView extends DOMWidgetView {
  async render() {
    const inside = document.createElement("div");
    this.el.append(inside);
    this.clean = await draw(await modules.get(this.model), seen(this.model), inside);
  }

  remove() {
    this.clean?.();
    return super.remove();
  }
}

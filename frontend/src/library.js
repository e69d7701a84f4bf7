/* The full widget library, loaded only by pages that show more than forms. */

import { Widget } from "@lumino/widgets";
import { Manager } from "./manager.js";
import "@lumino/widgets/style/index.css";
import "@jupyter-widgets/base/css/index.css";
import "@jupyter-widgets/controls/css/widgets.css";
import "../style/library.css";

/** Start the library beside the shelf that already holds the page's widgets. */
export function start(shelf) {
  const style = document.createElement("link");
  Object.assign(style, { rel: "stylesheet", href: shelf.connection.start.libraryStyle });
  document.head.append(style);
  const manager = new Manager(shelf);
  return {
    manager,
    add: (id) => manager.get_model(id).catch((error) => console.error(error)),
    get_model: (id) => manager.get_model(id),
    async show(id, el) {
      const view = await manager.create_view(await manager.get_model(id));
      el.replaceChildren();
      Widget.attach(view.luminoWidget, el);
    },
  };
}

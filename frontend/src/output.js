/* The Output widget: what Python prints or displays inside it appears in the page. */

import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base";

const WIDGET = "application/vnd.jupyter.widget-view+json";
const IMAGES = ["image/png", "image/jpeg", "image/gif"];
const KEPT = new Set(["stream", "display_data", "execute_result", "error"]);
const WRONG = "Something went wrong here. Reload the page to try again.";

const joined = (text) => (Array.isArray(text) ? text.join("") : text);

function lines(text, kind) {
  const pre = document.createElement("pre");
  pre.className = kind;
  pre.textContent = joined(text);
  return pre;
}

function picture(data, type, alt) {
  const image = new Image();
  image.src = `data:${type};base64,${joined(data)}`;
  image.alt = alt;
  return image;
}

/** One output as an element; HTML comes from our own theme and runs no script. */
export function drawn(output, shelf) {
  if (output.output_type === "stream") return lines(output.text, `stream ${output.name}`);
  if (output.output_type === "error") return lines(WRONG, "wrong");
  const { data = {}, metadata = {} } = output;
  const box = document.createElement("div");
  if (data[WIDGET]) shelf.show(data[WIDGET].model_id, box);
  else if (data["text/html"]) box.innerHTML = joined(data["text/html"]);
  else if (data["image/svg+xml"]) box.append(picture(btoa(unescape(encodeURIComponent(joined(data["image/svg+xml"])))), "image/svg+xml", metadata.alt ?? ""));
  else {
    const type = IMAGES.find((each) => data[each]);
    box.append(type ? picture(data[type], type, metadata.alt ?? "") : lines(data["text/plain"] ?? "", "plain"));
  }
  return box;
}

export class OutputModel extends DOMWidgetModel {
  defaults() {
    return {
      ...super.defaults(), _model_name: "OutputModel", _model_module: "@jupyter-widgets/output",
      _view_name: "OutputView", _view_module: "@jupyter-widgets/output", msg_id: "", outputs: [],
    };
  }

  initialize(attributes, options) {
    super.initialize(attributes, options);
    this.clearFirst = false;
    this.follow();
    this.on("change:msg_id", () => this.follow());
  }

  /** Take over what belongs to the message that Python named. */
  follow() {
    const { outputs } = this.widget_manager.connection;
    const before = this.previous("msg_id");
    const now = this.get("msg_id");
    if (before && before !== now) outputs.delete(before);
    if (now) outputs.set(now, (message) => this.take(message));
  }

  take(message) {
    const type = message.header.msg_type;
    if (type === "clear_output") {
      if (message.content.wait) this.clearFirst = true;
      else this.put([]);
    } else if (KEPT.has(type)) {
      const before = this.clearFirst ? [] : this.get("outputs");
      this.clearFirst = false;
      this.put(added(before, { output_type: type, ...message.content }));
    }
  }

  put(outputs) {
    this.set("outputs", outputs);
    this.save_changes();
  }
}

/** Text printed to the same stream goes on in the same block. */
function added(outputs, output) {
  const last = outputs.at(-1);
  if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
    return [...outputs.slice(0, -1), { ...last, text: joined(last.text) + output.text }];
  }
  return [...outputs, output];
}

export class OutputView extends DOMWidgetView {
  render() {
    super.render();
    this.el.classList.add("jupyter-widgets", "widget-output");
    this.listenTo(this.model, "change:outputs", () => this.paint());
    this.paint();
  }

  paint() {
    const { shelf } = this.model.widget_manager;
    this.el.replaceChildren(...(this.model.get("outputs") ?? []).map((output) => drawn(output, shelf)));
  }
}

/* All widgets of the page. Forms are anywidgets and run here, at once; every other widget needs the full widget
   library, which is loaded when the first of them is met. */

import { begin, draw } from "./anywidget.js";
import { fromBase64, putBuffers } from "./buffers.js";
import { Model } from "./model.js";

const LIGHT = "anywidget";
const PASSIVE = new Set(["LayoutModel"]); // has no view and nothing to do

export class Shelf {
  constructor(connection, loadLibrary) {
    Object.assign(this, { connection, loadLibrary });
    this.states = new Map();
    this.models = new Map();
    this.slots = new Map();
    connection.targets.set("jupyter.widget", (comm, message) => this.opened(comm, message));
  }

  /** States that came with the page: {id: {state, buffers}}. */
  learn(known) {
    for (const [id, { state, buffers = [] }] of Object.entries(known)) {
      if (this.states.has(id)) continue;
      const paths = buffers.map((buffer) => buffer.path);
      this.add(id, putBuffers(state, paths, buffers.map((buffer) => fromBase64(buffer.data))));
    }
  }

  add(id, state) {
    this.states.set(id, state);
    if (this.slots.has(id)) this.show(id, this.slots.get(id));
    else if (!this.light(id) && !PASSIVE.has(state._model_name)) this.library().then((library) => library.add(id));
  }

  opened(comm, message) {
    const { data } = message.content;
    this.add(comm.comm_id, putBuffers(data.state, data.buffer_paths, message.buffers));
  }

  light(id) {
    return this.states.get(id)?._model_module === LIGHT;
  }

  /** The full widget library, started once. */
  library() {
    this.started ??= this.loadLibrary().then((module) => module.start(this));
    return this.started;
  }

  /** Show a widget in an element, now or as soon as its state is known. */
  async show(id, el) {
    this.slots.set(id, el);
    if (!this.states.has(id) || el.dataset.shown) return;
    el.dataset.shown = "soon";
    try {
      if (this.light(id)) await this.showLight(id, el);
      else await (await this.library()).show(id, el);
      el.dataset.shown = "yes";
    } catch (error) {
      el.dataset.shown = "failed";
      el.textContent = "This part could not be shown. Reload the page to try again.";
      console.error(error);
    }
  }

  async showLight(id, el) {
    const { model, widget } = this.model(id);
    const inside = document.createElement("div");
    const clean = await draw(await widget, model, inside);
    el.replaceChildren(inside);
    return clean;
  }

  model(id) {
    if (!this.models.has(id)) {
      const model = new Model(this.connection.comm(id), this.states.get(id), this);
      this.models.set(id, { model, widget: begin(model) });
    }
    return this.models.get(id);
  }

  /** What a widget may ask its manager for. */
  async get_model(id) {
    return this.light(id) ? this.model(id).model : (await this.library()).get_model(id);
  }

  /** Ask Python for every state again, after messages may have been missed. */
  refresh() {
    for (const { model } of this.models.values()) model.ask();
  }
}

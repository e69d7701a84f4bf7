/* The page's half of an anywidget model: get, set, save_changes, on, off, send, kept equal with Python. */

import { putBuffers, removeBuffers } from "./buffers.js";

const PROTOCOL_VERSION = "2.1.0";

export class Model {
  constructor(comm, state, widgetManager) {
    Object.assign(this, { comm, state, widget_manager: widgetManager, model_id: comm.comm_id });
    this.changed = new Set(); // set here, not yet sent
    this.unsettled = new Map(); // attribute -> id of the message that Python has not yet answered
    this.handlers = new Map();
    document.addEventListener("pophealth:connection", () => this.unsettled.clear());
    comm.listen((message) => this.hear(message));
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    const values = typeof name === "object" ? name : { [name]: value };
    for (const [key, now] of Object.entries(values)) {
      if (this.state[key] === now) continue;
      this.changed.add(key);
      this.put(key, now);
    }
    if (Object.keys(values).length) this.trigger("change", this);
  }

  put(name, value) {
    this.state[name] = value;
    this.trigger(`change:${name}`, this, value);
  }

  save_changes() {
    if (!this.changed.size) return;
    const names = [...this.changed];
    this.changed.clear();
    const { state, paths, buffers } = removeBuffers(Object.fromEntries(names.map((name) => [name, this.state[name]])));
    const settle = { iopub: { status: (message) => this.settled(names, message) } };
    const id = this.comm.send({ method: "update", state, buffer_paths: paths }, settle, { version: PROTOCOL_VERSION }, buffers);
    for (const name of names) this.unsettled.set(name, id);
  }

  settled(names, message) {
    if (message.content.execution_state !== "idle") return;
    const id = message.parent_header.msg_id;
    for (const name of names) if (this.unsettled.get(name) === id) this.unsettled.delete(name);
  }

  send(content, callbacks, buffers) {
    this.comm.send({ method: "custom", content }, callbacks, { version: PROTOCOL_VERSION }, buffers);
  }

  /** Ask Python for the whole state, when something may have been missed. */
  ask() {
    this.comm.send({ method: "request_state" }, undefined, { version: PROTOCOL_VERSION });
  }

  hear(message) {
    const { data } = message.content;
    if (data.method === "custom") this.trigger("msg:custom", data.content, message.buffers ?? []);
    else if (data.method === "update") this.update(message, data);
  }

  update(message, data) {
    const answers = message.parent_header?.msg_id;
    const state = putBuffers(data.state, data.buffer_paths, message.buffers);
    let any = false;
    for (const [name, value] of Object.entries(state)) {
      const mine = this.unsettled.get(name);
      const stale = this.changed.has(name) || (mine && mine !== answers);
      if (stale || JSON.stringify(this.state[name]) === JSON.stringify(value)) continue;
      this.put(name, value);
      any = true;
    }
    if (any) this.trigger("change", this);
  }

  on(names, handler) {
    for (const name of names.split(/\s+/)) this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler]);
  }

  off(names, handler) {
    for (const name of (names ?? [...this.handlers.keys()].join(" ")).split(/\s+/)) {
      const kept = (this.handlers.get(name) ?? []).filter((each) => handler && each !== handler);
      this.handlers.set(name, kept);
    }
  }

  trigger(name, ...about) {
    for (const handler of this.handlers.get(name) ?? []) handler(...about);
  }
}

/* One comm: the two-way line between a widget in the page and its twin in Python. It has the methods that the
   widget library expects, and several listeners may share it. */

export class Comm {
  constructor(connection, id, target, early = []) {
    Object.assign(this, { connection, comm_id: id, target_name: target, early });
    this.listeners = new Set();
    this.closers = new Set();
  }

  listen(listener) {
    this.listeners.add(listener);
    for (const [message, type] of this.early.splice(0)) this.take(message, type);
  }

  take(message, type) {
    if (type === "comm_close") for (const closer of this.closers) closer(message);
    else if (this.listeners.size) for (const listener of this.listeners) listener(message);
    else this.early.push([message, type]);
  }

  open(data, callbacks, metadata, buffers) {
    const content = { comm_id: this.comm_id, target_name: this.target_name, data: data ?? {} };
    return this.connection.send("comm_open", content, { callbacks, metadata, buffers });
  }

  send(data, callbacks, metadata, buffers) {
    return this.connection.send("comm_msg", { comm_id: this.comm_id, data }, { callbacks, metadata, buffers });
  }

  close(data, callbacks, metadata, buffers) {
    this.connection.comms.delete(this.comm_id);
    const content = { comm_id: this.comm_id, data: data ?? {} };
    return this.connection.send("comm_close", content, { callbacks, metadata, buffers });
  }

  on_msg(listener) {
    this.listen(listener);
  }

  on_close(closer) {
    this.closers.add(closer);
  }
}

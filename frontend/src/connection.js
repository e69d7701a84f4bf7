/* The line to the kernel: one socket that comes back by itself. What is sent while it is down waits; the server
   keeps what the kernel said meanwhile, because every new socket carries the same session. */

import { PROTOCOL, decode, encode, identifier } from "./protocol.js";
import { Comm } from "./comm.js";

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;
const FORGET_REPLY = 5000;
const OUTPUTS = new Set(["stream", "display_data", "execute_result", "error", "clear_output", "update_display_data"]);

export class Connection {
  /** start: {base, kernel, session, socket, heard}, as left by the page's first lines. */
  constructor(start) {
    Object.assign(this, { start, tries: 0, waiting: [], ended: false });
    this.comms = new Map();
    this.early = new Map(); // messages for comms nobody has asked for yet
    this.targets = new Map();
    this.replies = new Map();
    this.outputs = new Map();
    this.attach(start.socket);
    for (const data of start.heard.splice(0)) this.hear(data);
    for (const event of ["online", "visibilitychange", "focus"]) window.addEventListener(event, () => this.hurry());
  }

  get open() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  attach(socket) {
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onmessage = (event) => this.hear(event.data);
    socket.onopen = () => this.opened();
    socket.onclose = () => this.closed();
    if (this.open) this.opened();
    else if (socket.readyState > WebSocket.OPEN) this.closed();
  }

  opened() {
    this.tries = 0;
    this.tell("open");
    this.flush();
  }

  flush() {
    if (this.open) for (const data of this.waiting.splice(0)) this.socket.send(data);
  }

  closed() {
    this.tell("closed");
    if (this.ended) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.tries) * (0.75 + Math.random() / 2);
    this.tries += 1;
    this.timer = setTimeout(() => this.again(), wait);
  }

  hurry() {
    if (this.ended || document.hidden || this.socket.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.timer);
    this.again();
  }

  async again() {
    if (await this.kernelIsGone()) {
      this.ended = true;
      this.tell("closed", "ended");
    } else if (this.socket.readyState === WebSocket.CLOSED) {
      this.attach(new WebSocket(this.socket.url, [PROTOCOL]));
    }
  }

  async kernelIsGone() {
    try {
      const answer = await fetch(`${this.start.base}api/kernels/${this.start.kernel}`, { redirect: "manual" });
      return answer.status === 404 || answer.status === 403 || answer.type === "opaqueredirect";
    } catch {
      return false;
    }
  }

  /** Say on the document how the line is: "open" or "closed"; the page shows more when the kernel has ended. */
  tell(state, why = state) {
    if (document.documentElement.dataset.connection === why) return;
    document.documentElement.dataset.connection = why;
    document.dispatchEvent(new CustomEvent("pophealth:connection", { detail: state }));
  }

  /** Send a message on the shell channel; callbacks as the widget library gives them. Returns the message id. */
  send(type, content, { metadata = {}, buffers = [], callbacks } = {}) {
    const header = {
      msg_id: identifier(), msg_type: type, session: this.start.session, username: "", version: "5.3",
      date: new Date().toISOString(),
    };
    if (callbacks) this.replies.set(header.msg_id, callbacks);
    const data = encode({ channel: "shell", header, parent_header: {}, metadata, content, buffers });
    if (this.open) this.socket.send(data);
    else this.waiting.push(data);
    return header.msg_id;
  }

  hear(data) {
    const message = decode(data);
    const type = message.header.msg_type;
    if (type === "comm_open") this.commOpened(message);
    else if (type === "comm_msg" || type === "comm_close") this.commSaid(message, type);
    else if (OUTPUTS.has(type)) this.output(message);
    else this.reply(message, type);
  }

  commOpened(message) {
    const { comm_id: id, target_name: target } = message.content;
    if (!this.comms.has(id)) this.targets.get(target)?.(this.comm(id, target), message);
  }

  commSaid(message, type) {
    const id = message.content.comm_id;
    const comm = this.comms.get(id);
    if (comm) comm.take(message, type);
    else this.early.set(id, [...(this.early.get(id) ?? []), [message, type]]);
  }

  /** The comm with this id; what came for it before anybody asked is delivered when somebody listens. */
  comm(id, target = "jupyter.widget") {
    if (!this.comms.has(id)) {
      this.comms.set(id, new Comm(this, id, target, this.early.get(id)));
      this.early.delete(id);
    }
    return this.comms.get(id);
  }

  output(message) {
    const parent = message.parent_header?.msg_id;
    const hook = this.outputs.get(parent);
    if (hook) hook(message);
    else this.replies.get(parent)?.iopub?.output?.(message);
  }

  reply(message, type) {
    const parent = message.parent_header?.msg_id;
    const callbacks = this.replies.get(parent);
    if (!callbacks) return;
    if (type === "status") {
      callbacks.iopub?.status?.(message);
      if (message.content.execution_state === "idle") setTimeout(() => this.replies.delete(parent), FORGET_REPLY);
    } else {
      callbacks.shell?.reply?.(message);
    }
  }
}

const PAUSE = 1000; // after the last key
const PATIENCE = 4000; // without an answer: not connected
const AGAIN = 5000; // ask again
const OPEN = "-"; // nothing chosen yet

/* A form in the page. Python sends what to ask and what is kept; these files draw it, send what is typed, and keep
   a copy on the device until Python says "kept". Text of people is put in as text, never as HTML. They are one script,
   in the order of forms.py: helpers and the line to Python, fields, one record, a list of records, a file, the start. */

/* ---------- small helpers ---------- */

function make(tag, about = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...inside.filter((part) => part != null));
  return node;
}

const button = (words, onclick, look = "") =>
  make("button", { type: "button", class: `pf-button ${look}`.trim(), onclick }, words);

const token = () => Math.random().toString(36).slice(2, 12);

const plain = (value) =>
  value && typeof value === "object" ? JSON.stringify(Object.entries(value).sort()) : String(value ?? "").trim();

const same = (one, other) => plain(one) === plain(other);

function moment(iso) {
  const when = new Date(iso);
  const time = when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (when.toDateString() === new Date().toDateString()) return `at ${time}`;
  const day = { day: "numeric", month: "long", year: "numeric" };
  return `on ${when.toLocaleDateString([], day)} at ${time}`;
}

const listed = (words) => words.map((word) => `“${word}”`).join(", ");

/* ---------- the line to Python: each question gets exactly one answer, however often it is asked ---------- */

class Line {
  constructor(model) {
    Object.assign(this, { model, owner: token(), count: 0, waiting: new Map(), watchers: new Set() });
    this.closed = (document.documentElement.dataset.connection ?? "open") !== "open";
    this.connected = !this.closed;
    this.hear = (answer) => this.take(answer);
    this.turn = (event) => this.change(event.detail === "closed");
    model.on("msg:custom", this.hear);
    document.addEventListener("pophealth:connection", this.turn);
    this.clock = setInterval(() => this.look(), 500);
  }

  ask(question, files) {
    const sequence = ++this.count;
    return new Promise((resolve) => {
      const asked = { question: { ...question, owner: this.owner, sequence }, files, resolve, since: Date.now() };
      this.waiting.set(sequence, asked);
      this.post(asked);
    });
  }

  post(asked) {
    asked.posted = Date.now();
    if (this.closed) return;
    try {
      this.model.send(asked.question, undefined, asked.files);
    } catch {
      asked.since = 0;
    }
  }

  take(answer) {
    if (answer.owner !== this.owner || !this.waiting.has(answer.sequence)) return;
    const { resolve } = this.waiting.get(answer.sequence);
    this.waiting.delete(answer.sequence);
    this.tell(!this.closed);
    resolve(answer);
  }

  look() {
    const now = Date.now();
    for (const asked of this.waiting.values()) {
      if (now - asked.since > PATIENCE) this.tell(false);
      if (now - asked.posted > AGAIN) this.post(asked);
    }
  }

  change(closed) {
    this.closed = closed;
    this.tell(!closed);
    if (!closed) for (const asked of this.waiting.values()) this.post(Object.assign(asked, { since: Date.now() }));
  }

  tell(connected) {
    if (connected === this.connected) return;
    this.connected = connected;
    for (const watcher of this.watchers) watcher();
  }

  close() {
    clearInterval(this.clock);
    this.model.off("msg:custom", this.hear);
    document.removeEventListener("pophealth:connection", this.turn);
  }
}

/* ---------- the copy on this device; where the browser allows none, the page works without ---------- */

class Device {
  constructor(place, owner) {
    Object.assign(this, { owner, works: true, alive: new Set() });
    this.prefix = ["pophealth", ...place].map(encodeURIComponent).join(":") + ":";
    if (typeof BroadcastChannel === "undefined") return;
    this.channel = new BroadcastChannel("pophealth-forms");
    this.channel.onmessage = ({ data }) => {
      if (data.ask === this.owner) this.channel.postMessage({ alive: this.owner });
      if (data.alive) this.alive.add(data.alive);
    };
  }

  name(key, field) {
    return this.prefix + [key, field, this.owner].map(encodeURIComponent).join(":");
  }

  keep(key, field, value, was) {
    try {
      localStorage.setItem(this.name(key, field), JSON.stringify({ value, was, at: Date.now() }));
      this.works = true;
    } catch {
      this.works = false;
    }
  }

  drop(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      this.works = false;
    }
  }

  copies() {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
      return names.map((name) => this.read(name)).sort((one, other) => one.at - other.at);
    } catch {
      this.works = false;
      return [];
    }
  }

  read(name) {
    const [key, field, owner] = name.slice(this.prefix.length).split(":").map(decodeURIComponent);
    return { ...JSON.parse(localStorage.getItem(name)), name, key, field, owner };
  }

  /* Copies of pages that are gone: a page that is still open answers for its own. */
  async orphans() {
    const found = this.copies().filter((copy) => copy.owner !== this.owner);
    if (!found.length || !this.channel) return found;
    for (const { owner } of found) this.channel.postMessage({ ask: owner });
    await new Promise((resolve) => setTimeout(resolve, 250));
    return found.filter((copy) => !this.alive.has(copy.owner));
  }

  close() {
    this.channel?.close();
  }
}

const PAUSE = 1000; // after the last key
const PATIENCE = 4000; // without an answer: not connected
const AGAIN = 5000; // ask again
const OPEN = "-"; // nothing chosen yet

/* A form in the page. Python sends what to ask and what is kept; this draws it, sends what is typed, and keeps
   a copy on the device until Python says "kept". Text of people is put in as text, never as HTML. */

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

/* ---------- one field: what it shows, what it reads, what it says ---------- */

class Control {
  constructor(field, changed) {
    Object.assign(this, { field, id: `pf-${token()}` });
    this.hint = make("span", { class: "pf-hint", id: `${this.id}-hint` }, field.help);
    this.error = make("p", { class: "pf-error", id: `${this.id}-error`, "aria-live": "polite" });
    this.beside = make("div", { class: "pf-beside" });
    this.node = make("div", { class: `pf-field pf-${field.input}`, "data-field": field.name });
    const build = field.of ? "choose" : ({ choice: "choose", yes_no: "tick", grid: "rate" }[field.input] ?? "write");
    this[build](() => changed(this, build !== "write"));
    this.node.append(this.error, this.beside);
  }

  about() {
    return { id: this.id, name: this.field.name, "aria-describedby": `${this.id}-hint ${this.id}-error` };
  }

  label() {
    return make("label", { for: this.id }, this.field.label, this.hint);
  }

  write(changed) {
    const { input, unit } = this.field;
    const about = { ...this.about(), oninput: changed, autocomplete: "off" };
    if (input === "number") about.inputmode = "decimal";
    this.input = input === "long" ? make("textarea", { ...about, rows: 3 }) : make("input", { ...about, type: "text" });
    this.node.append(this.label(), make("div", { class: "pf-with-unit" }, this.input, unit ? make("span", {}, unit) : null));
    this.get = () => (this.input.validity.badInput ? this.last : (this.last = this.input.value));
    this.set = (value) => {
      this.input.type = this.kind(value);
      this.last = this.input.value = value ?? "";
    };
    if (input === "long") this.set = (value) => (this.last = this.input.value = value ?? "");
  }

  /* A date picker would throw away what is not a date, so such text gets a plain field. */
  kind(value) {
    if (!["date", "month"].includes(this.field.input)) return "text";
    const pattern = this.field.input === "date" ? /^(\d{4}-\d\d-\d\d)?$/ : /^(\d{4}-\d\d)?$/;
    return pattern.test(value ?? "") ? this.field.input : "text";
  }

  choose(changed) {
    this.input = make("select", { ...this.about(), onchange: changed }, new Option("Choose …", ""));
    for (const [value, words] of this.field.choices) this.input.append(new Option(words, value));
    this.node.append(this.label(), this.input);
    this.get = () => this.input.selectedOptions[0]?.typed ?? this.input.value;
    this.set = (value) => {
      const known = [...this.input.options].find((option) => (option.typed ?? option.value) === (value ?? ""));
      const option = known ?? Object.assign(new Option(value, "as typed"), { typed: value });
      if (!known) this.input.append(option);
      option.selected = true;
    };
  }

  /* What a field that names another record can be chosen from; it comes with what is kept. */
  offer(choices) {
    if (same(choices, this.field.choices)) return;
    const value = this.get();
    this.field = { ...this.field, choices };
    this.input.replaceChildren(new Option("Choose …", ""), ...choices.map(([key, words]) => new Option(words, key)));
    this.set(value);
  }

  tick(changed) {
    this.input = make("input", { ...this.about(), type: "checkbox", onchange: changed });
    this.node.append(make("label", { class: "pf-tick", for: this.id }, this.input, make("span", {}, this.field.label, this.hint)));
    this.get = () => this.input.checked;
    this.set = (value) => (this.input.checked = value === true || value === "true");
  }

  rate(changed) {
    const { label, levels, paged } = this.field;
    const legend = make("legend", {}, label, this.hint);
    const group = make("fieldset", { class: "pf-grid", "aria-describedby": `${this.id}-hint` });
    let parts = null;
    const answered = () => {
      parts?.paint();
      changed();
    };
    const drawn = ({ statements }) => statements.map(([name, text, own]) => this.statement(name, text, own ?? levels, answered));
    const headed = (section) => [...(section.title ? [make("h4", {}, section.title)] : []), ...drawn(section)];
    const fill = (sections) => {
      parts = paged ? new Parts(sections, sections.map(drawn)) : null;
      const rows = parts ? [parts.node] : sections.flatMap(headed);
      group.replaceChildren(legend, ...(rows.length ? rows : [make("p", { class: "pf-hint" }, "Your own list will stand here.")]));
    };
    fill(this.field.sections);
    this.input = group;
    this.node.append(group);
    const rest = new Map(); // answers to what is no longer asked are kept
    const given = (value) => (value === "" ? null : Number(value));
    const marked = () => [...group.querySelectorAll("input:checked, select")].filter(({ value }) => value !== OPEN);
    this.get = () => Object.fromEntries([...rest, ...marked().map(({ dataset, value }) => [dataset.name, given(value)])]);
    this.set = (answers) => {
      const known = new Map(Object.entries(answers ?? {}).map(([name, value]) => [name, String(value ?? "")]));
      for (const part of group.querySelectorAll("[data-name]")) {
        const value = known.get(part.dataset.name);
        if (part.type === "radio") part.checked = part.value === value;
        else part.value = value ?? OPEN;
      }
      const asked = new Set([...group.querySelectorAll("[data-name]")].map((part) => part.dataset.name));
      rest.clear();
      for (const [name, value] of Object.entries(answers ?? {})) if (!asked.has(name)) rest.set(name, value);
      parts?.open();
    };
    this.offer = (sections) => {
      if (same(sections, this.field.sections)) return;
      const answers = this.get();
      this.field = { ...this.field, sections };
      fill(sections);
      this.set(answers);
    };
  }

  statement(name, text, levels, changed) {
    const { blank, look } = this.field;
    const every = [...levels, [null, blank]];
    if (look === "list") return this.fromList(name, text, every, changed);
    const level = ([value, words]) =>
      make("label", { class: "pf-level" },
        make("input", { type: "radio", name: `${this.id}-${name}`, value: value ?? "", "data-name": name, onchange: changed }),
        make("span", {}, words));
    const scale = look ? ` pf-${look}` : levels.length > 5 ? " pf-scale" : "";
    return make("fieldset", { class: "pf-statement" }, make("legend", {}, text), make("div", { class: `pf-levels${scale}` }, ...every.map(level)));
  }

  fromList(name, text, every, changed) {
    const select = make("select", { "data-name": name, onchange: changed, "aria-label": text }, new Option("Choose …", OPEN));
    for (const [value, words] of every) select.append(new Option(words, value ?? ""));
    return make("div", { class: "pf-statement" }, make("span", { "aria-hidden": "true" }, text), select);
  }

  say(sentence) {
    this.error.textContent = sentence ?? "";
    if (sentence) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  /* A value in words, for people to compare. */
  words(value) {
    const { input, choices, of } = this.field;
    if (input === "choice" || of) return choices.find(([name]) => name === value)?.[1] ?? String(value ?? "");
    if (input === "yes_no") return value === true ? "yes" : "no";
    if (input === "grid") return `${Object.keys(value ?? {}).length} answers`;
    return String(value ?? "");
  }
}

/* ---------- many statements: one part on the screen at a time ---------- */

class Parts {
  constructor(sections, drawn) {
    Object.assign(this, { sections, at: -1 });
    this.told = make("p", { class: "pf-told", role: "status" });
    this.parts = sections.map(({ title }, at) =>
      make("section", { class: "pf-part" }, make("h4", { tabindex: "-1" }, `Part ${at + 1} of ${sections.length}: ${title}`), ...drawn[at]));
    this.before = button("Part before", () => this.show(this.at - 1));
    this.after = button("Next part", () => this.show(this.at + 1), "pf-main");
    this.marks = sections.map((_, at) => button(String(at + 1), () => this.show(at), "pf-mark"));
    const marks = make("div", { class: "pf-marks", role: "group", "aria-label": "All parts" }, ...this.marks);
    this.node = make("div", {}, this.told, ...this.parts, make("div", { class: "pf-choices pf-turn" }, this.before, this.after), marks);
  }

  answered(at) {
    return this.parts[at].querySelectorAll("input:checked").length;
  }

  whole(at) {
    return this.answered(at) === this.sections[at].statements.length;
  }

  /* Whoever comes back goes on at the first part that is not whole yet. */
  open() {
    const first = this.parts.findIndex((_, at) => !this.whole(at));
    if (this.at < 0) this.at = Math.max(first, 0);
    this.paint();
  }

  show(at) {
    this.at = at;
    this.paint();
    const heading = this.parts[at].querySelector("h4");
    heading.focus({ preventScroll: true });
    this.node.scrollIntoView({ block: "start" });
  }

  paint() {
    const last = this.parts.length - 1;
    const done = this.parts.filter((_, at) => this.whole(at)).length;
    const words = done > last ? `All ${done} parts are done. Thank you.` : `${done} of ${last + 1} parts done.`;
    if (this.told.textContent !== words) this.told.textContent = words;
    this.parts.forEach((part, at) => { part.hidden = at !== this.at; });
    this.before.hidden = this.at === 0;
    this.after.hidden = this.at === last;
    this.marks.forEach((mark, at) => {
      const { title, statements } = this.sections[at];
      mark.textContent = this.whole(at) ? "✓" : String(at + 1);
      mark.setAttribute("aria-label", `Part ${at + 1}, ${title}: ${this.answered(at)} of ${statements.length} answered`);
      if (at === this.at) mark.setAttribute("aria-current", "step");
      else mark.removeAttribute("aria-current");
    });
  }
}

/* ---------- one record ---------- */

class Form {
  constructor(line, device, spec, state, kept = () => {}) {
    Object.assign(this, { line, device, spec, kept, controls: new Map(), contested: new Map(), base: {}, key: state.key });
    this.node = make("form", { class: "pf-form", onsubmit: (event) => { event.preventDefault(); this.save(); } });
    this.draw();
    this.adopt(state);
    for (const [name, control] of this.controls) control.set(state.values[name]);
    this.base = { ...state.values };
    this.paint();
    this.leave = () => document.visibilityState === "hidden" && this.save();
    this.repaint = () => this.paint();
    document.addEventListener("visibilitychange", this.leave);
    line.watchers.add(this.repaint);
    this.recover();
  }

  draw() {
    const { fields } = this.spec;
    for (const field of fields) this.controls.set(field.name, new Control(field, (control, now) => this.typed(control, now)));
    const place = (wanted) => fields.filter(wanted).map((field) => this.controls.get(field.name).node);
    const more = place((field) => !field.core);
    this.more = make("details", { class: "pf-more" }, make("summary", {}, "More, when you need it"), make("div", { class: "pf-row" }, ...more));
    this.line1 = make("span", { class: "pf-status" });
    this.spoken = make("span", { class: "pf-hidden", role: "status" });
    this.again = button("Try again", () => this.save(), "pf-link");
    this.historyButton = button("history", () => this.toggleHistory(), "pf-link");
    this.historyButton.setAttribute("aria-expanded", "false");
    this.past = make("section", { class: "pf-history", "aria-label": "History", hidden: true });
    this.sharing = make("div", { class: "pf-sharing" });
    this.node.append(make("div", { class: "pf-row" }, ...place((field) => field.core)));
    if (more.length) this.node.append(this.more);
    this.node.append(make("p", { class: "pf-foot" }, this.line1, this.again, this.historyButton, this.spoken), this.sharing, this.past);
  }

  /* Take over what Python says is kept. */
  adopt(state) {
    Object.assign(this, { revision: state.revision, server: state.values, state });
    for (const [name, control] of this.controls) control.say(state.problems[name]);
    for (const [name, choices] of Object.entries(state.offered)) this.controls.get(name).offer(choices);
    const asks = (field) => !field.core && state.problems[field.name];
    if (this.spec.fields.some(asks)) this.more.open = true;
    this.drawSharing();
  }

  unsent() {
    return [...this.controls.keys()].filter((name) => !this.contested.has(name) && !same(this.controls.get(name).get(), this.base[name]));
  }

  typed(control, now) {
    this.copy(control.field.name);
    this.trouble = this.note = this.found = "";
    this.later(now ? 0 : PAUSE);
    this.paint();
  }

  /* Words in conflict never go back in by themselves, so their copy starts from nothing that is stored. */
  copy(name) {
    const was = this.contested.has(name) ? { theirs: this.contested.get(name) } : this.server[name];
    this.device.keep(this.key, name, this.controls.get(name).get(), was);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /* One save at a time; whoever asks meanwhile waits for it. */
  save() {
    clearTimeout(this.timer);
    this.trouble = "";
    if (!this.busy && this.unsent().length) this.busy = this.send();
    this.paint();
    return this.busy;
  }

  async send() {
    const values = {};
    for (const [name, control] of this.controls) values[name] = this.contested.has(name) ? this.base[name] : control.get();
    const answer = await this.line.ask({ type: "save", key: this.key, values, based_on: this.revision });
    this.busy = null;
    this.take(values, answer);
  }

  take(sent, answer) {
    if (answer.type === "problem") {
      this.trouble = answer.sentence;
      this.later(10 * PAUSE);
    } else this.settle(sent, answer);
    this.paint();
  }

  /* Words of others go into fields nobody is typing in; where somebody is, both are shown. */
  settle(sent, answer) {
    const theirs = { ...answer.contested };
    const news = [];
    for (const [name, value] of Object.entries(answer.brought)) {
      const control = this.controls.get(name);
      if (name in theirs) continue;
      if (this.contested.has(name) || !same(control.get(), sent[name])) theirs[name] = value;
      else {
        control.set(value);
        news.push(this.label(name));
      }
    }
    this.adopt(answer);
    this.base = { ...sent, ...answer.brought };
    for (const [name, value] of Object.entries(theirs)) this.contest(name, value, answer);
    this.note = answer.note || (news.length ? `Brought in from others: ${listed(news)}.` : "");
    this.clearCopies();
    if (this.unsent().length) this.later(PAUSE);
    this.kept(answer);
  }

  clearCopies() {
    for (const [name, control] of this.controls) {
      if (this.contested.has(name)) continue;
      if (same(control.get(), this.base[name])) this.device.drop(this.device.name(this.key, name));
      else this.copy(name);
    }
  }

  label(name) {
    return this.controls.get(name).field.label;
  }

  /* ----- the same field changed twice ----- */

  contest(name, theirs, { who, at }) {
    const control = this.controls.get(name);
    this.base[name] = theirs;
    if (same(control.get(), theirs)) return;
    this.contested.set(name, theirs);
    this.copy(name);
    if (!control.field.core) this.more.open = true;
    const mine = button("Keep mine", () => this.resolve(name, control.get()));
    const join = () => {
      control.set([control.get(), theirs].join(control.field.input === "long" ? "\n" : " "));
      this.copy(name);
      mine.textContent = "Keep what is in the field";
      control.input.focus();
    };
    const text = ["text", "long"].includes(control.field.input);
    control.beside.replaceChildren(
      make("div", { class: "pf-conflict", role: "group", "aria-label": `Two versions of ${control.field.label}` },
        make("p", {}, make("strong", {}, "Both of you changed this. "), "Yours is in the field, and you can still edit it. Nothing is lost: the history has both."),
        make("div", { class: "pf-sides" },
          make("div", {}, make("span", { class: "pf-whose" }, "Yours"), make("blockquote", {}, control.words(control.get()) || "(empty)")),
          make("div", {}, make("span", { class: "pf-whose" }, `${who}, ${moment(at)}`), make("blockquote", {}, control.words(theirs) || "(empty)"))),
        make("div", { class: "pf-choices" },
          mine,
          button("Keep theirs", () => this.resolve(name, theirs)),
          text ? button("Put both together", join) : null)));
  }

  resolve(name, value) {
    const control = this.controls.get(name);
    this.contested.delete(name);
    control.beside.replaceChildren();
    control.set(value);
    this.copy(name);
    control.input.focus();
    if (this.unsent().length) this.save();
    else this.clearCopies();
    this.paint();
  }

  /* ----- what was typed before the connection was lost ----- */

  async recover() {
    const mine = (copy) => copy.key === this.key && this.controls.has(copy.field);
    for (const copy of (await this.device.orphans()).filter(mine)) this.offer(copy);
    if (this.unsent().length) this.save();
  }

  offer(copy) {
    const control = this.controls.get(copy.field);
    if (same(copy.value, this.server[copy.field])) return this.device.drop(copy.name);
    if (same(copy.was, this.server[copy.field]) && same(control.get(), this.server[copy.field])) {
      this.putBack(control, copy);
      this.found = "You typed something before the connection was lost. It is back in its place.";
      return this.paint();
    }
    const close = () => box.remove();
    const box = make("div", { class: "pf-offer", role: "group", "aria-label": `Not kept yet: ${control.field.label}` },
      make("p", {}, make("strong", {}, "You typed this before the connection was lost:")),
      make("blockquote", {}, control.words(copy.value) || "(empty)"),
      make("div", { class: "pf-choices" },
        button("Put it back", () => { close(); this.putBack(control, copy); this.save(); }),
        button("Let it go", () => { close(); this.device.drop(copy.name); })));
    control.beside.append(box);
    if (!control.field.core) this.more.open = true;
  }

  putBack(control, copy) {
    control.set(copy.value);
    this.copy(copy.field);
    this.device.drop(copy.name);
    if (!control.field.core) this.more.open = true;
  }

  /* ----- the line under the form ----- */

  status() {
    const unsent = this.unsent().length || this.busy || this.contested.size;
    if (!this.line.connected) return ["wait", this.absent(unsent)];
    if (this.trouble) return ["wait", this.trouble];
    if (this.contested.size) return ["wait", `Two people changed ${listed([...this.contested.keys()].map((name) => this.label(name)))}. Choose which words stand.`];
    if (this.unsent().length || this.busy) return ["", "Keeping …"];
    if (!this.revision) return ["", "Nothing written yet. What you type is kept by itself."];
    const draft = this.state.complete ? "Kept" : "Draft kept";
    return ["kept", `${draft} ${moment(this.state.saved_at)} · version ${this.revision}${[this.note, this.found].filter(Boolean).map((words) => ` · ${words}`).join("")}`];
  }

  absent(unsent) {
    if (!this.device.works) return "Not connected. Keep this page open: your words are still here.";
    if (unsent) return "Not connected. Your words are still on this device.";
    return "Not connected. You can go on: what you type stays on this device.";
  }

  paint() {
    const [look, words] = this.status();
    const sign = { kept: "✓ ", wait: "! " }[look];
    this.line1.className = `pf-status ${look ? `pf-is-${look}` : ""}`;
    this.line1.replaceChildren(sign ? make("span", { "aria-hidden": "true" }, sign) : "", words);
    if (look && this.spoken.textContent !== words) this.spoken.textContent = words;
    this.again.hidden = !this.trouble;
    this.historyButton.hidden = !this.revision;
  }

  /* ----- sharing ----- */

  drawSharing() {
    const { shared } = this.state;
    this.sharing.hidden = !this.spec.may_share || !this.revision;
    const switchTo = button(shared ? "Stop sharing" : "Share with the other teams", () => this.share(!shared));
    const means = shared
      ? "Everyone in the action community can read it, and it may stand on the big screen."
      : "Now only your team and your coach can read it. When shared, everyone in the action community can.";
    this.sharing.replaceChildren(
      shared ? make("strong", { class: "pf-shared" }, "✓ Shared with the other teams.") : "",
      switchTo,
      make("span", { class: "pf-hint" }, means));
  }

  async share(shared) {
    await this.save();
    const answer = await this.line.ask({ type: "share", key: this.key, shared, based_on: this.revision });
    const brought = answer.type === "problem" ? {} : this.news(answer.values);
    this.take({ ...this.base }, { ...answer, brought });
    this.sharing.querySelector("button")?.focus();
  }

  /* What stands otherwise now than this page last heard. */
  news(values) {
    return Object.fromEntries(Object.entries(values).filter(([name, value]) => !same(value, this.server[name])));
  }

  /* ----- history ----- */

  async toggleHistory() {
    const open = this.past.hidden;
    this.historyButton.setAttribute("aria-expanded", String(open));
    this.past.hidden = !open;
    if (!open) return;
    this.past.replaceChildren(make("p", {}, "Looking it up …"));
    const answer = await this.line.ask({ type: "history", key: this.key });
    const told = answer.type === "problem" ? make("p", {}, answer.sentence) : make("ol", {}, ...answer.entries.map((entry) => this.version(entry)));
    this.past.replaceChildren(make("h4", {}, "What was written before"), told);
  }

  version(entry) {
    const change = ({ label, before, after }) =>
      make("li", {}, make("strong", {}, label), ": ", make("del", {}, before || "(empty)"), " → ", make("ins", {}, after || "(empty)"));
    const changes = entry.changes.length ? make("ul", {}, ...entry.changes.map(change)) : null;
    const back = entry.current ? null : button("bring this back", () => this.bringBack(entry.values), "pf-link");
    const about = entry.current ? " · this is what stands now" : "";
    return make("li", {}, make("p", {}, `${entry.who}, ${moment(entry.at)}${about}${entry.what ? ` · ${entry.what}` : ""} `, back), changes);
  }

  bringBack(values) {
    for (const [name, control] of this.controls) {
      if (same(control.get(), values[name])) continue;
      control.set(values[name]);
      this.copy(name);
    }
    this.toggleHistory();
    this.historyButton.focus();
    this.save();
  }

  close() {
    this.save();
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.leave);
    this.line.watchers.delete(this.repaint);
  }
}

/* ---------- several records of one kind ---------- */

const FOLDED = 8;
const NEWEST = 6;

class List {
  constructor(line, device, spec, state) {
    Object.assign(this, { line, device, spec, forms: new Map(), seen: new Map(), whole: false });
    this.items = make("ul", { class: "pf-items" });
    this.older = button("", () => this.unfold(), "pf-link");
    this.adding = make("div", { class: "pf-adding" });
    this.told = make("p", { class: "pf-status", role: "status" });
    this.removed = make("details", { class: "pf-more" });
    this.node = make("div", { class: "pf-list" }, this.older, this.items, this.adding, this.told, this.removed);
    this.adopt(state);
    if (!spec.read_only) this.offerAdding();
    this.repaint = () => this.paint();
    line.watchers.add(this.repaint);
    this.recover();
  }

  adopt({ items, removed }) {
    this.seen = new Map(items.map((item) => [item.key, item]));
    const rows = items.map((item) => this.rowOf(item.key) ?? this.newRow(item.key));
    this.items.replaceChildren(...rows);
    for (const item of items) this.drawRow(item.key);
    this.fold();
    for (const [key, form] of this.forms) if (!this.seen.has(key)) this.shut(key, form);
    const back = (item) => (this.spec.read_only ? "" : button("bring it back", () => this.ask({ type: "restore", key: item.key }), "pf-link"));
    this.removed.hidden = !removed.length;
    this.removed.replaceChildren(
      make("summary", {}, `Removed (${removed.length})`),
      make("ul", {}, ...removed.map((item) => make("li", {}, item.title, " ", back(item)))));
  }

  fold() {
    const rows = [...this.items.children];
    const folded = !this.whole && rows.length > FOLDED;
    rows.forEach((row, at) => { row.hidden = folded && at < rows.length - NEWEST && row.children[1].hidden; });
    this.older.hidden = !folded;
    this.older.textContent = `Show all ${rows.length}`;
  }

  unfold() {
    this.whole = true;
    this.fold();
    this.items.querySelector("[data-act=open]")?.focus();
  }

  shut(key, form) {
    form.close();
    this.forms.delete(key);
  }

  paint() {
    if (!this.line.connected) this.told.textContent = "Not connected. What you type stays on this device.";
    else if (this.told.textContent.startsWith("Not connected")) this.told.textContent = "";
  }

  async ask(question) {
    const answer = await this.line.ask(question);
    this.told.textContent = answer.type === "problem" ? answer.sentence : (answer.note ?? "");
    if (answer.type === "list") this.adopt(answer);
    return answer;
  }

  /* ----- one line of the list ----- */

  newRow(key) {
    return make("li", { "data-key": key }, make("div", { class: "pf-item" }), make("div", { class: "pf-opened", hidden: true }));
  }

  rowOf(key) {
    return [...this.items.children].find((row) => row.dataset.key === key);
  }

  drawRow(key, focus = "") {
    const item = this.seen.get(key);
    const [head, body] = this.rowOf(key).children;
    const act = (words, name, action) => {
      const one = button(words, action, "pf-link");
      one.setAttribute("aria-label", `${words} ${item.title}`);
      one.dataset.act = name;
      return one;
    };
    const open = act(body.hidden ? "open" : "close", "open", () => this.toggle(key));
    open.setAttribute("aria-expanded", String(!body.hidden));
    const titles = make("span", { class: "pf-title" }, make("strong", {}, item.title), make("span", { class: "pf-hint" }, item.detail));
    const remove = this.spec.read_only || item.locked ? "" : act("remove", "remove", () => this.confirm(key));
    const follow = this.spec.read_only || !this.spec.follow ? "" : act(this.spec.follow, "follow", () => this.follow(key));
    head.replaceChildren(titles, item.shared ? make("span", { class: "pf-chip" }, "✓ shared") : "", open, follow, remove);
    if (focus) head.querySelector(`[data-act=${focus}]`).focus();
  }

  confirm(key) {
    const leave = button("Leave it", () => this.drawRow(key, "remove"));
    this.rowOf(key).children[0].replaceChildren(
      make("p", {}, `Remove “${this.seen.get(key).title}”? It stays in the history, and you can bring it back.`),
      make("div", { class: "pf-choices" }, button("Yes, remove it", () => this.remove(key)), leave));
    leave.focus();
  }

  async remove(key) {
    await this.forms.get(key)?.save();
    const answer = await this.ask({ type: "remove", key, based_on: this.forms.get(key)?.revision ?? this.seen.get(key).revision });
    if (answer.type === "problem") this.drawRow(key, "remove");
    else this.adding.querySelector("button")?.focus();
  }

  async toggle(key) {
    const body = this.rowOf(key).children[1];
    if (body.hidden) await this.open(key);
    else body.hidden = true;
    this.drawRow(key, "open");
  }

  async open(key) {
    const body = this.rowOf(key).children[1];
    if (!body.firstChild || !this.forms.get(key)?.unsent().length) {
      const answer = await this.ask({ type: "open", key });
      if (answer.type !== "opened") return;
      this.fill(key, body, answer);
    }
    this.closeAll();
    body.hidden = false;
    this.fold();
  }

  closeAll() {
    for (const row of this.items.children) {
      if (row.children[1].hidden) continue;
      row.children[1].hidden = true;
      this.drawRow(row.dataset.key);
    }
  }

  fill(key, body, state) {
    if (this.spec.read_only || state.item?.locked) return body.replaceChildren(reading(this.spec, state));
    if (this.forms.has(key)) this.shut(key, this.forms.get(key));
    const kept = (answer) => {
      if (!answer.item || !this.seen.has(key)) return;
      this.seen.set(key, answer.item);
      if (this.rowOf(key).querySelector("[data-act]")) this.drawRow(key);
    };
    this.forms.set(key, new Form(this.line, this.device, this.spec, state, kept));
    return body.replaceChildren(this.forms.get(key).node);
  }

  /* ----- one more ----- */

  offerAdding(focus = false) {
    const start = button(this.spec.add, () => (this.spec.naming ? this.askName() : this.add("")), "pf-main");
    this.adding.replaceChildren(start);
    if (focus) start.focus();
  }

  askName(value = "", focus = true) {
    const { naming } = this.spec;
    const control = new Control(naming, () => this.device.keep("+", naming.name, control.get(), ""));
    control.set(value);
    if (value) this.device.keep("+", naming.name, value, "");
    const drop = () => {
      this.device.drop(this.device.name("+", naming.name));
      this.offerAdding(true);
    };
    const add = () => (control.get().trim() ? this.add(control.get()) : control.say("Write a few words first."));
    this.adding.replaceChildren(
      make("form", { class: "pf-form", onsubmit: (event) => { event.preventDefault(); add(); } },
        control.node,
        make("div", { class: "pf-choices" }, button("Add", add, "pf-main"), button("Never mind", drop))));
    if (focus) control.input.focus();
  }

  async add(name) {
    const answer = await this.ask({ type: "add", name });
    if (answer.type !== "list") return;
    if (this.spec.naming) this.device.drop(this.device.name("+", this.spec.naming.name));
    this.offerAdding();
    await this.begin(answer.added);
  }

  /* The next one is made from what is kept of this one, so what is typed goes first. */
  async follow(key) {
    await this.forms.get(key)?.save();
    const answer = await this.ask({ type: "follow", key });
    if (answer.type === "list") await this.begin(answer.added);
  }

  async begin(key) {
    await this.toggle(key);
    const rest = this.rowOf(key).querySelectorAll(".pf-opened :is(input, textarea, select)");
    (rest[this.spec.naming ? 1 : 0] ?? rest[0])?.focus();
  }

  async recover() {
    if (this.spec.read_only) return;
    for (const copy of await this.device.orphans()) {
      if (copy.key === "+" && this.spec.naming) {
        this.device.drop(copy.name);
        this.askName(copy.value, false);
      } else if (this.seen.has(copy.key) && !this.forms.has(copy.key)) await this.toggle(copy.key);
    }
  }

  close() {
    for (const form of this.forms.values()) form.close();
    this.line.watchers.delete(this.repaint);
  }
}

/* ---------- for people who may read but not write ---------- */

function reading(spec, state) {
  const known = (field) => ({ ...field, choices: state.offered[field.name] ?? field.choices });
  const words = (field) => Control.prototype.words.call({ field: known(field) }, state.values[field.name]) || "–";
  const pair = (field) => make("div", { class: "pf-field" }, make("dt", {}, field.label), make("dd", {}, words(field)));
  return make("dl", { class: "pf-row pf-reading" }, ...spec.fields.map(pair));
}

function body(line, device, spec, state) {
  if (spec.file) return new Tray(line, spec, state);
  if (spec.many) return new List(line, device, spec, state);
  if (spec.read_only) return { node: reading(spec, state), close() {} };
  return new Form(line, device, spec, state);
}

/* Pieces of the page that show what was kept are drawn again; Python made them and escaped every word in them. */
function echo(pieces) {
  for (const [name, piece] of Object.entries(pieces)) {
    for (const place of document.querySelectorAll(`[data-live="${CSS.escape(name)}"]`)) place.innerHTML = piece;
  }
}

function render({ model, el }) {
  const spec = model.get("spec");
  const line = new Line(model);
  const device = new Device(spec.place, line.owner);
  const inside = body(line, device, spec, model.get("state"));
  const card = make("section", { class: "pf-card", "aria-label": `Your turn: ${spec.heading}` },
    make("h3", {}, `Your turn: ${spec.heading}`),
    make("p", { class: "pf-help" }, spec.help),
    spec.read_only ? make("p", { class: "pf-help" }, spec.read_only) : null,
    inside.node);
  el.append(card);
  const again = () => echo(model.get("echo"));
  model.on("change:echo", again);
  return () => {
    model.off("change:echo", again);
    inside.close();
    line.close();
    device.close();
    card.remove();
  };
}

export default { render };

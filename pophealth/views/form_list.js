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

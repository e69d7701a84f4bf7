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

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

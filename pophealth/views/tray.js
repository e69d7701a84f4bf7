/* A place for a file of counts: the file goes to Python, which says in words what it found; nothing is kept until the
   person says so. Uses the helpers of form_line.js. */

class Tray {
  constructor(line, spec, state) {
    Object.assign(this, { line, spec, file: null });
    this.picker = make("input", { type: "file", accept: ".csv,.tsv,.txt", onchange: () => this.choose(this.picker.files[0]) });
    this.measure = make("select", { onchange: () => this.look() });
    this.asked = make("label", { class: "pf-field", hidden: true }, "Which measure is it about?", this.measure);
    this.said = make("div", { class: "pf-looked", role: "status" });
    this.take = button("Bring them in", () => this.keep(), "pf-main");
    this.show = button("Show them on the charts", () => location.reload(), "pf-main");
    this.acts = make("div", { class: "pf-choices" }, this.take, this.show);
    this.brought = make("div");
    this.node = make("div", {}, ...(spec.read_only ? [] : [this.door(), this.asked, this.said, this.acts]), this.brought);
    this.learn(state);
    this.offer("");
  }

  door() {
    const label = make("label", { class: "pf-drop" }, "Choose a file, or drop it here", this.picker);
    label.addEventListener("dragover", (event) => event.preventDefault());
    label.addEventListener("drop", (event) => {
      event.preventDefault();
      this.choose(event.dataTransfer.files[0]);
    });
    return label;
  }

  learn({ measures, brought }) {
    const choice = ([key, name]) => make("option", { value: key }, name);
    this.measure.replaceChildren(make("option", { value: "" }, "Choose a measure"), ...measures.map(choice));
    const lines = brought.map((line) => make("li", {}, line));
    const heading = make("summary", {}, `Files brought so far (${brought.length})`);
    this.brought.replaceChildren(...(lines.length ? [make("details", { class: "pf-more" }, heading, make("ul", {}, ...lines))] : []));
  }

  /** Which of the two buttons can be used now. */
  offer(which) {
    this.take.hidden = which !== "take";
    this.show.hidden = which !== "show" || !window.pophealth;
  }

  say(sentence, ...more) {
    this.said.replaceChildren(make("div", {}, make("p", {}, sentence), ...more));
  }

  async choose(file) {
    if (!file) return;
    this.asked.hidden = true;
    this.measure.value = "";
    this.offer("");
    if (file.size > this.spec.most) {
      const most = Math.round(this.spec.most / 1e6);
      return this.say(`${file.name} is larger than ${most} MB. Count first, split it by year, or use pophealth import.`);
    }
    this.file = { name: file.name, content: await file.arrayBuffer() };
    this.picker.value = ""; // the same file, mended, can be chosen again
    await this.look();
  }

  async look() {
    const { name, content } = this.file;
    this.offer("");
    this.say(`Looking at ${name} …`);
    this.tell(await this.line.ask({ type: "look", name, measure: this.measure.value }, [content]));
  }

  tell(answer) {
    if (answer.type === "problem") return this.say(answer.sentence);
    this.asked.hidden = !(answer.unnamed || this.measure.value);
    this.say(answer.sentence, this.table(answer), this.notes(answer.notes));
    this.offer(answer.ready ? "take" : "");
  }

  table({ problems, more }) {
    if (!problems.length) return null;
    const cells = (row) => [`${row.row}`, row.column, row.what, row.do].map((words) => make("td", {}, words));
    const heads = ["Row", "Column", "What is wrong", "What to do"].map((words) => make("th", { scope: "col" }, words));
    const body = make("tbody", {}, ...problems.map((row) => make("tr", {}, ...cells(row))));
    const rest = more ? make("p", { class: "pf-hint" }, `And ${more} more. Mend these first.`) : null;
    return make("div", { class: "pf-problems" }, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body), rest);
  }

  notes(notes) {
    return notes.length ? make("ul", { class: "pf-hint" }, ...notes.map((note) => make("li", {}, note))) : null;
  }

  async keep() {
    this.offer("");
    const answer = await this.line.ask({ type: "take" });
    if (answer.type === "problem") return this.say(answer.sentence);
    this.say(answer.sentence ?? "Choose the file again.");
    this.learn(answer);
    this.offer(answer.type === "kept" ? "show" : "");
  }

  close() {}
}

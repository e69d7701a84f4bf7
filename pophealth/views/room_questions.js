const AGAIN = 2000; // ask what is new
const PATIENCE = 7000; // without an answer: not connected

/* Questions for the room. Every page asks its kernel every two seconds; what people wrote is put in as text. */

function make(tag, about = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...inside.filter((part) => part != null));
  return node;
}

/* A word that only this device knows. Without a place to keep it, it lasts as long as the page. */
function ownWord(place) {
  const letters = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  const name = `pophealth-room:${place}`;
  try {
    const kept = localStorage.getItem(name) ?? letters();
    localStorage.setItem(name, kept);
    return kept;
  } catch {
    return letters();
  }
}

const answers = (n) => (n === 1 ? "1 answer" : `${n} answers`);

class Question {
  constructor(poll, give) {
    this.give = give;
    this.told = make("p", { class: "rq-told", role: "status" });
    this.body = make("div", { class: poll.counts.length ? "rq-choices" : "rq-words" });
    this.count = make("p", { class: "rq-count", "aria-live": "polite" });
    this.node = make("section", { class: "rq-card" }, make("h3", {}, poll.text), this.count, this.body, this.told);
    this.rows = poll.counts.map(([choice]) => this.row(choice));
    if (poll.counts.length) this.body.append(...this.rows.map((row) => row.node));
    else this.write(poll);
    this.show(poll);
  }

  static sign(poll) {
    return JSON.stringify([poll.text, poll.open, poll.counts.map(([choice]) => choice)]);
  }

  row(choice) {
    const bar = make("span", { class: "rq-bar" });
    const times = make("b", { class: "rq-times" });
    const words = make("span", { class: "rq-label" }, choice);
    const node = make("button", { type: "button", class: "rq-choice", onclick: () => this.give(choice) }, bar, words, times);
    return { choice, bar, times, node };
  }

  write(poll) {
    const id = `rq-${poll.key}`;
    this.input = make("input", { id, type: "text", maxlength: 200, autocomplete: "off" });
    const send = (event) => {
      event.preventDefault();
      this.give(this.input.value);
    };
    this.form = make("form", { class: "rq-write", onsubmit: send },
      make("label", { for: id }, "Your answer, in a few words. No names, please."),
      make("div", { class: "rq-line" }, this.input, make("button", { class: "pf-button pf-main" }, "Send")));
    this.wall = make("ul", { class: "rq-wall" });
    this.body.append(this.form, this.wall);
  }

  show(poll) {
    this.count.textContent = `${answers(poll.answered)}${poll.open ? "" : " · closed"}`;
    const most = Math.max(1, ...poll.counts.map(([, times]) => times));
    poll.counts.forEach(([, times], at) => {
      const { choice, bar, times: told, node } = this.rows[at];
      bar.style.width = `${(100 * times) / most}%`;
      told.textContent = times;
      node.disabled = !poll.open;
      node.setAttribute("aria-pressed", String(poll.mine === choice));
      node.setAttribute("aria-label", `${choice}: ${answers(times)}`);
    });
    if (this.form) {
      this.form.hidden = !poll.open;
      if (!this.input.value && poll.mine) this.input.value = poll.mine;
      this.wall.replaceChildren(...poll.words.map((words) => make("li", {}, words)));
    }
    if (poll.open) this.say(poll.mine ? "Your answer is in. You can change it until the question is closed." : "");
    else this.say("");
  }

  say(sentence) {
    if (this.told.textContent !== sentence) this.told.textContent = sentence;
  }
}

function render({ model, el }) {
  const device = ownWord(model.get("spec").place);
  const seen = new Map();
  const empty = make("p", { class: "rq-none" }, "No question is open. When faculty ask one, it stands here by itself.");
  const lost = make("p", { class: "rq-lost", role: "status", hidden: true }, "Not connected. Answers show again when the connection is back.");
  const list = make("div", { class: "rq-list" });
  const card = make("section", { class: "pf-card rq", "aria-label": "Questions for the room" }, lost, empty, list);
  el.append(card);
  let heard = Date.now();

  const ask = (question) => {
    try {
      model.send({ device, ...question });
    } catch {
      lost.hidden = false;
    }
  };

  const draw = ({ polls }) => {
    for (const key of seen.keys()) if (!polls.some((poll) => poll.key === key)) seen.delete(key);
    for (const poll of polls) {
      const sign = Question.sign(poll);
      if (seen.get(poll.key)?.sign !== sign) {
        const give = (text) => ask({ type: "answer", poll: poll.key, text });
        seen.set(poll.key, { sign, question: new Question(poll, give) });
      } else seen.get(poll.key).question.show(poll);
    }
    const nodes = polls.map((poll) => seen.get(poll.key).question.node);
    if (nodes.length !== list.children.length || nodes.some((node, at) => node !== list.children[at])) list.replaceChildren(...nodes);
    empty.hidden = polls.length > 0;
  };

  const hear = (message) => {
    heard = Date.now();
    lost.hidden = true;
    if (message.type === "polls") draw(message);
    else if (message.type === "problem") for (const { question } of seen.values()) question.say(message.sentence);
  };

  const look = () => {
    if (document.hidden) return (heard = Date.now());
    lost.hidden = Date.now() - heard < PATIENCE;
    ask({ type: "look" });
  };

  model.on("msg:custom", hear);
  document.addEventListener("visibilitychange", look);
  const clock = setInterval(look, AGAIN);
  draw(model.get("state"));
  look();
  return () => {
    clearInterval(clock);
    model.off("msg:custom", hear);
    document.removeEventListener("visibilitychange", look);
    card.remove();
  };
}

export default { render };

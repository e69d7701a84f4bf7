const WIDE = 640; // lists of teams stand open

/* Ideas of other teams. Python sends what is there; what people wrote is put in as text. */

function make(tag, about = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...inside.filter((part) => part != null));
  return node;
}

function render({ model, el }) {
  const { banks } = model.get("spec");
  const list = make("div", { class: "is-teams" });
  const told = make("p", { class: "rq-told", role: "status" });
  const into = make("select", { id: "is-into" }, ...banks.map(([slug, name]) => new Option(name, slug)));
  const which = banks.length > 1 ? make("label", { for: "is-into" }, "Copy into the bank of ", into) : null;
  const who = banks.length ? "" : "Members of a team can copy an idea into their own bank of step 7.";
  const card = make("section", { class: "pf-card is", "aria-label": "Ideas of other teams" }, which, who ? make("p", { class: "pf-help" }, who) : null, list, told);
  el.append(card);
  const open = new Map();

  const bank = () => banks.find(([slug]) => slug === (banks.length > 1 ? into.value : banks[0]?.[0]));

  /* What stands beside an idea: a button, or that it is in the bank already. */
  const beside = (team, idea) => {
    const [slug, name, address] = bank() ?? [];
    if (!slug || slug === team) return null;
    if (idea.held.includes(slug)) {
      const where = address ? make("a", { href: address }, "step 7") : "step 7";
      return make("span", { class: "is-held", "data-idea": idea.key }, "✓ In your bank, ", where);
    }
    const take = () => {
      told.textContent = "";
      taken = [idea.text, name];
      model.send({ type: "take", team, key: idea.key, into: slug });
    };
    return make("button", { type: "button", class: "pf-button", "aria-label": `Use this: ${idea.text}`, onclick: take }, "Use this");
  };

  const row = (team, idea) =>
    make("li", {}, make("span", { class: "is-idea" }, idea.text, idea.told ? make("span", { class: "pf-hint" }, idea.told) : null), beside(team, idea));

  const group = ({ team, name, ideas }) => {
    const many = ideas.length === 1 ? "1 idea" : `${ideas.length} ideas`;
    const node = make("details", { open: open.get(team) ?? window.innerWidth > WIDE, ontoggle: (event) => open.set(team, event.target.open) },
      make("summary", {}, make("strong", {}, name), ` · ${many}`), make("ul", {}, ...ideas.map((idea) => row(team, idea))));
    return node;
  };

  let taken = null;
  let latest = model.get("state");
  const draw = (state) => {
    const { teams } = (latest = state);
    list.replaceChildren(...teams.map(group));
    if (!teams.length) list.append(make("p", { class: "rq-none" }, "Ideas that teams share will stand here. Share yours in step 7."));
  };
  const hear = (message) => {
    if (message.type === "problem") told.textContent = message.sentence;
    if (message.type !== "ideas") return;
    draw(message);
    if (taken) told.textContent = `“${taken[0]}” now stands in the bank of ${taken[1]}, with the name of the team it came from.`;
    taken = null;
  };
  model.on("msg:custom", hear);
  into.addEventListener("change", () => draw(latest));
  draw(model.get("state"));
  return () => {
    model.off("msg:custom", hear);
    card.remove();
  };
}

export default { render };

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

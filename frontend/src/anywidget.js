/* Runs an anywidget: its module is text in the model's state, with initialize({model}) and render({model, el}),
   either of which may give back a function that cleans up. */

const modules = new Map();

async function read(text) {
  if (/^(https?:\/\/|\/)/.test(text)) return import(text);
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The widget's module; the same text is read once, however many forms use it. */
export async function load(text) {
  if (!modules.has(text)) modules.set(text, read(text));
  const module = await modules.get(text);
  const widget = module.default ?? module;
  return typeof widget === "function" ? widget() : widget;
}

/** Put the widget's style into the page, once for each kind of widget. */
export function dress(css, kind) {
  if (!css) return;
  const name = `anywidget-style-${kind ?? "any"}`;
  const style = document.getElementById(name) ?? document.head.appendChild(document.createElement("style"));
  style.id = name;
  if (style.textContent !== css) style.textContent = css;
}

/** Start a model's module: runs initialize. */
export async function begin(model) {
  dress(model.get("_css"), model.get("_anywidget_id"));
  const widget = await load(model.get("_esm"));
  await widget.initialize?.({ model });
  return widget;
}

/** Draw a started widget into an element. */
export async function draw(widget, model, el) {
  return widget.render?.({ model, el });
}

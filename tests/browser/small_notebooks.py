"""Small notebooks for the tests of the app: a step with a form, widgets of all sorts, pages that go wrong."""

from pathlib import Path

import nbformat

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}

SET_UP = """
import os
from urllib.parse import parse_qs
from IPython.display import display
kind = {kind!r}
if os.environ["VOILA_PREHEAT"] == "True":
    from voila.utils import wait_for_request
    wait_for_request()
team = parse_qs(os.environ.get("QUERY_STRING", "")).get("team", [""])[0]
names = {{"gull-harbor": "Gull Harbor", "prairie": "<img src=x onerror=alert(1)> & co"}}
step = lambda number, status, href: {{"number": number, "name": f"Step number {{number}}", "href": href,
                                     "status": status, "current": number == 9}}
here = f"/voila/render/step.ipynb?team={{team}}"
page = {{
    "kind": kind, "title": "Measure over time", "number": 9, "eyebrow": "Step 9 · Make it happen",
    "community": "Riverbend · month 10 of 11", "banner": "Made-up data", "person": "Ana, data lead",
    "people": [{{"user": "ana", "name": "Ana, data lead", "current": True}},
               {{"user": "kim", "name": "Kim, <b>coach</b>", "current": False}}],
    "team": {{"slug": team, "name": names[team]}} if team in names else None,
    "teams": [{{"slug": slug, "name": name, "href": f"/voila/render/step.ipynb?team={{slug}}",
               "current": slug == team}} for slug, name in names.items()],
    "rail": [] if kind == "wide" else [
        {{"phase": "Build will", "steps": [step(1, "done", here), step(2, "in progress", here)]}},
        {{"phase": "Make it happen", "steps": [step(9, "not started", here),
                                               step(10, "not started", None)]}}],
    "start_href": "/voila/render/START.ipynb", "previous": {{"label": "8 Test changes", "href": here}},
    "next": {{"label": "10 Sustain", "href": "javascript:alert(2)"}}, "note": "Nothing here is shared",
    "private": "", "stop": "" if team in names else "Which team is this about? Choose one from the list.",
}}
display({{"application/vnd.pophealth.page+json": page}}, raw=True)
if page["stop"]:
    raise RuntimeError("a secret of the machine")
"""

FORM = """
import anywidget, traitlets

class Form(anywidget.AnyWidget):
    _esm = '''
    export default {
      initialize({ model }) { model.set("started", model.get("started") + 1); model.save_changes(); },
      render({ model, el }) {
        el.innerHTML = '<label>Our aim <input class="aim"></label><button type="button">More</button>' +
          '<p class="kept" role="status"></p><p class="count"></p><p class="size"></p>';
        const input = el.querySelector("input");
        input.value = model.get("text");
        input.addEventListener("input", () => { model.set("text", input.value); model.save_changes(); });
        el.querySelector("button").onclick = () =>
          model.send({ add: 2 }, undefined, [new Uint8Array([7, 8, 9]).buffer]);
        const kept = el.querySelector(".kept");
        model.on("msg:custom", (message) => { kept.textContent = "kept " + message.kept; });
        const show = () => { el.querySelector(".count").textContent = "count " + model.get("count"); };
        model.on("change:count", show); show();
        el.querySelector(".size").textContent = "size " + model.get("data").byteLength;
      } };
    '''
    _css = ".count { font-weight: 700 }"
    text = traitlets.Unicode("first").tag(sync=True)
    count = traitlets.Int(0).tag(sync=True)
    started = traitlets.Int(0).tag(sync=True)
    data = traitlets.Bytes(b"12345").tag(sync=True)

form = Form()
form.observe(lambda change: form.send({"kept": change["new"]}), "text")
def heard(widget, content, buffers):
    form.count += content["add"] + bytes(buffers[0])[0] - 7
form.on_msg(heard)
"""

WIDGETS = """
import ipywidgets as widgets
from IPython.display import HTML, display
inside = widgets.Output()
name, hello = widgets.Text(description="Name"), widgets.HTML()
name.observe(lambda change: setattr(hello, "value", "hello " + change["new"]), "value")
press = widgets.Button(description="Press")
@press.on_click
def pressed(_):
    with inside:
        print("pressed")
        display(HTML("<em class=deep>deep</em>"))
with inside:
    print("before")
box, grow = widgets.VBox([]), widgets.Button(description="Grow")
grow.on_click(lambda _: setattr(box, "children", [widgets.Label("a new child")]))
upload, size = widgets.FileUpload(description="Upload"), widgets.Label()
def loaded(_):
    size.value = f"{upload.value[0].size} bytes, first {bytes(upload.value[0].content)[:2].decode()}"
upload.observe(loaded, "value")
one, two = widgets.IntText(description="one"), widgets.IntText(description="two")
link = widgets.jslink((one, "value"), (two, "value"))
tab = widgets.Tab([widgets.VBox([name, hello]), widgets.VBox([press, inside])], titles=["First", "Second"])
display(tab, grow, box, upload, size, one, two)
"""

INTERACT = """
@widgets.interact(x=widgets.BoundedIntText(3, description="x"))
def double(x):
    print("double", 2 * x)
"""


def _set_up(kind: str = "step") -> str:
    return SET_UP.format(kind=kind)


PAGES = {
    "START": [("# Start here",), (_set_up("start"), "setup"), ("## The ten steps",)],
    "step": [
        ("# Measure over time\n\nIs the gap closing?",),
        ("- About 40 minutes\n- Bring: data lead", "intro"),
        ('team: str = ""', "parameters"),
        (_set_up(), "setup"),
        ("## Why it matters\n\nMaria waits for a call.",),
        (f"{FORM}\nform", "form"),
        ("## More, when you need it: by month\n\nTwelve lines.",),
        ("print('only for the record')", "record"),
        ("print('only to exercise')", "exercise"),
        ("## Talk about it\n\n- What surprised you?", "intro"),
    ],
    "room": [("# What we have tried",), (_set_up("wide"), "setup"), ("## Asks and offers",)],
    "widgets": [("# Widgets",), (WIDGETS,), (INTERACT,), (f"{FORM}\nwidgets.VBox([form])",)],
    "set_up_fails": [
        ("# Set-up fails",),
        ("raise RuntimeError('a secret of the machine')", "setup"),
        ("## After",),
    ],
    "cell_fails": [
        ("# A cell fails",),
        (_set_up(), "setup"),
        ("## Before",),
        ("hidden = 1 / 0  # a secret of the machine",),
        ("## After",),
    ],
}


def write(folder: Path) -> Path:
    """Write all of them into a folder."""
    for name, cells in PAGES.items():
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
        for number, (source, *tags) in enumerate(cells):
            words = source.startswith(("#", "- "))
            cell = (nbformat.v4.new_markdown_cell if words else nbformat.v4.new_code_cell)(
                source, id=f"c{number}"
            )
            cell.metadata.tags = tags
            notebook.cells.append(cell)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    (folder / "team.csv").write_text("a secret of the machine")
    return folder

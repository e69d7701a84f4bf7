"""Writes one page of the app, piece by piece, while the notebook runs."""

import base64
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from pophealth.delivery.folding import part
from pophealth.delivery.headings import unnumbered
from pophealth.views.glossary import FirstUses, words_on_page

TEMPLATE = Path(__file__).parent / "template" / "voila" / "templates" / "pophealth"
PAGE = "application/vnd.pophealth.page+json"
VIEW = "application/vnd.jupyter.widget-view+json"
PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
NOT_IN_THE_APP = frozenset({"record", "exercise"})
LOOKS = ("intro", "form", "closing")
FONTS = ("400", "600", "700")
UNOPENED = "This page could not be opened"
UNOPENED_WHY = "Something went wrong while it was being prepared. Try again in a minute."


@cache
def frame() -> Any:
    """Give the macros of `frame.html.j2`, which escape everything they are given.

    Returns
    -------
    jinja2 module
        One function for each part of a page.

    Examples
    --------
    >>> str(frame().lines("<b>")) == "<pre>&lt;b&gt;</pre>"
    True
    """
    return (
        Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True).get_template("frame.html.j2").module
    )


@cache
def script(name: str) -> str:
    """Read one of the two short scripts that stand in the page itself.

    Parameters
    ----------
    name : str
        "boot" or "fold".

    Returns
    -------
    str
        The text, exactly as it stands between the script tags.
    """
    return (TEMPLATE / f"{name}.js").read_text(encoding="utf-8")


@cache
def style() -> str:
    """Read the style of everything that stands in a page.

    Returns
    -------
    str
        The text of `pophealth/views/style.css`.
    """
    return (Path(__file__).parents[1] / "views" / "style.css").read_text(encoding="utf-8")


def files(static_url: Any) -> dict[str, Any]:
    """Name the files a page loads first.

    Parameters
    ----------
    static_url : callable
        Turns a name in the template's static folder into an address.

    Returns
    -------
    dict
        `style` and `fonts`.
    """
    fonts = [f"fonts/atkinson-hyperlegible-next-latin-{weight}-normal.woff2" for weight in FONTS]
    return {"style": static_url("style.css"), "fonts": [static_url(font).split("?")[0] for font in fonts]}


class PageWriter:
    """One page for one visitor: holds back what comes before the header, then gives it out as it comes.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The notebook that is about to run.
    resources : dict
        Voila's own: the base address and the notebook's name.
    cell_generator : callable
        Voila's generator of cells that have run; it knows the kernel's widgets.
    """

    def __init__(self, notebook: Any, resources: dict[str, Any], cell_generator: Any) -> None:
        self.base = resources["base_url"]
        self.heading = _heading(notebook)
        self.renderer = getattr(cell_generator, "__self__", None)
        self.page: dict[str, Any] | None = None
        self.held: list[str] = []
        self.sent: set[str] = set()
        self.terms = FirstUses()
        self.over = False
        self.folded = False

    def head(self, static_url: Any) -> str:
        """Write everything up to the body, before the kernel is asked for anything."""
        return str(frame().head(self.heading, style(), files(static_url), static_url("page.js")))

    def boot(self, kernel: str, static_url: Any) -> str:
        """Write the lines that open the kernel's socket."""
        start = {"base": self.base, "kernel": kernel}
        start |= {"library": static_url("library.js"), "libraryStyle": static_url("library.css")}
        return str(frame().boot(start, script("boot"), static_url("page.js")))

    def take(self, cell: Any) -> str:
        """Take the next cell that has run and give what can be shown now."""
        if self.over:
            return ""
        outputs = cell.get("outputs", [])
        page = next((output["data"][PAGE] for output in outputs if PAGE in output.get("data", {})), None)
        if page is not None and self.page is None:
            return self._begin(page, cell)
        if self.page is None and any(_is_error(output) for output in outputs):
            return self._unopened()
        if self.page is None:
            self.held.append(self._cell(cell))
            return ""
        return self._cell(cell)

    def finish(self) -> str:
        """Give the rest of the page, when every cell has run."""
        rest = "" if self.over or self.page is not None else self._begin(self._nameless(), None)
        if not self.over:
            rest += self._unfold() + self._words() + str(frame().bottom(self.page)) + self._states()
        return rest + str(frame().close())

    def _begin(self, page: dict[str, Any], cell: Any) -> str:
        if page.get("stop"):
            self.over = True
            return str(frame().stop(page, self.base))
        self.page = page
        shown = "".join(self.held) + (self._cell(cell) if cell is not None else "")
        return str(frame().top(page, self.base, script("fold"))) + shown

    def _unopened(self) -> str:
        self.over = True
        return str(frame().plain(UNOPENED, UNOPENED_WHY, self._start()))

    def _nameless(self) -> dict[str, Any]:
        return {"kind": "wide", "title": self.heading, "start_href": self._start(), "private": " "}

    def _start(self) -> str:
        return f"{self.base}voila/render/START.ipynb"

    def _cell(self, cell: Any) -> str:
        tags = set(cell.get("metadata", {}).get("tags", []))
        if tags & NOT_IN_THE_APP:
            return ""
        if cell["cell_type"] == "markdown":
            return self._told(self._look(tags, cell), unnumbered(cell["source"]))
        shown = self.terms.mark_sentences("".join(_output(output) for output in cell.get("outputs", [])))
        if not shown:
            return ""
        known = self._states() if "data-widget" in shown else ""
        return str(frame().cell(self._look(tags, cell), shown + known))

    def _told(self, look: str, source: str) -> str:
        ends, heading, words = part(source)
        before = self._unfold() if ends else ""
        if heading:
            self.folded = True
            before += str(frame().fold(markdown(heading)))
        return before + (str(frame().cell(look, self.terms.mark(markdown(words)))) if words else "")

    def _unfold(self) -> str:
        was, self.folded = self.folded, False
        return str(frame().unfold()) if was else ""

    def _look(self, tags: set[str], cell: Any) -> str:
        looks = [name for name in LOOKS if name in tags]
        if cell["cell_type"] == "markdown":
            looks.append("words")
            if cell["source"].lstrip().startswith("# "):
                looks.append("title")
            elif "intro" in tags and self.page is None:
                looks.append("chips")
        return " ".join(looks)

    def _words(self) -> str:
        seen = self.terms.seen
        return str(frame().cell("", words_on_page(seen).html)) if seen else ""

    def _states(self) -> str:
        executor = getattr(self.renderer, "executor", None)
        states = getattr(executor, "widget_state", {})
        new = {
            model: {"state": state, "buffers": _buffers(executor, model)}
            for model, state in states.items()
            if model not in self.sent
        }
        self.sent.update(new)
        return str(frame().states(new)) if new else ""


def write_page(notebook: Any, resources: dict[str, Any], cell_generator: Any) -> PageWriter:
    """Begin a page; the template's filter.

    Parameters
    ----------
    notebook, resources, cell_generator
        As `PageWriter` takes them.

    Returns
    -------
    PageWriter
        For one visitor.
    """
    return PageWriter(notebook, resources, cell_generator)


def markdown(source: str) -> str:
    """Turn the words of a notebook's cell into HTML; they are ours, not a team's.

    Parameters
    ----------
    source : str
        Markdown.

    Returns
    -------
    str
        HTML without link signs at headings.

    Examples
    --------
    >>> print(markdown("## Why it matters").strip())
    <h2>Why it matters</h2>
    """
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True)).render(source)


def _heading(notebook: Any) -> str:
    words = (cell["source"] for cell in notebook.cells if cell["cell_type"] == "markdown")
    found = re.search(r"^#\s+(.+)$", next(words, ""), re.MULTILINE)
    return found[1].strip() if found else "A page"


def _is_error(output: Any) -> bool:
    return output["output_type"] == "error" or output.get("name") == "stderr"


def _output(output: Any) -> str:
    if _is_error(output):
        return str(frame().wrong())
    if output["output_type"] == "stream":
        return str(frame().lines(output["text"]))
    data = output.get("data", {})
    return "" if PAGE in data else _shown(data, output.get("metadata", {}).get("alt", ""))


def _shown(data: dict[str, Any], alt: str) -> str:
    if VIEW in data:
        return str(frame().slot(data[VIEW]["model_id"]))
    if "text/html" in data:
        return str(frame().html(_joined(data["text/html"])))
    picture = next((kind for kind in PICTURES if kind in data), None)
    if picture:
        return str(frame().picture(picture, _encoded(picture, data[picture]), alt))
    text = data.get("text/markdown") or data.get("text/plain", "")
    return str(frame().lines(_joined(text))) if text else ""


def _encoded(kind: str, data: Any) -> str:
    if kind != "image/svg+xml":
        return _joined(data).strip()
    return base64.b64encode(_joined(data).encode()).decode()


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)


def _buffers(executor: Any, model: str) -> list[dict[str, Any]]:
    return list(getattr(executor, "widget_buffers", {}).get(model, {}).values())

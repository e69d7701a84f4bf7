"""A notebook's own code cells, run in this process with its parameters set, and what each cell shows."""

import ast
import html
import re
from functools import cache
from typing import Any, NamedTuple

import nbformat

from pophealth.delivery.content import content
from pophealth.views.markup import Html
from pophealth.workspace import steps

TITLES = {step.notebook: step.title for step in steps.STEPS if step.notebook}
STEPS = ("START", *TITLES)
STEMS = (*STEPS, "room", "faculty")


class Shown(NamedTuple):
    """One cell that has run: its last line, its tags, and what that line gave."""

    line: str
    tags: frozenset[str]
    value: Any

    @property
    def text(self) -> str:
        return words(self.value.html) if isinstance(self.value, Html) else ""


class Lesson:
    """A notebook that has run: its names and what its cells showed."""

    def __init__(self, names: dict[str, Any], cells: list[Shown]) -> None:
        self.names, self.cells = names, cells

    def __getitem__(self, line: str) -> Shown:
        """The one cell whose last line starts so."""
        (found,) = [cell for cell in self.cells if cell.line.startswith(line)]
        return found

    @property
    def html(self) -> str:
        return "\n".join(cell.value.html for cell in self.cells if isinstance(cell.value, Html))

    @property
    def text(self) -> str:
        return words(self.html)

    @property
    def forms(self) -> list[Any]:
        return [cell.value for cell in self.cells if "form" in cell.tags and hasattr(cell.value, "desk")]


def words(markup: str) -> str:
    """What a reader sees of some markup, in one line."""
    bare = re.sub(r"<style>.*?</style>|<(img|source)[^>]*>", " ", markup, flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", bare))).strip()


@cache
def _cells(stem: str) -> tuple[tuple[str, frozenset[str]], ...]:
    notebook = nbformat.read(content("notebooks") / f"{stem}.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return tuple((cell.source, frozenset(cell.metadata.get("tags", ()))) for cell in code)


def run(stem: str, *, team: str = "", workspace: object = "", as_of: str = "") -> Lesson:
    """Run every code cell of a notebook, in order, as a kernel would."""
    names: dict[str, Any] = {}
    cells = []
    for source, tags in _cells(stem):
        shown = _run_cell(source, names)
        if "parameters" in tags:
            names |= {"team": team, "workspace": str(workspace), "as_of": as_of}
        elif "setup" not in tags:
            cells.append(Shown(source.strip().splitlines()[-1], tags, shown))
    return Lesson(names, cells)


def _run_cell(source: str, names: dict[str, Any]) -> Any:
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102  the notebooks are ours
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None  # noqa: S307

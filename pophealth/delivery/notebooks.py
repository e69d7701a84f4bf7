"""The committed outputs of the notebooks: made on the made-up sample, the same on every run.

``python -m pophealth.delivery.notebooks`` runs every notebook in a clean kernel and writes its outputs;
with ``--check`` it writes nothing and says which notebook no longer matches.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from pophealth.delivery.content import content, notebook_files
from pophealth.delivery.kernel_copies import prefer
from pophealth.workspace.errors import Problem

_WIDGET = "application/vnd.jupyter.widget-view+json"
_KEPT_METADATA = ("kernelspec", "lang", "title")
_SECONDS = 120


def made(path: Path) -> str:
    """Run a notebook on the made-up sample and give the text that belongs in its file.

    Parameters
    ----------
    path
        The notebook.

    Returns
    -------
    str
        The notebook with its outputs, without anything that differs from run to run or from machine to
        machine.

    Raises
    ------
    Problem
        When a cell stops.
    """
    notebook = nbformat.read(path, as_version=4)
    prefer()
    with tempfile.TemporaryDirectory(prefix="pophealth-") as empty:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            store_widget_state=False,
            timeout=_SECONDS,
            resources={"metadata": {"path": empty}},
        )
        try:
            client.execute(env=_environment())
        except CellExecutionError as error:
            raise Problem(f"{path.name} stops: {error.ename}: {error.evalue}") from None
    return nbformat.writes(normalised(notebook)) + "\n"


def _environment() -> dict[str, str]:
    """Keep this process's environment but for what points a notebook at a real workspace."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POPHEALTH_")}
    return kept | {"TZ": "UTC"}


def normalised(notebook: NotebookNode) -> NotebookNode:
    """Take out of a notebook what is not its content.

    Parameters
    ----------
    notebook
        As it was run or saved by an editor.

    Returns
    -------
    NotebookNode
        A new notebook: no widgets' views or states, times, machine's language details; cells that ran are
        numbered from 1.
    """
    clean = NotebookNode({**notebook, "metadata": _picked(notebook.metadata, _KEPT_METADATA)})
    clean.nbformat_minor = 5
    clean.cells = [_cell(cell) for cell in notebook.cells]
    _number(clean.cells)
    return clean


def _number(cells: list[Any]) -> None:
    number = 0
    for cell in cells:
        if cell.cell_type == "code" and cell.source.strip():
            number += 1
            cell.execution_count = number
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = number


def _cell(cell: NotebookNode) -> NotebookNode:
    clean = NotebookNode({**cell, "metadata": _picked(cell.metadata, ("tags",))})
    if cell.cell_type == "code":
        clean.execution_count = None
        clean.outputs = [NotebookNode(output) for output in cell.outputs if _lasting(output)]
    return clean


def _lasting(output: NotebookNode) -> bool:
    """Leave out a widget's view, which says nothing without its kernel."""
    return _WIDGET not in output.get("data", {})


def _picked(metadata: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: metadata[name] for name in names if name in metadata}


def difference(before: str, after: str) -> str:
    """Say where two texts of a notebook first differ.

    Parameters
    ----------
    before, after
        The text in the file and the text as made again.

    Returns
    -------
    str
        Blank when they are the same.

    Examples
    --------
    >>> difference("a", "a")
    ''
    """
    if before == after:
        return ""
    old, new = (nbformat.reads(text, as_version=4) for text in (before, after))
    for number, (one, other) in enumerate(zip(old.cells, new.cells, strict=False)):
        for part in ("source", "outputs", "execution_count", "metadata"):
            if one.get(part) != other.get(part):
                return (
                    f"cell {number} ({part}): {one.source.strip().splitlines()[0] if one.source else 'empty'}"
                )
    return "its number of cells" if len(old.cells) != len(new.cells) else "its metadata"


def make(folder: Path | None = None, *, check: bool = False) -> Iterator[tuple[str, str]]:
    """Make the outputs of every notebook in a folder, one after the other.

    Parameters
    ----------
    folder
        The notebooks; those that belong to pophealth when left out.
    check
        Write nothing, only compare.

    Yields
    ------
    tuple of str
        Name of the notebook, and where it first differed from its file; blank when it did not.
    """
    for path in notebook_files(folder or content("notebooks")):
        before = path.read_text(encoding="utf-8")
        after = made(path)
        if not check and before != after:
            path.write_text(after, encoding="utf-8", newline="\n")
        yield path.name, difference(before, after)


def main() -> None:
    """Make the outputs, or check them; end with 1 when something is wrong."""
    check = "--check" in sys.argv[1:]
    wrong = 0
    try:
        for name, where in make(check=check):
            word = "the same" if not where else f"{'differs' if check else 'made again'}, first in {where}"
            sys.stdout.write(f"{name}: {word}\n")
            sys.stdout.flush()
            wrong += bool(where) and check
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        wrong += 1
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

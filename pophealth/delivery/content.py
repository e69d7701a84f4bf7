"""Where notebooks, sample data and real examples are, in a checkout or in an installed package."""

import json
import re
from pathlib import Path
from typing import Literal

from pophealth.workspace.errors import Problem

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = {"notebooks": "notebooks", "samples": "data/samples", "cases": "docs/cases"}


def content(kind: Literal["notebooks", "samples", "cases"]) -> Path:
    """Find the folder of notebooks, of sample data or of real examples.

    A checkout keeps them beside the package, so that what you edit is what runs; an installed package
    carries a copy inside itself. The checkout is looked at first.

    Parameters
    ----------
    kind
        ``"notebooks"``, ``"samples"`` or ``"cases"``.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    Problem
        When the folder is in neither place.

    Examples
    --------
    >>> content("samples").name
    'samples'
    """
    beside = _PACKAGE.parent / _CHECKOUT[kind]
    if (_PACKAGE.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    inside = _PACKAGE / "_content" / kind
    if inside.is_dir():
        return inside
    raise Problem(
        f"The {kind} that belong to pophealth are not where they should be. Install pophealth again, "
        "or run it from a full copy of the repository."
    )


def notebook_files(folder: Path | None = None) -> tuple[Path, ...]:
    """List the notebooks of a folder, START first, then in the order of their names.

    Parameters
    ----------
    folder
        Where to look; the notebooks that belong to pophealth when left out.

    Returns
    -------
    tuple of pathlib.Path
        The notebooks, without hidden copies.

    Examples
    --------
    >>> all(path.suffix == ".ipynb" for path in notebook_files())
    True
    """
    found = (folder or content("notebooks")).glob("*.ipynb")
    shown = [path for path in found if not path.name.startswith(".")]
    return tuple(sorted(shown, key=lambda path: (path.stem != "START", path.name)))


def sentences(path: Path) -> str:
    """Give the sentences of a notebook, without its headings and its code.

    Parameters
    ----------
    path
        The notebook.

    Returns
    -------
    str
        The text of its markdown cells; what stands between back quotes is left out.

    Examples
    --------
    >>> "one question" in sentences(content("notebooks") / "START.ipynb").casefold()
    True
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    words = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return re.sub(r"(?m)^#+ .*$|`[^`]*`", "", words)


def copy_notebooks(folder: Path) -> tuple[str, ...]:
    """Copy the notebooks into a folder, and overwrite nothing.

    Parameters
    ----------
    folder
        Where they go; made when it is not there.

    Returns
    -------
    tuple of str
        Names of the files that were there already and were left alone because they differ.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source = content("notebooks")
    kept = []
    for path in (*notebook_files(source), *sorted(source.glob("voila.py"))):
        target = folder / path.name
        if not target.exists():
            target.write_bytes(path.read_bytes())
        elif target.read_bytes() != path.read_bytes():
            kept.append(path.name)
    return tuple(kept)

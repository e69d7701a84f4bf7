"""What a notebook may be told before it runs."""

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pophealth.delivery.misuse import Misuse
from pophealth.workspace.slugs import shown

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,39}", re.ASCII)
_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
_WORDS = {"true": True, "yes": True, "false": False, "no": False}
_LONGEST = 2_000


def declared(notebook: Path) -> dict[str, str]:
    """Read the names and types in a notebook's own parameters cell.

    Parameters
    ----------
    notebook
        The notebook file.

    Returns
    -------
    dict
        Name to type word, as written behind the name or, without one, as its value shows.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        cell = next(cell for cell in cells if "parameters" in cell["metadata"].get("tags", ()))
        body = ast.parse("".join(cell["source"])).body
    except (ValueError, KeyError, TypeError, SyntaxError, StopIteration):
        raise Misuse(
            f"{notebook.name} has no cell of parameters that can be read, so it cannot be run."
        ) from None
    return dict(filter(None, map(_declaration, body)))


def _declaration(line: ast.stmt) -> tuple[str, str] | None:
    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
        return line.target.id, ast.unparse(line.annotation)
    if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
        target = line.targets[0]
        return (target.id, type(line.value.value).__name__) if isinstance(target, ast.Name) else None
    return None


def checked(notebook: Path, values: Mapping[str, Any]) -> dict[str, Any]:
    """Hold values against a notebook's own parameters before anything runs.

    A name that reaches the notebook becomes code, so only names that the notebook itself declares pass,
    and every value is turned into the declared type.

    Parameters
    ----------
    notebook
        The notebook file.
    values
        Name to value, as a person gave them.

    Returns
    -------
    dict
        The same names with typed values.

    Raises
    ------
    Misuse
        When a name is unknown or a value cannot be read as its type.
    """
    known = declared(notebook)
    for name in values:
        if not _NAME.fullmatch(str(name)) or name not in known:
            raise Misuse(
                f"{notebook.name} has no parameter “{shown(name)}”. It takes {', '.join(known) or 'none'}; "
                "check the spelling."
            )
    return {name: _typed(notebook, name, known[name], value) for name, value in values.items()}


def _typed(notebook: Path, name: str, type_word: str, value: Any) -> Any:
    kind = _TYPES.get(type_word, str)
    try:
        if kind is bool:
            return value if isinstance(value, bool) else _WORDS[str(value).strip().lower()]
        typed = kind(value)
    except (TypeError, ValueError, KeyError):
        raise Misuse(
            f"{notebook.name}: “{shown(value)}” cannot be used for {name}, which must be {_said(kind)}."
        ) from None
    if kind is str and (len(typed) > _LONGEST or "\0" in typed):
        raise Misuse(f"{notebook.name}: the text for {name} is too long or not readable text.")
    return typed


def _said(kind: type) -> str:
    return {int: "a whole number", float: "a number", bool: "yes or no", str: "text"}[kind]

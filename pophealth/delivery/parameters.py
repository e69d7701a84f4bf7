"""What a notebook may be told before it runs."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from papermill.inspection import inspect_notebook

from pophealth.delivery.usage import Misuse
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
        Name to type word: ``str``, ``int``, ``float`` or ``bool``.
    """
    found = inspect_notebook(str(notebook).replace("{", "{{").replace("}", "}}"))
    return {name: str(entry["inferred_type_name"]) for name, entry in found.items()}


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

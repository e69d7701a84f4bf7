"""Pieces of a page made before, kept by what they were made from while the app or a run of reports lasts.

Both give their notebooks a private folder in `POPHEALTH_KEPT` and remove it at the end. A piece is found
again only by whoever has the same numbers and words, so nothing is seen that could not be made anew. Without
a folder nothing is kept.
"""

import hashlib
import json
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, ParamSpec

import pandas as pd
from pydantic import BaseModel

from pophealth.views.markup import Html

Arguments = ParamSpec("Arguments")


def kept(make: Callable[Arguments, Html]) -> Callable[Arguments, Html]:
    """Let a function that makes a piece of a page make it once for the same tables, records and words.

    Parameters
    ----------
    make : callable
        Gives an `Html` that depends on its arguments alone.

    Returns
    -------
    callable
        The same, quicker the second time.

    Examples
    --------
    >>> @kept
    ... def greet(name: str) -> Html:
    ...     return Html(f"<p>{name}</p>")
    >>> greet("Ana")
    Ana
    """

    @wraps(make)
    def found_or_made(*args: Arguments.args, **options: Arguments.kwargs) -> Html:
        folder = os.environ.get("POPHEALTH_KEPT", "")
        if not folder:
            return make(*args, **options)
        path = Path(folder) / fingerprint(make.__qualname__, *args, *sorted(options.items()))
        if path.is_file():
            found = json.loads(path.read_text(encoding="utf-8"))
            return Html(found["html"], plain=found["plain"])
        piece = make(*args, **options)
        _write(path, json.dumps({"html": piece.html, "plain": piece.plain}))
        return piece

    return found_or_made


def fingerprint(*parts: Any) -> str:
    """Give the same letters for the same tables, records and words, and others for others.

    Parameters
    ----------
    *parts : Any
        Tables, records, texts, numbers.

    Returns
    -------
    str
        64 letters and digits.

    Examples
    --------
    >>> fingerprint(pd.DataFrame({"n": [1]})) == fingerprint(pd.DataFrame({"n": [2]}))
    False
    """
    sign = hashlib.sha256()
    for part in parts:
        sign.update(_bytes(part) + b"\x00")
    return sign.hexdigest()


def _bytes(part: Any) -> bytes:
    if isinstance(part, pd.DataFrame):
        heads = repr([*zip(part.columns, map(str, part.dtypes), strict=True)]).encode()
        return heads + pd.util.hash_pandas_object(part).to_numpy().tobytes()
    if isinstance(part, BaseModel):
        return f"{type(part).__name__} {part.model_dump_json()}".encode()
    if isinstance(part, tuple):
        return b"".join(_bytes(one) + b"\x01" for one in part)
    return repr(part).encode()


def _write(path: Path, text: str) -> None:
    """Write whole or not at all; a full disk only means that the piece is made again next time."""
    try:
        with NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            file.write(text)
        os.replace(file.name, path)
    except OSError:
        return

"""The made-up learning sessions of the sample: their plans and minutes, and what the room answered."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from pophealth.workspace import polls
from pophealth.workspace.records import KINDS
from pophealth.workspace.store import Workspace

FILE = "sessions.json"
SEED = 20_210_630
PACE = timedelta(seconds=11)

Bound = Callable[[str], Workspace]


class Deed(NamedTuple):
    """Something that happened at a moment; it is done through a workspace bound to whoever did it."""

    at: datetime
    do: Callable[[Bound], None]


def deeds(folder: Path) -> Iterator[Deed]:
    """Give all that was written for sessions, and all that was answered there.

    Parameters
    ----------
    folder : Path
        Where the sample files lie.

    Yields
    ------
    Deed
        In no order of time.
    """
    told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    yield from (Deed(_moment(entry["at"]), _write(entry)) for entry in told["entries"])
    for asked in told["replies"]:
        texts = _mixed(asked)
        for number, text in enumerate(texts):
            yield Deed(_moment(asked["from"]) + number * PACE, _answer(asked["poll"], text, number))


def _write(entry: dict[str, Any]) -> Callable[[Bound], None]:
    def do(bound: Bound) -> None:
        book = polls.everyone(bound(entry["by"]))
        before = book.get(entry["kind"], entry["key"])
        record = KINDS[entry["kind"]].draft(entry["body"], entry["key"])
        book.save(record, based_on=before.revision if before else 0)

    return do


def _answer(poll: str, text: str, number: int) -> Callable[[Bound], None]:
    """Answer as one phone in the room; it does not matter whose."""

    def do(bound: Bound) -> None:
        polls.answer(bound("imani"), poll, text, device=f"a phone in the room {number}")

    return do


def _mixed(asked: dict[str, Any]) -> list[str]:
    """Give all answers to a question in the order in which they came."""
    texts = asked.get("words") or [text for text, n in asked["given"].items() for _ in range(n)]
    order = np.random.Generator(np.random.PCG64([SEED, len(texts)])).permutation(len(texts))
    return [texts[place] for place in order]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))

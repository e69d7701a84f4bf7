"""The exercises of step 7: what the reader's own tables say, a hint, and a word when it is right."""

from typing import Any


def _first(book: Any) -> int | None:
    ideas = _ideas(book)
    known = ideas.dropna(subset=["impact", "effort"])
    return int((known["impact"].ge(4) & known["effort"].le(2)).sum()) if len(known) else None


def _tried(book: Any) -> int | None:
    ideas = _ideas(book)
    return int(ideas["tests"].gt(0).sum()) if len(ideas) else None


def _ideas(book: Any) -> Any:
    drivers = book.drivers()
    return drivers[drivers["level"].eq("idea")]


EXERCISES = {
    "drivers-first": (
        _first,
        "Keep the rows whose impact is 4 or more and whose effort is 2 or less, and count them.",
        "These numbers are guesses. The first small test will tell you more.",
    ),
    "drivers-tried": (
        _tried,
        "Count the rows of ideas whose column tests is above 0.",
        "Now look at the others: which could you try by next Tuesday?",
    ),
}

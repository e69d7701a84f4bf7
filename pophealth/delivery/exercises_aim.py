"""The exercise of step 6 on choosing: what the reader's tables say, a hint, and a word when it is right."""

from typing import Any


def _safe(book: Any) -> int | None:
    methods, _ = book.counted()
    known = methods[methods["methods"].gt(0)]
    return int(known["on_top"].eq(known["methods"]).sum()) if len(known) else None


EXERCISES = {
    "aim-safe": (
        _safe,
        "Count the rows of methods in which on_top and methods are the same number.",
        "Those are safe to start with. Ask still who did not vote.",
    ),
}

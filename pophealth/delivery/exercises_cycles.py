"""The exercises of step 8: what the reader's own tables say, a hint, and a word when it is right."""

from typing import Any

import pandas as pd


def _again(book: Any) -> int | None:
    tests: pd.DataFrame = book.tests()
    named = tests[tests["idea"].ne("")]
    return int(named["idea"].value_counts().gt(1).sum()) if len(named) else None


def _days(book: Any) -> float | None:
    tests: pd.DataFrame = book.tests()
    days = (tests["end"] - tests["start"]).dt.days.median()
    return None if pd.isna(days) else float(days)


EXERCISES = {
    "test-again": (
        _again,
        "Keep the rows whose idea is not blank and whose cycle is 2, and count them.",
        "Each of these taught you enough to try again.",
    ),
    "test-days": (
        _days,
        "Subtract start from end, take .dt.days, and then .median(); empty days drop out by themselves.",
        "Short is good: the sooner it ends, the sooner you know.",
    ),
}

"""The exercises of step 3: what the reader's own tables say, a hint, and a word when it is right."""

from typing import Any

import pandas as pd


def _for_nobody_else(book: Any) -> int | None:
    promises: pd.DataFrame = book.promises()
    named = promises.loc[promises["population"].ne(""), "population"]
    return int(named.value_counts().eq(1).sum()) if len(named) else None


def _next_day(book: Any) -> int | None:
    days = (book.promises()["deadline"] - pd.Timestamp(book.as_of)).dt.days
    ahead = days[days.ge(0)]
    return int(ahead.min()) if len(ahead) else None


EXERCISES = {
    "align-once": (
        _for_nobody_else,
        "Leave out blanks, take value_counts() of the column population, and count the ones.",
        "Now ask: who in this place has no promise at all? No table can tell you.",
    ),
    "align-next": (
        _next_day,
        "Subtract the day of book.as_of from deadline, take .dt.days, and keep what is 0 or more.",
        "Put it on the wall, with the name of the one who answers for it.",
    ),
}

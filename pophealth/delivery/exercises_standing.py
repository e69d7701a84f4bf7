"""The exercises of step 2: what the reader's own tables say, a hint, and a word when it is right."""

from typing import Any

import pandas as pd

from pophealth.workspace import ratings


def _scores(book: Any) -> pd.DataFrame:
    team = book._team
    return ratings.section_scores(ratings.answers(team, as_of=book.as_of), team.instrument)


def _widest(book: Any) -> str | None:
    table = ratings.summary(ratings.latest(_scores(book))).dropna(subset=["median"])
    return None if table.empty else table.loc[(table["highest"] - table["lowest"]).idxmax(), "section"]


def _twice(book: Any) -> int | None:
    scores = _scores(book)
    return int(scores.groupby("rater")["round"].nunique().gt(1).sum()) if len(scores) else None


EXERCISES = {
    "standing-widest": (
        _widest,
        "Add a column with highest minus lowest to summary, and look for its largest row.",
        "That is where the talk should start.",
    ),
    "standing-twice": (
        _twice,
        'scores.groupby("rater")["round"].nunique() counts the rounds of a code. How many are above 1?',
        "Only these people can tell you what changed. The others can tell you how it looks today.",
    ),
}

"""The progress scale from 0.5 to 5.0: what each step means, who sees a team where, and what speaks for it.

The steps follow the assessment scale used in improvement collaboratives, in our own words. People set a
score. What is on record only suggests where to look.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from pophealth.workspace.records_shared import Score

SCALE = (
    (0.5, "We mean to take part", "A topic is named. Nobody is asked to join yet."),
    (1.0, "A purpose and a team", "The purpose is written and people have said yes."),
    (1.5, "Planning has begun", "It is clear whom the work is for, or what the aim is."),
    (2.0, "Learning, nothing changed yet", "The starting point is counted, and you ask people about it."),
    (2.5, "Changes are tried", "Tests have begun, each with a prediction. No gain yet."),
    (3.0, "First small gains", "Some tests worked and are kept. The chart need not show it yet."),
    (3.5, "It gets better", "The lead measure shows a signal of improvement."),
    (4.0, "Clearly better", "Half of the way to the aim is done, and no gap has grown wider."),
    (4.5, "It begins to last", "The signal holds, and somebody answers for it from now on."),
    (5.0, "Better for good", "The aim is reached, and all that makes it last is in place."),
)
COLUMNS = ["month", "team", "faculty", "difference", "why_team", "why_faculty", "next_team", "next_faculty"]
APART = 1.0
STILL_MONTHS = 3


class Seen(NamedTuple):
    """What is on record of a team's work, as far as the scale asks for it.

    Attributes
    ----------
    members, predicted, kept : int
        People in the team; tests with a prediction; tests whose change is kept.
    purpose, chosen, counted, better, wider, holds, owned, lasts : bool
        Whether there are: a purpose; a group or an aim; counts of the lead measure; a signal of
        improvement; a signal that the gap is wider; a signal that holds; an owner for later; everything
        that makes it last.
    way : float or None
        How much of the way from start to aim is done, in percent; None without a signal.
    """

    members: int = 0
    predicted: int = 0
    kept: int = 0
    purpose: bool = False
    chosen: bool = False
    counted: bool = False
    better: bool = False
    wider: bool = False
    holds: bool = False
    owned: bool = False
    lasts: bool = False
    way: float | None = None


def evidence(seen: Seen) -> pd.DataFrame:
    """Say for each step of the scale whether something on record speaks for it.

    Parameters
    ----------
    seen : Seen
        What is on record.

    Returns
    -------
    pandas.DataFrame
        score, name, means, there (True when the record speaks for it).

    Examples
    --------
    >>> table = evidence(Seen(members=5, purpose=True))
    >>> table.loc[table["there"], "score"].tolist()
    [0.5, 1.0]
    """
    way = seen.way or 0
    there = [
        True,
        seen.purpose and seen.members > 0,
        seen.chosen,
        seen.counted,
        seen.predicted > 0,
        seen.kept > 0,
        seen.better,
        way >= 50 and not seen.wider,
        seen.holds and seen.owned,
        way >= 100 and seen.lasts,
    ]
    return pd.DataFrame(SCALE, columns=["score", "name", "means"]).assign(there=there)


def suggested(table: pd.DataFrame) -> float:
    """Give the step up to which every step has something on record.

    Parameters
    ----------
    table : pandas.DataFrame
        As `evidence` gives it.

    Returns
    -------
    float
        From 0.5 to 5.0; a suggestion to talk about, never a score.

    Examples
    --------
    >>> suggested(evidence(Seen(members=5, purpose=True, kept=3)))
    1.0
    """
    unbroken = table["there"].cummin()
    return float(table.loc[unbroken, "score"].max())


def beside(scores: Sequence[Score]) -> pd.DataFrame:
    """Put the team's own score and the faculty's beside each other, month by month.

    Parameters
    ----------
    scores : sequence of Score
        As far as the person who looks may see them.

    Returns
    -------
    pandas.DataFrame
        month, team, faculty, difference (team minus faculty), why_team, why_faculty, next_team,
        next_faculty; missing where one of them has given none.

    Examples
    --------
    >>> own = Score(value=3, by="team", month="2021-05", reason="It holds.")
    >>> other = Score(value=2.5, by="faculty", month="2021-05", reason="Two points only.")
    >>> beside([own, other])["difference"].tolist()
    [0.5]
    """
    rows = [(one.month, one.by, one.value, one.reason, one.suggestion) for one in scores]
    table = pd.DataFrame(rows, columns=["month", "by", "value", "why", "next"]).astype({"value": "float64"})
    table = table.dropna(subset=["month", "value"]).drop_duplicates(["month", "by"], keep="last")
    own, faculty = (_side(table, side) for side in ("team", "faculty"))
    both = own.merge(faculty, on="month", how="outer").sort_values("month", ignore_index=True)
    both["month"] = pd.to_datetime(both["month"])
    return both.assign(difference=both["team"] - both["faculty"])[COLUMNS]


def _side(table: pd.DataFrame, side: str) -> pd.DataFrame:
    names = {"value": side, "why": f"why_{side}", "next": f"next_{side}"}
    return table[table["by"].eq(side)].drop(columns="by").rename(columns=names)

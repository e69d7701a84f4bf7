"""Of how many of the people a measure counts it is written down which group they belong to."""

from typing import NamedTuple

import pandas as pd

from pophealth.stats.completeness import completeness
from pophealth.stats.privacy import protected
from pophealth.workspace import timeline
from pophealth.workspace.records import Measure

_SHARES = ("p", "p'", "")


class Recorded(NamedTuple):
    """People counted, of how many the group is written down, and who declined or is not written down."""

    recorded: int
    people: int
    declined: int
    not_recorded: int


def recorded(points: pd.DataFrame, measure: Measure, *, shared: bool) -> Recorded | None:
    """Add up over all periods of how many people the group is written down.

    Parameters
    ----------
    points : DataFrame
        Counts of everyone and of the groups of one split, as `timeline.points` gives them.
    measure : Measure
        Its definition, with the splits in which each person has one group.
    shared : bool
        Others than the team look: a small number is then not said, even one that could be worked out.

    Returns
    -------
    Recorded or None
        None where the counts do not tell, or are no counts of people. Where points share people, the last
        period that tells stands for all.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"period": "2021-01", "stratifier": ["", "language"], "stratum": ["", "English"]}
    ... )
    >>> table = table.assign(denominator=[200, 180])
    >>> recorded(table, Measure(chart="p", exclusive="language"), shared=False)
    Recorded(recorded=180, people=200, declined=0, not_recorded=20)
    """
    if measure.chart not in _SHARES:
        return None
    names = [name.strip().lower() for name in measure.exclusive.split(",")]
    splits = [split for split in points["stratifier"].unique() if split and split.lower() in names]
    try:
        found = completeness(points, together=not timeline.tied(measure), exclusive=splits)
    except ValueError:
        return None
    told = found.dropna(subset=["value"]).tail(1)
    parts = told[["numerator", "denominator", "declined", "not_recorded"]].astype(int)
    if parts.empty or (shared and _small(parts)):
        return None
    return Recorded(*parts.iloc[0].tolist())


def _small(parts: pd.DataFrame) -> bool:
    """Tell whether a number in a row of counts is too small to be shown."""
    each = parts.T.iloc[:, 0]
    return bool(protected(pd.DataFrame({"numerator": each, "denominator": each})).any())

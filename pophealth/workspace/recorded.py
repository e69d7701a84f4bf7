"""Of how many of the people a measure counts it is written down which group they belong to."""

from typing import NamedTuple

import pandas as pd

from pophealth.stats.completeness import completeness
from pophealth.stats.privacy import protected
from pophealth.workspace import timeline
from pophealth.workspace.groups import BY_AGE
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
    if not counts_people(measure):
        return None
    names = [name.strip().lower() for name in measure.exclusive.split(",")]
    splits = [split for split in points["stratifier"].unique() if split and split.lower() in names]
    try:
        found = completeness(points, together=not timeline.tied(measure), exclusive=splits)
    except ValueError:
        return None
    told = found.dropna(subset=["value"]).tail(1)
    parts = told[["numerator", "denominator", "declined", "not_recorded"]].astype(int)
    if parts.empty or (shared and _small(parts, measure.policy_in_force)):
        return None
    return Recorded(*parts.iloc[0].tolist())


def counts_people(measure: Measure) -> bool:
    """Tell whether a measure counts people out of people.

    >>> counts_people(Measure(chart="p")), counts_people(Measure(chart="u"))
    (True, False)
    """
    return measure.chart in _SHARES


def recorded_by_split(every: pd.DataFrame, measure: Measure, *, shared: bool) -> pd.DataFrame:
    """Work out for each way to split people of how many the group is written down, over all periods.

    Parameters
    ----------
    every : DataFrame
        Counts of everyone and of all groups, as `timeline.every_split` gives them.
    measure, shared
        As in `recorded`.

    Returns
    -------
    DataFrame
        The columns of `stats.completeness.completeness`; only splits of which it can be told, and of which
        no small number would be said to others.
    """
    alone = every[~every["stratifier"].str.endswith(BY_AGE)]
    exclusive = [name.strip() for name in measure.exclusive.split(",")]
    try:
        found = completeness(alone, together=True, exclusive=exclusive)
    except ValueError:
        return alone.iloc[:0].assign(value=0.0)
    policy = measure.policy_in_force
    parts = [found.assign(numerator=found[part]) for part in ("numerator", "declined", "not_recorded")]
    small = pd.concat([protected(part, policy=policy) for part in parts], axis="columns").any(axis="columns")
    return (found[~small] if shared else found).dropna(subset=["value"]).reset_index(drop=True)


def _small(parts: pd.DataFrame, policy: str | int) -> bool:
    """Tell whether a number in a row of counts is too small to be shown."""
    each = parts.T.iloc[:, 0]
    return bool(protected(pd.DataFrame({"numerator": each, "denominator": each}), policy=policy).any())

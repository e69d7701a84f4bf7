"""The counts that step 5 looks at: every way to split people, in the months in question."""

from collections.abc import Iterable, Iterator

import pandas as pd

from pophealth.workspace import groups as split
from pophealth.workspace import timeline
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Focus, Measure
from pophealth.workspace.store import TeamBook

PERIODS = 12
BANDS = ["stratum", "age_band", "numerator", "denominator", "period"]


def splits(team: TeamBook, measure: str, focus: Focus) -> pd.DataFrame:
    """Read all counts of a measure, and keep the months in question.

    Parameters
    ----------
    team : TeamBook
        Bound to the person who looks.
    measure : str
        Short name.
    focus : Focus
        The choice, which may name the months it was made by.

    Returns
    -------
    pandas.DataFrame
        The columns of `timeline.every_split`, in the months the team chose by, else the last 12; the last
        one where the same people are counted each time.
    """
    try:
        every = timeline.every_split(team, measure)
    except Problem:
        every = pd.DataFrame()
    if every.empty:
        return pd.DataFrame(columns=[*timeline.COLUMNS, "excluded"]).astype({"denominator": "float64"})
    months = split.chosen_by(every, focus)
    again = timeline.tied(timeline.lead(team.records("measure"), measure))
    return months if len(months) else split.latest(every, 1 if again else PERIODS)


def with_age(each: Iterable[tuple[Measure, pd.DataFrame]]) -> Iterator[tuple[Measure, pd.DataFrame]]:
    """Find the measures that were counted by group and age together, with these counts alone.

    >>> table = pd.DataFrame({"stratifier": ["language"]})
    >>> list(with_age([(Measure(key="falls"), table)]))
    []
    """
    for measure, every in each:
        found = every[every["stratifier"].str.endswith(split.BY_AGE)]
        if len(found):
            yield measure, found.reset_index(drop=True)


def by_band(found: pd.DataFrame) -> pd.DataFrame:
    """Part the names of strata by group and age into two columns.

    >>> counts = {"numerator": [3], "denominator": [9], "period": ["2020"]}
    >>> by_band(pd.DataFrame({"stratum": ["Spanish x 45-64"], **counts}))[["stratum", "age_band"]]
       stratum age_band
    0  Spanish    45-64
    """
    names = found["stratum"].str.rsplit(" x ", n=1, expand=True).reindex(columns=[0, 1])
    return found.assign(stratum=names[0], age_band=names[1])[BANDS]

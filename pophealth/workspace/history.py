"""Series from history, to learn from: counts, definition and tests of change as any team has them."""

from functools import cache

import pandas as pd

from pophealth.workspace.records import Measure
from pophealth.workspace.samples import sample_workspace
from pophealth.workspace.store import TeamBook


@cache
def team(slug: str) -> TeamBook:
    """Open the book of a historical series.

    Parameters
    ----------
    slug : str
        "vienna", "scutari" or "prussia".

    Returns
    -------
    TeamBook
        In a private copy of the made-up sample.
    """
    return sample_workspace().team(slug)


def counts(slug: str) -> pd.DataFrame:
    """Give the counts of a historical series, everyone together.

    Parameters
    ----------
    slug : str
        "vienna", "scutari" or "prussia".

    Returns
    -------
    pandas.DataFrame
        Counts layout; a missing period is a row of missing values.
    """
    table = team(slug).counts()
    return table[table["stratifier"] == ""].reset_index(drop=True)


def measure(slug: str) -> Measure:
    """Give the definition of a historical series.

    Parameters
    ----------
    slug : str
        "vienna", "scutari" or "prussia".

    Returns
    -------
    Measure
        Its lead measure.
    """
    measures = [one for one in team(slug).records("measure") if isinstance(one, Measure)]
    return next((one for one in measures if one.lead), measures[0])

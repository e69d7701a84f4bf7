"""A charted series as people look at it: what is shown, what is held back, how its periods are spaced."""

from typing import NamedTuple

import numpy as np
import pandas as pd

ENOUGH = 12
"""Useful points a phase needs before its limits and signals are shown."""

PERIODS = {"week": 7, "month": 31, "quarter": 92, "year": 366}


def when_column(charted: pd.DataFrame) -> str:
    """Name the column of dates: the one before `value`.

    Examples
    --------
    >>> when_column(pd.DataFrame(columns=["stratum", "period", "value"]))
    'period'
    """
    return str(charted.columns[charted.columns.get_loc("value") - 1])


def counted(charted: pd.DataFrame) -> pd.Series:
    """Tell which points count: they have a value and are not left out."""
    return charted["value"].notna() & ~charted["excluded"].astype(bool)


def counted_in_phase(charted: pd.DataFrame) -> pd.Series:
    """Tell for each row how many points of its phase count."""
    return counted(charted).groupby(charted["phase"]).transform("sum")


def withheld(charted: pd.DataFrame, *, enough: int = ENOUGH) -> pd.DataFrame:
    """Hold back lines and signals of every phase with too few points to tell.

    Read the result as what may be shown: with fewer than 12 points limits swing widely from point to point,
    so the points stand alone until there are enough.

    Parameters
    ----------
    charted
        One series, as `stats.spc.signals` returns it.
    enough
        The points a phase needs.

    Returns
    -------
    DataFrame
        The same rows and columns; `centre`, `lower`, `upper`, `signal`, `direction` empty where held back.
    """
    few = counted_in_phase(charted) < enough
    shown = charted.copy()
    shown[["centre", "lower", "upper"]] = shown[["centre", "lower", "upper"]].where(~few)
    for column in ("signal", "direction"):
        shown[column] = shown[column].where(~few, "") if column in shown else ""
    return shown


def period_of(charted: pd.DataFrame) -> str:
    """Name the length of a period from the usual step between dates: week, month, quarter or year."""
    dates = pd.to_datetime(charted[when_column(charted)])
    steps = dates.drop_duplicates().sort_values().diff().dt.days.dropna()
    if steps.empty:
        return "month"
    return next((name for name, days in PERIODS.items() if steps.median() <= days), "year")


def unbroken(charted: pd.DataFrame) -> pd.Series:
    """Count up at each missing period: a line is drawn within one such stretch and never across two."""
    dates = pd.to_datetime(charted[when_column(charted)])
    longest = PERIODS[period_of(charted)] * 1.5
    jump = dates.diff().dt.days.gt(longest)
    return (charted["value"].isna() | jump).cumsum()


class Recent(NamedTuple):
    """What a measure stands at: a value, and over how many periods it was pooled."""

    value: float
    periods: int


def recent(charted: pd.DataFrame, *, periods: int = 6) -> Recent:
    """Pool the last periods of the phase in force."""
    phase = charted[charted["phase"] == charted["phase"].iloc[-1]]
    rows = phase[counted(phase)].tail(periods)
    return Recent(pooled(rows), len(rows))


def pooled(rows: pd.DataFrame) -> float:
    """Return one value for several points: counts over counts, scaled as plotted; else the mean."""
    if {"numerator", "denominator"} <= set(rows.columns) and rows["denominator"].sum() > 0:
        share = rows["numerator"].sum() / rows["denominator"].sum()
        return float(share * _scale(rows))
    return float(rows["value"].mean()) if len(rows) else float("nan")


def _scale(rows: pd.DataFrame) -> float:
    """Find what values were multiplied by (1 for shares, 1,000 for rates per thousand)."""
    raw = rows["numerator"] / rows["denominator"]
    ratio = (rows["value"] / raw).replace([np.inf, -np.inf], np.nan).dropna()
    return float(ratio.median().round(9)) if len(ratio) else 1.0


def middle_word(charted: pd.DataFrame) -> str:
    """Say what the centre line is: the average, or the median where a chart has no limits."""
    return "average" if charted["upper"].notna().any() else "median"


def is_charted(table: pd.DataFrame) -> bool:
    """Tell whether a table is one that `stats.spc` made."""
    return {"value", "phase", "excluded", "centre", "lower", "upper"} <= set(table.columns)

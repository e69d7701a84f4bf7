"""What several releases of one series give away together, by taking one period from another."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.audit import told_few
from pophealth.stats.periods import LENGTHS
from pophealth.stats.policies import Policy, policy_of

ELSE = "everyone else"
_SERIES = ["stratifier", "stratum", "number"]
_READ = ["period", "length", "numerator", "denominator", "stratifier", "stratum"]


def audit_releases(
    releases: Iterable[pd.DataFrame], *, policy: str | float = "cms11", exclusive: Iterable[str] = ()
) -> pd.DataFrame:
    """Take the periods of several releases of one measure from each other, and look for small numbers.

    Ask this before counts are shared again, with all that was shared before. Months in spring and quarters in
    autumn each look safe; together they can give June away. No row means that nothing is given away.

    Parameters
    ----------
    releases : iterable of DataFrame
        What was shown, as `stats.periods.join_periods` returns it: counts and the length of their period.
    policy : str or number
        As in `stats.policies.policy_of`.
    exclusive : iterable of str
        Stratifiers in which each person has exactly one stratum, so that nobody is left over.

    Returns
    -------
    DataFrame
        A row for each stretch of time in which a number is surely too small to show: ``stratifier``,
        ``stratum`` (``everyone else``: people in none of the strata), ``number`` (``count``, ``rest`` or
        ``denominator``), ``period`` (its first day), ``until`` (the day after its last), ``lower`` and
        ``upper``. ``.attrs["reading"]`` says it in one sentence.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, or the releases contradict each other.

    Notes
    -----
    Counts grow from one boundary between periods to the next and never shrink; each number shown fixes the
    growth between two boundaries. Shortest paths (R. W. Floyd, Communications of the ACM 5, 1962, 345) then
    bound the growth between any two boundaries as closely as can be, series by series.

    Examples
    --------
    >>> spring = pd.DataFrame(
    ...     {"period": ["2021-04-01", "2021-05-01"], "length": "month", "numerator": [20, 15]}
    ... )
    >>> autumn = pd.DataFrame({"period": ["2021-04-01"], "length": "quarter", "numerator": [40]})
    >>> blank = {"denominator": None, "stratifier": "", "stratum": ""}
    >>> found = audit_releases([spring.assign(**blank), autumn.assign(**blank)])
    >>> found[["number", "period", "until", "lower", "upper"]]
      number     period      until  lower  upper
    0  count 2021-06-01 2021-07-01    5.0    5.0
    """
    allowed = policy_of(policy)
    shown = pd.concat([_numbers(table, tuple(exclusive), allowed) for table in releases], ignore_index=True)
    series = shown.groupby(_SERIES, sort=False).ngroup().to_numpy()
    months = np.unique(shown[["start", "end"]].to_numpy())
    upper = _closest(_stretches(shown, series, months))
    lower = -upper.swapaxes(1, 2)
    if (np.diagonal(upper, axis1=1, axis2=2) < 0).any():
        raise ValueError(
            "two releases contradict each other; check that they count the same people and months"
        )
    return _told(shown, months, lower, upper, allowed)


def _numbers(table: pd.DataFrame, exclusive: tuple[str, ...], policy: Policy) -> pd.DataFrame:
    """Give each number shown with the months it spans, and how far rounding may have moved it."""
    counts = _read(table)
    counts = pd.concat([counts, *_others(counts, exclusive)], ignore_index=True)
    count, people = counts["numerator"], counts["denominator"]
    parts = {"count": count, "rest": people - count, "denominator": people}
    long = pd.concat([counts.assign(number=name, value=values) for name, values in parts.items()])
    off = (
        (policy.step - 1) // 2 * (long["value"] > 0) * long["rows"] * np.where(long["number"] == "rest", 2, 1)
    )
    return long.assign(off=off).dropna(subset="value")


def _read(table: pd.DataFrame) -> pd.DataFrame:
    columns.require(table, _READ)
    counts = table[_READ].reset_index(drop=True)
    day = pd.to_datetime(counts["period"], errors="coerce", format="ISO8601")
    columns.refuse(day.isna(), "the period is no date", "write it as 2021-06-01")
    many = counts["length"].map(LENGTHS)
    columns.refuse(many.isna(), "the length is unknown", f"choose one of {', '.join(LENGTHS)}")
    start = day.dt.year * 12 + day.dt.month - 1
    read = {name: columns.numbers(counts, name) for name in ("numerator", "denominator")}
    text = {name: counts[name].fillna("").astype(str) for name in ("stratifier", "stratum")}
    return pd.DataFrame({**text, **read, "start": start, "end": start + many.astype(int), "rows": 1})


def _others(counts: pd.DataFrame, exclusive: tuple[str, ...]) -> list[pd.DataFrame]:
    """Take all strata of a stratifier from everyone, where they leave nobody out twice."""
    everyone = counts[counts["stratifier"] == ""].drop(columns=["stratifier", "stratum"])
    found = []
    for name, rows in counts[counts["stratifier"] != ""].groupby("stratifier"):
        numbers = ["numerator", "denominator"]
        summed = rows.groupby(["start", "end"])[numbers].agg(["sum", "count"])
        whole = summed.xs("count", axis=1, level=1) == rows["stratum"].nunique()
        strata = summed.xs("sum", axis=1, level=1).where(whole).add_suffix("_strata").reset_index()
        left = everyone.merge(strata, on=["start", "end"])
        for number in numbers:
            left[number] -= left.pop(f"{number}_strata")
        overlap = (left[numbers] < 0).any(axis=None) or (left["denominator"] < left["numerator"]).any()
        if name not in exclusive and not overlap:
            found.append(left.assign(stratifier=name, stratum=ELSE, rows=rows["stratum"].nunique() + 1))
    return found


def _stretches(shown: pd.DataFrame, series: np.ndarray, months: np.ndarray) -> np.ndarray:
    """Lay out, by series, how much a count can grow at most from one boundary (row) to another (column)."""
    many = len(months)
    never_shrinks = np.where(np.tri(many, dtype=bool), 0.0, np.inf)
    most = np.broadcast_to(never_shrinks, (series.max(initial=-1) + 1, many, many)).copy()
    start, end = np.searchsorted(months, shown["start"]), np.searchsorted(months, shown["end"])
    value, off = shown["value"].to_numpy(), shown["off"].to_numpy()
    np.minimum.at(most, (series, start, end), value + off)
    np.minimum.at(most, (series, end, start), -np.maximum(value - off, 0))
    return most


def _closest(most: np.ndarray) -> np.ndarray:
    """Shorten each way from boundary to boundary over every third one."""
    for between in range(most.shape[1]):
        most = np.minimum(most, most[:, :, between, None] + most[:, between, None, :])
    return most


def _told(
    shown: pd.DataFrame, months: np.ndarray, lower: np.ndarray, upper: np.ndarray, policy: Policy
) -> pd.DataFrame:
    later = np.triu(np.ones(upper.shape[1:], dtype=bool), 1)
    few = tuple(np.argwhere((lower > 0) & (upper < policy.smallest) & later).T)
    names = shown.drop_duplicates(_SERIES)[_SERIES].reset_index(drop=True)
    found = names.iloc[few[0]].reset_index(drop=True)
    found = found.assign(period=_day(months[few[1]]), until=_day(months[few[2]]))
    found = found.assign(lower=lower[few], upper=upper[few])
    many = f"{len(found)} numbers" if len(found) > 1 else "1 number"
    found.attrs["reading"] = (
        f"{many} can be worked out to be {told_few(policy)}: share longer periods, or nothing more."
        if len(found)
        else f"Nobody can take these releases from each other and find a number {told_few(policy)}."
    )
    return found


def _day(months: np.ndarray) -> pd.Series:
    parts = pd.DataFrame({"year": months // 12, "month": months % 12 + 1, "day": 1})
    return pd.to_datetime(parts).astype("datetime64[ns]")

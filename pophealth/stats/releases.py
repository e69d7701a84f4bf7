"""What several releases of one measure give away together, by taking one number from another."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from pophealth.stats import columns
from pophealth.stats.attack import narrowed
from pophealth.stats.audit import told_few
from pophealth.stats.cells import PARTS
from pophealth.stats.periods import LENGTHS
from pophealth.stats.policies import Policy, policy_of

ELSE = "everyone else"
_SERIES = ["stratifier", "stratum", "number"]
_READ = ["period", "length", "numerator", "denominator", "stratifier", "stratum"]
_LOOKS = 50


class _Series(NamedTuple):
    """What was counted, and the lines in which parts (1) add up to a total (-1), by stratifier."""

    names: pd.DataFrame
    lines: sparse.csr_array
    split: np.ndarray


def audit_releases(
    releases: Iterable[pd.DataFrame], *, policy: str | float = "cms11", exclusive: Iterable[str] = ()
) -> pd.DataFrame:
    """Take the numbers of several releases of one measure from each other, and look for small ones.

    Ask this before counts are shared again, with all that was shared before. Months in spring and quarters in
    autumn each look safe; together they can give June away. So can one table by language and one by race:
    what the one adds up to tells what the other left out. No row means that nothing is given away.

    Parameters
    ----------
    releases : iterable of DataFrame
        What was shown, as `stats.periods.join_periods` returns it: counts and the length of their period. A
        row whose counts are missing names a stratum that was hidden.
    policy : str or number
        As in `stats.policies.policy_of`.
    exclusive : iterable of str
        Stratifiers in which each person has exactly one of the strata named, so that nobody is left over and
        all strata together are everyone.

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
        If a column is missing or unreadable, a count cannot be, the releases contradict
        each other, or the strata of an exclusive stratifier are surely more or fewer than everyone.

    Notes
    -----
    Counts grow from one boundary between periods to the next and never shrink; each number shown fixes the
    growth between two boundaries. Shortest paths (R. W. Floyd, Communications of the ACM 5, 1962, 345) then
    bound the growth between any two boundaries as closely as can be. In every stretch of time the strata of a
    stratifier and those in none of them are everyone, and the count and the people left over are the
    denominator: each such sum bounds its parts by the others, in turn with the paths, until nothing changes.
    Strata that together exceed everyone overlap, and are then not added up.

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

    The total was hidden beside the small count, but strata of another kind add up to it:

    >>> by_race = pd.DataFrame({"stratifier": "race", "stratum": ["a", "b"], "numerator": [70, 60]})
    >>> by_language = pd.DataFrame({"stratum": ["English", "Hmong"], "numerator": [126, None]})
    >>> same = {"period": "2021-04-01", "length": "quarter", "denominator": None}
    >>> tables = [by_race.assign(**same), by_language.assign(stratifier="language", **same)]
    >>> found = audit_releases(tables, exclusive=["race", "language"])
    >>> found[["stratifier", "stratum", "number", "lower", "upper"]]
      stratifier stratum number  lower  upper
    0   language   Hmong  count    4.0    4.0
    """
    allowed = policy_of(policy)
    counts = pd.concat([_read(table) for table in _listed(releases)], ignore_index=True)
    shown = _numbers(counts, allowed)
    series = _series(counts, tuple(exclusive))
    months = np.unique(shown[["start", "end"]].to_numpy())
    most = _closest(_stretches(shown, series, months))
    upper = _added_up(_without_overlaps(series, most), most)
    return _told(series, months, -upper.swapaxes(1, 2), upper, allowed)


def _numbers(counts: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Give each number shown with the months it spans, and how far rounding may have moved it."""
    count, people = counts["numerator"], counts["denominator"]
    parts = dict(zip(PARTS, (count, people - count, people), strict=True))
    long = pd.concat([counts.assign(number=name, value=values) for name, values in parts.items()])
    off = (policy.step - 1) // 2 * (long["value"] > 0) * np.where(long["number"] == PARTS[1], 2, 1)
    return long.assign(off=off).dropna(subset="value")


def _listed(releases: Iterable[pd.DataFrame]) -> list[pd.DataFrame]:
    tables = [] if isinstance(releases, pd.DataFrame) else list(releases)
    if not tables:
        raise ValueError("releases is no list of tables; give all that was shared, such as [spring, autumn]")
    return tables


def _read(table: pd.DataFrame) -> pd.DataFrame:
    columns.require(table, _READ)
    counts = table[_READ].reset_index(drop=True)
    day = pd.to_datetime(counts["period"], errors="coerce", format="ISO8601")
    columns.refuse(day.isna(), "the period is no date", "write it as 2021-06-01")
    many = counts["length"].map(LENGTHS)
    columns.refuse(many.isna(), "the length is unknown", f"choose one of {', '.join(LENGTHS)}")
    start = day.dt.year * 12 + day.dt.month - 1
    read = {name: columns.numbers(counts, name) for name in ("numerator", "denominator")}
    columns.check_counts(*read.values())
    columns.check_whole(*read.values())
    text = {name: counts[name].fillna("").astype(str) for name in ("stratifier", "stratum")}
    text["stratum"] = text["stratum"].where(text["stratifier"] != "", "")
    return pd.DataFrame({**text, **read, "start": start, "end": start + many.astype(int)})


def _series(counts: pd.DataFrame, exclusive: tuple[str, ...]) -> _Series:
    """Name all that was counted: everyone, each stratum and those in none, each by count and people."""
    strata = counts.loc[counts["stratifier"] != "", _SERIES[:2]]
    others = strata.loc[~strata["stratifier"].isin(exclusive), ["stratifier"]].assign(stratum=ELSE)
    everyone = pd.DataFrame({"stratifier": [""], "stratum": [""]})
    keys = pd.concat([everyone, strata, others]).drop_duplicates(ignore_index=True)
    names = keys.loc[keys.index.repeat(len(PARTS))].reset_index(drop=True)
    names["number"] = np.tile(PARTS, len(keys))
    splits = [split for split in keys["stratifier"].unique() if split]
    across = np.kron(np.eye(len(keys)), [1, 1, -1])
    within = [
        (names["stratifier"].eq(split).astype(int) - names["stratifier"].eq("")) * names["number"].eq(part)
        for split in splits
        for part in PARTS
    ]
    lines = sparse.csr_array(np.vstack([across, *within]))
    return _Series(names, lines, np.concatenate([[""] * len(keys), np.repeat(splits, len(PARTS))]))


def _stretches(shown: pd.DataFrame, series: _Series, months: np.ndarray) -> np.ndarray:
    """Lay out, by series, how much a count can grow at most from one boundary (row) to another (column)."""
    many = len(months)
    never_shrinks = np.where(np.tri(many, dtype=bool), 0.0, np.inf)
    most = np.broadcast_to(never_shrinks, (len(series.names), many, many)).copy()
    place = pd.MultiIndex.from_frame(series.names).get_indexer(pd.MultiIndex.from_frame(shown[_SERIES]))
    start, end = np.searchsorted(months, shown["start"]), np.searchsorted(months, shown["end"])
    value, off = shown["value"].to_numpy(), shown["off"].to_numpy()
    np.minimum.at(most, (place, start, end), value + off)
    np.minimum.at(most, (place, end, start), -np.maximum(value - off, 0))
    return most


def _closest(most: np.ndarray) -> np.ndarray:
    """Shorten each way from boundary to boundary over every third one."""
    for between in range(most.shape[1]):
        most = np.minimum(most, most[:, :, between, None] + most[:, between, None, :])
    if (np.diagonal(most, axis1=1, axis2=2) < 0).any():
        raise ValueError(
            "two releases contradict each other; check that they count the same people and months"
        )
    return most


def _without_overlaps(series: _Series, most: np.ndarray) -> _Series:
    """Leave out the lines of stratifiers whose strata together surely exceed everyone."""
    start, end = np.triu_indices(most.shape[1], 1)
    parts, total = series.lines.maximum(0), -series.lines.minimum(0)
    over = (parts @ -most[:, end, start] > total @ most[:, start, end]).any(axis=1)
    under = (parts @ most[:, start, end] < total @ -most[:, end, start]).any(axis=1)
    left_over = series.names.loc[series.names["stratum"] == ELSE, "stratifier"]
    alone = ~np.isin(series.split, ["", *left_over])
    if (alone & (over | under)).any():
        split = str(series.split[alone & (over | under)][0])
        raise ValueError(
            f"the strata of {split!r} do not add up to everyone; correct the counts, or leave {split!r} out "
            "of exclusive"
        )
    kept = ~np.isin(series.split, np.setdiff1d(series.split[over], [""]))
    return series._replace(lines=series.lines[kept], split=series.split[kept])


def _added_up(series: _Series, most: np.ndarray) -> np.ndarray:
    """Bound the parts of each total by each other, and stretches of time by each other, again and again."""
    start, end = np.triu_indices(most.shape[1], 1)
    lines = sparse.csr_array(sparse.kron(series.lines, sparse.eye_array(len(start))))
    nothing = np.zeros(lines.shape[0])
    for _ in range(_LOOKS):
        upper, lower = most[:, start, end], -most[:, end, start]
        closer = narrowed(lines, nothing, lower.ravel(), upper.ravel())
        if np.array_equal(closer[0], lower.ravel()) and np.array_equal(closer[1], upper.ravel()):
            break
        most = most.copy()
        most[:, end, start] = -closer[0].reshape(upper.shape)
        most[:, start, end] = closer[1].reshape(upper.shape)
        most = _closest(most)
    return most


def _told(
    series: _Series, months: np.ndarray, lower: np.ndarray, upper: np.ndarray, policy: Policy
) -> pd.DataFrame:
    later = np.triu(np.ones(upper.shape[1:], dtype=bool), 1)
    few = tuple(np.argwhere((lower > 0) & (upper < policy.smallest) & later).T)
    found = series.names.iloc[few[0]].reset_index(drop=True)
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

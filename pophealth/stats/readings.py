"""What a chart reads in each row of a table, and how the rows of one date become one point."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import pandas as pd

from pophealth.stats import columns
from pophealth.stats.columns import Layout

Read = dict[str, pd.Series]
Rows = TypeVar("Rows", pd.Series, pd.DataFrame)


class Kind(NamedTuple):
    """Which columns are read, and what is refused in them."""

    read: Callable[[pd.DataFrame, Layout, pd.Series], Read]
    check: Callable[[Read], None]


def of_rows(table: pd.DataFrame, layout: Layout, reads: str, series: pd.Series) -> Read:
    """Read the numbers of each row.

    Parameters
    ----------
    table : DataFrame
        The caller's table.
    layout : Layout
        The names of its columns.
    reads : str
        A name in `KINDS`.
    series : Series
        The number of the series each row belongs to.

    Returns
    -------
    dict of Series
        ``value``, ``numerator``, ``denominator`` or ``size``, as far as they are read.

    Raises
    ------
    ValueError
        If a column is missing or holds what it cannot hold.

    Examples
    --------
    >>> table = pd.DataFrame({"period": [1, 2], "deaths": [3, 4]})
    >>> layout = Layout("period", "value", "deaths", "births", [], None, None, None)
    >>> of_rows(table, layout, "count", pd.Series([0, 0]))["numerator"].tolist()
    [3.0, 4.0]
    """
    kind = KINDS[reads]
    read = kind.read(table, layout, series)
    kind.check(read)
    return read


def of_points(rows: pd.DataFrame, point: pd.Series | None = None) -> Read:
    """Make one reading of the rows of each point: counts are summed, values averaged.

    Parameters
    ----------
    rows : DataFrame
        What `of_rows` read.
    point : Series, optional
        The number of the point each row belongs to, ascending. None: each row is a point.

    Returns
    -------
    dict of arrays
        ``value``; ``numerator`` and ``denominator`` where read; ``size`` (rows with a value) and ``spread``
        (their standard deviation, missing for fewer than two) where several measurements make a point.

    Examples
    --------
    >>> rows = pd.DataFrame({"numerator": [1.0, 2, 3], "denominator": [10.0, 20, 30]})
    >>> of_points(rows, pd.Series([1, 1, 2]))["value"].tolist()
    [0.1, 0.1]
    """
    found = {}
    if "value" in rows:
        found["value"] = rows["value"] if point is None else rows["value"].groupby(point).mean()
    if "size" in rows:
        found |= _spreads(rows, rows.index if point is None else point)
    if "denominator" in rows:
        found |= _shares(rows[["numerator", "denominator"]], point, found.get("value"))
    elif "numerator" in rows:
        found["numerator"] = found["value"] = _sum(rows["numerator"], point)
    return {name: read.reset_index(drop=True) for name, read in found.items()}


def _sum(rows: Rows, point: pd.Series | None) -> Rows:
    return rows if point is None else rows.groupby(point).sum(min_count=1)


def _spreads(rows: pd.DataFrame, point: pd.Series | pd.Index) -> Read:
    return {"size": rows["size"].groupby(point).sum(), "spread": rows["value"].groupby(point).std()}


def _shares(counts: pd.DataFrame, point: pd.Series | None, value: pd.Series | None) -> Read:
    """Sum the counts of a date; a row without people, or without a count, adds nothing."""
    usable = counts["numerator"].notna() & (counts["denominator"] > 0)
    used = _sum(counts.where(usable), point)
    given = _sum(counts, point)
    share = used["numerator"] / used["denominator"]
    return {
        "value": share if value is None else value.fillna(share),
        "numerator": used["numerator"].fillna(given["numerator"]),
        "denominator": used["denominator"].fillna(given["denominator"]),
    }


def _value(table: pd.DataFrame, layout: Layout, _series: pd.Series) -> Read:
    columns.require(table, [layout.value])
    return {"value": columns.numbers(table, layout.value)}


def _value_or_counts(table: pd.DataFrame, layout: Layout, series: pd.Series) -> Read:
    """Read values; for a series that has none, the counts."""
    has_counts = {layout.numerator, layout.denominator} <= set(table.columns)
    if layout.value not in table.columns and has_counts:
        return _counts(table, layout, series)
    read = _value(table, layout, series)
    there = read["value"].notna()
    filled = there if there.all() else there.groupby(series).transform("any")
    if filled.all() or not has_counts:
        return read
    counts = _counts(table, layout, series)
    return {**read, **{name: count.where(~filled) for name, count in counts.items()}}


def _group(table: pd.DataFrame, layout: Layout, series: pd.Series) -> Read:
    read = _value(table, layout, series)
    return {**read, "size": read["value"].notna().astype(int)}


def _count(table: pd.DataFrame, layout: Layout, _series: pd.Series) -> Read:
    columns.require(table, [layout.numerator])
    return {"numerator": columns.numbers(table, layout.numerator)}


def _counts(table: pd.DataFrame, layout: Layout, _series: pd.Series) -> Read:
    columns.require(table, [layout.numerator, layout.denominator])
    return {name: columns.numbers(table, getattr(layout, name)) for name in ("numerator", "denominator")}


def _accept(_read: Read) -> None:
    """Take anything that is a number."""


def _check_share(read: Read) -> None:
    columns.check_counts(read["numerator"], read["denominator"])


def _check_counts(read: Read) -> None:
    columns.check_not_negative(*read.values())


def _check_weights(read: Read) -> None:
    columns.check_not_negative(read["denominator"])


def _check_time(read: Read) -> None:
    columns.refuse(
        read["value"] <= 0,
        "time between events must be above 0; it is not",
        "measure it more finely, such as in hours",
    )


KINDS: dict[str, Kind] = {
    "value": Kind(_value_or_counts, _accept),
    "group": Kind(_group, _accept),
    "share": Kind(_counts, _check_share),
    "rate": Kind(_counts, _check_counts),
    "weighted": Kind(_counts, _check_weights),
    "count": Kind(_count, _check_counts),
    "between": Kind(_value, _check_counts),
    "time": Kind(_value, _check_time),
}

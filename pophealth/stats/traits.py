"""Traits of a series: what kind of numbers it holds, how many events, how much they swing."""

import numpy as np
import pandas as pd

from pophealth.stats import columns, dates
from pophealth.stats.columns import Layout
from pophealth.stats.moving_ranges import WIDTH_OF_TWO, mean_moving_range

KINDS = ("share", "rate", "count", "measurement", "between")
FEW_ENOUGH = 20  # above so many events a period, single values and counts have nearly the same limits
_DAYS = [0, 2, 10, 45, 135, np.inf]
_PERIODS = ["days", "weeks", "months", "quarters", "years"]


def traits(table: pd.DataFrame, layout: Layout, kind: str | None = None) -> pd.DataFrame:
    """Sum up each series in the few numbers that decide which chart fits it.

    Parameters
    ----------
    table : DataFrame
        One row per series and date; several rows of one date become one point.
    layout : Layout
        The names of the columns.
    kind : str, optional
        One of `KINDS`; None finds it out for each series.

    Returns
    -------
    DataFrame
        One row per series: ``row`` (its first in the table), ``kind``, ``points``, ``together`` (rows of
        one date), ``paired`` (has denominators), ``average`` (events a point), ``misses`` (people without
        the event), ``low`` and ``full`` (points with at most one of these), ``people``, ``centre``,
        ``lowest``, ``sigma_z`` and ``unit`` (``months`` and such).

    Raises
    ------
    ValueError
        If a column is missing or unreadable, or counts cannot be of the kind asked for.

    Examples
    --------
    >>> table = pd.DataFrame({"period": range(4), "numerator": [3, 5, 4, 4], "denominator": 50})
    >>> layout = Layout("period", "value", "numerator", "denominator", [], None, None, None)
    >>> traits(table, layout)[["kind", "average", "people"]]
            kind  average  people
    series
    0      share      4.0    50.0
    """
    rows = _rows(table, layout, kind)
    points = _one_per_date(rows)
    kinds = _kinds(points) if kind is None else pd.Series(kind, index=points["series"].unique())
    points["kind"] = points["series"].map(kinds)
    points = _charted_as(points)
    return _summed_up(points, rows).assign(kind=kinds)


def _rows(table: pd.DataFrame, layout: Layout, kind: str | None) -> pd.DataFrame:
    _check(table, layout, kind)
    rows = pd.DataFrame({"row": np.arange(len(table)), "series": columns.series_numbers(table, layout.by)})
    rows["date"] = dates.in_time(table[layout.when], layout.when)
    for name in ("value", "numerator", "denominator"):
        column = getattr(layout, name)
        rows[name] = columns.numbers(table, column) if column in table.columns else np.nan
    _check_numbers(rows, layout, kind)
    return rows


def _check(table: pd.DataFrame, layout: Layout, kind: str | None) -> None:
    if kind not in (None, *KINDS):
        raise ValueError(f"there is no kind {kind!r}; choose one of {', '.join(KINDS)}")
    columns.require(table, [])
    columns.require_names(layout)
    pair = [layout.numerator, layout.denominator]
    needed = {"share": pair, "rate": pair, "between": [layout.value]}.get(kind or "", [])
    if not needed and layout.numerator not in table.columns:
        needed = [layout.value]
    optional = [name for name in (layout.value, *pair) if name in table.columns]
    columns.require(table, [*layout.by, layout.when, *needed, *optional])
    blank = table[layout.when].isna().reset_index(drop=True)
    columns.refuse(blank, f"column {layout.when!r} is blank", "fill it in")


def _check_numbers(rows: pd.DataFrame, layout: Layout, kind: str | None) -> None:
    read = {name: rows[name].rename(getattr(layout, name)) for name in ("value", "numerator", "denominator")}
    if kind == "share":
        columns.check_counts(read["numerator"], read["denominator"])
    columns.check_not_negative(read["denominator"])
    if kind in ("rate", "count"):
        columns.check_not_negative(read["numerator"])
    if kind in ("between", "count"):
        columns.check_not_negative(read["value"])


def _one_per_date(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up the counts of a date and average its values; rows without people add nothing."""
    paired = rows["numerator"].notna() & (rows["denominator"] > 0)
    rows = rows.assign(cases=rows["numerator"].where(paired), people=rows["denominator"].where(paired))
    by_date = rows.groupby(["series", "date"])
    points = by_date[["numerator", "cases", "people"]].sum(min_count=1)
    return points.assign(value=by_date["value"].mean()).reset_index()


def _kinds(points: pd.DataFrame) -> pd.Series:
    """Find out what each series holds: counts before values, and measured sums are no counts."""
    of = points["series"]
    events = points["cases"].where(points["cases"].notna().groupby(of).transform("any"), points["numerator"])
    counted = events.notna().groupby(of).any()
    no_count = ((events % 1 != 0) & events.notna() | (events < 0)).groupby(of).any()
    above = (points["cases"] > points["people"]).groupby(of).any()
    paired = points["cases"].notna().groupby(of).any()
    kinds = np.select(
        [no_count, paired & above, paired, counted, _like_counts(points)],
        ["measurement", "rate", "share", "count", "count"],
        "measurement",
    )
    return pd.Series(kinds, index=counted.index)


def _like_counts(points: pd.DataFrame) -> pd.Series:
    """Tell which series of values are small whole numbers that swing as much as counts do by luck."""
    value, of = points["value"], points["series"]
    whole = (value.isna() | (value % 1 == 0) & (value >= 0)).groupby(of).all()
    average = value.groupby(of).mean()
    middle = of.map(average)
    swing = _sigma_z((value - middle) / np.sqrt(middle.where(middle > 0)), of)
    usual = (swing - 1).abs() <= luck_in_sigma(value.groupby(of).count())
    return whole & (average <= FEW_ENOUGH) & (usual | (average == 0))


def _charted_as(points: pd.DataFrame) -> pd.DataFrame:
    """Give every point what its kind of chart would plot: events and people, or a measured value."""
    pairs = points["kind"].isin(["share", "rate"])
    counts = points["kind"] == "count"
    events = points["cases"].where(pairs, points["numerator"].fillna(points["value"]).where(counts))
    share = points["cases"] / points["people"]
    people = points["people"].where(pairs).fillna(1.0).where(events.notna())
    measured = points["value"].fillna(share).where(~pairs & ~counts)
    plotted = (events / people).fillna(measured)
    misses = (people - events).where(points["kind"] == "share")
    return points.assign(events=events, exposed=people, plotted=plotted, misses=misses)


def _summed_up(points: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    filled = points[points["plotted"].notna()]
    of, first = filled.groupby("series"), rows.groupby("series")["row"].first()
    found = pd.DataFrame({"row": first, "points": of.size()})
    found["paired"] = of["cases"].any()
    found["together"] = (
        rows[rows["value"].notna()].groupby(["series", "date"]).size().groupby("series").median()
    )
    found[["average", "misses", "people"]] = of[["events", "misses", "exposed"]].mean()
    found["low"] = (filled["events"] <= 1).groupby(filled["series"]).sum()
    found["full"] = (filled["misses"] <= 1).groupby(filled["series"]).sum()
    found["lowest"] = of["plotted"].min()
    found["centre"] = found["average"] / found["people"]
    found["sigma_z"] = _sigma_z(_z(points, points["series"].map(found["centre"])), points["series"])
    found["unit"] = _unit(filled)
    empty = {"points": 0, "paired": False, "low": 0, "full": 0, "unit": "periods"}
    return found.fillna(empty).astype({"points": int, "paired": bool, "low": int, "full": int})


def _z(points: pd.DataFrame, centre: pd.Series) -> pd.Series:
    """Measure each point's distance from the centre in standard deviations of luck alone."""
    spread = centre.where(points["kind"] != "share", centre * (1 - centre))
    return (points["plotted"] - centre) / np.sqrt(spread.where(spread > 0) / points["exposed"])


def _sigma_z(z: pd.Series, series: pd.Series) -> pd.Series:
    """Tell how many times as much as by luck alone each series swings from point to point (Laney)."""
    step = mean_moving_range(pd.DataFrame({"span": series, "counted": True}), z.to_numpy(), screen=True)
    highest, lowest = z.groupby(series).max(), z.groupby(series).min()
    return (step.reindex(highest.index) / WIDTH_OF_TWO).where(highest > lowest, lowest * 0)


def luck_in_sigma(points: pd.Series) -> pd.Series:
    """Tell how far from 1 luck alone may bring sigma z among so many points, about 99 times in 100.

    Found by simulation for 12 to 200 points and counts from 1.5 a point; see the tests.

    >>> luck_in_sigma(pd.Series([10, 37])).round(2).tolist()
    [0.77, 0.38]
    """
    return 2.3 / np.sqrt((points - 1).clip(lower=1))


def _unit(points: pd.DataFrame) -> pd.Series:
    """Name the time from one date to the next; nothing where the dates are no days."""
    if not pd.api.types.is_datetime64_any_dtype(points["date"]):
        return pd.Series(index=points["series"].unique(), dtype=object)
    days = points.groupby("series")["date"].diff().dt.days.groupby(points["series"]).median()
    return pd.cut(days, _DAYS, labels=_PERIODS).astype(object)

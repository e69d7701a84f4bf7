"""Points in time: one for each date of each series, in order, each in its phase."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns

RESULTS = (
    *("value", "numerator", "denominator", "phase", "baseline", "excluded"),
    *("centre", "lower", "upper", "signal", "direction"),
)


class Layout(NamedTuple):
    """Which columns of the caller's table hold what."""

    when: str
    value: str
    numerator: str
    denominator: str
    by: list[str]
    phase: str | None
    baseline: int | str | None
    exclude: str | None


def gather(table: pd.DataFrame, layout: Layout, *, reads: str) -> pd.DataFrame:
    """Make one point per series and date, ordered, with its phase and whether it counts.

    Parameters
    ----------
    table : DataFrame
        One row per series and date; several rows of one date become one point.
    layout : Layout
        The names of the columns.
    reads : str
        ``counts`` (numerator and denominator) or ``value`` (a value, or else counts).

    Returns
    -------
    DataFrame
        ``row`` (the point's first row in the table), ``value``, ``numerator`` and ``denominator`` where
        read, ``phase``, ``baseline``, ``excluded``, ``counted`` (sets the limits) and ``span`` (series
        and phase), besides ``series``, ``date`` and ``label`` as plain numbers.

    Raises
    ------
    ValueError
        If a column is missing or holds what it cannot hold.

    Examples
    --------
    >>> table = pd.DataFrame({"period": [2, 1], "numerator": [3, 4], "denominator": [10, 10]})
    >>> layout = Layout("period", "value", "numerator", "denominator", [], None, None, None)
    >>> gather(table, layout, reads="counts")[["row", "value", "phase", "counted"]]
       row  value  phase  counted
    0    1    0.4      1     True
    1    0    0.3      1     True
    """
    _check(table, layout)
    rows = _rows(table, layout, reads)
    points = _one_per_date(rows)
    points["phase"], points["span"] = _phases(points)
    points["baseline"] = _baseline(points, layout.baseline)
    points["counted"] = points["baseline"] & ~points["excluded"]
    return points


def _check(table: pd.DataFrame, layout: Layout) -> None:
    baseline = layout.baseline if isinstance(layout.baseline, str) else None
    asked = [*layout.by, layout.when, layout.phase, baseline, layout.exclude]
    columns.require(table, [name for name in asked if name is not None])
    taken = [name for name in (*layout.by, layout.when) if name in RESULTS]
    if taken:
        raise ValueError(f"column {taken[0]!r} has the name of a result column; give it another name first")
    if table[layout.when].isna().any():
        row = int(np.flatnonzero(table[layout.when].isna().to_numpy())[0])
        raise ValueError(
            f"column {layout.when!r} is blank in row {row} (rows are counted from 0); fill it in"
        )


def _rows(table: pd.DataFrame, layout: Layout, reads: str) -> pd.DataFrame:
    rows = pd.DataFrame({"row": np.arange(len(table)), "series": _series(table, layout.by)})
    rows["date"] = _date_order(table[layout.when], layout.when)
    rows["label"] = -1 if layout.phase is None else pd.factorize(table[layout.phase])[0]
    rows["baseline"] = columns.flags(table, layout.baseline) if isinstance(layout.baseline, str) else True
    rows["excluded"] = columns.flags(table, layout.exclude) if layout.exclude else False
    rows = rows.assign(**_readings(table, layout, reads, rows["series"]))
    return rows.sort_values(["series", "date"], kind="stable", ignore_index=True)


def _series(table: pd.DataFrame, by: list[str]) -> np.ndarray:
    if not by:
        return np.zeros(len(table), dtype=int)
    return table.groupby(by, dropna=False, observed=True).ngroup().to_numpy()


def _date_order(when: pd.Series, name: str) -> np.ndarray:
    try:
        return pd.factorize(when, sort=True)[0]
    except TypeError:
        raise ValueError(f"column {name!r} mixes kinds of values, so it cannot be put in order") from None


def _readings(table: pd.DataFrame, layout: Layout, reads: str, series: pd.Series) -> dict[str, pd.Series]:
    has_counts = {layout.numerator, layout.denominator} <= set(table.columns)
    if reads == "value" and (layout.value in table.columns or not has_counts):
        columns.require(table, [layout.value])
        value = columns.numbers(table, layout.value)
        filled = value.notna().groupby(series).transform("any")
        if filled.all() or not has_counts:
            return {"value": value}
        return {"value": value, **_counts(table, layout, where=~filled)}
    columns.require(table, [layout.numerator, layout.denominator])
    counts = _counts(table, layout, where=pd.Series(True, index=series.index))
    if reads == "counts":
        columns.check_counts(counts["numerator"], counts["denominator"])
    return counts


def _counts(table: pd.DataFrame, layout: Layout, *, where: pd.Series) -> dict[str, pd.Series]:
    return {
        "numerator": columns.numbers(table, layout.numerator).where(where),
        "denominator": columns.numbers(table, layout.denominator).where(where),
    }


def _one_per_date(rows: pd.DataFrame) -> pd.DataFrame:
    first = ~rows.duplicated(["series", "date"])
    point = first.cumsum()
    points = rows[first].reset_index(drop=True)
    if not (rows["label"].to_numpy() == points["label"].to_numpy()[point - 1]).all():
        raise ValueError("rows of one date stand in two phases; give every row of a date the same phase")
    for name in ("baseline", "excluded"):
        points[name] = rows[name].groupby(point).any().to_numpy()
    if "value" in rows:
        points["value"] = rows["value"].groupby(point).mean().to_numpy()
    if "numerator" in rows:
        points = _add_up(points, rows, point)
    return points


def _add_up(points: pd.DataFrame, rows: pd.DataFrame, point: pd.Series) -> pd.DataFrame:
    """Sum the counts of a date; a row without people, or without a count, adds nothing."""
    counts = rows[["numerator", "denominator"]]
    usable = counts["numerator"].notna() & (counts["denominator"] > 0)
    used = counts.where(usable).groupby(point).sum(min_count=1).reset_index(drop=True)
    given = counts.groupby(point).sum(min_count=1).reset_index(drop=True)
    share = used["numerator"] / used["denominator"]
    return points.assign(
        value=points["value"].fillna(share) if "value" in points else share,
        numerator=used["numerator"].fillna(given["numerator"]),
        denominator=used["denominator"].fillna(given["denominator"]),
    )


def _phases(points: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    series = points["series"]
    label = points["label"].where(points["label"] >= 0).groupby(series)
    label = label.ffill().groupby(series).bfill().fillna(-1)
    same_series = series == series.shift()
    starts = same_series & (label != label.shift())
    phase = starts.astype(int).groupby(series).cumsum() + 1
    return phase, (starts | ~same_series).cumsum()


def _baseline(points: pd.DataFrame, baseline: int | str | None) -> pd.Series:
    if baseline is None:
        return pd.Series(True, index=points.index, dtype=bool)
    if isinstance(baseline, str):
        given = points["baseline"].astype(bool)
        return given | ~given.groupby(points["span"]).transform("any")
    if isinstance(baseline, bool) or baseline < 1:
        raise ValueError(f"baseline is {baseline!r}; give a number of points from 1, or the name of a column")
    return points.groupby("span").cumcount() < baseline

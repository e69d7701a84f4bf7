"""Points in time: one for each date of each series, in order, each in its phase."""

from numbers import Integral

import numpy as np
import pandas as pd

from pophealth.stats import columns, dates, readings
from pophealth.stats.columns import Layout

RESULTS = (
    *("value", "numerator", "denominator", "phase", "baseline", "excluded"),
    *("centre", "lower", "upper", "signal", "direction"),
)


def gather(table: pd.DataFrame, layout: Layout, *, reads: str) -> pd.DataFrame:
    """Make one point per series and date, ordered, with its phase and whether it counts.

    Parameters
    ----------
    table : DataFrame
        One row per series and date; several rows of one date become one point.
    layout : Layout
        The names of the columns.
    reads : str
        What a row is read as, by a name in `readings.KINDS`.

    Returns
    -------
    DataFrame
        ``row`` (the point's first row in the table), ``value``, ``numerator``, ``denominator``, ``size``
        and ``spread`` where read, ``phase``, ``baseline``, ``excluded``, ``counted`` (sets the limits) and
        ``span`` (series and phase), besides ``series``, ``date`` and ``label`` as plain numbers.

    Raises
    ------
    ValueError
        If a column is missing or holds what it cannot hold.

    Examples
    --------
    >>> table = pd.DataFrame({"period": [2, 1], "numerator": [3, 4], "denominator": [10, 10]})
    >>> layout = Layout("period", "value", "numerator", "denominator", [], None, None, None)
    >>> gather(table, layout, reads="share")[["row", "value", "phase", "counted"]]
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
    columns.require_names(layout)
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
    rows = pd.DataFrame({"row": np.arange(len(table)), "series": columns.series_numbers(table, layout.by)})
    rows["date"] = dates.in_time(table[layout.when], layout.when)
    rows["label"] = -1 if layout.phase is None else _labels(table[layout.phase])
    rows["baseline"] = columns.flags(table, layout.baseline) if isinstance(layout.baseline, str) else True
    rows["excluded"] = columns.flags(table, layout.exclude) if layout.exclude else False
    rows = rows.assign(**readings.of_rows(table, layout, reads, rows["series"]))
    order = np.lexsort((rows["date"], rows["series"]))
    return rows if (np.diff(order) == 1).all() else rows.iloc[order].reset_index(drop=True)


def _labels(phase: pd.Series) -> np.ndarray:
    """Give each phase name a number; a blank one is -1, and spaces around a name are no part of it."""
    try:
        codes, labels = pd.factorize(phase)
    except TypeError:
        raise ValueError(f"column {phase.name!r} holds lists; give each phase a name or a number") from None
    plain = [label.strip() or None if isinstance(label, str) else label for label in labels]
    renamed = pd.factorize(pd.Series(plain, dtype=object))[0]
    return np.append(renamed, -1)[codes]


def _one_per_date(rows: pd.DataFrame) -> pd.DataFrame:
    series, date = rows["series"].to_numpy(), rows["date"].to_numpy()
    first = np.append(True, (series[1:] != series[:-1]) | (date[1:] != date[:-1]))[: len(rows)]
    if first.all():
        return rows.assign(**readings.of_points(rows))
    point = pd.Series(first.cumsum())
    points = rows[first].reset_index(drop=True)
    if not (rows["label"].to_numpy() == points["label"].to_numpy()[point - 1]).all():
        raise ValueError("rows of one date stand in two phases; give every row of a date the same phase")
    for name in ("baseline", "excluded"):
        points[name] = rows[name].groupby(point).any().to_numpy()
    return points.assign(**readings.of_points(rows, point))


def _phases(points: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    series = points["series"]
    new_series = series != series.shift()
    if (points["label"] < 0).all():
        return pd.Series(1, index=points.index), new_series.cumsum()
    label = points["label"].where(points["label"] >= 0).groupby(series)
    label = label.ffill().groupby(series).bfill().fillna(-1)
    starts = ~new_series & (label != label.shift())
    phase = starts.astype(int).groupby(series).cumsum() + 1
    return phase, (starts | new_series).cumsum()


def _baseline(points: pd.DataFrame, baseline: int | str | None) -> pd.Series:
    if baseline is None:
        return pd.Series(True, index=points.index, dtype=bool)
    if isinstance(baseline, str):
        given = points["baseline"].astype(bool)
        return given | ~given.groupby(points["span"]).transform("any")
    if isinstance(baseline, bool) or not isinstance(baseline, Integral) or baseline < 1:
        raise ValueError(f"baseline is {baseline!r}; give a number of points from 1, or the name of a column")
    return points.groupby("span").cumcount() < baseline

"""Spans: the points of a chart in order, one span for each phase of each series."""

import numpy as np
import pandas as pd

from pophealth.stats import columns, dates

LINES = ["centre", "lower", "upper"]
_COUNTS = ["numerator", "denominator"]


def series_columns(charted: pd.DataFrame) -> list[str]:
    """Name the columns that tell series apart: those before the date.

    >>> from pophealth.stats import spc
    >>> table = pd.DataFrame({"site": ["a", "b"], "period": [1, 1], "value": [5, 6]})
    >>> series_columns(spc.limits(table, chart="run", by="site"))
    ['site']
    """
    columns.require(charted, ["value", "phase", "excluded", *LINES])
    before = list(charted.columns[: charted.columns.get_loc("value")])
    if not before:
        raise ValueError("the date column must stand before 'value', as limits returns it")
    return before[:-1]


def of_ranges(charted: pd.DataFrame) -> bool:
    """Tell whether a table is an mr chart, whose neighbors share a point: run rules say nothing about it.

    >>> from pophealth.stats import spc
    >>> of_ranges(spc.limits(pd.DataFrame({"period": [1, 2], "value": [5, 6]}), chart="mr"))
    True
    """
    columns.require(charted, [])
    return charted.attrs.get("chart") == "mr"


def in_order(charted: pd.DataFrame) -> pd.DataFrame:
    """Put the points in order of series, phase and date.

    Parameters
    ----------
    charted : DataFrame
        What `limits` returned.

    Returns
    -------
    DataFrame
        ``value``, ``excluded`` and the lines, counts where there are any, ``span`` (one phase of one
        series), ``date`` and ``row`` (where the point stands in the table).

    Examples
    --------
    >>> from pophealth.stats import spc
    >>> table = pd.DataFrame({"period": [1, 2], "value": [5, 6], "phase": ["a", "b"]})
    >>> in_order(spc.limits(table, chart="run", phase="phase"))[["value", "span", "row"]]
       value  span  row
    0    5.0     0    0
    1    6.0     1    1
    """
    series = series_columns(charted)
    read = ["value", "excluded", *LINES, *(name for name in _COUNTS if name in charted)]
    points = charted[read].reset_index(drop=True)
    points["excluded"] = points["excluded"].astype(bool)
    points["span"] = _numbered(charted, series)
    when = charted.columns[len(series)]
    points["date"] = dates.in_time(charted[when], when)
    points["row"] = np.arange(len(points))
    return points.sort_values(["span", "date"], kind="stable", ignore_index=True)


def _numbered(charted: pd.DataFrame, series: list[str]) -> np.ndarray:
    """Give each phase of each series a number; phases of a single series have theirs already."""
    if not series:
        return charted["phase"].to_numpy() - 1
    return charted.groupby([*series, "phase"], dropna=False, observed=True).ngroup().to_numpy()


def with_labels(charted: pd.DataFrame, points: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Set the series and phase before what was found for each span.

    Parameters
    ----------
    charted : DataFrame
        What `limits` returned.
    points : DataFrame
        Its points, `in_order`.
    found : DataFrame
        One row per span.

    Returns
    -------
    DataFrame
        One row per series and phase: the `by` columns, ``phase``, and what was found.

    Examples
    --------
    >>> from pophealth.stats import spc
    >>> charted = spc.limits(pd.DataFrame({"period": [1, 2], "value": [5, 6]}), chart="run")
    >>> with_labels(charted, in_order(charted), pd.DataFrame({"points": [2]}))
       phase  points
    0      1       2
    """
    first = points.drop_duplicates("span").set_index("span")["row"]
    labels = charted[[*series_columns(charted), "phase"]].iloc[first].set_index(first.index)
    return pd.concat([labels, found], axis="columns").reset_index(drop=True)

"""Centre lines and limits: one small function for each chart, found in the table `CHARTS`."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

WIDTH_OF_TWO = 1.128  # mean range of two normal values, in standard deviations (d2 for n = 2)
RANGE_LIMIT = 3.267  # upper limit of a moving range, in mean moving ranges (D4 for n = 2)


class Lines(NamedTuple):
    """A centre line and limits, one number per point."""

    centre: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


class Given(NamedTuple):
    """What the caller settled beforehand."""

    centre: float | None
    screen: bool


class Chart(NamedTuple):
    """What a chart reads and how its lines are drawn."""

    reads: str
    lines: Callable[[pd.DataFrame, Given], Lines]


def _run(points: pd.DataFrame, given: Given) -> Lines:
    nothing = np.full(len(points), np.nan)
    return Lines(_centre(points, given, "median"), nothing, nothing)


def _individuals(points: pd.DataFrame, given: Given) -> Lines:
    centre = _centre(points, given, "mean")
    reach = 3 * _per_point(points, mean_moving_range(points, screen=given.screen)) / WIDTH_OF_TWO
    return Lines(centre, centre - reach, centre + reach)


def _proportion(points: pd.DataFrame, given: Given) -> Lines:
    if given.centre is not None and not 0 <= given.centre <= 1:
        raise ValueError(f"centre is {given.centre}; a p chart needs a share from 0 to 1, before scaling")
    centre = _pooled_centre(points, given)
    people = points["denominator"].where(points["value"].notna()).to_numpy()
    reach = 3 * np.sqrt(centre * (1 - centre) / people)
    return Lines(centre, np.clip(centre - reach, 0, 1), np.clip(centre + reach, 0, 1))


CHARTS: dict[str, Chart] = {
    "run": Chart("value", _run),
    "i": Chart("value", _individuals),
    "p": Chart("counts", _proportion),
}


def chart_named(name: str) -> Chart:
    """Find a chart by its name, or say which charts there are.

    >>> chart_named("p").reads
    'counts'
    >>> chart_named("pie")
    Traceback (most recent call last):
    ValueError: there is no chart 'pie'; choose one of run, i, p
    """
    if name not in CHARTS:
        raise ValueError(f"there is no chart {name!r}; choose one of {', '.join(CHARTS)}")
    return CHARTS[name]


def mean_moving_range(points: pd.DataFrame, *, screen: bool) -> pd.Series:
    """Average the steps from one counted point to the next, for each span.

    A point that is left out is stepped over; at a missing value both steps are lost. Screening drops,
    once, the steps of 3.267 averages or more. Where that would leave only steps of zero although the
    points do move, nothing is dropped. Where no point moves, screening leaves no average at all.

    Parameters
    ----------
    points : DataFrame
        Points with ``span``, ``value`` and ``counted``.
    screen : bool
        Whether outlying steps are dropped once before averaging.

    Returns
    -------
    Series
        The mean moving range, by span.

    Examples
    --------
    >>> points = pd.DataFrame({"span": 1, "value": [3.0, 5, 4], "counted": True})
    >>> float(mean_moving_range(points, screen=True)[1])
    1.5
    """
    counted = points[points["counted"]]
    ranges = counted.groupby("span")["value"].diff().abs()
    average = ranges.groupby(counted["span"]).mean()
    if not screen:
        return average
    kept = ranges.where(ranges < RANGE_LIMIT * counted["span"].map(average))
    screened = kept.groupby(counted["span"]).mean()
    return screened.where(screened > 0, average.where(average > 0))


def _centre(points: pd.DataFrame, given: Given, average: str) -> np.ndarray:
    if given.centre is not None:
        return np.full(len(points), float(given.centre))
    counted = points[points["counted"]]
    return _per_point(points, counted.groupby("span")["value"].agg(average))


def _pooled_centre(points: pd.DataFrame, given: Given) -> np.ndarray:
    if given.centre is not None:
        return np.full(len(points), float(given.centre))
    counted = points[points["counted"] & points["value"].notna()]
    totals = counted.groupby("span")[["numerator", "denominator"]].sum()
    return _per_point(points, totals["numerator"] / totals["denominator"])


def _per_point(points: pd.DataFrame, per_span: pd.Series) -> np.ndarray:
    return points["span"].map(per_span).to_numpy(dtype="float64")

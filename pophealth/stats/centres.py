"""Centre lines: the middle of each phase, worked out from the points that count or given."""

from typing import NamedTuple

import numpy as np
import pandas as pd


class Lines(NamedTuple):
    """A centre line and limits, one number per point."""

    centre: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


class Given(NamedTuple):
    """What the caller settled beforehand."""

    centre: float | None
    screen: bool


def average_centre(points: pd.DataFrame, given: Given, average: str = "mean") -> np.ndarray:
    """Give each point the mean or the median of the counted points of its phase.

    >>> points = pd.DataFrame({"span": [1, 1, 1, 2], "value": [1.0, 2, 9, 5], "counted": True})
    >>> average_centre(points, Given(None, True), "median").tolist()
    [2.0, 2.0, 2.0, 5.0]
    """
    if given.centre is not None:
        return np.full(len(points), float(given.centre))
    counted = points[points["counted"]]
    return per_point(points, counted.groupby("span")["value"].agg(average))


def pooled_centre(points: pd.DataFrame, given: Given) -> np.ndarray:
    """Give each point the sum of numerators over the sum of denominators of its phase.

    >>> points = pd.DataFrame({"span": 1, "value": [0.1, 0.4], "numerator": [1, 4], "denominator": 10})
    >>> pooled_centre(points.assign(counted=True), Given(None, True)).tolist()
    [0.25, 0.25]
    """
    if given.centre is not None:
        return np.full(len(points), float(given.centre))
    counted = points[points["counted"] & points["value"].notna()]
    totals = counted.groupby("span")[["numerator", "denominator"]].sum()
    return per_point(points, totals["numerator"] / totals["denominator"])


def per_point(points: pd.DataFrame, per_span: pd.Series) -> np.ndarray:
    """Give each point the number of its span; missing where the span has none.

    >>> per_point(pd.DataFrame({"span": [1, 2, 2, 3]}), pd.Series({1: 7.0, 2: 8})).tolist()
    [7.0, 8.0, 8.0, nan]
    """
    return per_span.reindex(points["span"]).to_numpy(dtype="float64")

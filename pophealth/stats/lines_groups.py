"""Lines of charts of several measurements at each date: xbar for their mean, s for their spread."""

import numpy as np
import pandas as pd
from scipy.special import gammaln

from pophealth.stats.centres import Given, Lines, per_point


def means(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the mean of all measurements, and limits from the typical spread within a date."""
    size = points["size"].where(points["size"] > 1).to_numpy(dtype="float64")
    centre = _mean(points) if given.centre is None else np.full(len(points), float(given.centre))
    reach = 3 * _typical_spread(points) / (_bias(size) * np.sqrt(size))
    return Lines(centre, centre - reach, centre + reach)


def spreads(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the typical spread within a date, and limits for dates of that size."""
    size = points["size"].where(points["size"] > 1).to_numpy(dtype="float64")
    centre = _typical_spread(points) if given.centre is None else np.full(len(points), float(given.centre))
    reach = 3 * np.sqrt(1 - _bias(size) ** 2) / _bias(size)
    return Lines(centre, np.clip(1 - reach, 0, None) * centre, (1 + reach) * centre)


def spread(points: pd.DataFrame) -> np.ndarray:
    """Give each point the standard deviation of its measurements.

    >>> spread(pd.DataFrame({"spread": [1.5, None]})).tolist()
    [1.5, nan]
    """
    return points["spread"].to_numpy(dtype="float64")


def _mean(points: pd.DataFrame) -> np.ndarray:
    counted = points[points["counted"] & points["value"].notna()]
    total = (counted["value"] * counted["size"]).groupby(counted["span"]).sum()
    return per_point(points, total / counted.groupby("span")["size"].sum())


def _typical_spread(points: pd.DataFrame) -> np.ndarray:
    """Average the spreads of a phase whose dates are all of one size; pool them otherwise."""
    sizes = points["size"].where(points["size"] > 0).groupby(points["span"])
    counted = points[points["counted"] & points["spread"].notna()]
    average = counted.groupby("span")["spread"].mean()
    free = counted["size"] - 1
    squares = (free * counted["spread"] ** 2).groupby(counted["span"]).sum()
    pooled = np.sqrt(squares / free.groupby(counted["span"]).sum())
    return per_point(points, average.where(sizes.min() == sizes.max(), pooled))


def _bias(size: np.ndarray) -> np.ndarray:
    """Give c4: how much of the true spread a small sample shows on average."""
    return np.sqrt(2 / (size - 1)) * np.exp(gammaln(size / 2) - gammaln((size - 1) / 2))

"""Steady series: made-up points in which nothing happens but luck, for every chart."""

from collections.abc import Callable

import numpy as np
import pandas as pd

SEED = 20_140_105
_PEOPLE = 400
_EVENTS = 25
_MEASUREMENTS = 5

Draw = Callable[[np.random.Generator, int], dict[str, np.ndarray]]


def steady_series(points: int, chart: str, *, many: int, seed: int = SEED) -> pd.DataFrame:
    """Draw steady series for a chart.

    Parameters
    ----------
    points : int
        Points in each series.
    chart : str
        A chart that `limits` draws.
    many : int
        How many series.
    seed : int
        The same seed draws the same series.

    Returns
    -------
    DataFrame
        ``series``, ``period`` and what the chart reads. Normal values (5 at each date for ``xbar`` and
        ``s``); for ``p`` about half of 400 people; for ``u`` about 25 events among 400, for ``c`` about
        25; for ``g`` about 25 between events; for ``t`` times without a memory.

    Examples
    --------
    >>> steady_series(2, "p", many=1)[["series", "period", "numerator", "denominator"]]
       series  period  numerator  denominator
    0       0       0        206          400
    1       0       1        208          400
    """
    rows = _MEASUREMENTS if chart in ("xbar", "s") else 1
    luck = np.random.default_rng([seed, points])
    drawn = _DRAWS.get(chart, _values)(luck, many * points * rows)
    period = np.tile(np.repeat(np.arange(points), rows), many)
    return pd.DataFrame({"series": np.repeat(np.arange(many), points * rows), "period": period, **drawn})


def _values(luck: np.random.Generator, size: int) -> dict[str, np.ndarray]:
    return {"value": luck.normal(size=size)}


def _shares(luck: np.random.Generator, size: int) -> dict[str, np.ndarray]:
    return {"numerator": luck.binomial(_PEOPLE, 0.5, size), "denominator": np.full(size, _PEOPLE)}


def _rates(luck: np.random.Generator, size: int) -> dict[str, np.ndarray]:
    return {"numerator": luck.poisson(_EVENTS, size), "denominator": np.full(size, _PEOPLE)}


def _weighted(luck: np.random.Generator, size: int) -> dict[str, np.ndarray]:
    return {"numerator": luck.normal(size=size) * _PEOPLE, "denominator": np.full(size, _PEOPLE)}


def _between(luck: np.random.Generator, size: int) -> dict[str, np.ndarray]:
    return {"value": luck.geometric(1 / (1 + _EVENTS), size) - 1}


def _times(luck: np.random.Generator, size: int) -> dict[str, np.ndarray]:
    return {"value": luck.exponential(size=size)}


_DRAWS: dict[str, Draw] = {
    "p": _shares,
    "p'": _shares,
    "u": _rates,
    "u'": _rates,
    "c": _rates,
    "i'": _weighted,
    "g": _between,
    "t": _times,
}

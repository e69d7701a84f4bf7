"""Steady series as plain arrays, with the lines a chart would give them: quick enough for every page."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pophealth.stats.moving_ranges import RANGE_LIMIT, WIDTH_OF_TWO

SERIES, FEWEST, SEED = 10_000, 200, 1924
CELLS = 600_000
"""Values drawn at most: long series are drawn less often, so that an answer stays cheap."""

KNOWN = frozenset({"p", "u", "c", "xbar", "s"})
"""Charts whose spread comes from the counts at each point, not from the steps between points."""


class Steady(NamedTuple):
    """Series by points, and the lines each series has."""

    values: np.ndarray
    centre: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


@lru_cache(maxsize=8)
def steady(points: int, chart: str = "p", baseline: int | None = None) -> Steady:
    """Draw steady series, the same ones every time, and give each the lines of its own first points.

    Parameters
    ----------
    points
        Points in each series.
    chart
        A chart of `stats.spc.limits`; for ``g`` the values are lengths of waits, for ``mr`` steps.
    baseline
        So many first points set the lines; None when all did.

    Examples
    --------
    >>> steady(24).values.shape, bool((steady(24, "i").upper > steady(24, "i").centre).all())
    ((10000, 24), True)
    """
    luck = np.random.default_rng([SEED, points])
    size = (min(SERIES, max(FEWEST, CELLS // points)), points)
    if chart == "g":
        values = luck.standard_exponential(size)
    elif chart == "mr":
        values = np.abs(np.diff(luck.standard_normal((size[0], points + 1)), axis=1))
    else:
        values = luck.standard_normal(size)
    return Steady(values, *_lines(values[:, :baseline], chart))


def _lines(first: np.ndarray, chart: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    centre = first.mean(axis=1, keepdims=True)
    nothing = np.full_like(centre, np.nan)
    if chart == "run":
        return np.median(first, axis=1, keepdims=True), nothing, nothing
    if chart == "g":
        return np.median(first, axis=1, keepdims=True), nothing, 4 * centre
    if chart == "mr":
        return centre, nothing, RANGE_LIMIT * centre
    reach = np.full_like(centre, 3.0) if chart in KNOWN else 3 * _mean_step(first) / WIDTH_OF_TWO
    return centre, centre - reach, centre + reach


def _mean_step(first: np.ndarray) -> np.ndarray:
    """Average the steps between neighbors, those far out dropped once, as `stats.spc.limits` does."""
    if first.shape[1] < 2:
        return np.full((len(first), 1), np.nan)
    steps = np.abs(np.diff(first, axis=1))
    kept = steps < RANGE_LIMIT * steps.mean(axis=1, keepdims=True)
    return (steps * kept).sum(axis=1, keepdims=True) / np.maximum(kept.sum(axis=1, keepdims=True), 1)


def longest(hits: np.ndarray) -> np.ndarray:
    """Give the longest stretch of True in each row.

    Examples
    --------
    >>> longest(np.array([[True, True, False, True], [False, False, False, False]])).tolist()
    [2, 0]
    """
    best = current = np.zeros(len(hits), dtype=int)
    for place in range(hits.shape[1]):
        current = np.where(hits[:, place], current + 1, 0)
        best = np.maximum(best, current)
    return best

"""How often luck alone draws what a chart shows."""

from functools import lru_cache
from math import comb

import numpy as np

from pophealth.stats.spc import run_chance

SERIES, SEED = 10_000, 1924
BEYOND = 0.0027
"""The share of points beyond three standard deviations in a steady series."""


@lru_cache(maxsize=512)
def chance_of_run(length: int, points: int, baseline: int | None = None) -> float:
    """Tell how often a steady series holds a run at least this long.

    A middle taken from a short baseline is itself off by luck, and all later points then lean to one side:
    such runs are far less rare than tosses of a coin say. With a baseline the answer comes from 10,000
    seeded series; without one from `stats.spc.run_chance`.

    Parameters
    ----------
    length
        Points in a row on one side of the middle.
    points
        Useful points in the series.
    baseline
        So many first points set the middle; None when all did.

    Examples
    --------
    >>> round(chance_of_run(9, 24), 3), chance_of_run(10, 26, 8) > 2 * chance_of_run(10, 26)
    (0.033, True)
    """
    if baseline is None or baseline >= points:
        return run_chance(length, points)
    values = np.random.default_rng([SEED, points, baseline]).standard_normal((SERIES, points))
    above = values > values[:, :baseline].mean(axis=1, keepdims=True)
    longest = np.ones(SERIES, dtype=int)
    current = np.ones(SERIES, dtype=int)
    for place in range(1, points):
        current = np.where(above[:, place] == above[:, place - 1], current + 1, 1)
        longest = np.maximum(longest, current)
    return float((longest >= length).mean())


def chance_outside(count: int, points: int) -> float:
    """Tell how often a steady series has at least so many points beyond limits of three standard deviations.

    Examples
    --------
    >>> round(chance_outside(1, 24), 3), round(chance_outside(2, 24), 4)
    (0.063, 0.0019)
    """
    fewer = sum(
        comb(points, number) * BEYOND**number * (1 - BEYOND) ** (points - number) for number in range(count)
    )
    return max(0.0, 1 - fewer)


def chance_of_side(count: int, points: int) -> float:
    """Tell how often luck puts at least so many of these points on one and the same side.

    Examples
    --------
    >>> chance_of_side(3, 3), round(chance_of_side(13, 14), 4)
    (0.25, 0.0018)
    """
    tail = sum(comb(points, number) for number in range(count, points + 1))
    return min(1.0, 2 * tail / 2**points)

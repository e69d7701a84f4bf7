"""How often luck alone draws what a chart shows: each rule has its own chance."""

from functools import lru_cache
from math import comb

import numpy as np

from pophealth.stats.steady_lines import longest, steady


@lru_cache(maxsize=512)
def chance_of_run(length: int, points: int, baseline: int | None = None, chart: str = "p") -> float:
    """Tell how often a steady series holds a run at least this long on one side of its own middle.

    A middle that comes from the same points lies among them, so long runs are rarer than tosses of a coin
    say. A middle from a short baseline is itself off by luck, and all later points then lean to one side:
    such runs are far less rare.

    Parameters
    ----------
    length
        Points in a row on one side of the middle.
    points
        Useful points in the series.
    baseline
        So many first points set the middle; None when all did.
    chart
        As in `stats.spc.limits`; neighboring points of an ``mr`` chart share a value and so lean together.

    Examples
    --------
    >>> chance_of_run(9, 24, chart="run") < chance_of_run(9, 24) < 0.033 < chance_of_run(9, 24, 8)
    True
    """
    drawn = steady(points, chart, baseline)
    above = drawn.values > drawn.centre
    return float((np.maximum(longest(above), longest(~above)) >= length).mean())


@lru_cache(maxsize=512)
def chance_outside(count: int, points: int, chart: str = "p", baseline: int | None = None) -> float:
    """Tell how often a steady series has at least so many points beyond its own limits.

    Limits that come from the steps between points are rougher than those from counts, and a g chart leans
    to one side: luck alone crosses both more often.

    Examples
    --------
    >>> 0.05 < chance_outside(1, 24) < chance_outside(1, 24, "i") < chance_outside(1, 24, "g") < 0.5
    True
    """
    drawn = steady(points, chart, baseline)
    beyond = (drawn.values > drawn.upper) | (drawn.values < drawn.lower)
    return float((beyond.sum(axis=1) >= count).mean())


@lru_cache(maxsize=512)
def chance_of_climb(length: int, points: int, chart: str = "p") -> float:
    """Tell how often a steady series holds so many points in a row that only rise, or only fall.

    Examples
    --------
    >>> chance_of_climb(7, 24) < 0.01 < chance_of_climb(6, 24) < chance_of_climb(5, 24)
    True
    """
    rising = np.diff(steady(points, chart).values, axis=1) > 0
    return float((np.maximum(longest(rising), longest(~rising)) >= length - 1).mean())


@lru_cache(maxsize=512)
def chance_near_limit(points: int, chart: str = "p", baseline: int | None = None) -> float:
    """Tell how often two of three neighbors in a steady series lie in the outer third on one side.

    Examples
    --------
    >>> 0.02 < chance_near_limit(24) < 0.12
    True
    """
    drawn = steady(points, chart, baseline)
    high = drawn.values > drawn.centre + (drawn.upper - drawn.centre) * 2 / 3
    low = drawn.values < drawn.centre - (drawn.centre - drawn.lower) * 2 / 3
    return float((_two_in_three(high) | _two_in_three(low)).mean())


def _two_in_three(hits: np.ndarray) -> np.ndarray:
    if hits.shape[1] < 3:
        return np.zeros(len(hits), dtype=bool)
    return (np.lib.stride_tricks.sliding_window_view(hits, 3, axis=1).sum(axis=2) >= 2).any(axis=1)


@lru_cache(maxsize=512)
def chance_near_middle(length: int, points: int, chart: str = "p", baseline: int | None = None) -> float:
    """Tell how often so many neighbors in a steady series all lie in the third beside the middle.

    Examples
    --------
    >>> 0 < chance_near_middle(15, 36) < 0.1
    True
    """
    drawn = steady(points, chart, baseline)
    near = np.abs(drawn.values - drawn.centre) < (drawn.upper - drawn.centre) / 3
    return float((longest(near) >= length).mean())


def chance_of_few_crossings(crossings: int, useful: int) -> float:
    """Tell how often a steady series crosses its middle no more often than this.

    Examples
    --------
    >>> round(chance_of_few_crossings(7, 24), 3)
    0.047
    """
    steps = max(useful - 1, 0)
    return sum(comb(steps, number) for number in range(crossings + 1)) / 2**steps


def chance_of_runs(runs: int, above: int, below: int, *, most: bool = False) -> float:
    """Tell how often luck makes no more runs than this of so many points above and below, or no fewer.

    Parameters
    ----------
    runs
        Stretches on one side.
    above, below
        Points on either side of the middle.
    most
        True: how often at least so many runs; else at most.

    Examples
    --------
    >>> round(chance_of_runs(7, 12, 12), 3), round(chance_of_runs(19, 12, 12, most=True), 3)
    (0.009, 0.009)
    """
    every = comb(above + below, above)
    counts = range(runs, above + below + 1) if most else range(1, runs + 1)
    return sum(_ways(number, above, below) for number in counts) / every


def _ways(runs: int, above: int, below: int) -> int:
    """Count the orders of points that make exactly so many runs."""
    if not above or not below:
        return int(runs == 1)
    half, odd = divmod(runs, 2)
    if runs < 2:
        return 0
    if not odd:
        return 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    return comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(
        below - 1, half
    )


@lru_cache(maxsize=512)
def chance_of_side(count: int, points: int, before: int) -> float:
    """Tell how often luck puts at least so many points on one and the same side of the average before them.

    Parameters
    ----------
    count, points
        So many of these points.
    before
        Points that set the average; the fewer, the more all later ones lean to one side.

    Examples
    --------
    >>> chance_of_side(13, 14, 60) < 0.02 < chance_of_side(13, 14, 5)
    True
    """
    drawn = steady(before + points, "p", before)
    above = (drawn.values[:, before:] > drawn.centre).sum(axis=1)
    return float((np.maximum(above, points - above) >= count).mean())

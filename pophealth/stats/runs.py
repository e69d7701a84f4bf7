"""Runs: how long a series stays on one side of its centre line, and how often it crosses it."""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.special import bdtr

from pophealth.stats import spans

ALMOST = (
    1e-12  # values this close, relative to their size, are one value: sums of shares carry rounding noise
)


def longest_run_limit(useful: int) -> int:
    """Give the longest run on one side that is still usual among so many useful points.

    Parameters
    ----------
    useful : int
        Points that are not missing, not excluded and not exactly on the centre line.

    Returns
    -------
    int
        A longer run is a signal.

    Notes
    -----
    log2(n) rounded, plus 3: J. Anhoej and A. V. Olesen, PLoS ONE 9(11), 2014, e113825.

    Examples
    --------
    >>> longest_run_limit(24)
    8
    """
    return round(np.log2(useful)) + 3


def crossings_limit(useful: int) -> int:
    """Give the fewest crossings of the centre line that are still usual among so many useful points.

    Parameters
    ----------
    useful : int
        Points that are not missing, not excluded and not exactly on the centre line.

    Returns
    -------
    int
        Fewer crossings are a signal.

    Notes
    -----
    The 5 percent point of a binomial distribution with n - 1 trials and one half: J. Anhoej and
    A. V. Olesen, PLoS ONE 9(11), 2014, e113825.

    Examples
    --------
    >>> crossings_limit(24)
    8
    """
    crossings = np.arange(useful)
    return int(np.searchsorted(bdtr(crossings, useful - 1, 0.5), 0.05))


@lru_cache(maxsize=4096)
def run_chance(longest_run: int, points: int) -> float:
    """Tell how often luck alone draws a run at least this long among so many useful points.

    Read it as: of 1,000 steady series of this length, so many thousandths show such a run somewhere.
    It is exact when each point falls above or below a fixed centre line like a fair coin. A centre line
    taken from the same points makes long runs a little rarer than this.

    Parameters
    ----------
    longest_run : int
        Points in a row on one side of the centre line.
    points : int
        Useful points in the series.

    Returns
    -------
    float
        A probability from 0 to 1.

    Raises
    ------
    ValueError
        If a number is below zero.

    Notes
    -----
    Counts the series of two sides in which no run is as long, by adding runs one after the other.

    Examples
    --------
    >>> run_chance(3, 3)
    0.25
    >>> round(run_chance(9, 24), 3)
    0.033
    """
    if longest_run < 0 or points < 0:
        raise ValueError(f"a run of {longest_run} among {points} points cannot be; give numbers from 0")
    if longest_run <= 1:
        return float(points >= longest_run)
    ways = [1]  # ways[n]: how n points split into runs that are all shorter
    for _ in range(points):
        ways.append(sum(ways[-(longest_run - 1) :]))
    return float(1 - Fraction(2 * ways[points], 2**points)) if points else 0.0


def run_tests(charted: pd.DataFrame) -> pd.DataFrame:
    """Hold the longest run and the crossings of each series and phase against their limits.

    Read ``runs_signal`` first: True means that the series sits on one side for too long, or crosses its
    centre line too seldom, for luck alone to be a good explanation.

    Parameters
    ----------
    charted : DataFrame
        What `limits` returned.

    Returns
    -------
    DataFrame
        One row per series and phase: the `by` columns, ``phase``, ``points`` (with a value, not
        excluded), ``useful`` (of these, not exactly on the centre line), ``longest_run``,
        ``longest_run_limit``, ``crossings``, ``crossings_limit`` (missing where no point is useful),
        ``runs_signal``. Neighbors on an ``mr`` chart share a point, so its ``runs_signal`` is always False.

    Raises
    ------
    ValueError
        If the table is not one that `limits` made.

    Notes
    -----
    J. Anhoej and A. V. Olesen, PLoS ONE 9(11), 2014, e113825: a longest run above round(log2 n) + 3, or
    fewer crossings than the 5 percent point of a binomial distribution with n - 1 trials and one half.

    Examples
    --------
    >>> from pophealth.stats import spc
    >>> table = pd.DataFrame({"period": range(20), "value": [5, 6] * 5 + [9, 8] * 5})
    >>> run_tests(spc.limits(table, chart="run")).T
                           0
    phase                  1
    points                20
    useful                20
    longest_run           10
    longest_run_limit      7
    crossings              1
    crossings_limit        6
    runs_signal         True
    """
    points = spans.in_order(charted)
    found = tally(points)
    if spans.of_ranges(charted):
        found["runs_signal"] = False
    return spans.with_labels(charted, points, found)


def useful_points(points: pd.DataFrame) -> pd.DataFrame:
    """Keep the points that count for runs, in order, each with its side and the number of its run.

    Parameters
    ----------
    points : DataFrame
        Ordered points with ``span``, ``value``, ``centre`` and ``excluded``.

    Returns
    -------
    DataFrame
        The useful points' ``span``, ``side`` (1 above, -1 below), ``run`` and ``length`` of that run.

    Examples
    --------
    >>> points = pd.DataFrame({"span": 1, "value": [1, 2, 3, 4, 0], "centre": 2, "excluded": False})
    >>> useful_points(points)
       span  side  run  length
    0     1    -1    1       1
    2     1     1    2       2
    3     1     1    2       2
    4     1    -1    3       1
    """
    side = sides(points)
    useful = (side != 0) & ~points["excluded"].to_numpy()
    kept = points.loc[useful, ["span"]].assign(side=side[useful])
    kept["run"] = (kept[["span", "side"]] != kept[["span", "side"]].shift()).any(axis="columns").cumsum()
    kept["length"] = kept.groupby("run")["run"].transform("size")
    return kept


def sides(points: pd.DataFrame) -> np.ndarray:
    """Tell on which side of the centre line each point lies: 1 above, -1 below, 0 on it or without a value.

    >>> sides(pd.DataFrame({"value": [3.0, 0.1 + 0.2, None, 0.1], "centre": 0.3})).tolist()
    [1, 0, 0, -1]
    """
    value, centre = points["value"].to_numpy(dtype="float64"), points["centre"].to_numpy(dtype="float64")
    off = ~same(value, centre)
    return ((value > centre) & off).astype(np.int8) - ((value < centre) & off)


def same(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Tell which pairs of numbers are one value but for rounding noise.

    >>> same(np.array([0.1 + 0.2, 1.0]), np.array([0.3, 1.1])).tolist()
    [True, False]
    """
    return np.abs(left - right) <= ALMOST * np.abs(right)


def tally(points: pd.DataFrame) -> pd.DataFrame:
    """Hold each span's longest run and crossings against their limits.

    Parameters
    ----------
    points : DataFrame
        Ordered points with ``span``, ``value``, ``centre`` and ``excluded``.

    Returns
    -------
    DataFrame
        By span: ``points``, ``useful``, ``longest_run``, ``longest_run_limit``, ``crossings``,
        ``crossings_limit``, ``runs_signal``; runs and crossings are missing where no point is useful.

    Examples
    --------
    >>> points = pd.DataFrame({"span": 1, "value": [1, 3] * 5, "centre": 2, "excluded": False})
    >>> tally(points).T.loc[["useful", "longest_run", "crossings", "crossings_limit"]]
    span             1
    useful          10
    longest_run      1
    crossings        9
    crossings_limit  2
    """
    counted = points["value"].notna() & ~points["excluded"]
    found = pd.DataFrame({"points": counted.groupby(points["span"]).sum().astype(int)})
    useful = useful_points(points).groupby("span")
    found["useful"] = useful.size().reindex(found.index, fill_value=0)
    found["longest_run"] = useful["length"].max().reindex(found.index).astype("Int64")
    found["longest_run_limit"] = _limits(found["useful"], longest_run_limit)
    found["crossings"] = (useful["run"].nunique() - 1).reindex(found.index).astype("Int64")
    found["crossings_limit"] = _limits(found["useful"], crossings_limit)
    too_long = found["longest_run"] > found["longest_run_limit"]
    too_few = found["crossings"] < found["crossings_limit"]
    found["runs_signal"] = (too_long | too_few).fillna(False).astype(bool)
    return found


def looked_up(useful: np.ndarray, limit: Callable[[int], int]) -> np.ndarray:
    """Give each number of useful points its limit, working each one out once; 0 where there are none.

    >>> looked_up(np.array([24, 0, 24]), longest_run_limit).tolist()
    [8, 0, 8]
    """
    counts, place = np.unique(useful, return_inverse=True)
    return np.array([limit(int(count)) if count > 0 else 0 for count in counts], dtype=int)[place]


def _limits(useful: pd.Series, limit: Callable[[int], int]) -> pd.Series:
    known = pd.Series(looked_up(useful.to_numpy(), limit), index=useful.index)
    return known.where(useful > 0).astype("Int64")

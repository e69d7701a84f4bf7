"""Run counts: whether a series changes sides of its centre line too seldom, or too often, for luck."""

from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.special import gammaln

from pophealth.stats import runs, spans

_TAIL = 0.025
_NOISE = 1e-9


def run_counts(charted: pd.DataFrame) -> pd.DataFrame:
    """Hold the number of runs of each series and phase against the numbers that are usual.

    Read ``runs_signal`` first: True means that there are fewer runs than luck would draw (the series
    moves slowly, or has two levels), or more (it swings up and down).

    Parameters
    ----------
    charted : DataFrame
        What `limits` returned.

    Returns
    -------
    DataFrame
        One row per series and phase: the `by` columns, ``phase``, ``points`` (with a value, not
        excluded), ``useful`` (of these, not exactly on the centre line), ``runs``, ``fewest_usual``,
        ``most_usual``, ``runs_signal``.

    Raises
    ------
    ValueError
        If the table is not one that `limits` made.

    Notes
    -----
    A. Wald and J. Wolfowitz, Annals of Mathematical Statistics 11(2), 1940, 147-162: exact, given how
    many points lie on each side. At most 2.5 percent of steady series have fewer, and at most 2.5 percent
    more. With all points on one side there is only one run and it says nothing; see ``shift``.

    Examples
    --------
    >>> from pophealth.stats import spc
    >>> table = pd.DataFrame({"period": range(24), "value": [1, 1, 1, 3, 3, 3, 3, 1] * 3})
    >>> run_counts(spc.limits(table, chart="run", centre=2))
       phase  points  useful  runs  fewest_usual  most_usual  runs_signal
    0      1      24      24     7             8          18         True
    """
    points = spans.in_order(charted)
    return spans.with_labels(charted, points, counted(points))


def counted(points: pd.DataFrame) -> pd.DataFrame:
    """Hold the number of runs of each span against the numbers that are usual.

    Parameters
    ----------
    points : DataFrame
        Ordered points with ``span``, ``value``, ``centre`` and ``excluded``.

    Returns
    -------
    DataFrame
        By span: ``points``, ``useful``, ``runs``, ``fewest_usual``, ``most_usual``, ``runs_signal``; the
        usual numbers are missing where no point is useful.

    Examples
    --------
    >>> points = pd.DataFrame({"span": 1, "value": [1, 3] * 5, "centre": 2, "excluded": False})
    >>> counted(points)[["runs", "fewest_usual", "most_usual", "runs_signal"]]
          runs  fewest_usual  most_usual  runs_signal
    span
    1       10             3           9         True
    """
    told = points["value"].notna() & ~points["excluded"]
    found = pd.DataFrame({"points": told.groupby(points["span"]).sum().astype(int)})
    useful = runs.useful_points(points)
    by_span = useful.groupby("span")
    found["useful"] = by_span.size().reindex(found.index, fill_value=0)
    found["runs"] = by_span["run"].nunique().reindex(found.index, fill_value=0)
    above = (useful["side"] > 0).groupby(useful["span"]).sum().reindex(found.index, fill_value=0)
    usual = _usual(above.to_numpy(), (found["useful"] - above).to_numpy())
    for name, number in zip(("fewest_usual", "most_usual"), usual.T, strict=True):
        found[name] = pd.Series(number, index=found.index).where(found["useful"] > 0).astype("Int64")
    unusual = (found["runs"] < found["fewest_usual"]) | (found["runs"] > found["most_usual"])
    found["runs_signal"] = unusual.fillna(False).astype(bool)
    return found


def _usual(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Look up each pair of counts, working each pair out once."""
    pairs, place = np.unique(np.stack([above, below], axis=1), axis=0, return_inverse=True)
    known = [usual_runs(int(one), int(other)) for one, other in pairs]
    return np.array(known, dtype=int).reshape(-1, 2)[place.ravel()]


@lru_cache(maxsize=4096)
def usual_runs(above: int, below: int) -> tuple[int, int]:
    """Give the fewest and the most runs that are still usual, with so many points on each side.

    Parameters
    ----------
    above, below : int
        Points above and below the centre line.

    Returns
    -------
    tuple of int
        Fewer or more runs are a signal.

    Notes
    -----
    A. Wald and J. Wolfowitz, Annals of Mathematical Statistics 11(2), 1940, 147-162.

    Examples
    --------
    >>> usual_runs(12, 12), usual_runs(5, 5)
    ((8, 18), (3, 9))
    """
    if not above or not below:
        return min(above + below, 1), min(above + below, 1)
    chance = _chances(above, below)
    fewer, more = np.cumsum(chance), np.cumsum(chance[::-1])[::-1]
    usual = np.flatnonzero((fewer > _TAIL + _NOISE) & (more > _TAIL + _NOISE))
    return int(usual[0]), int(usual[-1])


def _chances(above: int, below: int) -> np.ndarray:
    """Give the chance of 0, 1, 2, ... runs, when every order of the points is as likely."""
    number = np.arange(above + below + 1)
    half, rest = number // 2, number - number // 2
    one = _log_ways(above, half) + _log_ways(below, rest)
    other = _log_ways(above, rest) + _log_ways(below, half)
    every = gammaln(above + below + 1) - gammaln(above + 1) - gammaln(below + 1)
    return np.exp(one - every) + np.exp(other - every)


def _log_ways(points: int, parts: np.ndarray) -> np.ndarray:
    """Give the logarithm of the ways to cut so many points into so many runs."""
    can = (parts >= 1) & (parts <= points)
    inner = np.where(can, parts, 1) - 1
    ways = gammaln(points) - gammaln(inner + 1) - gammaln(points - inner)
    return np.where(can, ways, -np.inf)

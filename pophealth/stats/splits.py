"""Splits: every way to cut a series in two, and how clear a step each would be."""

import numpy as np
import pandas as pd

from pophealth.stats import runs

_BEFORE = 6  # points before a step, to tell where it came from
_CLEAR = 3.2  # standard errors between the two sides of a clear step
_NEAR = 2  # points by which luck may move the start of a run
_LAST = 5  # points that must still be nearer to the new side


def starts(points: pd.DataFrame, useful: pd.DataFrame, least: int) -> pd.Index:
    """Find the point in which the lasting shift of each span began.

    Parameters
    ----------
    points : DataFrame
        Ordered counted points with ``span``, ``value`` and ``weight``.
    useful : DataFrame
        What `runs.useful_points` found in them.
    least : int
        Points since the start that make a shift sustained.

    Returns
    -------
    Index
        One label of `points` for each span with a shift.

    Examples
    --------
    >>> points = pd.DataFrame({"span": 1, "value": [1.0, 2] * 5 + [5, 6] * 5, "weight": 1, "centre": 1.5})
    >>> starts(points.assign(excluded=False), runs.useful_points(points.assign(excluded=False)), 9).tolist()
    [10]
    """
    splits = _splits(points)
    step = _clearest(splits[(splits["before"] >= _BEFORE) & (splits["clear"] > _CLEAR)])
    drift = _clearest(splits[_near_a_run(points, useful, least) & (splits["after"] >= least)])
    drift = drift[~drift["span"].isin(step["span"][step["lasting"]])]
    return step.index[step["lasting"] & (step["after"] >= least)].union(drift.index)


def _clearest(splits: pd.DataFrame) -> pd.DataFrame:
    ranked = splits.sort_values("clear", kind="stable", ascending=False)
    return ranked.drop_duplicates("span")


def _splits(points: pd.DataFrame) -> pd.DataFrame:
    """Tell for each point how many standard errors the points from it on lie from those before it."""
    of, weight, value = points["span"], points["weight"], points["value"]
    count, before = of.groupby(of).transform("size"), of.groupby(of).cumcount()
    total = weight.groupby(of).transform("sum")
    away = value - (value * weight).groupby(of).transform("sum") / total
    moved = away * weight
    early, moved_early = (sums.groupby(of).cumsum() - sums for sums in (weight, moved))
    first = moved_early / early.where(before > 0)
    second = -moved_early / (total - early)
    between = moved_early**2 * (1 / early.where(before > 0) + 1 / (total - early))
    within = ((moved * away).groupby(of).transform("sum") - between).clip(lower=0) / (count - 2).clip(lower=1)
    steady = runs.same(*(value.groupby(of).transform(end).to_numpy() for end in ("min", "max")))
    clear = np.sqrt(between / within.where(within > 0, np.finfo(float).tiny)).where(~steady, 0)
    now = of.map(away.groupby(of).tail(_LAST).groupby(of).mean())
    lasting = (now - second).abs() < (now - first).abs()
    sizes = {"span": of, "before": before, "after": count - before}
    return pd.DataFrame({**sizes, "clear": clear, "lasting": lasting})


def _near_a_run(points: pd.DataFrame, useful: pd.DataFrame, least: int) -> pd.Series:
    """Tell which points lie near the start of a last run that is too long for luck."""
    of = useful.groupby("span")
    usual = runs.looked_up(of["run"].transform("size").to_numpy(), runs.longest_run_limit)
    last = useful["run"] == of["run"].transform("max")
    too_long = last & (useful["length"] > usual) & (useful["length"] >= least)
    place = points.groupby("span").cumcount()
    start = place[useful.index[too_long]].groupby(points["span"]).min()
    return (place - points["span"].map(start)).abs() <= _NEAR

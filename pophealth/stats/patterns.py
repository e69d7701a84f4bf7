"""Patterns: which points of a chart meet a rule, for all series in one pass."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pophealth.stats import runs
from pophealth.stats.rules import LENGTHS, Rule


def met(points: pd.DataFrame, rule: Rule) -> np.ndarray:
    """Tell which points meet a rule, and which way the rule points.

    Parameters
    ----------
    points : DataFrame
        Points in order, as `spans.in_order` gives them.
    rule : Rule
        A checked rule.

    Returns
    -------
    array of int
        For each point 0, or 1, or for ``trend`` 1 where it rises and -1 where it falls.

    Examples
    --------
    >>> points = pd.DataFrame({"span": 1, "value": [1.0, 2, 3, 0], "centre": 1.5, "excluded": False})
    >>> met(points, Rule("trend", 3)).tolist()
    [1, 1, 1, 0]
    """
    return _MARKS[rule.name](points, rule)


def outside(points: pd.DataFrame) -> np.ndarray:
    """Tell which points lie beyond a limit: 1 above the upper, -1 below the lower, else 0.

    >>> points = pd.DataFrame({"value": [9.0, 5, None, 1], "lower": 2.0, "upper": 8.0})
    >>> outside(points).tolist()
    [1, 0, 0, -1]
    """
    value, lower, upper = (points[name].to_numpy() for name in ("value", "lower", "upper"))
    return _above(value, upper).astype(np.int8) - _above(lower, value)


def way_to_limits(points: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give the way from the centre line down and up to the limits, each as it would be if it were not cut.

    A limit that is cut (at 0, or at all people) or that is missing says nothing about how far the points
    spread. There the other side's way is taken. Where neither side has any width, the way is missing.

    Parameters
    ----------
    points : DataFrame
        ``centre``, ``lower`` and ``upper``.

    Returns
    -------
    tuple of array
        The way down and the way up.

    Examples
    --------
    >>> points = pd.DataFrame({"centre": [5.0, 5, 5], "lower": [0.0, 4, 5], "upper": [11.0, None, 5]})
    >>> [way.tolist() for way in way_to_limits(points)]
    [[6.0, 1.0, nan], [6.0, 1.0, nan]]
    """
    centre, lower, upper = (points[name].to_numpy(dtype="float64") for name in ("centre", "lower", "upper"))
    down, up = centre - lower, upper - centre
    whole = np.fmax(down, up)
    down = np.where((lower == 0) | np.isnan(down), whole, down)
    up = np.where(_cut_at_all(points, upper) | np.isnan(up), whole, up)
    return np.where(down > 0, down, np.nan), np.where(up > 0, up, np.nan)


def _cut_at_all(points: pd.DataFrame, upper: np.ndarray) -> np.ndarray:
    """Tell where the upper limit of a share stands at all people, whatever the scale."""
    if "numerator" not in points or "denominator" not in points:
        return np.zeros(len(points), dtype=bool)
    numerator, people = points["numerator"].to_numpy(), points["denominator"].to_numpy()
    return (numerator > 0) & runs.same(upper * numerator, points["value"].to_numpy() * people)


def _outside(points: pd.DataFrame, _rule: Rule) -> np.ndarray:
    return np.abs(outside(points))


def _long_run(points: pd.DataFrame, rule: Rule) -> np.ndarray:
    if rule.length is not None:
        return _shift(points, rule)
    side, kept = _sides(points, rule)
    span = points["span"].to_numpy()[kept]
    length = _run_lengths(span, side)
    if not len(span):
        return np.zeros(len(points), dtype=np.int8)
    number = np.cumsum(_starts(span)) - 1
    first = np.flatnonzero(_starts(span))
    longest = np.maximum.reduceat(length, first)
    usual = runs.looked_up(np.add.reduceat(side != 0, first), runs.longest_run_limit)
    hit = (length == longest[number]) & (length > usual[number]) & (side != 0)
    return _put(hit, kept, len(points))


def _shift(points: pd.DataFrame, rule: Rule) -> np.ndarray:
    side, kept = _sides(points, rule)
    length = _run_lengths(points["span"].to_numpy()[kept], side)
    return _put((side != 0) & (length >= _length(rule)), kept, len(points))


def _trend(points: pd.DataFrame, rule: Rule) -> np.ndarray:
    value, span = points["value"].to_numpy(), points["span"].to_numpy()
    kept = np.flatnonzero(~points["excluded"].to_numpy() & (rule.missing_breaks | ~np.isnan(value)))
    if not rule.ties_break:
        kept = kept[~_repeats(value[kept], span[kept])]
    value, span = value[kept], span[kept]
    step = np.zeros(len(kept), dtype=np.int8)
    step[1:] = _above(value[1:], value[:-1]).astype(np.int8) - _above(value[:-1], value[1:])
    step[_starts(span)] = 0
    step[_run_lengths(span, step) < _length(rule) - 1] = 0
    onward = np.append(step[1:], 0)[: len(step)]
    return _put(np.where(onward != 0, onward, step), kept, len(points))


def _two_in_three(points: pd.DataFrame, rule: Rule) -> np.ndarray:
    zone, beyond = _near_limit(points), outside(points)
    zone = np.where(beyond != 0, beyond if rule.outside_counts else 0, zone)
    side, (kept, block) = runs.sides(points), _blocks(points, rule)
    hit = np.zeros(len(kept), dtype=bool)
    for way in (1, -1):
        near = zone[kept] == way
        full = _windows(near, block, _length(rule)) >= _length(rule) - 1
        if rule.one_side:
            full &= _windows(side[kept] == way, block, _length(rule)) == _length(rule)
        hit |= near & _within(full, _length(rule))
    return _put(hit, kept, len(points))


def _near_limit(points: pd.DataFrame) -> np.ndarray:
    down, up = way_to_limits(points)
    height = (points["value"] - points["centre"]).to_numpy()
    return _above(height, up * 2 / 3).astype(np.int8) - _above(-height, down * 2 / 3)


def _fifteen_near(points: pd.DataFrame, rule: Rule) -> np.ndarray:
    down, up = way_to_limits(points)
    height = (points["value"] - points["centre"]).to_numpy()
    kept, block = _blocks(points, rule)
    far = _above(height, up / 3) | _above(-height, down / 3)
    near = (~far & ~np.isnan(up) & ~np.isnan(down))[kept]
    length = _run_lengths(block, near)
    return _put(near & (length >= _length(rule)), kept, len(points))


def _no_point(points: pd.DataFrame, _rule: Rule) -> np.ndarray:
    return np.zeros(len(points), dtype=np.int8)


_MARKS: dict[str, Callable[[pd.DataFrame, Rule], np.ndarray]] = {
    "outside": _outside,
    "long_run": _long_run,
    "few_crossings": _no_point,
    "shift": _shift,
    "trend": _trend,
    "two_in_three": _two_in_three,
    "fifteen_near": _fifteen_near,
    "runs": _no_point,
}


def _above(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (one > other) & ~runs.same(one, other)


def _length(rule: Rule) -> int:
    return int(rule.length or LENGTHS[rule.name] or 0)


def _sides(points: pd.DataFrame, rule: Rule) -> tuple[np.ndarray, np.ndarray]:
    """Give 1 above, -1 below and 0 where a run ends, for the points that a run rule does not step over."""
    side = runs.sides(points)
    missing = points["value"].isna().to_numpy() | points["centre"].isna().to_numpy()
    over = points["excluded"].to_numpy() | np.where(
        missing, not rule.missing_breaks, (side == 0) & (not rule.ties_break)
    )
    kept = np.flatnonzero(~over)
    return side[kept], kept


def _blocks(points: pd.DataFrame, rule: Rule) -> tuple[np.ndarray, np.ndarray]:
    """Give a number to each stretch of points without a break, for the points that are not stepped over."""
    out, missing = points["excluded"].to_numpy(), points["value"].isna().to_numpy()
    breaks = _starts(points["span"].to_numpy())
    if rule.missing_breaks:
        breaks |= missing & ~out
    kept = np.flatnonzero(~out & ~missing)
    return kept, np.cumsum(breaks)[kept]


def _starts(group: np.ndarray) -> np.ndarray:
    return np.append(True, group[1:] != group[:-1])[: len(group)]


def _run_lengths(span: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Give each point the length of the stretch of equal sides that it stands in."""
    run = np.cumsum(_starts(span) | _starts(side))
    return np.bincount(run)[run] if len(run) else run


def _repeats(value: np.ndarray, span: np.ndarray) -> np.ndarray:
    """Tell which points have the value of the point before them."""
    return ~_starts(span) & np.append(False, runs.same(value[1:], value[:-1]))[: len(value)]


def _windows(flags: np.ndarray, block: np.ndarray, length: int) -> np.ndarray:
    """Count the flags among so many points up to each point; -1 where the block is not as long yet."""
    upto = np.append(0, np.cumsum(flags))
    count = upto[length:] - upto[:-length]
    whole = block[length - 1 :] == block[: max(len(block) - length + 1, 0)]
    return np.append(np.full(min(length - 1, len(flags)), -1), np.where(whole, count, -1))


def _within(full: np.ndarray, length: int) -> np.ndarray:
    """Tell which points stand in a window that is full, by the windows' last points."""
    upto = np.append(0, np.cumsum(full))
    last = np.minimum(np.arange(len(full)) + length, len(full))
    return upto[last] > upto[:-1]


def _put(hit: np.ndarray, kept: np.ndarray, size: int) -> np.ndarray:
    marked = np.zeros(size, dtype=np.int8)
    marked[kept] = hit
    return marked

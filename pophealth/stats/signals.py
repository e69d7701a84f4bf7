"""Signals: points and runs that luck alone would seldom draw."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import patterns, spans
from pophealth.stats.rules import Rule, rule_set

_SIDES = (None, "higher", "lower", "neither")


def signals(
    charted: pd.DataFrame, *, rules: str | Iterable[Rule] = "anhoej", better: str | None = None
) -> pd.DataFrame:
    """Mark the points that luck alone would seldom draw.

    A signal says that something other than luck is likely at work; it does not say what. An excluded
    point can be outside the limits, but takes no part in runs.

    Parameters
    ----------
    charted : DataFrame
        What `limits` returned.
    rules : str or tuple of Rule
        ``anhoej``: outside, long_run and few_crossings. ``ihi_run``: shift of 6, trend of 5, and runs.
        ``shewhart``: outside, shift of 8, trend of 6, two_in_three and fifteen_near. ``nhs``: outside,
        trend of 7, two_in_three and shift of 7, one name for each point. Or rules of your own.
    better : str, optional
        ``higher``, ``lower`` or ``neither``: which way is good.

    Returns
    -------
    DataFrame
        The same rows with ``signal``: the names of the rules a point meets, joined by a space, or "".
        ``long_run`` marks every useful point of the longest run; ``few_crossings`` and ``runs`` mark no
        point (see `run_tests` and `run_counts`). And ``direction``: ``improvement`` or ``concern``, or
        without a good side ``high`` or ``low``, or "". It is the side of the centre line; for a point
        that meets ``trend`` alone, the way the trend goes.

    Raises
    ------
    ValueError
        If a rule or a direction is unknown, or the table is not one that `limits` made.

    Notes
    -----
    Sources as in `rule_set`. No pattern crosses into another phase. Two thirds and one third of the way
    to a limit are counted for each point and side; where a limit is cut or missing, the other side's way
    is taken. On a run chart, which has no limits, only rules that need none can be met. Neighbors on an
    ``mr`` chart share a point and move together by themselves: of a named set only ``outside`` is used.

    Examples
    --------
    >>> from pophealth.stats import spc
    >>> table = pd.DataFrame({"period": range(20), "value": [5, 6] * 5 + [9, 8] * 5})
    >>> marked = signals(spc.limits(table, chart="run"), better="higher")
    >>> marked.loc[[9, 10], ["value", "centre", "signal", "direction"]]
        value  centre    signal    direction
    9     6.0     7.0  long_run      concern
    10    9.0     7.0  long_run  improvement
    """
    chosen = rule_set(rules)
    if spans.of_ranges(charted) and isinstance(rules, str):
        chosen = (Rule("outside"),)
    if better not in _SIDES:
        raise ValueError(f"better is {better!r}; choose higher, lower or neither")
    points = spans.in_order(charted)
    met, trend = _met(points, chosen)
    back = np.empty(len(points), dtype=int)
    back[points["row"].to_numpy()] = np.arange(len(points))
    above = np.where(trend != 0, trend > 0, points["value"] > points["centre"])
    side = np.where(met > 0, np.where(above, 1, 2), 0)
    return charted.assign(
        signal=_words(chosen).take(met[back]), direction=_directions(better).take(side[back])
    )


def _met(points: pd.DataFrame, chosen: tuple[Rule, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Give each point the rules it meets, a bit for each, and the way of a trend that it meets alone."""
    met = np.zeros(len(points), dtype=int)
    taken = np.zeros(len(points), dtype=bool)
    trend = np.zeros(len(points), dtype=np.int8)
    other = np.zeros(len(points), dtype=bool)
    for bit, rule in enumerate(chosen):
        way = np.where(taken, 0, patterns.met(points, rule))
        met += (way != 0) * (1 << bit)
        taken |= (way != 0) & rule.alone
        if rule.name == "trend":
            trend = np.where(way != 0, way, trend)
        else:
            other |= way != 0
    return met, np.where(other, 0, trend)


def _words(rules: tuple[Rule, ...]) -> pd.api.extensions.ExtensionArray:
    """Spell out every set of rules a point can meet, by the bits of its number."""
    sets = [[rule.name for bit, rule in enumerate(rules) if met >> bit & 1] for met in range(1 << len(rules))]
    return pd.array([" ".join(names) for names in sets], dtype="str")


def _directions(better: str | None) -> pd.api.extensions.ExtensionArray:
    """Give the words for no signal, a signal above and one below."""
    words = {"higher": ["improvement", "concern"], "lower": ["concern", "improvement"]}
    return pd.array(["", *words.get(better or "", ["high", "low"])], dtype="str")

"""Signals: points and runs that luck alone would seldom draw."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns, runs

_LINES = ["centre", "lower", "upper"]


class Rule(NamedTuple):
    """A sign that something other than luck is at work.

    Attributes
    ----------
    name : str
        ``outside``, ``long_run`` or ``few_crossings``.
    length : int, optional
        For ``long_run``: so many points in a row are a signal. None: the limit that grows with the series.

    Examples
    --------
    >>> Rule("long_run", length=8)
    Rule(name='long_run', length=8)
    """

    name: str
    length: int | None = None


ANHOEJ = (Rule("outside"), Rule("long_run"), Rule("few_crossings"))
_SETS = {"anhoej": ANHOEJ}


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
        ``anhoej``: outside, long_run and few_crossings; or rules of your own.
    better : str, optional
        ``higher``, ``lower`` or ``neither``: which way is good.

    Returns
    -------
    DataFrame
        The same rows with ``signal``: the names of the rules a point meets, joined by a space, or "".
        ``long_run`` marks every useful point of the longest run; ``few_crossings`` marks no point (see
        `run_tests`). And ``direction``: ``improvement`` or ``concern``, or without a good side ``high``
        or ``low``, or "".

    Raises
    ------
    ValueError
        If a rule or a direction is unknown, or the table is not one that `limits` made.

    Notes
    -----
    J. Anhoej and A. V. Olesen, PLoS ONE 9(11), 2014, e113825. Runs never cross into another phase.

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
    if better not in (None, "higher", "lower", "neither"):
        raise ValueError(f"better is {better!r}; choose higher, lower or neither")
    points = _ordered(charted)
    useful = runs.useful_points(points)
    hits = np.array([_MARKS[rule.name](points, useful, rule) for rule in chosen])
    met = hits.T @ (1 << np.arange(len(chosen)))
    back = np.argsort(points["row"].to_numpy())
    direction = _directions(points, met > 0, better)
    return charted.assign(signal=_words(chosen)[met][back], direction=direction[back])


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
        ``longest_run_limit``, ``crossings``, ``crossings_limit``, ``runs_signal``.

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
    points = _ordered(charted)
    first = points.drop_duplicates("span").set_index("span")["row"]
    labels = charted[[*_series_columns(charted), "phase"]].iloc[first].set_index(first.index)
    return pd.concat([labels, runs.tally(points)], axis="columns").reset_index(drop=True)


def rule_set(rules: str | Iterable[Rule]) -> tuple[Rule, ...]:
    """Give the rules of a named set, or check rules of the caller's own.

    >>> [rule.name for rule in rule_set("anhoej")]
    ['outside', 'long_run', 'few_crossings']
    """
    if isinstance(rules, str):
        if rules not in _SETS:
            raise ValueError(
                f"there is no rule set {rules!r}; choose {', '.join(_SETS)}, or give your own rules"
            )
        return _SETS[rules]
    chosen = tuple(rules)
    unknown = [rule for rule in chosen if not isinstance(rule, Rule) or rule.name not in _MARKS]
    if unknown or not chosen:
        asked = repr(unknown[0]) if unknown else "an empty list"
        raise ValueError(f"{asked} is no rule; give a Rule named {', '.join(_MARKS)}")
    return chosen


def _series_columns(charted: pd.DataFrame) -> list[str]:
    columns.require(charted, ["value", "phase", "excluded", *_LINES])
    before = list(charted.columns[: charted.columns.get_loc("value")])
    if not before:
        raise ValueError("the date column must stand before 'value', as limits returns it")
    return before[:-1]


def _ordered(charted: pd.DataFrame) -> pd.DataFrame:
    """Put the points in order of series, phase and date; a span is one phase of one series."""
    series = _series_columns(charted)
    points = charted[["value", "excluded", *_LINES]].reset_index(drop=True)
    points["span"] = charted.groupby([*series, "phase"], dropna=False, observed=True).ngroup().to_numpy()
    points["date"] = charted[charted.columns[len(series)]].to_numpy()
    points["row"] = np.arange(len(points))
    return points.sort_values(["span", "date"], kind="stable", ignore_index=True)


def _outside(points: pd.DataFrame, _useful: pd.DataFrame, _rule: Rule) -> np.ndarray:
    value, lower, upper = points["value"], points["lower"], points["upper"]
    above = (value > upper) & ~runs.same(value, upper)
    below = (value < lower) & ~runs.same(value, lower)
    return (above | below).to_numpy()


def _long_run(points: pd.DataFrame, useful: pd.DataFrame, rule: Rule) -> np.ndarray:
    by_span = useful.groupby("span")
    if rule.length is None:
        usual = by_span.size().map(runs.longest_run_limit)
        longest = useful["length"] == by_span["length"].transform("max")
        hit = longest & (useful["length"] > useful["span"].map(usual))
    else:
        hit = useful["length"] >= rule.length
    return hit.reindex(points.index, fill_value=False).to_numpy(dtype=bool)


def _few_crossings(points: pd.DataFrame, _useful: pd.DataFrame, _rule: Rule) -> np.ndarray:
    return np.zeros(len(points), dtype=bool)


_MARKS: dict[str, Callable[[pd.DataFrame, pd.DataFrame, Rule], np.ndarray]] = {
    "outside": _outside,
    "long_run": _long_run,
    "few_crossings": _few_crossings,
}


def _words(rules: tuple[Rule, ...]) -> np.ndarray:
    """Spell out every set of rules a point can meet, by the bits of its number."""
    sets = [[rule.name for bit, rule in enumerate(rules) if met >> bit & 1] for met in range(1 << len(rules))]
    return np.array([" ".join(names) for names in sets])


def _directions(points: pd.DataFrame, signal: np.ndarray, better: str | None) -> np.ndarray:
    up, down = {"higher": ("improvement", "concern"), "lower": ("concern", "improvement")}.get(
        better or "", ("high", "low")
    )
    side = np.where(points["value"] > points["centre"], up, down)
    return np.where(signal, side, "")

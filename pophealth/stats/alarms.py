"""False alarms: how often a steady series shows a signal by luck alone."""

from collections.abc import Iterable
from functools import lru_cache
from numbers import Real

import numpy as np
import pandas as pd

from pophealth.stats import alarm_table, run_counts, runs, spans
from pophealth.stats.limits import limits
from pophealth.stats.lines import chart_named
from pophealth.stats.rules import SETS, Rule, rule_set
from pophealth.stats.signals import signals
from pophealth.stats.steady import SEED, steady_series

_SERIES = 10_000
_LONGEST = 100


def false_alarms(points: int, rules: str | Iterable[Rule] = "anhoej", chart: str | None = None) -> float:
    """Tell how often a steady series of this length shows a signal all the same.

    Read it as: of 100 teams in which nothing changed, so many would see a signal. So a signal is a
    reason to look, not yet proof. ``run`` gives the run rules on their own, for it has no limits; the
    other charts add the chance of a point outside them.

    Parameters
    ----------
    points : int
        Points in the series, all of them used for the lines.
    rules : str or tuple of Rule
        As in `signals`.
    chart : str, optional
        As in `limits`. Without one: ``run`` for ``ihi_run``, whose rules are about the median of a run
        chart, and ``i`` for all others.

    Returns
    -------
    float
        A probability from 0 to 1, within 0.01.

    Raises
    ------
    ValueError
        If there is not at least one point, or a rule or chart is unknown.

    Notes
    -----
    Counted in 10,000 seeded series (fewer for more than 100 points), drawn as `steady_series` says, so
    the answer is the same every time. The lines come from the same points, as on a real chart. For the
    named sets on ``run``, ``i`` and ``p`` charts up to 60 points, what was counted is kept as a table.

    Examples
    --------
    >>> round(false_alarms(24, chart="run"), 2), round(false_alarms(24, chart="i"), 2)
    (0.03, 0.12)
    """
    number = isinstance(points, Real) and not isinstance(points, bool)
    if not number or not points >= 1 or points % 1:
        raise ValueError(f"a series of {points!r} points cannot be; give a number from 1, without decimals")
    chosen = rule_set(rules)
    name = next((name for name, those in SETS.items() if those == chosen), "")
    chart = chart or ("run" if name == "ihi_run" else "i")
    chart_named(chart)
    known = alarm_table.RATES.get(name, {}).get(chart, ())
    if points <= len(known):
        return known[int(points) - 1]
    return simulated(int(points), chosen, chart)


@lru_cache(maxsize=512)
def simulated(points: int, rules: str | tuple[Rule, ...], chart: str, seed: int = SEED) -> float:
    """Count the steady series of this length that show a signal, in a seeded simulation.

    Parameters
    ----------
    points, rules, chart
        As in `false_alarms`; `rules` a name or a tuple.
    seed : int
        Another seed draws other series.

    Returns
    -------
    float
        The share of series with a signal.

    Notes
    -----
    As in `false_alarms`.

    Examples
    --------
    >>> simulated(3, "anhoej", "run")
    0.0
    """
    many = max(_SERIES * _LONGEST // max(points, _LONGEST), 1)
    charted = limits(steady_series(points, chart, many=many, seed=seed), chart=chart, by="series")
    return float(shown(charted, rule_set(rules)).mean())


def shown(charted: pd.DataFrame, rules: tuple[Rule, ...]) -> np.ndarray:
    """Tell for each phase of each series whether it shows a signal, marked or not.

    Parameters
    ----------
    charted : DataFrame
        What `limits` returned.
    rules : tuple of Rule
        As in `signals`.

    Returns
    -------
    array of bool
        In order of series and phase.

    Examples
    --------
    >>> table = pd.DataFrame({"period": range(24), "value": [1, 1, 1, 1, 3, 3, 3, 3] * 3})
    >>> shown(limits(table, chart="run", centre=2), (Rule("few_crossings"),)).tolist()
    [True]
    """
    points = spans.in_order(charted)
    marked = signals(charted, rules=rules)["signal"].to_numpy()[points["row"]] != ""
    seen = pd.Series(marked).groupby(points["span"]).any()
    names = {rule.name for rule in rules}
    if "few_crossings" in names:
        told = runs.tally(points)
        seen |= (told["crossings"] < told["crossings_limit"]).fillna(False).astype(bool)
    if "runs" in names:
        seen |= run_counts.counted(points)["runs_signal"]
    return seen.to_numpy()

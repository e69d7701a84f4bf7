"""False alarms: how often a steady series shows a signal by luck alone."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import pandas as pd

from pophealth.stats import alarm_table
from pophealth.stats.limits import limits
from pophealth.stats.rules import Rule, rule_set
from pophealth.stats.runs import run_tests
from pophealth.stats.signals import signals

_SERIES = 10_000
_LONGEST = 100
_SEED = 20_140_105
_PEOPLE = 400


def false_alarms(points: int, rules: str | Iterable[Rule] = "anhoej", chart: str = "i") -> float:
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
    chart : str
        ``run``, ``i`` or ``p``.

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
    Counted in 10,000 seeded series (fewer for more than 100 points), so the answer is the same every time:
    normal values, for ``p`` about half of 400 people at each point. The lines come from the same points,
    as on a real chart. The Anhoej rules up to 100 points are kept as a table of what was counted.

    Examples
    --------
    >>> round(false_alarms(24, chart="run"), 2), round(false_alarms(24, chart="i"), 2)
    (0.03, 0.12)
    """
    if isinstance(points, bool) or points < 1:
        raise ValueError(f"a series of {points} points cannot be; give a number from 1")
    known = alarm_table.ANHOEJ.get(chart, ()) if rules == "anhoej" else ()
    if points <= len(known):
        return known[points - 1]
    return simulated(int(points), rules if isinstance(rules, str) else tuple(rules), chart)


@lru_cache(maxsize=512)
def simulated(points: int, rules: str | tuple[Rule, ...], chart: str) -> float:
    """Count the steady series of this length that show a signal, in a seeded simulation.

    Parameters
    ----------
    points, rules, chart
        As in `false_alarms`; `rules` a name or a tuple.

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
    charted = limits(_steady(points, chart), chart=chart, by="series")
    marked = signals(charted, rules=rules)
    shown = (marked["signal"] != "").groupby(marked["series"]).any()
    chosen = rule_set(rules)
    if any(rule.name == "few_crossings" for rule in chosen):
        tests = run_tests(charted).set_index("series")
        shown = shown | (tests["crossings"] < tests["crossings_limit"]).fillna(False).astype(bool)
    return float(shown.mean())


def _steady(points: int, chart: str) -> pd.DataFrame:
    luck = np.random.default_rng([_SEED, points])
    many = _SERIES * _LONGEST // max(points, _LONGEST)
    size = many * points
    series = {"series": np.repeat(np.arange(many), points), "period": np.tile(np.arange(points), many)}
    if chart == "p":
        return pd.DataFrame(
            {**series, "numerator": luck.binomial(_PEOPLE, 0.5, size), "denominator": _PEOPLE}
        )
    return pd.DataFrame({**series, "value": luck.normal(size=size)})

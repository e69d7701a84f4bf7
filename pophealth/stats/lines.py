"""The table of charts: what each one reads, plots and draws."""

from collections.abc import Callable
from math import inf, isfinite
from numbers import Real
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import lines_counts, lines_groups, lines_rare, lines_values
from pophealth.stats.centres import Given, Lines
from pophealth.stats.moving_ranges import moving_ranges

__all__ = ["CHARTS", "Chart", "Given", "Lines", "chart_named", "check_centre"]


class Chart(NamedTuple):
    """What a chart reads, how its lines are drawn, and what else it plots than what it read.

    A given centre lies from `least` to `most`.
    """

    reads: str
    lines: Callable[[pd.DataFrame, Given], Lines]
    plots: Callable[[pd.DataFrame], np.ndarray] | None = None
    least: float = 0
    most: float = inf


CHARTS: dict[str, Chart] = {
    "run": Chart("value", lines_values.run, least=-inf),
    "i": Chart("value", lines_values.individuals, least=-inf),
    "i'": Chart("weighted", lines_counts.prime_individuals, least=-inf),
    "mr": Chart("value", lines_values.ranges, plots=moving_ranges),
    "xbar": Chart("group", lines_groups.means, least=-inf),
    "s": Chart("group", lines_groups.spreads, plots=lines_groups.spread),
    "p": Chart("share", lines_counts.shares, most=1),
    "p'": Chart("share", lines_counts.prime_shares, most=1),
    "u": Chart("rate", lines_counts.rates),
    "u'": Chart("rate", lines_counts.prime_rates),
    "c": Chart("count", lines_counts.counts),
    "g": Chart("between", lines_rare.between),
    "t": Chart("time", lines_rare.times),
}


def chart_named(name: str) -> Chart:
    """Find a chart by its name, or say which charts there are.

    >>> chart_named("p").reads
    'share'
    >>> chart_named("pie")
    Traceback (most recent call last):
    ValueError: there is no chart 'pie'; choose one of run, i, i', mr, xbar, s, p, p', u, u', c, g, t
    """
    if not isinstance(name, str) or name not in CHARTS:
        raise ValueError(f"there is no chart {name!r}; choose one of {', '.join(CHARTS)}")
    return CHARTS[name]


def check_centre(name: str, centre: float | None) -> None:
    """Raise a ValueError when a given centre cannot be the centre of such a chart.

    >>> check_centre("u", -1)
    Traceback (most recent call last):
    ValueError: centre is -1; a u chart needs a number from 0, before scaling
    """
    chart = CHARTS[name]
    number = isinstance(centre, Real) and isfinite(centre)
    if centre is None or (number and chart.least <= centre <= chart.most):
        return
    needs = "a number" if chart.least < 0 else "a share from 0 to 1" if chart.most == 1 else "a number from 0"
    article = "an" if name[0] in "imsx" else "a"
    raise ValueError(f"centre is {centre!r}; {article} {name} chart needs {needs}, before scaling")

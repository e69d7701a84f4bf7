"""Run and control charts: centre, limits and signals, for one series or for thousands at once."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pophealth.stats.alarms import false_alarms
from pophealth.stats.limits import limits
from pophealth.stats.memory import autocorrelation
from pophealth.stats.rules import ANHOEJ, IHI_RUN, NHS, SHEWHART, Rule
from pophealth.stats.run_counts import run_counts
from pophealth.stats.runs import run_chance, run_tests
from pophealth.stats.shift import suggest_phase
from pophealth.stats.signals import signals
from pophealth.stats.suggest import suggest_chart
from pophealth.stats.verdict import verdict

__all__ = [
    "ANHOEJ",
    "IHI_RUN",
    "NHS",
    "SHEWHART",
    "Rule",
    "autocorrelation",
    "control_chart",
    "false_alarms",
    "limits",
    "run_chance",
    "run_counts",
    "run_tests",
    "signals",
    "suggest_chart",
    "suggest_phase",
    "verdict",
]


def control_chart(
    table: pd.DataFrame,
    *,
    chart: str,
    rules: str | Iterable[Rule] = "anhoej",
    better: str | None = None,
    **layout: Any,
) -> pd.DataFrame:
    """Work out limits and then signals, in one line for a notebook.

    Parameters
    ----------
    table : DataFrame
        One row per date and series.
    chart : str
        The chart, as in `limits`.
    rules, better
        As in `signals`.
    **layout
        Everything else that `limits` takes.

    Returns
    -------
    DataFrame
        The rows of `limits` with ``signal`` and ``direction``.

    Raises
    ------
    ValueError
        As `limits` and `signals` do.

    Notes
    -----
    Sources as for `limits` and `signals`.

    Examples
    --------
    >>> table = pd.DataFrame({"period": range(9), "value": [5, 6, 5, 6, 5, 19, 6, 5, 6]})
    >>> control_chart(table, chart="i", better="lower").loc[[5], ["value", "signal", "direction"]]
       value   signal direction
    5   19.0  outside   concern
    """
    return signals(limits(table, chart=chart, **layout), rules=rules, better=better)

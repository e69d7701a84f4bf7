"""Rates: events for so many people, days or births, with limits."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.estimates import at_levels
from pophealth.stats.intervals import EVENTS, chosen, event_methods
from pophealth.stats.tallies import reasons, tally

NO_TIME = "no people or time counted"


def rate(
    table: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    by: str | Iterable[str] | None = None,
    method: str = "byar",
    confidence: float | tuple[float, ...] = 0.95,
    scale: float = 100_000,
) -> pd.DataFrame:
    """Work out how many events there are for so many people, and how far luck could move that number.

    One person may have several events, so a rate may be above 1. The limits take events as happening one
    by one, by chance; where one event brings on the next (an outbreak), they are too narrow.

    Parameters
    ----------
    table : DataFrame
        Counts of events, and of the people, days or births in which they happened.
    numerator, denominator : str
        Columns of those two. Neither needs to be whole: a death may be shared by two causes, and time is
        counted in parts.
    by : str or list of str, optional
        None: a result for each row, in its place. Columns: counts summed within each group.
    method : str
        ``byar``, which is the exact method below 10 events, or ``exact`` throughout.
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.
    scale : float
        Multiplies value and limits: 1,000 for events per 1,000.

    Returns
    -------
    DataFrame
        The rows, or the groups with their sums, and ``value``, ``lower``, ``upper``, ``confidence``,
        ``method`` (the one used for that row), and ``reason``: why a value is missing, or "".

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a count is below zero, or a method, level of confidence or
        scale cannot be.

    Notes
    -----
    N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II, 1987, 69 (Byar). F. Garwood,
    Biometrika 28, 1936, 437-442 (exact). The change at 10 events is English practice (Fingertips).

    Examples
    --------
    >>> table = pd.DataFrame({"ward": ["north", "south"], "numerator": [4, 65], "denominator": [900, 8200]})
    >>> rate(table, scale=1000)[["ward", "value", "lower", "upper", "method"]].round(1)
        ward  value  lower  upper method
    0  north    4.4    1.2   11.4  exact
    1  south    7.9    6.1   10.1   byar
    """
    interval = chosen(EVENTS, method)
    group = columns.names(by)
    columns.require(table, [*group, numerator, denominator])
    columns.check_not_negative(columns.numbers(table, numerator), columns.numbers(table, denominator))
    rows = table if by is None else tally(table, group, [numerator, denominator])
    events, room = (columns.numbers(rows, name).to_numpy() for name in (numerator, denominator))
    some = np.where(room > 0, room, np.nan)

    def limits(level: float) -> tuple[np.ndarray, np.ndarray]:
        lower, upper = interval(events, level)
        return lower / some, upper / some

    return at_levels(
        rows,
        events / some,
        limits,
        confidence=confidence,
        method=event_methods(events, method),
        reason=reasons(events, room, NO_TIME),
        scale=scale,
    )

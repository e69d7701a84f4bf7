"""Proportions of people, each with its value, its limits and the method that made them."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.estimates import at_levels
from pophealth.stats.intervals import SHARES, chosen
from pophealth.stats.tallies import reasons, tally


def proportion(
    table: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    by: str | Iterable[str] | None = None,
    method: str = "wilson",
    confidence: float | tuple[float, ...] = 0.95,
    scale: float = 1,
) -> pd.DataFrame:
    """Work out which share of people it is, and between which limits the true share probably lies.

    Read the limits first: wide limits mean few people, and a value that says little yet. If the study
    were done again and again, limits made this way would hold the true share in 95 of 100 times.

    Parameters
    ----------
    table : DataFrame
        Counts of people.
    numerator, denominator : str
        Columns: people of whom it is true, and all people.
    by : str or list of str, optional
        None: a result for each row, in its place. Columns: counts summed within each group.
    method : str
        ``wilson``; ``exact`` (Clopper-Pearson, never too narrow); or ``wald`` (the textbook formula, too
        narrow for few people).
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.
    scale : float
        Multiplies value and limits: 100 for percent.

    Returns
    -------
    DataFrame
        The rows, or the groups with their sums, and ``value``, ``lower``, ``upper``, ``confidence``,
        ``method``, and ``reason``: why a value is missing, or "".

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a count is below zero or not whole, a numerator is above its
        denominator, or a method, level of confidence or scale cannot be.

    Notes
    -----
    E. B. Wilson, Journal of the American Statistical Association 22, 1927, 209-212; C. J. Clopper and
    E. S. Pearson, Biometrika 26, 1934, 404-413.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"clinic": ["first", "second"], "numerator": [260, 68], "denominator": [3157, 2956]}
    ... )
    >>> proportion(table, scale=100)[["clinic", "value", "lower", "upper"]].round(1)
       clinic  value  lower  upper
    0   first    8.2    7.3    9.2
    1  second    2.3    1.8    2.9
    """
    interval = chosen(SHARES, method)
    group = columns.names(by)
    columns.require(table, [*group, numerator, denominator])
    cases, people = columns.numbers(table, numerator), columns.numbers(table, denominator)
    columns.check_counts(cases, people)
    columns.check_whole(cases, people)
    rows = table if by is None else tally(table, group, [numerator, denominator])
    counted, all_people = (columns.numbers(rows, name).to_numpy() for name in (numerator, denominator))
    return at_levels(
        rows,
        counted / np.where(all_people > 0, all_people, np.nan),
        lambda level: interval(counted, all_people, level),
        confidence=confidence,
        method=method,
        reason=reasons(counted, all_people),
        scale=scale,
    )

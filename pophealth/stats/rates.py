"""Proportions of people, each with its value, its limits and the method that made them."""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd
from scipy.special import betaincinv, ndtri

from pophealth.stats import columns

Interval = Callable[[np.ndarray, np.ndarray, float], tuple[np.ndarray, np.ndarray]]


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
        If a column is missing or unreadable, a numerator is above its denominator, or a method or level
        of confidence cannot be.

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
    levels = _levels(confidence)
    interval = _interval(method)
    columns.require(table, [*columns.names(by), numerator, denominator])
    columns.check_counts(columns.numbers(table, numerator), columns.numbers(table, denominator))
    rows = _groups(table, columns.names(by), numerator, denominator) if by is not None else table
    results = [
        _at_level(rows, numerator, denominator, level=level, interval=interval, scale=scale)
        for level in levels
    ]
    found = pd.concat(results).sort_index(kind="stable")
    found.index = rows.index.repeat(len(levels))
    return found.assign(method=method, reason=_reasons(found, numerator, denominator))


def wilson(
    numerator: np.ndarray, denominator: np.ndarray, confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    """Give Wilson's limits for shares of people.

    Parameters
    ----------
    numerator, denominator : ndarray
        Counts of people; a denominator of 0 gives missing limits.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    tuple of ndarray
        Lower and upper limits, from 0 to 1.

    Notes
    -----
    E. B. Wilson, Journal of the American Statistical Association 22, 1927, 209-212.

    Examples
    --------
    >>> lower, upper = wilson(np.array([15]), np.array([148]), 0.95)
    >>> round(float(lower[0]), 4), round(float(upper[0]), 4)
    (0.0624, 0.1605)
    """
    z = ndtri(0.5 + confidence / 2)
    people = np.where(denominator > 0, denominator, np.nan)
    middle = numerator + z**2 / 2
    reach = z * np.sqrt(numerator * (people - numerator) / people + z**2 / 4)
    lower = np.where(numerator == 0, people * 0, (middle - reach) / (people + z**2))
    upper = np.where(numerator == people, 1, (middle + reach) / (people + z**2))
    return lower, upper


def _exact(
    numerator: np.ndarray, denominator: np.ndarray, confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    tail = (1 - confidence) / 2
    people = np.where(denominator > 0, denominator, np.nan)
    lower = np.where(numerator == 0, people * 0, betaincinv(numerator, people - numerator + 1, tail))
    upper = np.where(numerator == people, 1, betaincinv(numerator + 1, people - numerator, 1 - tail))
    return lower, upper


def _wald(numerator: np.ndarray, denominator: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    people = np.where(denominator > 0, denominator, np.nan)
    share = numerator / people
    reach = ndtri(0.5 + confidence / 2) * np.sqrt(share * (1 - share) / people)
    return np.maximum(share - reach, 0), np.minimum(share + reach, 1)


_METHODS: dict[str, Interval] = {"wilson": wilson, "exact": _exact, "wald": _wald}


def _interval(method: str) -> Interval:
    if method not in _METHODS:
        raise ValueError(f"there is no method {method!r}; choose one of {', '.join(_METHODS)}")
    return _METHODS[method]


def _levels(confidence: float | tuple[float, ...]) -> tuple[float, ...]:
    levels = tuple(confidence) if isinstance(confidence, tuple | list) else (confidence,)
    wrong = [level for level in levels if not 0 < level < 1]
    if wrong or not levels:
        raise ValueError(f"confidence is {confidence!r}; give a number above 0 and below 1, such as 0.95")
    return levels


def _groups(table: pd.DataFrame, by: list[str], numerator: str, denominator: str) -> pd.DataFrame:
    """Sum counts within groups; a row without people, or without a count, adds nothing."""
    counts = [numerator, denominator]
    read = {name: columns.numbers(table, name).to_numpy() for name in counts}
    rows = table[by].assign(**read)
    usable = rows[numerator].notna() & (rows[denominator] > 0)
    rows.loc[~usable & rows[counts].notna().all(axis="columns"), counts] = 0.0
    rows.loc[rows[counts].isna().any(axis="columns"), counts] = np.nan
    if not by:
        return rows.sum(min_count=1).to_frame().T
    return rows.groupby(by, dropna=False, observed=True)[counts].sum(min_count=1).reset_index()


def _at_level(
    rows: pd.DataFrame,
    numerator: str,
    denominator: str,
    *,
    level: float,
    interval: Interval,
    scale: float,
) -> pd.DataFrame:
    people = columns.numbers(rows, denominator).to_numpy()
    counted = columns.numbers(rows, numerator).to_numpy()
    lower, upper = interval(counted, people, level)
    share = counted / np.where(people > 0, people, np.nan)
    found = rows.assign(value=share * scale, lower=lower * scale, upper=upper * scale, confidence=level)
    return found.reset_index(drop=True)


def _reasons(found: pd.DataFrame, numerator: str, denominator: str) -> np.ndarray:
    blank = found[numerator].isna() | found[denominator].isna()
    return np.select(
        [blank, found[denominator] == 0], ["a count is missing", "no people counted"], default=""
    )

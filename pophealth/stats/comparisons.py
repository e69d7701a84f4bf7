"""Comparisons: how each group fares against a reference, and how many people that makes."""

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.contrasts import METHODS, VALUES, Pair, people
from pophealth.stats.estimates import at_levels
from pophealth.stats.intervals import chosen
from pophealth.stats.references import ENOUGH, REST, hold
from pophealth.stats.tallies import MISSING, NOBODY, tally

_RATES = (("difference", "byar"), ("rate_ratio", "log"), ("rate_ratio", "exact"))


def compare(
    table: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    by: str | Iterable[str],
    reference: Hashable,
    measure: str = "difference",
    method: str | None = None,
    better: str | None = None,
    enough: float = ENOUGH,
    confidence: float | tuple[float, ...] = 0.95,
    scale: float = 1,
) -> pd.DataFrame:
    """Hold each group against a reference: how much more, or how many times more.

    Limits of a difference that hold 0, or of a ratio that hold 1, leave open whether there is a gap at
    all. Never judge a gap by whether the limits of two groups overlap; judge it by its own limits. The
    reference changes every number: say which one it was.

    Parameters
    ----------
    table : DataFrame
        Counts: rows of one group are summed.
    numerator, denominator : str
        Columns of the counts.
    by : str or list of str
        Column or columns that name the group.
    reference : label or str
        A group's label (a tuple when `by` names several columns); ``best``, the group with the best share
        among those with enough people; ``largest``; or ``overall``. A group is part of everyone, so
        ``overall`` holds each group against all others together. The best of many groups is partly best
        by luck and tends to look less good the next time.
    measure : str
        ``difference``, ``risk_ratio``, ``rate_ratio`` or ``odds_ratio``.
    method : str, optional
        ``difference``: ``newcombe`` (the usual), ``wald``, or ``byar`` for rates. Ratios: ``log``; for
        ``rate_ratio`` also ``exact``, which has limits where a group has no events.
    better : str, optional
        ``higher`` or ``lower``: which way is better; needed for ``best``.
    enough : float
        The fewest people with whom a group can be ``best``.
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.
    scale : float
        Multiplies differences, shares and rates, and never a ratio: 100 for percent.

    Returns
    -------
    DataFrame
        A row per group but the reference: its columns and sums, ``reference`` (its name),
        ``group_value`` and ``reference_value`` (shares or rates), ``measure``, ``value``, ``lower``,
        ``upper``, ``confidence``, ``method``, and ``reason``: why a value or a limit is missing, or "".

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a count cannot be, there is one group only, no group has
        counts, the reference is not there, or a measure or method cannot be.

    Notes
    -----
    R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10; with Byar's limits for rates, the
    same way of combining. D. Katz and others, Biometrics 34, 1978, 469-474 (risk ratio). K. J. Rothman and
    S. Greenland, Modern Epidemiology (rate ratio; exact: from the group's part of all events). B. Woolf,
    Annals of Human Genetics 19, 1955, 251-253 (odds ratio).

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"clinic": ["first", "second"], "numerator": [459, 105], "denominator": [4010, 3754]}
    ... )
    >>> found = compare(table, by="clinic", reference="second", scale=100)
    >>> found[["clinic", "reference", "value", "lower", "upper"]].round(1)
      clinic reference  value  lower  upper
    0  first    second    8.6    7.5    9.8
    >>> found = compare(table, by="clinic", reference="best", better="lower", measure="risk_ratio")
    >>> found[["clinic", "reference", "value", "lower", "upper"]].round(1)
      clinic reference  value  lower  upper
    0  first    second    4.1    3.3    5.0
    """
    chosen(METHODS, measure, "measure")
    method = next(iter(METHODS[measure])) if method is None else method
    limits = chosen(METHODS[measure], method)
    counts = _counts(table, columns.names(by), numerator, denominator, rates=(measure, method) in _RATES)
    held = hold(counts, columns.names(by), reference, better=better, enough=enough).others
    pair = held.pair
    share, other = pair.shares
    rows = held.rows.assign(
        reference=held.name, group_value=share * scale, reference_value=other * scale, measure=measure
    )
    return at_levels(
        rows,
        VALUES[measure](pair),
        lambda level: limits(pair, level),
        confidence=confidence,
        method=method,
        reason=_reasons(pair, measure, method),
        scale=scale if measure == "difference" else 1,
    ).reset_index(drop=True)


def excess(
    table: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    by: str | Iterable[str],
    reference: Hashable,
    method: str = "newcombe",
    better: str | None = None,
    enough: float = ENOUGH,
    confidence: float | tuple[float, ...] = 0.95,
) -> pd.DataFrame:
    """Work out how many people a gap is: how many more than if the group had fared as the reference did.

    A number a team can act on. Do not add it up over groupings (by language and by place): one person is
    in several of them. Limits that hold 0 leave open whether there is any excess.

    Parameters
    ----------
    table : DataFrame
        Counts: rows of one group are summed.
    numerator, denominator, by, reference, better, enough
        As in `compare`.
    method : str
        ``newcombe`` for people of whom it is true or not; ``byar`` for events, of which one person may
        have several.
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.

    Returns
    -------
    DataFrame
        A row per group but the reference: its columns and sums, ``reference``, ``reference_value``,
        ``expected`` (people, had the group fared as the reference did), ``value`` (people more than that;
        below 0: fewer), ``lower``, ``upper``, ``confidence``, ``method``, ``reason``, and ``reading``: a
        plain sentence.

    Raises
    ------
    ValueError
        As `compare`.

    Notes
    -----
    The difference of the two shares and its limits, as in `compare`, times the people of the group.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"clinic": ["first", "second"], "numerator": [459, 105], "denominator": [4010, 3754]}
    ... )
    >>> found = excess(table, by="clinic", reference="second")
    >>> found[["clinic", "expected", "value", "lower", "upper"]].round()
      clinic  expected  value  lower  upper
    0  first     112.0  347.0  302.0  392.0
    >>> print(found["reading"][0])  # doctest: +NORMALIZE_WHITESPACE
    about 347 more people than if this group had fared as 'second' did; luck leaves room for 302 more to
    392 more; one person is in several groupings, so never add this up over them
    """
    methods = {name: METHODS["difference"][name] for name in ("newcombe", "byar")}
    limits = chosen(methods, method)
    counts = _counts(table, columns.names(by), numerator, denominator, rates=method == "byar")
    held = hold(counts, columns.names(by), reference, better=better, enough=enough).others
    pair = held.pair
    expected = pair.shares[1] * pair.denominator
    found = at_levels(
        held.rows.assign(reference=held.name, reference_value=pair.shares[1], expected=expected),
        VALUES["difference"](pair) * pair.denominator,
        lambda level: people(pair, limits(pair, level)),
        confidence=confidence,
        method=method,
        reason=_reasons(pair, "difference", method),
    ).reset_index(drop=True)
    return found.assign(reading=_readings(found, "people" if method == "newcombe" else "events"))


def _counts(
    table: pd.DataFrame, by: list[str], numerator: str, denominator: str, *, rates: bool
) -> pd.DataFrame:
    columns.require(table, [*by, numerator, denominator])
    counts = [columns.numbers(table, name) for name in (numerator, denominator)]
    if rates:
        columns.check_not_negative(*counts)
    else:
        columns.check_counts(*counts)
        columns.check_whole(*counts)
    return tally(table, by, [numerator, denominator])


def _reasons(pair: Pair, measure: str, method: str) -> np.ndarray:
    ours, n_ours, theirs, n_theirs = pair
    odds, ratio, log = measure == "odds_ratio", measure != "difference", method == "log"
    return np.select(
        [
            np.isnan(ours + n_ours),
            n_ours == 0,
            np.isnan(theirs + n_theirs),
            n_theirs == 0,
            ratio & (theirs == 0),
            odds & (ours == n_ours),
            log & (ours == 0),
            odds & (theirs == n_theirs),
        ],
        [
            MISSING,
            NOBODY,
            f"{MISSING} in the reference",
            f"{NOBODY} in the reference",
            "no cases in the reference",
            "nobody without it, so there are no odds",
            "no cases, so this method gives no limits",
            "nobody without it in the reference, so this method gives no limits",
        ],
        default="",
    )


def _readings(found: pd.DataFrame, counted: str) -> list[str]:
    return [_reading(row, counted) for row in found.to_dict("records")]


def _reading(row: dict[str, Any], counted: str) -> str:
    if row["reason"]:
        return f"no number can be given: {row['reason']}"
    name = REST if row["reference"] == REST else repr(row["reference"])
    return (
        f"about {_more(row['value'], f' {counted}')} than if this group had fared as {name} did; luck leaves "
        f"room for {_more(row['lower'])} to {_more(row['upper'])}; one person is in several groupings, so "
        "never add this up over them"
    )


def _more(number: float, counted: str = "") -> str:
    """Say a number as so many more or so many fewer."""
    return f"{abs(number):,.0f} {'fewer' if number < 0 else 'more'}{counted}"

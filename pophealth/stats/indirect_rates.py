"""Rates adjusted for age by what would be expected at the rates of a reference population."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.estimates import at_levels
from pophealth.stats.intervals import EVENTS, Limits, chosen, event_methods
from pophealth.stats.tallies import MISSING, NOBODY, groups


def indirectly_standardised(
    table: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    reference_numerator: str,
    reference_denominator: str,
    by: str | Iterable[str] | None = None,
    ratio: bool = False,
    method: str = "byar",
    confidence: float | tuple[float, ...] = 0.95,
    scale: float | None = None,
) -> pd.DataFrame:
    """Hold the events of each group against those expected if its age bands had the reference's rates.

    A ratio above 1 means more events than expected. Each group is weighed by its own ages, so two groups
    must not be held against each other, only each against the reference; a funnel shows them well.

    Parameters
    ----------
    table : DataFrame
        A row for each group and age band, with the reference's counts for that band beside it.
    numerator, denominator : str
        Columns of the group's events and people.
    reference_numerator, reference_denominator : str
        Columns of the reference's events and people.
    by : str or list of str, optional
        Columns of the groups; None makes one group of all rows.
    ratio : bool
        True: observed over expected. False: that ratio times the reference's overall rate.
    method : str
        ``byar``, which is the exact method below 10 events, or ``exact`` throughout.
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.
    scale : float, optional
        Multiplies value and limits: 1 for a ratio and 100,000 for a rate unless given.

    Returns
    -------
    DataFrame
        A row per group: its columns, ``numerator`` and ``denominator`` (sums), ``expected``,
        ``reference_rate`` (unscaled), ``value``, ``lower``, ``upper``, ``confidence``, ``method``, and
        ``reason``: why a value is missing, or "". A row that lacks a count, or has no people, adds nothing,
        neither observed nor expected.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a count is below zero, or a method, level of confidence or
        scale cannot be.

    Notes
    -----
    N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II, 1987, 65-72: observed events over
    the sum of people times the reference's rate, and the limits of the observed count over that sum.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "age_band": ["0-64", "65+"],
    ...         "numerator": [12, 30],
    ...         "denominator": [5000, 1000],
    ...         "all_events": [2000, 4000],
    ...         "all_people": [1_000_000, 200_000],
    ...     }
    ... )
    >>> reference = {"reference_numerator": "all_events", "reference_denominator": "all_people"}
    >>> found = indirectly_standardised(table, **reference, ratio=True)
    >>> found[["numerator", "expected", "value", "lower", "upper"]].round(2)
       numerator  expected  value  lower  upper
    0       42.0      30.0    1.4   1.01   1.89
    """
    interval = chosen(EVENTS, method)
    group = columns.names(by)
    named = [numerator, denominator, reference_numerator, reference_denominator]
    columns.require(table, [*group, *named])
    read = [columns.numbers(table, name) for name in named]
    columns.check_not_negative(*read)
    number, labels = groups(table, group)
    sums = _sums(read, number, len(labels))
    times = np.ones(len(labels)) if ratio else sums["reference_rate"].to_numpy()
    per = times / sums["expected"].where(sums["expected"] > 0).to_numpy()
    observed = sums["numerator"].to_numpy()

    def limits(level: float) -> Limits:
        lower, upper = interval(observed, level)
        return lower * per, upper * per

    shown = sums.rename(columns={"numerator": numerator, "denominator": denominator}).drop(columns="reason")
    return at_levels(
        pd.concat([labels, shown], axis="columns"),
        observed * per,
        limits,
        confidence=confidence,
        method=event_methods(observed, method),
        reason=sums["reason"].to_numpy(str),
        scale=(1 if ratio else 100_000) if scale is None else scale,
    )


def _sums(read: list[pd.Series], number: np.ndarray, size: int) -> pd.DataFrame:
    """Sum what was observed, expected and seen in the reference; what cannot be expected is missing."""
    cases, people, reference_cases, reference_people = read
    whole, known = cases.notna() & people.notna(), reference_cases.notna() & (reference_people > 0)
    used = whole & (people > 0)
    rates = reference_cases / reference_people.where(reference_people > 0)

    def summed(each: pd.Series, where: pd.Series) -> np.ndarray:
        return np.bincount(number, each.where(where, 0), minlength=size)

    lost = _first_row(number, (used & ~known).to_numpy(), size)
    reason = _reasons(summed(used * 1, used), summed(whole * 1, whole), lost)
    events, room = summed(reference_cases, known), summed(reference_people, known)
    sums = {
        "numerator": summed(cases, used),
        "denominator": summed(people, used),
        "expected": np.where(reason == "", summed(people * rates, used & known), np.nan),
        "reference_rate": events / np.where(room > 0, room, np.nan),
    }
    nothing = (reason == "") & (sums["expected"] == 0)
    return pd.DataFrame({**sums, "reason": np.where(nothing, "no events are expected", reason)})


def _first_row(number: np.ndarray, hits: np.ndarray, size: int) -> np.ndarray:
    """Give the first row of each group that is hit, or -1."""
    rows = np.flatnonzero(hits)[::-1]
    first = np.full(size, -1)
    first[number[rows]] = rows
    return first


def _reasons(used: np.ndarray, whole: np.ndarray, lost: np.ndarray) -> np.ndarray:
    told = np.char.add("no rate of the reference in row ", lost.astype(str))
    return np.select([whole == 0, used == 0, lost >= 0], [MISSING, NOBODY, told], default="")

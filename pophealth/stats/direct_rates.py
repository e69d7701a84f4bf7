"""Rates adjusted for age by weighing each age band as a standard population does."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import gammaincinv

from pophealth.stats import columns
from pophealth.stats.band_counts import BandCounts, by_band, check_bands, wanting
from pophealth.stats.estimates import at_levels
from pophealth.stats.intervals import FEW, Limits, byar, chosen
from pophealth.stats.standard_weights import weights
from pophealth.stats.tallies import groups


class Adjusted(NamedTuple):
    """What adjusted rates are made of; an entry per group."""

    events: np.ndarray
    people: np.ndarray
    rate: np.ndarray
    variance: np.ndarray
    heaviest: np.ndarray  # how far one event more would move the rate in the band where it moves it most


def directly_standardised(
    table: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    standard: str | pd.DataFrame,
    band: str | None = None,
    by: str | Iterable[str] | None = None,
    method: str = "dobson",
    confidence: float | tuple[float, ...] = 0.95,
    scale: float = 100_000,
) -> pd.DataFrame:
    """Work out the rate each group would have if its ages were those of a standard population.

    Two groups can then be compared although one is older. The number itself is no count of anybody: show
    the crude rate beside it, and use the same standard on both sides.

    Parameters
    ----------
    table : DataFrame
        A row for each group and age band. Rows of one group and band are summed.
    numerator, denominator : str
        Columns: events, and the people or person-years in which they happened.
    standard : str or DataFrame
        ``us2000_19``, ``us2000_11`` or ``esp2013``, as in `stats.standards`; or a column of the table that
        holds each row's weight; or a table of your own with the band and ``population``.
    band : str, optional
        Column of the age bands: 5-9, "85 and over", or the age at which a band starts. Unless named it is
        ``age_band``, or the only column that holds bands of the standard. With weights in a column and no
        column ``age_band``, each row is a band of its own.
    by : str or list of str, optional
        Columns of the groups; None makes one group of all rows.
    method : str
        ``dobson``, as in England: no result below 10 events. ``gamma`` (Fay and Feuer), as in the United
        States: wider and never too narrow, for any number of events.
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.
    scale : float
        Multiplies value and limits.

    Returns
    -------
    DataFrame
        A row per group: its columns, ``numerator`` and ``denominator`` (sums), ``standard``, ``value``,
        ``lower``, ``upper``, ``confidence``, ``method``, and ``reason``: why a value is missing (the age
        band that is missing or has no people is named), or "".

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a count is below zero, there is no such standard, a label is
        no band of it, or no group has one of its bands.

    Notes
    -----
    With weights w that add up to 1, and x events among n people in a band: the sum of w x / n. A. J. Dobson
    and others, Statistics in Medicine 10, 1991, 457-462, with Byar's limits of all events. M. P. Fay and
    E. J. Feuer, Statistics in Medicine 16, 1997, 791-801.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "county": ["young", "young", "old", "old"],
    ...         "age_band": ["0-64", "65+", "0-64", "65+"],
    ...         "numerator": [18, 20, 4, 80],
    ...         "denominator": [9000, 1000, 2000, 4000],
    ...     }
    ... )
    >>> ours = pd.DataFrame({"age_band": ["0-64", "65+"], "population": [80, 20]})
    >>> found = directly_standardised(table, standard=ours, by="county", scale=1000)
    >>> found[["county", "value", "lower", "upper"]].round(1)
      county  value  lower  upper
    0    old    5.6    3.9    7.6
    1  young    5.6    3.9    7.8
    """
    interval = chosen(_METHODS, method)
    group = columns.names(by)
    columns.require(table, [*group, numerator, denominator])
    cases, people = columns.numbers(table, numerator), columns.numbers(table, denominator)
    columns.check_not_negative(cases, people)
    number, labels = groups(table, group)
    weighed = weights(table, standard, band, number, taken=[*group, numerator, denominator])
    counts = by_band(cases.to_numpy(), people.to_numpy(), number, weighed)
    check_bands(counts, weighed)
    found = _adjusted(counts)
    reason = _reasons(wanting(counts), found.events, method)
    known = np.where(reason == "", 1.0, np.nan)

    def limits(level: float) -> Limits:
        lower, upper = interval(found, level)
        return lower * known, upper * known

    rows = labels.assign(**{numerator: found.events, denominator: found.people}, standard=weighed.name)
    return at_levels(
        rows,
        found.rate * known,
        limits,
        confidence=confidence,
        method=method,
        reason=reason,
        scale=scale,
    )


def _adjusted(counts: BandCounts) -> Adjusted:
    total = counts.weight.sum(axis=1, keepdims=True)
    share = np.divide(counts.weight, total, out=np.zeros(counts.weight.shape), where=total > 0)
    pull = np.divide(share, counts.people, out=np.zeros(counts.people.shape), where=counts.people > 0)
    pulled = pull * counts.events
    return Adjusted(
        counts.events.sum(axis=1),
        counts.people.sum(axis=1),
        pulled.sum(axis=1),
        (pull * pulled).sum(axis=1),
        pull.max(axis=1, initial=0),
    )


def _reasons(lacking: np.ndarray, events: np.ndarray, method: str) -> np.ndarray:
    few = (method == "dobson") & (events < FEW)
    return np.where((lacking == "") & few, f"fewer than {FEW} events", lacking)


def _dobson(found: Adjusted, confidence: float) -> Limits:
    lower, upper = byar(found.events, confidence)
    unit = np.sqrt(found.variance / np.where(found.events > 0, found.events, np.nan))
    return found.rate + unit * (lower - found.events), found.rate + unit * (upper - found.events)


def _gamma(found: Adjusted, confidence: float) -> Limits:
    tail = (1 - confidence) / 2
    high_rate, high_variance = found.rate + found.heaviest, found.variance + found.heaviest**2
    lower = _gamma_point(found.rate, found.variance, tail)
    return np.where(found.rate > 0, lower, 0.0), _gamma_point(high_rate, high_variance, 1 - tail)


def _gamma_point(mean: np.ndarray, variance: np.ndarray, share: float) -> np.ndarray:
    """Give the point below which so large a share of a gamma distribution lies."""
    spread = np.where(variance > 0, variance, np.nan)
    return gammaincinv(mean**2 / spread, share) * spread / np.where(mean > 0, mean, np.nan)


_METHODS: dict[str, Callable[[Adjusted, float], Limits]] = {"dobson": _dobson, "gamma": _gamma}

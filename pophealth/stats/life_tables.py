"""Life tables: how many more years people of each age live at the death rates of today."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.age_bands import band_column, positions
from pophealth.stats.band_counts import BandCounts, by_band, check_bands, wanting
from pophealth.stats.estimates import at_levels
from pophealth.stats.intervals import Limits, z_score
from pophealth.stats.standard_weights import Weights
from pophealth.stats.tallies import groups

AGES = np.array([0, 1, *range(5, 95, 5)])
BANDS = ["<1", "1-4", *(f"{age}-{age + 4}" for age in range(5, 90, 5)), "90+"]
SMALLEST = 5000  # with no more people than this, life expectancy says too little
WIDEST = 20  # years between the limits of 95% beyond which no value is given
_WIDTH = np.diff(AGES)
_LIVED = np.where(AGES[:-1] == 0, 0.1, 0.5)  # of the years in a band by those who die in it


class LifeTable(NamedTuple):
    """Years of life left and their standard error; a row per group, a column per age band."""

    years: np.ndarray
    error: np.ndarray


def life_expectancy(
    table: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    band: str | None = None,
    by: str | Iterable[str] | None = None,
    confidence: float | tuple[float, ...] = 0.95,
) -> pd.DataFrame:
    """Work out how long people of each age would live on average at the death rates in the table.

    It is a picture of today's death rates, not a forecast for anybody. The row of age 0 is life
    expectancy at birth. Join several years of deaths where a place is small.

    Parameters
    ----------
    table : DataFrame
        Deaths and people in 20 age bands: <1, 1-4, 5-9 and so on to 90+. Rows of one band are summed.
    numerator, denominator : str
        Columns of deaths and people (or person-years).
    band : str, optional
        Column of the age bands, or of the ages at which they start. Unless named it is ``age_band``, or the
        only column that holds such bands.
    by : str or list of str, optional
        Columns of the groups; None makes one group of all rows.
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.

    Returns
    -------
    DataFrame
        A row per group and age band: the group, the band, ``age`` (its first year), the deaths and people,
        ``value`` (years of life left), ``lower``, ``upper``, ``confidence``, ``method``, and ``reason``:
        why a value is missing, or "". No value is given for 5,000 people or fewer, with more deaths than
        people in a band, without a death in the last band, or, limits standing, where those of 95% are
        more than 20 years apart.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a count is below zero, a label is no age band of the table, or
        no group has one of them.

    Notes
    -----
    C. L. Chiang, The Life Table and its Construction, 1968 (method II): those who die in a band live half of
    it, below age 1 a tenth. P. B. S. Silcocks and others, Journal of Epidemiology and Community Health 55,
    2001, 38-43: the last band has a variance too. When to give no value: Fingertips, England; B. Toson and
    A. Baker, National Statistics Methodological Series 33, 2003.

    Examples
    --------
    >>> table = pd.DataFrame({"age_band": [0, 1, *range(5, 95, 5)]})
    >>> table["denominator"] = 5000
    >>> table["numerator"] = [25, 4, 2, 2, 4, 5, 6, 8, 11, 17, 27, 42, 66, 104, 161, 248, 375, 549, 770, 980]
    >>> life_expectancy(table)[["age", "value", "lower", "upper"]].iloc[[0, 14]].round(1)
        age  value  lower  upper
    0     0   71.9   71.0   72.8
    14   65   14.5   14.1   14.9
    """
    group = columns.names(by)
    counted = [numerator, denominator]
    columns.require(table, [*group, *counted])
    deaths, people = columns.numbers(table, numerator), columns.numbers(table, denominator)
    columns.check_not_negative(deaths, people)
    number, labels = groups(table, group)
    band = band_column(table, band, BANDS, taken=[*group, *counted], of="the life table")
    place = positions(table[band], BANDS, name=band, of="the life table")
    weights = Weights(place, np.ones((1, len(BANDS))), BANDS, "the life table", band)
    counts = by_band(deaths.to_numpy(), people.to_numpy(), number, weights)
    check_bands(counts, weights)
    reason = _reasons(counts)[:, None]
    found = _table(counts, reason == "")
    told = _told(found, reason)
    rows = _rows(labels, counts, band).rename(columns={"deaths": numerator, "people": denominator})

    def limits(level: float) -> Limits:
        reach = z_score(level) * found.error
        return (found.years - reach).ravel(), (found.years + reach).ravel()

    return at_levels(
        rows,
        np.where(told == "", found.years, np.nan).ravel(),
        limits,
        confidence=confidence,
        method="chiang, silcocks",
        reason=told.ravel(),
    )


def _rows(labels: pd.DataFrame, counts: BandCounts, band: str) -> pd.DataFrame:
    size = len(labels)
    rows = labels.iloc[np.repeat(np.arange(size), len(BANDS))].reset_index(drop=True)
    bands = {band: np.tile(np.array(BANDS, dtype=object), size)}
    return rows.assign(**{**bands, "age": np.tile(AGES, size)}).assign(
        deaths=counts.events.ravel(), people=counts.people.ravel()
    )


def _reasons(counts: BandCounts) -> np.ndarray:
    lacking = wanting(counts)
    return np.select(
        [
            lacking != "",
            (counts.events > counts.people).any(axis=1),
            counts.people.sum(axis=1) <= SMALLEST,
            counts.events[:, -1] == 0,
        ],
        [
            lacking,
            "more deaths than people in an age band",
            f"{SMALLEST:,} people or fewer",
            f"no deaths in age band {BANDS[-1]}",
        ],
        default="",
    )


def _told(found: LifeTable, reason: np.ndarray) -> np.ndarray:
    """Say for each age why it has no value: its place has none, or its own limits are too far apart."""
    wide = 2 * z_score(0.95) * found.error > WIDEST
    told = np.where((reason == "") & wide, f"the limits are more than {WIDEST} years apart", reason)
    return np.where((told == "") & np.isnan(found.years), "nobody of this age is left in the table", told)


def _table(counts: BandCounts, usable: np.ndarray) -> LifeTable:
    """Follow people from birth through the bands, then sum years and variances from the end."""
    known = np.where(usable, 1.0, np.nan)
    deaths, rate = counts.events * known, counts.events * known / np.where(counts.people, counts.people, 1)
    dying = np.minimum(_WIDTH * rate[:, :-1] / (1 + _WIDTH * rate[:, :-1] * (1 - _LIVED)), 1)
    alive = np.cumprod(np.hstack([known, 1 - dying]), axis=1)
    alive = np.where(alive > 0, alive, np.nan)
    after = np.nan_to_num(alive[:, 1:])
    lived = _WIDTH * (after + _LIVED * (np.nan_to_num(alive[:, :-1]) - after))
    last = after[:, -1:] / np.where(rate[:, -1:] > 0, rate[:, -1:], np.nan)
    years = _from_end(np.hstack([lived, last])) / alive
    chance = dying**2 * (1 - dying) / np.where(deaths[:, :-1] > 0, deaths[:, :-1], np.inf)
    weight = np.nan_to_num(alive[:, :-1]) * ((1 - _LIVED) * _WIDTH + np.nan_to_num(years[:, 1:]))
    end = (last / np.sqrt(np.where(deaths[:, -1:] > 0, deaths[:, -1:], np.nan))) ** 2
    return LifeTable(years, np.sqrt(_from_end(np.hstack([weight**2 * chance, end]))) / alive)


def _from_end(parts: np.ndarray) -> np.ndarray:
    return np.cumsum(parts[:, ::-1], axis=1)[:, ::-1]

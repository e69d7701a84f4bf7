"""Weights: how much each age band counts in a rate that is adjusted for age."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.age_bands import BAND, band_column, positions, span
from pophealth.stats.standards import STANDARDS, standard

OWN = "your own standard"
_PEOPLE = "population"


class Weights(NamedTuple):
    """The band of each row, and what it weighs."""

    place: np.ndarray  # of each row's band
    weight: np.ndarray  # a row per group, or one row for all; a column per band
    bands: Sequence[object]  # labels of the columns; empty where no column names bands
    name: str
    band: str | None  # the column of the bands


def weights(
    table: pd.DataFrame,
    given: str | pd.DataFrame,
    band: str | None,
    group: np.ndarray,
    *,
    taken: Sequence[str] = (),
) -> Weights:
    """Read a standard: its name, the column of the table that holds the weights, or a table of one's own.

    Parameters
    ----------
    table : DataFrame
        The caller's table.
    given : str or DataFrame
        The standard, as in `stats.rates.directly_standardised`.
    band : str, optional
        Column of the age bands.
    group : ndarray
        The number of each row's group.
    taken : sequence of str
        Columns that hold something else.

    Returns
    -------
    Weights
        The band of each row, and the weights of all bands.

    Raises
    ------
    ValueError
        If there is no such standard, or a band or weight cannot be read.

    Examples
    --------
    >>> table = pd.DataFrame({"age_band": ["90+", "0-4"]})
    >>> found = weights(table, "esp2013", "age_band", np.array([0, 0]))
    >>> found.place.tolist(), found.weight[0, -1], found.name
    ([18, 0], np.float64(1000.0), 'esp2013')
    """
    if isinstance(given, pd.DataFrame):
        return _listed(table, given, band, OWN, taken)
    if isinstance(given, str) and given in table.columns:
        return _in_column(table, given, band, group)
    if isinstance(given, str) and given in STANDARDS:
        return _listed(table, standard(given), band, given, taken)
    raise ValueError(
        f"there is no standard {columns.told(given)}; choose one of {', '.join(STANDARDS)}, "
        f"name a column of weights, or give a table with the age bands and {_PEOPLE!r}"
    )


def _listed(
    table: pd.DataFrame, listed: pd.DataFrame, band: str | None, name: str, taken: Sequence[str]
) -> Weights:
    """Read a standard that is a table: a column of bands, and the people or weights in each."""
    columns.require(listed, [_PEOPLE])
    weight = columns.numbers(listed, _PEOPLE)
    _check(weight, _PEOPLE)
    others = [column for column in listed.columns if column != _PEOPLE]
    if not others:
        raise ValueError(f"the standard names no age bands; give it a column of them beside {_PEOPLE!r}")
    named = next(column for column in (band, BAND, *others) if column in others)
    labels = listed[named].reset_index(drop=True)
    columns.refuse(labels.duplicated(), f"the standard names an age band of {named!r} twice", "name it once")
    bands = labels.tolist()
    shared = named if band is None and named in table.columns else band
    column = band_column(table, shared, bands, taken=taken, of=name)
    place = positions(table[column], bands, name=column, of=name)
    return Weights(place, weight.to_numpy()[None, :], bands, name, column)


def _check(weight: pd.Series, name: str) -> None:
    columns.refuse(weight.isna(), f"column {name!r} is blank", "give every age band its weight")
    columns.refuse(weight < 0, f"a weight in column {name!r} is below zero", "correct it")
    if len(weight) and not weight.sum():
        raise ValueError(f"the weights in column {name!r} are all 0; give at least one band a weight")


def _in_column(table: pd.DataFrame, name: str, band: str | None, group: np.ndarray) -> Weights:
    weight = columns.numbers(table, name)
    _check(weight, name)
    column = BAND if band is None and BAND in table.columns else band
    place, bands = _bands(table, column, group)
    grid = np.zeros((group.max(initial=-1) + 1, place.max(initial=-1) + 1))
    grid[group, place] = weight
    columns.refuse(
        pd.Series(grid[group, place] != weight.to_numpy()),
        f"column {name!r} gives one age band of one group two weights",
        "give it one weight",
    )
    return Weights(place, grid, bands, name, column)


def _bands(table: pd.DataFrame, column: str | None, group: np.ndarray) -> tuple[np.ndarray, Sequence[object]]:
    """Give bands numbers in the order of age; with no column for them, each row of a group is its own."""
    if column is None:
        return pd.Series(group).groupby(group).cumcount().to_numpy(), []
    columns.require(table, [column])
    bands = sorted(table[column].dropna().unique(), key=_by_age)
    return positions(table[column], bands, name=column, of="the table"), bands


def _by_age(label: object) -> tuple[float, str]:
    first = span(label)[0]
    return (float("inf") if first is None else first), str(label)

"""Weights: how much each age band counts in a rate that is adjusted for age."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.age_bands import positions, span
from pophealth.stats.standards import STANDARDS, standard

BAND = "age_band"
OWN = "own standard"


class Weights(NamedTuple):
    """The band of each row, and what it weighs."""

    place: np.ndarray  # of each row's band
    weight: np.ndarray  # a row per group, or one row for all; a column per band
    bands: Sequence[object]  # labels of the columns; empty where no column names bands
    name: str


def weights(table: pd.DataFrame, given: str | pd.DataFrame, band: str, group: np.ndarray) -> Weights:
    """Read a standard: its name, the column of the table that holds the weights, or a table of one's own.

    Parameters
    ----------
    table : DataFrame
        The caller's table.
    given : str or DataFrame
        The standard, as in `stats.rates.directly_standardised`.
    band : str
        Column of the age bands.
    group : ndarray
        The number of each row's group.

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
        return _listed(table, given, band, OWN)
    if isinstance(given, str) and given in table.columns:
        return _in_column(table, given, band, group)
    if isinstance(given, str) and given in STANDARDS:
        return _listed(table, standard(given).rename(columns={BAND: band}), band, given)
    raise ValueError(
        f"there is no standard {columns.told(given)}; choose one of {', '.join(STANDARDS)}, "
        f"name a column of weights, or give a table with columns {band!r} and 'population'"
    )


def _listed(table: pd.DataFrame, listed: pd.DataFrame, band: str, name: str) -> Weights:
    columns.require(table, [band])
    columns.require(listed, [band, "population"])
    weight = columns.numbers(listed, "population")
    _check(weight, "population")
    labels = listed[band].reset_index(drop=True)
    columns.refuse(labels.duplicated(), f"the standard names an age band of {band!r} twice", "name it once")
    bands = labels.tolist()
    place = positions(table[band], bands, name=band, of=name)
    return Weights(place, weight.to_numpy()[None, :], bands, name)


def _check(weight: pd.Series, name: str) -> None:
    columns.refuse(weight.isna(), f"column {name!r} is blank", "give every age band its weight")
    columns.refuse(weight < 0, f"a weight in column {name!r} is below zero", "correct it")
    if len(weight) and not weight.sum():
        raise ValueError(f"the weights in column {name!r} are all 0; give at least one band a weight")


def _in_column(table: pd.DataFrame, name: str, band: str, group: np.ndarray) -> Weights:
    weight = columns.numbers(table, name)
    _check(weight, name)
    place, bands = _bands(table, band, group)
    grid = np.zeros((group.max(initial=-1) + 1, place.max(initial=-1) + 1))
    grid[group, place] = weight
    columns.refuse(
        pd.Series(grid[group, place] != weight.to_numpy()),
        f"column {name!r} gives one age band of one group two weights",
        "give it one weight",
    )
    return Weights(place, grid, bands, name)


def _bands(table: pd.DataFrame, band: str, group: np.ndarray) -> tuple[np.ndarray, list[object]]:
    """Give bands numbers in the order of age; with no column for them, each row of a group is its own."""
    if band == BAND and band not in table.columns:
        return pd.Series(group).groupby(group).cumcount().to_numpy(), []
    columns.require(table, [band])
    bands = sorted(table[band].dropna().unique(), key=_by_age)
    return positions(table[band], bands, name=band, of="the table"), bands


def _by_age(label: object) -> tuple[float, str]:
    first = span(label)[0]
    return (float("inf") if first is None else first), str(label)

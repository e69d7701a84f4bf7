"""Counts by group and age band, and what is wanting in them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats.standard_weights import Weights
from pophealth.stats.tallies import MISSING, NOBODY

_NO_BAND = "a row is missing: its weights add up to less than those of other groups"


class BandCounts(NamedTuple):
    """Events, people and weights: a row per group, a column per age band."""

    events: np.ndarray
    people: np.ndarray
    weight: np.ndarray  # one row where all groups share a standard
    rows: np.ndarray  # rows of the table
    counted: np.ndarray  # rows with both counts
    bands: Sequence[object]


def by_band(events: np.ndarray, people: np.ndarray, group: np.ndarray, weights: Weights) -> BandCounts:
    """Sum events and people by group and age band; a row that lacks a count adds nothing.

    >>> weights = Weights(np.array([0, 1, 1]), np.array([[3, 2]]), ["young", "old"], "WHO", "age")
    >>> by_band(np.array([1, 2, 3]), np.array([9, 8, 7]), np.array([0, 0, 0]), weights).events
    array([[1., 5.]])
    """
    shape = group.max(initial=-1) + 1, weights.weight.shape[1]
    cell = group * shape[1] + weights.place
    whole = ~(np.isnan(events) | np.isnan(people))
    used = whole & (people > 0)

    def summed(each: np.ndarray | None) -> np.ndarray:
        return np.bincount(cell, each, minlength=shape[0] * shape[1]).reshape(shape)

    rows = summed(None)
    return BandCounts(
        summed(np.where(used, events, 0)),
        summed(np.where(used, people, 0)),
        weights.weight,
        rows,
        rows if whole.all() else summed(whole),
        weights.bands,
    )


def wanting(counts: BandCounts) -> np.ndarray:
    """Say for each group which age band is missing, has a count missing or has no people, or "".

    >>> weights = Weights(np.array([0, 0]), np.array([[3, 2]]), ["0-64", "65+"], "your own standard", "age")
    >>> wanting(by_band(np.array([1, 4]), np.array([9, 0]), np.array([0, 1]), weights)).tolist()
    ['age band 65+ is missing', 'age band 65+ is missing']
    """
    there = counts.rows > 0
    nothing = np.where(there, counts.weight > 0, _weighs(counts)) & (counts.people == 0)
    light = np.where(_light(counts), _NO_BAND, "")
    if not nothing.any():
        return light
    absent, blank = nothing & ~there, nothing & there & (counts.counted == 0)
    nobody = nothing & (counts.counted > 0)
    return np.select(
        [hits.any(axis=1) for hits in (absent, blank, nobody)],
        [
            _told(absent, counts.bands, "age band{} is missing"),
            _told(blank, counts.bands, MISSING + " in age band{}"),
            _told(nobody, counts.bands, NOBODY + " in age band{}"),
        ],
        default=light,
    )


def check_bands(counts: BandCounts, weights: Weights) -> None:
    """Raise a ValueError naming the age bands that no group has.

    >>> weights = Weights(np.array([0]), np.array([[3, 2]]), ["0-64", "65+"], "your own standard", "age")
    >>> counts = by_band(np.array([1]), np.array([9]), np.array([0]), weights)
    >>> check_bands(counts, weights)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: no row of column 'age' has age band 65+ of your own standard; ...
    """
    lost = _weighs(counts) & (counts.rows == 0).all(axis=0)
    if len(counts.rows) and lost.any():
        told = ", ".join(str(label) for label, gone in zip(counts.bands, lost, strict=True) if gone)
        raise ValueError(
            f"no row of column {weights.band!r} has age band {told} of {weights.name}; add its rows, with a "
            "count of 0 where nothing happened"
        )


def _weighs(counts: BandCounts) -> np.ndarray:
    """Tell which bands weigh anything in any group; without labels no band can be missed by name."""
    if not counts.bands:
        return np.zeros(counts.weight.shape[1], dtype=bool)
    return counts.weight.max(axis=0, initial=0) > 0


def _light(counts: BandCounts) -> np.ndarray:
    """Tell which groups have fewer rows and less weight than others, where no column names the bands."""
    if counts.bands:
        return np.zeros(len(counts.rows), dtype=bool)
    rows, total = counts.rows.sum(axis=1), counts.weight.sum(axis=1)
    return (rows < rows.max(initial=0)) & (total < total.max(initial=0) * (1 - 1e-9))


def _told(hits: np.ndarray, bands: Sequence[object], words: str) -> np.ndarray:
    """Name the bands that are hit in each row of a table of True and False."""
    told = np.full(len(hits), words.format(""), dtype=object)
    some = hits.any(axis=1)
    if bands and some.any():
        labels = np.array([f" {band}," for band in bands], dtype=object)
        named = pd.Series(hits[some].astype(object) @ labels).str.rstrip(",")
        told[some] = [words.format(each) for each in named]
    return told

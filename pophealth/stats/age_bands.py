"""Age bands: which band of a list a label such as 85+, "85 and over" or 85 stands for."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from pophealth.stats import columns

_OPEN = re.compile(r"\+|over|older|more|plus|\bup\b")
_BELOW = re.compile(r"<|under|below|less")
_SHOWN = 30

BAND = "age_band"

Span = tuple[int | None, int | None]


def span(label: object) -> Span:
    """Read the first and last year of a band; None where it has no such end.

    A number alone is the age at which a band starts, and its end is the number -1.

    >>> span("5-9"), span("85 and over"), span("<1"), span(5), span("unknown")
    ((5, 9), (85, None), (0, 0), (5, -1), (None, None))
    """
    if isinstance(label, int | float | np.number):
        label = f"{label:g}"
    text = str(label).lower()
    years = [int(number) for number in re.findall(r"\d+", text)]
    if len(years) == 2:
        return years[0], years[1]
    if len(years) != 1:
        return None, None
    if _BELOW.search(text):
        return 0, years[0] - 1
    return years[0], None if _OPEN.search(text) else -1


def positions(column: pd.Series, bands: Sequence[object], *, name: str, of: str) -> np.ndarray:
    """Give for each row the place of its band in a list of bands.

    Parameters
    ----------
    column : Series
        Labels of age bands.
    bands : sequence
        The bands to find them in.
    name, of : str
        What the column, and the list of bands, is called in a sentence about them.

    Returns
    -------
    ndarray
        A number from 0 for each row.

    Raises
    ------
    ValueError
        If a label is blank or stands for no band.

    Examples
    --------
    >>> positions(pd.Series(["5 to 9", 0]), ["0-4", "5-9", "10+"], name="age", of="the standard").tolist()
    [1, 0]
    """
    code, labels = pd.factorize(column.reset_index(drop=True))
    places = _places(bands)
    place = np.array([_found(label, places) for label in labels] or [0], dtype=int)
    found = np.where(code >= 0, place[code], -1)
    unknown = np.flatnonzero(found < 0)
    if len(unknown):
        row = int(unknown[0])
        held = "is blank" if code[row] < 0 else f"holds {str(labels[code[row]])!r}"
        offered = ", ".join(str(band) for band in bands[:_SHOWN])
        raise ValueError(
            f"column {name!r} {held} in row {row} (rows are counted from 0), which is no age band of {of}; "
            f"its bands are {offered}"
        )
    return found


def band_column(
    table: pd.DataFrame, given: str | None, bands: Sequence[object], *, taken: Sequence[str], of: str
) -> str:
    """Give the column of age bands: the one named, ``age_band``, or the only one that holds such bands.

    >>> table = pd.DataFrame({"place": ["a", "a"], "age": [0, 5], "deaths": [0, 5]})
    >>> band_column(table, None, ["0-4", "5+"], taken=["deaths"], of="the standard")
    'age'
    """
    if given is not None or BAND in table.columns:
        columns.require(table, [BAND if given is None else given])
        return BAND if given is None else given
    fitting = [name for name in table.columns if name not in taken and _fits(table[name], bands)]
    if len(fitting) != 1:
        raise ValueError(
            f"column {BAND!r} is not in the table, and {len(fitting)} others could hold the age bands of "
            f"{of}; name the column as band"
        )
    return fitting[0]


def _fits(column: pd.Series, bands: Sequence[object]) -> bool:
    places = _places(bands)
    return bool(len(column)) and all(_found(label, places) >= 0 for label in column.unique())


def _places(bands: Sequence[object]) -> dict[Any, int]:
    """Map every way to write a band to its place: as it stands, by first and last year, by first year."""
    spans = [span(band) for band in bands]
    starts = {(first, -1): place for place, (first, _) in enumerate(spans) if first is not None}
    whole = {each: place for place, each in enumerate(spans) if each[0] is not None}
    return starts | whole | {str(band).strip(): place for place, band in enumerate(bands)}


def _found(label: object, places: dict[Any, int]) -> int:
    return places.get(str(label).strip(), places.get(span(label), -1))

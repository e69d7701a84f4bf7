"""Whether a table counts people, or has one row for each of them."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import identifier_cells as cells
from pophealth.stats import identifier_headers as headers

FEW = 10
_OWN_CODE = "Each row has a code of its own."
_AGES = "Ages stand beside days or traits and nothing is counted, so each row seems to be one person."
_ALL_ONE = "Every denominator is 1, so each row seems to be one person."
_NO_CODE = ("measure", "indicator", "metric")


class Column(NamedTuple):
    """A column as text: its different cells, and which of them stands in which row (-1: blank)."""

    at: int
    name: object
    words: str
    texts: pd.Series
    codes: np.ndarray
    numeric: bool

    def rows(self, seen: np.ndarray) -> np.ndarray:
        """Mark the rows whose text was seen."""
        return np.append(seen, False)[self.codes]

    def numbers(self) -> np.ndarray:
        """Give the different cells as numbers; what is none is missing."""
        return pd.to_numeric(self.texts, errors="coerce").to_numpy(dtype=float)

    def unique(self) -> bool:
        """Tell whether each row has a cell of its own."""
        return len(self.texts) == len(self.codes) and bool((self.codes >= 0).all())

    def runs_on(self) -> bool:
        """Tell whether the cells are the numbers of the rows, 0, 1, 2 and so on from any start."""
        numbers = self.numbers()
        return self.unique() and bool((np.diff(numbers) == 1).all())


def read(table: pd.DataFrame, at: int) -> Column:
    """Read a column of a table as text; dates become days, whole numbers lose their point.

    >>> column = read(pd.DataFrame({"ZIP": [27514.0, None, 27514.0]}), 0)
    >>> column.texts.tolist(), column.codes.tolist()
    (['27514'], [0, -1, 0])
    """
    name, cell = table.columns[at], table.iloc[:, at]
    try:
        codes, different = pd.factorize(cell.astype(object))
    except TypeError:  # lists and the like
        codes, different = pd.factorize(cell.map(str))
    texts = pd.Series([_text(one) for one in different], dtype=object)
    blank = texts.eq("").to_numpy(dtype=bool)
    place = np.append(np.where(blank, -1, np.cumsum(~blank) - 1), -1)
    numeric = bool(pd.api.types.is_numeric_dtype(cell.dtype))
    return Column(
        at, name, headers.words_of(name), texts[~blank].reset_index(drop=True), place[codes], numeric
    )


def counts_people(held: list[Column]) -> bool:
    """Tell whether a table holds counts: a column called as counts are, with a number above 1.

    >>> counts_people([read(pd.DataFrame({"births": [254, 239]}), 0)])
    True
    """
    called = [column for column in held if headers.counts_people(column.words)]
    return any(bool((column.numbers() > 1).any()) for column in called)


def one_row_a_person(held: list[Column]) -> Iterator[tuple[int, str, np.ndarray, str]]:
    """Find the columns that show that each row of a table without counts is one person.

    Yields the place of the column, the class, the rows and why.
    """
    aged = [column for column in held if headers.AGE.search(column.words) and _single_ages(column)]
    beside = [column for column in held if headers.tells_a_trait(column.words) or _days(column)]
    for column in aged if beside else []:
        yield column.at, "one row a person", column.codes >= 0, _AGES
    for column in held:
        if _own_codes(column):
            yield column.at, "other code", column.codes >= 0, _OWN_CODE
        if column.words == "denominator" and _all_one(column):
            yield column.at, "one row a person", column.codes >= 0, _ALL_ONE


def _all_one(column: Column) -> bool:
    return int((column.codes >= 0).sum()) > FEW and bool((column.numbers() == 1).all())


def _single_ages(column: Column) -> bool:
    return not headers.NO_AGE.search(column.words) and bool(
        len(column.texts) and cells.whole(cells.SINGLE_AGE, column.texts).all()
    )


def _days(column: Column) -> bool:
    return bool(len(column.texts) and cells.whole(cells.DAY, column.texts).mean() > 0.5)


def _own_codes(column: Column) -> bool:
    """Tell whether each row has a code: letters with digits, or long numbers of one length."""
    if len(column.codes) < FEW or not column.unique() or column.words in _NO_CODE:
        return False
    if headers.WHEN.search(column.words):
        return False
    long = cells.whole(cells.LONG_NUMBER, column.texts) & column.texts.str.len().eq(len(column.texts[0]))
    time = cells.whole(cells.DAY, column.texts) | cells.whole(cells.MONTH, column.texts)
    mixed = cells.whole(cells.UNIQUE_CODE, column.texts) & cells.seen(cells.LETTER, column.texts)
    return bool(((long | mixed) & ~time).all())


def _text(cell: object) -> str:
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())

"""What in a table points at a person: the 18 classes of the Safe Harbor rule, and one row a person."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats import identifier_cells as cells
from pophealth.stats import identifier_headers as headers
from pophealth.stats.identifier_shape import Column, counts_people, one_row_a_person, read

CLASSES = {
    "name": "a name",
    "place": "a place smaller than a state",
    "date or age": "a day in a person's life or an age over 89",
    "phone": "a phone number",
    "fax": "a fax number",
    "e-mail": "an e-mail address",
    "social security number": "a social security number",
    "medical record number": "a medical record number",
    "health plan number": "a health plan number",
    "account number": "an account number",
    "license number": "a license or certificate number",
    "vehicle number": "a vehicle or plate number",
    "device number": "a device number",
    "web address": "a web address",
    "IP address": "an IP address",
    "body print": "a fingerprint, a voice or another body print",
    "photo": "a photo",
    "other code": "a code that only one person has",
    "one row a person": "one row for each person",
}
"""Each class, and how a sentence calls one of it; the last is a shape and not a class of the rule."""

_NEEDS = {
    "name": cells.LETTER,
    "e-mail": cells.LETTER,
    "photo": cells.LETTER,
    "phone": cells.SEVEN_DIGITS,
    "fax": cells.SEVEN_DIGITS,
    "social security number": cells.FOUR_DIGITS,
    **dict.fromkeys(headers.NUMBERED, cells.CODE),
}
_TITLES = ("social security number", "phone", "e-mail", "web address", "IP address")
_NOTES = ("note", "notes", "comment", "comments", "remark", "remarks")


class Found(NamedTuple):
    """Rows of a column that look like a class of identifiers."""

    at: int
    held: str
    marks: np.ndarray
    why: str


def find_identifiers(table: pd.DataFrame) -> pd.DataFrame:
    """Find what may point at a person: in the names of columns, in cells, and in the shape of a table.

    No row in the answer means that nothing was found, not that nothing is there: names in free text are not
    found reliably, so somebody who knows the people should look too. Counts of groups are no identifiers:
    periods, bands of age and areas of the first three digits of a ZIP code are let pass.

    Parameters
    ----------
    table : DataFrame
        Any table; its columns may have any names, and cells may be text, numbers or dates.

    Returns
    -------
    DataFrame
        One row per column and class: ``column``; ``class``, a key of `CLASSES`; ``rows``, the positions of
        the rows, counted from 0; ``count``, how many they are; and ``why``, one sentence. The cells
        themselves are never shown. Where the name of a column itself points at a person, the column is
        called by its place, such as ``number 2``.

    Raises
    ------
    ValueError
        If `table` is no DataFrame.

    Notes
    -----
    Safe Harbor, 45 CFR 164.514(b)(2): 18 classes. ZIP codes keep their first three digits only where
    more than 20,000 people live; the 17 areas with fewer are those of the 2000 Census in the guidance of the
    Department of Health and Human Services, 2012. A table is taken as one row for each person when each
    row has a code of its own, when ages stand beside days or traits and nothing is counted, or when every
    denominator is 1.

    Examples
    --------
    >>> table = pd.DataFrame({"MRN": ["A-10045", "A-10046"], "note": ["", "call 555-010-4477"]})
    >>> find_identifiers(table)[["column", "class", "rows"]]
      column                  class    rows
    0    MRN  medical record number  (0, 1)
    1   note                  phone    (1,)
    """
    columns.require(table, [])
    held = [read(table, at) for at in range(table.shape[1])]
    counted = counts_people(held)
    found = [one for column in held for one in _in_column(column, held, counted)]
    if not counted:
        shape = [Found(*seen) for seen in one_row_a_person(held)]
        found += shape + (_beside_people(held) if found or shape else [])
    return _listed(found, held)


def _in_column(column: Column, held: list[Column], counted: bool) -> Iterator[Found]:
    says = headers.class_of(column.words)
    yield from _promised(column, says, counted)
    yield from _looking_like(column, says)
    yield from _places(column, says, held)
    yield from _days_and_ages(column, held, counted)


def _found(column: Column, held: str, seen: np.ndarray, why: str = "") -> Iterator[Found]:
    """Turn what was seen among different texts into rows; nothing where there are none."""
    if seen.any():
        yield Found(column.at, held, column.rows(seen), why or f"It looks like {CLASSES[held]}.")


def _promised(column: Column, says: str, counted: bool) -> Iterator[Found]:
    """Find cells of a column whose name promises an identifier."""
    why = f"The name of the column tells of {CLASSES[says]}." if says else ""
    if says in ("other code", "medical record number") and counted and column.runs_on():
        return
    if says:
        needed = _NEEDS.get(says)
        everything = np.ones(len(column.texts), dtype=bool)
        yield from _found(column, says, cells.seen(needed, column.texts) if needed else everything, why)
    elif headers.names_one_person(column.words):
        why = "The column is called after one person."
        people = cells.whole(cells.TWO_NAMES, column.texts) & ~cells.seen(cells.A_GROUP, column.texts).any()
        code = cells.whole(cells.UNIQUE_CODE, column.texts)
        called = column.words in headers.ONE_OF_THEM and not counted
        yield from _found(column, "name", people, why)
        yield from _found(column, "other code", ~people if called else code, why)


def _looking_like(column: Column, says: str) -> Iterator[Found]:
    """Find cells that look like an identifier, whatever the column is called."""
    title = pd.Series([str(column.name)], dtype=object)
    for held in _TITLES:
        if cells.seen(cells.patterns()[held], title).any():
            nowhere = np.zeros(len(column.codes), dtype=bool)
            yield Found(column.at, held, nowhere, f"The name of the column looks like {CLASSES[held]}.")
    if column.numeric:
        return
    plain = cells.whole(cells.NUMBER, column.texts) & (column.words not in _NOTES)
    plain |= cells.whole(cells.DAY, column.texts)
    looks = {held: _seen(pattern, column.texts, ~plain) for held, pattern in cells.patterns().items()}
    looks["phone"] &= ~looks["fax"] & (says != "fax")
    looks["other code"] &= not says
    for held, seen in looks.items():
        yield from _found(column, held, seen)


def _seen(pattern: re.Pattern[str], texts: pd.Series, where: np.ndarray) -> np.ndarray:
    seen = np.zeros(len(texts), dtype=bool)
    seen[where] = cells.seen(pattern, texts[where])
    return seen


def _places(column: Column, says: str, held: list[Column]) -> Iterator[Found]:
    """Find ZIP codes that tell too much, addresses, and places on a map."""
    texts = column.texts
    five = "Five digits of a ZIP code are too many; three may stay."
    few = "Too few people live in this ZIP3 area, by the list of the 2000 Census."
    short = texts.where(~cells.whole(cells.UP_TO_THREE, texts), texts.str.zfill(3))
    if headers.ZIP.search(column.words):
        long = cells.seen(cells.ZIP5, texts) | cells.whole(cells.SHORT_ZIP5, texts)
        yield from _found(column, "place", long, five)
        yield from _found(column, "place", cells.whole(cells.ZIP3, short), few)
    for split in held if column.words == "stratum" else ():
        if split.words == "stratifier":
            area = split.rows(cells.seen(headers.AREA, split.texts.str.lower()))
            marks = column.rows(cells.seen(cells.ZIP5, texts)) & area
            low = column.rows(cells.seen(cells.ZIP3, short)) & area
            yield from (
                Found(column.at, "place", *one) for one in ((marks, five), (low, few)) if one[0].any()
            )
    if not says and headers.ADDRESS.search(column.words):
        yield from _found(column, "place", cells.seen(cells.LETTER, texts), "It tells where somebody lives.")
    if not says and headers.SPOT.search(column.words):
        yield from _found(column, "place", cells.whole(cells.DEGREES, texts), "It tells a place on a map.")


def _days_and_ages(column: Column, held: list[Column], counted: bool) -> Iterator[Found]:
    """Find birthdays, days on which something happened to one person, and ages over 89."""
    texts, words = column.texts, column.words
    day = cells.whole(cells.DAY, texts)
    if headers.BIRTH.search(words):
        month = cells.whole(cells.MONTH, texts)
        yield from _found(column, "date or age", day | month, "It tells when somebody was born.")
    others = any(headers.WHEN.search(other.words) for other in held if other.at != column.at)
    if headers.EVENT.search(words) and (others or not counted):
        why = "It tells the day on which something happened to one person."
        yield from _found(column, "date or age", day, why)
    if words in _NOTES:
        yield from _found(column, "date or age", day, "A day stands alone where words should be.")
    why = "It is an age over 89; write 90 and over."
    if headers.AGE.search(words) and not headers.NO_AGE.search(words):
        yield from _found(column, "date or age", cells.whole(cells.AGE, texts), why)
    for split in held if words == "stratum" else ():
        if split.words == "stratifier":
            marks = column.rows(cells.whole(cells.AGE, texts))
            marks &= split.rows(cells.seen(headers.AGE, split.texts.str.lower()))
            yield from [Found(column.at, "date or age", marks, why)] if marks.any() else []


def _beside_people(held: list[Column]) -> list[Found]:
    """Find days and towns that tell of one person because the rows are people."""
    found: list[Found] = []
    for column in held:
        day = cells.whole(cells.DAY, column.texts)
        town = cells.seen(cells.LETTER, column.texts) & bool(headers.TOWN.search(column.words))
        found += _found(column, "date or age", day, "It is a full date beside what points at a person.")
        found += _found(column, "place", town, "It is a place beside what points at a person.")
    return found


def _listed(found: Iterable[Found], held: list[Column]) -> pd.DataFrame:
    """Give each column and class one row, in the order of the table and of the rule."""
    merged: dict[tuple[int, str], Found] = {}
    for one in found:
        before = merged.get((one.at, one.held), one)
        merged[one.at, one.held] = before._replace(marks=before.marks | one.marks)
    order = list(CLASSES)
    kept = sorted(merged.values(), key=lambda one: (one.at, order.index(one.held)))
    titles = {one.at for one in kept if one.why.startswith("The name of the column looks like")}
    rows = [tuple(np.flatnonzero(one.marks).tolist()) for one in kept]
    return pd.DataFrame(
        {
            "column": [f"number {one.at + 1}" if one.at in titles else held[one.at].name for one in kept],
            "class": [one.held for one in kept],
            "rows": rows,
            "count": [len(positions) for positions in rows],
            "why": [one.why for one in kept],
        }
    )

"""The first day of a period, read from the many ways people and spreadsheets write it."""

import re
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_TIME = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
_PATTERNS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        r"(?P<year>(?:1[5-9]|2[01])\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>\d\d)?",
        rf"{_NAME}[- /'’]*(?P<year>\d{{4}}|\d\d)",
        rf"(?P<year>\d{{4}})[- /]?{_NAME}",
        rf"(?P<day>\d{{1,2}})[- ./]+{_NAME}[- ,]+(?P<year>\d{{4}}|\d\d)",
        rf"{_NAME} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})",
        r"[Qq](?P<quarter>[1-4])[- /]?(?P<year>\d{4})",
        r"(?P<year>\d{4})[- /]?[Qq](?P<quarter>[1-4])",
        r"(?P<year>(?:1[5-9]|2[01])\d\d)",
    )
)
_TWO_DAYS = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})[-/.](\d{{4}}|\d\d){_TIME}", re.ASCII)
_SERIAL = re.compile(r"[2-6]\d{4}", re.ASCII)
_LENGTHS = {"month": 1, "quarter": 3, "year": 12}


class Read(NamedTuple):
    """Periods as read: first days, whether each was moved, and what to say where none was found."""

    first: pd.Series
    moved: pd.Series
    advice: pd.Series


def read_periods(texts: pd.Series, *, length: str = "month") -> Read:
    """Read a column of periods into the first day of each.

    A day inside a period is moved to its first day. Days like 01/02/2020 are read in the one order that
    fits the whole column; where both orders fit, they are not read.

    Parameters
    ----------
    texts : Series
        Text such as ``2020-01``, ``Jan-20``, ``01/2020``, ``1/15/2020``, ``Q1 2020``.
    length : str
        ``month``, ``quarter``, ``year``, or ``day``, which is kept as it is.

    Returns
    -------
    Read
        `first` (missing where it could not be read), `moved` (true or false), `advice` (text).

    Examples
    --------
    >>> read_periods(pd.Series(["Jan-20", "2020-02-15", "soon"])).first.dt.strftime("%Y-%m").tolist()
    ['2020-01', '2020-02', nan]
    """
    order = _order(texts)
    days = {text: _day(text, order) for text in texts.unique()}
    firsts = {text: _first(day, length) for text, day in days.items() if day}
    first = pd.to_datetime(texts.map(firsts)).astype("datetime64[ns]")
    moved = texts.map(lambda text: days[text] != firsts.get(text) or bool(_SERIAL.fullmatch(text)))
    advice = texts.map(lambda text: "" if days[text] else _advice(text))
    return Read(first, moved.astype(bool) & first.notna(), advice)


def length_of(periods: pd.Series) -> str:
    """Tell how long the periods are from the days they begin on.

    Parameters
    ----------
    periods : Series
        First days.

    Returns
    -------
    str
        ``year`` or ``quarter`` when every step fits it and there are at least three; else ``month``.

    Examples
    --------
    >>> length_of(pd.to_datetime(pd.Series(["1841-01-01", "1842-01-01", "1843-01-01"])))
    'year'
    """
    months = periods.dropna().drop_duplicates().sort_values()
    steps = (months.dt.year * 12 + months.dt.month).diff().dropna()
    if len(steps) >= 2:
        for length in ("year", "quarter"):
            if steps.mod(_LENGTHS[length]).eq(0).all() and months.dt.month.mod(_LENGTHS[length]).eq(1).all():
                return length
    return "month"


def missing_between(periods: pd.Series, *, length: str) -> list[pd.Timestamp]:
    """List the periods between the first and the last that have no row.

    Parameters
    ----------
    periods : Series
        First days.
    length : str
        ``month``, ``quarter``, ``year``, or ``day`` (of an event, where no day is missing).

    Returns
    -------
    list of Timestamp
        In order of time.

    Examples
    --------
    >>> missing_between(pd.to_datetime(pd.Series(["2020-01-01", "2020-03-01"])), length="month")
    [Timestamp('2020-02-01 00:00:00')]
    """
    there = set(periods.dropna())
    if not there or length == "day":
        return []
    step = {"month": "MS", "quarter": "QS", "year": "YS"}[length]
    return [day for day in pd.date_range(min(there), max(there), freq=step) if day not in there]


def months_in(periods: pd.Series) -> int:
    """Tell how many months a period lasts from the smallest step between first days.

    Parameters
    ----------
    periods : Series
        First days, also when periods were joined.

    Returns
    -------
    int
        1, 3, 6 or 12; 1 where there is one period only, or where days are told.

    Examples
    --------
    >>> months_in(pd.to_datetime(pd.Series(["2020-01-01", "2020-04-01", "2020-10-01"])))
    3
    """
    days = periods.dropna().drop_duplicates().sort_values()
    if len(days) < 2:
        return 1
    step = int((days.dt.year * 12 + days.dt.month).diff().min())
    return next((months for months in (12, 6, 3) if step and step % months == 0), 1)


def _order(texts: pd.Series) -> str:
    """Find whether day or month comes first in days like 01/02/2020; empty when both would fit."""
    found = [match for text in texts.unique() if (match := _TWO_DAYS.fullmatch(text))]
    left, right = ([int(match[place]) for match in found] for place in (1, 3))
    if any(match[2] == "." for match in found) or any(number > 12 for number in left):
        return "day first"
    if any(number > 12 for number in right) or (set(right) == {1} and len(set(left)) > 1):
        return "month first"
    return "day first" if set(left) == {1} and len(set(right)) > 1 else ""


def _day(text: str, order: str) -> date | None:
    if both := _TWO_DAYS.fullmatch(text):
        left, right = int(both[1]), int(both[3])
        if not order and left != right:
            return None
        month, day = (right, left) if order == "day first" else (left, right)
        return _date(both[4], month, day)
    if _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(text))
    match = next((found for pattern in _PATTERNS if (found := pattern.fullmatch(text))), None)
    return _from_parts(match.groupdict()) if match else None


def _from_parts(parts: dict[str, str | None]) -> date | None:
    if name := parts.get("name"):
        month = _month_of(name.lower())
    elif quarter := parts.get("quarter"):
        month = int(quarter) * 3 - 2
    else:
        month = int(parts.get("month") or 1)
    return _date(str(parts["year"]), month, int(parts.get("day") or 1))


def _month_of(name: str) -> int:
    short = "sep" if name == "sept" else name
    return next((number for number, full in enumerate(_MONTHS, start=1) if full.startswith(short)), 0)


def _date(year: str, month: int, day: int) -> date | None:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)
    try:
        return date(full, month, day) if 1500 <= full < 2200 else None
    except ValueError:
        return None


def _first(day: date, length: str) -> date:
    if length == "day":
        return day
    months = _LENGTHS[length]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _advice(text: str) -> str:
    if not text:
        return "Write the month, like 2020-01."
    if _TWO_DAYS.fullmatch(text):
        return "Day or month could come first. Write the month, like 2020-01."
    if re.fullmatch(rf"\d{{1,2}}[- ]{_NAME}", text):
        return "A spreadsheet has turned a month into a day of this year. Write the month, like 2020-01."
    return "Write the month, like 2020-01."

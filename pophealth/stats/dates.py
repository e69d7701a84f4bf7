"""Order of time: which date comes before which, also where dates are written as text."""

import re

import numpy as np
import pandas as pd

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBERS = {name[:letters]: at for at, name in enumerate(_MONTHS, 1) for letters in (3, 4, len(name))}
_NAME = f"(?P<name>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_SORTED = re.compile(r"[0-9]{4}-[0-9]{2}(?![0-9])")
_WRITTEN = [
    re.compile(pattern)
    for pattern in (
        r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})([-/](?P<day>[0-9]{1,2}))?",
        r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})",
        rf"((?P<day>[0-9]{{1,2}})\.?[ -])?{_NAME}\.?[ -]?(?P<year>[0-9]{{4}})",
    )
]
_UNCLEAR = [
    (re.compile(rf"{_NAME}\.?"), "is a month without a year"),
    (re.compile(rf"{_NAME}\.?[ -]?[0-9]{{1,2}}"), "may be a day or a year"),
    (re.compile(rf"[0-9]{{1,2}}[ -]{_NAME}\.?"), "may be a day or a year"),
    (
        re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1([0-9]{4}|[0-9]{2})([ t].*)?"),
        "may have the day or the month first",
    ),
]


def in_time(when: pd.Series, name: str) -> np.ndarray:
    """Give numbers or dates that sort as time does; equal ones are one point in time.

    Text is read where it is plain: whole numbers, year and month (and day), or a month's name and a year.
    All other text keeps the order of text.

    Parameters
    ----------
    when : Series
        The dates, none of them blank.
    name : str
        The name of their column, for the sentence when they cannot be put in order.

    Returns
    -------
    array
        The dates themselves if they are numbers or dates, else their rank from 0.

    Raises
    ------
    ValueError
        If the order is not clear: a month without a year, or 01/02/2020.

    Examples
    --------
    >>> in_time(pd.Series(["2024-10", "2024-2", "2024-1"]), "month").tolist()
    [2, 1, 0]
    >>> in_time(pd.Series(["Jan 2024", "December 2023"]), "month").tolist()
    [1, 0]
    """
    if isinstance(when.dtype, np.dtype) and when.dtype.kind in "iufM":
        return when.to_numpy()
    try:
        codes, dates = pd.factorize(when)
        texts = _texts(when, dates, name)
        keys = _keys(texts, name) if texts else None
        if keys is None:
            return pd.factorize(dates, sort=True)[0][codes]
    except TypeError:
        raise ValueError(_mixed(name)) from None
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return np.array([ranks[key] for key in keys])[codes]


def _mixed(name: str) -> str:
    return (
        f"column {name!r} mixes kinds of values, so it cannot be put in order; "
        "write all of its dates alike, such as 2020-01-31"
    )


def _texts(when: pd.Series, dates: pd.Index, name: str) -> list[str]:
    """Give the different dates as plain text; none where they are no text or have an order of their own."""
    if isinstance(when.dtype, pd.CategoricalDtype) and when.dtype.ordered:
        return []
    texts = [date.strip() for date in dates if isinstance(date, str)]
    if texts and len(texts) < len(dates):
        raise ValueError(_mixed(name))
    if "" in texts:
        row = int(np.flatnonzero((when == dates[texts.index("")]).to_numpy())[0])
        raise ValueError(f"column {name!r} is blank in row {row} (rows are counted from 0); fill it in")
    return texts


def _keys(texts: list[str], name: str) -> list[tuple[int, ...]] | None:
    """Read each text as a number, or as year, month and day; None where the order of text must do."""
    if all(map(_SORTED.match, texts)):
        return None
    if all(text.isdecimal() for text in texts):
        return [(int(text),) for text in texts]
    keys = [_key(text, name) for text in texts]
    read = [key for key in keys if key is not None]
    return read if len(read) == len(keys) else None


def _key(text: str, name: str) -> tuple[int, ...] | None:
    for pattern, why in _UNCLEAR:
        if pattern.fullmatch(text.lower()):
            raise ValueError(f"column {name!r} holds {text!r}, which {why}; write dates such as 2020-01-31")
    found = next((found for pattern in _WRITTEN if (found := pattern.fullmatch(text.lower()))), None)
    if found is None:
        return None
    part = found.groupdict()
    month = part.get("month") or _NUMBERS[part["name"]]
    return int(part["year"]), int(month), int(part.get("day") or 0)

"""Small pieces of sentences: numbers, dates, lists and chances, written the way people read them."""

from collections.abc import Sequence
from math import isfinite

import pandas as pd

SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
QUARTERS = ("first", "second", "third", "fourth")


def short(number: float, unit: str) -> str:
    """Write a number as short as it can be read aloud.

    Examples
    --------
    >>> short(0.105258, "percent"), short(0.5613, "percent"), short(0.149, "points"), short(1234.5, "number")
    ('10.5%', '56%', '15 points', '1,234')
    """
    if number is None or not isfinite(number):
        return "–"
    if unit == "percent":
        return f"{_trimmed(number * 100, one_decimal_until=20, and_from=95)}%"
    if unit == "points":
        size = _trimmed(number * 100, one_decimal_until=3)
        return f"{size} {'point' if size == '1' else 'points'}"
    if unit == "ratio":
        return f"{number:.2f}"
    plain = _trimmed(number, one_decimal_until=20)
    return plain if unit in ("", "number") else f"{plain} {unit}"


def _trimmed(number: float, *, one_decimal_until: float, and_from: float = float("inf")) -> str:
    fine = abs(number) < one_decimal_until or and_from <= abs(number) < 100
    text = f"{number:,.1f}" if fine else f"{number:,.0f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text.replace("-", "−")


def many(count: int, noun: str) -> str:
    """Count things, spelled out up to ten.

    Examples
    --------
    >>> many(1, "month"), many(7, "month"), many(22, "month"), many(0, "month")
    ('one month', 'seven months', '22 months', 'no months')
    """
    return f"{spelled(count)} {noun}" if count == 1 else f"{spelled(count)} {noun}s"


def spelled(count: int) -> str:
    """Write a count, spelled out up to ten.

    Examples
    --------
    >>> spelled(0), spelled(7), spelled(1200)
    ('no', 'seven', '1,200')
    """
    return SPELLED[count] if count < len(SPELLED) else f"{count:,}"


def moment(date: pd.Timestamp, period: str = "month") -> str:
    """Name a period.

    Examples
    --------
    >>> moment(pd.Timestamp("2020-08-01")), moment(pd.Timestamp("2020-07-01"), "quarter")
    ('August 2020', 'the third quarter of 2020')
    """
    date = pd.Timestamp(date)
    if period == "year":
        return str(date.year)
    if period == "quarter":
        return f"the {QUARTERS[(date.month - 1) // 3]} quarter of {date.year}"
    if period == "event":
        return f"{date:%B} {date.day}, {date.year}"
    if period == "week":
        return f"the week of {date:%B} {date.day}, {date.year}"
    return f"{date:%B} {date.year}"


def span(first: pd.Timestamp, last: pd.Timestamp, period: str = "month") -> str:
    """Name a stretch of periods, the year once where that is enough.

    Examples
    --------
    >>> span(pd.Timestamp("2020-03-01"), pd.Timestamp("2020-11-01"))
    'March to November 2020'
    """
    first, last = pd.Timestamp(first), pd.Timestamp(last)
    if first == last:
        return moment(first, period)
    if period == "month" and first.year == last.year:
        return f"{first:%B} to {moment(last)}"
    return f"{moment(first, period)} to {moment(last, period)}"


def about_when(date: pd.Timestamp) -> str:
    """Say roughly when something was done.

    Examples
    --------
    >>> about_when(pd.Timestamp("1847-05-15")), about_when(pd.Timestamp("2020-08-03"))
    ('mid-May 1847', 'early August 2020')
    """
    date = pd.Timestamp(date)
    part = "early " if date.day <= 10 else "mid-" if date.day <= 20 else "late "
    return f"{part}{date:%B} {date.year}"


def listed(items: Sequence[str]) -> str:
    """Join words with commas and one "and".

    Examples
    --------
    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


RARE = " (under 1 chart in 100)"


def by_luck(what: str, chance: float) -> str:
    """Say how often luck alone would draw the same.

    Examples
    --------
    >>> by_luck("such a run", 0.0145)
    'luck alone draws such a run on about 1 chart in 70'
    >>> by_luck("such a run", 0.002)
    'luck alone is very unlikely to draw such a run (under 1 chart in 100)'
    >>> by_luck("such a point", 0.8)
    'luck alone draws such a point on most charts'
    """
    if chance < 0.01:
        return f"luck alone is very unlikely to draw {what}{RARE}"
    if chance > 2 / 3:
        return f"luck alone draws {what} on most charts"
    charts = 1 / chance
    step = 10 if charts >= 30 else 5 if charts >= 12 else 1
    return f"luck alone draws {what} on about 1 chart in {max(2, round(charts / step) * step)}"


def some(items: Sequence[str], noun: str, *, most: int = 4) -> str:
    """List a few things by name, and count the rest.

    Examples
    --------
    >>> some(["a", "b"], "group"), some(["a", "b", "c", "d", "e", "f"], "group")
    ('a and b', 'a, b, c and three other groups')
    """
    if len(items) <= most:
        return listed(items)
    rest = many(len(items) - most + 1, f"other {noun}")
    return listed([*items[: most - 1], rest])


def first_capital(text: str) -> str:
    """Start a sentence with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]

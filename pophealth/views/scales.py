"""Where things stand on a chart: round ticks, dates as numbers, labels that keep apart."""

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10
from typing import NamedTuple

import pandas as pd

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY = 86_400_000
WEEKS = 70
"""Days up to which single days are named under a chart of days or weeks."""


class Scale(NamedTuple):
    """A value scale: its ends, its ticks, and the words at the ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]

    def pixel(self, value: float, height: float) -> float:
        """Return how far below the top of the plot a value stands."""
        return height * (self.high - value) / (self.high - self.low)

    def value(self, pixel: float, height: float) -> float:
        """Return the value that stands so far below the top of the plot, above or below the ends as well."""
        return self.high - pixel * (self.high - self.low) / height


def value_scale(values: Sequence[float], *, unit: str, ticks: int = 5) -> Scale:
    """Choose round ticks around the values; shares stay between 0 and 100%.

    Examples
    --------
    >>> value_scale([0.51, 0.83], unit="percent").labels
    ('50%', '60%', '70%', '80%', '90%')
    """
    known = [value for value in values if value is not None and isfinite(value)] or [0.0, 1.0]
    low, high = min(known), max(known)
    if 0 <= low < 0.35 * high:
        low = 0.0
    same = high - low <= max(abs(high) * 1e-6, 1e-9)
    spread = high - low if not same else abs(high) if abs(high) > 1e-9 else 1.0
    step = _round_step(spread / ticks)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    if unit == "percent":
        first, last = max(first, 0), min(last, round(1 / step)) if high <= 1 else last
    if last <= first:
        first, last = _around(first, unit, step)
    marks = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Scale(marks[0], marks[-1], marks, tuple(tick_label(mark, unit=unit, step=step) for mark in marks))


def _around(tick: int, unit: str, step: float) -> tuple[int, int]:
    """Leave room on both sides of values that are all the same; nothing lies below 0% or above 100%."""
    if tick == 0:
        return 0, 1
    return tick - 1, tick if unit == "percent" and tick * step >= 1 else tick + 1


def _round_step(step: float) -> float:
    size = 10 ** floor(log10(step))
    return next(size * many for many in (1, 2, 5, 10) if size * many >= step * 0.999)


def tick_label(value: float, *, unit: str, step: float) -> str:
    """Write a tick: as a percent, in percentage points, or as a plain number."""
    hundred = unit in ("percent", "points")
    shown, step = (value * 100, step * 100) if hundred else (value, step)
    decimals = max(0, -floor(log10(step) + 1e-9))
    text = f"{shown:,.{decimals}f}".replace("-", "−")
    return f"{text}%" if unit == "percent" else text


def milliseconds(dates: pd.Series) -> pd.Series:
    """Turn dates into milliseconds since 1970, which is what a time axis counts, in no time zone.

    Events that are counted instead of dated stand a day apart.
    """
    if pd.api.types.is_numeric_dtype(dates):
        return (dates * DAY).round().astype("int64")
    return (pd.to_datetime(dates) - pd.Timestamp(0)) // pd.Timedelta(milliseconds=1)


def ticks_under(when: pd.Series, *, most: int) -> dict[int, list[str]]:
    """Choose what stands under a chart: dates, or the numbers of events that are counted.

    Examples
    --------
    >>> ticks_under(pd.Series([1, 2, 3, 4, 5]), most=3)
    {172800000: ['2'], 345600000: ['4']}
    """
    if pd.api.types.is_numeric_dtype(when):
        scale = value_scale([when.min(), when.max()], unit="number", ticks=most)
        whole = [tick for tick in scale.ticks if tick == int(tick) and when.min() <= tick <= when.max()]
        return {int(tick) * DAY: [f"{int(tick):,}"] for tick in whole}
    dates = pd.to_datetime(when)
    first, last = dates.min(), dates.max()
    if dates.diff().dt.days.median() < 28 and (last - first).days < WEEKS:
        return _days(first, last, most)
    return date_ticks(first, last, most=most)


def date_ticks(first: pd.Timestamp, last: pd.Timestamp, *, most: int) -> dict[int, list[str]]:
    """Choose the dates under a chart: months with the year below where it changes, or years alone.

    Examples
    --------
    >>> list(date_ticks(pd.Timestamp("2019-04-01"), pd.Timestamp("2020-01-01"), most=4).values())
    [['Apr', '2019'], ['Jul', ''], ['Oct', ''], ['Jan', '2020']]
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / size < most), 600)
    if step >= 12:
        years = range(-(-first.year // (step // 12)) * (step // 12), last.year + 1, step // 12)
        stamps = [pd.Timestamp(year, 1, 1) for year in years]
        return {_number(stamp): [str(stamp.year)] for stamp in stamps if first <= stamp <= last}
    start = pd.Timestamp(first.year, first.month, 1)
    stamps = [start + pd.DateOffset(months=count) for count in range(0, months + 1, step)]
    stamps = [stamp for stamp in stamps if stamp >= first]
    return _with_years(stamps, [MONTHS[stamp.month - 1] for stamp in stamps])


def _days(first: pd.Timestamp, last: pd.Timestamp, most: int) -> dict[int, list[str]]:
    """Name single days, evenly spaced, when there are only a few weeks."""
    length = (last - first).days
    step = next((size for size in (1, 2, 7, 14, 28) if length / size < most), 56)
    stamps = [first.normalize() + pd.Timedelta(days=count) for count in range(0, length + 1, step)]
    return _with_years(stamps, [f"{MONTHS[stamp.month - 1]} {stamp.day}" for stamp in stamps])


def _with_years(stamps: list[pd.Timestamp], words: list[str]) -> dict[int, list[str]]:
    years_said = [None, *(stamp.year for stamp in stamps)]
    return {
        _number(stamp): [word, "" if stamp.year == said else str(stamp.year)]
        for stamp, word, said in zip(stamps, words, years_said, strict=False)
    }


def _number(stamp: pd.Timestamp) -> int:
    return round(stamp.timestamp() * 1000)


def kept_apart(places: Sequence[float], *, room: float, low: float, high: float) -> list[float]:
    """Move labels as little as needed so that none covers another and none leaves the plot.

    Labels that would touch are pushed apart to both sides of where they belong. Where the plot is too small
    for all of them, they run over its upper end and still keep apart.

    Examples
    --------
    >>> kept_apart([10, 12, 50], room=10, low=0, high=100)
    [6.0, 16.0, 50]
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    blocks: list[list[float]] = []
    for rank, index in enumerate(order):
        blocks.append([places[index] - rank * room, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            middle, many = blocks.pop()
            before, count = blocks[-1]
            blocks[-1] = [(before * count + middle * many) / (count + many), count + many]
    starts = [middle for middle, many in blocks for _ in range(int(many))]
    most = max(low, high - room * (len(places) - 1))
    moved = dict(zip(order, (min(max(start, low), most) for start in starts), strict=True))
    rank_of = {index: rank for rank, index in enumerate(order)}
    return [moved[index] + rank_of[index] * room for index in range(len(places))]


def lanes(places: Sequence[float], *, room: float) -> list[int]:
    """Give each mark the first row in which it does not touch the mark before it.

    Examples
    --------
    >>> lanes([0, 10, 40], room=22)
    [0, 1, 0]
    """
    ends: list[float] = []
    rows = []
    for place in places:
        row = next((row for row, end in enumerate(ends) if place - end >= room), len(ends))
        ends[row : row + 1] = [place]
        rows.append(row)
    return rows

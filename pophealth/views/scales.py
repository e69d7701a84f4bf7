"""Where things stand on a chart: round ticks, dates as numbers, labels that keep apart."""

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10
from typing import NamedTuple

import pandas as pd

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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
        first, last = (first, first + 1) if low <= 0 or unit != "percent" else (last - 1, last)
    marks = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Scale(marks[0], marks[-1], marks, tuple(tick_label(mark, unit=unit, step=step) for mark in marks))


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
    """Turn dates into milliseconds since 1970, which is what a time axis counts, in no time zone."""
    return (pd.to_datetime(dates) - pd.Timestamp(0)) // pd.Timedelta(milliseconds=1)


def date_ticks(first: pd.Timestamp, last: pd.Timestamp, *, most: int) -> dict[int, list[str]]:
    """Choose the dates under a chart: months with the year below where it changes, or years alone.

    Examples
    --------
    >>> list(date_ticks(pd.Timestamp("2019-04-01"), pd.Timestamp("2020-01-01"), most=4).values())
    [['Apr', '2019'], ['Jul', ''], ['Oct', ''], ['Jan', '2020']]
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / size < most), 600)
    start = pd.Timestamp(first.year, first.month, 1)
    if step >= 12:
        years = range(-(-first.year // (step // 12)) * (step // 12), last.year + 1, step // 12)
        stamps = [pd.Timestamp(year, 1, 1) for year in years]
        return {_number(stamp): [str(stamp.year)] for stamp in stamps if first <= stamp <= last}
    stamps = [start + pd.DateOffset(months=count) for count in range(0, months + 1, step)]
    years_said = [None, *(stamp.year for stamp in stamps)]
    return {
        _number(stamp): [MONTHS[stamp.month - 1], "" if stamp.year == said else str(stamp.year)]
        for stamp, said in zip(stamps, years_said, strict=False)
    }


def _number(stamp: pd.Timestamp) -> int:
    return round(stamp.timestamp() * 1000)


def kept_apart(places: Sequence[float], *, room: float, low: float, high: float) -> list[float]:
    """Move labels as little as needed so that none covers another and none leaves the plot.

    Examples
    --------
    >>> kept_apart([10, 12, 50], room=10, low=0, high=100)
    [10, 20, 50]
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    floor_ = low
    for index in order:
        moved[index] = max(moved[index], floor_)
        floor_ = moved[index] + room
    ceiling = high
    for index in reversed(order):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - room
    return moved


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

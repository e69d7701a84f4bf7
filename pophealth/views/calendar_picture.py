"""The 11 months at a glance: sessions, calls, webinars and reports along one line of time."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.lettering import text_width
from pophealth.views.sheet import SMALL, TEXT, Layer, Row, Sheet

ROWS = {
    "session": "Learning sessions",
    "call": "Calls",
    "webinar": "Webinars",
    "report": "Reports",
    "own": "Our own dates",
}
"""Each kind of date and the words beside its row; the harvest stands with the sessions."""

SHAPES = {"session": "square", "harvest": "diamond", "call": "circle", "webinar": "triangle-up"}
TOP, LINE, LABEL, EDGE = 26, 40, 150, 12


def calendar_picture(calendar: pd.DataFrame, *, today: Any, title: str = "", width: int = WIDE) -> Any:
    """Draw a calendar along one line of time.

    Read what is gray as behind you and what has color as ahead. The bars in the first row are action
    periods: the time between sessions in which the work is done.

    Parameters
    ----------
    calendar
        From `workspace.calendar.calendar`.
    today
        The day to look from.
    title, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when the calendar is empty.

    Examples
    --------
    >>> days = pd.to_datetime(["2020-09-15", "2021-01-19"])
    >>> table = pd.DataFrame({"sort": "session", "date": days, "until": days})
    >>> calendar_picture(table, today=days[0], title="Two sessions").title["text"]
    ['Two sessions']
    """
    if calendar.empty:
        return None
    wide, narrow = (_drawn(calendar, pd.Timestamp(today), title, size) for size in (width, NARROW))
    return Drawn(**wide, usermeta={"title": title, "alt": title, "unit": "number", "narrow": narrow})


def _drawn(calendar: pd.DataFrame, today: pd.Timestamp, title: str, width: int) -> dict[str, Any]:
    beside = width > 2 * NARROW
    left, right = (LABEL if beside else EDGE), width - EDGE
    first, last = calendar["date"].min(), calendar["until"].max()
    days = max((last - first).days, 1)
    place = {"x": left, "step": (right - left) / days, "first": first}
    kinds = [sort for sort in ROWS if calendar["sort"].replace("harvest", "session").eq(sort).any()]
    heights = {sort: TOP + LINE * row + (0 if beside else 12) for row, sort in enumerate(kinds)}
    sheet = Sheet(width, TOP + LINE * len(kinds) + 8)
    words = [{"x": 0, "y": y - (0 if beside else 17), "text": ROWS[sort]} for sort, y in heights.items()]
    layers = [
        *_months(sheet, place, last, every=1 if beside else 3),
        *_bars(sheet, calendar, today, place, heights),
        *_dates(sheet, calendar, today, place, heights),
        *_now(sheet, today, place, last),
        sheet.texts(words, size=TEXT if beside else SMALL, color=drawing.MUTED),
    ]
    return sheet.spec(layers, title=title, subtitle="")


def _x(day: pd.Timestamp, place: dict[str, Any]) -> float:
    return place["x"] + place["step"] * (day - place["first"]).days


def _months(sheet: Sheet, place: dict[str, Any], last: pd.Timestamp, *, every: int) -> list[Layer]:
    starts = pd.date_range(place["first"], last, freq="MS")
    lines = [{"x": _x(day, place), "x2": _x(day, place), "y": 12, "y2": sheet.height} for day in starts]
    names = [{"x": _x(day, place) + 3, "y": 4, "text": f"{day:%b}"} for day in starts[::every]]
    return [
        sheet.lines(lines, color=drawing.GRID, strokeWidth=1),
        sheet.texts(names, size=SMALL, color=drawing.MUTED),
    ]


def _bars(
    sheet: Sheet,
    calendar: pd.DataFrame,
    today: pd.Timestamp,
    place: dict[str, Any],
    heights: Mapping[str, float],
) -> list[Layer]:
    """Draw the action periods between sessions; what is behind is lighter."""
    spans = calendar[calendar["sort"].eq("period")]
    y = heights.get("session", TOP)
    rows: list[Row] = [
        {
            "x": _x(one.date, place),
            "x2": _x(one.until, place),
            "y": y - 4,
            "y2": y + 4,
            "ahead": one.until >= today,
        }
        for one in spans.itertuples()
    ]
    return [
        sheet.bars([row for row in rows if row["ahead"]], color=drawing.THREAD, cornerRadius=3),
        sheet.bars([row for row in rows if not row["ahead"]], color=drawing.LINE, cornerRadius=3),
    ]


def _dates(
    sheet: Sheet,
    calendar: pd.DataFrame,
    today: pd.Timestamp,
    place: dict[str, Any],
    heights: Mapping[str, float],
) -> list[Layer]:
    layers = []
    dates = calendar[calendar["sort"].ne("period")]
    for (sort, ahead), here in dates.groupby([dates["sort"], dates["until"].ge(today)], sort=False):
        y = heights["session" if sort == "harvest" else str(sort)]
        color = drawing.TEAL if ahead else drawing.GREY
        rows = [{"x": _x(day, place), "y": y} for day in here["date"]]
        shape = SHAPES.get(str(sort), "circle")
        layers.append(
            sheet.dots(rows, shape=shape, fill=color if sort != "report" else drawing.CARD, stroke=color)
        )
    return layers


def _now(sheet: Sheet, today: pd.Timestamp, place: dict[str, Any], last: pd.Timestamp) -> list[Layer]:
    if not place["first"] <= today <= last:
        return []
    x, word = _x(today, place), "today"
    taken = text_width(word, SMALL) + 4
    left = x + 4 if x + taken <= sheet.width else x - taken
    line = {"x": x, "x2": x, "y": 12, "y2": sheet.height}
    return [
        sheet.lines([line], color=drawing.ORANGE, strokeWidth=1.5),
        sheet.texts([{"x": left, "y": sheet.height - 4, "text": word}], size=SMALL, color=drawing.ORANGE),
    ]

"""Places of a list of things, counted in several ways: a row for each thing, a column for each way."""

from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.lettering import cut, text_width
from pophealth.views.sheet import NAME, SMALL, Layer, Row, Sheet, centred

PHONE = 500
ROW, HEAD, COLUMN, NAMES = 40, 30, 96, 420
"""Heights of a row and of the head; widths of a column and of the names, where there is room."""

ABOVE = 22
"""Room for the name above its row on a phone."""

NONE = "–"


def rank_table(
    places: pd.DataFrame,
    *,
    ways: list[str],
    top: int = 3,
    title: str = "",
    subtitle: str = "",
    width: int = WIDE,
) -> Any:
    """Draw the place of each thing in each way to count.

    Read along a row: filled circles are places in the top. A row that is filled all the way is a safe start;
    a row with both kinds is one to talk about. A dash means that this way gives no place.

    Parameters
    ----------
    places
        name, and a column with places for each way, in the order in which the rows are drawn.
    ways
        The columns, in the order in which they are drawn.
    top
        How many places count as the top.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when there are no rows.

    Examples
    --------
    >>> places = pd.DataFrame({"name": ["Sleep"], "Dots": [1.0]})
    >>> rank_table(places, ways=["Dots"], title="Sleep comes first").title["text"]
    ['Sleep comes first']
    """
    if places.empty:
        return None
    drawn = (_drawn(places, ways, top, size) for size in (width, NARROW))
    wide, narrow = (sheet.spec(layers, title=title, subtitle=subtitle) for sheet, layers in drawn)
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": "number", "narrow": narrow}
    return Drawn(**wide, usermeta=notes)


def _drawn(places: pd.DataFrame, ways: list[str], top: int, width: int) -> tuple[Sheet, list[Layer]]:
    phone = width < PHONE
    row = ROW + (ABOVE if phone else 0)
    sheet = Sheet(width, HEAD + row * len(places))
    left = 0 if phone else NAMES
    step = (width - left) / len(ways) if phone else min(COLUMN * 1.4, (width - left) / len(ways))
    at = [left + step * (number + 0.5) for number in range(len(ways))]
    layers = [*_names(sheet, places, row, width if phone else NAMES - 16, phone=phone)]
    layers += _heads(sheet, ways, at)
    layers += _marks(sheet, places[ways], at, row, top, low=ABOVE if phone else 0)
    return sheet, layers


def _names(sheet: Sheet, places: pd.DataFrame, row: float, room: float, *, phone: bool) -> list[Layer]:
    tops = [HEAD + row * number for number in range(len(places))]
    rules = [{"x": 0, "x2": sheet.width, "y": top, "y2": top} for top in tops]
    middle = ABOVE / 2 + 4 if phone else row / 2
    words = [
        {"x": 0, "y": top + middle, "text": cut(name, width=room, size=NAME)}
        for top, name in zip(tops, places["name"], strict=True)
    ]
    return [sheet.lines(rules, color=drawing.LINE, strokeWidth=1), sheet.texts(words, size=NAME)]


def _heads(sheet: Sheet, ways: list[str], at: list[float]) -> list[Layer]:
    heads = [
        {"x": centred(x, way, sheet.width, bold=True), "y": HEAD / 2, "text": way}
        for x, way in zip(at, ways, strict=True)
    ]
    return [sheet.texts(heads, size=SMALL, bold=True)]


def _marks(
    sheet: Sheet, places: pd.DataFrame, at: list[float], row: float, top: int, *, low: float
) -> list[Layer]:
    """Draw a circle with its place, filled in the top; a dash where there is none."""
    first: list[Row] = []
    others: list[Row] = []
    none: list[Row] = []
    for number, values in enumerate(places.itertuples(index=False, name=None)):
        y = HEAD + row * number + low + (row - low) / 2
        for x, place in zip(at, values, strict=True):
            text = NONE if pd.isna(place) else f"{place:.0f}"
            one = {"x": x, "y": y, "text": text, "left": x - text_width(text, NAME, bold=True) / 2}
            (none if pd.isna(place) else first if place <= top else others).append(one)
    circle = {"shape": "circle", "size": 620}
    return [
        sheet.dots(first, fill=drawing.TEAL, stroke=drawing.TEAL, **circle),
        sheet.dots(others, fill=drawing.CARD, stroke=drawing.GREY, **circle),
        sheet.texts(_shifted(first), size=NAME, bold=True, color=drawing.CARD),
        sheet.texts(_shifted(others), size=NAME, bold=True, color=drawing.INK),
        sheet.texts(_shifted(none), size=NAME, color=drawing.MUTED),
    ]


def _shifted(rows: list[Row]) -> list[Row]:
    return [{"x": row["left"], "y": row["y"], "text": row["text"]} for row in rows]

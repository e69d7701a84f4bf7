"""How two sides score the same things: a mark for each side in each row, and the distance between."""

from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.lettering import cut, text_width
from pophealth.views.sheet import NAME, SMALL, Layer, Row, Sheet, centred

PHONE = 500
ROW, HEAD, FOOT, NAMES, EDGE = 44, 30, 26, 420, 46
ABOVE = 22
"""Room for the name above its row on a phone."""

MARKS = (
    {"shape": "diamond", "fill": drawing.TEAL, "stroke": drawing.TEAL, "size": 170},
    {"shape": "circle", "fill": drawing.CARD, "stroke": drawing.INK, "size": 150},
)
BESIDE = 11


def two_sides(
    scores: pd.DataFrame,
    *,
    sides: tuple[str, str],
    highest: float = 5,
    title: str = "",
    subtitle: str = "",
    width: int = WIDE,
) -> Any:
    """Draw the scores of two sides, one row for each thing.

    Read the longest line first: there the two sides see it most differently.

    Parameters
    ----------
    scores
        name, first and second, in the order in which the rows are drawn.
    sides
        What the two sides are called; the first is a filled diamond, the second an open circle.
    highest
        The end of the scale, which begins at 0.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when no row has both scores.

    Examples
    --------
    >>> scores = pd.DataFrame({"name": ["Sleep"], "first": [4.5], "second": [3.0]})
    >>> two_sides(scores, sides=("Residents", "Staff"), title="Sleep parts them").title["text"]
    ['Sleep parts them']
    """
    known = scores.dropna(subset=["first", "second"])
    if known.empty:
        return None
    drawn = (_drawn(known, sides, highest, size) for size in (width, NARROW))
    wide, narrow = (sheet.spec(layers, title=title, subtitle=subtitle) for sheet, layers in drawn)
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": "number", "narrow": narrow}
    return Drawn(**wide, usermeta=notes)


def _drawn(
    scores: pd.DataFrame, sides: tuple[str, str], highest: float, width: int
) -> tuple[Sheet, list[Layer]]:
    phone = width < PHONE
    row = ROW + (ABOVE if phone else 0)
    end = HEAD + row * len(scores)
    sheet = Sheet(width, end + FOOT)
    left, right = (EDGE if phone else NAMES + EDGE), width - EDGE
    grid = [
        {"x": left + (right - left) * mark / highest, "y": HEAD, "y2": end, "text": f"{mark:g}"}
        for mark in range(int(highest) + 1)
    ]
    lines = [{"x": one["x"], "x2": one["x"], "y": one["y"], "y2": one["y2"]} for one in grid]
    ticks = [{"x": centred(one["x"], one["text"], width), "y": end + 14, "text": one["text"]} for one in grid]
    layers = [sheet.lines(lines, color=drawing.GRID, strokeWidth=1)]
    layers += [sheet.texts(ticks, size=SMALL, color=drawing.MUTED)]
    layers += _key(sheet, sides, 0 if phone else NAMES)
    layers += _rows(sheet, scores, (left, right, highest), row, phone=phone)
    return sheet, layers


def _key(sheet: Sheet, sides: tuple[str, str], left: float) -> list[Layer]:
    """Name the two marks above the rows."""
    second = left + 40 + text_width(sides[0], SMALL, bold=True) + 24
    at = (left + 12, second)
    words = [{"x": x + 14, "y": HEAD / 2, "text": side} for x, side in zip(at, sides, strict=True)]
    dots = [sheet.dots([{"x": x, "y": HEAD / 2}], **look) for x, look in zip(at, MARKS, strict=True)]
    return [*dots, sheet.texts(words, size=SMALL, bold=True)]


def _rows(
    sheet: Sheet, scores: pd.DataFrame, scale: tuple[float, float, float], row: float, *, phone: bool
) -> list[Layer]:
    left, right, highest = scale
    names: list[Row] = []
    links: list[Row] = []
    values: list[Row] = []
    marks: tuple[list[Row], list[Row]] = ([], [])
    for number, (name, *pair) in enumerate(
        scores[["name", "first", "second"]].itertuples(index=False, name=None)
    ):
        top = HEAD + row * number
        y = top + (ABOVE if phone else 0) + ROW / 2
        x = [left + (right - left) * value / highest for value in pair]
        room = sheet.width if phone else NAMES - 16
        names.append({"x": 0, "y": top + 14 if phone else y, "text": cut(name, width=room, size=NAME)})
        links.append({"x": min(x), "x2": max(x), "y": y, "y2": y})
        for side, (place, value) in enumerate(zip(x, pair, strict=True)):
            marks[side].append({"x": place, "y": y})
            lower = (place, side) == min((x[0], 0), (x[1], 1))
            text = f"{value:.1f}"
            at = place - BESIDE - text_width(text, SMALL) if lower else place + BESIDE
            values.append({"x": at, "y": y, "text": text})
    return [
        sheet.texts(names, size=NAME),
        sheet.lines(links, color=drawing.THREAD, strokeWidth=3),
        *(sheet.dots(one, **look) for one, look in zip(marks, MARKS, strict=True)),
        sheet.texts(values, size=SMALL),
    ]

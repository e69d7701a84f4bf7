"""Ideas by how much they could help and how much work they are: where to begin."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.lettering import text_width, wrapped
from pophealth.views.sheet import SMALL, TEXT, Row, Sheet

STEPS = 5
TOP, LEFT, LINE = 22, 22, 18
RADIUS = 11
CORNERS = {
    (1, 5): "try first",
    (5, 5): "try a piece first",
    (1, 1): "when there is time",
    (5, 1): "think twice",
}
"""Effort and impact of each corner, and what to do with an idea there."""

SIDE = 480
"""Width of the plot on a desk; the names stand beside it."""


def impact_effort(ideas: pd.DataFrame, *, title: str = "", subtitle: str = "", width: int = WIDE) -> Any:
    """Draw each idea as a number in a square of help and work.

    Read the upper left as where to begin: much help for little work. All of it is a guess of the team; ideas
    in one field are equal.

    Parameters
    ----------
    ideas
        text, impact and effort from 1 to 5; those without a guess are left out.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when no idea was judged.

    Examples
    --------
    >>> ideas = pd.DataFrame({"text": ["Calls"], "impact": [5.0], "effort": [1.0]})
    >>> impact_effort(ideas, title="One idea").title["text"]
    ['One idea']
    """
    judged = ideas.dropna(subset=["impact", "effort"])
    if judged.empty:
        return None
    wide, narrow = (_drawn(judged, title, subtitle, size) for size in (width, NARROW))
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": "number", "narrow": narrow}
    return Drawn(**wide, usermeta=notes)


def _drawn(judged: pd.DataFrame, title: str, subtitle: str, width: int) -> dict[str, Any]:
    beside = width > 2 * NARROW
    side = SIDE if beside else width - LEFT - 1
    cell = (side / STEPS, 64.0)
    end = TOP + STEPS * cell[1]
    names, last = _names(judged, *((side + LEFT + 40, TOP + 10) if beside else (1, end + 46)), width=width)
    sheet = Sheet(width, max(end + 28, last))
    dots = _dots(judged, cell)
    signs = [dot | {"x": dot["x"] - text_width(dot["text"], SMALL, bold=True) / 2} for dot in dots]
    layers = [
        sheet.bars(_corners(cell), color=drawing.BAND, cornerRadius=6),
        sheet.lines(_grid(cell), color=drawing.GRID, strokeWidth=1),
        sheet.texts(_corner_words(cell), size=SMALL, color=drawing.MUTED),
        sheet.texts(_axis_words(side, end), size=SMALL, color=drawing.MUTED),
        sheet.dots(dots, color=drawing.TEAL, size=(2 * RADIUS) ** 2 * 0.8),
        sheet.texts(signs, size=SMALL, bold=True, color=drawing.CARD),
        sheet.texts(names, size=TEXT),
    ]
    return sheet.spec(layers, title=title, subtitle=subtitle)


def _place(effort: float, impact: float, cell: tuple[float, float]) -> tuple[float, float]:
    """Return the upper left corner of a field."""
    return LEFT + (effort - 1) * cell[0], TOP + (STEPS - impact) * cell[1]


def _corners(cell: tuple[float, float]) -> list[Row]:
    lefts = [_place(1 if effort == 1 else 4, 5 if impact == 5 else 2, cell) for effort, impact in CORNERS]
    return [{"x": x + 2, "x2": x + 2 * cell[0] - 2, "y": y + 2, "y2": y + 2 * cell[1] - 2} for x, y in lefts]


def _corner_words(cell: tuple[float, float]) -> list[Row]:
    """Name each corner along its outer edge, where no number stands."""
    rows = []
    for (effort, impact), words in CORNERS.items():
        x, y = _place(1 if effort == 1 else 4, impact, cell)
        rows.append({"x": x + 8, "y": y + (11 if impact == 5 else cell[1] - 11), "text": words})
    return rows


def _grid(cell: tuple[float, float]) -> list[Row]:
    (left, top), (right, bottom) = _place(1, STEPS, cell), _place(STEPS + 1, 0, cell)
    across = [left + step * cell[0] for step in range(STEPS + 1)]
    down = [top + step * cell[1] for step in range(STEPS + 1)]
    return [
        *({"x": x, "x2": x, "y": top, "y2": bottom} for x in across),
        *({"x": left, "x2": right, "y": y, "y2": y} for y in down),
    ]


def _axis_words(side: float, end: float) -> list[Row]:
    much = "much work"
    return [
        {"x": LEFT, "y": TOP - 12, "text": "helps very much"},
        {"x": LEFT, "y": end + 14, "text": "little work"},
        {"x": LEFT + side - text_width(much, SMALL), "y": end + 14, "text": much},
    ]


def _dots(judged: pd.DataFrame, cell: tuple[float, float]) -> list[Row]:
    """Put the numbers of one field side by side, and in a second row when they are many."""
    rows, fit = [], max(1, int((cell[0] - 8) // (2 * RADIUS + 3)))
    order = judged.assign(number=range(1, len(judged) + 1))
    for (effort, impact), here in order.groupby(["effort", "impact"]):
        x, y = _place(float(effort), float(impact), cell)
        for place, number in enumerate(here["number"]):
            column, row = place % fit, place // fit
            down = cell[1] / 2 + (0 if len(here) <= fit else (row - 0.5) * (2 * RADIUS + 1))
            rows.append({"x": x + 6 + RADIUS + column * (2 * RADIUS + 3), "y": y + down, "text": str(number)})
    return rows


def _names(judged: pd.DataFrame, x: float, y: float, *, width: float) -> tuple[list[Row], float]:
    """List the ideas with their numbers, broken into lines that fit."""
    rows: list[Row] = []
    for number, text in enumerate(judged["text"], start=1):
        lines: Sequence[str] = wrapped(text, width=width - x - 26, size=TEXT)
        rows.append({"x": x, "y": y, "text": str(number)})
        rows += [{"x": x + 24, "y": y + LINE * place, "text": line} for place, line in enumerate(lines)]
        y += LINE * len(lines) + 6
    return rows, y

"""The driver diagram: from the aim to what would have to change, and to what a team tries."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.sheet import SMALL, Layer, Row, Sheet
from pophealth.views.tree_places import AIM, INSET, LINE, SMALL_LINE, STEP, Box, Tree, outline, tree

NOTES = "#4a5f67"
LOOKS = {
    AIM: (drawing.TEAL, drawing.TEAL, drawing.CARD, drawing.CARD),
    "primary": ("#e3f0ef", drawing.TEAL, drawing.INK, NOTES),
    "secondary": (drawing.CARD, drawing.TEAL, drawing.INK, NOTES),
    "idea": (drawing.SAND, "#d8cfb8", drawing.INK, NOTES),
}
"""Fill, edge, words and small notes of each kind of box."""

HEADS = {
    AIM: "Our aim",
    "primary": "What would have to change",
    "secondary": "And for that",
    "idea": "Ideas to try",
}
HEAD = 26
LOOSE = "Not hung on anything yet"


def driver_diagram(nodes: pd.DataFrame, *, title: str = "", subtitle: str = "", width: int = WIDE) -> Any:
    """Draw an aim, the drivers that move it, and the ideas that move the drivers.

    Read a line from right to left as a promise to be tested: if we try this, that will change, and then more
    people reach the aim. A box without a line serves no driver yet.

    Parameters
    ----------
    nodes
        key, parent (key; blank for the aim and for what hangs on nothing), level (aim, primary, secondary,
        idea), text, note (a list of small lines): each after what it hangs on, the aim first.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when there is nothing below the aim.

    Examples
    --------
    >>> rows = [("aim", "", "aim", "Sleep", []), ("calls", "aim", "primary", "Someone calls", ["No measure"])]
    >>> nodes = pd.DataFrame(rows, columns=["key", "parent", "level", "text", "note"])
    >>> driver_diagram(nodes, title="One driver").title["text"]
    ['One driver']
    """
    if len(nodes) < 2:
        return None
    narrow = _sheet(outline(nodes, width=NARROW - 2), NARROW, 0)
    wide = _sheet(tree(nodes, width=width - 2), width, HEAD)
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": "number"}
    notes |= {"narrow": narrow[0].spec(narrow[1], title=title, subtitle=subtitle)}
    return Drawn(**wide[0].spec(wide[1], title=title, subtitle=subtitle), usermeta=notes)


def _sheet(placed: Tree, width: int, head: int) -> tuple[Sheet, list[Layer]]:
    """Draw boxes and lines on a sheet; with room above for the names of the columns."""
    sheet = Sheet(width, placed.height + head + 2)
    boxes = [box._replace(x=box.x + 1, y=box.y + head + 1) for box in placed.boxes]
    loose = [{"x": 1, "y": placed.loose + head - LINE / 2, "text": LOOSE}] if placed.loose is not None else []
    return sheet, [
        sheet.path(_lines(boxes, outlined=not head), color=drawing.THREAD, strokeWidth=1.4),
        *(_filled(sheet, boxes, level) for level in LOOKS),
        *(layer for level in LOOKS for layer in _words(sheet, boxes, level)),
        _heads(sheet, boxes) if head else sheet.texts([]),
        sheet.texts(loose, size=SMALL, color=drawing.MUTED),
    ]


def _heads(sheet: Sheet, boxes: Sequence[Box]) -> Layer:
    lefts = {box.level: box.x for box in boxes}
    rows = [{"x": x, "y": HEAD / 2 - 3, "text": HEADS[level]} for level, x in lefts.items()]
    return sheet.texts(rows, size=SMALL, color=drawing.MUTED)


def _filled(sheet: Sheet, boxes: Sequence[Box], level: str) -> Layer:
    fill, edge, *_ = LOOKS[level]
    rows = [
        {"x": box.x, "x2": box.x + box.width, "y": box.y, "y2": box.y + box.height}
        for box in boxes
        if box.level == level
    ]
    return sheet.bars(rows, color=fill, stroke=edge, strokeWidth=1.2, cornerRadius=8)


def _words(sheet: Sheet, boxes: Sequence[Box], level: str) -> list[Layer]:
    """Write the words of all boxes of a level, small notes below them."""
    own = [box for box in boxes if box.level == level]
    texts = [row for box in own for row in _stacked(box, box.lines, box.y + INSET - 2, LINE)]
    notes = [
        row
        for box in own
        for row in _stacked(box, box.notes, box.y + INSET - 2 + LINE * len(box.lines), SMALL_LINE)
    ]
    _, _, ink, quiet = LOOKS[level]
    return [sheet.texts(texts, color=ink), sheet.texts(notes, size=SMALL, color=quiet)]


def _stacked(box: Box, lines: Sequence[str], top: float, step: float) -> list[Row]:
    return [
        {"x": box.x + INSET, "y": top + step * (place + 0.5), "text": line}
        for place, line in enumerate(lines)
    ]


def _lines(boxes: Sequence[Box], *, outlined: bool) -> list[Row]:
    """Draw from each box to the one it hangs on: down and across in an outline, else across and down."""
    at = {box.key: box for box in boxes}
    rows: list[Row] = []
    for box in boxes:
        above = at.get(box.parent)
        if above is None:
            continue
        if outlined:
            x = above.x + STEP / 2
            corners = [(x, above.y + above.height), (x, box.middle), (box.x, box.middle)]
        else:
            start = above.x + above.width
            x = start + (box.x - start) / 2 if box.x - start < 60 else start + 19
            corners = [(start, above.middle), (x, above.middle), (x, box.middle), (box.x, box.middle)]
        rows += [{"x": x, "y": y, "line": f"{above.key} {box.key}"} for x, y in corners]
    return rows

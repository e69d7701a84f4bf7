"""Where each box of a driver diagram stands: columns on a desk, an outline on a phone."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from pophealth.views.lettering import cut, wrapped
from pophealth.views.sheet import SMALL, TEXT

AIM = "aim"
LEVELS = (AIM, "primary", "secondary", "idea")
INSET, GAP, BETWEEN = 11, 12, 38
"""Room inside a box, between boxes, and between columns."""

LINE, SMALL_LINE = 18, 16
STEP = 15
"""How far an outline steps in for each level."""


class Box(NamedTuple):
    """One box: its words, broken into lines that fit, and its place."""

    key: str
    parent: str
    level: str
    lines: list[str]
    notes: list[str]
    x: float
    width: float
    y: float = 0

    @property
    def height(self) -> float:
        """How high the box is with all its lines."""
        return 2 * INSET - 4 + LINE * len(self.lines) + SMALL_LINE * len(self.notes)

    @property
    def middle(self) -> float:
        """Half way down the box."""
        return self.y + self.height / 2


class Tree(NamedTuple):
    """All boxes with their places; `loose` is where the boxes that hang on nothing begin."""

    boxes: list[Box]
    height: float
    loose: float | None = None


def columns_of(nodes: pd.DataFrame, *, width: float) -> dict[str, tuple[float, float]]:
    """Return left end and width of a column for each level that is there.

    Examples
    --------
    >>> columns_of(pd.DataFrame({"level": ["aim", "primary", "idea"]}), width=976)["idea"]
    (676.0, 300.0)
    """
    there = [level for level in LEVELS if level in set(nodes["level"])]
    wide = (width - BETWEEN * (len(there) - 1)) / max(len(there), 1)
    return {level: (place * (wide + BETWEEN), wide) for place, level in enumerate(there)}


def tree(nodes: pd.DataFrame, *, width: float) -> Tree:
    """Place boxes from the aim at the left to the ideas at the right, so that nothing lies on anything.

    Parameters
    ----------
    nodes
        key, parent, level, text, note (lines of small words): each after what it hangs on, the aim first.
    width
        Of the sheet.
    """
    columns = columns_of(nodes, width=width)
    boxes = [_box(node, *columns[node.level]) for node in nodes.itertuples(index=False)]
    placed, end = _placed(boxes, _tops(boxes)[:1], 0)
    others = _tops(boxes)[1:]
    if not others:
        return Tree(placed, end)
    start = end + 2 * GAP + LINE
    loose, end = _placed(boxes, others, start)
    return Tree([*placed, *loose], end, start)


def outline(nodes: pd.DataFrame, *, width: float) -> Tree:
    """Place boxes under each other, each level a little further in, for a narrow sheet."""
    boxes, y, loose = [], 0.0, None
    for node in nodes.itertuples(index=False):
        inset = STEP * LEVELS.index(node.level)
        if loose is None and node.parent == "" and node.level != AIM:
            y = loose = y + GAP + LINE
        boxes.append(_box(node, inset, width - inset)._replace(y=y))
        y += boxes[-1].height + GAP
    return Tree(boxes, y - GAP, loose)


def _box(node: Any, x: float, width: float) -> Box:
    room = width - 2 * INSET
    lines = _fitted(node.text, room, TEXT)
    notes = [line for text in node.note for line in _fitted(text, room, SMALL)]
    return Box(node.key, node.parent, node.level, lines, notes, x, width)


def _fitted(text: str, room: float, size: float) -> list[str]:
    return [cut(line, width=room, size=size) for line in wrapped(text, width=room, size=size)]


def _tops(boxes: Sequence[Box]) -> list[Box]:
    return [box for box in boxes if not box.parent]


def _placed(boxes: Sequence[Box], tops: Sequence[Box], y: float) -> tuple[list[Box], float]:
    """Stack boxes with all that hangs on them, each in the middle of its own strip."""
    placed: list[Box] = []
    for top in tops:
        under = [box for box in boxes if box.parent == top.key]
        strip = _strip(boxes, top)
        inside = sum(_strip(boxes, box) + GAP for box in under) - GAP
        others, _ = _placed(boxes, under, y + max(0, strip - inside) / 2)
        placed += [top._replace(y=y + (strip - top.height) / 2), *others]
        y += strip + GAP
    return placed, y - GAP if tops else y


def _strip(boxes: Sequence[Box], top: Box) -> float:
    under = [_strip(boxes, box) + GAP for box in boxes if box.parent == top.key]
    return max(top.height, sum(under) - GAP)

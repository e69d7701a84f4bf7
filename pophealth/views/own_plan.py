"""A page to print for one person: what matters, what would help, one small test, and four weeks of dots."""

from typing import Any

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.lettering import wrapped
from pophealth.views.sheet import SMALL, TEXT, Layer, Row, Sheet

TITLE = "My own plan"
SUBTITLE = "This page is yours. Nobody collects it, and the workbook keeps nothing of it."
ALT = (
    "My own plan, a page to fill in by hand. At the left what matters to me, in the middle three things that "
    "would help, at the right something to try for each. Below, one small test: what I will try, when, and "
    "what I expect. At the bottom a chart with 28 days across and steps from 0 to 10, for one dot a day."
)
DAYS, TOP_STEP = 28, 10
TREE = ("What matters to me", "What would help", "Something I could try")
TEST = (
    "One small thing I will try:",
    "When I begin, and for how long:",
    "What I think will happen:",
    "Who could help me with it:",
)
CHART = "Four weeks, one dot a day. What I watch, from 0 to 10:"
HOW = (
    "Put one dot each evening. After two weeks, draw a line with as many dots above it as below, and go on.",
    "Six dots in a row on one side of the line: something has changed. Ups and downs alone are no sign.",
)
BOX, BETWEEN, LINE, WRITE = 104, 14, 18, 42


class _Pen:
    """What is on the page so far, from top to bottom."""

    def __init__(self, width: int) -> None:
        self.width, self.y = width, 4.0
        self.boxes: list[Row] = []
        self.lines: list[Row] = []
        self.words: list[Row] = []
        self.small: list[Row] = []

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Draw an empty box to write in."""
        self.boxes.append({"x": x + 1, "x2": x + width - 1, "y": y, "y2": y + height})

    def line(self, x: float, y: float, x2: float, y2: float) -> None:
        """Draw a straight line."""
        self.lines.append({"x": x, "y": y, "x2": x2, "y2": y2})

    def say(self, text: str, *, x: float = 1, room: float = 0) -> None:
        """Write words, broken into lines that fit, and go below them."""
        for line in wrapped(text, width=room or self.width - x, size=TEXT):
            self.words.append({"x": x, "y": self.y + LINE / 2, "text": line})
            self.y += LINE


def own_plan() -> Any:
    """Draw the page: a driver diagram for one person, a small test, and a run chart of four weeks.

    Read the chart once it is filled in as in step 9: six dots in a row on one side of the middle line are a
    sign. Nothing on the page is asked for, sent or kept.

    Returns
    -------
    altair.LayerChart
        Always the same.

    Examples
    --------
    >>> own_plan().title["text"]
    ['My own plan']
    """
    wide, narrow = (_drawn(width) for width in (WIDE, NARROW))
    return Drawn(**wide, usermeta={"title": TITLE, "alt": ALT, "unit": "number", "narrow": narrow})


def _drawn(width: int) -> dict[str, Any]:
    pen = _Pen(width)
    (_tree if width > 2 * NARROW else _list)(pen)
    _test(pen)
    _chart(pen)
    sheet = Sheet(width, pen.y)
    layers: list[Layer] = [
        sheet.lines(pen.lines, color=drawing.THREAD, strokeWidth=1),
        sheet.bars(pen.boxes, color=drawing.CARD, stroke=drawing.TEAL, strokeWidth=1.2, cornerRadius=8),
        sheet.texts(pen.words, size=TEXT),
        sheet.texts(pen.small, size=SMALL, color=drawing.MUTED),
    ]
    return sheet.spec(layers, title=TITLE, subtitle=SUBTITLE)


def _tree(pen: _Pen) -> None:
    """Put what matters at the left, what would help in the middle, and what to try at the right."""
    wide = (pen.width - 2 * 40) / 3
    lefts = [place * (wide + 40) for place in range(3)]
    pen.words += [{"x": x + 2, "y": pen.y + 8, "text": text} for x, text in zip(lefts, TREE, strict=True)]
    top, tall = pen.y + 24, 3 * BOX + 2 * BETWEEN
    pen.box(lefts[0], top, wide, tall)
    middle = top + tall / 2
    for row in range(3):
        y = top + row * (BOX + BETWEEN)
        pen.box(lefts[1], y, wide, BOX)
        pen.box(lefts[2], y, wide, BOX)
        pen.line(lefts[0] + wide + 20, y + BOX / 2, lefts[1], y + BOX / 2)
        pen.line(lefts[1] + wide, y + BOX / 2, lefts[2], y + BOX / 2)
    pen.line(lefts[0] + wide, middle, lefts[0] + wide + 20, middle)
    pen.line(lefts[0] + wide + 20, top + BOX / 2, lefts[0] + wide + 20, top + tall - BOX / 2)
    pen.y = top + tall + 24


def _list(pen: _Pen) -> None:
    """Put the same boxes under each other."""
    for text, count in zip(TREE, (1, 3, 3), strict=True):
        pen.say(text)
        for _ in range(count):
            pen.box(0, pen.y + 4, pen.width, BOX / 2.5)
            pen.y += BOX / 2.5 + 8
        pen.y += 8


def _test(pen: _Pen) -> None:
    for text in TEST:
        pen.words.append({"x": 1, "y": pen.y + 10, "text": text})
        if pen.width <= 2 * NARROW:
            pen.y += LINE
        start = 1 if pen.width <= 2 * NARROW else 250
        pen.line(start, pen.y + 20, pen.width - 1, pen.y + 20)
        pen.y += WRITE
    pen.y += 12


def _chart(pen: _Pen) -> None:
    """Draw days across and steps upwards; each week begins with a stronger line."""
    pen.say(CHART)
    pen.line(1 if pen.width <= 2 * NARROW else 400, pen.y + 8, pen.width - 1, pen.y + 8)
    top, left, step = pen.y + 28, 26, 27
    right, bottom = pen.width - 2, top + TOP_STEP * step
    wide = (right - left) / DAYS
    for mark in range(TOP_STEP + 1):
        y = bottom - mark * step
        pen.line(left, y, right, y)
        if mark % 5 == 0:
            pen.small.append({"x": 4, "y": y, "text": str(mark)})
    for day in range(DAYS + 1):
        pen.line(left + day * wide, top if day % 7 == 0 else bottom - 5, left + day * wide, bottom)
    for week in range(4):
        pen.small.append({"x": left + 7 * week * wide + 4, "y": bottom + 12, "text": f"week {week + 1}"})
    pen.y = bottom + 30
    for sentence in HOW:
        pen.say(sentence)
        pen.y += 4

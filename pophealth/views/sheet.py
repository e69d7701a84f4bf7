"""A drawing laid out in pixels: every line, bar, point and word has its place before it is drawn."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pophealth.views import drawing
from pophealth.views.frame import heading
from pophealth.views.layers import layer
from pophealth.views.lettering import text_width
from pophealth.views.scales import Scale, value_scale

SMALL, TEXT, NAME = 12, 13, 14
"""Font sizes: along the axis and beside names, for values, for the names of groups."""

AXIS = 24
"""Height of the words under a plot."""

Row = dict[str, Any]
Layer = dict[str, Any]


class Sheet(NamedTuple):
    """The paper: its size in pixels; x grows to the right and y downwards."""

    width: float
    height: float

    def at(self, *ends: str) -> dict[str, Any]:
        """Place a mark by its pixels; `ends` names the channels of its far end."""
        across = {"domain": [0, self.width], "nice": False, "zero": False}
        down = {"domain": [self.height, 0], "nice": False, "zero": False}
        near = {
            name: {"field": name, "type": "quantitative", "scale": scale, "axis": None}
            for name, scale in (("x", across), ("y", down))
        }
        return near | {end: {"field": end} for end in ends}

    def texts(self, rows: Sequence[Row], *, size: float = TEXT, bold: bool = False, **look: Any) -> Layer:
        """Write words: `x` is their left end, `y` their middle."""
        look = {"color": drawing.INK} | look | ({"fontWeight": 600} if bold else {})
        encoding = self.at() | {"text": {"field": "text"}}
        return layer(list(rows), "text", encoding, align="left", baseline="middle", fontSize=size, **look)

    def lines(self, rows: Sequence[Row], **look: Any) -> Layer:
        """Draw straight lines from `x`, `y` to `x2`, `y2`."""
        return layer(list(rows), "rule", self.at("x2", "y2"), **look)

    def path(self, rows: Sequence[Row], **look: Any) -> Layer:
        """Draw a line through points in their order; `line` tells several lines apart."""
        detail = {
            "detail": {"field": "line", "type": "nominal"},
            "order": {"field": "step", "type": "quantitative"},
        }
        numbered = [row | {"step": step} for step, row in enumerate(rows)]
        return layer(numbered, "line", self.at() | detail, **look)

    def bars(self, rows: Sequence[Row], **look: Any) -> Layer:
        """Draw rectangles between `x`, `y` and `x2`, `y2`."""
        return layer(list(rows), "rect", self.at("x2", "y2"), **look)

    def dots(self, rows: Sequence[Row], **look: Any) -> Layer:
        """Draw points of one look."""
        look = {"filled": True, "size": 95, "strokeWidth": 1.8, "opacity": 1} | look
        return layer(list(rows), "point", self.at(), **look)

    def spec(self, layers: Sequence[Layer], *, title: str, subtitle: str) -> dict[str, Any]:
        """Return the drawing: what has nothing in it is left out."""
        filled = [one for one in layers if one["data"]["values"]]
        size = {"width": self.width, "height": self.height}
        return {"layer": filled, "title": heading(title, subtitle, width=int(self.width)), **size}


class Plot(NamedTuple):
    """The part of a sheet where values are drawn: its left and right edge, and its scale."""

    left: float
    right: float
    scale: Scale

    def x(self, value: float) -> float:
        """Return where a value stands; what lies beyond the scale stands at its end."""
        inside = min(max(value, self.scale.low), self.scale.high)
        share = (inside - self.scale.low) / (self.scale.high - self.scale.low)
        return self.left + share * (self.right - self.left)

    def ticks(self) -> list[tuple[float, str]]:
        """Return where each tick stands, and its words."""
        return [
            (self.x(tick), label) for tick, label in zip(self.scale.ticks, self.scale.labels, strict=True)
        ]


def plot_of(values: Sequence[float], *, unit: str, left: float, right: float) -> Plot:
    """Choose a scale with as many ticks as have room for their words.

    Examples
    --------
    >>> plot_of([0.51, 0.83], unit="percent", left=0, right=160).scale.labels
    ('50%', '60%', '70%', '80%', '90%')
    """
    for count in (6, 5, 4, 3, 2, 1):
        plot = Plot(left, right, value_scale(values, unit=unit, ticks=count))
        boxes = [(x - text_width(label, SMALL) / 2, text_width(label, SMALL)) for x, label in plot.ticks()]
        if all(one + wide + 10 <= two for (one, wide), (two, _) in pairwise(boxes)):
            break
    return plot


def axis_layers(sheet: Sheet, plot: Plot, *, strips: Sequence[tuple[float, float]]) -> list[Layer]:
    """Draw the grid of a plot in each strip and the words of its ticks where there is room."""
    grid = [{"x": x, "x2": x, "y": top, "y2": end} for x, _ in plot.ticks() for top, end in strips]
    words: list[Row] = []
    for x, label in plot.ticks():
        left = centred(x, label, sheet.width)
        if not words or left >= words[-1]["x"] + text_width(words[-1]["text"], SMALL) + 4:
            words.append({"x": left, "y": strips[-1][1] + 13, "text": label})
    return [
        sheet.lines(grid, color=drawing.GRID, strokeWidth=1),
        sheet.texts(words, size=SMALL, color=drawing.MUTED),
    ]


def centred(x: float, text: str, width: float, *, size: float = SMALL, bold: bool = False) -> float:
    """Return the left end of words that stand over `x`, or as near to it as the sheet is wide."""
    taken = text_width(text, size, bold=bold)
    return max(0.0, min(x - taken / 2, width - taken))

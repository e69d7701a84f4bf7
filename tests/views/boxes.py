"""Where things stand in a drawing, computed from its specification: boxes in pixels of the plot."""

from itertools import combinations
from math import sqrt
from typing import NamedTuple

from pophealth.views.lettering import text_width

FLAG_SIZES = (300, 330)


class Box(NamedTuple):
    """A rectangle; y grows downwards from the top of the plot."""

    what: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Tell whether two rectangles have any area in common."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.01 and down > 0.01


def boxes(part) -> list[Box]:
    """Return the boxes of all flags, points and words in one plot; a sign lies within its flag."""
    found = []
    for layer in part["layer"]:
        mark, rows = layer["mark"], layer["data"]["values"]
        if mark["type"] == "point":
            found += [_shape(part, layer, row) for row in rows]
        if mark["type"] == "text" and mark.get("dy") is None:
            found += [_words(part, layer, row) for row in rows]
    return found


def overlaps(found: list[Box]) -> list[tuple[Box, Box]]:
    """Return pairs that lie on each other; points may, they are data."""
    return [(a, b) for a, b in combinations(found, 2) if a.touches(b) and not a.what == b.what == "point"]


def _place(part, layer, row, channel, size) -> float:
    encoding = layer["encoding"][channel]
    if "value" in encoding:
        return encoding["value"]
    low, high = encoding["scale"]["domain"]
    share = (row[channel] - low) / (high - low)
    return part[size] * (share if channel == "x" else 1 - share)


def _shape(part, layer, row) -> Box:
    x, y = _place(part, layer, row, "x", "width"), _place(part, layer, row, "y", "height")
    size = layer["mark"]["size"]
    half = sqrt(size / 3.1416) if size != 300 else sqrt(size) / 2 + 0.8
    return Box("flag" if size in FLAG_SIZES else "point", x - half, y - half, x + half, y + half)


def _words(part, layer, row) -> Box:
    mark = layer["mark"]
    x = _place(part, layer, row, "x", "width") + mark.get("dx", 0)
    y = _place(part, layer, row, "y", "height")
    width = text_width(row["text"], mark["fontSize"], bold=mark.get("fontWeight") == 600)
    top = y - mark["fontSize"] if mark["baseline"] == "bottom" else y - mark["fontSize"] / 2
    return Box(row["text"], x, top, x + width, top + mark["fontSize"])

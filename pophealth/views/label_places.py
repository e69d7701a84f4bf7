"""Places for the names of points, so that no name lies on another, nor on a point while there is room."""

from collections.abc import Sequence
from typing import NamedTuple

from pophealth.views.lettering import text_width
from pophealth.views.sheet import SMALL

TALL, POINT = 15, 6
"""Height of a name, and half the width of a point."""

NEAR, STEP, RINGS = 10, 13, 40


class Label(NamedTuple):
    """A name beside its point: its left end, its middle, and where the point is."""

    text: str
    x: float
    y: float
    point_x: float
    point_y: float

    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom."""
        return self.x, self.y - TALL / 2, self.x + text_width(self.text, SMALL), self.y + TALL / 2

    def far(self) -> bool:
        """Tell whether the name needs a line to its point."""
        left, top, right, bottom = self.box()
        across = max(left - self.point_x, self.point_x - right, 0)
        return max(across, abs(self.y - self.point_y)) > NEAR + 4

    def foot(self) -> tuple[float, float]:
        """Return where on the edge of the name a line to the point starts."""
        left, top, right, bottom = self.box()
        return min(max(self.point_x, left), right), min(max(self.point_y, top), bottom)


def placed_labels(
    named: Sequence[tuple[str, float, float]],
    points: Sequence[tuple[float, float]],
    *,
    width: float,
    height: float,
) -> list[Label]:
    """Find for each name the nearest free place around its point.

    Parameters
    ----------
    named
        Text, x and y of each point that has a name, the most important first.
    points
        All points: names keep off them while there is room.
    width, height
        Of the plot, from 0.

    Returns
    -------
    list of Label
        In the order of `named`; a name with no free place at all is left out.

    Examples
    --------
    >>> [label.x for label in placed_labels([("A", 20, 50)], [(20, 50)], width=100, height=100)]
    [30]
    """
    taken = [(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points]
    placed: list[Label] = []
    for text, x, y in named:
        spots = [spot for spot in _spots(text, x, y) if _inside(spot.box(), width, height)]
        free = [spot for spot in spots if not any(_touch(spot.box(), one.box()) for one in placed)]
        best = next((spot for spot in free if not any(_touch(spot.box(), box) for box in taken)), None)
        placed += [best] if best else free[:1]
    return placed


def _spots(text: str, x: float, y: float) -> list[Label]:
    """List places around a point from the nearest outwards: right, left, below, above, and between."""
    wide, spots = text_width(text, SMALL), []
    for ring in range(RINGS):
        away = NEAR + ring * STEP
        lefts = (x + away, x - away - wide, x - wide / 2)
        beside = [(left, y + down) for down in (0, away, -away) for left in lefts]
        spots += [Label(text, left, at, x, y) for left, at in beside if (left, at) != (x - wide / 2, y)]
    return spots


def _inside(box: tuple[float, float, float, float], width: float, height: float) -> bool:
    left, top, right, bottom = box
    return left >= 0 and top >= 0 and right <= width and bottom <= height


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and down > 0

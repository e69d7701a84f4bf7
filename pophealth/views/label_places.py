"""Places for the names of points, so that no name lies on another, nor on a point while there is room."""

from collections.abc import Sequence
from math import hypot
from typing import NamedTuple

import numpy as np

from pophealth.views.lettering import text_width
from pophealth.views.sheet import SMALL

TALL, POINT = 15, 6
"""Height of a name, and half the width of a point."""

NEAR, STEP, STEPS = 10, 13, 14
"""How near a name stands to its point, and how far, and how often, it is moved away."""

BACK = 60
"""How much further a name moves outwards before it crosses to the other side of its point."""

Rectangle = tuple[float, float, float, float]


class Label(NamedTuple):
    """A name beside its point: how wide it is, its left end, its middle, and where the point is."""

    text: str
    wide: float
    x: float
    y: float
    point_x: float
    point_y: float

    def box(self) -> Rectangle:
        """Return left, top, right and bottom."""
        return self.x, self.y - TALL / 2, self.x + self.wide, self.y + TALL / 2

    def away(self) -> float:
        """Return how far the name stands from its point."""
        x, y = self.foot()
        return hypot(x - self.point_x, y - self.point_y)

    def far(self) -> bool:
        """Tell whether the name needs a line to its point."""
        return self.away() > NEAR + 4

    def thread(self) -> list[Rectangle]:
        """Return small pieces of the line to the point; none where the name needs no line."""
        (x, y), many = self.foot(), 12 if self.far() else 0
        shares = [piece / many for piece in range(1, many)]
        spots = [(x + part * (self.point_x - x), y + part * (self.point_y - y)) for part in shares]
        return [(across - 1, down - 1, across + 1, down + 1) for across, down in spots]

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
    middle: float,
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
    middle
        A height that names rather do not cross: they stand above points above it, and below those below.

    Returns
    -------
    list of Label
        In the order of `named`; a name with no free place at all is left out.

    Examples
    --------
    >>> [label.x for label in placed_labels([("A", 20, 50)], [(20, 50)], width=100, height=100, middle=60)]
    [30]
    """
    taken = np.array([(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points])
    placed: list[Label] = []
    for text, x, y in named:
        spots = _spots(text, x, y, outward=-1 if y < middle else 1)
        placed += _best([spot for spot in spots if _inside(spot.box(), width, height)], placed, taken)
    return placed


def _best(spots: list[Label], placed: list[Label], taken: np.ndarray) -> list[Label]:
    """Return the first spot that is free of all, else of other names and lines, else of other names."""
    clear = [spot for spot in spots if not any(_touch(spot.box(), one.box()) for one in placed)]
    if not clear:
        return []
    free = ~_any_touch(np.array([spot.box() for spot in clear]), taken)
    uncrossed = (spot for spot, off in zip(clear, free, strict=True) if off and not _crosses(spot, placed))
    return [next(uncrossed, None) or next((one for one in clear if not _crosses(one, placed)), clear[0])]


def _spots(text: str, x: float, y: float, *, outward: int) -> list[Label]:
    """List places around a point, the nearest first; those on the wrong side count as further away."""
    wide = text_width(text, SMALL)
    downs = [0, *(sign * step * STEP for step in range(1, STEPS) for sign in (1, -1))]
    lefts = [x + NEAR, x - NEAR - wide, x - wide / 2]
    lefts += [
        left + sign * STEP * step
        for step in range(1, STEPS)
        for left, sign in zip(lefts, (1, -1), strict=False)
    ]
    spots = [Label(text, wide, left, y + down, x, y) for down in downs for left in lefts]
    clear = [spot for spot in spots if spot.away() >= TALL / 2 - 1]
    return sorted(clear, key=lambda spot: spot.away() + (BACK if (spot.y - y) * outward < 0 else 0))


def _crosses(spot: Label, placed: Sequence[Label]) -> bool:
    """Tell whether the line of a name runs through another name."""
    own = spot.thread()
    return any(_touch(spot.box(), piece) for other in placed for piece in other.thread()) or any(
        _touch(other.box(), piece) for other in placed for piece in own
    )


def _any_touch(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell of each rectangle whether it touches any other."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return np.any(np.all(high > low, axis=2), axis=1)


def _inside(box: Rectangle, width: float, height: float) -> bool:
    left, top, right, bottom = box
    return left >= 0 and top >= 0 and right <= width and bottom <= height


def _touch(one: Rectangle, other: Rectangle) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0 and down > 0

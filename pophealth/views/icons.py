"""Small pictures of what a measure's latest point shows, each with a shape and a letter of its own."""

import base64
from typing import NamedTuple

from pophealth.views.drawing import BLUE, CARD, GREY, INK, ORANGE, TEAL
from pophealth.views.markup import element

SIZE = 26


class Icon(NamedTuple):
    """A picture in a square of 26: its outline, its letter as strokes, its two colors, and its meaning."""

    outline: str
    letter: str
    fill: str
    ink: str
    alt: str


UP = "M13 2L25 23H1Z"
DOWN = "M1 3H25L13 24Z"
CIRCLE = "M13 2A11 11 0 1 1 13 24A11 11 0 1 1 13 2Z"
SQUARE = "M3 3H23V23H3Z"
DIAMOND = "M13 1L25 13L13 25L1 13Z"

VARIATION = {
    "improvement": Icon(UP, "M13 11V20", BLUE, CARD, "improvement"),
    "concern": Icon(DOWN, "M15.8 7.4A3.8 3.8 0 1 0 15.8 13.6", ORANGE, CARD, "concern"),
    "high": Icon(UP, "M10.6 12V20M15.4 12V20M10.6 16H15.4", INK, CARD, "high"),
    "low": Icon(DOWN, "M11.2 6V14.4H15.6", INK, CARD, "low"),
    "common_cause": Icon(
        CIRCLE, "M13 8.4A4.6 4.6 0 1 1 13 17.6A4.6 4.6 0 1 1 13 8.4Z", GREY, CARD, "ordinary"
    ),
    "line": Icon(CIRCLE, "M7.5 15.5L11.3 10.5L14.7 14.5L18.5 10", CARD, GREY, "not judged"),
    "": Icon(CIRCLE, "M8.5 13H17.5", CARD, GREY, "too few"),
}
"""I in a triangle up, C in one down; H and L where no way is better; O in a circle for ordinary, a line for
points that share people."""

ASSURANCE = {
    "consistent_pass": Icon(SQUARE, "M8.6 7.6L13 13.2L17.4 7.6M13 13.2V19", TEAL, CARD, "yes"),
    "consistent_fail": Icon(DIAMOND, "M9.8 17.6V8.4L16.2 17.6V8.4", ORANGE, CARD, "no"),
    "inconsistent": Icon(
        CIRCLE, "M9.9 10.4A3.2 3.2 0 1 1 14.6 12.8Q13 13.7 13 15.4M13 18.2V19.2", CARD, INK, "either"
    ),
    "moving": Icon(SQUARE, "M7.5 16.5Q10.2 8 13 13T18.5 9.5", CARD, INK, "moving"),
    "": Icon(SQUARE, "M8.5 13H17.5", CARD, GREY, "no target"),
}
"""Y in a square, N in a diamond, a question mark in a circle; a wave in a square while it is moving."""


def picture(icon: Icon) -> str:
    """Draw an icon as SVG; its letter is drawn in strokes, so that it looks the same without any font."""
    edge = {"stroke": icon.fill if icon.fill != CARD else icon.ink, "stroke-width": "1.6"}
    line = {"fill": "none", "stroke": icon.ink, "stroke-width": "2.2"}
    ends = {"stroke-linecap": "round", "stroke-linejoin": "round"}
    paths = element("path", "", d=icon.outline, fill=icon.fill, **edge, **{"stroke-linejoin": "round"})
    paths += element("path", "", d=icon.letter, **line, **ends)
    box = {"width": str(SIZE), "height": str(SIZE), "viewBox": f"0 0 {SIZE} {SIZE}"}
    return element("svg", paths, xmlns="http://www.w3.org/2000/svg", **box)


def image(icon: Icon) -> str:
    """Return an icon as a picture for a page, with words for those who do not see it."""
    data = base64.b64encode(picture(icon).encode()).decode()
    size = {"width": str(SIZE), "height": str(SIZE)}
    return element("img", "", alt=icon.alt, src=f"data:image/svg+xml;base64,{data}", **size)

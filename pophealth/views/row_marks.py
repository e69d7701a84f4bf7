"""What is drawn in the rows of groups: dots, ranges of luck, and the reference."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.views import drawing
from pophealth.views.lettering import wrapped
from pophealth.views.phrases import short
from pophealth.views.row_sheet import RowSheet
from pophealth.views.sheet import SMALL, Layer, Plot, Row, centred

LOOKS = {
    "group": ("circle", drawing.TEAL),
    "unclear": ("circle", drawing.GREY),
    "ahead": ("triangle-up", drawing.BLUE),
    "behind": ("triangle-down", drawing.ORANGE),
    "above": ("triangle-up", drawing.INK),
    "below": ("triangle-down", drawing.INK),
    "reference": ("diamond", drawing.INK),
}
"""Shape and color of every kind of group; shape alone tells them apart in print."""

LINE = 16
"""Height of a line of words over the rows."""


class Reference(NamedTuple):
    """The reference: its words, and what each row is held against; `same` tells whether that is one value."""

    words: str
    against: tuple[float, ...]
    same: bool = True

    def lines(self, width: float) -> list[str]:
        """Break the words into lines that fit over a plot."""
        return wrapped(self.words, width=0.45 * width, size=SMALL)


def reference_for(
    groups: pd.DataFrame, *, name: str | None, value: float | None, unit: str
) -> Reference | None:
    """Find the value that each group is held against; none where it may not be shown.

    Parameters
    ----------
    groups
        `name`, `value` and `reference_value`: what each group is held against, if the table says so.
    name
        What the reference is called.
    value
        Its value, when that is given.
    unit
        As in `charts.control_chart`.
    """
    if name is None:
        return None
    own = groups["name"].eq(name)
    if value is None and own.any():
        value = float(groups.loc[own, "value"].iloc[0])
    if value is not None:
        if np.isnan(value):
            return None
        return Reference(f"{name}, the reference: {short(value, unit)}", (value,) * len(groups))
    if groups["reference_value"].isna().all():
        return None
    return Reference(f"short lines: {name}, the reference", tuple(groups["reference_value"]), same=False)


def reference_layers(paper: RowSheet, reference: Reference | None) -> list[Layer]:
    """Draw one line through all rows, or a short one in each, with the name of the reference on top."""
    if reference is None:
        return []
    xs = [paper.plot.x(value) for value in reference.against if not np.isnan(value)]
    names = [
        {"x": centred(xs[0], text, paper.sheet.width), "y": LINE * place + 8, "text": text}
        for place, text in enumerate(reference.lines(paper.sheet.width))
    ]
    rules = _through(paper, xs[0], LINE * len(names) + 2.0) if reference.same else _short(paper, reference)
    look = {"color": drawing.MUTED, "strokeDash": [5, 3]} if reference.same else {"color": drawing.INK}
    return [paper.sheet.lines(rules, strokeWidth=1.4, **look), paper.sheet.texts(names, size=SMALL)]


def _through(paper: RowSheet, x: float, below_words: float) -> list[Row]:
    (top, first), *rest = paper.strips()
    strips = [(top if paper.narrow else below_words, first), *rest]
    return [{"x": x, "x2": x, "y": start, "y2": end} for start, end in strips]


def _short(paper: RowSheet, reference: Reference) -> list[Row]:
    places = zip(reference.against, paper.rows["middle"], paper.rows["blank"], strict=True)
    known = [(paper.plot.x(value), y) for value, y, blank in places if not np.isnan(value) and not blank]
    return [{"x": x, "x2": x, "y": y - 11, "y2": y + 11} for x, y in known]


def range_layers(
    paper: RowSheet, rows: pd.DataFrame, *, plot: Plot | None = None, thick: float = 3
) -> list[Layer]:
    """Draw the range in which luck could move each value: `lower` to `upper`, at `middle`."""
    known = rows.dropna(subset=["value", "lower", "upper"])
    x = (plot or paper.plot).x
    lines = [
        {"x": x(row.lower), "x2": x(row.upper), "y": row.middle, "y2": row.middle}
        for row in known.itertuples()
    ]
    look = {"color": drawing.THREAD, "strokeWidth": thick, "strokeCap": "round"}
    return [paper.sheet.lines(lines, **look)] if lines else []


def dot_layers(
    paper: RowSheet, rows: pd.DataFrame, *, plot: Plot | None = None, size: float = 95
) -> list[Layer]:
    """Draw the value of each row at its `middle`, in the look of its `kind`."""
    layers = []
    for kind, same in rows.dropna(subset=["value"]).groupby("kind", sort=False):
        shape, color = LOOKS[str(kind)]
        dots = [{"x": (plot or paper.plot).x(row.value), "y": row.middle} for row in same.itertuples()]
        layers.append(paper.sheet.dots(dots, shape=shape, fill=color, stroke=color, size=size))
    return layers

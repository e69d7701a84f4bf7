"""A sheet with a row for each group: its name, its people, a place to draw in, and its numbers in words."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from pophealth.views import drawing
from pophealth.views.lettering import cut, text_width, wrapped
from pophealth.views.sheet import AXIS, NAME, SMALL, TEXT, Layer, Plot, Sheet, axis_layers, plot_of

PHONE = 500
"""Below this width the words of a group stand over its drawing, not beside it."""

GAP = 20
"""Room between two columns."""

KEY = 24
"""Room above the first row for a key, or for the names of columns."""

LEAST_PLOT = 110
"""A plot that would be narrower has the words of its rows above it, as on a phone."""

LEAST, STRIP = 40, 30
"""Height of a row, and of the drawing under the words of a row on a phone."""


class RowSheet(NamedTuple):
    """A sheet of rows: where each row, the plot and each column of words stands.

    `rows` has a row for each group: `name`, `note`, `told`, `blank`, and in pixels `top`, `middle` (where
    values are drawn) and `bottom`. `columns` names the left end of each column of words.
    """

    sheet: Sheet
    plot: Plot
    rows: pd.DataFrame
    columns: dict[str, float]
    narrow: bool

    def strips(self) -> list[tuple[float, float]]:
        """Return from where to where values are drawn: one strip, or on a phone one for each row."""
        if not self.narrow:
            return [(self.rows["top"].iloc[0], self.rows["bottom"].iloc[-1])]
        return [(middle - STRIP / 2, middle + STRIP / 2) for middle in self.rows["middle"]]


def row_sheet(
    rows: pd.DataFrame,
    *,
    cells: pd.DataFrame,
    values: list[float],
    unit: str,
    width: int,
    head: float = 0,
    key: bool = False,
    beside: float = 0,
) -> RowSheet:
    """Lay rows out so that nothing lies on anything.

    Parameters
    ----------
    rows
        A row per group: `name`, `note` (small, below the name), `told` (on a phone, instead of cells),
        `blank` (what stands where there is nothing to draw, or "").
    cells
        Columns of words at the right of the plot, in the order of `rows`.
    values
        All that the scale must hold.
    unit, width
        As in `charts.control_chart`.
    head
        Room above the first row.
    key
        Whether a key stands above the first row.
    beside
        Room at the right for a second plot, which there is none for on a phone.
    """
    inner = width - beside
    side, columns = _name_room(rows, inner), _columns(cells, inner)
    left, right = side + GAP, min(columns.values(), default=inner) - GAP
    narrow = width < PHONE or right - left < LEAST_PLOT
    if narrow:
        side, columns, left, right = float(width), {}, 8.0, width - 14.0
    above = KEY if key or not (narrow or cells.empty) else 0
    plot = plot_of(values, unit=unit, left=left, right=right)
    placed = _placed(rows, side=side, narrow=narrow, head=head + above)
    sheet = Sheet(width, placed["bottom"].iloc[-1] + AXIS)
    return RowSheet(sheet, plot, placed, columns, narrow)


def second_plot(paper: RowSheet, values: list[float], *, unit: str, beside: float) -> Plot:
    """Return the plot at the right of all words."""
    return plot_of(values, unit=unit, left=paper.sheet.width - beside + GAP, right=paper.sheet.width - GAP)


def _name_room(rows: pd.DataFrame, width: float) -> float:
    widest = max(text_width(name, NAME, bold=True) for name in rows["name"])
    return max(min(widest, 0.26 * width), *(text_width(note, SMALL) for note in rows["note"]))


def _columns(cells: pd.DataFrame, width: float) -> dict[str, float]:
    """Set columns of words from the right edge, each as wide as its widest words."""
    lefts, end = {}, float(width)
    for name in reversed(cells.columns):
        widest = max(text_width(text, TEXT) for text in cells[name])
        lefts[name] = end - max(widest, text_width(name, SMALL))
        end = lefts[name] - GAP
    return dict(reversed(lefts.items()))


def _placed(rows: pd.DataFrame, *, side: float, narrow: bool, head: float) -> pd.DataFrame:
    names = [wrapped(name, width=side, size=NAME, bold=True) for name in rows["name"]]
    notes = [_lines(text, side) for text in (rows["told"] if narrow else rows["note"])]
    words = [17 * len(name) + 16 * len(note) for name, note in zip(names, notes, strict=True)]
    heights = [12 + tall + STRIP if narrow else max(LEAST, 12 + tall) for tall in words]
    bottoms = head + pd.Series(heights, dtype="float64").cumsum().to_numpy()
    middles = bottoms - (STRIP / 2 if narrow else pd.Series(heights).to_numpy() / 2)
    return rows.assign(
        names=names, notes=notes, words=words, top=bottoms - heights, middle=middles, bottom=bottoms
    )


def _lines(text: str, width: float) -> list[str]:
    return [line for part in text.split("\n") if part for line in wrapped(part, width=width, size=SMALL)]


def row_layers(paper: RowSheet, cells: pd.DataFrame) -> list[Layer]:
    """Draw all of a sheet but its values: grid, names, words, and the rows that hold too few people."""
    return [
        *axis_layers(paper.sheet, paper.plot, strips=paper.strips()),
        *_names(paper),
        *([] if paper.narrow else _cells(paper, cells)),
        *_blanks(paper),
    ]


def _names(paper: RowSheet) -> list[Layer]:
    names, notes = [], []
    for row in paper.rows.itertuples():
        start = row.top + 6 if paper.narrow else row.middle - row.words / 2
        names += [{"x": 0, "y": start + 9 + 17 * line, "text": text} for line, text in enumerate(row.names)]
        below = start + 17 * len(row.names)
        notes += [{"x": 0, "y": below + 8 + 16 * line, "text": text} for line, text in enumerate(row.notes)]
    edges = [{"x": 0, "x2": paper.sheet.width, "y": top, "y2": top} for top in paper.rows["top"]]
    return [
        paper.sheet.lines(edges, color=drawing.LINE, strokeWidth=1),
        paper.sheet.texts(names, size=NAME, bold=True),
        paper.sheet.texts(notes, size=SMALL, color=drawing.MUTED),
    ]


def _cells(paper: RowSheet, cells: pd.DataFrame) -> list[Layer]:
    above = paper.rows["top"].iloc[0] - 11
    heads = [{"x": x, "y": above, "text": name} for name, x in paper.columns.items()]
    words = [
        {"x": x, "y": y, "text": text}
        for name, x in paper.columns.items()
        for y, text in zip(paper.rows["middle"], cells[name], strict=True)
        if text
    ]
    return [
        paper.sheet.texts(heads, size=SMALL, color=drawing.MUTED),
        paper.sheet.texts(words, size=TEXT),
    ]


def key_layers(paper: RowSheet, kinds: Sequence[tuple[str, str, str]]) -> list[Layer]:
    """Name kinds of points over the first row: each is a word, a shape with its fill, and an edge.

    There must be room of `KEY` pixels above the rows.
    """
    x, y = paper.plot.left + 6, paper.rows["top"].iloc[0] - 11
    layers, words = [], []
    for word, fill, edge in kinds:
        layers.append(paper.sheet.dots([{"x": x, "y": y}], shape="circle", fill=fill, stroke=edge))
        words.append({"x": x + 11, "y": y, "text": word})
        x += 11 + text_width(word, SMALL) + GAP
    return [*layers, paper.sheet.texts(words, size=SMALL, color=drawing.MUTED)]


def _blanks(paper: RowSheet) -> list[Layer]:
    """Fill the place of a group that is too small to be shown, or has no value, with words."""
    empty = paper.rows[paper.rows["blank"].ne("")]
    if empty.empty:
        return []
    left, right = paper.plot.left, paper.plot.right
    bars = [{"x": left, "x2": right, "y": y - 11, "y2": y + 11} for y in empty["middle"]]
    words = [
        {"x": left + 8, "y": y, "text": cut(text, width=right - left - 16, size=SMALL)}
        for y, text in zip(empty["middle"], empty["blank"], strict=True)
    ]
    return [
        paper.sheet.bars(bars, color=drawing.BAND),
        paper.sheet.texts(words, size=SMALL, color=drawing.MUTED),
    ]

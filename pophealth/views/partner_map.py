"""The map of partners: people who are affected in a band on top, all others by influence and interest."""

from typing import Any, NamedTuple

import pandas as pd

from pophealth.stats.stakeholders import AFFECTED, NOT_RATED
from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.label_places import Label, placed_labels
from pophealth.views.lettering import cut, text_width
from pophealth.views.sheet import SMALL, TEXT, Layer, Row, Sheet

PHONE = 500
LOW, CUT, HIGH = 0.5, 2.5, 5.5
"""The ends of both scales, and the line from which on a mark counts as much."""

HEAD, LINE, SPACE, FOOT, LEFT = 26, 22, 34, 44, 22
BESIDE = 10
LOOKS = {
    AFFECTED: {"shape": "diamond", "fill": drawing.TEAL, "stroke": drawing.TEAL},
    "other": {"shape": "circle", "fill": drawing.CARD, "stroke": drawing.INK},
}
BAND = "Affected: shape it together"
CORNERS = {
    "Keep content": (False, True),
    "Work closely": (True, True),
    "Look in on": (False, False),
    "Keep informed": (True, False),
}
"""The name of each corner, and whether it lies to the right and on top."""

ACROSS, UPWARDS = "How much they care, 1 to 5", "Influence, 1 to 5"
TOGETHER, WIDE_APART, IN_ROW = 16, 15, 5
"""How far apart points with the same marks are drawn, across and down, and how many stand in a row."""


def partner_map(mapped: pd.DataFrame, *, title: str = "", subtitle: str = "", width: int = WIDE) -> Any:
    """Draw who can help and who is affected.

    Read the band on top first: these people live with what you want to change, and nothing is planned
    without them. Then the corner at the top right: partners with power who care. A name that finds no room
    stands in the table alone.

    Parameters
    ----------
    mapped
        `name`, `influence`, `interest` and `place` from `stats.stakeholders.mapped`.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when nobody is affected and nobody is rated.

    Examples
    --------
    >>> rows = {"name": ["Tenants"], "influence": [1.0], "interest": [4.0], "place": ["shape it together"]}
    >>> partner_map(pd.DataFrame(rows), title="Start with the tenants").title["text"]
    ['Start with the tenants']
    """
    if mapped["place"].eq(NOT_RATED).all():
        return None
    wide, narrow = (_drawn(mapped, title, subtitle, size) for size in (width, NARROW))
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": "number", "narrow": narrow}
    return Drawn(**wide, usermeta=notes)


class Field(NamedTuple):
    """The place of a map: its paper, its edges, and where its band and its plot begin."""

    sheet: Sheet
    left: float
    right: float
    top: float
    bottom: float

    def x(self, mark: float) -> float:
        """Return where a mark for caring stands."""
        return self.left + (mark - LOW) / (HIGH - LOW) * (self.right - self.left)

    def y(self, mark: float) -> float:
        """Return where a mark for influence stands."""
        return self.bottom - (mark - LOW) / (HIGH - LOW) * (self.bottom - self.top)


def _field(lines: int, width: int) -> Field:
    tall = 290 if width < PHONE else 330
    top = (HEAD + LINE * lines if lines else 0) + SPACE
    return Field(Sheet(width, top + tall + FOOT), LEFT, width - 4, top, top + tall)


def _drawn(mapped: pd.DataFrame, title: str, subtitle: str, width: int) -> dict[str, Any]:
    affected = mapped[mapped["place"].eq(AFFECTED)]
    others = mapped[~mapped["place"].isin([AFFECTED, NOT_RATED])]
    field = _field(len(affected), width)
    layers = [*_band(field, affected), *_axes(field), *_others(field, others)]
    return field.sheet.spec(layers, title=title, subtitle=subtitle)


def _band(field: Field, affected: pd.DataFrame) -> list[Layer]:
    """Draw one line for each group that is affected, its mark where it stands for caring."""
    end = HEAD + LINE * len(affected) + 6
    box = [{"x": field.left, "x2": field.right, "y": 0, "y2": end}] if len(affected) else []
    head = [{"x": field.left + 8, "y": 14, "text": BAND}] if len(affected) else []
    dots, words = [], []
    for line, (name, mark) in enumerate(affected[["name", "interest"]].itertuples(index=False)):
        y = HEAD + LINE * (line + 0.5)
        if pd.notna(mark):
            dots.append({"x": field.x(mark), "y": y})
        words.append(_beside(field, name, mark) | {"y": y})
    return [
        field.sheet.bars(box, color=drawing.SAND),
        field.sheet.texts(head, bold=True),
        field.sheet.dots(dots, size=110, **LOOKS[AFFECTED]),
        field.sheet.texts(words, size=TEXT),
    ]


def _beside(field: Field, name: str, mark: float) -> Row:
    """Put a name on the side of its mark that has more room."""
    if pd.isna(mark):
        return {"x": field.left + 8, "text": cut(name, width=field.right - field.left - 16, size=TEXT)}
    x = field.x(mark)
    after, before = field.right - x - 2 * BESIDE, x - field.left - 2 * BESIDE
    text = cut(name, width=max(after, before), size=TEXT)
    wide = text_width(text, TEXT)
    return {"x": x + BESIDE if wide <= after else x - BESIDE - wide, "text": text}


def _axes(field: Field) -> list[Layer]:
    marks = range(1, 6)
    grid = [{"x": field.x(m), "x2": field.x(m), "y": field.top, "y2": field.bottom} for m in marks]
    grid += [{"x": field.left, "x2": field.right, "y": field.y(m), "y2": field.y(m)} for m in marks]
    cross = [
        {"x": field.x(CUT), "x2": field.x(CUT), "y": field.top, "y2": field.bottom},
        {"x": field.left, "x2": field.right, "y": field.y(CUT), "y2": field.y(CUT)},
    ]
    ticks = [{"x": field.x(mark) - 4, "y": field.bottom + 14, "text": str(mark)} for mark in marks]
    ticks += [{"x": 4, "y": field.y(mark), "text": str(mark)} for mark in marks]
    ticks.append({"x": 4, "y": field.top - 13, "text": UPWARDS})
    ticks.append({"x": field.right - text_width(ACROSS, SMALL), "y": field.bottom + 33, "text": ACROSS})
    return [
        field.sheet.lines(grid, color=drawing.GRID, strokeWidth=1),
        field.sheet.lines(cross, color=drawing.THREAD, strokeWidth=1.4),
        field.sheet.texts(ticks, size=SMALL, color=drawing.MUTED),
        field.sheet.texts(_corners(field), size=SMALL, color=drawing.MUTED, bold=True),
    ]


def _corners(field: Field) -> list[Row]:
    return [
        {
            "x": field.right - 8 - text_width(name, SMALL, bold=True) if right else field.left + 8,
            "y": field.top + 13 if above else field.bottom - 13,
            "text": name,
        }
        for name, (right, above) in CORNERS.items()
    ]


def _others(field: Field, others: pd.DataFrame) -> list[Layer]:
    """Draw everyone else by both marks, with names that keep off each other."""
    points = _fanned(field, others)
    longest = 0.42 * (field.right - field.left)
    named = [
        (cut(name, width=longest, size=SMALL), x - field.left, y - field.top)
        for name, (x, y) in zip(others["name"], points, strict=True)
    ]
    taken = [(x - field.left, y - field.top) for x, y in [*points, *_lettered(field), *_crossed(field)]]
    across, down = field.right - field.left, field.bottom - field.top
    placed = placed_labels(named, taken, width=across, height=down, middle=down / 2)
    words = [{"x": one.x + field.left, "y": one.y + field.top, "text": one.text} for one in placed]
    threads = [_thread(field, one) for one in placed if one.far()]
    return [
        field.sheet.lines(threads, color=drawing.THREAD, strokeWidth=1),
        field.sheet.dots([{"x": x, "y": y} for x, y in points], **LOOKS["other"]),
        field.sheet.texts(words, size=SMALL),
    ]


def _fanned(field: Field, others: pd.DataFrame) -> list[tuple[float, float]]:
    """Place points; those with the same marks stand side by side."""
    marks = others.groupby(["interest", "influence"])
    place, many = marks.cumcount(), marks["name"].transform("size").clip(upper=IN_ROW)
    across = (place % IN_ROW - (many - 1) / 2) * TOGETHER
    down = place // IN_ROW * WIDE_APART
    return [
        (field.x(care) + right, field.y(power) + low)
        for care, power, right, low in zip(others["interest"], others["influence"], across, down, strict=True)
    ]


def _lettered(field: Field) -> list[tuple[float, float]]:
    """List places along the names of the corners, which other names keep off."""
    return [
        (row["x"] + step, row["y"])
        for row in _corners(field)
        for step in range(0, int(text_width(row["text"], SMALL, bold=True)) + 1, 10)
    ]


def _crossed(field: Field) -> list[tuple[float, float]]:
    """List places along the two lines through the middle, which names keep off while there is room."""
    across = range(int(field.left), int(field.right), 10)
    down = range(int(field.top), int(field.bottom), 10)
    level, upright = field.y(CUT), field.x(CUT)
    return [(float(x), level) for x in across] + [(upright, float(y)) for y in down]


def _thread(field: Field, label: Label) -> Row:
    x, y = label.foot()
    return {
        "x": x + field.left,
        "y": y + field.top,
        "x2": label.point_x + field.left,
        "y2": label.point_y + field.top,
    }

"""Groups as dots: the value of each, how far luck could move it, and the group others are held against."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.compared import differences, kinds_of
from pophealth.views.frame import NARROW, WIDE, Drawn, heading
from pophealth.views.groups import bare, groups_of, head_of, people_of, reach, worst_first
from pophealth.views.lettering import wrapped
from pophealth.views.phrases import short
from pophealth.views.row_sheet import RowSheet, row_layers, row_sheet
from pophealth.views.sheet import SMALL, Layer, centred

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
LUCK, GAP = "Luck could move it", "Difference"


def dot_plot(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    better: str,
    reference: str | None = None,
    reference_value: float | None = None,
    compared: pd.DataFrame | None = None,
    title: str = "",
    subtitle: str = "",
    unit: str = "percent",
    people: str = "people",
    width: int = WIDE,
) -> Any:
    """Draw the value of each group, with the range in which luck could move it.

    Read the dots first, then how long the lines are: a long line means few people, and a value that says
    little yet. Whether a group truly differs from the reference is not told by lines that overlap or not; it
    is told by `compared`, which holds the limits of each difference itself. A group that is too small to be
    shown keeps its row, without numbers.

    Parameters
    ----------
    table
        A row per group from `stats.rates`: `value`, `lower`, `upper`, `denominator`, `reason`, and
        `suppressed` after `stats.privacy.suppress`.
    by
        Column or columns that name the group.
    better
        ``higher``, ``lower`` or ``neither``; groups furthest behind come first.
    reference
        The group that others are held against, as it is called in `by`; or what `reference_value` is called,
        such as "Everyone".
    reference_value
        Where the line of the reference stands when it is no group of the table.
    compared
        A row per group from `stats.rates.compare`, whose `lower` and `upper` are limits of the difference
        (or of the ratio, as its column `measure` says).
    title, subtitle, unit, width
        As in `charts.control_chart`.
    people
        What is counted below: people, births, visits.

    Returns
    -------
    altair.LayerChart or None
        None when the table is empty; with all groups too small there are rows without numbers.

    Examples
    --------
    >>> table = pd.DataFrame({"language": ["Spanish", "English"], "value": [0.56, 0.7]})
    >>> dot_plot(table, by="language", better="higher", title="Two groups").title["text"]
    ['Two groups']
    """
    groups = groups_of(table, by=by)
    if groups.empty:
        return None
    groups = groups.assign(kind=kinds_of(groups, compared, by=by, better=better, reference=reference))
    groups["difference"] = differences(groups, compared, by=by, unit=unit)
    groups = worst_first(groups, better=better).reset_index(drop=True)
    line = _reference_line(groups, reference, reference_value)
    parts = {"line": line, "unit": unit, "people": people, "title": title, "subtitle": subtitle}
    wide, narrow = (_drawn(groups, **parts, width=size) for size in (width, NARROW))
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": unit, "narrow": narrow}
    seen = set(groups.loc[groups["blank"].eq(""), "kind"]) - {"group", "reference"}
    return Drawn(**wide, usermeta=notes | {"kinds": [kind for kind in LOOKS if kind in seen]})


def _reference_line(groups: pd.DataFrame, name: str | None, value: float | None) -> tuple[str, float] | None:
    """Name the line of the reference and say where it stands; none when it may not be shown."""
    if name is None:
        return None
    if value is None:
        found = groups.loc[groups["name"].eq(name), "value"].dropna()
        return (name, float(found.iloc[0])) if len(found) else None
    return name, value


def _drawn(
    groups: pd.DataFrame,
    *,
    line: tuple[str, float] | None,
    unit: str,
    people: str,
    title: str,
    subtitle: str,
    width: int,
) -> dict[str, Any]:
    cells = _cells(groups, unit)
    rows = groups.assign(note=_notes(groups, people), told=_told(groups, cells, people))
    values = pd.concat([groups["value"], groups["lower"], groups["upper"]]).dropna().tolist()
    values += [line[1]] if line else []
    words = f"{line[0]}, the reference: {short(line[1], unit)}" if line else ""
    lines = wrapped(words, width=0.45 * width, size=SMALL) if line else []
    paper = row_sheet(rows, cells=cells, values=values, unit=unit, width=width, head=LINE * len(lines))
    layers = [*row_layers(paper, cells), *_line(paper, line, lines), *_ranges(paper), *_dots(paper)]
    size = {"width": paper.sheet.width, "height": paper.sheet.height}
    return {"layer": layers, "title": heading(title, subtitle, width=width), **size}


def _cells(groups: pd.DataFrame, unit: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            head_of(unit): [bare(value, unit) for value in groups["value"]],
            LUCK: [reach(limits, unit) for limits in groups[["lower", "upper"]].to_numpy()],
            GAP: groups["difference"],
        }
    ).loc[:, lambda cells: cells.ne("").any()]


def _notes(groups: pd.DataFrame, people: str) -> list[str]:
    """Say how many people stand behind each value, and which group is the reference."""
    marks = ["the reference" if kind == "reference" else "" for kind in groups["kind"]]
    return [
        ", ".join(filter(None, both)) for both in zip(people_of(groups, people=people), marks, strict=True)
    ]


def _told(groups: pd.DataFrame, cells: pd.DataFrame, people: str) -> list[str]:
    """Say on a phone over each dot what stands beside it elsewhere."""
    named = {LUCK: "luck: {}", GAP: "\ndifference {}"}
    parts = [
        [named.get(str(name), "{}").format(text) if text else "" for text in texts]
        for name, texts in cells.items()
    ]
    rows = zip(_notes(groups, people), *parts, strict=True)
    return [" · ".join(filter(None, row)).replace(" · \n", "\n") for row in rows]


def _line(paper: RowSheet, line: tuple[str, float] | None, words: list[str]) -> list[Layer]:
    """Draw the line of the reference through all rows, with its name on top."""
    if line is None:
        return []
    x, sheet = paper.plot.x(line[1]), paper.sheet
    (_, first), *rest = paper.strips()
    above = paper.strips()[0][0] if paper.narrow else LINE * len(words) + 2.0
    strips = [(above, first), *rest]
    rules = [{"x": x, "x2": x, "y": top, "y2": bottom} for top, bottom in strips]
    names = [
        {"x": centred(x, text, sheet.width), "y": LINE * place + 8, "text": text}
        for place, text in enumerate(words)
    ]
    return [
        sheet.lines(rules, color=drawing.MUTED, strokeDash=[5, 3], strokeWidth=1.4),
        sheet.texts(names, size=SMALL),
    ]


def _ranges(paper: RowSheet) -> list[Layer]:
    known = paper.rows.dropna(subset=["value", "lower", "upper"])
    x = paper.plot.x
    rows = [
        {"x": x(row.lower), "x2": x(row.upper), "y": row.middle, "y2": row.middle}
        for row in known.itertuples()
    ]
    return [paper.sheet.lines(rows, color=drawing.THREAD, strokeWidth=3, strokeCap="round")] if rows else []


def _dots(paper: RowSheet) -> list[Layer]:
    layers = []
    for kind, rows in paper.rows.dropna(subset=["value"]).groupby("kind", sort=False):
        shape, color = LOOKS[str(kind)]
        dots = [{"x": paper.plot.x(row.value), "y": row.middle} for row in rows.itertuples()]
        layers.append(paper.sheet.dots(dots, shape=shape, fill=color, stroke=color))
    return layers

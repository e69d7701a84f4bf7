"""Groups as dots: the value of each, how far luck could move it, and the group others are held against."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pophealth.views.compared import gap_words, gaps_of, kinds_of, reference_of
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.groups import bare, groups_of, head_of, people_of, reach, worst_first
from pophealth.views.row_marks import (
    LINE,
    LOOKS,
    Reference,
    dot_layers,
    range_layers,
    reference_for,
    reference_layers,
)
from pophealth.views.row_sheet import row_layers, row_sheet

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
        such as "Everyone". By default what the table says in its column `reference`.
    reference_value
        Where the line of the reference stands when it is no group of the table.
    compared
        A row per group from `stats.rates.compare`, whose `lower` and `upper` are limits of the difference
        (or of the ratio, as its column `measure` says). A table from `stats.segments.compare` holds its
        differences itself.
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
    if table.empty:
        return None
    reference = reference_of(table, reference)
    gaps = gaps_of(table, compared, by=by, reference=reference)
    kinds = kinds_of(gaps, better=better, reference=reference)
    groups = groups_of(table, by=by, beside=["reference_value"])
    groups = groups.assign(kind=kinds, difference=gap_words(gaps, unit=unit))
    groups = worst_first(groups, better=better)
    held = reference_for(groups, name=reference, value=reference_value, unit=unit)
    parts = {"held": held, "unit": unit, "people": people, "title": title, "subtitle": subtitle}
    wide, narrow = (_drawn(groups, **parts, width=size) for size in (width, NARROW))
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": unit, "narrow": narrow}
    seen = set(groups.loc[groups["blank"].eq(""), "kind"]) - {"group", "reference"}
    return Drawn(**wide, usermeta=notes | {"kinds": [kind for kind in LOOKS if kind in seen]})


def _drawn(
    groups: pd.DataFrame,
    *,
    held: Reference | None,
    unit: str,
    people: str,
    title: str,
    subtitle: str,
    width: int,
) -> dict[str, Any]:
    cells = _cells(groups, unit)
    rows = groups.assign(note=_notes(groups, people), told=_told(groups, cells, people))
    against = pd.Series(held.against if held else (), dtype="float64")
    values = pd.concat([groups["value"], groups["lower"], groups["upper"], against]).dropna().tolist()
    head = LINE * len(held.lines(width)) if held else 0
    paper = row_sheet(rows, cells=cells, values=values, unit=unit, width=width, head=head)
    layers = [
        *row_layers(paper, cells),
        *reference_layers(paper, held),
        *range_layers(paper, paper.rows),
        *dot_layers(paper, paper.rows),
    ]
    return paper.sheet.spec(layers, title=title, subtitle=subtitle)


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

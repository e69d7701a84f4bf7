"""All segments side by side: how each fares, how far behind it is, and how many people that is."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.compared import gap_words, gaps_of, kinds_of, reference_of
from pophealth.views.excess_bars import NEVER_ADDED, excess_of, excess_told
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.groups import bare, groups_of, head_of, people_of, with_reach
from pophealth.views.row_marks import (
    LINE,
    LOOKS,
    Reference,
    dot_layers,
    range_layers,
    reference_for,
    reference_layers,
)
from pophealth.views.row_sheet import RowSheet, row_layers, row_sheet, second_plot
from pophealth.views.sheet import SMALL, Layer, axis_layers

BESIDE = 200
"""Room for the small plot of differences at the right."""


def segment_picture(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    better: str,
    title: str = "",
    subtitle: str = "",
    unit: str = "percent",
    people: str = "people",
    width: int = WIDE,
) -> Any:
    """Draw the table of segments with a small picture of each rate and each difference.

    Read a row from left to right: who, how many, how they fare, how many more fare badly than if they had
    fared like the reference, and the place: 1 fares worst once luck is allowed for, so that a tiny group does
    not come first. Groups with the same place may have been parted by luck alone.

    Parameters
    ----------
    table
        From `stats.segments.compare`, perhaps after `stats.privacy.suppress`.
    by
        Column or columns that name the group.
    better
        ``higher`` or ``lower``.
    title, subtitle, unit, width
        As in `charts.control_chart`.
    people
        As in `dot_plot.dot_plot`.

    Returns
    -------
    altair.LayerChart or None
        None when the table is empty.

    Examples
    --------
    >>> table = pd.DataFrame({"language": ["Spanish", "English"], "value": [0.4, 0.3], "rank": [1, 2]})
    >>> segment_picture(table, by="language", better="lower", title="Two segments").title["text"]
    ['Two segments']
    """
    if table.empty:
        return None
    segments = segments_of(table, by=by, better=better, unit=unit)
    held = reference_for(segments, name=reference_of(table, None), value=None, unit=unit)
    subtitle = " · ".join(filter(None, [subtitle, f"excess {NEVER_ADDED}"]))
    parts = {"held": held, "unit": unit, "people": people, "title": title, "subtitle": subtitle}
    wide, narrow = (_drawn(segments, **parts, width=size) for size in (width, NARROW))
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": unit, "narrow": narrow}
    seen = set(segments.loc[segments["blank"].eq(""), "kind"]) - {"group", "reference"}
    return Drawn(**wide, usermeta=notes | {"kinds": [kind for kind in LOOKS if kind in seen]})


def segments_of(
    table: pd.DataFrame, *, by: str | Iterable[str], better: str, unit: str = "percent"
) -> pd.DataFrame:
    """Return the segments that are shown, in the order of their place, with all numbers in words as well.

    Places and shares are counted among the segments that are shown, so that nothing is told of the others.

    Returns
    -------
    DataFrame
        The columns of `groups.groups_of`; `gap`, `gap_lower`, `gap_upper`; `kind`; `place`, `excess`,
        `share`; in words `gap_told`, `excess_told`; `reference_value`.
    """
    reference = reference_of(table, None)
    gaps = gaps_of(table, None, by=by, reference=reference)
    groups = groups_of(table, by=by, beside=["rank", "reference_value"])
    excess = excess_of(table, by=by)
    excess = excess.assign(excess_told=excess_told(excess)).set_index("name").reindex(groups["name"])
    segments = groups.assign(
        gap=gaps["value"],
        gap_lower=gaps["lower"],
        gap_upper=gaps["upper"],
        kind=kinds_of(gaps, better=better, reference=reference),
        gap_told=gap_words(gaps, unit=unit),
        place=groups["rank"].rank(method="min"),
        **{name: excess[name].to_numpy() for name in ("excess", "share", "excess_told")},
    )
    return segments.sort_values(
        ["place", "denominator", "name"], ascending=[True, False, True], ignore_index=True
    )


def _drawn(
    segments: pd.DataFrame,
    *,
    held: Reference | None,
    unit: str,
    people: str,
    title: str,
    subtitle: str,
    width: int,
) -> dict[str, Any]:
    cells = _cells(segments, unit)
    note = _notes(segments, people)
    told = _told(segments, note, cells, unit)
    cells = cells.loc[:, cells.ne("").any()]
    against = pd.Series(held.against if held else (), dtype="float64")
    values = [*segments[["value", "lower", "upper"]].to_numpy().ravel(), *against]
    paper = row_sheet(
        segments.assign(note=note, told=told),
        cells=cells,
        values=values,
        unit=unit,
        width=width,
        head=LINE * len(held.lines(width)) if held else 0,
        beside=BESIDE,
    )
    rate = [*reference_layers(paper, held), *range_layers(paper, paper.rows), *dot_layers(paper, paper.rows)]
    gaps = [] if paper.narrow else _gaps(paper, unit)
    return paper.sheet.spec([*row_layers(paper, cells), *rate, *gaps], title=title, subtitle=subtitle)


def _cells(segments: pd.DataFrame, unit: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Place": [bare(place, "number") for place in segments["place"]],
            head_of(unit): [bare(value, unit) for value in segments["value"]],
            "Excess (luck)": segments["excess_told"],
            "Share": [bare(share, "percent") for share in segments["share"]],
            "Difference": [text.partition(" (")[0] for text in segments["gap_told"]],
        }
    )


def _notes(segments: pd.DataFrame, people: str) -> list[str]:
    marks = [", the reference" if kind == "reference" else "" for kind in segments["kind"]]
    return [f"{note}{mark}" for note, mark in zip(people_of(segments, people=people), marks, strict=True)]


def _told(segments: pd.DataFrame, note: list[str], cells: pd.DataFrame, unit: str) -> list[str]:
    """Say on a phone over each picture what stands beside it elsewhere, with the ranges of luck."""
    limits = segments[["value", "lower", "upper"]].to_numpy()
    lines = {
        "place": [
            f"{place and f'place {place} · '}{text}" for place, text in zip(cells["Place"], note, strict=True)
        ],
        "value": [with_reach(row[0], row[1:], unit) for row in limits],
        "gap": [text and f"difference: {text}" for text in segments["gap_told"]],
        "excess": [text and f"excess: {text}" for text in segments["excess_told"]],
        "share": [text and f"share of excess: {text}" for text in cells["Share"]],
    }
    return ["\n".join(filter(None, row)) for row in zip(*lines.values(), strict=True)]


def _gaps(paper: RowSheet, unit: str) -> list[Layer]:
    """Draw each difference with its own limits around the line of no gap."""
    named = {"value": "gap", "lower": "gap_lower", "upper": "gap_upper"}
    rows = paper.rows.drop(columns=list(named)).rename(columns={old: new for new, old in named.items()})
    rows = rows[rows["kind"].ne("reference")]
    values = [0.0, *rows[list(named)].to_numpy().ravel()]
    plot = second_plot(paper, values, unit="points" if unit == "percent" else unit, beside=BESIDE)
    sheet, x = paper.sheet, plot.x(0)
    (top, bottom), *_ = paper.strips()
    words = [{"x": plot.left, "y": top - 11, "text": "Difference (luck)"}]
    return [
        *axis_layers(sheet, plot, strips=paper.strips()),
        sheet.lines([{"x": x, "x2": x, "y": top, "y2": bottom}], color=drawing.INK, strokeWidth=1.1),
        *range_layers(paper, rows, plot=plot),
        *dot_layers(paper, rows, plot=plot, size=70),
        sheet.texts(words, size=SMALL, color=drawing.MUTED),
    ]

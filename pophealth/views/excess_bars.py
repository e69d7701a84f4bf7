"""How many people it is: the excess of each group, largest first, and how the shares add up."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from pophealth.views import drawing
from pophealth.views.compared import LIMITS, reference_of
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.groups import bare, groups_of, people_of, reach, worst_first
from pophealth.views.phrases import short
from pophealth.views.row_sheet import RowSheet, row_layers, row_sheet, second_plot
from pophealth.views.sheet import SMALL, Layer, axis_layers

NEVER_ADDED = "not to be added over groupings"

LOOKS = {
    "more": (drawing.ORANGE, drawing.ORANGE),
    "fewer": (drawing.BLUE, drawing.BLUE),
    "unclear": (drawing.CARD, drawing.GREY),
}
"""Fill and edge of a bar; where luck alone could explain it, it is hollow."""

BESIDE = 250
"""Room for the line of shares at the right."""


def excess_bars(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    title: str = "",
    subtitle: str = "",
    people: str = "people",
    width: int = WIDE,
) -> Any:
    """Draw how many more people fare badly in each group than if it had fared like the reference.

    Read the bars from the top: that is where most people could be helped, which is not always where the rate
    is worst. A hollow bar is one that luck alone could explain. A bar to the left means fewer people. The
    line at the right adds up the shares of all groups above 0 that are shown.

    Parameters
    ----------
    table
        A row per group from `stats.segments.compare` or `stats.rates.excess`: `excess`, `excess_lower`,
        `excess_upper`, `reference`, `denominator`; perhaps after `stats.privacy.suppress`.
    by
        Column or columns that name the group.
    title, subtitle, width
        As in `charts.control_chart`; the subtitle ends with the warning that excess is never added up over
        several groupings.
    people
        As in `dot_plot.dot_plot`.

    Returns
    -------
    altair.LayerChart or None
        None when the table is empty.

    Examples
    --------
    >>> table = pd.DataFrame({"language": ["Spanish", "English"], "value": [0.6, 0.5], "excess": [42.0, 0.0]})
    >>> excess_bars(table, by="language", title="42 people").title["subtitle"]
    ['not to be added over groupings']
    """
    if table.empty:
        return None
    groups = excess_of(table, by=by)
    subtitle = " · ".join(filter(None, [subtitle, NEVER_ADDED]))
    parts = {"people": people, "title": title, "subtitle": subtitle}
    wide, narrow = (_drawn(groups, **parts, width=size) for size in (width, NARROW))
    alt = f"{title}. {subtitle}".strip(". ")
    return Drawn(**wide, usermeta={"title": title, "alt": alt, "unit": "number", "narrow": narrow})


def excess_of(table: pd.DataFrame, *, by: str | Iterable[str]) -> pd.DataFrame:
    """Return the excess of each group, largest first, with its share of all excess that is shown.

    Where the reference may not be shown, nothing may: its share could be worked out from the others.

    Returns
    -------
    DataFrame
        The columns of `groups.groups_of`; `excess`, `excess_lower`, `excess_upper`; `share` and `together`
        (of all groups above 0, missing for the others); `kind`: more, fewer, unclear, or reference.
    """
    columns = ["excess", "excess_lower", "excess_upper"]
    if "excess" not in table and "expected" in table:
        table = table.assign(**{new: table[old] for new, old in zip(columns, LIMITS, strict=True)})
    groups = groups_of(table, by=by, beside=columns)
    reference = reference_of(table, None)
    itself = groups["name"].eq(reference)
    if groups.loc[itself, "blank"].ne("").any():
        groups[columns] = float("nan")
    groups = groups.assign(kind=_kinds(groups).mask(itself & groups["blank"].eq(""), "reference"))
    groups = worst_first(groups, better="lower", value="excess")
    above = groups["excess"].where(groups["excess"] > 0)
    share = above / above.sum()
    return groups.assign(share=share, together=share.cumsum())


def _kinds(groups: pd.DataFrame) -> pd.Series:
    kinds = pd.Series("unclear", index=groups.index, dtype=object)
    return kinds.mask(groups["excess_lower"] > 0, "more").mask(groups["excess_upper"] < 0, "fewer")


def excess_told(groups: pd.DataFrame) -> list[str]:
    """Say how many people it is, more or fewer, with the range in which luck could move it."""
    rows = groups[["excess", "excess_lower", "excess_upper"]].to_numpy()
    return [_many(row[0], row[1:]) for row in rows.round()]


def _many(excess: float, limits: np.ndarray) -> str:
    if np.isnan(excess):
        return ""
    words = f"{short(abs(excess), 'number')} {'fewer' if excess < 0 else 'more'}" if excess else "0"
    far = reach(np.sort(abs(limits)) if (limits < 0).all() else limits, "number")
    return f"{words} ({far})" if far else words


def _drawn(groups: pd.DataFrame, *, people: str, title: str, subtitle: str, width: int) -> dict[str, Any]:
    cells = pd.DataFrame({"Excess (luck)": excess_told(groups)})
    note = [
        f"{text}{', the reference' if kind == 'reference' else ''}"
        for text, kind in zip(people_of(groups, people=people), groups["kind"], strict=True)
    ]
    rows = groups.assign(note=note, told=_told(groups, note, cells))
    values = [0.0, *groups[["excess", "excess_lower", "excess_upper"]].to_numpy().ravel()]
    paper = row_sheet(rows, cells=cells, values=values, unit="number", width=width, beside=BESIDE)
    layers = [*row_layers(paper, cells), *_bars(paper), *([] if paper.narrow else _line(paper))]
    return paper.sheet.spec(layers, title=title, subtitle=subtitle)


def _told(groups: pd.DataFrame, note: list[str], cells: pd.DataFrame) -> list[str]:
    together = [
        "" if pd.isna(share) else f"added up: {bare(share, 'percent')}" for share in groups["together"]
    ]
    return [
        "\n".join(filter(None, [people, " · ".join(filter(None, [excess, share]))]))
        for people, excess, share in zip(note, cells.iloc[:, 0], together, strict=True)
    ]


def _bars(paper: RowSheet) -> list[Layer]:
    sheet, x = paper.sheet, paper.plot.x
    layers = []
    for kind, (fill, edge) in LOOKS.items():
        rows = paper.rows[paper.rows["kind"].eq(kind) & paper.rows["excess"].notna()]
        bars = [
            {
                "x": x(min(row.excess, 0)),
                "x2": x(max(row.excess, 0)),
                "y": row.middle - 9,
                "y2": row.middle + 9,
            }
            for row in rows.itertuples()
        ]
        layers.append(sheet.bars(bars, color=fill, stroke=edge, strokeWidth=1.4))
    known = paper.rows.dropna(subset=["excess_lower", "excess_upper"])
    ends = zip(known["excess_lower"], known["excess_upper"], known["middle"], strict=True)
    luck = [{"x": x(lower), "x2": x(upper), "y": y, "y2": y} for lower, upper, y in ends]
    zero = [{"x": x(0), "x2": x(0), "y": top, "y2": bottom} for top, bottom in paper.strips()]
    return [
        *layers,
        sheet.lines(luck, color=drawing.INK, strokeWidth=1.4),
        sheet.lines(zero, color=drawing.INK, strokeWidth=1.1),
    ]


def _line(paper: RowSheet) -> list[Layer]:
    """Add up the shares from the top, as a line beside the bars with a number at each point."""
    known = paper.rows.dropna(subset=["together"])
    if known.empty:
        return []
    sheet, plot = paper.sheet, second_plot(paper, [0.0, 1.0], unit="percent", beside=BESIDE)
    dots = [{"x": plot.x(row.together), "y": row.middle} for row in known.itertuples()]
    links = [{"x": one["x"], "x2": two["x"], "y": one["y"], "y2": two["y"]} for one, two in pairwise(dots)]
    words = [
        {"x": dot["x"] - 44, "y": dot["y"], "text": bare(share, "percent")}
        for dot, share in zip(dots, known["together"], strict=True)
    ]
    head = [{"x": plot.left, "y": paper.rows["top"].iloc[0] - 11, "text": "Added up from the top"}]
    return [
        *axis_layers(sheet, plot, strips=paper.strips()),
        sheet.lines(links, color=drawing.THREAD, strokeWidth=1.6),
        sheet.dots(dots, shape="circle", fill=drawing.GREY, stroke=drawing.GREY, size=60),
        sheet.texts(words, size=SMALL, color=drawing.MUTED),
        sheet.texts(head, size=SMALL, color=drawing.MUTED),
    ]

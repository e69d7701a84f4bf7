"""Rows of bars made of parts: counts of a few kinds, one after the other on a common scale."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.row_sheet import KEY, RowSheet, key_layers, row_layers, row_sheet
from pophealth.views.sheet import Layer, Plot

HALF = 9
"""Half the height of a bar."""


def part_bars(
    rows: pd.DataFrame,
    *,
    looks: Mapping[str, str],
    cells: pd.DataFrame,
    title: str = "",
    subtitle: str = "",
    width: int = WIDE,
) -> Any:
    """Draw a bar for each row, made of a part for each kind.

    Parameters
    ----------
    rows
        As `row_sheet.row_sheet` takes them, and a column of counts for each kind.
    looks
        The kinds in the order of the parts, each with its color; the key names them.
    cells
        Words at the right of the bars.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when there are no rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"name": ["A ride"], "note": "", "told": "3", "blank": "", "people": [3]})
    >>> chart = part_bars(
    ...     rows, looks={"people": "#0b6e6e"}, cells=pd.DataFrame({"Named": ["3"]}), title="One"
    ... )
    >>> chart.title["text"]
    ['One']
    """
    if rows.empty:
        return None
    longest = max(float(rows[list(looks)].sum(axis="columns").max()), 1.0)
    laid: dict[str, Any] = {"cells": cells, "values": [0.0, longest], "unit": "number", "head": KEY}
    words = {"title": title, "subtitle": subtitle}
    wide, narrow = (
        _drawn(row_sheet(rows, **laid, width=size), looks, cells, words) for size in (width, NARROW)
    )
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": "number", "narrow": narrow}
    return Drawn(**wide, usermeta=notes)


def _drawn(
    paper: RowSheet, looks: Mapping[str, str], cells: pd.DataFrame, words: dict[str, str]
) -> dict[str, Any]:
    paper = paper._replace(plot=_whole(paper.plot))
    key = key_layers(paper, [(name, color, color) for name, color in looks.items()])
    return paper.sheet.spec([*row_layers(paper, cells), *key, *_bars(paper, looks)], **words)


def _whole(plot: Plot) -> Plot:
    """Keep only ticks at whole numbers: nobody counts half a talk."""
    ticks = tuple(tick for tick in plot.scale.ticks if tick == int(tick))
    return plot._replace(scale=plot.scale._replace(ticks=ticks, labels=tuple(f"{int(t):,}" for t in ticks)))


def _bars(paper: RowSheet, looks: Mapping[str, str]) -> list[Layer]:
    layers, starts = [], pd.Series(0, index=paper.rows.index)
    for name, color in looks.items():
        ends = starts + paper.rows[name]
        bars = [
            {"x": paper.plot.x(start), "x2": paper.plot.x(end), "y": middle - HALF, "y2": middle + HALF}
            for start, end, middle in zip(starts, ends, paper.rows["middle"], strict=True)
            if end > start
        ]
        layers.append(paper.sheet.bars(bars, color=color, stroke=drawing.CARD, strokeWidth=1))
        starts = ends
    return layers

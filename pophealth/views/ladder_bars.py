"""Who is thriving: a bar for each group, split into thriving, struggling and suffering."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.groups import bare, with_reach, worst_first
from pophealth.views.ladders import STANDINGS, answered_of, ladders_of
from pophealth.views.lettering import text_width
from pophealth.views.phrases import first_capital
from pophealth.views.row_sheet import RowSheet, row_layers, row_sheet
from pophealth.views.sheet import SMALL, TEXT, Layer, Row, Sheet

FILLS = {"thriving": drawing.TEAL, "struggling": drawing.LINE, "suffering": drawing.ORANGE}
INKS = {"thriving": drawing.CARD, "struggling": drawing.INK, "suffering": drawing.CARD}
TOP, BOTTOM, REACH = -13, 6, 11
"""From the middle of a row to the top and bottom of its bar, and to the range of luck below it."""

STRIPE, SWATCH = 6, 11


def ladder_bars(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = None,
    title: str = "",
    subtitle: str = "",
    width: int = WIDE,
) -> Any:
    """Draw for each group which share of people is thriving, struggling and suffering.

    Read how many answered before anything else: the bars show those who answered, and nobody knows how the
    others stand. The thin lines below a bar show how far luck could move the end of the thriving part, and
    the start of the suffering part, which is striped. Groups with the fewest thriving come first.

    Parameters
    ----------
    table
        From `stats.segments.ladder`, perhaps after `stats.privacy.suppress`.
    by
        Column or columns that name the group (and the round); None for everyone together.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when the table is empty.

    Examples
    --------
    >>> rows = {"ladder": ["thriving", "struggling", "suffering"], "value": [0.5, 0.4, 0.1]}
    >>> ladder_bars(pd.DataFrame(rows), title="Half are thriving").title["text"]
    ['Half are thriving']
    """
    if table.empty:
        return None
    ladders = worst_first(ladders_of(table, by=by), better="higher", value="thriving")
    parts = {"title": title, "subtitle": subtitle}
    wide, narrow = (_drawn(ladders, **parts, width=size) for size in (width, NARROW))
    alt = f"{title}. {subtitle}".strip(". ")
    return Drawn(**wide, usermeta=parts | {"alt": alt, "unit": "percent", "narrow": narrow})


def _drawn(ladders: pd.DataFrame, *, title: str, subtitle: str, width: int) -> dict[str, Any]:
    cells = pd.DataFrame({_head(name): _shares(ladders, name) for name in ("thriving", "suffering")})
    answered = answered_of(ladders)
    rows = ladders.assign(note=answered, told=_told(answered, cells))
    paper = row_sheet(rows, cells=cells, values=[0.0, 1.0], unit="percent", width=width, key=True)
    parts = _parts(paper)
    layers = [*row_layers(paper, cells), *_key(paper), *_bars(paper.sheet, parts), *_luck(paper)]
    return paper.sheet.spec(layers, title=title, subtitle=subtitle)


def _head(standing: str) -> str:
    return f"{first_capital(standing)} (luck)"


def _shares(ladders: pd.DataFrame, standing: str) -> list[str]:
    rows = ladders[[standing, f"{standing}_lower", f"{standing}_upper"]].to_numpy()
    return [with_reach(row[0], row[1:], "percent") for row in rows]


def _told(answered: list[str], cells: pd.DataFrame) -> list[str]:
    return [
        f"{note}\nthriving {thriving} · suffering {suffering}" if thriving else note
        for note, (thriving, suffering) in zip(answered, cells.to_numpy(), strict=True)
    ]


def _parts(paper: RowSheet) -> list[Row]:
    """Return the parts of all bars: where each starts and ends, and its share in words."""
    known = paper.rows.dropna(subset=list(STANDINGS))
    ends = known[list(STANDINGS)].cumsum(axis="columns").to_numpy()
    starts = np.column_stack([np.zeros(len(known)), ends[:, :-1]])
    return [
        {
            "part": part,
            "x": paper.plot.x(starts[row, place]),
            "x2": paper.plot.x(ends[row, place]),
            "y": middle + TOP,
            "y2": middle + BOTTOM,
            "text": bare(known[part].iloc[row], "percent"),
        }
        for row, middle in enumerate(known["middle"])
        for place, part in enumerate(STANDINGS)
    ]


def _bars(sheet: Sheet, parts: list[Row]) -> list[Layer]:
    layers = []
    for name in STANDINGS:
        bars = [part for part in parts if part["part"] == name and part["x2"] > part["x"]]
        layers.append(sheet.bars(bars, color=FILLS[name], stroke=drawing.CARD, strokeWidth=1))
        if name == "suffering":
            stripes = [stripe for bar in bars for stripe in _stripes(bar)]
            layers.append(sheet.lines(stripes, color=drawing.CARD, strokeWidth=1.4))
        layers += _labels(sheet, [bar for bar in bars if _fits(bar)], name)
    return layers


def _fits(bar: Row) -> bool:
    return text_width(bar["text"], TEXT, bold=True) + 12 <= bar["x2"] - bar["x"]


def _labels(sheet: Sheet, bars: list[Row], name: str) -> list[Layer]:
    """Write shares inside their bars, on a plain ground where the bar is striped."""
    words = [
        {"x": (bar["x"] + bar["x2"] - text_width(bar["text"], TEXT, bold=True)) / 2, "text": bar["text"]}
        | {"y": (bar["y"] + bar["y2"]) / 2}
        for bar in bars
    ]
    grounds = [
        {"x": word["x"] - 4, "x2": word["x"] + text_width(word["text"], TEXT, bold=True) + 4}
        | {"y": word["y"] - 8, "y2": word["y"] + 8}
        for word in words
    ]
    ground = [sheet.bars(grounds, color=FILLS[name])] if name == "suffering" else []
    return [*ground, sheet.texts(words, bold=True, color=INKS[name])]


def _stripes(bar: Row) -> list[Row]:
    """Lay slanted lines over a bar, each cut where the bar ends."""
    left, right, top, bottom = bar["x"], bar["x2"], bar["y"], bar["y2"]
    tall = bottom - top
    feet = np.arange(left - tall + STRIPE, right, STRIPE)
    starts, ends = feet.clip(left, right), (feet + tall).clip(left, right)
    return [
        {"x": start, "x2": end, "y": bottom - (start - foot), "y2": bottom - (end - foot)}
        for foot, start, end in zip(feet.tolist(), starts.tolist(), ends.tolist(), strict=True)
        if end > start
    ]


def _luck(paper: RowSheet) -> list[Layer]:
    """Draw how far luck could move the end of the thriving part and the start of the suffering part."""
    x, lines = paper.plot.x, []
    for row in paper.rows.dropna(subset=["thriving_lower", "suffering_upper"]).itertuples():
        y = row.middle + REACH
        lines += [
            {"x": x(row.thriving_lower), "x2": x(row.thriving_upper), "y": y, "y2": y},
            {"x": x(1 - row.suffering_upper), "x2": x(1 - row.suffering_lower), "y": y, "y2": y},
        ]
    return [paper.sheet.lines(lines, color=drawing.INK, strokeWidth=1.6)] if lines else []


def _key(paper: RowSheet) -> list[Layer]:
    """Name the three parts over the first bar, each beside a piece of its look."""
    y, plot = paper.rows["top"].iloc[0] - 11, paper.plot
    words = [first_capital(name) for name in STANDINGS]
    widths = [SWATCH + 5 + text_width(word, SMALL) for word in words]
    spare = (plot.right - plot.left - sum(widths)) / 2
    lefts = plot.left + np.cumsum([0.0, *(wide + spare for wide in widths[:-1])])
    swatches = [
        {"part": name, "x": left, "x2": left + SWATCH, "y": y - SWATCH / 2, "y2": y + SWATCH / 2, "text": ""}
        for name, left in zip(STANDINGS, lefts.tolist(), strict=True)
    ]
    texts = [
        {"x": left + SWATCH + 5, "y": y, "text": word}
        for left, word in zip(lefts.tolist(), words, strict=True)
    ]
    pieces = [
        paper.sheet.bars([one], color=FILLS[one["part"]], stroke=drawing.CARD, strokeWidth=1)
        for one in swatches
    ]
    stripes = paper.sheet.lines(_stripes(swatches[-1]), color=drawing.CARD, strokeWidth=1.4)
    return [*pieces, stripes, paper.sheet.texts(texts, size=SMALL, color=drawing.MUTED)]

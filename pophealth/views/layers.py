"""The layers of a chart over time, from the grey band at the back to the labels in front."""

import json
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pophealth.views import drawing
from pophealth.views.scales import DAY, Scale, milliseconds
from pophealth.views.series import unbroken, when_column

KINDS = {
    "ordinary": ("circle", drawing.GREY, drawing.GREY),
    "improvement": ("triangle-up", drawing.BLUE, drawing.BLUE),
    "concern": ("triangle-down", drawing.ORANGE, drawing.ORANGE),
    "high": ("triangle-up", drawing.INK, drawing.INK),
    "low": ("triangle-down", drawing.INK, drawing.INK),
    "left out": ("circle", drawing.CARD, drawing.GREY),
}
"""Shape, fill and edge of every kind of point; shape alone tells them apart in print."""

OVERHANG = 7
"""How far the highest axis label stands out above a plot."""


class Panel(NamedTuple):
    """The place a series is drawn in: its size in pixels, its two scales, and how much is labelled."""

    width: int
    height: int
    start: int
    end: int
    scale: Scale
    dates: dict[int, list[str]]
    unit: str
    margin: int = 34
    value_labels: bool = True
    date_labels: bool = True
    edge_labels: bool = True
    narrow: bool = False

    def across(self, moment: float) -> float:
        """Return how far from the left edge a moment stands."""
        return self.width * (moment - self.start) / (self.end - self.start)

    def axes(self) -> dict[str, Any]:
        """Return the two shared axes, with ticks and words chosen beforehand."""
        time = {"type": "utc", "domain": [self.start, self.end], "nice": False}
        value = {"domain": [self.scale.low, self.scale.high], "nice": False}
        return {
            "x": {"field": "x", "type": "temporal", "scale": time, "axis": _date_axis(self)},
            "y": {"field": "y", "type": "quantitative", "scale": value, "axis": _value_axis(self)},
        }


def axis_title(unit: str) -> str:
    """Return what stands beside the value axis; shares carry their sign at each tick instead."""
    return {"percent": "", "number": "", "points": "percentage points"}.get(unit, unit)


def _date_axis(panel: Panel) -> dict[str, Any]:
    dates = json.dumps({str(moment): label for moment, label in panel.dates.items()}, ensure_ascii=False)
    label = f"{dates}[toNumber(datum.value)]" if panel.date_labels else "''"
    return {"values": list(panel.dates), "labelExpr": label, "labelOverlap": False, "title": None}


def _value_axis(panel: Panel) -> dict[str, Any]:
    words = json.dumps(dict(enumerate(panel.scale.labels)), ensure_ascii=False)
    step = panel.scale.ticks[1] - panel.scale.ticks[0]
    label = f"{words}[round((datum.value - {panel.scale.low!r}) / {step!r})]" if panel.value_labels else "''"
    extent = {"minExtent": panel.margin, "maxExtent": panel.margin}
    title = (axis_title(panel.unit) or None) if panel.value_labels else None
    return {"values": list(panel.scale.ticks), "labelExpr": label, "title": title, **extent}


def placed(charted: pd.DataFrame) -> pd.DataFrame:
    """Add where each point stands (`x`), where its stretch of time starts and ends, and what kind it is."""
    x = milliseconds(charted[when_column(charted)])
    halves = x.diff().dropna() / 2
    half = float(halves[halves > 0].median()) if (halves > 0).any() else 15.0 * DAY
    return charted.assign(
        x=x,
        left=(x - halves.reindex(x.index).clip(upper=half).fillna(half)),
        right=(x + halves.shift(-1).reindex(x.index).clip(upper=half).fillna(half)),
        stretch=unbroken(charted),
        kind=_kinds(charted),
    )


def _kinds(charted: pd.DataFrame) -> pd.Series:
    signal = charted["direction"].where(charted["direction"].isin(list(KINDS)), "ordinary")
    return signal.where(~charted["excluded"].astype(bool), "left out")


def series_layers(points: pd.DataFrame, panel: Panel, *, target: float | None) -> list[dict[str, Any]]:
    """Return what lies behind the points of one control chart, back to front, as plain Vega-Lite."""
    return [*_band(points, panel), *_target(target, panel), *_centres(points, panel)]


def point_layers(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    """Return the line and the points of one series."""
    return [*_line(points, panel), *_points(points, panel)]


def layer(rows: list[dict[str, Any]], mark: str, encoding: dict[str, Any], **look: Any) -> dict[str, Any]:
    """Return one layer: its rows, its mark and how the mark looks."""
    return {"data": {"values": rows}, "mark": {"type": mark, **look}, "encoding": encoding}


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Turn a table into the rows of a layer."""
    return frame.to_dict("records")


def _band(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    """Draw the limits as steps, each half way to its neighbors; over a missing month both go on."""
    shown = points.dropna(subset=["lower", "upper"])
    if shown.empty:
        return []
    low, high = panel.scale.low, panel.scale.high
    by_phase = shown.groupby("phase")["x"]
    left = ((shown["x"] + by_phase.shift()) / 2).fillna(shown["left"])
    right = ((shown["x"] + by_phase.shift(-1)) / 2).fillna(shown["right"])
    shown = shown.assign(y=shown["lower"].clip(low, high), y2=shown["upper"].clip(low, high))
    edges = pd.concat([shown.assign(x=right), shown.assign(x=left)])
    edges = edges.sort_values(["phase", "x"], kind="stable")
    encoding = panel.axes() | {"y2": {"field": "y2"}, "detail": {"field": "phase", "type": "nominal"}}
    return [layer(rows_of(edges[["x", "y", "y2", "phase"]]), "area", encoding, color=drawing.BAND, opacity=1)]


def _centres(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    shown = points.dropna(subset=["centre"])
    if shown.empty:
        return []
    lines = shown.groupby(["phase", "centre"]).agg(x=("left", "min"), x2=("right", "max")).reset_index()
    encoding = panel.axes() | {"x2": {"field": "x2"}}
    look = {"color": drawing.MUTED, "strokeDash": [5, 3], "strokeWidth": 1.4}
    return [layer(rows_of(lines.rename(columns={"centre": "y"})[["x", "x2", "y"]]), "rule", encoding, **look)]


def _line(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    rows = points.dropna(subset=["value"]).rename(columns={"value": "y"})
    encoding = panel.axes() | {"detail": {"field": "stretch", "type": "nominal"}}
    return [layer(rows_of(rows[["x", "y", "stretch"]]), "line", encoding, strokeJoin="round")]


def _points(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    rows = points.dropna(subset=["value"]).rename(columns={"value": "y"})
    encoding = panel.axes()
    for place, channel in enumerate(("shape", "fill", "stroke")):
        scale = {"domain": list(KINDS), "range": [look[place] for look in KINDS.values()]}
        encoding[channel] = {"field": "kind", "type": "nominal", "scale": scale, "legend": None}
    look = {"filled": True, "size": point_size(len(rows), panel.width), "strokeWidth": 1.6, "opacity": 1}
    return [layer(rows_of(rows[["x", "y", "kind"]]), "point", encoding, **look)]


def point_size(count: int, width: float) -> float:
    """Return the area of a point: generous when there is room, small when points crowd.

    Examples
    --------
    >>> point_size(24, 740), point_size(98, 250)
    (78.0, 16.0)
    """
    return float(np.clip((width / max(count, 1) * 0.62) ** 2, 16, 78))


def _target(target: float | None, panel: Panel) -> list[dict[str, Any]]:
    if target is None:
        return []
    return [layer([{"y": target}], "rule", {"y": panel.axes()["y"]}, color=drawing.INK, strokeWidth=1.1)]

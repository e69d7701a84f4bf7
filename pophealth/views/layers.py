"""The layers of a chart over time, from the grey band at the back to the labels in front."""

import json
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pophealth.views import drawing
from pophealth.views.phrases import short
from pophealth.views.scales import Scale, kept_apart, lanes, milliseconds
from pophealth.views.series import middle_word, unbroken, when_column

KINDS = {
    "ordinary": ("circle", drawing.GREY, drawing.GREY),
    "improvement": ("triangle-up", drawing.BLUE, drawing.BLUE),
    "concern": ("triangle-down", drawing.ORANGE, drawing.ORANGE),
    "high": ("triangle-up", drawing.INK, drawing.INK),
    "low": ("triangle-down", drawing.INK, drawing.INK),
    "left out": ("circle", drawing.CARD, drawing.GREY),
}
"""Shape, fill and edge of every kind of point; shape alone tells them apart in print."""

LANE = 24
"""Height of a row of numbered marks."""

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
    value_labels: bool = True
    edge_labels: bool = True
    narrow: bool = False

    def across(self, moment: float) -> float:
        """Return how far from the left edge a moment stands."""
        return self.width * (moment - self.start) / (self.end - self.start)


def placed(charted: pd.DataFrame) -> pd.DataFrame:
    """Add where each point stands (`x`), where its stretch of time starts and ends, and what kind it is."""
    x = milliseconds(charted[when_column(charted)])
    halves = x.diff().dropna() / 2
    half = float(halves[halves > 0].median()) if (halves > 0).any() else 15 * 86_400_000.0
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


def control_layers(
    points: pd.DataFrame, panel: Panel, *, target: float | None, marks: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return the layers of one control chart, back to front, as plain Vega-Lite."""
    return [
        *_band(points, panel),
        *_target(target, panel),
        *_marks(marks, panel),
        *_centres(points, panel),
        *_line(points, panel),
        *_points(points, panel),
        *_phase_names(points, panel),
        *_edge_labels(points, panel, target),
    ]


def axes(panel: Panel) -> dict[str, Any]:
    """Return the two shared axes, with ticks and words chosen beforehand."""
    dates = json.dumps({str(moment): label for moment, label in panel.dates.items()}, ensure_ascii=False)
    scale = {"type": "utc", "domain": [panel.start, panel.end], "nice": False}
    axis = {
        "values": list(panel.dates),
        "labelExpr": f"{dates}[toNumber(datum.value)]",
        "labelOverlap": False,
    }
    return {
        "x": {"field": "x", "type": "temporal", "scale": scale, "axis": axis | {"title": None}},
        "y": {
            "field": "y",
            "type": "quantitative",
            "scale": {"domain": [panel.scale.low, panel.scale.high], "nice": False},
            "axis": _value_axis(panel),
        },
    }


def _value_axis(panel: Panel) -> dict[str, Any]:
    words = json.dumps(dict(enumerate(panel.scale.labels)), ensure_ascii=False)
    step = panel.scale.ticks[1] - panel.scale.ticks[0]
    titles = {"percent": None, "number": None, "points": "percentage points"}
    title = titles.get(panel.unit, panel.unit) if panel.value_labels and not panel.narrow else None
    label = f"{words}[round((datum.value - {panel.scale.low!r}) / {step!r})]" if panel.value_labels else "''"
    return {"values": list(panel.scale.ticks), "labelExpr": label, "title": title, "minExtent": 34}


def _layer(rows: list[dict[str, Any]], mark: str, encoding: dict[str, Any], **look: Any) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": {"type": mark, **look}, "encoding": encoding}


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")


def _band(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    shown = points.dropna(subset=["lower", "upper"])
    if shown.empty:
        return []
    low, high = panel.scale.low, panel.scale.high
    shown = shown.assign(y=shown["lower"].clip(low, high), y2=shown["upper"].clip(low, high))
    edges = pd.concat([shown.assign(x=shown["right"]), shown.assign(x=shown["left"])])
    edges = edges.sort_values(["phase", "x"], kind="stable")
    encoding = axes(panel) | {"y2": {"field": "y2"}, "detail": {"field": "phase", "type": "nominal"}}
    return [_layer(_rows(edges[["x", "y", "y2", "phase"]]), "area", encoding, color=drawing.BAND, opacity=1)]


def _centres(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    shown = points.dropna(subset=["centre"])
    if shown.empty:
        return []
    lines = shown.groupby(["phase", "centre"]).agg(x=("left", "min"), x2=("right", "max")).reset_index()
    encoding = axes(panel) | {"x2": {"field": "x2"}}
    look = {"color": drawing.MUTED, "strokeDash": [5, 3], "strokeWidth": 1.4}
    return [_layer(_rows(lines.rename(columns={"centre": "y"})[["x", "x2", "y"]]), "rule", encoding, **look)]


def _line(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    rows = points.dropna(subset=["value"]).rename(columns={"value": "y"})
    encoding = axes(panel) | {"detail": {"field": "stretch", "type": "nominal"}}
    return [_layer(_rows(rows[["x", "y", "stretch"]]), "line", encoding, strokeJoin="round")]


def _points(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    rows = points.dropna(subset=["value"]).rename(columns={"value": "y"})
    encoding = axes(panel)
    for place, channel in enumerate(("shape", "fill", "stroke")):
        scale = {"domain": list(KINDS), "range": [look[place] for look in KINDS.values()]}
        encoding[channel] = {"field": "kind", "type": "nominal", "scale": scale, "legend": None}
    look = {"filled": True, "size": point_size(len(rows), panel.width), "strokeWidth": 1.6, "opacity": 1}
    return [_layer(_rows(rows[["x", "y", "kind"]]), "point", encoding, **look)]


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
    return [_layer([{"y": target}], "rule", {"y": axes(panel)["y"]}, color=drawing.INK, strokeWidth=1.1)]


def marks_within(marks: pd.DataFrame | None, start: float, end: float) -> pd.DataFrame:
    """Keep the marks of tests that fall into the time shown, by date; `x` is their moment."""
    if marks is None or marks.empty:
        return pd.DataFrame({"number": [], "date": [], "label": [], "x": []})
    found = marks.assign(x=milliseconds(marks["date"])).sort_values(["x", "number"], kind="stable")
    return found[found["x"].between(start, end)]


def mark_rows(marks: pd.DataFrame, panel: Panel) -> list[int]:
    """Return the row above the plot in which each mark has room."""
    return lanes([panel.across(x) for x in marks["x"]], room=LANE)


def _marks(marks: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    if marks.empty:
        return []
    heights = [panel.scale.value(-14 - LANE * row, panel.height) for row in mark_rows(marks, panel)]
    found = pd.DataFrame({"x": marks["x"].astype("int64"), "text": marks["number"].astype(str), "y": heights})
    data, place = _rows(found), axes(panel)
    to_ground = place | {"y2": {"datum": panel.scale.low}}
    label = place | {"text": {"field": "text"}}
    return [
        _layer(data, "rule", to_ground, color=drawing.TEAL, strokeDash=[2, 3], strokeWidth=1.4),
        _layer(data, "point", place, shape="circle", color=drawing.TEAL, size=330, opacity=1),
        _layer(data, "text", label, color=drawing.CARD, fontSize=12, fontWeight=600, dy=0.5),
    ]


def _phase_names(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    """Write the middle of each phase over its start, when there is more than one."""
    shown = points.dropna(subset=["centre"])
    if points["phase"].nunique() < 2 or shown.empty:
        return []
    starts = shown.groupby("phase").agg(x=("left", "min"), centre=("centre", "first"))
    word = "" if panel.narrow else f"{middle_word(points)} "
    starts["text"] = [f"{word}{short(value, panel.unit)}" for value in starts["centre"]]
    encoding = {"x": axes(panel)["x"], "y": {"value": 4}, "text": {"field": "text"}}
    look = {"align": "left", "baseline": "top", "dx": 3, "fontWeight": 600, "fontSize": 13}
    return [_layer(_rows(starts[["x", "text"]]), "text", encoding, **look)]


def _edge_labels(points: pd.DataFrame, panel: Panel, target: float | None) -> list[dict[str, Any]]:
    found = _edge_values(points, target)
    if not panel.edge_labels or not found:
        return []
    places = [panel.scale.pixel(value, panel.height) for value in found.values()]
    spread = kept_apart(places, room=15, low=0, high=panel.height)
    rows = [
        {"text": _edge_text(word, value, panel), "y": panel.scale.value(place, panel.height)}
        for (word, value), place in zip(found.items(), spread, strict=True)
    ]
    encoding = {"x": {"value": panel.width}, "y": axes(panel)["y"], "text": {"field": "text"}}
    look = {"align": "left", "baseline": "middle", "dx": 7, "color": drawing.MUTED, "fontSize": 12}
    return [_layer(rows, "text", encoding, **look)]


def _edge_values(points: pd.DataFrame, target: float | None) -> dict[str, float]:
    """Gather what is named at the right edge: target, limits and middle of the phase in force."""
    found = {} if target is None else {"target": target}
    known = points[points["phase"] == points["phase"].iloc[-1]].dropna(subset=["centre"])
    if known.empty:
        return found
    last = known.iloc[-1]
    lines = {middle_word(points): last["centre"], "upper limit": last["upper"]}
    if last["lower"] > 0 or points["value"].min() < 0:
        lines["lower limit"] = last["lower"]
    return found | {word: float(value) for word, value in lines.items() if pd.notna(value)}


def _edge_text(word: str, value: float, panel: Panel) -> str:
    if panel.narrow:
        return word if word == "target" else short(value, panel.unit)
    return f"{short(value, panel.unit)} {word}"

"""The gap between two groups over time: the difference on top, the ratio below, one time axis."""

from typing import Any

import numpy as np
import pandas as pd

from pophealth.views import drawing, edges, layers
from pophealth.views.flags import flags
from pophealth.views.frame import NARROW, WIDE, Drawn, heading, notes_of, panel_of, scale_of
from pophealth.views.layers import Panel, layer, rows_of
from pophealth.views.lettering import wrapped
from pophealth.views.plot import control_layers
from pophealth.views.scales import Scale, value_scale
from pophealth.views.series import period_of, unbroken, withheld
from pophealth.views.suppressed import TOO_FEW, hidden, shown_series

EVEN = {"1 = no gap": 1.0}
HEADS = ("Difference", "Ratio, with its likely range")
NAME = 13
FEW = "–"
"""Stands where a period has too few people to be shown."""


def gap_chart(
    charted_gap: pd.DataFrame,
    *,
    title: str = "",
    subtitle: str = "",
    better: str = "lower",
    marks: pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
    unit: str = "points",
    width: int = WIDE,
) -> Any:
    """Draw how far one group is behind another, as a difference with limits and as a ratio.

    Read the upper part as a control chart of the difference. In the lower part a point is the ratio of the
    two groups and the line through it the range in which the ratio may truly lie; at the line marked 1 there
    is no gap. Look at both: a difference can shrink while the ratio grows.

    Parameters
    ----------
    charted_gap
        One gap from `stats.equity.charted_gap`. Periods that a column ``suppressed`` holds back keep a dash
        at the foot of the chart.
    title, subtitle, marks, changes, width
        As in `charts.control_chart`.
    better
        ``lower`` when the value says how far a group is behind; else ``neither``.
    unit
        Of the difference, as in `charts.control_chart`.

    Returns
    -------
    altair.VConcatChart or None
        None when there is no value to draw; without a ratio the upper part stands alone.

    Examples
    --------
    >>> table = pd.DataFrame({"period": pd.to_datetime(["2021-01-01"]), "value": [0.1], "phase": 1})
    >>> lines = {"excluded": False, "centre": 0.1, "lower": 0, "upper": 0.2, "signal": "", "direction": ""}
    >>> len(gap_chart(table.assign(**lines, ratio=0.8), title="One month").to_dict(validate=False)["vconcat"])
    2
    """
    charted_gap = shown_series(charted_gap)
    if not charted_gap["value"].notna().any():
        return None
    points = layers.placed(withheld(charted_gap))
    known = flags(marks, changes, points, period_of(points))
    parts = {"known": known, "unit": unit, "title": title, "subtitle": subtitle}
    wide, narrow = (_both(points, **parts, width=size) for size in (width, NARROW))
    facts = {"title": title, "subtitle": subtitle, "unit": unit, "narrow": narrow}
    notes = notes_of(points, known, better=better, **facts)
    few = [[FEW, TOO_FEW]] if hidden(points).any() else []
    return Drawn(**wide, usermeta=notes | {"changes": [*notes["changes"], *few]})


def _both(
    points: pd.DataFrame, *, known: pd.DataFrame, unit: str, title: str, subtitle: str, width: int
) -> dict[str, Any]:
    narrow, ratios = width < 500, ratios_of(points)
    upper = scale_of(points, unit=unit, ticks=4)
    lower = _ratio_scale(ratios)
    rooms = [
        edges.rooms(upper, edges.edge_values(points, None), unit=unit, narrow=narrow),
        edges.rooms(lower, EVEN, unit="ratio", narrow=narrow),
    ]
    inner = width - max(left for left, _ in rooms) - max(right for _, right in rooms)
    panel = panel_of(points, upper, unit=unit, width=inner, height=180 if narrow else 200)
    panel = panel._replace(margin=max(map(edges.margin, (upper, lower))), narrow=narrow)
    below = panel._replace(height=80 if narrow else 90, scale=lower, unit="ratio")
    top = panel._replace(date_labels=ratios.empty)
    parts = [_part([*control_layers(points, top, known=known), *_too_few(points, top)], top, HEADS[0])]
    if not ratios.empty:
        parts.append(_part(ratio_layers(ratios, below), below, HEADS[1]))
    return {"vconcat": parts, "spacing": 14, "title": heading(title, subtitle, width=width)}


def _too_few(points: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    """Mark the periods in which a group has too few people to be shown, at the foot of the plot."""
    rows = points.loc[hidden(points), ["x"]].assign(y=panel.scale.low, text=FEW)
    look = {"align": "center", "baseline": "bottom", "dy": -2, "fontSize": NAME, "fontWeight": 600}
    encoding = panel.axes() | {"text": {"field": "text"}}
    return [layer(rows_of(rows), "text", encoding, color=drawing.MUTED, **look)] if len(rows) else []


def _part(drawn: list[dict[str, Any]], panel: Panel, name: str) -> dict[str, Any]:
    look = {"fontSize": NAME, "lineHeight": 16, "frame": "group", "offset": 8}
    text = wrapped(name, width=panel.width, size=NAME, bold=True)
    return {"layer": drawn, "width": panel.width, "height": panel.height, "title": {"text": text} | look}


def ratios_of(points: pd.DataFrame) -> pd.DataFrame:
    """Return the ratios that can be drawn: `x`, `y`, their range `lower` and `upper`, `kind`, `stretch`."""
    blank = pd.Series(np.nan, index=points.index)
    found = {
        name: pd.to_numeric(points.get(column, blank)).replace([np.inf, -np.inf], np.nan)
        for name, column in (("y", "ratio"), ("lower", "ratio_lower"), ("upper", "ratio_upper"))
    }
    stretch = unbroken(points.assign(value=found["y"]))
    rest = {"kind": points["kind"].where(points["kind"] == "left out", "ordinary"), "stretch": stretch}
    return points[["x"]].assign(**found, **rest).dropna(subset=["y"])


def _ratio_scale(ratios: pd.DataFrame) -> Scale:
    """Show every ratio and 1; a range that reaches far beyond runs out of the picture."""
    far = max(ratios["y"].max(), 1.0) * 2 if len(ratios) else 2.0
    known = [1.0, *ratios["y"], *ratios["lower"].dropna(), *ratios["upper"].dropna().clip(upper=far)]
    return value_scale(known, unit="number", ticks=3)


def ratio_layers(ratios: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    """Return the layers of the small chart of the ratio."""
    even = layer([{"y": 1.0}], "rule", {"y": panel.axes()["y"]}, color=drawing.INK, strokeWidth=1.1)
    known = ratios.dropna(subset=["lower", "upper"])
    shown = known.assign(
        y=known["lower"].clip(panel.scale.low, panel.scale.high),
        y2=known["upper"].clip(panel.scale.low, panel.scale.high),
    )
    ranges = layer(
        rows_of(shown[["x", "y", "y2"]]),
        "rule",
        panel.axes() | {"y2": {"field": "y2"}},
        color=drawing.THREAD,
        strokeWidth=1.6,
    )
    points = ratios.rename(columns={"y": "value"})
    label = edges.edge_layer(EVEN, panel)
    return [even, *([ranges] if len(shown) else []), *layers.point_layers(points, panel), label]

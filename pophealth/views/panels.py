"""Small charts side by side on one scale."""

from typing import Any

import pandas as pd

from pophealth.views import edges
from pophealth.views.frame import heading, panel_of, scale_of
from pophealth.views.layers import Panel
from pophealth.views.lettering import cut, wrapped
from pophealth.views.plot import control_layers, height_above
from pophealth.views.series import ENOUGH, counted

BETWEEN, BELOW = 28, 22
"""Pixels between panels, across and down."""

FEW = 4
"""Up to so many panels stand two in a row and tall."""

NAME, NOTE = 14, 12.5


def grid(
    frames: dict[str, pd.DataFrame],
    *,
    known: pd.DataFrame,
    by: str,
    notes: dict[str, str],
    unit: str,
    title: str,
    subtitle: str,
    columns: int,
    width: int,
) -> dict[str, Any]:
    """Draw each frame in a panel of its own, so many in a row."""
    whole = _whole(frames, unit=unit, columns=columns, width=width)
    own = {name: own_flags(known, by, name) for name in frames}
    heads = _names(list(frames), notes, whole.width)
    above = {name: height_above(points, whole, own[name]) for name, points in frames.items()}
    most = max(above.values()) if columns > 1 else 0.0
    panels = []
    for place, (name, points) in enumerate(frames.items()):
        first = place % columns == 0
        panel = whole if first else whole._replace(value_labels=False, margin=0)
        offset = {"offset": 10 + max(0.0, most - above[name])}
        drawn = control_layers(points, panel, known=own[name])
        panels.append({"layer": drawn, "width": panel.width, "height": panel.height})
        panels[-1]["title"] = heads[name] | offset
    rows = [
        {"hconcat": panels[at : at + columns], "spacing": BETWEEN} for at in range(0, len(panels), columns)
    ]
    return {"vconcat": rows, "spacing": BELOW, "title": heading(title, subtitle, width=width)}


def _whole(frames: dict[str, pd.DataFrame], *, unit: str, columns: int, width: int) -> Panel:
    """Return the panel that all have in common: one scale, one stretch of time, one size."""
    narrow, few = width < 500, len(frames) <= FEW
    points = pd.concat(frames.values())
    scale = scale_of(points, unit=unit, ticks=5 if few else 4)
    left, right = edges.rooms(scale, {}, unit=unit, narrow=narrow)
    each = (width - left - right - BETWEEN * (columns - 1)) // columns
    height = (150 if narrow else 210) if few else 120
    panel = panel_of(points, scale, unit=unit, width=each, height=height)
    return panel._replace(margin=edges.margin(scale), edge_labels=False, narrow=narrow)


def own_flags(known: pd.DataFrame, by: str, name: str) -> pd.DataFrame:
    """Return the flags of one panel: those that name it, and those that name none."""
    if by not in known:
        return known
    named = known[by].fillna("").astype(str)
    return known[(named == name) | (named.str.strip() == "")]


def _names(names: list[str], notes: dict[str, str], width: int) -> dict[str, dict[str, Any]]:
    """Return the heading of each panel, all of the same height."""
    lines = {name: _two_lines(name, width) for name in names}
    most = max(len(found) for found in lines.values())
    look = {"fontSize": NAME, "lineHeight": 18, "subtitleFontSize": NOTE, "frame": "group"}
    return {
        name: {"text": [" "] * (most - len(found)) + found}
        | ({"subtitle": notes.get(name, " ")} if notes else {})
        | look
        for name, found in lines.items()
    }


def _two_lines(name: str, width: int) -> list[str]:
    lines = wrapped(name, width=width, size=NAME, bold=True)
    whole = lines if len(lines) < 3 else [lines[0], " ".join(lines[1:])]
    return [cut(line, width=width, size=NAME, bold=True) for line in whole]


def too_few(charted: pd.DataFrame) -> str:
    """Say that limits are held back because the phase in force has too few points; else nothing."""
    phase = charted[charted["phase"] == charted["phase"].iloc[-1]]
    many = int(counted(phase).sum())
    if many >= ENOUGH or phase["centre"].isna().all():
        return ""
    return f"too few to tell yet: {many} of {ENOUGH}"

"""What is written around a plot: limits at its right edge, the middle of each phase above it."""

from math import isclose
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.layers import Panel, axis_title, layer, rows_of
from pophealth.views.lettering import text_width
from pophealth.views.phrases import short
from pophealth.views.scales import Scale, kept_apart
from pophealth.views.series import middle_word

LINE = 15
"""Room for one line of small text."""

SMALL, AXIS, NAME = 12, 12.5, 13
"""Font sizes: at the right edge, along the axes, over a phase."""

STRIP = 18
"""Height of a row of phase names."""


def margin(scale: Scale) -> int:
    """Return the room the words at the ticks need."""
    return max(34, round(max(text_width(label, AXIS) for label in scale.labels)) + 9)


def rooms(scale: Scale, texts: dict[str, float], *, unit: str, narrow: bool) -> tuple[int, int]:
    """Return the room left and right of a plot, in pixels."""
    left = margin(scale) + (22 if axis_title(unit) else 4)
    right = max((text_width(text, SMALL) for text in edge_texts(texts, unit, narrow)), default=8)
    return left, round(right) + 12


def edge_values(points: pd.DataFrame, target: float | None) -> dict[str, float]:
    """Gather what is named at the right edge: target, limits and middle of the phase in force."""
    found = {} if target is None else {"target": float(target)}
    known = points[points["phase"] == points["phase"].iloc[-1]].dropna(subset=["centre"])
    if known.empty:
        return found
    last = known.iloc[-1]
    lines = {"upper limit": last["upper"], middle_word(points): last["centre"]}
    if last["lower"] > 0 or points["value"].min() < 0:
        lines["lower limit"] = last["lower"]
    return found | {word: float(value) for word, value in lines.items() if pd.notna(value)}


def edge_texts(values: dict[str, float], unit: str, narrow: bool) -> list[str]:
    """Write what stands at the right edge; on a phone without the words, but for the target.

    Examples
    --------
    >>> edge_texts({"average": 0.502, "upper limit": 0.504, "target": 0.7}, "percent", narrow=False)
    ['50.2% average', '50.4% upper limit', '70.0% target']
    """
    numbers = told_apart(list(values.values()), unit)
    return [_edge_text(word, number, narrow) for word, number in zip(values, numbers, strict=True)]


def _edge_text(word: str, number: str, narrow: bool) -> str:
    if narrow:
        return "target" if word == "target" else number
    return word if word.startswith(f"{number} ") else f"{number} {word}"


def told_apart(values: list[float], unit: str) -> list[str]:
    """Write numbers as short as can be, with more decimals where two that differ would look the same.

    Examples
    --------
    >>> told_apart([0.5, 0.61], "percent"), told_apart([12.34, 12.31], "days")
    (['50%', '61%'], ['12.34', '12.31'])
    """
    bare = unit if unit in ("percent", "points") else "number"
    texts = [short(value, bare).split(" ")[0] for value in values]
    hundred, sign = (100, "%" if unit == "percent" else "") if bare == unit and bare != "number" else (1, "")
    for decimals in range(1, 5):
        if not _confused(values, texts):
            break
        texts = [f"{value * hundred:,.{decimals}f}{sign}".replace("-", "−") for value in values]
    return texts


def _confused(values: list[float], texts: list[str]) -> bool:
    pairs = [(a, b) for a in range(len(values)) for b in range(a) if texts[a] == texts[b]]
    return any(not isclose(values[a], values[b], rel_tol=1e-6, abs_tol=1e-9) for a, b in pairs)


def edge_labels(points: pd.DataFrame, panel: Panel, target: float | None) -> list[dict[str, Any]]:
    """Name target, limits and middle at the right edge, each as near to its line as there is room."""
    found = edge_values(points, target)
    return [edge_layer(found, panel)] if panel.edge_labels and found else []


def edge_layer(found: dict[str, float], panel: Panel) -> dict[str, Any]:
    """Write words and values at the right edge so that none covers another."""
    places = [panel.scale.pixel(value, panel.height) for value in found.values()]
    spread = kept_apart(places, room=LINE, low=0, high=panel.height)
    texts = edge_texts(found, panel.unit, panel.narrow)
    rows = [
        {"text": text, "y": panel.scale.value(place, panel.height)}
        for text, place in zip(texts, spread, strict=True)
    ]
    encoding = {"x": {"value": panel.width}, "y": panel.axes()["y"], "text": {"field": "text"}}
    look = {"align": "left", "baseline": "middle", "dx": 7, "color": drawing.MUTED, "fontSize": SMALL}
    return layer(rows, "text", encoding, **look)


def phase_names(points: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Return the middle of each phase in words and where it is written: `x`, `text`, `row`.

    There are none with one phase only. Where full words would touch, the number alone stands; where that
    touches too, it moves up a row.
    """
    shown = points.dropna(subset=["centre"])
    if points["phase"].nunique() < 2 or shown.empty:
        return pd.DataFrame({"x": [], "text": [], "row": []})
    starts = shown.groupby("phase").agg(x=("left", "min"), centre=("centre", "first"))
    numbers = [short(value, panel.unit) for value in starts["centre"]]
    lefts = [panel.across(x) for x in starts["x"]]
    for word in ("" if panel.narrow else f"{middle_word(points)} ", ""):
        texts = [f"{word}{number}" for number in numbers]
        lefts = _within(lefts, texts, panel.width)
        rows = _rows(lefts, texts)
        if not any(rows):
            break
    ratio = (panel.end - panel.start) / panel.width
    moments = [round(panel.start + left * ratio) for left in lefts]
    return pd.DataFrame({"x": moments, "text": texts, "row": rows})


def _within(lefts: list[float], texts: list[str], width: int) -> list[float]:
    """Keep the last name from running past the right edge."""
    return [
        max(0.0, min(left, width - text_width(text, NAME, bold=True)))
        for left, text in zip(lefts, texts, strict=True)
    ]


def _rows(lefts: list[float], texts: list[str]) -> list[int]:
    ends: list[float] = []
    rows = []
    for left, text in zip(lefts, texts, strict=True):
        row = next((row for row, end in enumerate(ends) if left >= end), len(ends))
        ends[row : row + 1] = [left + text_width(text, NAME, bold=True) + 10]
        rows.append(row)
    return rows


def name_layers(names: pd.DataFrame, panel: Panel, above: float) -> list[dict[str, Any]]:
    """Write the middle of each phase over its start, above all flags."""
    if names.empty:
        return []
    places = [panel.scale.value(-above - 3 - STRIP * row, panel.height) for row in names["row"]]
    encoding = panel.axes() | {"text": {"field": "text"}}
    look = {"align": "left", "baseline": "bottom", "dx": 3, "fontWeight": 600, "fontSize": NAME}
    return [layer(rows_of(names.assign(y=places)[["x", "y", "text"]]), "text", encoding, **look)]


def strip(names: pd.DataFrame) -> float:
    """Return the height of the rows of phase names."""
    return 0.0 if names.empty else 3 + STRIP * float(names["row"].max() + 1)

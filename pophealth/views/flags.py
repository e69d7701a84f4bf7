"""Flags above a chart: numbered circles for tests, lettered squares for new limits and definitions."""

from string import ascii_uppercase
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.layers import OVERHANG, Panel, layer, rows_of
from pophealth.views.phrases import moment
from pophealth.views.scales import kept_apart, lanes, milliseconds

LANE = 24
"""Room for one flag, across and up."""

FARTHEST = 60
"""How many pixels a flag may stand beside its date before a second row is opened."""

CIRCLE, SQUARE = 330, 300
COLUMNS = ["x", "kind", "text", "label"]

HEADS = {"limits": "New limits from", "definition": "Counted differently from"}
"""How the key names a change of limits, and a change of what is counted."""


def flags(
    marks: pd.DataFrame | None, changes: pd.DataFrame | None, points: pd.DataFrame, period: str
) -> pd.DataFrame:
    """Gather what is flagged within the time shown, by date.

    Parameters
    ----------
    marks
        Tests of change: `number`, `date`, `label`.
    changes
        New limits and new definitions: `date`, `label` (the reason), and `kind` (``limits`` or
        ``definition``) where both are there.
    points
        The series drawn, with `left` and `right`.
    period
        The length of its periods, which dates are named by.

    Returns
    -------
    DataFrame
        x (the moment), kind (``test`` or ``change``), text (a number or a letter), label (for the key), and
        whatever else the tables hold.
    """
    known = [_tests(marks), _changes(changes, points, period)]
    found = pd.concat([table for table in known if len(table)] or [pd.DataFrame(columns=COLUMNS)])
    inside = found["x"].between(points["left"].min(), points["right"].max())
    return found[inside].sort_values("x", kind="stable").reset_index(drop=True)


def _tests(marks: pd.DataFrame | None) -> pd.DataFrame:
    if marks is None or marks.empty:
        return pd.DataFrame(columns=COLUMNS)
    found = marks.assign(x=milliseconds(marks["date"]), kind="test", text=marks["number"].astype(str))
    return found.sort_values(["x", "number"], kind="stable")


def _changes(changes: pd.DataFrame | None, points: pd.DataFrame, period: str) -> pd.DataFrame:
    if changes is None or changes.empty:
        return pd.DataFrame(columns=COLUMNS)
    found = {"kind": "limits"} | changes.assign(date=pd.to_datetime(changes["date"])).to_dict("series")
    found = pd.DataFrame(found).sort_values("date", kind="stable")
    found["x"] = [_boundary(float(moment_), points) for moment_ in milliseconds(found["date"])]
    found = found[found["kind"].ne("definition") | found["x"].gt(points["left"].min())]
    named = zip(found["kind"], found["date"], found["label"].fillna(""), strict=True)
    return found.assign(
        kind="change",
        text=[ascii_uppercase[place % 26] for place in range(len(found))],
        label=[
            f"{HEADS[kind]} {moment(date, period)}" + (f": {reason}" if str(reason).strip() else "")
            for kind, date, reason in named
        ],
    )


def _boundary(moment_: float, points: pd.DataFrame) -> float:
    """Move a change to the edge between two phases when it names the first period of one."""
    starts = points.groupby("phase", sort=False).agg(left=("left", "min"), x=("x", "min")).iloc[1:]
    near = starts[(starts["left"] <= moment_) & (moment_ <= starts["x"])]
    return float(near["left"].iloc[0]) if len(near) else moment_


def placed_flags(found: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Give every flag its place: `across` in pixels, near its date, and the `row` above the plot.

    Flags that would touch move apart sideways; where that takes one far from its date, a second row opens.
    """
    dates = [panel.across(x) for x in found["x"]]
    low, high = 4.0, panel.width - 4.0
    for rows in range(1, len(dates) + 2):
        places = kept_apart(dates, room=LANE / rows, low=low, high=high)
        fits = (len(dates) - 1) * LANE / rows <= high - low
        moved = max((abs(place - date) for place, date in zip(places, dates, strict=True)), default=0)
        if fits and (moved <= FARTHEST or rows > 1):
            break
    return found.assign(across=places, row=lanes(places, room=LANE - 1e-6), moved=moved)


def lift(placed: pd.DataFrame) -> float:
    """Return how far above the plot the middle of the lowest flag stands: higher where lines lead aside."""
    return 28.0 if len(placed) and placed["moved"].iloc[0] > 6 else 16.0


def top_of(placed: pd.DataFrame) -> float:
    """Return how many pixels above the plot the flags reach, with the highest axis label where none stand."""
    return OVERHANG if placed.empty else lift(placed) + LANE * float(placed["row"].max()) + LANE / 2 - 1


def flag_layers(placed: pd.DataFrame, panel: Panel) -> list[dict[str, Any]]:
    """Draw the flags: a line from each to its date and down to the axis, then its shape and its sign."""
    if placed.empty:
        return []
    ratio = (panel.end - panel.start) / panel.width
    height = [panel.scale.value(-lift(placed) - LANE * row, panel.height) for row in placed["row"]]
    shown = placed.assign(stem=placed["x"], x=panel.start + placed["across"] * ratio, y=height)
    shown["x"] = shown["x"].round().astype("int64")
    parts = []
    for kind, look in LOOKS.items():
        own = shown[shown["kind"] == kind]
        if len(own):
            parts += [_stems(own, panel, lift(placed), **look["stem"]), *_heads(own, panel, look)]
    return parts


LOOKS: dict[str, dict[str, Any]] = {
    "test": {
        "stem": {"color": drawing.TEAL, "strokeDash": [2, 3], "strokeWidth": 1.4},
        "head": {"shape": "circle", "color": drawing.TEAL, "size": CIRCLE},
        "text": drawing.CARD,
    },
    "change": {
        "stem": {"color": drawing.INK, "strokeDash": [7, 3], "strokeWidth": 1.2},
        "head": {"shape": "square", "fill": drawing.CARD, "stroke": drawing.INK, "size": SQUARE},
        "text": drawing.INK,
    },
}
"""How the flags of tests and of new limits look; shape and sign tell them apart, color does not have to."""


def _stems(shown: pd.DataFrame, panel: Panel, lifted: float, **look: Any) -> dict[str, Any]:
    """Lead from each flag down, aside to its date, and once for each date through the plot."""
    below, top = (panel.scale.value(-pixel, panel.height) for pixel in (lifted - 10, 0))
    rows = []
    for flag, (first, at) in enumerate(zip(~shown["stem"].duplicated(), shown.itertuples(), strict=True)):
        way = [(at.x, at.y), (at.x, below), (at.stem, top)] + ([(at.stem, panel.scale.low)] if first else [])
        rows += [{"x": int(x), "y": y, "flag": flag, "step": step} for step, (x, y) in enumerate(way)]
    order = {"field": "step", "type": "quantitative"}
    encoding = panel.axes() | {"detail": {"field": "flag", "type": "nominal"}, "order": order}
    return layer(rows, "line", encoding, **look)


def _heads(shown: pd.DataFrame, panel: Panel, look: dict[str, Any]) -> list[dict[str, Any]]:
    data, place = rows_of(shown[["x", "y", "text"]]), panel.axes()
    sign = {"color": look["text"], "fontSize": 12, "fontWeight": 600, "dy": 0.5}
    return [
        layer(data, "point", place, **look["head"], opacity=1),
        layer(data, "text", place | {"text": {"field": "text"}}, **sign),
    ]

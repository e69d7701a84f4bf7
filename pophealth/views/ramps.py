"""Tests of one idea as a ramp that rises from one person to everyone, with what was decided each time."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.lettering import cut, text_width
from pophealth.views.sheet import AXIS, NAME, SMALL, Layer, Row, Sheet, centred

LEVELS = {"1": "1", "3": "3", "5": "5", "everyone": "all"}
"""With how many people a test was done, from the foot of the ramp to its top."""

LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "adopt": ("keep it", {"shape": "circle", "fill": drawing.TEAL, "stroke": drawing.TEAL}),
    "adapt": ("change it", {"shape": "diamond", "fill": drawing.BLUE, "stroke": drawing.BLUE}),
    "abandon": ("let it go", {"shape": "square", "fill": drawing.GREY, "stroke": drawing.GREY}),
    "": ("not decided yet", {"shape": "circle", "fill": drawing.CARD, "stroke": drawing.INK}),
}
"""What was decided: its words, and how its point looks."""

HEAD, STEP, GAP, KEY = 32, 19, 20, 30
"""Heights: the name of an idea, from one scale to the next, between two ideas, the key."""

LEFT, APART = 44, 24
"""Room for the scale, and how far apart two points of one idea stand at least."""

BAND = HEAD + STEP * (len(LEVELS) - 1) + GAP


def drawn(tests: pd.DataFrame) -> pd.DataFrame:
    """Keep the tests that have a day and a scale, in the order of their numbers.

    Returns
    -------
    DataFrame
        Rows of the table.

    Examples
    --------
    >>> days = pd.to_datetime(["2021-03-01", None])
    >>> tests = pd.DataFrame({"number": [4, None], "start": days, "scale": ["1", "3"]})
    >>> drawn(tests)["number"].tolist()
    [4]
    """
    known = tests[tests["start"].notna() & tests["scale"].isin(list(LEVELS))]
    return known.sort_values("number", kind="stable", ignore_index=True).astype({"number": int})


def ramps(tests: pd.DataFrame, *, title: str = "", subtitle: str = "", width: int = WIDE) -> Any:
    """Draw the tests of each idea from left to right as they began, the higher the more people took part.

    Read a line that climbs as an idea that proved itself with a few before many were asked. A line that stays
    low is not a failure: it may have spared many people something that does not work.

    Parameters
    ----------
    tests
        number, idea, name, start, scale (1, 3, 5, everyone) and decision (adopt, adapt, abandon, or blank);
        tests without a day or a scale are left out.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when there is nothing to draw.

    Examples
    --------
    >>> one = {"number": [1], "idea": ["A ride"], "name": ["One ride"], "scale": ["1"], "decision": ["adopt"]}
    >>> table = pd.DataFrame(one).assign(start=pd.Timestamp("2021-03-01"))
    >>> ramps(table, title="One idea, one test").title["text"]
    ['One idea, one test']
    """
    known = drawn(tests)
    if known.empty:
        return None
    wide, narrow = (_drawn(known, title, subtitle, size) for size in (width, NARROW))
    marks = known[["number", "name"]].astype(str).to_numpy().tolist()
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": "number"}
    return Drawn(**wide, usermeta=notes | {"marks": marks, "narrow": narrow})


def _drawn(known: pd.DataFrame, title: str, subtitle: str, width: int) -> dict[str, Any]:
    ideas = known["idea"].drop_duplicates().tolist()
    sheet = Sheet(width, KEY + BAND * len(ideas) + AXIS)
    first, last = _months(known["start"])
    layers = [*_key(sheet), *_dates(sheet, first, last)]
    points: list[Row] = []
    for place, idea in enumerate(ideas):
        own, top = known[known["idea"].eq(idea)], KEY + BAND * place
        layers += _band(sheet, idea or "No idea named yet", top)
        xs = _spread([_across(sheet, first, last, day) for day in own["start"]], sheet.width - 14)
        points += [
            {"x": x, "y": _down(top, scale), "line": idea, "text": str(number), "decision": decision}
            for x, scale, number, decision in zip(
                xs, own["scale"], own["number"], own["decision"], strict=True
            )
        ]
    return sheet.spec([*layers, *_points(sheet, points)], title=title, subtitle=subtitle)


def _months(days: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first day of the first month and the first day after the last one."""
    first, last = days.min().to_period("M"), days.max().to_period("M") + 1
    return first.to_timestamp(), last.to_timestamp()


def _across(sheet: Sheet, first: pd.Timestamp, last: pd.Timestamp, day: pd.Timestamp) -> float:
    return LEFT + (sheet.width - 14 - LEFT) * float((day - first) / (last - first))


def _down(top: float, scale: str) -> float:
    return top + HEAD + STEP * (len(LEVELS) - 1 - list(LEVELS).index(scale))


def _spread(places: Sequence[float], right: float) -> list[float]:
    """Move points that would lie on each other apart, first to the right and then back from the edge.

    Where there is no room for so many, they come closer.

    Examples
    --------
    >>> _spread([50, 52, 200], 210), _spread([195, 199], 210)
    ([50, 74, 200], [186, 210])
    """
    apart = min(APART, (right - LEFT) / max(len(places) - 1, 1))
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + apart) if moved else place)
    for back in range(len(moved)):
        moved[-1 - back] = min(moved[-1 - back], right - apart * back)
    return moved


def _band(sheet: Sheet, idea: str, top: float) -> list[Layer]:
    """Write the name of an idea, and a quiet line for each scale."""
    name = {"x": 0, "y": top + 8, "text": cut(idea, width=sheet.width, size=NAME, bold=True)}
    lines = [
        {"x": LEFT - 8, "x2": sheet.width, "y": _down(top, scale), "y2": _down(top, scale)}
        for scale in LEVELS
    ]
    words = [
        {"x": LEFT - 16 - text_width(word, SMALL), "y": _down(top, scale), "text": word}
        for scale, word in LEVELS.items()
    ]
    return [
        sheet.texts([name], size=NAME, bold=True),
        sheet.lines(lines, color=drawing.GRID, strokeWidth=1),
        sheet.texts(words, size=SMALL, color=drawing.MUTED),
    ]


def _dates(sheet: Sheet, first: pd.Timestamp, last: pd.Timestamp) -> list[Layer]:
    """Write months under the ramps, as many as there is room for."""
    every = pd.date_range(first, last, freq="MS")
    wide = text_width("Sep 2020", SMALL) + 14
    apart = (sheet.width - LEFT) / max(len(every) - 1, 1)
    words = [
        {"x": centred(_across(sheet, first, last, day), f"{day:%b %Y}", sheet.width), "text": f"{day:%b %Y}"}
        for day in every[:: max(1, -int(-wide // apart))]
    ]
    free = [
        word for place, word in enumerate(words) if not place or word["x"] - words[place - 1]["x"] > wide - 8
    ]
    return [sheet.texts([word | {"y": sheet.height - 9} for word in free], size=SMALL, color=drawing.MUTED)]


def _points(sheet: Sheet, points: Sequence[Row]) -> list[Layer]:
    """Draw the line of each ramp, a point for each test, and its number in it."""
    path = sheet.path(points, color=drawing.THREAD, strokeWidth=2)
    look = {"size": 440, "strokeWidth": 1.6}
    dots = [
        sheet.dots([row for row in points if row["decision"] == decision], **look | own)
        for decision, (_, own) in LOOKS.items()
    ]
    numbers = [row | {"x": row["x"] - text_width(row["text"], SMALL, bold=True) / 2} for row in points]
    dark = [row for row in numbers if row["decision"]]
    light = [row for row in numbers if not row["decision"]]
    white = sheet.texts(dark, size=SMALL, bold=True, color=drawing.CARD)
    return [path, *dots, white, sheet.texts(light, size=SMALL, bold=True)]


def _key(sheet: Sheet) -> list[Layer]:
    """Name the looks of points in one line over the ramps."""
    widths = [text_width(word, SMALL) + 32 for word, _ in LOOKS.values()]
    starts = [8.0]
    for wide in widths[:-1]:
        starts.append(starts[-1] + wide)
    dots = [
        sheet.dots([{"x": x, "y": 6}], **look) for x, (_, look) in zip(starts, LOOKS.values(), strict=True)
    ]
    words = [{"x": x + 11, "y": 6, "text": word} for x, (word, _) in zip(starts, LOOKS.values(), strict=True)]
    return [*dots, sheet.texts(words, size=SMALL, color=drawing.MUTED)]


def ramp_numbers(tests: pd.DataFrame) -> pd.DataFrame:
    """Put what is drawn into a table in words.

    Returns
    -------
    DataFrame
        Number, Idea, Cycle, Test, Began, With, Decided.
    """
    known = drawn(tests)
    cycle = known.groupby("idea").cumcount() + 1
    decided = known["decision"].map({name: word for name, (word, _) in LOOKS.items()})
    return pd.DataFrame(
        {
            "Number": known["number"],
            "Idea": known["idea"],
            "Cycle": cycle,
            "Test": known["name"],
            "Began": [f"{day:%B} {day.day}, {day.year}" for day in known["start"]],
            "With": known["scale"].map({"1": "one", "3": "three", "5": "five", "everyone": "everyone"}),
            "Decided": decided,
        }
    )


def climbs(tests: pd.DataFrame) -> int:
    """Count the ideas that were tried again with more people than before."""
    known = drawn(tests)
    steps = known["scale"].map(list(LEVELS).index).groupby(known["idea"]).agg(list)
    return sum(any(later > earlier for earlier, later in pairwise(climb)) for climb in steps)

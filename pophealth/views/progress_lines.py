"""Two pictures of step 10: scores by two sides over time, and how many places run a change."""

from typing import Any

import pandas as pd

from pophealth.views.altair_start import alt
from pophealth.views.drawing import GREY, INK, ORANGE, TEAL

SIDES = {"team": ("the team", TEAL, "circle"), "faculty": ("faculty", ORANGE, "square")}
NARROW = 500


def score_lines(scores: pd.DataFrame, *, title: str, width: int = 860) -> Any:
    """Draw the team's own score and the faculty's over time, with a dark line where they differ.

    Look at the dark lines first: there two people see the same work differently.

    Parameters
    ----------
    scores : pandas.DataFrame
        month, team, faculty, from 0.5 to 5.0.
    title : str
        The finding.
    width : int
        Of the whole drawing, in pixels.

    Returns
    -------
    altair.LayerChart or None
        None when there is no score yet.

    Examples
    --------
    >>> table = pd.DataFrame({"month": pd.to_datetime(["2021-05-01"]), "team": [3.0], "faculty": [2.0]})
    >>> score_lines(table, title="You differ by 1.0").title.text
    'You differ by 1.0'
    """
    if scores.empty:
        return None
    months = _months(scores["month"], width)
    apart = scores[scores["difference"].abs().gt(0)] if "difference" in scores else scores.iloc[:0]
    rules = alt.Chart(apart).mark_rule(color=INK, strokeWidth=2).encode(x=months, y="team:Q", y2="faculty:Q")
    layers = [rules, *(layer for side in SIDES for layer in _side(scores, side, months))]
    return _sheet(alt.layer(*layers), title, "The dark line is the difference between both views", width)


def adoption_lines(curve: pd.DataFrame, *, title: str, width: int = 860) -> Any:
    """Draw how many places were planned and how many run, month by month.

    Look at the space between both lines, and when it began to open.

    Parameters
    ----------
    curve : pandas.DataFrame
        month, planned, running; both add up.
    title : str
        The finding.
    width : int
        Of the whole drawing, in pixels.

    Returns
    -------
    altair.LayerChart or None
        None when no place is planned.

    Examples
    --------
    >>> table = pd.DataFrame({"month": pd.to_datetime(["2021-05-01"]), "planned": [2], "running": [1.0]})
    >>> adoption_lines(table, title="1 of 2 places runs").title.text
    '1 of 2 places runs'
    """
    if curve.empty:
        return None
    base = alt.Chart(curve).encode(x=_months(curve["month"], width))
    most = int(curve[["planned", "running"]].max().max())
    y = {"scale": alt.Scale(domain=[0, most]), "axis": alt.Axis(tickMinStep=1, format="d"), "title": None}
    plan = base.mark_line(
        interpolate="step-after",
        color=GREY,
        strokeDash=[5, 4],
        strokeWidth=2,
        point=alt.OverlayMarkDef(color=GREY, size=40),
    )
    runs = base.mark_line(
        interpolate="step-after", color=TEAL, strokeWidth=3, point=alt.OverlayMarkDef(color=TEAL)
    )
    layers = alt.layer(plan.encode(y=alt.Y("planned:Q", **y)), runs.encode(y=alt.Y("running:Q", **y)))
    return _sheet(layers, title, "Full line: places where it runs. Broken line: places planned", width)


def _side(scores: pd.DataFrame, side: str, months: Any) -> list[Any]:
    """Draw one side's scores as a line with its marks, and its name at the end."""
    name, color, shape = SIDES[side]
    known = scores.dropna(subset=[side])
    if known.empty:
        return []
    y = alt.Y(f"{side}:Q", scale=alt.Scale(domain=[0, 5]), axis=alt.Axis(values=[*range(6)]), title=None)
    base = alt.Chart(known).encode(x=months, y=y)
    marks = base.mark_line(color=color, point=alt.OverlayMarkDef(color=color, shape=shape, size=70))
    above = -14 if side == "team" else 16
    label = alt.Chart(known.tail(1)).mark_text(
        align="right", dy=above, color=color, fontWeight=600, text=name
    )
    return [marks, label.encode(x=months, y=y)]


def _months(months: pd.Series, width: int) -> Any:
    ticks = sorted(months.dropna().unique())[:: 3 if width < NARROW else 1]
    return alt.X("month:T", axis=alt.Axis(format="%b %Y", values=ticks, labelOverlap=True), title=None)


def _sheet(layers: Any, title: str, subtitle: str, width: int) -> Any:
    narrow = width < NARROW
    heading = alt.TitleParams(_lines(title, narrow), subtitle=_lines(subtitle, narrow), anchor="start")
    return layers.properties(width=width - 60, height=230, title=heading)


def _lines(text: str, narrow: bool) -> str | list[str]:
    if not narrow:
        return text
    lines = [""]
    for word in text.split():
        fits = len(lines[-1]) + len(word) < 40
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits else [*lines, word]
    return lines

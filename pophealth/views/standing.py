"""How several people see the current state: one dot a person, and what that says."""

from typing import Any

import pandas as pd

from pophealth.views.altair_start import alt
from pophealth.views.drawing import GREY, INK, MUTED, TEAL

_LEVELS = "{0: '0 not yet', 100: '100 everywhere'}[datum.value] || datum.label"


def dots(scores: pd.DataFrame, summary: pd.DataFrame, *, title: str, width: int = 860) -> Any:
    """Draw one row a section, one dot a person, and a line at the middle answer.

    Read the spread of a row first: where dots lie far apart, people see different things.

    Parameters
    ----------
    scores : pandas.DataFrame
        rater, section, score from 0 to 100.
    summary : pandas.DataFrame
        section, median.
    title : str
        The finding.
    width : int
        Of the whole drawing, in pixels.

    Returns
    -------
    altair.LayerChart or None
        None when nobody has a score yet.
    """
    shown = scores.dropna(subset=["score"])
    if shown.empty:
        return None
    order = summary["section"].tolist()
    dotted = shown.groupby(["section", "score"], sort=False).size().rename("people").reset_index()
    base = alt.Chart(dotted).encode(y=_sections(order), x=_score())
    people = base.mark_circle(color=TEAL, opacity=0.55, size=130).encode(
        size=alt.Size("people:Q", scale=alt.Scale(domain=[1, 9], range=[110, 700]), legend=None)
    )
    counts = base.transform_filter("datum.people > 1").mark_text(color="white", fontSize=11, fontWeight=600)
    middles = alt.Chart(summary.dropna(subset=["median"])).mark_tick(color=INK, thickness=3, size=24)
    layered = alt.layer(
        middles.encode(y=_sections(order), x=alt.X("median:Q")), people, counts.encode(text="people:Q")
    )
    narrow = width < 500
    return layered.properties(
        width=max(150, width - (180 if narrow else 240)),
        height=38 * len(order),
        title=alt.TitleParams(_lines(title, narrow), subtitle=_lines(_SUBTITLE, narrow), anchor="start"),
    )


_SUBTITLE = "One dot is one person; a number counts people in one place; the dark line is the middle answer"


def two_rounds(scores: pd.DataFrame, change: pd.DataFrame, *, title: str, width: int = 860) -> Any:
    """Draw the first round in gray above the newest in green, each with all its people, section by section.

    Read how wide each row is before how far its dark line moved.

    Parameters
    ----------
    scores : pandas.DataFrame
        round, rater, section, score from 0 to 100.
    change : pandas.DataFrame
        From `rounds.before_after`: section, before, now.
    title : str
        The finding.
    width : int
        Of the whole drawing, in pixels.

    Returns
    -------
    altair.LayerChart or None
        None when there are not two rounds.
    """
    if change.empty:
        return None
    first, last = scores["round"].min(), scores["round"].max()
    ends = scores[scores["round"].isin([first, last])].dropna(subset=["score"])
    lanes = {first: "before", last: "now"}
    dotted = ends.assign(lane=ends["round"].map(lanes)).groupby(["section", "lane", "score"], sort=False)
    dotted = dotted.size().rename("people").reset_index()
    middles = change.melt("section", ["before", "now"], var_name="lane", value_name="median")
    order = change["section"].tolist()
    place = {"y": _sections(order), "yOffset": alt.YOffset("lane:N", sort=list(_LANES))}
    colors = alt.Scale(domain=[*_LANES], range=[*_LANES.values()])
    colored = {"color": alt.Color("lane:N", scale=colors, legend=None)}
    size = alt.Size("people:Q", scale=alt.Scale(domain=[1, 9], range=[70, 420]), legend=None)
    people = alt.Chart(dotted).mark_circle(opacity=0.5).encode(x=_score(), size=size, **place, **colored)
    shown = alt.Chart(middles.dropna(subset=["median"]))
    ticks = shown.mark_tick(thickness=3, size=18, color=INK).encode(x="median:Q", **place)
    narrow = width < 500
    subtitle = f"Gray, above: {first:%B %Y}. Green, below: {last:%B %Y}. {_EACH}"
    return alt.layer(people, ticks).properties(
        width=max(150, width - (180 if narrow else 240)),
        height=54 * len(order),
        title=alt.TitleParams(_lines(title, narrow), subtitle=_lines(subtitle, narrow), anchor="start"),
    )


_LANES = {"before": GREY, "now": TEAL}
_EACH = "A dot is one person, larger for more; the dark line is the middle answer"


def _sections(order: list[str]) -> Any:
    return alt.Y(
        "section:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, domain=False, ticks=False)
    )


def _score() -> Any:
    axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr=_LEVELS, labelColor=MUTED, grid=True, title=None)
    return alt.X("score:Q", scale=alt.Scale(domain=[0, 100]), axis=axis)


def _lines(text: str, narrow: bool) -> str | list[str]:
    if not narrow:
        return text
    lines = [""]
    for word in text.split():
        fits = len(lines[-1]) + len(word) < 40
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits else [*lines, word]
    return lines

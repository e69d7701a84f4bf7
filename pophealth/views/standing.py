"""How several people see the current state: one dot a person, and what that says."""

from typing import Any

import pandas as pd

from pophealth.views.altair_start import alt
from pophealth.views.drawing import INK, MUTED, TEAL

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


def finding(summary: pd.DataFrame) -> str:
    """Say in one line where people agree least, or which section stands lowest.

    Parameters
    ----------
    summary : pandas.DataFrame
        section, answered, median, lowest, highest, apart.

    Returns
    -------
    str
        The title of the chart.

    Examples
    --------
    >>> row = {"section": ["Fairness"], "answered": [2], "median": [50.0], "apart": [True]}
    >>> finding(pd.DataFrame(row))
    'You see Fairness differently: talk about it first'
    """
    if summary["answered"].max() < 2:
        return "One answer so far: ask at least two more people"
    far = summary.loc[summary["apart"], "section"].tolist()
    if len(far) > 2:
        return f"You see {len(far)} of {len(summary)} sections differently: talk about those first"
    if far:
        return f"You see {' and '.join(far)} differently: talk about {'them' if far[1:] else 'it'} first"
    lowest = summary.loc[summary["median"].idxmin(), "section"]
    return f"You see it much alike; {lowest} stands lowest"


def says(summary: pd.DataFrame) -> tuple[str, ...]:
    """Say what the answers show, without melting them into one number.

    Parameters
    ----------
    summary : pandas.DataFrame
        section, asked, answered, median, lowest, highest, apart.

    Returns
    -------
    tuple of str
        Up to three sentences.

    Examples
    --------
    >>> row = {"section": ["Fairness"], "asked": [3], "answered": [2], "median": [50.0]}
    >>> table = pd.DataFrame(row | {"lowest": [0.0], "highest": [100.0], "apart": [True]})
    >>> says(table)[1]
    'In Fairness the answers go from 0 to 100.'
    """
    known = summary.dropna(subset=["median"])
    people = int(summary["asked"].max())
    answered = f"{people} {'person' if people == 1 else 'people'} answered."
    widest = known.assign(width=known["highest"] - known["lowest"]).sort_values("width", ascending=False)
    first = widest.iloc[0]
    spread = f"In {first['section']} the answers go from {first['lowest']:.0f} to {first['highest']:.0f}."
    silent = int((summary["answered"] < summary["asked"]).sum())
    unsure = (
        f"In {silent} {'section' if silent == 1 else 'sections'} somebody could not say." if silent else ""
    )
    return tuple(sentence for sentence in (answered, spread if people > 1 else "", unsure) if sentence)


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

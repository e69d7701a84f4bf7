"""What a funnel says: who lies outside the limits of luck, and how many luck alone would put there."""

from collections.abc import Iterable
from math import isfinite

import pandas as pd

from pophealth.views.funnels import Funnel, funnel_of
from pophealth.views.group_phrases import too_few
from pophealth.views.phrases import many, short, some, spelled
from pophealth.views.readings import Reading, at_most

SIDES = ("behind", "ahead", "above", "below")
QUESTION = "A place outside is worth a question, not a verdict: ask first how it counts, and whom it serves."
OF_GROUPS = "A group outside is worth a question, not a verdict: ask first how it was counted, and whom."
SPREAD = 2
"""From twice the spread of luck on, limits of luck alone say too much."""


def funnel_reading(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    name: str,
    better: str,
    unit: str = "percent",
    noun: str = "group",
) -> Reading:
    """Say which groups lie further from the average than luck takes groups of their size.

    Parameters
    ----------
    table, by, better, unit
        As in `funnel_plot.funnel_plot`.
    name
        What is measured.
    noun
        What a point is: group, site, county.

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.

    Examples
    --------
    >>> rows = {"site": ["A", "B"], "value": [0.2, 0.4], "denominator": [100, 200], "centre": 0.33}
    >>> limits = {"lower": 0.25, "upper": 0.5, "confidence": 0.95, "outside": ["below", ""]}
    >>> table = pd.DataFrame(rows | limits)
    >>> funnel_reading(table, by="site", name="Control", better="higher", noun="site").finding
    'Control: one of two sites lies outside the limits of luck'
    """
    if table.empty:
        words = ("The funnel and its words will stand here once the first numbers are in.",)
        return Reading(f"{name}: no numbers yet", words, f"{name}: no numbers yet.", "")
    funnel = funnel_of(table, by=by, better=better)
    levels = sorted(table["confidence"].dropna().unique())
    finding, said = _told(funnel, levels, noun)
    sentences, over = at_most([*said, *too_few(funnel.few)])
    question = OF_GROUPS if noun == "group" else QUESTION
    notes = (*over, *_spread(table, noun), question) if len(funnel.points) else over
    shown = len(funnel.points)
    middle = f" · average {short(funnel.centre, unit)}" if isfinite(funnel.centre) else ""
    lines = " and ".join(f"{level:.1%}".replace(".0%", "%") for level in levels)
    subtitle = f"{many(shown, noun)}{middle} · lines: how far luck takes one of each size ({lines})"
    alt = f"Funnel of {many(shown, noun)}. {name}: {finding}. {' '.join(sentences)}"
    return Reading(f"{name}: {finding}", sentences, alt, subtitle, notes)


def _told(funnel: Funnel, levels: list[float], noun: str) -> tuple[str, list[str]]:
    points = funnel.points
    if points.empty:
        return f"too few people to tell in any {noun}", []
    outside = points[points["kind"].ne("unclear")]
    if outside.empty:
        return f"no {noun} lies outside the limits of luck", _inside(len(points), noun)
    far = outside[outside["far"]]
    if len(levels) == 1:
        said = [_named(outside, "the limits"), _by_luck(len(points), levels[0], noun)]
        return _finding(outside, points, noun), said
    if far.empty:
        said = [f"No {noun} lies beyond the outer limits.", _named(outside, "only the inner limits")]
        return _finding(outside, points, noun), [*said, _by_luck(len(points), levels[0], noun)]
    said = [_named(far, "the outer limits"), _by_luck(1, levels[-1], noun)]
    near = outside[~outside["far"]]
    between = (
        [f"Between inner and outer limits {_lie(near)} {many(len(near), noun)} more."] if len(near) else []
    )
    return _finding(far, points, noun, "outer "), [*said, *between]


def _finding(rows: pd.DataFrame, points: pd.DataFrame, noun: str, which: str = "") -> str:
    return f"{spelled(len(rows))} of {many(len(points), noun)} {_lie(rows)} outside the {which}limits of luck"


def _inside(count: int, noun: str) -> list[str]:
    if count == 1:
        return [f"The one {noun} lies where luck alone could put it."]
    return [
        f"All {many(count, noun)} lie where luck alone could put them.",
        "A list from first to last would mostly sort luck.",
    ]


def _lie(rows: pd.DataFrame) -> str:
    return "lies" if len(rows) == 1 else "lie"


def _named(rows: pd.DataFrame, limits: str) -> str:
    """Name those outside, the ones behind first."""
    parts = [
        f"{some(rows.loc[rows['kind'].eq(kind), 'name'].tolist(), 'one')} ({kind})"
        for kind in SIDES
        if rows["kind"].eq(kind).any()
    ]
    return f"Outside {limits} {_lie(rows)} {' and '.join(parts)}."


def _by_luck(count: int, level: float, noun: str) -> str:
    """Say how many luck alone would put outside."""
    expected = round(count * (1 - level))
    if expected < 1:
        return f"Luck alone puts about 1 {noun} in {round(1 / (1 - level)):,} out there."
    return f"Of {many(count, noun)}, luck alone puts about {spelled(expected)} out there."


def _spread(table: pd.DataFrame, noun: str) -> list[str]:
    if "dispersion" not in table or not table["dispersion"].max() >= SPREAD:
        return []
    return [f"The {noun}s differ more than luck alone makes them; wider limits would allow for that."]

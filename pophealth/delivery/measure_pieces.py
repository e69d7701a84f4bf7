"""The charts of step 9 with their words, each made from its table alone."""

from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import charts, theme, words
from pophealth.views.markup import Html
from pophealth.workspace import signs, timeline
from pophealth.workspace.records import Measure

ONLY_A_LINE = "a line to look at, without limits"
WHY_NO_LIMITS = (
    "Here one point shares people with the next, so the points lean on each other.",
    "Limits and rules would cry wolf, so there are none. Look at the whole line.",
)
KINDS = {
    "p": "p chart (shares)",
    "p'": "p′ chart (shares of very many)",
    "u": "u chart (rates)",
    "u'": "u′ chart (rates of very many)",
    "c": "c chart (counts)",
    "i": "i chart (single numbers)",
    "i'": "i′ chart (single numbers)",
    "g": "g chart (how many between events)",
    "t": "t chart (days between events)",
    "run": "run chart",
}


@kept
def series(charted: pd.DataFrame, measure: Measure, marks: pd.DataFrame | None) -> Html:
    """Draw one measure over time with its limits, and say what it shows."""
    look: dict[str, Any] = {"better": measure.better or "neither", "unit": measure.unit, "marks": marks}
    reading = words.two_phase_reading(charted, name=measure.name, **look)
    heading = {"title": reading.finding, "subtitle": _subtitle(measure, reading)}
    chart = charts.control_chart(charted, target=_target(measure), **heading, **look)
    return _with_words(chart, charted, reading)


@kept
def line(charted: pd.DataFrame, measure: Measure, marks: pd.DataFrame | None) -> Html:
    """Draw points that share people as a plain line, and say why it has no limits."""
    blank = dict.fromkeys(("centre", "lower", "upper"), float("nan"))
    points = charted.assign(**blank, signal="", direction="")
    title = f"{measure.name}: {ONLY_A_LINE}"
    chart = charts.control_chart(
        points, title=title, subtitle=defined(measure), better="neither", unit=measure.unit, marks=marks
    )
    return theme.join(theme.figure(chart, table=points), theme.say(WHY_NO_LIMITS))


@kept
def groups(charted: pd.DataFrame, measure: Measure, marks: pd.DataFrame | None) -> Html:
    """Draw each group over time on one scale, and say what it shows."""
    look: dict[str, Any] = {
        "by": "stratum",
        "better": measure.better or "neither",
        "unit": measure.unit,
        "marks": marks,
    }
    reading = words.reading(charted, name=measure.name, **look)
    chart = charts.small_multiples(
        charted, title=reading.finding, subtitle=_subtitle(measure, reading), **look
    )
    return _with_words(chart, charted, reading)


@kept
def gap(charted: pd.DataFrame, by_group: pd.DataFrame, behind: str, other: str) -> Html:
    """Draw the gap between two groups over time, and say whether it is closing and why."""
    reading = words.gap_reading(
        charted,
        behind=by_group[by_group["stratum"] == behind],
        other=by_group[by_group["stratum"] == other],
        behind_name=behind,
        other_name=other,
    )
    chart = charts.control_chart(
        charted, title=reading.finding, subtitle=reading.subtitle, better="lower", unit="points"
    )
    return _with_words(chart, charted, reading)


@kept
def summary(measures: tuple[Measure, ...], points: tuple[pd.DataFrame, ...]) -> Html:
    """List measures with what each chart says in a few words."""
    rows = [_row(measure, table) for measure, table in zip(measures, points, strict=True)]
    return theme.data_table(pd.DataFrame(rows), caption="Your measures")


def _row(measure: Measure, points: pd.DataFrame) -> dict[str, str]:
    known = points.loc[points["value"].notna() | points["denominator"].gt(0), "period"]
    return {
        "Measure": measure.name,
        "Family": measure.family or "not said yet",
        "Months": f"{len(known)}",
        "Latest": f"{known.max():%B %Y}" if len(known) else "no counts yet",
        "What its chart says": _found(points, measure),
    }


def _found(points: pd.DataFrame, measure: Measure) -> str:
    if timeline.tied(measure):
        return ONLY_A_LINE
    look: dict[str, Any] = {"better": measure.better or "neither", "unit": measure.unit}
    found = words.reading(signs.charted(points, measure), name=measure.name, **look).finding
    return found.removeprefix(f"{measure.name}: ")


def defined(measure: Measure) -> str:
    """Say in one line how a measure is counted.

    Parameters
    ----------
    measure : Measure
        Its definition.

    Returns
    -------
    str
        Numerator out of denominator, and the kind of chart.

    Examples
    --------
    >>> defined(Measure(numerator="Mothers who died.", denominator="Births", chart="p"))
    'Mothers who died, out of births · p chart (shares)'
    """
    parts = [part.strip().rstrip(".") for part in (measure.numerator, measure.denominator) if part]
    counted = ", out of ".join([*parts[:1], *(part[:1].lower() + part[1:] for part in parts[1:])])
    return " · ".join(part for part in (counted, KINDS[measure.chart or "run"]) if part)


def _subtitle(measure: Measure, reading: words.Reading) -> str:
    return " · ".join(filter(None, (defined(measure), reading.subtitle)))


def _with_words(chart: Any, charted: pd.DataFrame, reading: words.Reading) -> Html:
    return theme.join(theme.figure(chart, table=charted, alt=reading.alt), theme.say(reading))


def _target(measure: Measure) -> float | None:
    if measure.target is None:
        return None
    return measure.target / 100 if measure.unit == "percent" else measure.target

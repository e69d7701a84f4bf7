"""The charts of step 9 with their words, each made from its table alone."""

from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import charts, gap_chart, theme, two_charts, words
from pophealth.views.markup import Html
from pophealth.workspace import signs, timeline
from pophealth.workspace.records import Measure

NO_GAP_CHART = (
    "These points share people, so the gap has no limits and no signals. Compare the lines above by eye."
)
RECOUNTED = (
    "Counted differently from {}. Points before and after do not compare, "
    "so these words tell of the points since."
)
KINDS = {
    "p": "p chart (shares)",
    "p'": "p' chart (shares of very many)",
    "u": "u chart (rates)",
    "u'": "u' chart (rates of very many)",
    "c": "c chart (counts)",
    "i": "i chart (single numbers)",
    "i'": "i' chart (single numbers)",
    "g": "g chart (how many between events)",
    "t": "t chart (days between events)",
    "run": "run chart",
}


@kept
def series(
    charted: pd.DataFrame, measure: Measure, marks: pd.DataFrame | None, changes: pd.DataFrame | None
) -> Html:
    """Draw one measure over time with its limits, and say what it shows."""
    look: dict[str, Any] = _look(measure, marks)
    alike = comparable(charted, changes)
    reading = words.two_phase_reading(alike, name=named(measure), **look, **signs.rules_of(measure))
    reading = _dated(reading, charted, changes)
    heading: dict[str, Any] = {"title": reading.finding, "subtitle": _subtitle(measure, reading)}
    chart = charts.control_chart(charted, target=measure.target_on_chart, changes=changes, **heading, **look)
    return _with_words(chart, charted, reading)


@kept
def line(
    charted: pd.DataFrame, measure: Measure, marks: pd.DataFrame | None, changes: pd.DataFrame | None
) -> Html:
    """Draw points that share people as a plain line, and say why it has no limits."""
    points, said = _bare(charted), _line_reading(comparable(charted, changes), measure)
    reading, look = _dated(said, charted, changes), _look(measure, marks, better="neither")
    heading: dict[str, Any] = {"title": reading.finding, "subtitle": _subtitle(measure, reading)}
    chart = charts.control_chart(points, changes=changes, **heading, **look)
    return _with_words(chart, points, reading)


@kept
def groups(
    charted: pd.DataFrame,
    measure: Measure,
    marks: pd.DataFrame | None,
    changes: pd.DataFrame | None,
    recorded: str,
) -> Html:
    """Draw each group over time on one scale, and say what it shows and of how many the group is known."""
    look = _look(measure, marks, by="stratum")
    said = words.reading(comparable(charted, changes), name=named(measure), **look, **signs.rules_of(measure))
    reading = _dated(said, charted, changes)
    heading: dict[str, Any] = {"title": reading.finding, "subtitle": _subtitle(measure, reading)}
    chart = charts.small_multiples(charted, changes=changes, **heading, **look)
    return _with_words(chart, charted, reading, caption=recorded)


@kept
def group_lines(
    charted: pd.DataFrame,
    measure: Measure,
    marks: pd.DataFrame | None,
    changes: pd.DataFrame | None,
    recorded: str,
) -> Html:
    """Draw groups whose points share people as plain lines on one scale, and say why they have no limits."""
    points, look = _bare(charted), _look(measure, marks, by="stratum", better="neither")
    first = charted[charted["stratum"].eq(charted["stratum"].iloc[0])]
    why = _line_reading(first, measure).sentences[0]
    title = f"{named(measure)}, a line for each group"
    heading: dict[str, Any] = {"title": title, "subtitle": defined(measure)}
    chart = charts.small_multiples(points, changes=changes, **heading, **look)
    reading = _dated(words.Reading(title, (why,), f"{title}. {why}", ""), charted, changes)
    return _with_words(chart, points, reading, caption=recorded)


@kept
def beside(charted: pd.DataFrame, measure: Measure, marks: pd.DataFrame | None) -> Html:
    """Draw the same series on two charts with one scale, and say what changes."""
    look: dict[str, Any] = _look(measure, marks)
    reading = two_charts.two_charts_reading(charted, name=named(measure), unit=look["unit"])
    chart = charts.small_multiples(
        charted.assign(chart=charted["chart"].map(two_charts.NAMES)),
        by="chart",
        title=reading.finding,
        notes=two_charts.panel_notes(charted),
        **look,
    )
    return theme.join(theme.figure(chart, alt=reading.alt), theme.say(reading))


@kept
def gap(
    charted: pd.DataFrame,
    by_group: pd.DataFrame,
    pair: tuple[str, str],
    measure: Measure,
    *,
    recorded: str,
    marks: pd.DataFrame | None,
    changes: pd.DataFrame | None,
    picked: tuple[pd.Timestamp, pd.Timestamp] | None,
) -> Html:
    """Draw the gap between two groups over time, and say whether it is closing and why."""
    behind, other = pair
    each = comparable(by_group, changes)
    reading = words.gap_reading(
        comparable(charted, changes),
        behind=each[each["stratum"].eq(behind)],
        other=each[each["stratum"].eq(other)],
        behind_name=behind,
        other_name=other,
        marks=marks,
        picked=picked,
        rules=signs.rules_of(measure)["rules"],
    )
    reading = _dated(reading, charted, changes)
    smaller_is = "lower" if measure.better in ("higher", "lower") else "neither"
    chart = gap_chart.gap_chart(
        charted,
        title=reading.finding,
        subtitle=f"{reading.subtitle} · i' chart on how many people there are",
        better=smaller_is,
        marks=marks,
        changes=changes,
    )
    return _with_words(chart, charted, reading, caption=recorded)


def comparable(charted: pd.DataFrame, changes: pd.DataFrame | None) -> pd.DataFrame:
    """Keep the points that were counted in the same way as the latest ones.

    Parameters
    ----------
    charted : pandas.DataFrame
        With a column period.
    changes : pandas.DataFrame or None
        date and kind, as `workspace.timeline.changes` gives them.

    Returns
    -------
    pandas.DataFrame
        All rows where nobody began to count in another way.

    Examples
    --------
    >>> months = pd.to_datetime(["2020-12-01", "2021-01-01", "2021-02-01"])
    >>> table = pd.DataFrame({"period": months, "value": 1.0})
    >>> since = pd.DataFrame({"date": months[1:2], "kind": "definition"})
    >>> len(comparable(table, since)), len(comparable(table, None))
    (2, 3)
    """
    start = _recounted(charted, changes)
    return charted if start is None else charted[charted["period"].ge(start)]


def _recounted(charted: pd.DataFrame, changes: pd.DataFrame | None) -> pd.Timestamp | None:
    """Find the last month from which people counted in another way, with points on both sides."""
    if changes is None or "kind" not in changes:
        return None
    shown = charted.loc[charted["value"].notna(), "period"]
    inside = changes["date"].gt(shown.min()) & changes["date"].le(shown.max())
    starts = changes.loc[inside & changes["kind"].eq("definition"), "date"]
    return None if starts.empty else starts.max()


def _dated(reading: words.Reading, charted: pd.DataFrame, changes: pd.DataFrame | None) -> words.Reading:
    """Say where people began to count in another way, also to those who do not see the chart."""
    start = _recounted(charted, changes)
    if start is None:
        return reading
    told = RECOUNTED.format(f"{start:%B %Y}")
    return reading._replace(alt=f"{reading.alt} {told}", notes=(told, *reading.notes))


def named(measure: Measure, *, short: bool = False) -> str:
    """Give a measure's name, or words for one that has none yet; with its short name when asked."""
    name = measure.name or "This measure"
    return f"{name} ({measure.key})" if short and measure.key else name


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
    kind = "" if timeline.tied(measure) else KINDS[measure.chart or "run"]
    return " · ".join(part for part in (counted, kind) if part)


def _look(measure: Measure, marks: pd.DataFrame | None, **more: Any) -> dict[str, Any]:
    return {"better": measure.better or "neither", "unit": measure.said_in, "marks": marks} | more


def _bare(charted: pd.DataFrame) -> pd.DataFrame:
    """Take away limits and signals, which do not fit points that share people."""
    blank = dict.fromkeys(("centre", "lower", "upper"), float("nan"))
    return charted.assign(**blank, signal="", direction="")


def _line_reading(charted: pd.DataFrame, measure: Measure) -> words.Reading:
    look = {"unit": measure.said_in, "window": measure.window, "people": measure.people}
    return words.line_reading(charted, name=named(measure), **look)


def _subtitle(measure: Measure, reading: words.Reading) -> str:
    return " · ".join(filter(None, (defined(measure), reading.subtitle)))


def _noted(sentence: str) -> list[Html]:
    return [theme.note(sentence)] if sentence else []


def _with_words(chart: Any, charted: pd.DataFrame, reading: words.Reading, *, caption: str = "") -> Html:
    pieces = [theme.figure(chart, table=charted, alt=reading.alt, caption=caption), theme.say(reading)]
    return theme.join(*pieces, *_noted(" ".join(reading.notes)))

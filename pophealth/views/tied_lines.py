"""Measures whose points share people: a line to look at, and why it has no limits and no rules."""

import pandas as pd

from pophealth.views.asides import year_before
from pophealth.views.phrases import many, span
from pophealth.views.readings import Reading, at_most
from pophealth.views.series import period_of

ONLY_A_LINE = "a line to look at, without limits"


def line_reading(
    points: pd.DataFrame,
    *,
    name: str,
    unit: str = "percent",
    window: str = "",
    people: str = "",
    when: str = "period",
) -> Reading:
    """Say why a measure whose points share people has no limits, and where it stood a year before.

    Parameters
    ----------
    points
        One row per period with ``value``, or with ``numerator`` and ``denominator``.
    name
        What is measured.
    unit
        As in `charts.control_chart`.
    window
        ``rolling`` where each point looks back over months that the next one covers too.
    people
        ``the same`` where the same people are counted each time.
    when
        Column of the period.

    Returns
    -------
    Reading
        One to three sentences.

    Examples
    --------
    >>> table = pd.DataFrame({"period": pd.to_datetime(["2021-01-01", "2021-02-01"]), "value": [0.5, 0.6]})
    >>> line_reading(table, name="Sleep", window="rolling").sentences[1]
    'Look at the whole line.'
    """
    values = _values(points, when)
    if values["value"].isna().all():
        empty = "The chart and its words will stand here once the first numbers are in."
        return Reading(f"{name}: no numbers yet", (empty,), f"{name}: no numbers yet.", "")
    why = _why(window, people)
    year = year_before(values, unit)
    sentences, _ = at_most([why, *(_parted(year) if year else ["Look at the whole line."])])
    finding = f"{name}: {ONLY_A_LINE}"
    known = values.loc[values["value"].notna(), when]
    period = period_of(values)
    subtitle = f"{many(len(known), period)}, {span(known.iloc[0], known.iloc[-1], period)}"
    alt = f"Line chart of {name}, {subtitle}. {' '.join(sentences)}"
    return Reading(finding, sentences, alt, subtitle)


def _values(points: pd.DataFrame, when: str) -> pd.DataFrame:
    table = points[[when]].assign(value=points["value"] if "value" in points else float("nan"))
    if {"numerator", "denominator"} <= set(points.columns):
        people = points["denominator"].where(points["denominator"] > 0)
        table["value"] = table["value"].fillna(points["numerator"] / people)
    return table.sort_values(when, kind="stable")


def _why(window: str, people: str) -> str:
    if window == "rolling":
        shared = "Each point covers months that the next one covers too"
    elif people == "the same":
        shared = "The same people are counted each time"
    else:
        shared = "One point shares people with the next"
    return f"{shared}, so limits and rules would cry wolf and there are none."


def _parted(year: str) -> list[str]:
    first, _, second = year.partition(". ")
    return [f"{first}.", second]

"""What a chart over time says, in one to three plain sentences computed from its numbers."""

from collections.abc import Iterable
from math import isfinite
from typing import NamedTuple

import pandas as pd

from pophealth.stats.spc import Rule
from pophealth.views.asides import notes_of
from pophealth.views.findings import finding_of
from pophealth.views.marks import mark_sentence
from pophealth.views.phrases import first_capital, many, short, span
from pophealth.views.sentences import told
from pophealth.views.series import when_column
from pophealth.views.story import Story, story_of
from pophealth.views.strata import strata_finding, strata_told

MOST = 3
"""Sentences a chart may have; what is left goes to the notes."""


class Reading(NamedTuple):
    """What a chart says.

    Attributes
    ----------
    finding
        The finding in one line, for the title.
    sentences
        One to three sentences, for the box beside the chart.
    alt
        The same for those who do not see the chart.
    subtitle
        What the chart is made of.
    notes
        Asides in small print: rough limits, months missing, the year before.
    """

    finding: str
    sentences: tuple[str, ...]
    alt: str
    subtitle: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(self.sentences)


def reading(
    charted: pd.DataFrame,
    *,
    name: str,
    better: str,
    unit: str = "percent",
    marks: pd.DataFrame | None = None,
    by: str | None = None,
    chart: str = "",
    rules: str | Iterable[Rule] = "anhoej",
) -> Reading:
    """Say what a chart over time shows: what happened, since when, and how often luck alone would draw it.

    Nothing here says why. A test of change that came before is named, because people will ask; that it came
    before does not make it the cause.

    Parameters
    ----------
    charted
        From `stats.spc.control_chart`: one series, or several told apart by `by`.
    name
        What is measured, such as "Blood pressure control".
    better
        ``higher``, ``lower`` or ``neither``.
    unit
        As in `charts.control_chart`.
    marks
        Tests of change: number, date, label, and stratum where a test was for one group.
    by
        The column that names the series, when there are several.
    chart, rules
        What `stats.spc.control_chart` was asked for.

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.

    Examples
    --------
    >>> nothing = pd.DataFrame({"period": [], "value": []})
    >>> reading(nothing, name="Blood pressure control", better="higher").finding
    'Blood pressure control: no numbers yet'
    """
    rules = rules if isinstance(rules, str) else tuple(rules)
    if by is not None and len(charted):
        frames = {str(group): rows for group, rows in charted.groupby(by, sort=False, observed=True)}
        stories = {group: story_of(rows, chart=chart, rules=rules) for group, rows in frames.items()}
        return _of_groups(stories, name=name, unit=unit, marks=marks, by=by)
    story = story_of(charted, chart=chart, rules=rules)
    beside = [*mark_sentence(story, marks), *_judge(story, better)]
    sentences, over = at_most([*told(story, unit, tight=bool(beside)), *beside])
    finding = f"{name}: {finding_of(story, unit)}"
    subtitle = subtitle_of(charted, story, unit)
    notes = notes_of(charted, story, chart=chart, better=better, unit=unit)
    return Reading(finding, sentences, _alt(name, story, subtitle, sentences), subtitle, (*over, *notes))


def at_most(sentences: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keep the first three sentences; the others become notes."""
    written = tuple(first_capital(text) for text in sentences)
    return written[:MOST], written[MOST:]


def _judge(story: Story, better: str) -> list[str]:
    neither = better == "neither" and story.direction in ("high", "low")
    return ["Whether that is good or bad is for you to say."] if neither else []


def subtitle_of(charted: pd.DataFrame, story: Story, unit: str) -> str:
    """Say in one line how many periods a chart shows, what is left out, and where its middle lies."""
    if story.kind == "empty":
        return ""
    dates = charted.loc[charted["value"].notna(), when_column(charted)]
    parts = [f"{many(len(dates), story.period)}, {span(dates.iloc[0], dates.iloc[-1], story.period)}"]
    left_out = int((charted["excluded"].astype(bool) & charted["value"].notna()).sum())
    if left_out:
        parts.append(f"{many(left_out, story.period)} left out, with reason")
    if isfinite(story.middle):
        parts.append(f"{story.middle_word} {short(story.middle, unit)}")
    return " · ".join(parts)


def _alt(name: str, story: Story, subtitle: str, sentences: tuple[str, ...]) -> str:
    if story.kind == "empty":
        return f"{name}: no numbers yet."
    return f"Line chart of {name}, {subtitle}. {' '.join(sentences)}"


def _of_groups(
    stories: dict[str, Story], *, name: str, unit: str, marks: pd.DataFrame | None, by: str
) -> Reading:
    sentences, notes = at_most(strata_told(stories, unit=unit, marks=marks, by=by))
    finding = f"{name}: {strata_finding(stories)}"
    alt = f"{len(stories)} line charts. {finding}. {' '.join(sentences)}"
    return Reading(finding, sentences, alt, "", notes)

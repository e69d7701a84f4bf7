"""What a chart over time says, in one to three plain sentences computed from its numbers."""

from math import isfinite
from typing import NamedTuple

import pandas as pd

from pophealth.views.phrases import about_when, first_capital, listed, luck_words, many, moment, short, span
from pophealth.views.series import ENOUGH, period_of, when_column
from pophealth.views.story import Story, story_of

SIGNALS = {
    "improvement": "a signal of improvement",
    "concern": "a signal of concern",
    "high": "a signal on the high side",
    "low": "a signal on the low side",
    "": "a signal",
}


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
    """

    finding: str
    sentences: tuple[str, ...]
    alt: str
    subtitle: str

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
        Tests of change: number, date, label.
    by
        The column that names the series, when there are several.

    Examples
    --------
    >>> nothing = pd.DataFrame({"period": [], "value": []})
    >>> reading(nothing, name="Blood pressure control", better="higher").finding
    'Blood pressure control: no numbers yet'
    """
    if by is not None:
        return _strata_reading(charted, name=name, unit=unit, marks=marks, by=by)
    story = story_of(charted)
    sentences = tuple(
        first_capital(text) for text in _sentences(story, unit=unit, better=better, marks=marks)
    )
    finding = f"{name}: {_finding(story)}"
    subtitle = subtitle_of(charted, story, unit)
    return Reading(finding, sentences, _alt(charted, name, unit, story, sentences), subtitle)


def _finding(story: Story) -> str:
    calm = {
        "empty": "no numbers yet",
        "few": f"too few to tell yet, {story.useful} of {ENOUGH} {story.period}s",
        "ordinary": "ordinary variation",
        "slow": "a slow change, not ordinary variation",
    }
    if story.kind in calm:
        return calm[story.kind]
    way = "up" if story.up else "down"
    if story.kind == "outside":
        side = "above" if story.up else "below"
        return f"{many(len(story.dates), story.period)} {side} the limits, {_signal(story)}"
    if story.ongoing:
        return f"{way} since {moment(story.dates[0], story.period)}, {_signal(story)}"
    return f"{way} from {span(story.dates[0], story.dates[-1], story.period)}, {_signal(story)}"


def _signal(story: Story) -> str:
    if story.holds and story.direction == "improvement":
        return "an improvement that holds"
    return SIGNALS[story.direction]


def _sentences(story: Story, *, unit: str, better: str, marks: pd.DataFrame | None) -> list[str]:
    if story.kind == "empty":
        return ["The chart and its words will stand here once the first numbers are in."]
    if story.kind == "few":
        since = (
            f"with new limits from {moment(story.since, story.period)}, " if story.since is not None else ""
        )
        few = f"{since}too few to tell yet: {story.useful} of {ENOUGH} {story.period}s."
        return [
            few,
            f"Limits and signals show once {ENOUGH} are in. Until then, look at each point by itself.",
        ]
    if story.kind == "ordinary":
        level = f"the {story.middle_word} of {short(story.middle, unit)}"
        since = f"new limits began in {moment(story.since, story.period)}. Since then" if story.since else ""
        nothing = f"{since or 'Here'} nothing points to a change."
        return [nothing, f"The points show ordinary variation around {level}."]
    if story.kind == "slow":
        times, least = story.crossings
        return [
            f"The line crosses its {story.middle_word} only {many(times, 'time')}; "
            "by luck alone it would nearly always do so "
            f"at least {many(least, 'time')}.",
            "Something moves it slowly up or down. The rule does not say which way; look at the whole line.",
        ]
    told = _outside_sentences(story) if story.kind == "outside" else _run_sentences(story, unit)
    if better == "neither" and story.kind in ("run", "outside"):
        told[-1] += " Whether that is good or bad is for you to say."
    return [*told, *mark_sentence(story, marks)]


def _run_sentences(story: Story, unit: str) -> list[str]:
    side = "above" if story.up else "below"
    count = many(len(story.dates), story.period)
    values = f"{short(story.before, unit)} before, {short(story.now, unit)}"
    if story.ongoing:
        since = moment(story.dates[0], story.period)
        what = f"all {count} since {since} lie {side} the {story.middle_word}: {values} now."
    else:
        stretch = span(story.dates[0], story.dates[-1], story.period)
        what = f"from {stretch}, {count} in a row lay {side} the {story.middle_word}; then it went back."
    return [what, f"this is {_signal(story)}. Luck alone draws a run this long {luck_words(story.chance)}."]


def _outside_sentences(story: Story) -> list[str]:
    side = "above" if story.up else "below"
    if len(story.dates) <= 3:
        names = listed([moment(date, story.period) for date in story.dates])
        what = f"{names} {'lies' if len(story.dates) == 1 else 'lie'} {side} the limits."
    else:
        last = moment(story.dates[-1], story.period)
        what = (
            f"{len(story.dates)} of {story.useful} {story.period}s lie {side} the limits, {last} the latest."
        )
    return [what, f"this is {_signal(story)}. Luck alone shows this {luck_words(story.chance)}."]


def mark_sentence(story: Story, marks: pd.DataFrame | None) -> list[str]:
    """Name the tests of change that came before, and that this alone does not make them the cause."""
    found = marks_before(marks, story.dates[0], story.period)
    if found.empty:
        return []
    rows = zip(found["number"], found["label"], found["date"], strict=True)
    named = listed([f"mark {number} ({label}, {about_when(date)})" for number, label, date in rows])
    if found["date"].iloc[-1] >= story.dates[0]:
        return [f"It began in the {story.period} of {named}. The chart cannot say why."]
    return [f"Before it came {named}. The chart cannot say why."]


def marks_before(marks: pd.DataFrame | None, start: pd.Timestamp, period: str) -> pd.DataFrame:
    """Return the marks in the period in which a change began, else the last one in the six periods before."""
    if marks is None or marks.empty:
        return pd.DataFrame({"number": [], "label": [], "date": []})
    length = pd.DateOffset(weeks=1) if period == "week" else pd.DateOffset(months=_MONTHS[period])
    dated = marks.assign(date=pd.to_datetime(marks["date"])).sort_values("date", kind="stable")
    near = dated[(dated["date"] < start + length) & (dated["date"] >= start - 6 * length)]
    same = near[near["date"] >= start]
    return near.tail(1) if same.empty else same


_MONTHS = {"month": 1, "quarter": 3, "year": 12}


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


def _alt(charted: pd.DataFrame, name: str, unit: str, story: Story, sentences: tuple[str, ...]) -> str:
    if story.kind == "empty":
        return f"{name}: no numbers yet."
    return f"Line chart of {name}, {subtitle_of(charted, story, unit)}. {' '.join(sentences)}"


def _strata_reading(charted: pd.DataFrame, *, name: str, unit: str, marks, by: str) -> Reading:
    """Say in one reading what happened to each of several groups."""
    frames = {str(group): rows for group, rows in charted.groupby(by, sort=False)}
    stories = {group: story_of(rows) for group, rows in frames.items()}
    moved = {group: story for group, story in stories.items() if story.kind in ("run", "outside", "slow")}
    still = [group for group, story in stories.items() if story.kind == "ordinary"]
    few = [group for group, story in stories.items() if story.kind in ("few", "empty")]
    findings = [f"{_short_finding(story)} among {group}" for group, story in moved.items()]
    findings += [f"unchanged among {listed(still)}"] if still else []
    findings += [f"too few to tell among {listed(few)}"] if few else []
    sentences = []
    for group, story in moved.items():
        own = marks[marks[by].astype(str) == group] if marks is not None and by in marks else marks
        told = _sentences(story, unit=unit, better="", marks=own)
        sentences.append(f"Among {group}, {' '.join([told[0], *map(first_capital, told[1:])])}")
    sentences += [f"Among {listed(still)}, there is no sign of change."] if still else []
    sentences += [f"Among {listed(few)}, there are too few {_period(frames)}s to tell yet."] if few else []
    finding = f"{name}: {listed(findings)}" if findings else f"{name}: no numbers yet"
    return Reading(
        finding, tuple(sentences), f"{len(frames)} line charts. {finding}. {' '.join(sentences)}", ""
    )


def _period(frames: dict[str, pd.DataFrame]) -> str:
    return period_of(next(iter(frames.values())))


def _short_finding(story: Story) -> str:
    if story.kind == "slow":
        return "slowly changing"
    if story.kind == "outside":
        return "outside the limits"
    return "up" if story.up else "down"

"""What a chart says, in one to three plain sentences computed from its numbers."""

from typing import NamedTuple

import pandas as pd

from pophealth.views.phrases import (
    about_when,
    first_capital,
    listed,
    luck_words,
    many,
    moment,
    short,
    span,
)
from pophealth.views.series import ENOUGH, counted, period_of, pooled, recent, when_column, withheld
from pophealth.views.story import Story, story_of

__all__ = ["Reading", "gap_reading", "numbers", "reading", "short", "two_phase_reading"]

SIGNALS = {
    "improvement": "a signal of improvement",
    "concern": "a signal of concern",
    "high": "a signal, high",
    "low": "a signal, low",
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

    Nothing here says why. A test of change that came before is named, because people will ask; that it came before
    does not make it the cause.

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
    sentences = tuple(first_capital(text) for text in _sentences(story, unit=unit, better=better, marks=marks))
    finding = f"{name}: {_finding(story)}"
    subtitle = _subtitle(charted, story, unit)
    return Reading(finding, sentences, _alt(charted, name, unit, story, sentences), subtitle)


def _finding(story: Story) -> str:
    way = "up" if story.up else "down"
    if story.kind == "empty":
        return "no numbers yet"
    if story.kind == "few":
        return f"too few to tell yet, {story.useful} of {ENOUGH} {story.period}s"
    if story.kind == "ordinary":
        return "ordinary variation"
    if story.kind == "slow":
        return "a slow change, not ordinary variation"
    if story.kind == "outside":
        side = "above" if story.up else "below"
        count = first_capital(many(len(story.dates), story.period)).lower()
        return f"{count} {side} the limits, {_signal(story)}"
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
        few = f"too few to tell yet: {story.useful} of {ENOUGH} {story.period}s."
        return [few, f"Limits and signals show once {ENOUGH} are in. Until then, look at each point by itself."]
    if story.kind == "ordinary":
        return [
            f"Nothing here points to a change: what you see is ordinary variation around {short(story.middle, unit)}."
        ]
    if story.kind == "slow":
        times, least = story.crossings
        return [
            f"The line crosses its middle only {many(times, 'time')}; by luck alone it would nearly always do so "
            f"at least {many(least, 'time')}.",
            "Something moves it slowly up or down. The rule does not say which way, so look at the whole line.",
        ]
    told = _outside_sentences(story) if story.kind == "outside" else _run_sentences(story, unit)
    if better == "neither" and story.kind in ("run", "outside"):
        told[-1] += " Whether that is good or bad is for you to say."
    return [*told, *_mark_sentence(story, marks)]


def _run_sentences(story: Story, unit: str) -> list[str]:
    side = "above" if story.up else "below"
    count = many(len(story.dates), story.period)
    values = f"{short(story.before, unit)} before, {short(story.now, unit)}"
    if story.ongoing:
        what = f"all {count} since {moment(story.dates[0], story.period)} lie {side} the middle line: {values} now."
    else:
        stretch = span(story.dates[0], story.dates[-1], story.period)
        what = f"from {stretch}, {count} in a row lay {side} the middle line; then it went back."
    return [what, f"{_called(story)}: luck alone draws a run this long {luck_words(story.chance)}."]


def _called(story: Story) -> str:
    return f"this is {_signal(story)}"


def _outside_sentences(story: Story) -> list[str]:
    side = "above" if story.up else "below"
    if len(story.dates) <= 3:
        names = listed([moment(date, story.period) for date in story.dates])
        what = f"{names} {'lies' if len(story.dates) == 1 else 'lie'} {side} the limits."
    else:
        last = moment(story.dates[-1], story.period)
        what = f"{len(story.dates)} of {story.useful} {story.period}s lie {side} the limits, {last} the latest."
    return [what, f"{_called(story)}: luck alone shows this {luck_words(story.chance)}."]


def _mark_sentence(story: Story, marks: pd.DataFrame | None) -> list[str]:
    found = mark_before(marks, story.dates[0], story.period)
    if found is None:
        return []
    named = f"mark {found['number']} ({found['label']}, {about_when(found['date'])})"
    if pd.Timestamp(found["date"]) >= story.dates[0]:
        return [f"It began in the {story.period} of {named}; the chart cannot say why."]
    return [f"Before it came {named}; the chart cannot say why."]


def mark_before(marks: pd.DataFrame | None, start: pd.Timestamp, period: str) -> pd.Series | None:
    """Return the last mark in the period of a change or in the six periods before it, if there is one."""
    if marks is None or marks.empty:
        return None
    length = pd.DateOffset(**{"weeks": 1} if period == "week" else {"months": _MONTHS[period]})
    dates = pd.to_datetime(marks["date"])
    near = marks[(dates < start + length) & (dates >= start - 6 * length)]
    return near.assign(date=pd.to_datetime(near["date"])).sort_values("date").iloc[-1] if len(near) else None


_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _subtitle(charted: pd.DataFrame, story: Story, unit: str) -> str:
    if story.kind == "empty":
        return ""
    dates = charted.loc[charted["value"].notna(), when_column(charted)]
    parts = [f"{len(dates)} {story.period}s, {span(dates.iloc[0], dates.iloc[-1], story.period)}"]
    left_out = int((charted["excluded"].astype(bool) & charted["value"].notna()).sum())
    if left_out:
        parts.append(f"{many(left_out, story.period)} left out, with reason")
    if story.middle == story.middle:  # noqa: PLR0124  there is a middle
        parts.append(f"middle line at {short(story.middle, unit)}")
    return " · ".join(parts)


def _alt(charted: pd.DataFrame, name: str, unit: str, story: Story, sentences: tuple[str, ...]) -> str:
    if story.kind == "empty":
        return f"{name}: no numbers yet."
    return f"Line chart of {name}, {_subtitle(charted, story, unit)}. {' '.join(sentences)}"


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
    sentences += [f"Among {listed(still)}, nothing changed beyond ordinary variation."] if still else []
    sentences += [f"Among {listed(few)}, there are too few {_period(frames)}s to tell yet."] if few else []
    finding = f"{name}: {listed(findings)}" if findings else f"{name}: no numbers yet"
    return Reading(finding, tuple(sentences), f"{len(frames)} line charts. {finding}. {' '.join(sentences)}", "")


def _period(frames: dict[str, pd.DataFrame]) -> str:
    return period_of(next(iter(frames.values())))


def _short_finding(story: Story) -> str:
    if story.kind == "slow":
        return "slowly changing"
    if story.kind == "outside":
        return "outside the limits"
    return "up" if story.up else "down"


def two_phase_reading(
    charted: pd.DataFrame, *, name: str, better: str, unit: str = "percent", marks: pd.DataFrame | None = None
) -> Reading:
    """Say what changed between the first phase and the last, and first whether the first was steady at all.

    Limits taken from months that swing by themselves are too rough to lean on; so that is said before anything
    else. Then: what changed, since when, and which mark came before.

    Parameters
    ----------
    charted
        One series with at least two phases, from `stats.spc.control_chart` with `phase`.
    name, better, unit, marks
        As in `reading`.
    """
    if charted["phase"].nunique() < 2:
        return reading(charted, name=name, better=better, unit=unit, marks=marks)
    first, last = (charted[charted["phase"] == number] for number in (charted["phase"].iloc[0], charted["phase"].iloc[-1]))
    start, period = pd.Timestamp(last[when_column(charted)].iloc[0]), period_of(charted)
    if counted(last).sum() < ENOUGH:
        return reading(charted, name=name, better=better, unit=unit, marks=marks)
    middle, now = float(first["centre"].iloc[-1]), pooled(last[counted(last)])
    changed, lie = _change(last, middle, period)
    direction = {"higher": "up", "lower": "down"}.get(better, "")
    way = "up" if now > middle else "down"
    verdict = "better" if way == direction else "worse" if direction else "different"
    story = Story("run", period, dates=(start,))
    sentences = [
        *_steadiness(first, start, period),
        f"Since {moment(start, period)} {lie} {changed}: {short(middle, unit)} before, {short(now, unit)} since.",
        *_mark_sentence(story, marks),
    ]
    finding = f"{name}: {way} from {short(middle, unit)} to {short(now, unit)} since {moment(start, period)}"
    alt = f"Line chart of {name} in two phases. The later one is {verdict}. {' '.join(sentences)}"
    return Reading(finding, tuple(sentences), alt, _phases_subtitle(first, last, unit))


def _change(last: pd.DataFrame, middle: float, period: str) -> tuple[str, str]:
    """Say on which side of the earlier middle line the later points lie, and how many of them."""
    points = last[counted(last)]
    above = int((points["value"] > middle).sum())
    side, count = ("above", above) if above * 2 > len(points) else ("below", int((points["value"] < middle).sum()))
    share = f"all {len(points)}" if count == len(points) else f"{count} of {len(points)}"
    return f"{side} the earlier middle line", f"{share} {period}s lie"


def _steadiness(first: pd.DataFrame, start: pd.Timestamp, period: str) -> list[str]:
    outside = int(first["signal"].str.split().map(lambda names: "outside" in names).sum())
    points = int(counted(first).sum())
    before = f"the {period}s before {moment(start, period)}"
    if outside:
        return [
            f"First, {before} were not steady themselves: {outside} of {points} lie outside their own limits. "
            "So limits held from them are rough."
        ]
    if points < ENOUGH:
        return [f"First, {before} are few, {points} in all, so their middle line is rough."]
    return [f"{first_capital(before)} were steady: none of {points} lies outside its limits."]


def _phases_subtitle(first: pd.DataFrame, last: pd.DataFrame, unit: str) -> str:
    parts = []
    for rows in (first, last):
        dates = rows.loc[rows["value"].notna(), when_column(rows)]
        parts.append(f"{span(dates.iloc[0], dates.iloc[-1])}: {short(float(rows['centre'].iloc[-1]), unit)}")
    return " · ".join(parts)


def gap_reading(
    gap: pd.DataFrame,
    *,
    behind: pd.DataFrame,
    other: pd.DataFrame,
    behind_name: str,
    other_name: str,
    unit: str = "points",
) -> Reading:
    """Say whether a gap is closing, and why.

    A gap is called *closing* only when the group left behind improves and the other does not get worse. A gap that
    shrinks because the other group lost is no success.

    Parameters
    ----------
    gap
        The charted gap, with `better="lower"`: a signal of improvement is a smaller gap.
    behind, other
        The charted series of the group left behind and of the group it is held against.
    behind_name, other_name
        What the groups are called.
    unit
        ``points`` for a difference of shares.
    """
    story = story_of(gap)
    names = {"behind": behind_name, "other": other_name}
    if story.kind in ("empty", "few"):
        return reading(gap, name="The gap", better="lower", unit=unit)
    ways = {"behind": _way(behind), "other": _way(other)}
    verdict, why = _gap_verdict(story, ways, names)
    sizes = _sizes(gap, story, unit)
    subtitle = f"{first_capital(other_name)} and {behind_name} compared, {_subtitle(gap, story, unit)}"
    sentences = (f"The gap is {verdict}: {sizes}.", why)
    return Reading(f"The gap is {verdict}: {sizes}", sentences, f"Line chart of the gap. {' '.join(sentences)}", subtitle)


def _way(charted: pd.DataFrame) -> str:
    story = story_of(charted)
    return story.direction if story.kind in ("run", "outside") else ""


def _gap_verdict(story: Story, ways: dict[str, str], names: dict[str, str]) -> tuple[str, str]:
    behind, other = names["behind"], names["other"]
    if story.direction == "improvement":
        if ways["other"] == "concern":
            return "narrower because the other group got worse", f"{first_capital(other)} got worse. That is no success yet."
        if ways["behind"] == "improvement":
            return "closing", f"{first_capital(behind)} improved, and {other} did not get worse."
        return "narrower", f"Neither {behind} nor {other} shows a clear change alone. So wait before you call it closing."
    if story.direction == "concern":
        reasons = {
            ("concern", "improvement"): f"{first_capital(behind)} got worse while {other} improved.",
            ("concern", ""): f"{first_capital(behind)} got worse.",
            ("concern", "concern"): f"Both got worse, {behind} more so.",
            ("", "improvement"): f"{first_capital(other)} improved, {behind} did not.",
            ("improvement", "improvement"): f"Both improved, {behind} less so.",
        }
        unclear = f"Neither {behind} nor {other} shows a clear change alone."
        return "wider", reasons.get((ways["behind"], ways["other"]), unclear)
    return "unchanged within ordinary variation", _moved_together(ways, names)


def _moved_together(ways: dict[str, str], names: dict[str, str]) -> str:
    if ways["behind"] == ways["other"] == "improvement":
        return "Both groups improved, and the distance between them stayed."
    if ways["behind"] == ways["other"] == "concern":
        return "Both groups got worse, and the distance between them stayed."
    return f"What moves the gap between {names['behind']} and {names['other']} looks like luck so far."


def _sizes(gap: pd.DataFrame, story: Story, unit: str) -> str:
    now = recent(gap)
    last = f"in the last {many(now.periods, story.period)}".replace("one ", "")
    if story.kind != "run" or not story.ongoing:
        return f"about {short(now.value, unit)} {last}"
    return f"about {short(story.before, unit)} before, about {short(now.value, unit)} {last}"


def numbers(charted: pd.DataFrame, *, unit: str = "percent") -> pd.DataFrame:
    """Put a charted series into a table people can read: dates, values, limits and signals in words.

    Parameters
    ----------
    charted
        From `stats.spc.control_chart`; several series keep the columns that tell them apart.
    unit
        As in `charts.control_chart`.

    Returns
    -------
    DataFrame
        Text columns; what is held back on the chart is held back here.
    """
    when = when_column(charted)
    by = list(charted.columns[: charted.columns.get_loc(when)])
    parts = [rows for _, rows in charted.groupby(by, sort=False)] if by else [charted]
    return pd.concat([_numbers(rows, when, by, unit) for rows in parts], ignore_index=True)


def _numbers(charted: pd.DataFrame, when: str, by: list[str], unit: str) -> pd.DataFrame:
    shown, period = withheld(charted), period_of(charted)
    table = shown[by].rename(columns=first_capital)
    table[first_capital(period)] = [moment(date, period) for date in shown[when]]
    table["Value"] = [short(value, unit) for value in shown["value"]]
    if {"numerator", "denominator"} <= set(shown.columns):
        table["Counted"] = shown["numerator"].astype("Float64").round().astype("Int64")
        table["Out of"] = shown["denominator"].astype("Float64").round().astype("Int64")
    for title, column in (("Middle line", "centre"), ("Lower limit", "lower"), ("Upper limit", "upper")):
        if shown[column].notna().any():
            table[title] = [short(value, unit) for value in shown[column]]
    table["Note"] = [_row_note(row) for row in shown[["value", "excluded", "direction"]].itertuples()]
    return table


def _row_note(row) -> str:
    if row.value != row.value:  # noqa: PLR0124  only a missing number differs from itself
        return "missing"
    if row.excluded:
        return "left out, with reason"
    return SIGNALS[row.direction].removeprefix("a ") if row.direction else ""

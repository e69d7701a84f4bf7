"""The pictures of step 5 that come from numbers, each made from its table alone."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.delivery.measure_pieces import defined, named
from pophealth.stats import rates
from pophealth.stats.reliability import reliability
from pophealth.views import choosing, lists, policy_words, theme, words
from pophealth.views import equity_charts as charts
from pophealth.views import equity_words as told
from pophealth.views.excess_words import TWICE
from pophealth.views.group_phrases import LUCK, OVERLAP
from pophealth.views.groups import reach
from pophealth.views.markup import Html
from pophealth.views.phrases import moment, span
from pophealth.views.readings import Reading
from pophealth.views.trusted import trust_notes
from pophealth.workspace.records import Measure

PER = "per 1,000"
ON_LINES = (LUCK, OVERLAP)
ROUNDS = "Thriving, round by round (and how far luck could move it)"
EVERYONE = "everyone here together"
SIZES = {
    "difference": "Difference, in points",
    "ratio": "Ratio: one share over the other",
    "paf": "Part that could be gained",
    "idisw": "How far groups lie apart, on average",
}
NOTHING_YET = (
    "Your purpose, and the people you want to work with, will stand here.",
    "They come from steps 1 to 4. You can also begin here.",
)
NO_LADDER = (
    "A bar for each group will stand here: thriving, struggling, suffering.",
    "Ask the two ladder questions, and write down the answers of one group below.",
)
NOT_YOURS = "Only the team and its coach see the answers on the ladder."
NO_COUNTS = (
    "Each group will have a dot here.",
    "Bring counts by group in step 9: stratifier and stratum, such as language and Spanish.",
)
NO_WAY = ("Each group will have a dot here.", "Say in step 9 which way is better for your measure.")
NO_SHARES = (
    "Your groups will stand side by side here.",
    "It takes two groups, and counts of people out of all people. Look at the charts of step 9 instead.",
)
NO_PEOPLE = (
    "How many people the gap is will stand here.",
    "It is worked out from the same counts by group as the picture above.",
)
NO_AGES = (
    "Groups with their ages made alike will stand here.",
    "Bring counts by group and age together: stratifier “language x age”, stratum “Spanish x 45-64”.",
)
NO_FUNNEL = (
    "All your groups will stand in one picture here.",
    "It takes five groups or more, of all ways to split people together. Bring counts by group in step 9.",
)
SEVERAL = "The same people stand in one group of each split, so never add these groups up."
NO_RECORDED = (
    "How many people have their group written down will stand here.",
    "Bring counts by group in step 9, and count those whose group is not recorded as a group of their own.",
)


def why_no_groups(every: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Say what will stand where groups are compared, and the one thing to do next."""
    if held_back(every):
        return held_back(every), policy_words.OWN_ONLY
    if not every["stratum"].ne("").any():
        return NO_COUNTS
    return NO_SHARES if measure.better in ("higher", "lower") else NO_WAY


def why_no_funnel(every: pd.DataFrame) -> tuple[str, str]:
    """Say what will stand where all groups are held against everyone, and what it takes."""
    return (held_back(every), policy_words.OWN_ONLY) if held_back(every) else NO_FUNNEL


def held_back(every: pd.DataFrame) -> str:
    """Say which ways to split people are too small to be shown to whoever looks."""
    return policy_words.left_out(every.attrs.get("too_few", ()))


@kept
def ladder(found: pd.DataFrame, known: str) -> Html:
    """Draw the newest round of the ladder by group, show all rounds, and say what they tell."""
    newest = found[found["month"].eq(found["month"].max())]
    reading = told.ladder_bars_reading(newest, by="group")
    when = f"{moment(newest['month'].iloc[0])} · {reading.subtitle}"
    chart = charts.ladder_bars(newest, by="group", title=reading.finding, subtitle=when)
    table = charts.ladder_numbers(newest, by="group")
    figure = theme.figure(chart, table=table, alt=reading.alt, caption=known)
    rounds = (
        [lists.boxed(theme.data_table(_rounds(found), caption=ROUNDS))] if len(newest) < len(found) else []
    )
    return theme.join(figure, theme.say(reading), *rounds, *_notes(reading, said=[OVERLAP]))


def _rounds(found: pd.DataFrame) -> pd.DataFrame:
    """List which share of each group was thriving in each round, with how far luck could move it."""
    thriving = found[found["ladder"].eq("thriving")]
    luck = [reach(limits, "percent") for limits in thriving[["lower", "upper"]].to_numpy()]
    shares = [
        f"{words.short(value, 'percent')} ({far})" for value, far in zip(thriving["value"], luck, strict=True)
    ]
    months = [moment(month) for month in sorted(found["month"].unique())]
    rows = thriving.assign(told=shares, month=thriving["month"].map(moment))
    wide = rows.pivot_table(index="group", columns="month", values="told", aggfunc="first", fill_value="")
    return wide.reindex(columns=months).reset_index().rename(columns={"group": "Group"})


@kept
def groups(
    gaps: pd.DataFrame, counts: pd.DataFrame, measure: Measure, *, picked: bool, known: str, rule: str
) -> Html:
    """Draw each group with how far luck could move it, and say which stand apart from the reference."""
    look: dict[str, Any] = {"by": "stratum", "better": measure.better}
    sure = reliability(gaps, kind="proportion")
    reading = told.dots_reading(gaps, name=named(measure), **look)
    what = f"{subtitle(counts, measure)} · {reading.subtitle}"
    chart = charts.dot_plot(gaps, title=reading.finding, subtitle=what, **look)
    months = f"{'The months you chose by' if picked else 'The latest months'}: {_when(counts, measure)}."
    caption = " ".join(filter(None, (known, months, rule)))
    return _with_words(chart, charts.dot_numbers(sure, **look), reading, caption=caption, said=())


@kept
def people(gaps: pd.DataFrame, counts: pd.DataFrame, measure: Measure, *, known: str) -> Html:
    """Draw how many people the gap is, group by group, and then all that is known of each side by side."""
    reading = told.excess_reading(gaps, by="stratum", name=_without(measure))
    what = f"{_when(counts, measure)} · {reading.subtitle}"
    chart = charts.excess_bars(gaps, by="stratum", title=reading.finding, subtitle=what)
    first = _with_words(chart, charts.excess_numbers(gaps, by="stratum"), reading, caption=known)
    return theme.join(first, _segments(gaps, counts, measure, known=known))


def _segments(gaps: pd.DataFrame, counts: pd.DataFrame, measure: Measure, *, known: str) -> Html:
    """Draw the table of segments: place, value, difference and people of each group in one row."""
    look: dict[str, Any] = {"by": "stratum", "better": measure.better}
    sure = reliability(gaps, kind="proportion")
    reading = told.segment_picture_reading(gaps, name=named(measure), **look)
    what = f"{_when(counts, measure)} · {reading.subtitle}"
    chart = charts.segment_picture(gaps, title=reading.finding, subtitle=what, **look)
    table = charts.segment_numbers(sure, **look)
    notes = {"more": trust_notes(sure, by="stratum"), "said": (*ON_LINES, TWICE)}
    return _with_words(chart, table, reading, caption=known, **notes)


@kept
def funnel(found: pd.DataFrame, counts: pd.DataFrame, measure: Measure, *, known: str, few: str) -> Html:
    """Draw all groups by their size, and say which lie further from everyone than luck takes them."""
    look: dict[str, Any] = {"by": "group", "better": measure.better}
    once = found.drop_duplicates("group")[["group", "numerator", "denominator"]]
    curve = rates.funnel_curve(once, by="group", target=float(found["centre"].max()))
    reading = told.funnel_reading(found, name=named(measure), **look)
    what = f"{subtitle(counts, measure)} · {reading.subtitle}"
    chart = charts.funnel_plot(found, curve=curve, title=reading.finding, subtitle=what, **look)
    table = charts.funnel_numbers(found, **look)
    return _with_words(chart, table, reading, caption=known, more=[SEVERAL, *filter(None, [few])])


@kept
def ages(
    crude: pd.DataFrame, same: pd.DataFrame, counts: pd.DataFrame, measure: Measure, *, known: str
) -> Html:
    """Draw each group as counted and as it would be with the ages of everyone, and say what age hides."""
    look: dict[str, Any] = {"crude": crude, "by": "stratum", "better": measure.better, "unit": PER}
    reading = told.standardised_reading(same, name=named(measure), standard=EVERYONE, **look)
    what = f"{subtitle(counts, measure)} · {reading.subtitle}"
    chart = charts.standardised_plot(same, title=reading.finding, subtitle=what, **look)
    return _with_words(chart, charts.standardised_numbers(same, **look), reading, caption=known)


def _with_words(chart: Any, table: pd.DataFrame, reading: Reading, *, caption: str, **notes: Any) -> Html:
    figure = theme.figure(chart, table=table, alt=reading.alt, caption=caption)
    return theme.join(figure, theme.say(reading), *_notes(reading, **notes))


def _notes(reading: Reading, *, more: Sequence[str] = (), said: Sequence[str] = ON_LINES) -> list[Html]:
    """Put notes below a chart, without those that the page has said already."""
    notes = [*more, *(note for note in reading.notes if note not in said)]
    return [theme.note(" ".join(notes))] if notes else []


def _without(measure: Measure) -> str:
    """Name what the people of an excess lack, or have too much of."""
    return named(measure) if measure.better == "lower" else f"Without “{named(measure)}”"


@kept
def recorded(table: pd.DataFrame, used: tuple[str, str]) -> Html:
    """Show how many people have their group written down, and say where many are missing."""
    here = table["measure"].eq(used[0]) & table["stratifier"].eq(used[1])
    rows = table[here | table["value"].lt(1)]
    parts = rows[["numerator", "declined", "not_recorded"]].div(rows["denominator"], axis="index")
    shown = rows[["measure", "stratifier"]].assign(**parts.map(lambda share: words.short(share, "percent")))
    heads = ["Measure", "Split by", "Written down", "Would rather not say", "Not recorded"]
    listed = theme.data_table(shown.set_axis(heads, axis="columns"), caption="Who is in the picture")
    said = lists.said(choosing.missing(table), heading="What we see.")
    return theme.join(lists.boxed(listed), said) if len(rows) else said


@kept
def next_time(gaps: pd.DataFrame) -> Html:
    """Say what the group that stands furthest away is likely to show next time, if nothing changes."""
    return lists.said(choosing.next_time(gaps, by="stratum"), heading="Next time.")


def subtitle(counts: pd.DataFrame, measure: Measure) -> str:
    """Say in one line what is counted, and from when to when."""
    return f"{defined(measure).rsplit(' · ', 1)[0]} · {_when(counts, measure)}"


def _when(counts: pd.DataFrame, measure: Measure) -> str:
    """Say from when to when the counts are; a year is a year."""
    period = measure.period if measure.period in ("quarter", "year") else "month"
    return span(counts["period"].min(), counts["period"].max(), period)


@kept
def sizes(found: pd.DataFrame, *, known: str) -> Html:
    """List a few measures of the gap, each with what it says."""
    rows = zip(found["measure"].map(SIZES), found["reading"], strict=True)
    return theme.join(theme.record_table("", [*rows]), theme.note(known))

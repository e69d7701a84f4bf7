"""The pictures of step 5 that come from numbers, each made from its table alone."""

from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.delivery.measure_pieces import defined, named
from pophealth.views import choosing, lists, theme, words
from pophealth.views.dot_plot import dot_plot
from pophealth.views.dot_words import dots_reading
from pophealth.views.excess_bars import excess_bars
from pophealth.views.groups import reach
from pophealth.views.ladder_bars import ladder_bars
from pophealth.views.ladder_words import ladder_reading
from pophealth.views.ladders import STANDINGS
from pophealth.views.markup import Html
from pophealth.views.phrases import moment, span
from pophealth.views.readings import Reading
from pophealth.views.segment_words import segment_reading
from pophealth.views.standardised_plot import standardised_plot
from pophealth.views.standardised_words import standardised_reading
from pophealth.workspace.records import Measure

PER = "per 1,000"
EVERYONE = "everyone here together"
SIZES = {
    "difference": "Difference, in points",
    "ratio": "Ratio: one share over the other",
    "paf": "Part that could be gained",
    "idisw": "How far groups lie apart, on average",
}
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


NO_RECORDED = (
    "How many people have their group written down will stand here.",
    "Bring counts by group in step 9, and count those whose group is not recorded as a group of their own.",
)


def why_no_groups(every: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Say what will stand where groups are compared, and the one thing to do next."""
    if not every["stratum"].ne("").any():
        return NO_COUNTS
    return NO_SHARES if measure.better in ("higher", "lower") else NO_WAY


@kept
def ladder(found: pd.DataFrame) -> Html:
    """Draw the newest round of the ladder by group, list the rounds, and say what they show."""
    reading = ladder_reading(found, by="group", when="month")
    newest = found[found["month"].eq(found["month"].max())]
    when = f"{moment(newest['month'].iloc[0])} · {reading.subtitle}"
    chart = ladder_bars(newest, by="group", title=reading.finding, subtitle=when)
    return theme.join(theme.figure(chart, table=_rounds(found), alt=reading.alt), *_words(reading))


def _rounds(found: pd.DataFrame) -> pd.DataFrame:
    """List what each group showed in each round, with how many answered of those asked."""
    place = ["group", "month"]
    wide = found.pivot_table(index=place, columns="ladder", values="value", dropna=False).reset_index()
    sizes = found[found["ladder"].eq("thriving")][[*place, "answered", "invited"]]
    wide = sizes.merge(wide, on=place)
    shares = {
        name.capitalize(): [words.short(value, "percent") for value in wide[name]] for name in STANDINGS
    }
    answered = [f"{one:,.0f} of {all_:,.0f}" for one, all_ in wide[["answered", "invited"]].to_numpy()]
    when = [moment(month) for month in wide["month"]]
    return pd.DataFrame({"Group": wide["group"], "Month": when, **shares, "Answered": answered})


@kept
def groups(gaps: pd.DataFrame, counts: pd.DataFrame, measure: Measure) -> Html:
    """Draw each group with how far luck could move it, and say which stand apart from the reference."""
    reading = dots_reading(gaps, by="stratum", name=named(measure), better=measure.better)
    what = f"{subtitle(counts, measure)} · {reading.subtitle}"
    look: dict[str, Any] = {"better": measure.better, "title": reading.finding, "subtitle": what}
    chart = dot_plot(gaps, by="stratum", **look)
    return theme.join(theme.figure(chart, table=_numbers(gaps), alt=reading.alt), *_words(reading))


@kept
def people(gaps: pd.DataFrame, counts: pd.DataFrame, measure: Measure) -> Html:
    """Draw how many people the gap is, group by group, and say where most of them are."""
    reading = segment_reading(gaps, by="stratum", name=named(measure))
    chart = excess_bars(gaps, by="stratum", title=reading.finding, subtitle=subtitle(counts, measure))
    return theme.join(theme.figure(chart, table=_excess(gaps), alt=reading.alt), *_words(reading))


@kept
def ages(crude: pd.DataFrame, same: pd.DataFrame, counts: pd.DataFrame, measure: Measure) -> Html:
    """Draw each group as counted and as it would be with the ages of everyone, and say what age hides."""
    look: dict[str, Any] = {"by": "stratum", "better": measure.better, "unit": PER}
    reading = standardised_reading(same, crude=crude, name=named(measure), standard=EVERYONE, **look)
    what = f"{subtitle(counts, measure)} · {reading.subtitle}"
    chart = standardised_plot(same, crude=crude, title=reading.finding, subtitle=what, **look)
    return theme.join(theme.figure(chart, alt=reading.alt), *_words(reading))


def _numbers(gaps: pd.DataFrame) -> pd.DataFrame:
    """Put the groups into a table that people can read."""
    shares = [words.short(value, "percent") for value in gaps["value"]]
    luck = [reach(limits, "percent") for limits in gaps[["lower", "upper"]].to_numpy()]
    apart = [words.short(value, "points") for value in gaps["difference"]]
    counted = {
        "Counted": gaps["numerator"].astype("Int64"),
        "Out of": gaps["denominator"].astype("Int64"),
    }
    shown = {"Share": shares, "Luck could move it": luck, f"Against {gaps['reference'].iloc[0]}": apart}
    return pd.DataFrame({"Group": gaps["stratum"], **counted, **shown})


def _excess(gaps: pd.DataFrame) -> pd.DataFrame:
    """List who ranks where, with luck allowed for, and how many people it is."""
    people = [reach(limits, "number") for limits in gaps[["excess_lower", "excess_upper"]].to_numpy()]
    return pd.DataFrame(
        {
            "Rank": gaps["rank"],
            "Group": gaps["stratum"],
            "Share": [words.short(value, "percent") for value in gaps["value"]],
            "With luck allowed for": [words.short(value, "percent") for value in gaps["shrunk"]],
            "More people": gaps["excess"].round().astype("Int64"),
            "Luck could make it": people,
        }
    )


def _words(reading: Reading) -> list[Html]:
    notes = [theme.note(" ".join(reading.notes))] if reading.notes else []
    return [theme.say(reading), *notes]


@kept
def recorded(table: pd.DataFrame) -> Html:
    """Show how many people have their group written down, and say where many are missing."""
    shares = table[["recorded", "declined", "not_recorded"]].div(table["people"], axis="index")
    shown = table[["measure", "split"]].assign(**shares.map(lambda share: words.short(share, "percent")))
    heads = ["Measure", "Split by", "Written down", "Would rather not say", "Not recorded"]
    listed = theme.data_table(shown.set_axis(heads, axis="columns"), caption="Who is in the picture")
    return theme.join(listed, lists.said(choosing.missing(table), heading="What we see."))


@kept
def next_time(gaps: pd.DataFrame) -> Html:
    """Say what the group that stands furthest away is likely to show next time, if nothing changes."""
    return lists.said(choosing.next_time(gaps, by="stratum"), heading="Next time.")


def subtitle(counts: pd.DataFrame, measure: Measure) -> str:
    """Say in one line what is counted, and from when to when."""
    when = span(counts["period"].min(), counts["period"].max())
    what = defined(measure).rsplit(" · ", 1)[0]
    return f"{what} · {when}"


@kept
def sizes(found: pd.DataFrame) -> Html:
    """List a few measures of the gap, each with what it says."""
    rows = zip(found["measure"].map(SIZES), found["reading"], strict=True)
    return theme.record_table("", [*rows])

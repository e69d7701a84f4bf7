"""The pictures of step 5 that come from numbers, each made from its table alone."""

from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.delivery.measure_pieces import defined, named
from pophealth.views import choosing, lists, theme, words
from pophealth.views.dot_plot import dot_plot
from pophealth.views.excess_bars import excess_bars
from pophealth.views.ladder_bars import ladder_bars
from pophealth.views.markup import Html
from pophealth.views.phrases import span
from pophealth.views.standardised_plot import standardised_plot
from pophealth.workspace.records import Measure

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
    """Draw the newest round of the ladder by group, and say what it shows."""
    newest = found[found["month"].eq(found["month"].max())]
    title = "Who is thriving"
    chart = ladder_bars(newest, by="group", title=title, subtitle=f"{newest['month'].iloc[0]:%B %Y}")
    return theme.figure(chart, alt=title)


@kept
def groups(gaps: pd.DataFrame, counts: pd.DataFrame, measure: Measure) -> Html:
    """Draw each group with how far luck could move it, and say which stand apart from the reference."""
    title = named(measure)
    look: dict[str, Any] = {"by": "stratum", "better": measure.better, "title": title}
    chart = dot_plot(gaps, subtitle=subtitle(counts, measure), **look)
    return theme.figure(chart, alt=title)


@kept
def recorded(table: pd.DataFrame) -> Html:
    """Show how many people have their group written down, and say where many are missing."""
    shares = table[["recorded", "declined", "not_recorded"]].div(table["people"], axis="index")
    shown = table[["measure", "split"]].assign(**shares.map(lambda share: words.short(share, "percent")))
    heads = ["Measure", "Split by", "Written down", "Would rather not say", "Not recorded"]
    listed = theme.data_table(shown.set_axis(heads, axis="columns"), caption="Who is in the picture")
    return theme.join(listed, lists.said(choosing.missing(table), heading="What we see."))


@kept
def people(gaps: pd.DataFrame, counts: pd.DataFrame, measure: Measure) -> Html:
    """Draw how many people the gap is, group by group, and say where most of them are."""
    title = named(measure)
    chart = excess_bars(gaps, by="stratum", title=title, subtitle=subtitle(counts, measure))
    return theme.figure(chart, alt=title)


@kept
def ages(crude: pd.DataFrame, same: pd.DataFrame, counts: pd.DataFrame, measure: Measure) -> Html:
    """Draw each group as counted and as it would be with the ages of everyone, and say what age hides."""
    title = named(measure)
    look: dict[str, Any] = {"by": "stratum", "better": measure.better, "unit": "per 1,000", "title": title}
    chart = standardised_plot(same, crude=crude, subtitle=subtitle(counts, measure), **look)
    return theme.figure(chart, alt=title)


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
    return theme.record_table("", list(found[["measure", "reading"]].itertuples(index=False, name=None)))

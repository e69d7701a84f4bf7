"""Pieces of the page of step 1: the team, what it brings, how it works together, its calendar."""

from datetime import date

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import gather_words, lists, theme
from pophealth.views.calendar_picture import calendar_picture
from pophealth.views.markup import Html
from pophealth.views.team_picture import team_picture
from pophealth.workspace import calendar_file, gathered
from pophealth.workspace.calendar import SORTS
from pophealth.workspace.records import Charter, Interest
from pophealth.workspace.records_team import SIDES

NO_PURPOSE = "Your purpose will stand here, and above the aim of step 6."
WRITE_ONE = "Write one sentence above."
JUST_JOINED = "Only just decided to join? The five first words at the end are enough."
NO_TEAM = ("Your team will stand here, side by side.", "Begin with yourself: a name, a role, a side.")
NO_GIFTS = ("What you bring will stand here.", "Add the people of your team above.")
NO_CALENDAR = (
    "Your calendar of 11 months will stand here.",
    "Write the first day of the first learning session above.",
)
JOINED = (("hope", "What you hope for"), ("people", "For whom, and where"), ("question", "You asked"))


def purpose(charter: Charter, interest: Interest) -> Html:
    """Say why the team meets; before there is a charter, what it said when it joined."""
    if charter.purpose:
        about = f"It is about: {charter.population}" if charter.population else ""
        made = f"Made with: {charter.made_with}" if charter.made_with else ""
        return lists.said(map(_ended, (charter.purpose, about, made)), heading="Our purpose.")
    said = [(label, getattr(interest, name)) for name, label in JOINED if getattr(interest, name)]
    if not said:
        return theme.empty(NO_PURPOSE, f"{WRITE_ONE} {JUST_JOINED}")
    told = theme.record_table("What you said when you joined", said)
    return theme.join(told, theme.empty(NO_PURPOSE, WRITE_ONE))


@kept
def team(people: pd.DataFrame) -> Html:
    """Draw the team under its three sides, and say who is missed and why."""
    if people.empty:
        return theme.empty(*NO_TEAM)
    sides = gathered.sides(people)
    title = gather_words.team_title(sides)
    picture = team_picture(people, sides=SIDES, title=title)
    table = people[["name", "role", "time"]].set_axis(["Name", "Role", "Time"], axis="columns")
    said = gather_words.team_said(people, sides)
    points = [
        (SIDES[side].capitalize(), bool(count), sentence)
        for side, count, sentence in sides[["side", "people", "sentence"]].itertuples(index=False)
    ]
    figure = theme.figure(picture, table=table, alt=f"{title}. {' '.join(said)}")
    return theme.join(figure, lists.said(said, heading="Who is here."), lists.checklist(points))


@kept
def gifts(people: pd.DataFrame) -> Html:
    """Say who brings will, ability and resources, and what to do where nobody does."""
    if people.empty:
        return theme.empty(*NO_GIFTS)
    table = gathered.gifts(people)
    points = [
        (f"{gift.capitalize()}: {meaning}", bool(count), sentence)
        for gift, meaning, count, sentence in table.itertuples(index=False)
    ]
    own = people.loc[people["brings"].ne(""), ["name", "brings"]].set_axis(["Who", "Brings"], axis="columns")
    words = lists.said(gather_words.gifts_said(table, len(people)), heading="What you bring.")
    listed = [lists.boxed(theme.data_table(own, caption="In your own words"))] if len(own) else []
    return theme.join(words, lists.checklist(points), *listed)


def agreements(charter: Charter) -> Html:
    """List how the team works together, and why what is open matters."""
    points = gathered.agreed(charter).itertuples(index=False, name=None)
    more = [lists.said((_ended(charter.how_we_work),), heading="We promise each other.")]
    return theme.join(
        lists.checklist((point, there, _ended(text)) for point, there, text in points),
        *(more if charter.how_we_work else []),
    )


def skills(table: pd.DataFrame) -> Html:
    """Say what the team can do together and what to learn; nobody is graded."""
    if not table["people"].any():
        return theme.empty(
            "What you can do together will stand here.",
            f"Write first names above. All {len(table)} lines may stay empty: each is taught on the way.",
        )
    step = "Learned in step " + table["step"].astype(str)
    who = table["names"].where(table["people"].gt(0), step)
    rows = table[["skill"]].assign(who=who).set_axis(["What", "Who can show it"], axis="columns")
    said = lists.said(gather_words.skills_said(table), heading="What you can do together.")
    return theme.join(said, lists.boxed(theme.data_table(rows)))


@kept
def calendar(table: pd.DataFrame, as_of: date) -> Html:
    """Draw the calendar, say what comes next, and list all dates."""
    if table.empty:
        return theme.empty(*NO_CALENDAR)
    today = pd.Timestamp(as_of)
    title, said = gather_words.calendar_title(table, today), gather_words.calendar_said(table, today)
    picture = calendar_picture(table, today=today, title=title)
    figure = theme.figure(
        picture,
        table=dates(table),
        alt=f"{title}. {' '.join(said)}",
        caption="Gray is behind you, color is ahead. The bars are action periods.",
    )
    return theme.join(figure, lists.said(said, heading="What comes next."))


def file_of(table: pd.DataFrame, as_of: date, *, slug: str, name: str) -> Html:
    """Offer the calendar as a file."""
    file = calendar_file.written(table, team=slug, name=f"{name}, 11 months", as_of=as_of)
    return theme.download(
        f"{slug}.ics", file, mime=calendar_file.MIME, label="All dates for your own calendar (.ics)"
    )


def dates(table: pd.DataFrame) -> pd.DataFrame:
    """List all dates as people read them."""
    first = table["date"].map(lambda day: gather_words.day_of(day, weekday=False))
    last = table["until"].map(lambda day: gather_words.day_of(day, weekday=False))
    when = first.where(table["date"].eq(table["until"]), first + " to " + last)
    about = [
        " · ".join(filter(None, parts))
        for parts in table[["topic", "hours", "place"]].itertuples(index=False)
    ]
    kind = table["sort"].map(SORTS).where(~table["moved"], table["sort"].map(SORTS) + ", moved by you")
    return pd.DataFrame({"When": when, "What": table["name"], "Kind": kind, "About": about})


def _ended(text: str) -> str:
    """End a sentence that somebody left open."""
    return text if not text or text[-1] in ".!?…”" else f"{text}."

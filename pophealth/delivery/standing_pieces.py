"""Step 2 as pieces of a page, each made from its tables alone: answers, differences, balance, what moved."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import lists, standing, standing_words, theme
from pophealth.views.markup import Html
from pophealth.workspace import ratings, two_rounds
from pophealth.workspace.instrument import Instrument
from pophealth.workspace.records import Reading

SEEN = "What we see."
MOST = 5
NO_ANSWERS = (
    "One dot for each person will stand here.",
    "Let the first person answer above. Ask two more before you look.",
)
NO_DIFFERENCES = (
    "Where you see it differently will stand here.",
    "It takes two people who have answered.",
)
NO_COMMENTS = (
    "What people want to talk about will stand here, without codes.",
    "It takes three people who have answered.",
)
NO_STEPS = ("Your next small steps will stand here.", "They come from the answers above.")
NO_BALANCE = (
    "How even your four portfolios are will stand here.",
    "It takes a middle answer above 0 for the four sections on what you work on.",
)
NO_READINGS = (
    "What you came to see alike will stand here, section by section.",
    "Talk about one difference, then write down above what you all see now.",
)
NO_SECOND = (
    "Before and after will stand here.",
    "Answer the same statements again in about half a year, with the same codes.",
)
NO_FIRST = ("Before and after will stand here.", "Answer for the first time in step 2.")
NOT_YOURS = "Only the team and its coach see how its people answered."


@kept
def answers(scores: pd.DataFrame, roles: Sequence[str]) -> Html:
    """Draw one dot a person in one row a section, and say what it shows."""
    if scores["score"].notna().sum() == 0:
        return theme.empty(*NO_ANSWERS)
    summary = ratings.summary(scores)
    title, said = standing_words.finding(summary), standing_words.says(summary, roles)
    wide, narrow = (standing.dots(scores, summary, title=title, width=width) for width in (860, 360))
    figure = theme.figure(wide, narrow=narrow, table=_numbers(summary), alt=f"{title}. {' '.join(said)}")
    return theme.join(figure, theme.say(said))


def _numbers(summary: pd.DataFrame) -> pd.DataFrame:
    silent = summary["asked"] - summary["answered"]
    columns = ["section", "answered", "could not say", "median", "lowest", "highest"]
    shown = summary.assign(**{"could not say": silent})[columns].round(0)
    return shown.rename(columns=lambda name: name.capitalize())


@kept
def differences(levels: pd.DataFrame, instrument: Instrument) -> Html:
    """List the statements people see most differently, with how many stand at each end."""
    answered = levels.dropna(subset=["level"])
    if answered["rater"].size == 0 or levels.groupby(["section", "statement"]).size().max() < 2:
        return theme.empty(*NO_DIFFERENCES)
    found = ratings.differing(levels)
    said = standing_words.differing_says(found, statements=len(instrument.statements), shown=MOST)
    told = lists.said(said, heading=SEEN)
    if found.empty:
        return told
    names = {one.text: [label for _, label in one.levels] for one in instrument.statements}
    rows = [
        (row.section, row.statement, _end(names, row, "lowest"), _end(names, row, "highest"))
        for row in found.head(MOST).itertuples()
    ]
    table = pd.DataFrame(rows, columns=["Section", "Statement", "Some say", "Others say"])
    return theme.join(lists.boxed(theme.data_table(table)), told)


def _end(names: Mapping[str, list[str]], row: object, end: str) -> str:
    label = names[getattr(row, "statement")][int(getattr(row, end))]  # noqa: B009
    return f"{label} ({getattr(row, f'at_{end}')})"


def next_steps(scores: pd.DataFrame, instrument: Instrument) -> Html:
    """Give the three lowest sections with a next step that fits how high each stands."""
    lowest = ratings.next_steps(scores, instrument)
    if lowest.empty:
        return theme.empty(*NO_STEPS)
    rows = [(f"{row.section} ({row.median:.0f})", row.next_step) for row in lowest.itertuples()]
    return theme.record_table("A place to start", rows)


def balance(scores: pd.DataFrame, instrument: Instrument) -> Html:
    """Say how even the four portfolios stand, never without how high."""
    found = ratings.balance(scores, instrument)
    if found is None:
        return theme.empty(*NO_BALANCE)
    return lists.said(standing_words.balance_says(found), heading="The four portfolios.")


def comments(found: Sequence[str]) -> Html:
    """List what people want to talk about, without codes."""
    if not found:
        return theme.empty(*NO_COMMENTS)
    table = pd.DataFrame({"What people want to talk about": list(found)})
    return lists.boxed(theme.data_table(table))


def readings(agreed: Sequence[Reading], instrument: Instrument) -> Html:
    """Show section by section what people agreed on, and where they still differ."""
    known = [one for one in agreed if one.agreed or one.differ]
    if not known:
        return theme.empty(*NO_READINGS)
    titles = {section.slug: section.title for section in instrument.sections}
    tables = [(titles.get(one.section, "A section no longer asked about"), _told(one)) for one in known]
    return theme.join(*(theme.record_table(title, rows) for title, rows in tables))


def _told(one: Reading) -> list[tuple[str, str]]:
    rows = [
        ("About the statement", one.statement),
        ("What we all see now", one.agreed),
        ("Where we still differ", one.differ),
    ]
    return [row for row in rows if row[1]]


@kept
def moved(scores: pd.DataFrame, levels: pd.DataFrame) -> Html:
    """Draw the first round beside the newest, say what moved, and list the statements that moved most."""
    change = two_rounds.before_after(scores)
    if change.empty:
        return theme.empty(*(NO_SECOND if len(scores) else NO_FIRST))
    months = (scores["round"].min(), scores["round"].max())
    apart = tuple(int(ratings.summary(scores[scores["round"].eq(month)])["apart"].sum()) for month in months)
    title = standing_words.moved_title(change, first=months[0])
    people = two_rounds.people(scores)
    said = standing_words.moved_says(change, people, rounds=months, apart=(apart[0], apart[1]))
    wide, narrow = (standing.two_rounds(scores, change, title=title, width=width) for width in (860, 360))
    shown = _beside(change.round(0), months)
    figure = theme.figure(wide, narrow=narrow, table=shown, alt=f"{title}. {' '.join(said)}")
    return theme.join(figure, theme.say(said), _statements(levels, months))


def _statements(levels: pd.DataFrame, months: tuple[pd.Timestamp, pd.Timestamp]) -> Html:
    by = ["section", "statement"]
    change = two_rounds.before_after(levels, by=by, value="level").dropna(subset=["change"])
    far = change[change["moved"].ne("")]
    if far.empty:
        return theme.note("No single statement has clearly moved by a level.")
    most = far.reindex(far["change"].abs().sort_values(ascending=False, kind="stable").index).head(MOST)
    caption = "Statements that moved most: middle level, 0 is the lowest (and how many answered)"
    first, last = (f"{month:%b %Y}" for month in months)
    table = pd.DataFrame(
        {
            "Statement": most["statement"],
            first: _of(most["before"], most["answered_before"]),
            last: _of(most["now"], most["answered_now"]),
            "Both times": most["both"],
        }
    )
    return lists.boxed(theme.data_table(table, caption=caption))


def _of(middles: pd.Series, people: pd.Series) -> list[str]:
    return [f"{middle:g} ({count})" for middle, count in zip(middles, people, strict=True)]


def _beside(change: pd.DataFrame, months: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """Name the columns of a comparison by their months."""
    first, last = (f"{month:%b %Y}" for month in months)
    columns = {
        "section": "Section",
        "before": first,
        "now": last,
        "answered_before": f"Answered {first}",
        "answered_now": f"Answered {last}",
        "both": "Both times",
    }
    return change[list(columns)].rename(columns=columns)

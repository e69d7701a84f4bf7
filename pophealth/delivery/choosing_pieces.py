"""Choosing together as pieces of a page, each made from its tables alone: list, places, sides, decisions."""

from collections.abc import Iterable

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import lists, priority_words, theme
from pophealth.views.markup import Html
from pophealth.views.rank_table import rank_table
from pophealth.views.two_sides import two_sides
from pophealth.workspace import choosing
from pophealth.workspace.records_choosing import BARS, WEIGHT_OF, WEIGHTS

SEEN = "What we see."
WAYS = ["Points", "Hanlon", "Dots", "Own order"]
"""Four ways to count the same ballots."""

PLACES = "1 is first; a filled circle is in the top three; – means no place in this way to count"
SCORES = "Mean points from 0 to 5; with at least three ballots on each side"
NO_LIST = (
    "What you choose from will stand here.",
    "Pick above from what steps 2 to 5 found, or add something of your own.",
)
NO_BALLOT = "Let two people fill in a ballot above, each alone."
NO_SIDES = (
    "Residents beside staff will stand here.",
    "It takes three ballots from each side, so that nobody can read one ballot out of it.",
)
NO_DECISION = (
    "What you chose will stand here, with what those said who did not agree.",
    "Talk about the picture above, choose, and write down why.",
)


@kept
def listed(items: pd.DataFrame, addresses: dict[str, tuple[str, str]]) -> Html:
    """List what a team chooses from, each with where it came from.

    Parameters
    ----------
    items : pandas.DataFrame
        From `workspace.choosing.items`.
    addresses : dict
        For each step its number and the address of its page.
    """
    if items.empty:
        return theme.empty(*NO_LIST)
    called = {source: words for source, (words, _) in choosing.SOURCES.items()}
    rows = [(row.name, *_from(called[row.source], *addresses[row.step])) for row in items.itertuples()]
    said = priority_words.list_says(items, called)
    return theme.join(lists.linked(rows), lists.said(said, heading=SEEN))


def _from(words: str, number: str, address: str) -> tuple[str, str]:
    return (f"{words}, step {number}", address) if number else (words, "")


def criteria(table: pd.DataFrame) -> Html:
    """Show the questions that count, and how much each does."""
    counts = {WEIGHT_OF[name]: words for name, words in WEIGHTS.items()}
    shown = pd.DataFrame({"Question": table["question"], "Weight": table["weight"].map(counts)})
    return lists.boxed(theme.data_table(shown))


def places(methods: pd.DataFrame, hanlon: pd.DataFrame, people: int) -> Html:
    """Draw the places of each thing in each way to count, and say what is safely on top."""
    if people < choosing.LEAST or methods[["mean"]].isna().all(axis=None):
        return theme.empty(priority_words.few(people, choosing.LEAST), NO_BALLOT)
    return _places(methods, hanlon, people)


@kept
def _places(methods: pd.DataFrame, hanlon: pd.DataFrame, people: int) -> Html:
    ways = [way for way in WAYS if way in methods]
    title = priority_words.methods_title(methods, ways)
    bars = {f"{choosing.STOP}-{mark}": words for mark, words in BARS.items()}
    said = [*priority_words.methods_say(methods, ways, people), *priority_words.stopped(hanlon, bars)]
    table = methods[["name", *ways, "on_top"]].rename(columns={"name": "Item", "on_top": "Times in top 3"})
    chart = rank_table(methods, ways=ways, title=title, subtitle=PLACES)
    figure = theme.figure(chart, table=table, alt=f"{title}. {' '.join(said)}")
    return theme.join(figure, lists.said(said, heading=SEEN))


@kept
def steady(table: pd.DataFrame, reading: str) -> Html:
    """Say how far people agree, and how sure each place is."""
    if table.empty:
        return theme.note("How sure the places are will stand here once two ballots are in.")
    shown = pd.DataFrame(
        {
            "Item": table["name"],
            "Place by points": table["rank"].astype(int),
            "Keeps its place": [f"{share:.0%}" for share in table["stays"]],
            "In the top three": [f"{share:.0%}" for share in table["in_top"]],
            "Best and worst place": [
                f"{best:.0f} and {worst:.0f}"
                for best, worst in zip(table["best"], table["worst"], strict=True)
            ],
        }
    )
    said = priority_words.steady_says(table, reading)
    return theme.join(lists.boxed(theme.data_table(shown)), lists.said(said, heading=SEEN))


@kept
def sides(table: pd.DataFrame) -> Html:
    """Draw residents beside staff, the widest difference first."""
    known = table.dropna(subset=["first", "second"])
    if known.empty:
        return theme.empty(*NO_SIDES)
    title, said = priority_words.sides_title(known), priority_words.sides_say(known)
    heads = {"name": "Item", "first": "Residents", "second": "Staff", "difference": "Difference"}
    shown = known[[*heads]].round(1).rename(columns=heads)
    chart = two_sides(known, sides=("Residents", "Staff"), title=title, subtitle=SCORES)
    figure = theme.figure(chart, table=shown, alt=f"{title}. {' '.join(said)}")
    return theme.join(figure, lists.said(said, heading=SEEN))


def decisions(table: pd.DataFrame) -> Html:
    """Show each decision with its reason, and what those said who did not agree."""
    if table.empty:
        return theme.empty(*NO_DECISION)
    pieces = [theme.record_table(row.name or "Not said yet", [*_decision(row)]) for row in table.itertuples()]
    return theme.join(*pieces)


def _decision(row: object) -> Iterable[tuple[str, str]]:
    day = getattr(row, "date", None)
    told = {
        "Why": getattr(row, "why", ""),
        "Who did not agree": getattr(row, "dissent", "") or "Not asked yet",
        "Decided on": f"{day:%B} {day.day}, {day.year}" if day else "",
        "How": getattr(row, "how", ""),
        "What waits": getattr(row, "other", ""),
        "Made with": getattr(row, "made_with", ""),
    }
    return [(name, words) for name, words in told.items() if words]

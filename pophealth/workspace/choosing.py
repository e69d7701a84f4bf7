"""What step 6 chooses from, and what all ballots say together, as tables.

A ballot is read by its author alone. This module reads them all, and gives rows without code or author, in
an order that says nothing about who wrote when.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

import pandas as pd

from pophealth.workspace import ratings
from pophealth.workspace.partners import refuse_others
from pophealth.workspace.record import Record
from pophealth.workspace.records import (
    Ballot,
    Cause,
    Criteria,
    Decision,
    Focus,
    Outcome,
    Priority,
    Shortlist,
    Stakeholder,
    Theme,
)
from pophealth.workspace.records_choosing import BARS, CRITERIA, DOTS, score_of
from pophealth.workspace.store import TeamBook

Kind = TypeVar("Kind", bound=Record)

ITEMS = ["key", "name", "source", "step"]
BALLOTS = ["person", "side", "item", "criterion", "score"]
VOTES, STOP = "dots", "stop"
LOWEST = 3
"""How many sections of step 2 there are to choose from."""

LEAST, LEAST_A_SIDE = 2, 3
"""With fewer ballots nothing is counted; with fewer on a side, nobody is told to be on one."""

SIDE_OF = {"resident": "resident", "staff": "staff", "leader": "staff"}
"""Whom residents are set beside: those who work in care, and those who lead."""

SOURCES = {
    "focus": ("a group you chose", "focus"),
    "cause": ("what may lie behind it", "focus"),
    "theme": ("what people said", "matters"),
    "partner": ("what matters to those affected", "matters"),
    "section": ("where you stand lowest", "standing"),
    "promise": ("what was promised", "align"),
    "own": ("added by you", "aim"),
}
"""What each source is called, and the step it comes from."""


def candidates(book: TeamBook) -> pd.DataFrame:
    """List what earlier steps found and a team could choose: groups, causes, themes, low scores, promises.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        key (lasting, begins with a letter), name (in the words of the step), source (one of `SOURCES`),
        step (its slug). A promise that stops is not there. Until a theme is heard, what matters to partners
        who are affected stands in its place. A section or partner once picked stays.
    """
    promises = [(one.key, one.name) for one in _all(book, Priority) if one.decision != "stop"]
    themes, picked = _themes(book), _picked(book)
    rows = [
        *_rows("focus", [(one.key, one.group) for one in _all(book, Focus)]),
        *_rows("cause", [(one.key, one.cause) for one in _all(book, Cause)]),
        *_rows("theme", themes),
        *_rows("partner", _partners(book, picked=picked, heard=bool(themes))),
        *_rows("section", _sections(book, picked=picked)),
        *_rows("promise", promises),
    ]
    return pd.DataFrame(rows, columns=ITEMS)


def _rows(source: str, found: Iterable[tuple[str, str]]) -> list[tuple[str, str, str, str]]:
    step = SOURCES[source][1]
    return [(f"{source}-{key}", name, source, step) for key, name in found if name]


def _all(book: TeamBook, model: type[Kind]) -> list[Kind]:
    return [one for one in book.records(model.kind) if isinstance(one, model)]


def _themes(book: TeamBook) -> list[tuple[str, str]]:
    """Give each theme once, of words that may be used; its key is made of its words, so that it lasts."""
    named: dict[str, str] = {}
    for one in _all(book, Theme):
        if one.consent:
            named.setdefault(_slug(one.theme), one.theme)
    return [*named.items()]


def _partners(book: TeamBook, *, picked: dict[str, int | None], heard: bool) -> list[tuple[str, str]]:
    affected = [one for one in _all(book, Stakeholder) if one.affected and one.matters]
    return [(one.key, one.matters) for one in affected if not heard or picked.get(f"partner-{one.key}") == 1]


def _sections(book: TeamBook, *, picked: dict[str, int | None]) -> list[tuple[str, str]]:
    asked = book.instrument
    scores = ratings.latest(ratings.section_scores(ratings.answers(book), asked))
    lowest = ratings.next_steps(scores, asked, most=len(asked.sections))["section"].tolist()
    named = [(_slug(title), title) for title in lowest]
    return [*named[:LOWEST], *(pair for pair in named[LOWEST:] if picked.get(f"section-{pair[0]}") == 1)]


def _picked(book: TeamBook) -> dict[str, int | None]:
    return next((one.picked for one in _all(book, Shortlist)), {})


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")


def items(book: TeamBook) -> pd.DataFrame:
    """List what a team chooses from: what it picked, and what it added.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        As `candidates` gives them.
    """
    found = candidates(book)
    picked = _picked(book)
    chosen = found[[picked.get(key) == 1 for key in found["key"]]]
    own = _rows("own", [(one.key, one.name) for one in _all(book, Outcome)])
    return _told_apart(pd.concat([chosen, pd.DataFrame(own, columns=ITEMS)], ignore_index=True))


def _told_apart(found: pd.DataFrame) -> pd.DataFrame:
    """Add the source to names that stand twice, and a number where that is not enough."""
    called = found["source"].map({source: words for source, (words, _) in SOURCES.items()})
    twice = found["name"].str.casefold().duplicated(keep=False)
    names = found["name"].where(~twice, found["name"] + " (" + called.astype(str) + ")")
    again = names.str.casefold().groupby(names.str.casefold()).cumcount()
    return found.assign(name=names.where(again.eq(0), names + " " + (again + 1).astype(str)))


def criteria(book: TeamBook) -> pd.DataFrame:
    """List the criteria that count.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        criterion, question, weight; those with a weight above 0.
    """
    written = next(iter(_all(book, Criteria)), Criteria())
    rows = [(name, written.questions[name], written.weights[name]) for name in CRITERIA]
    table = pd.DataFrame(rows, columns=["criterion", "question", "weight"])
    return table[table["weight"].gt(0)].reset_index(drop=True)


def ballots(book: TeamBook) -> pd.DataFrame:
    """List what all ballots say, one row for each person, item and criterion.

    Parameters
    ----------
    book : TeamBook
        The team; only the team itself and its coach see it.

    Returns
    -------
    DataFrame
        person (1, 2, ... in an order drawn by chance), side (resident, staff or blank; blank for everyone
        while a side has fewer than three), item (key), criterion (those of `records_choosing.CRITERIA`,
        "dots", or "stop-1" to "stop-5" with 1 for yes, go on, and 0 for no), score (missing where it was left
        out). Without two ballots it is empty.

    Raises
    ------
    Problem
        When this person may not see what was counted.
    """
    cast = _cast(book)
    keys, sides = items(book)["key"].tolist(), _sides(cast)
    rows = [
        (number, side, *row)
        for number, (one, side) in enumerate(zip(cast, sides, strict=True), start=1)
        for row in _told(one, keys)
    ]
    table = pd.DataFrame(rows if len(cast) >= LEAST else [], columns=BALLOTS)
    return table.astype({"score": "float64"})


def _sides(cast: list[Ballot]) -> list[str]:
    """Say on which side each person is, where both sides are large enough."""
    sides = [SIDE_OF.get(one.view, "") for one in cast]
    enough = min(sides.count(side) for side in SIDE_OF.values()) >= LEAST_A_SIDE
    return sides if enough else [""] * len(sides)


def count(book: TeamBook) -> int:
    """Count the people who have cast a ballot."""
    return len(_cast(book))


def _cast(book: TeamBook) -> list[Ballot]:
    """Give the newest ballot of each code; keys are drawn at random, so their order tells nothing."""
    refuse_others(book)
    with book._file.reading() as ledger:
        written = ledger.written(book.slug, "ballot")
    newest = {entry.key: entry for entry in written}
    standing = sorted((one for one in newest.values() if not one.deleted), key=lambda entry: entry.saved_at)
    read = [(entry.key, entry.record) for entry in standing]
    used = [(key, one) for key, one in read if isinstance(one, Ballot) and one.used]
    by_code = {" ".join(one.code.casefold().split()) or key: (key, one) for key, one in used}
    return [one for _, one in sorted(by_code.values(), key=lambda pair: pair[0])]


def _told(one: Ballot, keys: list[str]) -> list[tuple[str, str, float | None]]:
    """Give one row for each thing that can be said about an item; more than three dots are none."""
    placed = one.dots if 0 < one.placed <= DOTS else {}
    rows: list[tuple[str, str, float | None]] = []
    for key in keys:
        rows += [(key, name, score_of(one, name, key)) for name in CRITERIA]
        rows.append((key, VOTES, (placed.get(key) or 0) if placed else None))
        rows += [(key, f"{STOP}-{mark}", _goes_on(one.stops.get(key), mark)) for mark in BARS]
    return rows


def _goes_on(named: int | None, mark: int) -> float | None:
    """Say whether a person lets an item pass one question; whoever named another bar left it open."""
    if named == 0:
        return 1.0
    return 0.0 if named == mark else None


def decisions(book: TeamBook) -> pd.DataFrame:
    """List what was decided, the newest last.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        name (what was chosen), why, dissent, date, how, other, made_with.
    """
    known = pd.concat([candidates(book), items(book)]).drop_duplicates("key").set_index("key")["name"]
    found = [one for one in _all(book, Decision) if one.chosen or one.why]
    found = sorted(found, key=lambda one: str(one.date or "9"))
    names = ["why", "dissent", "date", "how", "other", "made_with"]
    rows = [(known.get(one.chosen, one.chosen), *(getattr(one, name) for name in names)) for one in found]
    return pd.DataFrame(rows, columns=["name", *names])

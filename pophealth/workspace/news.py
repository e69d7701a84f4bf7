"""What is new in a team since somebody was last here, and who wrote it when.

Nobody's looking is ever written down. When a person was last here is read from her own writing: the last day
before today on which she kept something.
"""

from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from pophealth.workspace.records import MODELS
from pophealth.workspace.steps import BY_SLUG
from pophealth.workspace.store import TeamBook

COLUMNS = ["day", "who", "what", "step"]
TOGETHER = 3


class New(NamedTuple):
    """One thing that somebody wrote or brought, with its newest change."""

    at: datetime
    user: str
    kind: str
    first: bool
    words: str


def last_here(book: TeamBook, *, as_of: date) -> date | None:
    """Find the last day before today on which this person wrote something in this team.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person.
    as_of : datetime.date
        Today.

    Returns
    -------
    datetime.date or None
        None when she has not written anything yet.
    """
    with book._file.reading() as ledger:
        found = ledger.last_by(book.slug, book.person.user, before=datetime.combine(as_of, time(), UTC))
    return found.date() if found else None


def written(book: TeamBook, since: date, *, as_of: date) -> list[New]:
    """List what a team wrote or brought since a day, newest first, as far as this person may see it.

    Parameters
    ----------
    book : TeamBook
        The team.
    since, as_of : datetime.date
        First and last day to look at.

    Returns
    -------
    list of New
        One for each thing, with its newest change; anonymous answers of others are never among them.
    """
    kinds = [model.kind for model in MODELS.values() if not model.anonymous]
    entries = [entry for kind in kinds for entry in book.list(kind)]
    found = [
        New(entry.saved_at, entry.author, entry.kind, entry.revision == 1, entry.record.summary)
        for entry in entries
        if since <= entry.saved_at.date() <= as_of
    ]
    if book.can("counts"):
        found += [
            New(one.at, str(one.author), "counts", True, f"{one.rows} rows of {one.measure}")
            for one in book.imports().itertuples()
            if since <= one.at.date() <= as_of
        ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def from_others(book: TeamBook, since: date, *, as_of: date) -> pd.DataFrame:
    """List what the others of a team did since a day, newest first; much of a kind in a day is one line.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    since, as_of : datetime.date
        First and last day to look at.

    Returns
    -------
    pandas.DataFrame
        day, who, what, step (slug; blank for a page without one).
    """
    others = [one for one in written(book, since, as_of=as_of) if one.user != book.person.user]
    rows = []
    for (day, who, kind), found in groupby(sorted(others, key=_order), key=_together):
        some = list(found)
        step = "measure" if kind == "counts" else MODELS[kind].step
        many = len(some) >= TOGETHER
        told = [f"{len(some)} {_noun(kind, len(some))}"] if many else [one_line(one) for one in some]
        rows += [(day, book.name_of(who), what, step if step in BY_SLUG else "") for what in told]
    return pd.DataFrame(rows, columns=COLUMNS)


def one_line(one: New) -> str:
    """Say in one line what somebody wrote or brought."""
    if one.kind == "counts":
        return f"Counts: {one.words}"
    return f"{MODELS[one.kind].title}{' (new)' if one.first else ''}: {one.words}"


def _order(one: New) -> tuple[int, str, str]:
    return (-one.at.toordinal(), one.user, one.kind)


def _together(one: New) -> tuple[date, str, str]:
    return (one.at.date(), one.user, one.kind)


def _noun(kind: str, count: int) -> str:
    if kind == "counts":
        return "files of counts"
    name = MODELS[kind].title if count == 1 else MODELS[kind].plural
    return name[:1].lower() + name[1:]

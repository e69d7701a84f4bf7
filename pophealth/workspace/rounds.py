"""Rounds of anonymous answers, summed up so that nobody can watch a figure move as one person answers.

No answer of a single person ever leaves this module but to the function that sums a round up. A round is
summed up once its month is over; answers that come later wait until there are enough more, and are then added
at the end of that day. What was summed up is found again from the order in which answers were written, so it
never moves in between.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

import pandas as pd

from pophealth.workspace.entries import Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.store import TeamBook

Figures = Callable[[date, dict[str, Any]], pd.DataFrame]


class Round(NamedTuple):
    """One month in which people were asked: how many have answered, until enough have, and their figures."""

    month: pd.Timestamp
    answered: int
    figures: pd.DataFrame


def refuse_others(book: TeamBook) -> None:
    """Stop whoever is neither of the team nor its coach."""
    if not book.can("counts"):
        raise Problem(f"Only {book.name} and its coach see this.")


def rounds(book: TeamBook, kind: str, *, as_of: date, least: int, figures: Figures) -> list[Round]:
    """Sum up what people answered, round by round, so that nobody can work out one answer.

    Parameters
    ----------
    book : TeamBook
        The team; only the team itself and its coach see figures.
    kind : str
        An anonymous kind of record with a field `round`, the month.
    as_of : datetime.date
        Rounds of later months are left out.
    least : int
        How many answers a figure needs, and how many more until it may move.
    figures : callable
        Sums up a month from its answers by their hidden key.

    Returns
    -------
    list of Round
        Oldest first. `answered` counts up to `least` and no further; `figures` is empty as long as the
        round is not summed up.

    Raises
    ------
    Problem
        When this person may not see the figures.
    """
    refuse_others(book)
    with book._file.reading() as ledger:
        written = ledger.written(book.slug, kind)
    now = book.now()
    months = sorted({month for entry in written if (month := _month(entry)) and month <= as_of})
    return [_round(month, written, now, least, figures) for month in months]


def _round(month: date, written: Sequence[Entry], now: datetime, least: int, figures: Figures) -> Round:
    here = _standing(written, month, now)
    kept: dict[str, Any] = {}
    for moment in _moments(written, month):
        then = _standing(written, month, moment)
        if moment <= now and len(then.keys() - kept.keys()) >= least:
            kept = then
    return Round(pd.Timestamp(month), min(len(here), least), figures(month, kept))


def _moments(written: Sequence[Entry], month: date) -> Iterator[datetime]:
    """Give the moments at which a round can be summed up: the end of its month, later of each day."""
    over = _midnight((month.replace(day=1) + timedelta(days=32)).replace(day=1))
    yield over
    days = {_midnight(entry.saved_at.astimezone(UTC).date() + timedelta(days=1)) for entry in written}
    yield from sorted(day for day in days if day > over)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _standing(written: Sequence[Entry], month: date, moment: datetime) -> dict[str, Any]:
    """Give the whole answers to a round as they stood before a moment, by their hidden key."""
    newest = {entry.key: entry for entry in written if entry.saved_at < moment}
    return {
        key: entry.record
        for key, entry in newest.items()
        if not entry.deleted and _month(entry) == month and entry.record.complete
    }


def _month(entry: Entry) -> date | None:
    return getattr(entry.record, "round", None)

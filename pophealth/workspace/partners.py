"""What partners answered and what the work costs the climate, as tables that may be shown.

No answer of a single partner ever leaves this module. A round is summed up once its month is over; answers
that come later wait until there are five more, and are then added at the end of that day. What was summed up
is found again from the order in which answers were written, so it never moves in between.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import pandas as pd

from pophealth.stats import carbon, trust
from pophealth.workspace.entries import Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Activity, Factor, Trust
from pophealth.workspace.records_partners import SIDES_OF_TRUST
from pophealth.workspace.store import TeamBook

COLUMNS = ["round", "dimension", "answers", *trust.FIGURES, "shown"]


class Round(NamedTuple):
    """One month in which partners were asked: how many have answered, until five have, and their figures."""

    month: pd.Timestamp
    answered: int
    figures: pd.DataFrame


def trust_rounds(book: TeamBook, *, as_of: date) -> list[Round]:
    """Sum up what partners answered, round by round, so that nobody can work out one answer.

    Parameters
    ----------
    book : TeamBook
        The team; only the team itself and its coach see figures.
    as_of : datetime.date
        Rounds of later months are left out.

    Returns
    -------
    list of Round
        Oldest first. `answered` counts up to 5 and no further; `figures` has a row for each side of trust as
        `stats.trust.published` gives it, and no row as long as the round is not summed up.

    Raises
    ------
    Problem
        When this person may not see the figures.
    """
    refuse_others(book)
    with book._file.reading() as ledger:
        written = ledger.written(book.slug, "trust")
    now = book._now()
    months = sorted({one.round for entry in written for one in [_answer(entry)] if one.round})
    return [_round(month, written, now) for month in months if month <= as_of]


def refuse_others(book: TeamBook) -> None:
    """Stop whoever is neither of the team nor its coach."""
    if not book.can("counts"):
        raise Problem(f"Only {book.name} and its coach see this.")


def _round(month: date, written: Sequence[Entry], now: datetime) -> Round:
    here = _standing(written, month, now)
    kept: dict[str, Trust] = {}
    for moment in _moments(written, month):
        then = _standing(written, month, moment)
        if moment <= now and len(then.keys() - kept.keys()) >= trust.LEAST:
            kept = then
    answered = min(len(here), trust.LEAST)
    return Round(pd.Timestamp(month), answered, _figures(month, kept))


def _moments(written: Sequence[Entry], month: date) -> Iterator[datetime]:
    """Give the moments at which a round can be summed up: the end of its month, later of each day."""
    over = _midnight((month.replace(day=1) + timedelta(days=32)).replace(day=1))
    yield over
    days = {_midnight(entry.saved_at.astimezone(UTC).date() + timedelta(days=1)) for entry in written}
    yield from sorted(day for day in days if day > over)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _standing(written: Sequence[Entry], month: date, moment: datetime) -> dict[str, Trust]:
    """Give the whole answers to a round as they stood before a moment, by their hidden key."""
    newest = {entry.key: entry for entry in written if entry.saved_at < moment}
    answers = {key: _answer(entry) for key, entry in newest.items() if not entry.deleted}
    return {key: one for key, one in answers.items() if one.round == month and one.complete}


def _answer(entry: Entry) -> Trust:
    record = entry.record
    return record if isinstance(record, Trust) else Trust()


def _figures(month: date, answers: dict[str, Trust]) -> pd.DataFrame:
    """Sum up a round; keys are drawn at random and seen by their authors alone, so they make the seed."""
    rows = [
        (pd.Timestamp(month), name, one.matters.get(name), one.happens.get(name))
        for one in answers.values()
        for name in SIDES_OF_TRUST
    ]
    if not rows:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.DataFrame(rows, columns=["round", "dimension", "importance", "occurrence"])
    return trust.published(table, seed=" ".join(sorted(answers)))


def footprint(book: TeamBook, *, as_of: date | None = None) -> pd.DataFrame:
    """Work out what the team's work cost the climate, month by month and activity by activity.

    Parameters
    ----------
    book : TeamBook
        The team; only the team itself and its coach see it.
    as_of : datetime.date, optional
        Later months are left out; by default none is.

    Returns
    -------
    DataFrame
        As `stats.carbon.footprint` gives it with contacts; empty without any whole record of work.

    Raises
    ------
    Problem
        When this person may not see it, or a factor is missing or does not fit; one sentence says which.
    """
    refuse_others(book)
    done = _done(one for one in book.records("activity") if isinstance(one, Activity) and one.complete)
    done = done[done["period"] <= pd.Timestamp(as_of)] if as_of else done
    if done.empty:
        return done
    known = _known(one for one in book.records("factor") if isinstance(one, Factor) and one.complete)
    try:
        return carbon.footprint(done, known, contacts="contacts")
    except ValueError as problem:
        raise Problem(str(problem)) from None


def _done(records: Iterable[Activity]) -> pd.DataFrame:
    rows = [
        (pd.Timestamp(one.month or 0), _plain(one.activity), one.amount, _plain(one.unit), one.contacts)
        for one in records
    ]
    return pd.DataFrame(rows, columns=["period", "activity", "amount", "unit", "contacts"]).astype(
        {"amount": "float64", "contacts": "float64"}
    )


def _known(records: Iterable[Factor]) -> pd.DataFrame:
    rows = [
        (_plain(one.activity), one.factor, one.lower, one.upper, _plain(one.unit), one.source, one.year)
        for one in records
    ]
    return pd.DataFrame(rows, columns=["activity", "factor", "lower", "upper", "unit", "source", "year"])


def _plain(words: str) -> str:
    """Take two ways of writing the same words for one."""
    return " ".join(words.lower().split())

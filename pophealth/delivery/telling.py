"""A record as labels and words, the way pages and reports show it."""

from datetime import date
from typing import Any

from pophealth.workspace.entries import Entry
from pophealth.workspace.record import Record
from pophealth.workspace.store import TeamBook


def told(record: Record) -> list[tuple[str, str]]:
    """Turn a record into labels and words; fields left empty are left out.

    Parameters
    ----------
    record : Record
        What somebody wrote.

    Returns
    -------
    list of tuple of str
        Label and words.

    Examples
    --------
    >>> from pophealth.workspace.records import Aim
    >>> told(Aim(what="sleep", target=70))
    [('What will be better', 'sleep'), ('To', '70'), ('Counted in', 'percent')]
    """
    pairs = ((question, getattr(record, question.name)) for question in record.fields())
    known = [(question.label, _words(question, value)) for question, value in pairs if _written(value)]
    return known + [(f"{name} (as typed)", typed) for name, typed in record.unread.items()]


def changed(book: TeamBook, entry: Entry) -> list[tuple[str, str]]:
    """Say who last changed a record and on which day, to those who may see its history.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    entry : Entry
        What is kept now.

    Returns
    -------
    list of tuple of str
        One label with words; none where one person answered alone or in confidence.
    """
    if entry.record.alone() or not book.can("history", entry.record.kind):
        return []
    day = f"{entry.saved_at:%B} {entry.saved_at.day}, {entry.saved_at.year}"
    return [("Last changed", f"{book.name_of(entry.author)}, {day}")]


def _words(question: Any, value: Any) -> str:
    if isinstance(value, bool):
        return "yes"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, date):
        return f"{value:%B %Y}" if question.input == "month" else f"{value:%B} {value.day}, {value.year}"
    if isinstance(value, dict):
        return f"{sum(level is not None for level in value.values())} of {len(value)} answered"
    return dict(question.choices).get(value, value)


def _written(value: Any) -> bool:
    return not (value is None or value is False or value in ("", {}))

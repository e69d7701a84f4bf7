"""One revision of something a team wrote, and what a save can come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pophealth.workspace.errors import Problem
from pophealth.workspace.record import Record
from pophealth.workspace.records import KINDS

FOLD = timedelta(minutes=10)


@dataclass(frozen=True)
class Entry:
    """One revision; revisions of an entry are counted from 1 and never change."""

    team: str
    kind: str
    key: str
    revision: int
    body: dict[str, Any] = field(compare=False)
    author: str
    saved_at: datetime
    shared: bool = False
    deleted: bool = False
    refused: bool = False
    based_on: int = 0

    @property
    def record(self) -> Record:
        """The record this revision holds."""
        return KINDS[self.kind].from_body(self.body, self.key)


class Saved(NamedTuple):
    """A save that was kept; `merged` when somebody else had changed other fields meanwhile."""

    entry: Entry
    merged: bool = False


class Imported(NamedTuple):
    """A file of counts that was taken in, and how many earlier rows it replaced."""

    id: int
    rows: int
    measures: tuple[str, ...]
    replaced: int


class Trace(NamedTuple):
    """That something was written, and when, without its words."""

    complete: bool
    saved_at: datetime


class Conflict(Problem):
    """Two people changed the same field; both versions are kept and can be shown.

    Attributes
    ----------
    mine, theirs, base : dict
        What each version says, field by field, as it was typed.
    fields : tuple of str
        The fields that both changed.
    theirs_entry : Entry
        The newest revision; a save that has looked at both is based on it.
    """

    def __init__(
        self, sentence: str, *, versions: tuple[dict, dict, dict], fields: tuple[str, ...], newest: Entry
    ) -> None:
        super().__init__(sentence)
        self.base, self.mine, self.theirs = versions
        self.fields = fields
        self.theirs_entry = newest


def folded(revisions: Iterable[Entry]) -> list[Entry]:
    """Fold the revisions that one author made within ten minutes into the last of them.

    Deletions, changes of sharing and refused versions always stand alone. Order is by revision only; clocks
    may be wrong.

    Parameters
    ----------
    revisions : iterable of Entry
        Newest first.

    Returns
    -------
    list of Entry
        Newest first; of each run of edits the newest.

    Examples
    --------
    >>> folded([])
    []
    """
    kept: list[Entry] = []
    for entry in revisions:
        if not (kept and _same_sitting(kept[-1], entry)):
            kept.append(entry)
    return kept


def _same_sitting(newer: Entry, older: Entry) -> bool:
    plain = not (newer.refused or older.refused or newer.deleted or older.deleted)
    close = abs(newer.saved_at - older.saved_at) <= FOLD
    return plain and close and newer.author == older.author and newer.shared == older.shared


def traces(entries: Sequence[Entry]) -> dict[str, list[Trace]]:
    """Say by kind what is there and whether it is complete, without a word of it.

    Parameters
    ----------
    entries : sequence of Entry
        The newest revisions of a team.

    Returns
    -------
    dict
        Kind with a trace per entry.

    Examples
    --------
    >>> traces([])
    {}
    """
    found: dict[str, list[Trace]] = {}
    for entry in entries:
        found.setdefault(entry.kind, []).append(Trace(entry.record.complete, entry.saved_at))
    return found

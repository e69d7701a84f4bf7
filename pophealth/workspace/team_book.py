"""What one person may read and write of one team."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from pophealth.workspace import series
from pophealth.workspace.entries import Entry, Imported, Saved, folded
from pophealth.workspace.errors import Problem
from pophealth.workspace.instrument import Instrument, of
from pophealth.workspace.people import Person, Team
from pophealth.workspace.persons import refuse_persons
from pophealth.workspace.record import Record
from pophealth.workspace.records import KINDS
from pophealth.workspace.rights import ON_RECORDS, allowed, side_of, sort_of, sorts_of
from pophealth.workspace.saves import (
    base_of,
    checked_key,
    checked_length,
    in_conflict,
    refused,
    settled,
    unseen,
)
from pophealth.workspace.store_file import WorkspaceFile
from pophealth.workspace.store_ledger import Ledger

Clock = Callable[[], datetime]


class TeamBook:
    """One team's words and counts, bound to one person and her rights."""

    def __init__(self, file: WorkspaceFile, *, team: Team, person: Person, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        self.team = team
        self.person = person
        self.workspace = file.sign
        self.slug = team.slug
        self.name = team.name

    @property
    def instrument(self) -> Instrument:
        """The statements that the teams of this workspace rate themselves on."""
        return of(self._file.path.parent)

    def can(self, action: str, kind: str = "") -> bool:
        """Say whether this person may do something with this team.

        Parameters
        ----------
        action : str
            One of `rights.ACTIONS`.
        kind : str
            For actions on records: the kind, when it is a private one.

        Returns
        -------
        bool
            For private kinds: whether there is any record of this kind she may do it with.
        """
        sorts = sorts_of(kind) if action in ON_RECORDS else ("",)
        return any(self._allowed(action, sort, mine=True) for sort in sorts)

    def can_change(self, entry: Entry) -> bool:
        """Say whether this person may write the next revision of something."""
        mine = entry.author == self.person.user
        return self._allowed("write", sort_of(entry.record), mine=mine)

    def get(self, kind: str, key: str = "") -> Entry | None:
        """Find the newest revision of one thing the team wrote.

        Parameters
        ----------
        kind, key : str
            A kind of record, and which of this kind.

        Returns
        -------
        Entry or None
            None when there is none, or none that this person may see.
        """
        checked_key(kind, key)
        with self._file.reading() as ledger:
            newest = ledger.newest(team=self.slug, kind=kind, key=key)
        return next((self._shown(entry) for entry in newest if self._sees(entry)), None)

    def list(self, kind: str) -> list[Entry]:
        """List everything of one kind that this person may see, in the order it was begun.

        Parameters
        ----------
        kind : str
            A kind of record.

        Returns
        -------
        list of Entry
            The newest revision of each.
        """
        with self._file.reading() as ledger:
            newest = ledger.newest(team=self.slug, kind=kind)
        return [self._shown(entry) for entry in newest if self._sees(entry)]

    def removed(self, kind: str) -> "list[Entry]":
        """List what was taken away of one kind, as far as this person may see its history."""
        with self._file.reading() as ledger:
            gone = ledger.gone(team=self.slug, kind=kind)
        return [entry for entry in gone if self._sees(entry, "history")]

    def records(self, kind: str) -> "list[Record]":
        """List the records of one kind that this person may see, in the order they were begun."""
        return [entry.record for entry in self.list(kind)]

    def save(self, record: Record, *, based_on: int) -> Saved:
        """Keep a record; what others changed meanwhile is merged field by field.

        Parameters
        ----------
        record : Record
            Also half filled.
        based_on : int
            The revision the person started from; 0 when there was none.

        Returns
        -------
        Saved
            The revision that stands now, and whether it holds changes of somebody else.

        Raises
        ------
        Conflict
            When somebody else changed the same field; the refused version is kept in the history.
        Problem
            When this person may not write it, or it cannot be stored.
        """
        kind, key, mine = record.kind, checked_key(record.kind, record.key), record.body()
        checked_length(json.dumps(mine))
        with self._file.writing() as ledger:
            newest = ledger.last(self.slug, kind, key)
            self._may_write(record, newest)
            base = self._base(ledger, kind, key, based_on)
            outcome = settled(mine, base=base, newest=newest, based_on=based_on)
            if newest and not (newest.deleted or outcome.fields) and outcome.body == newest.body:
                return Saved(newest, outcome.behind)
            refused = bool(outcome.fields)
            body = mine if refused else outcome.body
            entry = self._entry(ledger, kind, key, based_on=based_on, body=body)
            shared = newest is not None and newest.shared and not (newest.deleted or refused)
            entry = replace(entry, shared=shared, refused=refused)
            ledger.append(entry)
        if newest and refused:
            who = "" if newest.author == self.person.user else self.name_of(newest.author)
            raise in_conflict(mine, base, newest, fields=outcome.fields, who=who)
        return Saved(entry, outcome.behind)

    def share(self, kind: str, key: str = "", *, shared: bool, based_on: int) -> Saved:
        """Show a record to the cohort, or take it back; its words stay as they are.

        Parameters
        ----------
        kind, key : str
            Which record.
        shared : bool
            True to show it.
        based_on : int
            The revision the person has seen: only that one is shown to others.

        Returns
        -------
        Saved
            The revision that stands now.

        Raises
        ------
        Conflict
            When its words have changed since this person last saw them.
        Problem
            When there is nothing to share, or this person may not share it.
        """
        with self._file.writing() as ledger:
            newest = self._present(ledger, kind, key)
            if not self._allowed("share", sort_of(newest.record)):
                raise refused("share", KINDS[kind], self.name)
            if shared:
                self._refuse_unseen(ledger, newest, based_on)
            if newest.shared == shared:
                return Saved(newest)
            entry = self._entry(ledger, kind, key, based_on=newest.revision, body=newest.body)
            entry = replace(entry, shared=shared)
            ledger.append(entry)
        return Saved(entry)

    def delete(self, kind: str, key: str = "", *, based_on: int) -> Saved:
        """Take a record away; its history stays.

        Parameters
        ----------
        kind, key : str
            Which record.
        based_on : int
            The revision the person has seen.

        Returns
        -------
        Saved
            The revision that says it is gone.

        Raises
        ------
        Conflict
            When its words have changed since this person last saw them.
        Problem
            When there is none, or this person may not write it.
        """
        with self._file.writing() as ledger:
            newest = self._present(ledger, kind, key)
            self._may_write(newest.record, newest)
            self._refuse_unseen(ledger, newest, based_on)
            entry = self._entry(ledger, kind, key, based_on=newest.revision, body=newest.body)
            entry = replace(entry, deleted=True)
            ledger.append(entry)
        return Saved(entry)

    def history(self, kind: str, key: str = "") -> "list[Entry]":
        """List every revision, refused ones too.

        Parameters
        ----------
        kind, key : str
            Which record.

        Returns
        -------
        list of Entry
            Newest first; only those this person may see.
        """
        checked_key(kind, key)
        with self._file.reading() as ledger:
            return [e for e in ledger.revisions(self.slug, kind, key) if self._sees(e, "history")]

    def folded_history(self, kind: str, key: str = "") -> "list[Entry]":
        """List the revisions, newest first; those of one author within ten minutes fold into one."""
        return folded(self.history(kind, key))

    def revision(self) -> int:
        """Count the changes this team has ever made to words and counts; grows with each."""
        with self._file.reading() as ledger:
            return ledger.changes(self.slug)

    def counts(self, measure: str = "", view: str = "own") -> pd.DataFrame:
        """Give the counts of one measure as this person may see them.

        Parameters
        ----------
        measure : str
            Its short name; blank for the lead measure.
        view : str
            own: as the team counted, for the team only. shared: as others may see it, with periods joined
            until no small number is left. A person without the right to the own view gets the shared one.

        Returns
        -------
        DataFrame
            measure, period, numerator, denominator, value, stratifier, stratum, note; a missing period is
            a row of missing values. Its ``attrs`` say how long a period is and what was too few to show.

        Raises
        ------
        Problem
            When there is no such measure, or it is not shared.
        """
        if view not in ("own", "shared"):
            raise ValueError(f"view is {view!r}; it can be 'own' or 'shared'.")
        with self._file.reading() as ledger:
            definition = series.definition(ledger.newest(team=self.slug, kind="measure"), measure)
            agreements = ledger.newest(team=self.slug, kind="agreement")
            rows = ledger.counts(self.slug, definition.key) if definition else []
        if definition is None:
            return series.table_of(rows)
        if view == "own" and self.can("counts"):
            return series.own_view(rows, definition)
        shared = definition.shared or self.team.history
        series.refuse_unshared(self.name, shared=shared, agreements=agreements)
        series.refuse_single_events(definition)
        return series.shared_view(rows, definition)

    def import_counts(self, table: pd.DataFrame, *, file_name: str, sha256: str) -> Imported:
        """Take in a table of counts, all of it or nothing.

        Parameters
        ----------
        table : DataFrame
            In the counts layout; `measure` and `period` must be there.
        file_name : str
            As the person calls it.
        sha256 : str
            Of the file's bytes, so that a second import of the same file can say so.

        Returns
        -------
        Imported
            How many rows came in, for which measures, and how many earlier rows they replaced.

        Raises
        ------
        Problem
            When this person may not import, the file is here already, the counts cannot be stored, or
            something in them may point at a person.
        """
        if not self.can("import"):
            raise Problem(f"You cannot bring counts for {self.name}. Ask somebody of that team to do it.")
        refuse_persons(table, file_name)
        with self._file.writing() as ledger:
            series.refuse_again(ledger.imports(self.slug), sha256, self.name_of)
            definitions = {e.key: e.revision for e in ledger.newest(team=self.slug, kind="measure")}
            counts = series.checked(table, known=definitions)
            measures = tuple(counts["measure"].unique())
            about = {"team": self.slug, "measure": ", ".join(measures), "file_name": file_name}
            about |= {"sha256": sha256, "author": self.person.user, "at": self.now()}
            number, replaced = ledger.add_import(about, series.rows_of(counts, definitions))
        return Imported(number, len(counts), measures, replaced)

    def imports(self) -> pd.DataFrame:
        """List the files of counts that the team has brought.

        Returns
        -------
        DataFrame
            id, measure, file_name, sha256, rows, author, at, replaced_by; oldest first.

        Raises
        ------
        Problem
            When this person may not see the team's own counts.
        """
        if not self.can("counts"):
            raise Problem(f"Only {self.name} and its coach can see which files it brought.")
        with self._file.reading() as ledger:
            rows = ledger.imports(self.slug)
        columns = ["id", "measure", "file_name", "sha256", "rows", "author", "at", "replaced_by"]
        return pd.DataFrame(rows, columns=columns).astype({"replaced_by": "Int64"})

    def now(self) -> datetime:
        """Tell the time as the workspace's clock has it."""
        return self._clock().astimezone(UTC)

    def name_of(self, user: str) -> str:
        """Give the name of a person on screen."""
        with self._file.reading() as ledger:
            names = {person.user: person.name for person in ledger.people()}
        return names.get(user, user)

    def _allowed(self, action: str, sort: str, *, shared: bool = False, mine: bool = False) -> bool:
        side = side_of(self.person, self.team)
        return allowed(self.person.role, action, team=side, sort=sort, shared=shared, mine=mine)

    def _sees(self, entry: Entry, action: str = "read") -> bool:
        mine = entry.author == self.person.user
        return self._allowed(action, sort_of(entry.record), shared=entry.shared, mine=mine)

    def _shown(self, entry: Entry) -> Entry:
        """Leave out who wrote a rating, unless it is this person."""
        hidden = sort_of(entry.record) == "rating" and entry.author != self.person.user
        return replace(entry, author="") if hidden else entry

    def _may_write(self, record: Record, newest: Entry | None) -> None:
        there = newest is None or self.can_change(newest)
        if not (there and self._allowed("write", sort_of(record), mine=True)):
            raise refused("write", type(record), self.name)

    def _base(self, ledger: Ledger, kind: str, key: str, based_on: int) -> dict[str, Any]:
        entry = ledger.revision(self.slug, kind, key, based_on) if based_on else None
        return base_of(entry, based_on=based_on, kind=kind, team=self.name)

    def _present(self, ledger: Ledger, kind: str, key: str) -> Entry:
        newest = ledger.last(self.slug, kind, checked_key(kind, key))
        if newest is None or newest.deleted:
            raise Problem(f"{self.name} has no such {KINDS[kind].title.lower()}. Load the page again.")
        return newest

    def _refuse_unseen(self, ledger: Ledger, newest: Entry, based_on: int) -> None:
        seen = self._base(ledger, newest.kind, newest.key, based_on)
        if seen != newest.body:
            raise unseen(seen, newest, self.name)

    def _entry(self, ledger: Ledger, kind: str, key: str, *, based_on: int, body: dict[str, Any]) -> Entry:
        return Entry(
            team=self.slug,
            kind=kind,
            key=key,
            revision=ledger.next_revision(self.slug, kind, key),
            body=body,
            author=self.person.user,
            saved_at=self.now(),
            based_on=based_on,
        )

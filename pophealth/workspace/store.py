"""A workspace: one action community's teams, people, words and counts, opened for one person."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, Self

import pandas as pd

from pophealth.workspace.address import resolved
from pophealth.workspace.entries import Conflict, Entry, Imported, Saved, traces
from pophealth.workspace.errors import Problem
from pophealth.workspace.people import Person, Settings, Team, newcomer
from pophealth.workspace.rights import allowed, side_of, sort_of
from pophealth.workspace.slugs import checked_slug, shown
from pophealth.workspace.steps import NEEDED, status
from pophealth.workspace.store_file import WorkspaceFile
from pophealth.workspace.team_book import TeamBook

__all__ = [
    "Conflict",
    "Entry",
    "Imported",
    "Person",
    "Saved",
    "Settings",
    "Team",
    "TeamBook",
    "Workspace",
]

OWNER = Person("owner", "Workspace owner", "", "steward")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Workspace:
    """A workspace as one person may see and change it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from pophealth.workspace.records import Aim
    >>> with TemporaryDirectory() as folder:
    ...     book = Workspace.create(folder).add_team("gull-harbor", "Gull Harbor")
    ...     saved = book.save(Aim(what="blood pressure under control"), based_on=0)
    ...     book.get("aim").record.what, saved.entry.revision
    ('blood pressure under control', 1)
    """

    def __init__(
        self, file: WorkspaceFile, *, user: str, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._file = file
        self._clock = clock or _utc_now
        with file.reading() as ledger:
            people = {person.user: person for person in ledger.people()}
            self.settings = ledger.settings()
        if user not in people:
            raise Problem(f"“{shown(user)}” is not in this workspace. Ask its steward to add you.")
        self.person = people[user]
        self.read_only = file.read_only
        if self.person.role in ("member", "coach") and not self.person.teams:
            raise Problem(
                f"{self.person.name} has no team yet. Ask the steward of this workspace to add one."
            )

    @classmethod
    def create(
        cls,
        address: str | os.PathLike[str],
        *,
        community: str = "",
        start: date | None = None,
        made_up: bool = False,
        last_day: date | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> Self:
        """Make a new, empty workspace and open it for its owner.

        Parameters
        ----------
        address : str or path
            A folder or a .sqlite file; what is there is never touched.
        community : str
            The name of the action community.
        start, last_day : datetime.date, optional
            When it began; on made-up data, the day that counts as today.
        made_up : bool
            Whether everything in it is made up, which every screen then says.
        clock : callable, optional
            Gives the present moment.

        Returns
        -------
        Workspace
            Bound to "owner", its first steward.

        Raises
        ------
        Problem
            When there is a workspace already or the place cannot be written.
        """
        settings = Settings(community=community, start=start, made_up=made_up, last_day=last_day)
        file = WorkspaceFile.create(resolved(address), settings=settings, owner=OWNER)
        return cls(file, user=OWNER.user, clock=clock)

    @classmethod
    def open(
        cls,
        address: str | os.PathLike[str] | None = None,
        *,
        user: str | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> Self:
        """Open a workspace for one person.

        Parameters
        ----------
        address : str or path, optional
            A folder, a .sqlite file or a ``sqlite:///`` address; None means ``POPHEALTH_WORKSPACE``, and
            without that ``./workspace.sqlite``.
        user : str, optional
            The person's short name; None means ``POPHEALTH_USER``, and without that the workspace's owner.
        clock : callable, optional
            Gives the present moment.

        Returns
        -------
        Workspace
            Everything read and written through it is held against this person's rights.

        Raises
        ------
        Problem
            When there is no workspace, it cannot be read, or the person is not in it.
        """
        who = user or os.environ.get("POPHEALTH_USER", "") or OWNER.user
        return cls(WorkspaceFile.open(resolved(address)), user=who, clock=clock)

    def teams(self, all: bool = False) -> tuple[Team, ...]:  # noqa: A002
        """List the teams this person may open.

        Parameters
        ----------
        all : bool
            Also those that hold a public series for learning.

        Returns
        -------
        tuple of Team
            In the order they were added.
        """
        return tuple(team for team in self._teams() if self._opens(team) and (all or not team.history))

    def cohort(self) -> tuple[Team, ...]:
        """List every team of the action community, also those this person may not open."""
        return tuple(team for team in self._teams() if not team.history)

    def team(self, slug: str) -> TeamBook:
        """Open the book of one team.

        Parameters
        ----------
        slug : str
            Its short name.

        Returns
        -------
        TeamBook
            Bound to the same person.

        Raises
        ------
        Problem
            When there is no such team that this person may open.
        """
        found = next((team for team in self._teams() if team.slug == slug and self._opens(team)), None)
        if found is None:
            names = ", ".join(team.name for team in self.teams())
            where = f"Choose one of: {names}." if names else "Add a team first."
            whose = "in this workspace" if self._manages() else "that you can open"
            raise Problem(f"There is no team “{shown(slug)}” {whose}. {where}")
        return self._book(found)

    def add_team(
        self, slug: str, name: str, *, sort: str = "", note: str = "", history: bool = False
    ) -> TeamBook:
        """Add a team and open its book.

        Parameters
        ----------
        slug, name : str
            Short name, which never changes, and the name on screen.
        sort, note : str
            What kind of organization it is; one line about it.
        history : bool
            Whether it holds a public series for learning.

        Returns
        -------
        TeamBook
            Empty.

        Raises
        ------
        Problem
            When the short name cannot be used or is taken, or this person is not a steward.
        """
        self._refuse_others("add a team")
        team = Team(checked_slug(slug, "team"), name.strip() or slug, sort, note, history)
        with self._file.writing() as ledger:
            if slug in {there.slug for there in ledger.teams()}:
                raise Problem(f"There is a team “{slug}” already. Choose another short name.")
            ledger.add_team(team)
        return self._book(team)

    def rename_team(self, slug: str, name: str) -> None:
        """Give a team another name on screen; its short name and its addresses stay."""
        self._refuse_others("rename a team")
        self.team(slug)
        with self._file.writing() as ledger:
            ledger.rename_team(slug, name.strip() or slug)

    def add_person(
        self, user: str, name: str, role: str, teams: tuple[str, ...] | list[str] = (), title: str = ""
    ) -> Person:
        """Add somebody.

        Parameters
        ----------
        user, name : str
            Short name, and the name on screen.
        role : str
            member, coach, faculty or steward.
        teams : sequence of str
            Short names of her teams.
        title : str
            What she does, such as data lead.

        Returns
        -------
        Person
            As stored.

        Raises
        ------
        Problem
            When the short name is taken, the role or a team is unknown, or this person is not a steward.
        """
        self._refuse_others("add people")
        person = Person(user, name.strip() or user, title, role, tuple(teams))
        with self._file.writing() as ledger:
            ledger.add_person(newcomer(person, known=ledger.people(), teams=ledger.teams()))
        return person

    def people(self) -> tuple[Person, ...]:
        """List the people this person may know: everybody, or those who share a team with her.

        Returns
        -------
        tuple of Person
            In the order they were added. On made-up data everybody.
        """
        with self._file.reading() as ledger:
            everybody = ledger.people()
        if self.settings.made_up or self.person.role in ("faculty", "steward"):
            return tuple(everybody)
        mine = set(self.person.teams)
        return tuple(person for person in everybody if mine & set(person.teams))

    def change_settings(self, **changes: Any) -> None:
        """Change what the workspace says of itself: fields of `people.Settings` with their new values."""
        self._refuse_others("change the settings")
        self.settings = self.settings._replace(**changes)
        with self._file.writing() as ledger:
            ledger.put_settings(self.settings)

    def shared(self, kind: str) -> list[Entry]:
        """List what all teams have shared of one kind.

        Parameters
        ----------
        kind : str
            A kind of record.

        Returns
        -------
        list of Entry
            The newest revisions; without the public series for learning.
        """
        cohort = {team.slug: team for team in self.cohort()}
        with self._file.reading() as ledger:
            newest = ledger.newest(kind=kind)
        return [e for e in newest if e.shared and e.team in cohort and self._sees(e, cohort[e.team])]

    def shared_counts(self, slug: str, measure: str = "") -> pd.DataFrame:
        """Give the counts of any team as others may see them.

        Parameters
        ----------
        slug, measure : str
            Which team and which measure; a blank measure is the lead measure.

        Returns
        -------
        DataFrame
            As `TeamBook.counts` with ``view="shared"``.

        Raises
        ------
        Problem
            When there is no such team, or it has not shared this measure.
        """
        for team in self._teams():
            if team.slug == slug:
                return self._book(team).counts(measure, view="shared")
        raise Problem(f"There is no team “{shown(slug)}” in this workspace. Check the address.")

    def status_of(self, slug: str) -> dict[str, Any]:
        """Say how far a team has come, without a word of what it wrote.

        Parameters
        ----------
        slug : str
            The team.

        Returns
        -------
        dict
            present: kind with a trace (complete, saved_at) per record; has_counts; begun (first charter);
            steps: slug with status.

        Raises
        ------
        Problem
            When this person may not know.
        """
        team = next((team for team in self._teams() if team.slug == slug), None)
        if team is None or not self._may("status", team):
            raise Problem(f"You cannot see how far “{shown(slug)}” has come. Ask its coach.")
        present: dict[str, Any]
        with self._file.reading() as ledger:
            present = traces(
                [e for e in ledger.newest(team=slug) if not e.record.private or e.kind in NEEDED]
            )
            has_counts, begun = ledger.has_counts(slug), ledger.begun(slug)
        steps = status(present, has_counts=has_counts)
        return {"present": present, "has_counts": has_counts, "begun": begun, "steps": steps}

    def snapshot_to(self, path: str | os.PathLike[str]) -> None:
        """Copy the whole workspace as it stands at this moment.

        Parameters
        ----------
        path : str or path
            A folder or a .sqlite file where none has been.

        Raises
        ------
        Problem
            When there is one already, or this person is no steward of a real workspace.
        """
        if not self.settings.made_up:
            self._refuse_others("copy the workspace")
        self._file.copy_to(resolved(path))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one piece of all that is saved inside: all of it or nothing, and much faster."""
        with self._file.together():
            yield

    def _book(self, team: Team) -> TeamBook:
        return TeamBook(self._file, team=team, person=self.person, clock=self._clock)

    def _teams(self) -> list[Team]:
        with self._file.reading() as ledger:
            return ledger.teams()

    def _may(self, action: str, team: Team) -> bool:
        return allowed(self.person.role, action, team=side_of(self.person, team))

    def _opens(self, team: Team) -> bool:
        return self._may("open", team)

    def _sees(self, entry: Entry, team: Team) -> bool:
        sort, side = sort_of(entry.record), side_of(self.person, team)
        return allowed(self.person.role, "read", team=side, sort=sort, shared=entry.shared)

    def _manages(self) -> bool:
        return allowed(self.person.role, "manage", team="other")

    def _refuse_others(self, what: str) -> None:
        if not self._manages():
            raise Problem(f"Only a steward can {what}. Ask the steward of this workspace.")

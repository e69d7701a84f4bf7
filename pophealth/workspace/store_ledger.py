"""The statements of one transaction on a workspace file."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, exists, func, insert, select, update

from pophealth.workspace.entries import Entry
from pophealth.workspace.people import EVERYONE, Person, Settings, Team
from pophealth.workspace.series import COLUMNS
from pophealth.workspace.store_tables import COUNTS, ENTRIES, IMPORTS, PEOPLE, PLACES, SETTINGS, TEAMS

_POINT = ("team", "measure", "stratifier", "stratum", "period")


class Ledger:
    """What can be read and written within one transaction; knows nothing of rights."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def settings(self) -> Settings:
        """Read what the workspace says of itself."""
        return Settings.from_text({row.name: row.value for row in self._all(select(SETTINGS))})

    def put_settings(self, settings: Settings) -> None:
        """Write what the workspace says of itself."""
        self._connection.execute(delete(SETTINGS))
        rows = [{"name": name, "value": value} for name, value in settings.to_text().items()]
        self._connection.execute(insert(SETTINGS), rows)

    def people(self) -> list[Person]:
        """List everybody, in the order they were added."""
        teams: dict[str, list[str]] = {}
        places = select(PLACES.c.user, PLACES.c.team).join(TEAMS, TEAMS.c.slug == PLACES.c.team)
        for row in self._all(places.order_by(TEAMS.c.number)):
            teams.setdefault(row.user, []).append(row.team)
        rows = self._all(select(PEOPLE).order_by(PEOPLE.c.number))
        return [Person(r.user, r.name, r.title, r.role, tuple(teams.get(r.user, ()))) for r in rows]

    def add_person(self, person: Person) -> None:
        """Add somebody and the teams she belongs to."""
        row = {name: getattr(person, name) for name in ("user", "name", "title", "role")}
        self._connection.execute(insert(PEOPLE).values(row))
        for team in person.teams:
            self._connection.execute(insert(PLACES).values(user=person.user, team=team))

    def teams(self) -> list[Team]:
        """List every team, in the order they were added."""
        rows = self._all(select(TEAMS).where(TEAMS.c.slug != EVERYONE.slug).order_by(TEAMS.c.number))
        return [Team(row.slug, row.name, row.sort, row.note, row.history) for row in rows]

    def add_team(self, team: Team) -> None:
        """Add a team."""
        self._connection.execute(insert(TEAMS).values(team._asdict()))

    def rename_team(self, slug: str, name: str) -> None:
        """Give a team another name on screen; its short name stays."""
        self._connection.execute(update(TEAMS).where(TEAMS.c.slug == slug).values(name=name))

    def newest(self, **only: str) -> list[Entry]:
        """List the newest revision of every entry that is not deleted, in the order entries were begun.

        Parameters
        ----------
        **only : str
            team, kind, key or author to look for.

        Returns
        -------
        list of Entry
            Refused versions are never the newest.
        """
        return [entry for entry in self._last(**only) if not entry.deleted]

    def gone(self, **only: str) -> list[Entry]:
        """List the newest revision of every entry that was taken away, in the order entries were begun."""
        return [entry for entry in self._last(**only) if entry.deleted]

    def last(self, team: str, kind: str, key: str) -> Entry | None:
        """Find the newest revision of one entry, also when it is a deletion."""
        found = self._last(team=team, kind=kind, key=key)
        return found[0] if found else None

    def revisions(self, team: str, kind: str, key: str) -> list[Entry]:
        """List every revision of one entry, newest first, refused ones too."""
        query = select(ENTRIES).where(*_matches(ENTRIES, team=team, kind=kind, key=key))
        return [_entry(row) for row in self._all(query.order_by(ENTRIES.c.revision.desc()))]

    def written(self, team: str, kind: str) -> list[Entry]:
        """List every accepted revision of every entry of a kind, in the order they were written."""
        query = select(ENTRIES).where(*_matches(ENTRIES, team=team, kind=kind), ENTRIES.c.refused.is_(False))
        return [_entry(row) for row in self._all(query.order_by(ENTRIES.c.id))]

    def revision(self, team: str, kind: str, key: str, number: int) -> Entry | None:
        """Find one revision of an entry by its number."""
        one = _matches(ENTRIES, team=team, kind=kind, key=key, revision=number)
        row = self._connection.execute(select(ENTRIES).where(*one)).one_or_none()
        return _entry(row) if row else None

    def next_revision(self, team: str, kind: str, key: str) -> int:
        """Give the number that the next revision of an entry gets."""
        entry = _matches(ENTRIES, team=team, kind=kind, key=key)
        return self._number(select(func.max(ENTRIES.c.revision)).where(*entry)) + 1

    def append(self, entry: Entry) -> None:
        """Write one revision."""
        if entry.team == EVERYONE.slug:
            self._connection.execute(insert(TEAMS).prefix_with("OR IGNORE").values(EVERYONE._asdict()))
        row = {column.name: getattr(entry, column.name) for column in ENTRIES.c if column.name != "id"}
        row |= {"body": json.dumps(entry.body), "saved_at": _stamp(entry.saved_at)}
        self._connection.execute(insert(ENTRIES).values(row))

    def changes(self, team: str) -> int:
        """Count what was ever written or brought by a team; grows with every change."""
        written = select(func.count()).select_from(ENTRIES).where(ENTRIES.c.team == team)
        brought = select(func.count()).select_from(IMPORTS).where(IMPORTS.c.team == team)
        return self._number(written) + self._number(brought)

    def imports(self, team: str) -> list[dict[str, Any]]:
        """List the files a team has brought, oldest first."""
        rows = self._all(select(IMPORTS).where(IMPORTS.c.team == team).order_by(IMPORTS.c.id))
        return [row._asdict() | {"at": datetime.fromisoformat(row.at)} for row in rows]

    def add_import(self, about: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
        """Take in the counts of a file, in place of earlier counts of the same points.

        Parameters
        ----------
        about : mapping
            team, measure, file_name, sha256, author and at.
        rows : sequence of mapping
            The counts, with the definition they were made under.

        Returns
        -------
        tuple of int
            The number of the import, and how many earlier rows it replaced.
        """
        values = {**about, "at": _stamp(about["at"]), "rows": len(rows)}
        self._connection.execute(insert(IMPORTS).values(values))
        number = self._number(select(func.max(IMPORTS.c.id)))
        both = {"import_id": number, "team": about["team"]}
        self._connection.execute(insert(COUNTS), [{**row, **both} for row in rows])
        return number, self._replace(number, about["team"])

    def counts(self, team: str, measure: str) -> list[tuple[Any, ...]]:
        """Read the counts in force of one measure, by group and period, without the gaps between them."""
        columns = [COUNTS.c[name] for name in COLUMNS]
        mine = (*_matches(COUNTS, team=team, measure=measure), COUNTS.c.replaced_by.is_(None))
        query = select(*columns).where(*mine)
        rows = self._all(query.order_by(COUNTS.c.stratifier, COUNTS.c.stratum, COUNTS.c.period))
        return [tuple(row) for row in rows]

    def has_counts(self, team: str) -> bool:
        """Say whether a team has brought any numbers."""
        return bool(self._connection.scalar(select(exists().where(COUNTS.c.team == team))))

    def begun(self, team: str) -> datetime | None:
        """Say when a team first wrote its charter; None when it has not."""
        return self._moment(func.min, team, ENTRIES.c.kind == "charter")

    def last_by(self, team: str, user: str, *, before: datetime) -> datetime | None:
        """Say when a person last wrote something in a team before a moment; None when she has not."""
        hers = (ENTRIES.c.author == user, ENTRIES.c.saved_at < _stamp(before))
        return self._moment(func.max, team, *hers)

    def _moment(self, which: Any, team: str, *only: Any) -> datetime | None:
        found = self._connection.scalar(
            select(which(ENTRIES.c.saved_at)).where(
                ENTRIES.c.team == team, ENTRIES.c.refused.is_(False), *only
            )
        )
        return datetime.fromisoformat(found) if found else None

    def _replace(self, number: int, team: str) -> int:
        new, old = COUNTS.alias("new"), COUNTS
        same = [new.c[name] == old.c[name] for name in _POINT]
        earlier = (old.c.team == team, old.c.import_id != number, old.c.replaced_by.is_(None))
        again = exists().where(new.c.import_id == number, *same)
        done = self._connection.execute(update(old).where(*earlier, again).values(replaced_by=number))
        in_force = exists().where(COUNTS.c.import_id == IMPORTS.c.id, COUNTS.c.replaced_by.is_(None))
        spent = (IMPORTS.c.team == team, IMPORTS.c.replaced_by.is_(None), ~in_force)
        self._connection.execute(update(IMPORTS).where(*spent).values(replaced_by=number))
        return done.rowcount

    def _last(self, **only: str) -> list[Entry]:
        group = (ENTRIES.c.team, ENTRIES.c.kind, ENTRIES.c.key)
        spans = select(func.max(ENTRIES.c.id).label("last"), func.min(ENTRIES.c.id).label("first"))
        accepted = spans.where(ENTRIES.c.refused.is_(False), *_matches(ENTRIES, **only)).group_by(*group)
        span = accepted.subquery()
        query = select(ENTRIES).join(span, ENTRIES.c.id == span.c.last).order_by(span.c.first)
        return [_entry(row) for row in self._all(query)]

    def _number(self, query: Select) -> int:
        return self._connection.scalar(query) or 0

    def _all(self, query: Select) -> Iterable[Row]:
        return self._connection.execute(query).all()


def _matches(table: Any, **only: str | int) -> list[Any]:
    return [table.c[name] == value for name, value in only.items()]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _entry(row: Row) -> Entry:
    values = row._asdict()
    values.pop("id")
    return Entry(**{**values, "body": json.loads(row.body), "saved_at": datetime.fromisoformat(row.saved_at)})

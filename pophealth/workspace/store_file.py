"""One workspace file: how it is opened, written in one piece, and what is said when that cannot be done.

A connection lives for one transaction, so nothing stays open when a process is forked or killed, and a
workspace at rest is one file.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from pophealth.workspace.address import explained, place, removed, reserved
from pophealth.workspace.errors import Problem
from pophealth.workspace.people import Person, Settings
from pophealth.workspace.store_ledger import Ledger
from pophealth.workspace.store_tables import TABLES

APPLICATION = 0x706F7068
SCHEMA = 1
BUSY_MS = 10_000
PRAGMAS = ("foreign_keys=ON", "synchronous=FULL", "journal_mode=WAL")


class WorkspaceFile:
    """A SQLite file that is read and written in transactions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read_only = not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        self._engine = create_engine("sqlite://", creator=self._connect, poolclass=NullPool)
        self._together: Ledger | None = None

    @property
    def sign(self) -> str:
        """A short sign for this file that tells nothing of where it lies."""
        return sha256(str(self.path.resolve()).encode()).hexdigest()[:12]

    @classmethod
    def create(cls, path: Path, *, settings: Settings, owner: Person) -> Self:
        """Make a new file that knows its owner; never touches one that is there."""
        reserved(path)
        try:
            made = cls(path)
            made._lay_out(settings, owner)
        except BaseException:
            removed(path)
            raise
        return made

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a file that is there, and make sure that it is a workspace of a kind we can read."""
        if not path.is_file():
            raise Problem(
                f"There is no workspace at {place(path)}. Check the address, or make one with: "
                "pophealth init DIR"
            )
        if not os.access(path, os.R_OK):
            raise explained(OSError("unable to open"), path)
        opened = cls(path)
        with opened._sentences(), closing(opened._connect(ours=False)) as connection:
            made_by = connection.execute("PRAGMA application_id").fetchone()[0]
            schema = connection.execute("PRAGMA user_version").fetchone()[0]
        if made_by != APPLICATION:
            raise explained(OSError("not a database"), path)
        if schema > SCHEMA:
            raise Problem(
                f"{place(path)} was made by a newer pophealth. Update pophealth, then open it again."
            )
        return opened

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        """Read from one moment's state."""
        if self._together:
            yield self._together
            return
        with self._sentences(), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield Ledger(connection)

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """Write everything or nothing; when this ends without an error, it is kept."""
        if self._together:
            yield self._together
            return
        if self.read_only:
            raise explained(OSError("readonly"), self.path)
        with self._sentences(), self._engine.connect() as connection:
            _begin(connection)
            yield Ledger(connection)
            connection.commit()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that is read and written inside."""
        if self._together:
            yield
            return
        with self.writing() as ledger:
            self._together = ledger
            try:
                yield
            finally:
                self._together = None

    def copy_to(self, path: Path) -> None:
        """Copy the file as it stands at this moment to where no file has been."""
        reserved(path)
        try:
            with self._sentences(), closing(self._connect()) as here, closing(sqlite3.connect(path)) as there:
                here.backup(there)
        except BaseException:
            removed(path)
            raise

    def _lay_out(self, settings: Settings, owner: Person) -> None:
        with self._sentences(), self._engine.connect() as connection:
            _begin(connection)
            TABLES.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
            ledger = Ledger(connection)
            ledger.put_settings(settings)
            ledger.add_person(owner)
            connection.commit()

    def _connect(self, *, ours: bool = True) -> sqlite3.Connection:
        access = "mode=ro" if self.read_only else "mode=rw"
        try:
            return self._connected(access, PRAGMAS if ours and not self.read_only else PRAGMAS[:2])
        except sqlite3.OperationalError:
            if not self.read_only or self._unfinished():
                raise
            return self._connected("mode=ro&immutable=1", PRAGMAS[:2])

    def _connected(self, access: str, pragmas: tuple[str, ...]) -> sqlite3.Connection:
        address = f"{self.path.resolve().as_uri()}?{access}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("PRAGMA schema_version").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _unfinished(self) -> bool:
        log = self.path.with_name(self.path.name + "-wal")
        return log.exists() and log.stat().st_size > 0

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise explained(error.orig or error, self.path) from error
        except sqlite3.Error as error:
            raise explained(error, self.path) from error


def _begin(connection: Connection) -> None:
    """Wait for the one writer's place in short even steps: SQLite's own wait grows, and starves some."""
    database = connection.connection.driver_connection
    if database is None:
        raise sqlite3.OperationalError("unable to open")
    until = time.monotonic() + BUSY_MS / 1000
    database.execute("PRAGMA busy_timeout=0")
    while True:
        try:
            database.execute("BEGIN IMMEDIATE")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.004)
    database.execute(f"PRAGMA busy_timeout={BUSY_MS}")

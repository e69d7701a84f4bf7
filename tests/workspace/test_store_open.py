"""What a person is told when a workspace is missing, locked, full, read-only or no workspace at all."""

import os
import sqlite3
import stat
import subprocess
import tempfile
from contextlib import closing

import pytest
from sqlalchemy import event

from pophealth.workspace import store_file
from pophealth.workspace.address import resolved
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Aim, Storyboard
from pophealth.workspace.store import Workspace
from pophealth.workspace.store_file import WorkspaceFile


def told(call, *arguments, **named):
    """Expect one sentence or two without the path of this machine; give it."""
    with pytest.raises(Problem) as caught:
        call(*arguments, **named)
    said = str(caught.value)
    assert said.isprintable()
    assert said.endswith((".", "DIR"))
    assert len(said) < 220
    assert tempfile.gettempdir() not in said
    return said


def save(book, words="sleep", based_on=0):
    return book.save(Aim.draft({"what": words}), based_on=based_on)


def sound(folder):
    with closing(sqlite3.connect(folder / "workspace.sqlite")) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_address_is_a_folder_a_file_or_a_url(folder, monkeypatch):
    file = folder / "workspace.sqlite"
    for address in (folder, str(folder), file, f"sqlite:///{file}"):
        assert Workspace.open(address).settings.community == "Riverbend"
    monkeypatch.chdir(folder)
    monkeypatch.delenv("POPHEALTH_WORKSPACE", raising=False)
    assert Workspace.open().settings.community == "Riverbend"
    assert resolved("postgres.db").name == "postgres.db"


def test_a_folder_with_odd_signs_in_its_name_works(tmp_path):
    odd = tmp_path / "50% of #1? é ; mode=memory"
    Workspace.create(odd, community="Odd")
    assert Workspace.open(odd).settings.community == "Odd"
    assert [path.name for path in odd.iterdir()] == ["workspace.sqlite"]


def test_opening_never_makes_a_file(tmp_path):
    for address in (tmp_path / "none", tmp_path / "none.sqlite", tmp_path, f"sqlite:///{tmp_path}/x.sqlite"):
        assert "There is no workspace at" in told(Workspace.open, address)
    assert list(tmp_path.iterdir()) == []


def test_other_databases_and_odd_addresses_are_refused():
    assert "cannot be on “postgresql” yet" in told(Workspace.open, "postgresql://somewhere/x")
    assert "no path can have" in told(Workspace.open, "a\0b")


def test_only_the_owner_may_read_the_files(tmp_path):
    book = Workspace.create(tmp_path / "new").add_team("gull-harbor", "Gull Harbor")
    with book._file.writing():
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
    assert set(modes) >= {"workspace.sqlite", "workspace.sqlite-wal"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_what_is_there_is_never_made_anew(folder):
    before = (folder / "workspace.sqlite").read_bytes()
    assert "is there already" in told(Workspace.create, folder)
    assert (folder / "workspace.sqlite").read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"", b"name,value\n", b"SQLite format 3\0" + b"x" * 4096, os.urandom(9000)]
)
def test_a_file_that_is_no_workspace(tmp_path, content):
    (tmp_path / "workspace.sqlite").write_bytes(content)
    assert "is not a workspace" in told(Workspace.open, tmp_path)
    assert (tmp_path / "workspace.sqlite").read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path):
    with closing(sqlite3.connect(tmp_path / "workspace.sqlite")) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    assert "is not a workspace" in told(Workspace.open, tmp_path)


def test_a_damaged_file_is_said_to_be_damaged(folder):
    save(Workspace.open(folder, user="ana").team("gull-harbor"))
    file = folder / "workspace.sqlite"
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    assert "is damaged" in told(Workspace.open, folder)


def test_a_newer_kind_of_workspace(folder):
    with closing(sqlite3.connect(folder / "workspace.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert "newer pophealth" in told(Workspace.open, folder)


def test_unknown_people_and_people_without_a_team(folder):
    assert "“zoe” is not in this workspace" in told(Workspace.open, folder, user="zoe")
    assert "ana" not in told(Workspace.open, folder, user="../x")
    with closing(sqlite3.connect(folder / "workspace.sqlite")) as connection:
        connection.execute("DELETE FROM places WHERE user = 'ana'")
        connection.commit()
    assert "Ana Reyes has no team yet" in told(Workspace.open, folder, user="ana")


def test_the_settings_of_every_connection(book):
    asked = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": store_file.BUSY_MS, "foreign_keys": 1}
    with book._file.writing() as ledger:
        found = {name: ledger._connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked}
    assert found == asked
    assert [path.name for path in book._file.path.parent.iterdir()] == ["workspace.sqlite"]


def test_a_locked_workspace_can_be_read_and_says_who_writes(folder, book, monkeypatch):
    save(book)
    monkeypatch.setattr(store_file, "BUSY_MS", 50)
    with closing(sqlite3.connect(folder / "workspace.sqlite", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert "Somebody else is writing in community/workspace.sqlite" in told(save, book, "rest", 1)
        assert book.get("aim").record.what == "sleep"
    with closing(sqlite3.connect(folder / "workspace.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        assert "Somebody else is writing" in told(Workspace.open, folder)
    assert save(book, "rest", 1).entry.revision == 2


@pytest.fixture
def frozen(folder, book, monkeypatch):
    """A workspace that cannot be written, as the super user too would find on a read-only disk."""
    save(book)
    (folder / "workspace.sqlite").chmod(0o400)
    folder.chmod(0o500)
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and allowed(path, mode))
    yield folder
    folder.chmod(0o700)


def test_a_read_only_workspace_can_be_read_but_not_written(frozen):
    workspace = Workspace.open(frozen, user="ana")
    book = workspace.team("gull-harbor")
    assert workspace.read_only
    assert book.get("aim").record.what == "sleep"
    assert "community/workspace.sqlite is read-only" in told(save, book, "rest", 1)
    assert book.get("aim").revision == 1


def test_a_file_that_may_not_be_read(folder, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "cannot be opened" in told(Workspace.open, folder)


def test_a_file_on_a_disk_that_cannot_be_written_is_read_as_it_stands(frozen, monkeypatch):
    """On a read-only disk SQLite cannot keep the file beside a database that it needs to share it."""
    connected = WorkspaceFile._connected

    def without_sharing(self, access, pragmas):
        if "immutable" not in access:
            raise sqlite3.OperationalError("unable to open database file")
        return connected(self, access, pragmas)

    monkeypatch.setattr(WorkspaceFile, "_connected", without_sharing)
    assert Workspace.open(frozen, user="ana").team("gull-harbor").get("aim").record.what == "sleep"
    frozen.chmod(0o700)
    (frozen / "workspace.sqlite-wal").write_bytes(b"not yet written back")
    assert "cannot be opened" in told(Workspace.open, frozen)


def failing(monkeypatch, prepare):
    connected = WorkspaceFile._connected

    def prepared(self, access, pragmas):
        connection = connected(self, access, pragmas)
        prepare(connection)
        return connection

    monkeypatch.setattr(WorkspaceFile, "_connected", prepared)


def test_a_save_that_breaks_off_at_any_step_is_whole_or_not_there(folder, book, monkeypatch):
    save(book)
    wait = {"steps": 0}
    failing(monkeypatch, lambda connection: connection.set_progress_handler(lambda: next_step(wait), 1))
    event.listen(book._file._engine, "commit", lambda connection: wait.update(steps=0))
    outcomes, steps = [], 0
    while outcomes.count("kept") < 3:
        steps += 1 + steps // 30
        revision = calm(wait, book)
        wait["steps"] = steps
        said = complaint(save, book, f"words {steps}", revision)
        assert ("Nothing was changed" in said) is bool(said)
        assert calm(wait, book) == (revision if said else revision + 1)
        outcomes.append("refused" if said else "kept")
    assert outcomes.count("refused") > 50
    assert sound(folder)


def complaint(call, *arguments):
    try:
        call(*arguments)
    except Problem as problem:
        return str(problem)
    return ""


def next_step(wait):
    wait["steps"] -= 1
    return wait["steps"] == 0


def calm(wait, book):
    wait["steps"] = 0
    return book.get("aim").revision


def fill(book):
    """Save until there is no room; give how many saves were acknowledged and what was said then."""
    for number in range(2000):
        try:
            book.save(Storyboard.draft({"learned": f"{number} " + "words " * 300}), based_on=number)
        except Problem as problem:
            return number, str(problem)
    raise AssertionError("there was always room")


def still_readable(folder, book, kept):
    assert [entry.revision for entry in book.history("storyboard")] == list(range(kept, 0, -1))
    assert Workspace.open(folder, user="ana").team("gull-harbor").get("storyboard").revision == kept
    assert sound(folder)


@pytest.mark.parametrize("room", [0, 1, 2, 3, 5, 8, 13, 40])
def test_a_full_disk_gives_one_clear_sentence_and_stays_readable(folder, book, monkeypatch, room):
    with closing(sqlite3.connect(folder / "workspace.sqlite")) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0] + room
    with monkeypatch.context() as tight:
        failing(tight, lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}"))
        kept, said = fill(book)
        assert "The disk that holds community/workspace.sqlite is full, so nothing was saved." in said
        assert told(book.save, Storyboard.draft({"learned": "more " * 900}), based_on=kept) == said
        still_readable(folder, book, kept)
    assert book.save(Storyboard.draft({"headline": "room again"}), based_on=kept).entry.revision == kept + 1


@pytest.fixture
def small_disk(tmp_path):
    """A real file system of 400 KB where one can be mounted, else an ordinary folder."""
    there = tmp_path / "small"
    there.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(there)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield there, mounted
    if mounted:
        subprocess.run(["umount", str(there)], check=True)


def test_a_small_file_system_that_runs_full(small_disk, monkeypatch):
    there, mounted = small_disk
    folder = there / "community"
    workspace = Workspace.create(folder)
    workspace.add_team("gull-harbor", "Gull Harbor")
    workspace.add_person("ana", "Ana Reyes", "member", ["gull-harbor"])
    if not mounted:
        failing(monkeypatch, lambda connection: connection.execute("PRAGMA max_page_count = 60"))
    book = Workspace.open(folder, user="ana").team("gull-harbor")
    kept, said = fill(book)
    assert kept > 5
    assert "community/workspace.sqlite is full" in said
    still_readable(folder, book, kept)


def test_a_workspace_that_cannot_be_made_leaves_nothing_behind(tmp_path, monkeypatch):
    failing(monkeypatch, lambda connection: connection.execute("PRAGMA max_page_count = 4"))
    assert "is full" in told(Workspace.create, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []
    (tmp_path / "file").write_text("in the way")
    assert "could not be made" in told(Workspace.create, tmp_path / "file" / "new")

"""Bad input gets one sentence that says what, where and what to do; files in odd shapes are read right."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from pophealth.delivery import cli
from pophealth.delivery.opening import StopPage
from pophealth.delivery.workbook import open_workbook
from pophealth.delivery.writer import frame
from pophealth.workspace import store_file
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams

MONTHS = [("2021-01", 9, 40), ("2021-02", 11, 42), ("2021-03", 12, 41)]
HEAD = "measure,period,numerator,denominator,stratifier,stratum,note"
ROWS = [f"visits,{month},{above},{below},,,ärztin" for month, above, below in MONTHS]
WHOLE = "\n".join([HEAD, *ROWS, ""])
HOLD = """import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("PRAGMA journal_mode=DELETE")
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()"""


@pytest.fixture
def ours(tmp_path):
    """A workspace with one team and one measure."""
    workspace = Workspace.create(tmp_path / "ours", community="Ours")
    book = workspace.add_team("oak", "Oak")
    core = {"name": "Visits", "numerator": "kept", "denominator": "booked", "better": "higher"}
    teams.write(book, "measure", "visits", chart="p", family="process", lead=True, **core)
    return tmp_path / "ours"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command in this process; give its exit code, output and error text."""

    def ran(*arguments):
        monkeypatch.setattr(sys, "argv", ["pophealth", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code or 0, *capsys.readouterr()

    return ran


@pytest.fixture(autouse=True)
def published(monkeypatch):
    """What is handed to the app's page."""
    pages = []
    monkeypatch.setattr(
        "pophealth.delivery.workbook.publish_display_data", lambda data: pages.extend(data.values())
    )
    return pages


@pytest.fixture(params=["lab", "app", "report"])
def surface(request, monkeypatch):
    monkeypatch.setenv("POPHEALTH_SURFACE", request.param)
    return request.param


def whole_sentence(said, *parts):
    """One paragraph with its parts, a full stop, and nothing of the machine."""
    said = str(said)
    assert "\n" not in said.strip()
    assert said.strip().endswith((".", "DIR")), said
    assert not re.search(r"0x[0-9a-f]|Traceback|Error\b|/(tmp|home|root)/|sqlite3\.", said), said
    for part in parts:
        assert part in said, said
    return True


@pytest.mark.parametrize("wish", ["../x", "..%2Fx", "/etc/passwd", "OAK", "x" * 300, "oak\n"])
def test_a_team_that_cannot_be_is_one_sentence_on_every_surface(ours, surface, wish):
    with pytest.raises(StopPage) as stopped:
        open_workbook("measure", team=wish, workspace=str(ours))
    assert whole_sentence(stopped.value, "There is no such team. Choose one from the list.")


def test_the_address_of_the_app_is_held_against_the_same_list(ours, monkeypatch, published):
    monkeypatch.setenv("POPHEALTH_SURFACE", "app")
    monkeypatch.setenv("QUERY_STRING", "team=..%2Fx")
    with pytest.raises(StopPage, match="There is no such team"):
        lessons.run("09_measure", workspace=ours)
    (page,) = published
    assert page["stop"] == "There is no such team. Choose one from the list."
    assert [team["slug"] for team in page["teams"]] == ["oak"]
    assert page["team"] is None


def test_a_workspace_that_is_not_there_is_one_sentence(tmp_path, surface, published):
    with pytest.raises(StopPage) as stopped:
        open_workbook("measure", team="oak", workspace=str(tmp_path / "nowhere"))
    assert whole_sentence(
        stopped.value, "There is no workspace at nowhere/workspace.sqlite", "pophealth init"
    )
    assert not (tmp_path / "nowhere").exists()
    assert len(published) == (surface == "app")
    for page in published:
        shown = lessons.words(str(frame().stop(page, "/")))
        assert f"Measure over time {stopped.value} Back to the start" in shown


def test_a_day_that_is_none_is_one_sentence(ours, surface):
    with pytest.raises(StopPage) as stopped:
        open_workbook("measure", team="oak", workspace=str(ours), as_of="yesterday")
    assert whole_sentence(stopped.value, "The day to look from (as_of)", "“yesterday”", "Write it like")


@pytest.fixture
def held(ours, monkeypatch):
    """Another process holds the whole file; what waits for it waits a shorter time than people would."""
    monkeypatch.setattr(store_file, "BUSY_MS", 200)
    command = [sys.executable, "-c", HOLD, str(ours / "workspace.sqlite")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield ours
        other.communicate()


def test_a_locked_workspace_is_one_sentence_on_every_surface(held, surface, published):
    with pytest.raises(StopPage) as stopped:
        open_workbook("measure", team="oak", workspace=str(held))
    said = "Somebody else is writing in ours/workspace.sqlite right now."
    assert whole_sentence(stopped.value, said, "try again in a moment")
    assert [page["stop"] for page in published] == [str(stopped.value)] * (surface == "app")


def test_a_locked_workspace_is_one_sentence_on_the_command_line(held, run, tmp_path):
    (tmp_path / "counts.csv").write_text(WHOLE, encoding="utf-8")
    for command in (
        ("team", "list"),
        ("import", tmp_path / "counts.csv", "--team", "oak"),
        ("report", "--all", "-o", tmp_path / "out"),
    ):
        status, out, said = run(*command, "--workspace", held)
        assert (status, out) == (1, "")
        assert whole_sentence(said, "Somebody else is writing in ours/workspace.sqlite right now.")


def test_a_form_says_that_the_workspace_is_locked_and_keeps_what_is_typed(ours, monkeypatch):
    monkeypatch.setattr(store_file, "BUSY_MS", 200)
    form = open_workbook("aim", team="oak", workspace=str(ours)).form("aim")
    asked = {"type": "save", "owner": "a", "values": {"what": "sleep"}, "based_on": 0}
    with closing(sqlite3.connect(ours / "workspace.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = form.reply({**asked, "sequence": 1})
        other.execute("ROLLBACK")
    assert answer["type"] == "problem"
    assert whole_sentence(answer["sentence"], "Somebody else is writing", "Your words are still on the page")
    assert form.reply({**asked, "sequence": 2})["type"] == "kept"
    assert Workspace.open(ours).team("oak").get("aim").record.what == "sleep"


@pytest.fixture
def frozen(ours, monkeypatch):
    """A workspace nobody may write in, also where the tests run as somebody who may write anywhere."""
    told = os.access
    kept = (ours, ours / "workspace.sqlite")
    monkeypatch.setattr(
        os, "access", lambda path, mode: told(path, mode) and (mode != os.W_OK or path not in kept)
    )
    return ours


def test_a_read_only_workspace_is_read_and_says_why_nothing_is_kept(frozen, run, tmp_path):
    lesson = lessons.run("06_aim", team="oak", workspace=frozen)
    assert "Oak" in lesson["book.where()"].text
    form = lesson['book.form("aim")'].value
    values = {"what": "sleep"}
    answer = form.reply({"type": "save", "owner": "a", "sequence": 1, "values": values, "based_on": 0})
    assert answer["type"] == "problem"
    part = "ours/workspace.sqlite is read-only, so nothing can be saved there."
    assert whole_sentence(answer["sentence"], part, "ask whoever keeps the file")
    (tmp_path / "counts.csv").write_text(WHOLE, encoding="utf-8")
    status, _, said = run("import", tmp_path / "counts.csv", "--team", "oak", "--workspace", frozen)
    assert status == 1
    assert whole_sentence(said, part)
    assert run("team", "list", "--workspace", frozen)[0] == 0


ODD = {
    "byte-order mark": ("\ufeff" + WHOLE).encode(),
    "semicolons": WHOLE.replace(",", ";").encode(),
    "semicolons and byte-order mark": ("\ufeff" + WHOLE.replace(",", ";")).encode(),
    "Latin-1": WHOLE.encode("latin-1"),
    "Latin-1, semicolons, Windows lines": WHOLE.replace(",", ";").replace("\n", "\r\n").encode("latin-1"),
    "UTF-16": WHOLE.encode("utf-16"),
    "tabs": WHOLE.replace(",", "\t").encode(),
    "no last line end": WHOLE.strip().encode(),
    "empty lines": WHOLE.replace("\n", "\n\n").encode(),
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_odd_files_are_imported_with_the_same_counts(ours, run, tmp_path, content):
    (tmp_path / "counts.csv").write_bytes(content)
    status, out, said = run("import", tmp_path / "counts.csv", "--team", "oak", "--workspace", ours)
    assert (status, said) == (0, "")
    assert out == "3 rows of counts are kept for Oak.\n"
    counts = Workspace.open(ours).team("oak").counts("visits")
    found = zip(
        counts["period"].dt.strftime("%Y-%m"), counts["numerator"], counts["denominator"], strict=True
    )
    assert list(found) == MONTHS
    assert set(counts["note"]) == {"ärztin"}


def test_one_row_is_imported_and_shown(ours, run, tmp_path):
    (tmp_path / "counts.csv").write_text("\n".join([HEAD, ROWS[0]]), encoding="utf-8")
    assert run("import", tmp_path / "counts.csv", "--team", "oak", "--workspace", ours)[0] == 0
    lesson = lessons.run("09_measure", team="oak", workspace=ours)
    assert "Too few to tell yet: 1 of 12 months" in lesson["book.show(charted, measure=lead"].text
    start = lessons.run("06_aim", team="oak", workspace=ours)["book.show_start"].text
    assert "9 of 40, which is 22.5%, from January 2021" in start


NONE = {
    "nothing at all": (b"", "counts.csv is empty. Put the column names in row 1"),
    "only a byte-order mark": ("\ufeff".encode(), "counts.csv is empty. Put the column names in row 1"),
    "only blank lines": (b"\n\n\n", "counts.csv is empty. Put the column names in row 1"),
    "0 rows": (f"{HEAD}\n".encode(), "counts.csv has column names but no rows below them. Add one row"),
    "0 rows with a mark": (f"\ufeff{HEAD}\r\n".encode(), "has column names but no rows below them. Add one"),
    "a spreadsheet": (b"PK\x03\x04rest", "counts.csv is a spreadsheet or zip file. Save your counts as CSV"),
}


@pytest.mark.parametrize(("content", "part"), NONE.values(), ids=NONE)
def test_files_without_counts_are_one_sentence(ours, run, tmp_path, content, part):
    (tmp_path / "counts.csv").write_bytes(content)
    for command in ("check", "import"):
        status, out, said = run(command, tmp_path / "counts.csv", "--team", "oak", "--workspace", ours)
        assert (status, out) == (1, "")
        assert whole_sentence(said, part)
    assert Workspace.open(ours).team("oak").imports().empty

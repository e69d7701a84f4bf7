import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time

import psutil
import pytest

from pophealth import __version__
from pophealth.delivery import cli
from pophealth.delivery.doctor import disk_kind, examine
from pophealth.workspace.store import Workspace
from tests.delivery.conftest import PARAMETERS, code

COUNTS = """measure,period,numerator,denominator,stratifier,stratum
visits,2021-01,9,40,,
visits,2021-02,11,42,,
visits,2021-03,12,41,,
"""


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run a command in this process; give its exit code, output and error text."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments):
        monkeypatch.setattr(sys, "argv", ["pophealth", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return ended.value.code or 0, out, err

    return ran


@pytest.fixture
def measured(cohort):
    """The small cohort, with a measure to import counts for."""
    from pophealth.workspace.records import MODELS

    team = Workspace.open(cohort).team("gull-harbor")
    values = {
        "name": "Visits",
        "numerator": "kept",
        "denominator": "booked",
        "chart": "p",
        "better": "higher",
    }
    team.save(MODELS["measure"].draft(values, key="visits"), based_on=0)
    return cohort


@pytest.fixture
def counts(tmp_path):
    def written(text=COUNTS, name="counts.csv"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return written


def one_sentence(text):
    """A person gets one paragraph, without an address in memory or a folder of the machine."""
    return text.strip() and "\n" not in text.strip() and "0x" not in text


def test_version_is_said_at_once():
    started = os.times()
    done = subprocess.run(
        [sys.executable, "-m", "pophealth.delivery.cli", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    ended = os.times()
    assert done.stdout == f"pophealth {__version__}\n"
    work = ended.children_user + ended.children_system - started.children_user - started.children_system
    assert work < 0.5


def test_the_command_loads_nothing_heavy():
    heavy = ("pandas", "altair", "papermill")
    look = f"import sys, pophealth.delivery.cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_init_makes_an_empty_workspace_with_notebooks_and_touches_nothing_twice(run, tmp_path):
    assert run("init", "ours", "--community", "Riverbend", "--start", "2026-01-31")[0] == 0
    assert Workspace.open(tmp_path / "ours").settings.community == "Riverbend"
    notebook = tmp_path / "ours" / "notebooks" / "09_measure.ipynb"
    notebook.write_text("mine")
    before = (tmp_path / "ours" / "workspace.sqlite").read_bytes()
    status, _, said = run("init", "ours")
    assert status == 1
    assert one_sentence(said)
    assert notebook.read_text() == "mine"
    assert (tmp_path / "ours" / "workspace.sqlite").read_bytes() == before


def test_a_day_that_is_none_is_said(run, tmp_path):
    status, _, said = run("init", "ours", "--start", "31/01/2026")
    assert status == 2
    assert "not a day" in said
    assert not (tmp_path / "ours").exists()


def test_teams_are_added_listed_and_renamed(run, cohort):
    where = ("--workspace", cohort)
    assert run("team", "add", "two-forks", "Two Forks", *where)[0] == 0
    assert run("team", "rename", "two-forks", "Three Forks", *where)[0] == 0
    assert "two-forks" in run("team", "list", *where)[1]
    rows = json.loads(run("team", "list", "--json", *where)[1])
    assert [row["name"] for row in rows if row["slug"] == "two-forks"] == ["Three Forks"]
    for slug in ("../x", "Two Forks", "two-forks", "con"):
        status, _, said = run("team", "add", slug, "x", *where)
        assert status == 1
        assert one_sentence(said)


def test_people_are_added_and_listed(run, cohort):
    where = ("--workspace", cohort)
    added = run("people", "add", "mei", "Mei Lin", "--role", "coach", "--team", "stone-mill", *where)
    assert added[0] == 0
    rows = json.loads(run("people", "list", "--json", *where)[1])
    assert {"user": "mei", "role": "coach", "teams": ["stone-mill"]}.items() <= rows[-1].items()
    assert "Mei Lin" in run("people", "list", *where)[1]
    assert run("people", "add", "x", "X", "--role", "king", *where)[0] == 1
    assert run("people", "add", "y", "Y", *where, "--as", "ana")[0] == 1


def test_check_without_a_team_says_that_measures_were_not_checked(run, counts):
    status, said, _ = run("check", counts())
    assert status == 0
    assert "Measures were not checked" in said
    assert "No problems in 3 rows" in said


def test_check_tells_problems_in_words(run, counts, cohort):
    path = counts(COUNTS + "visits,2021-04,50,40,,\n")
    status, said, _ = run("check", path)
    assert status == 1
    assert "50 is more than the 40" in " ".join(said.split())
    assert json.loads(run("check", path, "--json")[1])["problems"][0]["row"] == 5
    unknown = run("check", counts(), "--team", "gull-harbor", "--workspace", cohort)
    assert unknown[0] == 1
    assert "visits" in unknown[1]


def test_import_keeps_all_or_nothing_and_the_same_file_once(run, counts, measured):
    where = ("--team", "gull-harbor", "--workspace", measured)
    status, _, said = run("import", counts(COUNTS + "visits,2021-04,50,40,,\n", "bad.csv"), *where)
    assert status == 1
    assert one_sentence(said)
    assert Workspace.open(measured).team("gull-harbor").counts("visits").empty
    status, said, _ = run("import", counts(), *where, "--json")
    assert status == 0
    assert json.loads(said)["rows"] == 3
    status, _, said = run("import", counts(), *where)
    assert status == 1
    assert one_sentence(said)
    assert len(Workspace.open(measured).team("gull-harbor").counts("visits")) == 3


def test_a_file_that_points_at_a_person_is_refused_in_words(run, counts, measured):
    where = ("--team", "gull-harbor", "--workspace", measured)
    path = counts(COUNTS.replace("stratum\n", "stratum,MRN\n").replace(",,\n", ",,,A-100482\n"))
    for arguments in (("check", path), ("check", path, *where), ("import", path, *where)):
        status, said, wrong = run(*arguments)
        assert status == 1
        assert "A medical record number in rows 2, 3 and 4." in " ".join(said.split())
        assert one_sentence(wrong)
        assert "nothing was kept" in wrong
        assert "100482" not in said + wrong
        problems = json.loads(run(*arguments, "--json")[1])["problems"]
        assert [(each["row"], each["column"]) for each in problems] == [(2, "MRN")]
    assert Workspace.open(measured).team("gull-harbor").imports().empty


@pytest.mark.parametrize(
    ("text", "status"),
    [("\ufeff" + COUNTS, 0), (COUNTS.replace(",", ";"), 0), ("", 1), (COUNTS.splitlines()[0] + "\n", 1)],
    ids=["byte-order mark", "semicolons", "empty", "no rows"],
)
def test_odd_files_are_read_or_said(run, counts, text, status):
    ended, said, wrong = run("check", counts(text))
    assert ended == status
    assert said or one_sentence(wrong)


def test_files_and_teams_that_are_not_there_are_said(run, counts, cohort):
    for arguments in (
        ("check", "nothing.csv"),
        ("import", "nothing.csv", "--team", "gull-harbor", "--workspace", cohort),
        ("import", counts(), "--team", "nowhere", "--workspace", cohort),
        ("check", counts(), "--team", "../x", "--workspace", cohort),
    ):
        status, _, said = run(*arguments)
        assert status == 2, arguments
        assert one_sentence(said)


@pytest.fixture
def small(write_notebook):
    return write_notebook(code("theme.note(book.name)"), parameters=PARAMETERS)


def test_report_writes_a_folder_and_says_where(run, cohort, small, tmp_path):
    status, said, _ = run("report", "--all", "--workspace", cohort, "--notebooks", small, "-o", "out")
    assert status == 0
    assert "2 reports are in out" in said
    assert (tmp_path / "out" / "index.html").is_file()


def test_report_as_json_and_with_a_failure_ends_with_1(run, cohort, write_notebook):
    folder = write_notebook(code("1 / 0"))
    ended = run("report", "gull-harbor", "--workspace", cohort, "--notebooks", folder, "-o", "out", "--json")
    assert ended[0] == 1
    assert json.loads(ended[1])[0]["status"] == "failed"
    told = run("report", "gull-harbor", "--workspace", cohort, "--notebooks", folder, "-o", "out")
    assert "gull-harbor, step measure: One of its cells stopped (ZeroDivisionError)" in told[1]


WRONG = [
    (),
    ("gull-harbor", "--all"),
    ("nowhere",),
    ("../../x",),
    ("Gull Harbor",),
    ("gull-harbor", "--step", "77"),
    ("gull-harbor", "--step", "3"),
    ("gull-harbor", "--step", "-1"),
    ("gull-harbor", "--month", "May"),
    ("gull-harbor", "--month", "2021-5"),
    ("gull-harbor", "--format", "pickle"),
    ("gull-harbor", "-p", "teem=x"),
    ("gull-harbor", "-p", "team=x"),
    ("gull-harbor", "-p", "nothing"),
    ("gull-harbor", "-p", "=x"),
    ("gull-harbor", "-p", "a\nimport os\nb=1"),
    ("gull-harbor", "--as", "nobody"),
    ("stone-mill", "--as", "cole"),
    ("gull-harbor", "--workers", "many"),
    ("gull-harbor", "--colour", "blue"),
]


@pytest.mark.parametrize("arguments", WRONG, ids=[" ".join(each) or "nothing" for each in WRONG])
def test_a_wrong_call_ends_with_2_and_writes_nothing(run, cohort, small, tmp_path, arguments):
    status, _, said = run("report", *arguments, "--workspace", cohort, "--notebooks", small, "-o", "out")
    assert status == 2
    assert said.strip()
    assert not list(tmp_path.glob("out/*"))


def test_a_workspace_that_is_not_there_is_said_by_every_command(run, small, counts):
    for arguments in (
        ("report", "--all", "--notebooks", small),
        ("serve",),
        ("lab", "--no-browser"),
        ("team", "list"),
        ("people", "list"),
        ("import", counts(), "--team", "x"),
    ):
        status, _, said = run(*arguments, "--workspace", "nowhere")
        assert status == 2, arguments
        assert one_sentence(said)
        assert "nowhere" in said


def test_what_is_not_a_workspace_is_said(run, tmp_path):
    (tmp_path / "workspace.sqlite").write_text("a letter")
    status, _, said = run("team", "list")
    assert status == 1
    assert one_sentence(said)


def test_a_workspace_can_be_named_by_the_environment(run, cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_WORKSPACE", str(cohort))
    assert "gull-harbor" in run("team", "list")[1]


def test_a_locked_workspace_is_said_and_reports_can_still_be_read(run, cohort, small):
    with contextlib.closing(sqlite3.connect(cohort / "workspace.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, _, said = run("team", "add", "two-forks", "Two Forks", "--workspace", cohort)
        assert status == 1
        assert one_sentence(said)
        assert run("report", "--all", "--workspace", cohort, "--notebooks", small, "-o", "out")[0] == 0
        other.execute("ROLLBACK")


def test_doctor_says_what_is_well_and_what_is_not(run, cohort, monkeypatch):
    assert run("doctor", "--workspace", cohort)[0] == 0
    findings = json.loads(run("doctor", "--json", "--workspace", cohort)[1])
    assert [each["what"] for each in findings][:4] == ["versions", "notebooks", "fonts", "browser"]
    assert run("doctor", "--workspace", "nowhere")[0] == 1
    with contextlib.closing(sqlite3.connect(cohort / "workspace.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert [each.what for each in examine(str(cohort)) if not each.fine] == ["writing"]
        other.execute("ROLLBACK")
    monkeypatch.setattr("pophealth.delivery.doctor.disk_kind", lambda _path: "nfs4")
    assert [each.what for each in examine(str(cohort)) if not each.fine] == ["disk"]


def test_the_kind_of_disk_is_that_of_the_nearest_mount(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("a / ext4 rw 0 0\nb /srv nfs4 rw 0 0\nc /srv/our\\040own tmpfs rw 0 0\n")
    assert disk_kind(tmp_path / "srv", mounts) == "ext4"
    assert disk_kind(type(tmp_path)("/srv/x"), mounts) == "nfs4"
    assert disk_kind(type(tmp_path)("/srv/our own/x"), mounts) == "tmpfs"
    assert disk_kind(tmp_path, tmp_path / "nothing") == ""


def test_demo_makes_the_sample_cohort_once(run, tmp_path):
    assert run("demo", "d", "--no-serve")[0] == 0
    made = (tmp_path / "d" / "workspace.sqlite").read_bytes()
    assert run("demo", "d", "--no-serve")[0] == 0
    assert (tmp_path / "d" / "workspace.sqlite").read_bytes() == made
    assert len(Workspace.open(tmp_path / "d").teams()) == 8


def test_serve_and_demo_hand_over_what_they_were_told(run, cohort, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(
        "pophealth.delivery.app.serve", lambda *args, **options: asked.append((args, options))
    )
    assert run("serve", "--workspace", cohort, "--as", "ana", "--port", "8899")[0] == 0
    (address, notebooks), options = asked[0]
    assert address == str(cohort / "workspace.sqlite")
    assert (notebooks / "09_measure.ipynb").is_file()
    assert {"user": "ana", "port": 8899, "ip": "127.0.0.1", "identity_file": None}.items() <= options.items()
    assert run("demo", "d")[0] == 0
    assert asked[1][1]["identity_file"] == (tmp_path / "d" / "identity.json")
    assert asked[1][1]["user"] == "robin"


def test_nothing_runs_on_when_a_report_is_stopped(cohort, write_notebook, tmp_path):
    folder = write_notebook(code("import time\ntime.sleep(100)"))
    command = [sys.executable, "-m", "pophealth.delivery.cli", "report", "--all", "--workspace", cohort]
    started = psutil.Popen(
        [*command, "--notebooks", folder, "-o", tmp_path / "out"], stderr=subprocess.DEVNULL
    )
    while len(begun := started.children(recursive=True)) < 2:
        time.sleep(0.1)
    started.terminate()
    started.wait(timeout=20)
    _, left = psutil.wait_procs(begun, timeout=20)
    assert not left

"""No saved word is lost when many write at once or a writer is killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pophealth.workspace.store import Workspace

PROGRAM = Path(__file__).with_name("hard_days.py")


def run(*arguments):
    calm = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=calm,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def crowded(tmp_path):
    workspace = Workspace.create(tmp_path)
    workspace.add_team("gull-harbor", "Gull Harbor")
    for writer in range(20):
        workspace.add_person(f"w{writer}", f"Writer {writer}", "member", ["gull-harbor"])
    return tmp_path


def test_twenty_writers_on_one_entry_lose_nothing(crowded):
    assert run("writers", crowded, 20, 50)["codes"] == [0] * 20
    told = [
        one for writer in range(20) for one in json.loads((crowded / f"writer-{writer}.json").read_text())
    ]
    outcomes = {name: sum(one[0] == name for one in told) for name in ("accepted", "merged", "refused")}
    assert sum(outcomes.values()) == 1000, [one[4] for one in told if one[0] == "locked"][:1]
    assert all(outcomes.values()), outcomes
    history = Workspace.open(crowded).team("gull-harbor").history("aim")[::-1]
    assert [entry.revision for entry in history] == list(range(1, 1001))
    kept = {entry.revision: entry for entry in history if not entry.refused}
    for outcome, field, value, revision, _ in told:
        if outcome != "refused":
            assert kept[revision].body[field] == value
    refused = [entry.body for entry in history if entry.refused]
    assert len(refused) == outcomes["refused"]
    assert all(any(body[one[1]] == one[2] for body in refused) for one in told if one[0] == "refused")
    each_changes_one_field(list(kept.values()), {one[3]: one[1:3] for one in told if one[0] != "refused"})


def each_changes_one_field(revisions, wrote):
    before = dict.fromkeys(revisions[0].body, "") | revisions[0].body
    for entry in revisions[1:]:
        field, value = wrote[entry.revision]
        assert entry.body == before | {field: value}
        before = entry.body


def test_two_hundred_kills_lose_no_acknowledged_save(crowded):
    found = run("kills", crowded, 200)
    assert (found["lost"], found["damaged"]) == (0, 0)
    assert found["acknowledged"] >= 100, found
    assert found["rows"] >= found["acknowledged"]
    book = Workspace.open(crowded, user="w0").team("gull-harbor")
    newest = book.get("storyboard")
    assert book.save(newest.record, based_on=newest.revision).entry == newest

"""The large made-up file of people: quick, the same each time, and never taken for counts."""

import subprocess
import sys
import time

import pandas as pd
import pytest

from pophealth.workspace import intake
from pophealth.workspace.errors import Problem
from pophealth.workspace.sample_counts import counts
from pophealth.workspace.sample_people import ROWS, people, write

SPLITS = {"age_band": "age", "language": "language", "race_ethnicity": "race and ethnicity", "zip3": "ZIP3"}
MEASURES = {"gull-harbor": "bp-control", "northlake": "a1c-below-9"}


def fingerprint(table):
    return int(pd.util.hash_pandas_object(table).sum())


@pytest.fixture(scope="module")
def whole():
    return people()


def test_many_people_are_drawn_quickly():
    start = time.process_time()
    assert len(people()) == ROWS == 200_000
    assert time.process_time() - start < 2


def test_the_same_seed_gives_the_same_people(whole):
    assert fingerprint(people()) == fingerprint(whole)
    assert fingerprint(people(seed=1)) != fingerprint(whole)


@pytest.mark.parametrize("rows", [1, 7, 999, 12_345])
def test_as_many_people_as_asked_for(rows):
    assert people(rows)["person"].tolist() == list(range(1, rows + 1))


def test_nobody_is_nothing_to_count():
    with pytest.raises(ValueError, match="1 or more"):
        people(0)


@pytest.mark.parametrize("team", MEASURES)
def test_groups_and_shares_are_those_of_the_team(whole, team):
    rows, told = whole[whole["team"].eq(team)], counts(team)
    told = told[told["measure"].eq(MEASURES[team])]
    assert sorted(rows["visit_month"].unique()) == sorted(told["period"].unique())
    for column, stratifier in SPLITS.items():
        groups = (
            told[told["stratifier"].eq(stratifier)].groupby("stratum")[["numerator", "denominator"]].sum()
        )
        here = rows.groupby(column)["had_control"].mean()
        assert here.index.tolist() == groups.index.tolist()
        assert (here - groups["numerator"] / groups["denominator"]).abs().max() < 0.04


def test_people_are_counted_first(tmp_path):
    path = write(tmp_path / "people.csv", rows=500)
    with pytest.raises(Problem, match=r"nothing was kept\. Column person: a code that only one person has"):
        intake.check(path)


def test_counted_people_are_clean_counts(whole, tmp_path):
    rows = whole[whole["team"].eq("northlake")].rename(
        columns={"visit_month": "period", "language": "stratum"}
    )
    table = rows.groupby(["period", "stratum"])["had_control"].agg(numerator="sum", denominator="size")
    table = table.reset_index().assign(measure="a1c-below-9", stratifier="language")
    table.to_csv(tmp_path / "counts.csv", index=False)
    checked = intake.check(tmp_path / "counts.csv")
    assert checked.problems.empty
    assert checked.table["denominator"].sum() == len(rows)


def test_a_file_that_is_there_is_left_alone(tmp_path):
    path = write(tmp_path / "people.csv", rows=3)
    with pytest.raises(Problem, match="already a file"):
        write(path, rows=4)
    with pytest.raises(Problem, match="could not be written"):
        write(tmp_path / "gone" / "people.csv", rows=3)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 4


def test_the_command_writes_the_file(tmp_path):
    command = [sys.executable, "-m", "pophealth.workspace.sample_people"]
    path = tmp_path / "people.csv"
    assert subprocess.run([*command, str(path)], check=True, capture_output=True).stderr == b""
    assert path.read_bytes().count(b"\n") == ROWS + 1
    again = subprocess.run([*command, str(path)], check=False, capture_output=True, text=True)
    assert (again.returncode, again.stderr.strip()[-20:]) == (1, "Choose another name.")
    nameless = subprocess.run(command, check=False, capture_output=True, text=True)
    assert "Name one file" in nameless.stderr

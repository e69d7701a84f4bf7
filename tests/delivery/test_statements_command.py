"""Statements of one's own: from our example to a workspace that asks them."""

import json

import pytest
from typer.testing import CliRunner

from pophealth.delivery.cli import app
from pophealth.workspace import instrument
from pophealth.workspace.errors import Problem
from pophealth.workspace.store import Workspace


def run(*words):
    found = CliRunner().invoke(app, ["statements", *map(str, words)])
    return str(found.exception) if isinstance(found.exception, Problem) else found.output


@pytest.fixture
def home(tmp_path):
    workspace = Workspace.create(tmp_path / "home", community="Riverbend")
    workspace.add_team("harbor", "Harbor")
    workspace.add_person("ana", "Ana", "member", ["harbor"])
    return tmp_path / "home"


def test_a_steward_brings_statements_that_begin_from_our_example(home, tmp_path):
    file = tmp_path / "ours.json"
    assert "holds our example" in run("example", "-o", file)
    assert "is there already" in run("example", "-o", file)
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"title": "Our own words"}))
    assert "“Our own words”, ours version 1: 32 statements in 8 sections." in run("check", file)
    assert instrument.of(home).name == "example"
    assert "Only a steward" in run("use", file, "--workspace", home, "--as", "ana")
    assert "Step 2 uses them from now on." in run("use", file, "--workspace", home)
    assert Workspace.open(home).team("harbor").instrument.title == "Our own words"
    file.write_text(file.read_text().replace('"version": "1"', '"version": "2"'))
    assert "kept as instrument-ours-1.json" in run("use", file, "--workspace", home)


def test_a_bad_file_changes_nothing(home, tmp_path):
    file = tmp_path / "ours.json"
    file.write_text("{")
    assert run("use", file, "--workspace", home).startswith("ours.json, line 1: this is not JSON.")
    assert not (home / instrument.FILE).exists()

"""A report made because somebody pressed a button."""

import asyncio
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from pophealth.delivery import requested
from pophealth.workspace.errors import Problem
from pophealth.workspace.store import Workspace


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    made = Workspace.create(tmp_path, community="Riverbend")
    made.add_team("oak", "Oak")
    made.add_team("elm", "Elm")
    made.add_person("ana", "Ana", "member", ["oak"])
    monkeypatch.setenv("POPHEALTH_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("POPHEALTH_SURFACE", "app")
    return made


def made(team):
    """Make a report in a thread of its own: a browser in this process may hold the loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, requested.report(team)).result()


def test_one_team_gets_one_page_and_everyone_a_zip(workspace):
    page = made("oak")
    assert (page.name, page.mime) == ("oak.html", "text/html")
    assert b"<h1>Oak</h1>" in page.content
    whole = made("")
    assert sorted(zipfile.ZipFile(io.BytesIO(whole.content)).namelist()) == [
        "elm.html",
        "index.html",
        "oak.html",
    ]


def test_nobody_gets_the_report_of_a_team_she_may_not_open(workspace, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "ana")
    with pytest.raises(Problem, match="elm"):
        made("elm")

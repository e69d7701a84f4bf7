"""The notebooks work with plain papermill and plain Voila too, for every kind of team."""

import os
import re
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

import nbformat
import papermill
import pytest

from pophealth.delivery.content import content
from pophealth.delivery.reports import run_reports
from pophealth.workspace.samples import build
from pophealth.workspace.store import Workspace
from tests.delivery import lessons

STEPS = list(lessons.TITLES)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """The sample cohort with one more team that has written nothing."""
    folder = tmp_path_factory.mktemp("cohort")
    build(folder).add_team("nothing-yet", "Nothing Yet")
    return folder


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in [name for name in os.environ if name.startswith("POPHEALTH_")]:
        monkeypatch.delenv(name)


def texts(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            yield from output.get("data", {}).values()


@pytest.mark.parametrize(("team", "steps"), [("prairie-rose", STEPS[::2]), ("nothing-yet", STEPS[1::2])])
def test_plain_papermill_runs_a_step_for_another_team_or_an_empty_one(workspace, tmp_path, team, steps):
    """Each step once, in a kernel of its own; reports run every step for every team."""
    name = Workspace.open(workspace).team(team).name
    for step in steps:
        given = {"team": team, "workspace": str(workspace)}
        out = tmp_path / f"{step}.ipynb"
        papermill.execute_notebook(content("notebooks") / f"{step}.ipynb", out, given, progress_bar=False)
        ran = nbformat.read(out, as_version=4)
        assert any(name in str(text) for text in texts(ran)), step


def test_papermill_on_the_command_line_takes_team_and_workspace(workspace, tmp_path):
    notebook = content("notebooks") / "09_measure.ipynb"
    command = [sys.executable, "-m", "papermill", notebook, tmp_path / "out.ipynb"]
    given = ["-p", "team", "gull-harbor", "-p", "workspace", workspace]
    subprocess.run([*command, *given], check=True, capture_output=True)
    unknown = ["-p", "team", "no-such-team", "-p", "workspace", workspace]
    wrong = subprocess.run([*command, *unknown], check=False, capture_output=True)
    assert wrong.returncode != 0


def test_every_kind_of_team_gets_a_whole_report(workspace, tmp_path):
    table = run_reports(workspace=workspace, out=tmp_path)
    assert table[table["status"].ne("done")][["team", "step", "sentence"]].to_dict("records") == []
    assert len(table) == 9 * len(STEPS)
    pages = {path.stem: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.html")}
    for name, text in pages.items():
        assert not re.search(r"https?://|<script", re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)), name
    names = {team.slug: team.name for team in Workspace.open(workspace).teams()}
    for slug, page in pages.items():
        if slug in names:
            others = [name for other, name in names.items() if other != slug]
            assert not [name for name in others if name in page], slug


@pytest.fixture
def voila(tmp_path):
    """Plain `voila notebooks/`; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "voila", content("notebooks"), "--no-browser", f"--port={port}"]
    server = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield port, server
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def fetched(port, address):
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", address)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_plain_voila_serves_a_step(voila):
    port, server = voila
    deadline = time.monotonic() + 60
    while True:
        assert server.poll() is None
        try:
            page = fetched(port, "/voila/render/09_measure.ipynb")
            break
        except ConnectionError:
            assert time.monotonic() < deadline
            time.sleep(0.3)
    assert "Measure over time" in page
    assert "data:image/svg+xml;base64," in page

"""A small workspace of two teams and small notebooks built like the real ones."""

import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from pophealth.workspace.records import MODELS
from pophealth.workspace.store import Workspace

PARAMETERS = """team: str = ""  # which team
workspace: str = ""  # where words and numbers are kept
as_of: str = ""  # the day to look from"""

SETUP = """from pophealth.views import theme
from pophealth.workspace.store import Workspace

theme.inline_style(False)
book = Workspace.open(workspace).team(team)"""


def tagged(cell, *tags):
    cell.metadata["tags"] = list(tags)
    return cell


def code(source, *tags):
    return tagged(new_code_cell(source), *tags) if tags else new_code_cell(source)


def notebook(*cells, parameters=PARAMETERS):
    head = [
        new_markdown_cell("# Step 9: Measure over time\n\nIs it working?"),
        tagged(new_markdown_cell("INTRO-TEXT"), "intro"),
        code(parameters, "parameters"),
        code(SETUP, "setup"),
        new_markdown_cell("## Look"),
    ]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return new_notebook(cells=[*head, *cells], metadata={"kernelspec": kernel})


@pytest.fixture
def write_notebook(tmp_path):
    """Write a small notebook into a folder of its own and give the folder."""

    def write(*cells, name="09_measure", **options):
        folder = tmp_path / "notebooks"
        folder.mkdir(exist_ok=True)
        nbformat.write(notebook(*cells, **options), folder / f"{name}.ipynb")
        return folder

    return write


@pytest.fixture
def cohort(tmp_path):
    """Two teams, an aim, a coach of the first, and the names of things in angle brackets."""
    folder = tmp_path / "cohort"
    workspace = Workspace.create(folder, community="Riverbend <i>", made_up=True)
    workspace.add_team("gull-harbor", "Gull Harbor <b>")
    workspace.add_team("stone-mill", "Stone Mill")
    workspace.add_person("ana", "Ana Reyes", "member", ("gull-harbor",))
    workspace.add_person("cole", "Cole Park", "coach", ("gull-harbor",))
    aim = MODELS["aim"].draft({"what": "Sleep through the night", "target": "70"})
    workspace.team("gull-harbor").save(aim, based_on=0)
    return Path(folder)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    """No workspace, person or surface is set from outside."""
    for name in [name for name in os.environ if name.startswith("POPHEALTH_")]:
        monkeypatch.delenv(name)

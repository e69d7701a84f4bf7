import json
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from pophealth.delivery import notebooks
from pophealth.delivery.notebooks import difference, made, make, normalised
from pophealth.workspace.errors import Problem

KERNEL = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}, "title": "T"}


@pytest.fixture
def folder(tmp_path):
    """A folder with one notebook whose outputs are not made yet."""
    cells = [
        new_markdown_cell("# Title", id="title"),
        new_code_cell("import os\nprint('one')\nprint('two')", id="a", metadata={"tags": ["setup"]}),
        new_code_cell("sorted(name for name in os.environ if name.startswith('POPHEALTH'))", id="b"),
        new_code_cell("import ipywidgets\nipywidgets.Text('typed')", id="c", metadata={"tags": ["form"]}),
    ]
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), tmp_path / "01_small.ipynb")
    return tmp_path


def test_outputs_are_made_once_and_the_same_again(folder, monkeypatch):
    monkeypatch.setenv("POPHEALTH_WORKSPACE", "somewhere")
    assert [name for name, where in make(folder) if where] == ["01_small.ipynb"]
    text = (folder / "01_small.ipynb").read_text()
    assert list(make(folder, check=True)) == [("01_small.ipynb", "")]
    notebook = json.loads(text)
    assert text.endswith("}\n")
    assert set(notebook["metadata"]) == {"kernelspec", "title"}
    assert [cell.get("execution_count") for cell in notebook["cells"]] == [None, 1, 2, 3]
    assert [cell["metadata"] for cell in notebook["cells"]] == [
        {},
        {"tags": ["setup"]},
        {},
        {"tags": ["form"]},
    ]
    assert [len(cell.get("outputs", ())) for cell in notebook["cells"]] == [0, 1, 1, 0]
    assert notebook["cells"][2]["outputs"][0]["data"]["text/plain"] == ["[]"]
    assert "model_id" not in text


def test_a_check_writes_nothing_and_names_the_first_cell_that_differs(folder):
    path = folder / "01_small.ipynb"
    path.write_text(made(path).replace('"two\\n"', '"three\\n"'))
    before = path.read_bytes()
    ((name, where),) = make(folder, check=True)
    assert name == "01_small.ipynb"
    assert where == "cell 1 (outputs): import os"
    assert path.read_bytes() == before


def test_a_cell_that_stops_is_said(tmp_path):
    path = tmp_path / "01_small.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0", id="a")], metadata=KERNEL), path)
    with pytest.raises(Problem, match=r"01_small\.ipynb stops: ZeroDivisionError"):
        made(path)


def test_normalising_changes_nothing_given_and_is_done_once():
    view = new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {"model_id": "x"}})
    shown = new_output("execute_result", data={"text/plain": "1"}, execution_count=7)
    cell = new_code_cell("1", id="a", execution_count=7, outputs=[view, shown])
    cell.metadata.execution = {"iopub.status.busy": "2020"}
    machine = {"language_info": {"name": "python", "version": "3.11"}, "widgets": {}}
    given = new_notebook(cells=[cell], metadata=KERNEL | machine)
    before = nbformat.writes(given)
    once = normalised(given)
    assert nbformat.writes(given) == before
    assert nbformat.writes(normalised(once)) == nbformat.writes(once)
    assert once.cells[0].execution_count == once.cells[0].outputs[0].execution_count == 1
    assert "2020" not in nbformat.writes(once)


def test_a_missing_cell_is_a_difference():
    cells = [new_code_cell("1", id="a"), new_code_cell("2", id="b")]
    one, two = (nbformat.writes(new_notebook(cells=cells[:count])) for count in (1, 2))
    assert difference(one, two) == "its number of cells"


@pytest.mark.parametrize(("results", "status"), [([("a", "")], 0), ([("a", ""), ("b", "cell 1")], 1)])
def test_the_command_ends_with_1_when_a_check_fails(monkeypatch, capsys, results, status):
    monkeypatch.setattr(sys, "argv", ["notebooks", "--check"])
    monkeypatch.setattr(notebooks, "make", lambda check: iter(results))
    with pytest.raises(SystemExit) as ended:
        notebooks.main()
    assert ended.value.code == status
    assert ("differs" in capsys.readouterr().out) == bool(status)

"""Every notebook is built the same way, so that one file serves Lab, the app and reports."""

import ast
import re

import nbformat
import pytest

from pophealth.delivery.content import notebook_files
from tests.delivery import lessons

PATHS = notebook_files()
KNOWN_TAGS = {
    "intro",
    "parameters",
    "setup",
    "form",
    "record",
    "exercise",
    "closing",
    "nbval-check-output",
    "nbval-ignore-output",
}
APART = {"form", "record", "exercise"}
PARAMETERS = ["team", "workspace", "as_of"]
CASES = [pytest.param(path, id=path.stem) for path in PATHS]


def read(path):
    return nbformat.read(path, as_version=4)


def tags(cell):
    return set(cell.metadata.get("tags", ()))


def tagged(notebook, tag):
    return [cell for cell in notebook.cells if tag in tags(cell)]


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def names(cell, kind):
    nodes = ast.walk(ast.parse(cell.source))
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, kind)}


def test_there_are_notebooks():
    assert {path.stem for path in PATHS} == set(lessons.STEMS)


@pytest.mark.parametrize("path", CASES)
def test_first_cell_is_the_title_and_one_question_or_sentence(path):
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# \S.+\n\n\S", first.source)
    assert not tags(first)


@pytest.mark.parametrize("path", CASES)
def test_a_part_begins_with_its_own_cell(path):
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            assert "\n## " not in cell.source, "the page folds parts cell by cell"


@pytest.mark.parametrize("path", CASES)
def test_only_known_tags(path):
    for cell in read(path).cells:
        assert tags(cell) <= KNOWN_TAGS, cell.source


@pytest.mark.parametrize("path", CASES)
def test_metadata_is_bare(path):
    notebook = read(path)
    assert set(notebook.metadata) <= {"kernelspec", "lang", "title"}
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags"}


@pytest.mark.parametrize("path", CASES)
def test_parameters_are_three_empty_texts_with_a_comment_each(path):
    (cell,) = tagged(read(path), "parameters")
    written = cell.source.splitlines()
    assert [line.split(":")[0] for line in written] == PARAMETERS
    for line in written:
        assert re.fullmatch(r'\w+: str = ""  # \S.+', line)


@pytest.mark.parametrize("path", CASES)
def test_setup_is_short_and_prints_nothing(path):
    (cell,) = tagged(read(path), "setup")
    assert len(lines(cell)) <= 8
    assert not cell.outputs
    assert "open_workbook(" in cell.source


@pytest.mark.parametrize("path", CASES)
def test_parameters_come_before_setup_and_setup_before_all_other_code(path):
    order = [tags(cell) & {"parameters", "setup"} for cell in code(read(path))]
    assert order[:2] == [{"parameters"}, {"setup"}]
    assert not any(order[2:])


@pytest.mark.parametrize("path", CASES)
def test_why_it_matters_is_told_in_at_most_120_words(path):
    texts = [cell.source for cell in read(path).cells if cell.cell_type == "markdown"]
    (why,) = [text for text in texts if text.startswith("## Why it matters")]
    assert 10 <= len(re.findall(r"[\w’'-]+", why.split("\n", 1)[1])) <= 120


@pytest.mark.parametrize("path", CASES)
def test_code_cells_read_as_lessons(path):
    for cell in code(read(path)):
        assert len(lines(cell)) <= 12, cell.source
        assert max(map(len, lines(cell)), default=0) <= 110, cell.source


@pytest.mark.parametrize("path", CASES)
def test_cells_ran_once_in_order(path):
    ran = [cell.execution_count for cell in code(read(path)) if cell.source.strip()]
    assert ran == list(range(1, len(ran) + 1))


@pytest.mark.parametrize("path", CASES)
def test_no_cell_needs_a_form_a_record_or_an_exercise(path):
    notebook = read(path)
    apart = [cell for cell in code(notebook) if tags(cell) & APART]
    others = [cell for cell in code(notebook) if not tags(cell) & APART]
    only_there = set().union(*(names(cell, ast.Store) for cell in apart))
    kept = set().union(*(names(cell, ast.Store) for cell in others))
    used = set().union(*(names(cell, ast.Load) for cell in others))
    assert not used & (only_there - kept)


@pytest.mark.parametrize("path", CASES)
def test_exercises_do_not_rename_what_later_cells_use(path):
    after_apart = set()
    for cell in code(read(path)):
        if tags(cell) & APART:
            after_apart |= names(cell, ast.Store)
        else:
            assert not (names(cell, ast.Load) - names(cell, ast.Store)) & after_apart, cell.source
            after_apart -= names(cell, ast.Store)


@pytest.mark.parametrize("path", CASES)
def test_the_notebook_never_asks_where_it_runs(path):
    for cell in code(read(path)):
        assert not re.search(r"\bsurface\b|POPHEALTH_|os\.environ|getenv", cell.source)


@pytest.mark.parametrize("path", CASES)
def test_text_and_code_take_turns(path):
    """Text says what to look for before a chart comes; never three pieces of code in a row."""
    cells = [cell for cell in read(path).cells if not tags(cell) & (APART | {"parameters", "setup"})]
    kinds = "".join(cell.cell_type[0] for cell in cells)
    assert "mc" in kinds
    assert "ccc" not in kinds

"""Each step asks little: six fields and ten minutes are enough for "done"; the rest says it can wait."""

import re
from itertools import accumulate

import nbformat
import pytest

from pophealth.delivery.content import content
from pophealth.workspace.records import MODELS
from pophealth.workspace.steps import STEPS

MOST_FIELDS = 6
MOST_MINUTES = 10
MORE = "More, when you need it"
MINUTES = {"five": 5, "ten": 10}
each_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)


def core(kind):
    return [field.name for field in MODELS[kind].fields() if field.core]


def cells(step):
    return nbformat.read(content("notebooks") / f"{step.notebook}.ipynb", as_version=4).cells


def section(above, cell):
    """The last heading of a section; the headings below it belong to it."""
    found = re.findall(r"^## (.+)$", cell.source, flags=re.MULTILINE) if cell.cell_type == "markdown" else []
    return found[-1] if found else above


def asked(step):
    """Each form of a step, with the section it stands in."""
    every = cells(step)
    sections = accumulate(every, section, initial="")
    forms = [
        (re.findall(r'book\.form\("(\w+)"', cell.source), head)
        for cell, head in zip(every, list(sections)[1:], strict=True)
    ]
    return [(kind, head) for kinds, head in forms for kind in kinds]


@each_step
def test_what_a_step_needs_takes_at_most_six_fields(step):
    assert 1 <= sum(len(core(need.kind)) for need in step.needs) <= MOST_FIELDS


@each_step
def test_what_a_step_asks_before_more_is_what_it_needs_and_at_most_six_fields(step):
    first = {kind for kind, head in asked(step) if not head.startswith(MORE)}
    assert first >= {need.kind for need in step.needs}
    assert sum(len(core(kind)) for kind in first) <= MOST_FIELDS, first


@each_step
def test_no_form_of_a_step_asks_for_more_than_six_things_at_once(step):
    for kind, _ in asked(step):
        assert core(kind)
        assert len(core(kind)) <= MOST_FIELDS, kind


@each_step
def test_the_notebook_says_that_the_core_takes_at_most_ten_minutes(step):
    (intro,) = [cell.source for cell in cells(step) if cell.source.startswith("- About ")]
    about, short = re.match(r"- About (\d+) minutes; the short way takes (\w+): \w+", intro).groups()
    assert int(about) == step.minutes
    assert MINUTES[short] <= MOST_MINUTES < step.minutes

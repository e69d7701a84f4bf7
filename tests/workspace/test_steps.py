"""The ten steps as data, and how far a team has come."""

from pathlib import Path

import pytest

from pophealth.workspace.records import MODELS, Measure, Rating
from pophealth.workspace.steps import BY_SLUG, PHASES, STEPS, status

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SLUGS = ["gather", "standing", "align", "matters", "focus", "aim", "drivers", "test", "measure", "sustain"]


def test_ten_steps_in_order_under_three_phases():
    assert [step.slug for step in STEPS] == SLUGS
    assert [step.number for step in STEPS] == list(range(1, 11))
    assert [PHASES.index(step.phase) for step in STEPS] == [0] * 4 + [1] * 3 + [2] * 3


@pytest.mark.parametrize("step", STEPS, ids=SLUGS)
def test_a_step_says_what_it_needs_and_asks_for_little_time(step):
    assert step.question.endswith("?")
    assert 10 <= step.minutes <= 60
    assert all(need.kind in MODELS for need in step.needs)


@pytest.mark.parametrize("step", [step for step in STEPS if step.notebook], ids=lambda step: step.slug)
def test_a_linked_notebook_exists_under_its_number_and_slug(step):
    assert step.notebook == f"{step.number:02d}_{step.slug}"
    assert (NOTEBOOKS / f"{step.notebook}.ipynb").is_file()


def test_every_step_notebook_is_linked():
    assert {path.stem for path in NOTEBOOKS.glob("[0-9]*.ipynb")} == {step.notebook for step in STEPS} - {
        None
    }


def test_an_empty_team_has_started_nothing():
    assert set(status({}).values()) == {"not started"}


def test_a_half_filled_record_is_in_progress_and_enough_complete_ones_are_done():
    whole = Rating(rater="oak", role="nurse", answers={"equity-1": 2})
    assert status({"rating": [Rating(rater="oak")]})["standing"] == "in progress"
    assert status({"rating": [whole] * 2})["standing"] == "in progress"
    assert status({"rating": [whole] * 3})["standing"] == "done"


def test_measuring_needs_numbers_too():
    measure = Measure(name="a", numerator="b", denominator="c", better="higher", chart="p", family="outcome")
    assert status({"measure": [measure]})["measure"] == "in progress"
    assert status({}, has_counts=True)["measure"] == "in progress"
    assert status({"measure": [measure]}, has_counts=True)["measure"] == "done"
    assert BY_SLUG["measure"].notebook == "09_measure"

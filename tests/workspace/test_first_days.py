"""The first 30 days: ticked by what is there, open while a team is young or has done little."""

from datetime import UTC, date, datetime

import pytest

from pophealth.workspace import first_days, parts
from pophealth.workspace.entries import Trace
from pophealth.workspace.records import MODELS
from pophealth.workspace.steps import BY_SLUG, NEEDED, STEPS

DAY, TODAY = datetime(2021, 5, 1, tzinfo=UTC), date(2021, 5, 20)


def present(**counts):
    return {kind: [Trace(True, DAY)] * count for kind, count in counts.items()}


ALL = present(charter=1, member=3, calendar=1, rating=3, agreed=1, stakeholder=3, theme=1, focus=1, test=1)


def test_every_task_names_a_step_and_kinds_that_exist():
    for task in first_days.TASKS:
        assert task.step in BY_SLUG
        assert set(task.kinds) <= set(MODELS)
        hidden = [kind for kind in task.kinds if MODELS[kind].private and not MODELS[kind].confidential]
        assert set(hidden) <= NEEDED
    assert {task.week for task in first_days.TASKS} == set(first_days.WEEKS)


def test_what_is_written_ticks_itself():
    found = first_days.tasks(present(member=2, charter=1) | {"focus": [Trace(False, DAY)]})
    assert [one.task.kinds[0] for one in found if one.done] == ["charter"]
    assert all(one.done for one in first_days.tasks(ALL))


@pytest.mark.parametrize(
    ("there", "begun", "steps_done", "is_open"),
    [
        ({}, None, 0, True),
        (present(charter=1), DAY, 9, True),
        (present(charter=1), datetime(2021, 1, 5, tzinfo=UTC), 3, True),
        (present(charter=1), datetime(2021, 1, 5, tzinfo=UTC), 4, False),
        (ALL, DAY, 0, False),
    ],
)
def test_the_list_folds_when_it_is_done_or_the_team_is_far(there, begun, steps_done, is_open):
    found = first_days.tasks(there)
    assert first_days.is_open(found, begun=begun, steps_done=steps_done, as_of=TODAY) is is_open


def test_it_says_how_much_is_done_and_which_week_it_is():
    some = first_days.tasks(present(charter=1))
    assert first_days.says(some, begun=DAY, as_of=TODAY) == "1 of 9 things are done. You are in week 3."
    assert first_days.says(some, begun=DAY, as_of=date(2021, 9, 1)) == "1 of 9 things are done."
    assert first_days.says(first_days.tasks(ALL), begun=DAY, as_of=TODAY) == "all 9 things are done."


def test_each_step_belongs_to_one_part_of_the_method():
    placed = [step.slug for part in parts.PARTS for step in part.steps]
    assert sorted(placed) == sorted(step.slug for step in STEPS)
    assert len(parts.PARTS) == 4

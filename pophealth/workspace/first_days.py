"""The first 30 days of a team: a short list that ticks itself from what the team has written."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

YOUNG_DAYS = 60
FEW_STEPS = 4


class Task(NamedTuple):
    """One thing to do: in which week, what, in which step, and which records show that it is done."""

    week: int
    what: str
    step: str
    kinds: tuple[str, ...]
    at_least: int = 1


class Done(NamedTuple):
    """A task with whether it is done."""

    task: Task
    done: bool


WEEKS = {1: "Find each other", 2: "See where you stand", 3: "Go and listen", 4: "Try one thing"}
TASKS = (
    Task(1, "Write down in one sentence why you do this.", "gather", ("charter",)),
    Task(
        1,
        "Name three people: from care, from the place, and one who lives with it.",
        "gather",
        ("member",),
        3,
    ),
    Task(1, "Choose the first day of your calendar.", "gather", ("calendar", "event")),
    Task(2, "Let three people say alone where you stand.", "standing", ("rating",), 3),
    Task(
        2, "Talk about what you see differently, and write down what you agree on.", "standing", ("agreed",)
    ),
    Task(3, "Write down three partners or groups.", "matters", ("stakeholder",), 3),
    Task(3, "Ask one person what matters most, and listen.", "matters", ("theme", "conversation")),
    Task(4, "Choose the group you begin with.", "focus", ("focus",)),
    Task(4, "Try one thing with one person. Write down your guess first.", "test", ("test",)),
)


def tasks(present: Mapping[str, Sequence[Any]]) -> tuple[Done, ...]:
    """Tick the tasks that a team has done.

    Parameters
    ----------
    present : mapping of str to sequence
        Traces or records of the team by kind; each knows whether it is complete.

    Returns
    -------
    tuple of Done
        In the order of the weeks.

    Examples
    --------
    >>> from pophealth.workspace.records import Agreed
    >>> sum(one.done for one in tasks({"agreed": [Agreed(well="a", not_yet="b", next="c")]}))
    1
    """
    return tuple(Done(task, _complete(task, present) >= task.at_least) for task in TASKS)


def is_open(found: Sequence[Done], *, begun: datetime | None, steps_done: int, as_of: date) -> bool:
    """Say whether the list still stands open on the page; later it is folded away.

    Parameters
    ----------
    found : sequence of Done
        From `tasks`.
    begun : datetime or None
        When the team first wrote something; None when it has not.
    steps_done : int
        Steps of the path that are done.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    bool
        True while something is open and the team is young or has done few steps.

    Examples
    --------
    >>> is_open(tasks({}), begun=None, steps_done=0, as_of=date(2021, 6, 30))
    True
    """
    if all(one.done for one in found):
        return False
    young = begun is None or (as_of - begun.date()).days < YOUNG_DAYS
    return young or steps_done < FEW_STEPS


def says(found: Sequence[Done], *, begun: datetime | None, as_of: date) -> str:
    """Say how much is done, and which week the team is in.

    Parameters
    ----------
    found : sequence of Done
        From `tasks`.
    begun : datetime or None
        When the team first wrote something.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> says(tasks({}), begun=None, as_of=date(2021, 6, 30))
    'nine small things, two or three a week. What you write ticks them.'
    """
    done = sum(one.done for one in found)
    if begun is None and not done:
        return "nine small things, two or three a week. What you write ticks them."
    if done == len(found):
        return f"all {done} things are done."
    week = (as_of - begun.date()).days // 7 + 1 if begun else 1
    where = f" You are in week {week}." if week <= len(WEEKS) else ""
    return f"{done} of {len(found)} things are done.{where}"


def _complete(task: Task, present: Mapping[str, Sequence[Any]]) -> int:
    return sum(one.complete for kind in task.kinds for one in present.get(kind, ()))

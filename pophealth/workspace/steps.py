"""The ten steps of the path, as data, and how far a team has come on each.

It follows the ten-step path of the Pathways to Population Health Getting Started Guide in our own words.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pophealth.workspace.record import Record

PHASES = ("Build will", "Choose what to work on", "Make it happen")
STATUSES = ("not started", "in progress", "done")


class Need(NamedTuple):
    """A kind of record a step needs, and how many complete ones make it done."""

    kind: str
    at_least: int = 1


class Step(NamedTuple):
    """One step: what it asks, who should be there, and what a team takes away."""

    number: int
    slug: str
    phase: str
    title: str
    short: str
    question: str
    minutes: int
    bring: tuple[str, ...]
    leave_with: tuple[str, ...]
    needs: tuple[Need, ...]
    notebook: str | None = None


STEPS: tuple[Step, ...] = (
    Step(
        1,
        "gather",
        PHASES[0],
        "Gather the team",
        "Gather",
        "Who is in this with us, and why?",
        40,
        ("a leader who can clear the way", "someone who lives with what you want to change"),
        ("a team from three sides", "a purpose in your own words"),
        (Need("charter"), Need("member", 3)),
        "01_gather",
    ),
    Step(
        2,
        "standing",
        PHASES[0],
        "See where we stand",
        "Standing",
        "What do we already do well, and where not yet?",
        45,
        ("at least three people with different views",),
        ("a shared picture of today", "three things to do next"),
        (Need("rating", 3),),
        "02_standing",
    ),
    Step(
        3,
        "align",
        PHASES[0],
        "Align our priorities",
        "Align",
        "What have we already promised?",
        40,
        ("someone who knows the strategy", "someone who knows the budget"),
        ("one list of promises", "something you can stop"),
        (Need("priority"),),
        "03_align",
    ),
    Step(
        4,
        "matters",
        PHASES[0],
        "Learn what matters",
        "Matters",
        "What matters most to the people and partners here?",
        60,
        ("a resident", "a community health worker"),
        ("themes in people's own words", "partners to call"),
        (Need("stakeholder", 3),),
        "04_matters",
    ),
    Step(
        5,
        "focus",
        PHASES[1],
        "Choose whom to focus on",
        "Focus",
        "Who is not thriving?",
        60,
        ("the data lead", "someone from the group itself"),
        ("one to three groups, with reasons",),
        (Need("focus"),),
        "05_focus",
    ),
    Step(
        6,
        "aim",
        PHASES[1],
        "Choose outcomes and set the aim",
        "Aim",
        "What will be better, by how much, by when, for whom, and where?",
        45,
        ("the sponsor", "someone from the group you chose"),
        ("one aim in one sentence", "an aim for the group left behind"),
        (Need("aim"),),
        "06_aim",
    ),
    Step(
        7,
        "drivers",
        PHASES[1],
        "Map drivers and pick changes",
        "Drivers",
        "What would have to change, and what do we try first?",
        60,
        ("people who do the work", "people who use the service"),
        ("a driver diagram", "a short list of ideas"),
        (Need("driver", 3),),
        "07_drivers",
    ),
    Step(
        8,
        "test",
        PHASES[2],
        "Test changes",
        "Test",
        "What happens when we try it small?",
        30,
        ("the person who will try it",),
        ("one test with a prediction", "what you learned"),
        (Need("test"),),
        "08_test",
    ),
    Step(
        9,
        "measure",
        PHASES[2],
        "Measure over time",
        "Measure",
        "Is it better, for whom, and is the gap closing?",
        40,
        ("the data lead", "someone with lived experience", "a frontline partner"),
        ("charts you can trust", "one decision"),
        (Need("measure"),),
        "09_measure",
    ),
    Step(
        10,
        "sustain",
        PHASES[2],
        "Sustain, spread and share",
        "Sustain",
        "How does it last, reach further, and what did we learn?",
        45,
        ("the sponsor", "a team that could be next"),
        ("a plan to hold the gain", "your story on one page"),
        (Need("storyboard"),),
        "10_sustain",
    ),
)

BY_SLUG = {step.slug: step for step in STEPS}
NEEDED = frozenset(need.kind for step in STEPS for need in step.needs)


def status(present: Mapping[str, Sequence[Record]], *, has_counts: bool = False) -> dict[str, str]:
    """Say how far a team has come on each step.

    A step is done when every kind of record it needs is there, complete, and often enough; it is in progress
    when something is there. Measuring over time also needs numbers.

    Parameters
    ----------
    present : mapping of str to sequence of Record
        What the team has written, by kind.
    has_counts : bool
        Whether the team has brought numbers.

    Returns
    -------
    dict
        Slug of each step with "not started", "in progress" or "done".

    Examples
    --------
    >>> from pophealth.workspace.records import Storyboard
    >>> status({"storyboard": [Storyboard(headline="It holds")]})["sustain"]
    'in progress'
    """
    return {step.slug: _status(step, present, has_counts) for step in STEPS}


def _status(step: Step, present: Mapping[str, Sequence[Record]], has_counts: bool) -> str:
    numbers = step.slug == "measure"
    started = any(present.get(need.kind) for need in step.needs) or (numbers and has_counts)
    enough = all(_complete(present.get(need.kind, ())) >= need.at_least for need in step.needs)
    if enough and (has_counts or not numbers):
        return "done"
    return "in progress" if started else "not started"


def _complete(records: Sequence[Record]) -> int:
    return sum(record.complete for record in records)

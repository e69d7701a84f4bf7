"""The four parts of the improvement method, and the steps that belong to each."""

from typing import NamedTuple

from pophealth.workspace.steps import BY_SLUG, Step


class Part(NamedTuple):
    """One part: its name, what it is about in one sentence, and its steps."""

    name: str
    about: str
    steps: tuple[Step, ...]


def _part(name: str, about: str, *slugs: str) -> Part:
    return Part(name, about, tuple(BY_SLUG[slug] for slug in slugs))


PARTS = (
    _part(
        "Define the system",
        "Who is in it, what is there already, and who is not thriving.",
        *("gather", "standing", "align", "matters", "focus"),
    ),
    _part("Shared aims and work", "What will be better for whom, and what has to change.", "aim", "drivers"),
    _part("Measure over time", "Whether it gets better, for whom, and whether it lasts.", "measure"),
    _part("Change happens", "Small tries, what they teach, and how they spread.", "test", "sustain"),
)
"""A step belongs to one part; the order is that of the method, the numbers are those of the path."""

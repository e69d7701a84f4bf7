"""How each person in a team is doing, once a month: five taps.

What is asked about follows the five domains of the psychology of change, in our own words.
"""

from typing import ClassVar, NamedTuple

from pophealth.workspace.fields import Month, Taps, Text, marks, month, words
from pophealth.workspace.record import Record


class Domain(NamedTuple):
    """One of the five: what a chart calls it, what a person is asked, what it means, what a team could do."""

    name: str
    statement: str
    means: str
    ideas: tuple[str, str]


DOMAINS = {
    "drive": Domain(
        "inner drive",
        "This month I worked on something that I care about.",
        "People change what matters to them. Nobody can be pushed for long.",
        (
            "Open the next meeting with one question: why does this matter to you? Two minutes each.",
            "Let people swap tasks, so that each has one she would do even if nobody asked.",
        ),
    ),
    "shape": Domain(
        "shaping it together",
        "The people it is for helped to shape what we do.",
        "A change lasts when those who live with it had a hand in it.",
        (
            "Show your next idea to two people it is for, before it is finished, and change one thing.",
            "Move one meeting to a place and an hour that suit them, and pay for their time.",
        ),
    ),
    "bonds": Domain(
        "honest talk",
        "We were honest with each other, also about what went wrong.",
        "Work goes as fast as people can be open with each other, as equals.",
        (
            "Let the person with the most say begin by telling what she got wrong this month.",
            "Have coffee in pairs who have not talked alone yet. No agenda.",
        ),
    ),
    "power": Domain(
        "shared power",
        "I could decide what was mine to decide.",
        "Those who know the work and those who live with it decide, not just those at the top.",
        (
            "List the last five decisions and who made them. Give the next one away.",
            "Agree on what a tester may change by herself, without asking anybody.",
        ),
    ),
    "learn": Domain(
        "learning as we go",
        "We tried something, learned from it, and changed our plan.",
        "Nobody gets it right at first. Small tries show the way.",
        (
            "Choose one test so small that one person can do it by next Tuesday.",
            "Keep ten minutes of each meeting for one thing that surprised you.",
        ),
    ),
}
STATEMENTS = tuple((name, domain.statement) for name, domain in DOMAINS.items())
LEVELS = ((1, "1 not at all"), (2, "2 a little"), (3, "3 in part"), (4, "4 mostly"), (5, "5 fully"))


class Pulse(Record):
    """How one person lived a month in the team; nobody but this person ever reads it."""

    kind: ClassVar[str] = "pulse"
    title: ClassVar[str] = "Pulse"
    plural: ClassVar[str] = "Monthly pulse"
    help: ClassVar[str] = (
        "Each person taps alone, two minutes a month. Nobody else can read an answer. "
        "Figures are shown from three answers on, once the month is over."
    )
    step: ClassVar[str] = "sustain"
    many: ClassVar[bool] = True
    private: ClassVar[bool] = True
    anonymous: ClassVar[bool] = True

    code: Text = words("Your code", "Any short word you will know again. No name.", core=True)
    round: Month = month("Month", "The month you look back on.", core=True)
    taps: Taps = marks("Five taps", "How true was it for you this month?", STATEMENTS, LEVELS, core=True)

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of what is still empty; an answer is whole with all five taps."""
        label = "Five taps"
        short = [label] if self.taps and set(DOMAINS) - set(self.taps) else []
        return (*super().missing, *short)

    @property
    def summary(self) -> str:
        """The code, and the month."""
        return f"{self.code or self.title}{f', {self.round:%B %Y}' if self.round else ''}"

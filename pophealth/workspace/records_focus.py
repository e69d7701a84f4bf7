"""What a team writes to choose whom to focus on: step 5."""

import re
from typing import ClassVar

from pophealth.workspace.fields import (
    Day,
    Month,
    Number,
    Text,
    YesNo,
    choice,
    day,
    month,
    number,
    story,
    words,
    yes_no,
)
from pophealth.workspace.record import Record

PILLARS = {
    "behavior": "behavior: what people do each day",
    "place and community": "place and community: streets, homes, neighbors",
    "integrated care": "integrated care: services that work as one",
    "wider determinants": "wider determinants: money, work, school, rights",
}
"""The four pillars of a population's health, as `stats.segments.pillars` names them."""

_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<!\d)(?:\d[ ().-]{0,2}){9,}\d(?!\d)|\b\d{3}-\d{4}\b")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Señora?|Don|Doña)\.?\s+[A-Z]\w+")
_RUNGS = re.compile(r"(\d{1,2}|-)[ \t,/]+(\d{1,2}|-)")


def _says(who: str) -> dict[str, str]:
    """List what a source can say about a cause, in words that stand by themselves."""
    return {
        "supports": f"{who} support it",
        "contradicts": f"{who} say the opposite",
        "silent": f"{who} are silent on it",
    }


class Ladder(Record):
    """What one group answered to the two ladder questions in one month."""

    kind: ClassVar[str] = "ladder"
    title: ClassVar[str] = "Round of ladder answers"
    plural: ClassVar[str] = "Rounds of ladder answers"
    help: ClassVar[str] = (
        "Think of a ladder from 0, the worst life for you, to 10, the best. On which step are you today? "
        "On which step will you be in about five years? Only the team sees the answers."
    )
    step: ClassVar[str] = "focus"
    many: ClassVar[bool] = True
    private: ClassVar[bool] = True
    confidential: ClassVar[bool] = True

    group: Text = words("Who answered", "The group, as in your counts, such as Spanish.", core=True)
    month: Month = month("Month", "The month in which you asked.", core=True)
    invited: Number = number("How many were asked", "Also those who did not answer.", core=True)
    answers: Text = story(
        "Their answers",
        "One line a person: the step today and the step in five years, such as 6 8. A dash for a blank.",
        core=True,
    )

    def check(self) -> dict[str, str]:
        """Read every line, and hold the answers against the people who were asked."""
        for place, line in enumerate(self.lines, start=1):
            if not _steps(line):
                said = line if len(line) <= 30 else f"{line[:29]}…"
                return {
                    "answers": f"Line {place}, “{said}”, is not two steps from 0 to 10. Write it like 6 8."
                }
        if self.invited is not None and (self.invited % 1 or self.invited < len(self.lines)):
            return {"invited": f"Write a whole number that is at least the {len(self.lines)} who answered."}
        return {}

    @property
    def lines(self) -> list[str]:
        """The answers as they were typed, one a line."""
        return [line.strip() for line in self.answers.splitlines() if line.strip()]

    @property
    def pairs(self) -> list[tuple[int | None, int | None]]:
        """The step today and the step in five years of each answer that can be read; None for a blank.

        Examples
        --------
        >>> Ladder(answers="3 -").pairs
        [(3, None)]
        """
        return [pair for line in self.lines for pair in _steps(line)]

    @property
    def summary(self) -> str:
        """Who answered, and when."""
        return f"{self.group or self.title}{f', {self.month:%B %Y}' if self.month else ''}"


class Staff(Record):
    """What a care team says about whom it serves badly, and what helps."""

    kind: ClassVar[str] = "staff"
    title: ClassVar[str] = "Word from a care team"
    plural: ClassVar[str] = "Words from care teams"
    help: ClassVar[str] = "Ask those who meet people each day. Write roles, never names."
    step: ClassVar[str] = "focus"
    many: ClassVar[bool] = True

    role: Text = words("Who says it", "A role, such as nurses of the evening clinic.", core=True)
    month: Month = month("Month", "The month in which you asked.", core=True)
    themes: Text = words(
        "What it is about", "A few words, with commas between. Use the same words each time.", core=True
    )
    missed: Text = story("Whom we serve badly today", "Which people, and how it shows.", core=True)
    obstacle: Text = story("What stands in the way", "The biggest thing, not all of them.", core=True)
    helps: Text = story("What already helps", "A person, a place, a habit you could build on.", core=True)

    def check(self) -> dict[str, str]:
        """Ask again where a name or a number of a person may stand."""
        return _nobody_named(missed=self.missed, obstacle=self.obstacle, helps=self.helps)


class Conversation(Record):
    """One talk with one person, told so that nobody can tell who it was."""

    kind: ClassVar[str] = "conversation"
    title: ClassVar[str] = "Conversation"
    plural: ClassVar[str] = "Conversations"
    help: ClassVar[str] = (
        "Ten to fifteen talks with people of the group. Ask first if you may write it down. Write no names, "
        "no street, no day. Only the team and its coach can read it."
    )
    step: ClassVar[str] = "focus"
    many: ClassVar[bool] = True
    private: ClassVar[bool] = True
    confidential: ClassVar[bool] = True
    anonymous: ClassVar[bool] = True

    segment: Text = words("Who, as a group", "The group, never the person.", core=True)
    month: Month = month("Month", "The month is enough.", core=True)
    consent: YesNo = yes_no(
        "They agreed that we write this down", "Without a yes, nothing of this talk is used.", core=True
    )
    themes: Text = words(
        "What it was about", "A few words, with commas between. Use the same words each time.", core=True
    )
    matters: Text = story("What matters, as it was said", "Their words, without names.", core=True)
    helps: Text = story("What would help", "What they say would make it easier.", core=True)
    obstacle: Text = story("What stands in the way", "As they see it.")
    strength: Text = story("What is good already", "What carries them: people, places, habits.")
    thanked: Text = words("How they were thanked", "Such as a gift card or a meal. Time has a price.")

    def check(self) -> dict[str, str]:
        """Ask again where a name or a number of a person may stand."""
        texts = {name: getattr(self, name) for name in ("matters", "helps", "obstacle", "strength")}
        return _nobody_named(**texts)

    @property
    def summary(self) -> str:
        """What it was about; who it was with is the group's name and no more."""
        return self.themes or self.segment or self.title


class Cause(Record):
    """Something that may lie behind the gap, and what each of three sources says about it."""

    kind: ClassVar[str] = "cause"
    title: ClassVar[str] = "Possible cause"
    plural: ClassVar[str] = "Possible causes"
    help: ClassVar[str] = "What may lie behind it, held against numbers, care teams and people themselves."
    step: ClassVar[str] = "focus"
    many: ClassVar[bool] = True

    cause: Text = words(
        "What may lie behind it",
        "A condition, never a fault of people, such as calls in English only.",
        core=True,
    )
    pillar: Text = choice("Where it lies", "In which of the four pillars of health.", PILLARS, core=True)
    numbers: Text = choice("The numbers", "What your counts say.", _says("the numbers"), core=True)
    staff: Text = choice("Care teams", "What they say about it.", _says("care teams"), core=True)
    people: Text = choice("People themselves", "What they say about it.", _says("people"), core=True)
    segment: Text = words("For which group", "As you call it above.")
    because: Text = story("How you know", "Which number, who said it, and where they differ.")
    asset: Text = words("Strength that could help", "The name of a strength from step 4.")


class Focus(Record):
    """A group of people the team has chosen to work with first."""

    kind: ClassVar[str] = "focus"
    title: ClassVar[str] = "Group to focus on"
    plural: ClassVar[str] = "Groups to focus on"
    help: ClassVar[str] = "One to three groups who are not thriving, and why you chose them."
    step: ClassVar[str] = "focus"
    many: ClassVar[bool] = True

    group: Text = words("Who", "The people, and where they live.", core=True)
    reason: Text = story("Why they come first", "What numbers, staff and people themselves say.", core=True)
    measure: Text = words("Measure", "The short name of the measure that shows it.")
    stratifier: Text = words("Split by", "The column that splits people into groups, such as language.")
    stratum: Text = words("Group in the data", "As it is written in your file, such as Spanish.")
    reference: Text = words("Compared with", "The group you compare with, such as English.")
    picked_from: Month = month("Chosen by numbers from", "The first month of the numbers you chose by.")
    picked_to: Month = month("Chosen by numbers to", "The last month of the numbers you chose by.")
    cause: Text = words("What lies behind it", "The cause you will work on first.")
    asset: Text = words("What you build on", "A strength of these people or of this place.")
    chosen_with: Text = words("Chosen together with", "Who of the group itself had a say. Roles, no names.")
    decided_on: Day = day("Decided on", "The day you decided.")
    later: Text = story("Who waits, and why", "Groups you leave for later, so that nobody is forgotten.")

    def check(self) -> dict[str, str]:
        """Hold the two months against each other."""
        if self.picked_from and self.picked_to and self.picked_to < self.picked_from:
            return {"picked_to": "These numbers end before they begin. Check both months."}
        return {}


def _steps(line: str) -> list[tuple[int | None, int | None]]:
    """Read one line of answers; an empty list when it is not two steps from 0 to 10."""
    found = _RUNGS.fullmatch(line)
    if not found:
        return []
    now, future = (None if step == "-" else int(step) for step in found.groups())
    return [(now, future)] if max(now or 0, future or 0) <= 10 else []


def _nobody_named(**texts: str) -> dict[str, str]:
    """Find what looks like a way to reach a person, or a name with its title."""
    found = {}
    for name, text in texts.items():
        if _CONTACT.search(text):
            found[name] = "This looks like a phone number or an address. Please leave it out."
        elif _TITLE.search(text):
            found[name] = "This looks like a name. Write a role instead, such as a neighbor."
    return found

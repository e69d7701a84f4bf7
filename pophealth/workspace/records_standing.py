"""How people see where the team stands, each alone, and what they agree on after they talked: step 2."""

from typing import ClassVar

from pophealth.workspace.fields import Answers, Month, Text, grid, month, pick, story, words
from pophealth.workspace.record import Record

SECTION = "section"
"""What a reading is about: a section of the statements in use, and no record of its own."""


class Rating(Record):
    """How one person sees the current state; nobody else in the team reads it as it stands."""

    kind: ClassVar[str] = "rating"
    title: ClassVar[str] = "Rating"
    plural: ClassVar[str] = "Ratings"
    help: ClassVar[str] = (
        "Each person answers alone, with a code and no name. You see only your own answers here. Stop at any "
        "time and go on later: what you chose is kept."
    )
    step: ClassVar[str] = "standing"
    many: ClassVar[bool] = True
    private: ClassVar[bool] = True
    anonymous: ClassVar[bool] = True

    rater: Text = words(
        "Your code", "Any short word you will know again. No name. Next time, take the same one.", core=True
    )
    role: Text = words("Your role", "Such as nurse, resident, finance, partner.", core=True)
    answers: Answers = grid(
        "What fits best today", "Choose the level that fits best. Cannot say is fine.", core=True
    )
    comment: Text = story(
        "What should we talk about?", "Your team reads it without your code, once three people have answered."
    )
    round: Month = month("Round", "The month in which you all answer. It is the same for everyone.")


class Agreed(Record):
    """What the raters agreed on after they compared their answers."""

    kind: ClassVar[str] = "agreed"
    title: ClassVar[str] = "What we agreed"
    plural: ClassVar[str] = "What we agreed"
    help: ClassVar[str] = "Talk about the widest differences first. Then write down what you agree on."
    step: ClassVar[str] = "standing"

    well: Text = story("What we do well", "And what makes it work.", core=True)
    not_yet: Text = story("What we do not do yet", "Where it hurts people most.", core=True)
    next: Text = story("What we do next", "One to three small things, with a name beside each.", core=True)
    made_with: Text = story("Made with", "Who of the people affected helped, how, and were they paid?")


class Reading(Record):
    """What the raters came to read alike in one section, and where they still differ."""

    kind: ClassVar[str] = "reading"
    title: ClassVar[str] = "Agreed reading"
    plural: ClassVar[str] = "Agreed readings"
    help: ClassVar[str] = (
        "One for each section you talked about. A difference that stays is worth a line too."
    )
    step: ClassVar[str] = "standing"
    many: ClassVar[bool] = True

    section: Text = pick("Section", "The one you talked about.", SECTION, core=True)
    agreed: Text = story("What we all see now", "In words each of you could repeat.", core=True)
    differ: Text = story("Where we still differ", "And what each side sees. It may stay so.")
    statement: Text = words("Statement", "If you talked about one statement: its first words.")
    made_with: Text = story("Made with", "Who of the people affected helped, how, and were they paid?")

    @property
    def summary(self) -> str:
        """What was agreed, because a section is known by its short name only."""
        return self.agreed[:80] or self.title

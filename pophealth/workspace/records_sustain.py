"""What a team writes so that a gain lasts and reaches further: step 10."""

from typing import ClassVar

from pophealth.workspace.fields import Day, Month, Number, Text, choice, day, month, number, story, words
from pophealth.workspace.record import Record

POINTS = {
    "owner": "One person answers for it",
    "routine": "It is part of the daily work",
    "money": "Time and money are in the next budget",
    "learning": "New people are shown how",
    "backup": "Somebody can step in",
    "numbers": "The numbers keep coming",
    "voice": "People affected still have a say",
    "leaders": "A leader keeps asking about it",
}
"""What must be in place so that a change outlives the team that made it."""

STATES = {"open": "not yet", "begun": "begun", "there": "in place"}
OFTEN = {"week": "every week", "month": "every month", "quarter": "every quarter", "year": "every year"}


class Upkeep(Record):
    """One thing that must be in place so that the gain lasts."""

    kind: ClassVar[str] = "upkeep"
    title: ClassVar[str] = "Thing that makes it last"
    plural: ClassVar[str] = "Things that make it last"
    help: ClassVar[str] = "What must be in place before the team can let go, who sees to it, and by when."
    step: ClassVar[str] = "sustain"
    many: ClassVar[bool] = True

    what: Text = words(
        "What must be in place", "Such as: calls are in the job description of two people.", core=True
    )
    point: Text = choice("Which point it serves", "One of the eight points below.", POINTS, core=True)
    state: Text = choice("How far it is", "As of today.", STATES, core=True, first="open")
    owner: Text = words("Who sees to it", "One name or role.", core=True)
    due: Day = day("By when", "A day you can tell each other.", core=True)
    note: Text = story("What stands in the way", "And who could clear it.")


class Control(Record):
    """One line of the plan that tells when to act after the project is over."""

    kind: ClassVar[str] = "control"
    title: ClassVar[str] = "Line of the watch plan"
    plural: ClassVar[str] = "Lines of the watch plan"
    help: ClassVar[str] = "What you go on watching, what would make you act, and who acts."
    step: ClassVar[str] = "sustain"
    many: ClassVar[bool] = True

    watch: Text = words("What we watch", "Such as calls before the visit.", core=True)
    often: Text = choice("How often", "As seldom as will do.", OFTEN, core=True)
    trigger: Text = story("What makes us act", "A sign on the chart, or what people tell you.", core=True)
    action: Text = story("What we do then", "The first thing, small enough for that week.", core=True)
    who: Text = words("Who acts", "One name or role.", core=True)
    measure: Text = words("Measure", "The short name of the measure that shows it.")
    always: Text = story("What is done every time", "The part of the change that must not vary.")


class Site(Record):
    """A place, and the people there, that the change goes to."""

    kind: ClassVar[str] = "site"
    title: ClassVar[str] = "Place it spreads to"
    plural: ClassVar[str] = "Places it spreads to"
    help: ClassVar[str] = "Where it goes next, for whom, and what will be different there."
    step: ClassVar[str] = "sustain"
    many: ClassVar[bool] = True

    place: Text = words("Where", "A clinic, a school, a village.", core=True)
    population: Text = words("For whom there", "The people it should reach.", core=True)
    planned: Month = month("Planned for", "The month in which it should begin.", core=True)
    who: Text = words("Who leads it there", "Someone from that place.", core=True)
    started: Month = month("Began in", "Leave it empty until it runs every day.")
    people: Number = number("How many people", "About how many it could reach there.")
    different: Text = story("What is different there", "What must change so that it fits these people.")
    made_with: Text = story("Made with", "Who of the people there helped, how, and were they paid?")

"""What a team writes to map drivers and pick changes: step 7."""

from typing import ClassVar

from pophealth.workspace.fields import Day, Marks, Text, choice, day, marks, pick, story, words
from pophealth.workspace.record import Record
from pophealth.workspace.records_focus import PILLARS
from pophealth.workspace.records_team import PORTFOLIOS

LEVELS = {"primary": "main driver", "secondary": "driver under a main driver", "idea": "idea to try"}
SOURCES = {
    "people": "people themselves",
    "care teams": "those who do the work",
    "another team": "another team or place",
    "research": "research or a guideline",
    "numbers": "our own numbers",
}
EVIDENCE = {
    "hunch": "a good guess so far",
    "elsewhere": "it helped somewhere else",
    "studies": "several studies say it helps",
    "here": "we tried it here and saw it help",
}
STATES = {
    "planned": "planned",
    "running": "running",
    "paused": "paused",
    "done": "done, part of the work",
    "stopped": "stopped",
}
IMPACT = {"1": "1: hardly any", "2": "2: a little", "3": "3: some", "4": "4: much", "5": "5: very much"}
EFFORT = {
    "1": "1: can start on Monday",
    "2": "2: some days of work",
    "3": "3: some weeks of work",
    "4": "4: some months of work",
    "5": "5: a year or more",
}
WAYS = (
    ("people", "We can say whose health this is about, and where they live."),
    ("bold", "Our aim is bold, has a number and a day, and is about how people live."),
    ("with", "People who live with it decide with us, from the first day on."),
    ("several", "Several projects run side by side, and all serve the one aim."),
    ("groups", "We look at each group by itself, and do more where the gap is wide."),
    ("counting", "We count a few things that people care about, and somebody owns each."),
    ("strengths", "We begin with what is strong here, not with what is missing."),
    ("humble", "We ask first, keep our word, and say what we do not know."),
    ("small", "We learn to work as partners by trying small things side by side."),
    ("everyone", "Everybody here sees it as part of the day's work, not only this team."),
)
"""Ten ways of working that carry such work, after Delgado and others, BMJ 2021;373:n966, in our own words."""

HOW_FAR = ((1, "not yet"), (2, "begun"), (3, "how we work"))


class Driver(Record):
    """Something that would have to change, or an idea to change it."""

    kind: ClassVar[str] = "driver"
    title: ClassVar[str] = "Driver or idea"
    plural: ClassVar[str] = "Drivers and ideas"
    help: ClassVar[str] = "What would have to change to reach the aim, and what you could try."
    step: ClassVar[str] = "drivers"
    many: ClassVar[bool] = True

    text: Text = words("What", "A few words.", core=True)
    level: Text = choice("Level", "A driver moves the aim; an idea moves a driver.", LEVELS, core=True)
    parent: Text = pick("Hangs on", "The driver it belongs to. A main driver hangs on the aim.", "driver")
    measure: Text = words("Measure", "The short name of a measure that shows it.")
    owner: Text = words("Owner", "Who looks after it.")
    cause: Text = pick("Cause it answers", "What lay behind the gap in step 5.", "cause")
    group: Text = pick("For which chosen group", "Leave it open if it is for everyone.", "focus")
    different: Text = story(
        "What is different for this group", "How it fits their days, their language, their worries."
    )
    source: Text = choice("Where the idea comes from", "Who brought it up.", SOURCES)
    evidence: Text = choice("How sure we are that it helps", "Be honest; a guess is fine.", EVIDENCE)
    told: Text = story("How we know", "Who said it, where it was tried, or which paper.")
    impact: Text = choice("How much it could help", "Your guess, as a team.", IMPACT)
    effort: Text = choice("How much work it is", "Time and money, yours and that of others.", EFFORT)
    portfolio: Text = choice("Portfolio", "Where it mainly works.", PORTFOLIOS)
    pillar: Text = choice("Pillar of health", "What it mainly changes.", PILLARS)
    asset: Text = pick("Strength it builds on", "Something good from step 4.", "asset")


class Why(Record):
    """One cause, asked why again and again, until there is something that can be changed."""

    kind: ClassVar[str] = "why"
    title: ClassVar[str] = "Chain of whys"
    plural: ClassVar[str] = "Chains of whys"
    help: ClassVar[str] = (
        "Take one cause from step 5. Ask why, and why again, up to five times. Stop when you reach something "
        "you can change. A chain that ends with a person to blame has gone wrong: ask why once more."
    )
    step: ClassVar[str] = "drivers"
    many: ClassVar[bool] = True

    cause: Text = pick("Cause", "One of the possible causes of step 5.", "cause", core=True)
    first: Text = words("Why is that?", "The first answer.", core=True)
    second: Text = words("And why is that?", "The second answer.")
    third: Text = words("And why?", "The third answer.")
    fourth: Text = words("Why again?", "The fourth answer.")
    fifth: Text = words("And once more, why?", "The fifth answer.")

    @property
    def answers(self) -> list[str]:
        """The answers, from the first to the deepest."""
        return [why for why in (self.first, self.second, self.third, self.fourth, self.fifth) if why]

    @property
    def summary(self) -> str:
        """The deepest answer so far."""
        return self.answers[-1] if self.answers else self.title


class Project(Record):
    """Work on a driver that somebody carries, and the promise it serves."""

    kind: ClassVar[str] = "project"
    title: ClassVar[str] = "Project"
    plural: ClassVar[str] = "Projects"
    help: ClassVar[str] = "Several at a time, each on one driver. Think big and start small."
    step: ClassVar[str] = "drivers"
    many: ClassVar[bool] = True

    name: Text = words("Name", "As people call it.", core=True)
    owner: Text = words("Owner", "One person who carries it.", core=True)
    state: Text = choice("State", "Where it stands today.", STATES, core=True)
    driver: Text = pick("Driver or idea", "What it works on.", "driver", core=True)
    priority: Text = pick("Promise it serves", "One of your priorities of step 3.", "priority")
    begun: Day = day("Since", "The day it began or will begin.")
    next: Text = words("Next", "Who does what by when.")


class Ways(Record):
    """How far a team has come with ten ways of working, as it sees itself."""

    kind: ClassVar[str] = "ways"
    title: ClassVar[str] = "Ten ways of working"
    plural: ClassVar[str] = "Ten ways of working"
    help: ClassVar[str] = "Talk each one over and choose together. It is a look in the mirror, not a grade."
    step: ClassVar[str] = "drivers"

    answers: Marks = marks("How far are we?", "One answer for each.", WAYS, HOW_FAR, core=True)
    next: Text = story("What we will do about it", "One thing, by when, and who.")

    @property
    def summary(self) -> str:
        """The name of the list; its answers are no words."""
        return self.title

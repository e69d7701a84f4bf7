"""What a team writes to choose outcomes together: step 6."""

from typing import Any, ClassVar

from pophealth.workspace.fields import (
    SHORT,
    Day,
    Points,
    Text,
    choice,
    day,
    pick,
    points,
    story,
    words,
)
from pophealth.workspace.record import Record

VIEWS = {
    "resident": "I live with what we want to change",
    "staff": "I work in care",
    "leader": "I lead a part of it",
    "partner": "I work with a partner",
}
"""From where a person sees it."""

WEIGHTS = {"out": "do not use it", "once": "counts once", "twice": "counts twice", "thrice": "counts thrice"}
WEIGHT_OF = {"out": 0.0, "once": 1.0, "twice": 2.0, "thrice": 3.0}

CRITERIA = {
    "size": "How many people here live with it",
    "harm": "How hard it hits them",
    "works": "How much we can change with what is known to work",
    "fair": "How much it helps those who are left behind today",
    "wanted": "How much people here ask for it",
}
"""At most five, each written so that a high number is a reason to choose it."""

POINTS = {mark: str(mark) for mark in range(6)}
STOPS = {
    0: "nothing stops us",
    1: "it is not ours to do",
    2: "it costs too much",
    3: "people here would not want it",
    4: "nobody is free to do it",
    5: "rules forbid it",
}
BARS = {mark: words for mark, words in STOPS.items() if mark}
"""Five ways in which something can be stopped before it is scored."""

DOTS = 3
"""Dots that each person can place."""


class Shortlist(Record):
    """What a team chooses from, picked out of what earlier steps found."""

    kind: ClassVar[str] = "shortlist"
    title: ClassVar[str] = "What we choose from"
    plural: ClassVar[str] = "What we choose from"
    help: ClassVar[str] = "Pick four to eight out of what you found in steps 2 to 5. Nothing is typed again."
    step: ClassVar[str] = "aim"

    picked: Points = points(
        "On the list",
        "What could be better for people.",
        {1: "on the list"},
        core=True,
        blank="not now",
        look="tight",
    )
    rule: Text = words("How the last word is found", "Such as: we vote, talk, and vote once more.")
    made_with: Text = story(
        "Made with", "Who of the people affected helped to pick, how, and were they paid?"
    )


class Outcome(Record):
    """Something to choose from that no earlier step holds."""

    kind: ClassVar[str] = "outcome"
    title: ClassVar[str] = "Outcome of our own"
    plural: ClassVar[str] = "Outcomes of our own"
    help: ClassVar[str] = "Something that is missing on the list. It goes on it by itself."
    step: ClassVar[str] = "aim"
    many: ClassVar[bool] = True

    name: Text = words("What would be better", "For people, such as: nights without pain.", core=True)
    whom: Text = words("For whom", "The people, never the service.", core=True)
    source: Text = words("Where it comes from", "Such as a talk, a paper, an hour in the waiting room.")
    made_with: Text = story("Made with", "Who of the people affected named it, how, and were they paid?")


class Criteria(Record):
    """By what a team weighs its outcomes."""

    kind: ClassVar[str] = "criteria"
    title: ClassVar[str] = "What counts for us"
    plural: ClassVar[str] = "What counts for us"
    help: ClassVar[str] = (
        "Up to five questions, each asked so that a high number is a reason to choose it. The first three "
        "stay about size, harm and what works, as the Hanlon method needs them."
    )
    step: ClassVar[str] = "aim"

    size: Text = words("1. Size in your words", f"Blank means: {CRITERIA['size'].lower()}.")
    harm: Text = words("2. Harm in your words", f"Blank means: {CRITERIA['harm'].lower()}.")
    works: Text = words("3. What works, in your words", f"Blank means: {CRITERIA['works'].lower()}.")
    fair: Text = words("4. Fairness, or a question of your own", f"Blank means: {CRITERIA['fair'].lower()}.")
    wanted: Text = words("5. Wish, or a question of your own", f"Blank means: {CRITERIA['wanted'].lower()}.")
    size_weight: Text = choice("1. Size counts", "How much it weighs.", WEIGHTS, first="once", core=True)
    harm_weight: Text = choice("2. Harm counts", "How much it weighs.", WEIGHTS, first="once", core=True)
    works_weight: Text = choice(
        "3. What works counts", "How much it weighs.", WEIGHTS, first="once", core=True
    )
    fair_weight: Text = choice("4. Fairness counts", "How much it weighs.", WEIGHTS, first="once", core=True)
    wanted_weight: Text = choice("5. Wish counts", "How much it weighs.", WEIGHTS, first="once", core=True)
    made_with: Text = story("Made with", "Who of the people affected had a say in what counts?", core=True)

    def check(self) -> dict[str, str]:
        """Ask for at least one question that counts."""
        if any(self.weights.values()):
            return {}
        return {"size_weight": "Nothing counts now. Let at least one question count once."}

    @property
    def questions(self) -> dict[str, str]:
        """The question behind each criterion: the team's own words, else the words that come with it."""
        return {name: getattr(self, name) or usual for name, usual in CRITERIA.items()}

    @property
    def weights(self) -> dict[str, float]:
        """The weight of each criterion; 0 where it is not used."""
        return {name: WEIGHT_OF.get(getattr(self, f"{name}_weight"), 1.0) for name in CRITERIA}


class Ballot(Record):
    """What one person would choose; nobody but this person can open it."""

    kind: ClassVar[str] = "ballot"
    title: ClassVar[str] = "Ballot"
    plural: ClassVar[str] = "Ballots"
    help: ClassVar[str] = (
        "Everyone fills in one alone, in about two minutes. Use a code and no name. Nobody else can open it. "
        "What is counted has no names and no codes."
    )
    step: ClassVar[str] = "aim"
    many: ClassVar[bool] = True
    private: ClassVar[bool] = True
    anonymous: ClassVar[bool] = True

    code: Text = words("Your code", "Any short word you will know again. No name.", core=True)
    view: Text = choice("From where you see it", "What fits you best.", VIEWS, core=True)
    dots: Points = points(
        "Your three dots",
        "Give them to what you would do first. You may give several to one.",
        {1: "1", 2: "2", 3: "3"},
        core=True,
        blank="none",
        look="tight",
    )
    scores: Points = points(
        "Your points",
        "0 means not at all, 5 means very much. A question mark means: I cannot say.",
        POINTS,
        core=True,
        blank="?",
        look="tight",
    )
    stops: Points = points(
        "What would stop us",
        "If so, the first thing that does.",
        STOPS,
        core=True,
        blank="I cannot say",
        look="list",
    )

    def check(self) -> dict[str, str]:
        """Hold the dots to three."""
        if self.placed > DOTS:
            return {"dots": f"You gave {self.placed} dots. Everyone has {DOTS}, so take some back."}
        return {}

    @property
    def placed(self) -> int:
        """How many dots are given."""
        return sum(dots or 0 for dots in self.dots.values())

    @property
    def used(self) -> bool:
        """Whether anything is answered in it."""
        given = [*self.dots.values(), *self.scores.values(), *self.stops.values()]
        return any(one is not None for one in given)


class Decision(Record):
    """What a team chose, why, and who saw it otherwise."""

    kind: ClassVar[str] = "decision"
    title: ClassVar[str] = "Decision"
    plural: ClassVar[str] = "Decisions"
    help: ClassVar[str] = (
        "What you chose, and what those said who did not agree. Ballots advise, people decide."
    )
    step: ClassVar[str] = "aim"
    many: ClassVar[bool] = True

    chosen: Text = pick("What we chose", "One from your list.", "outcome", core=True)
    why: Text = story("Why", "What spoke for it, in one or two sentences.", core=True)
    dissent: Text = story(
        "Who did not agree, and what they said",
        "Roles, no names, in their words. Or write: nobody.",
        core=True,
    )
    date: Day = day("Decided on", "The day you decided.", core=True)
    how: Text = words("How it was decided", "Such as: two rounds of dots, then everyone spoke.")
    other: Text = story("What waits", "What was close, and when you look at it again.")
    made_with: Text = story("Made with", "Who of the people affected had a vote, how, and were they paid?")

    @property
    def summary(self) -> str:
        """The day of the decision, and the start of its reason."""
        when = f"{self.date:%B} {self.date.day}, {self.date.year}" if self.date else "No day yet"
        reason = self.why if len(self.why) <= SHORT // 4 else f"{self.why[: SHORT // 4]}…"
        return f"{when}: {reason}" if reason else when


def statement(criterion: str, item: str) -> str:
    """Name the place of a score on a ballot.

    Examples
    --------
    >>> statement("size", "theme-sleep")
    'size.theme-sleep'
    """
    return f"{criterion}.{item}"


def score_of(ballot: Any, criterion: str, item: str) -> int | None:
    """Give the points of an item on a criterion; None where there are none."""
    return ballot.scores.get(statement(criterion, item))

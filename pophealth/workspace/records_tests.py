"""What a team writes to test changes: step 8."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from pophealth.workspace.fields import Day, Text, choice, day, pick, story, words
from pophealth.workspace.record import Record

SCALES = {"1": "one person", "3": "three people", "5": "five people", "everyone": "everyone"}
DECISIONS = {
    "adopt": "adopt: keep it",
    "adapt": "adapt: change and try again",
    "abandon": "abandon: let it go",
}
HELD = {
    "as predicted": "as we predicted",
    "partly": "partly as we predicted",
    "otherwise": "other than we predicted",
    "unclear": "we cannot tell",
}
"""How a prediction compares with what happened."""

DONE = {"as planned": "as planned", "changed": "with changes", "not done": "it did not happen"}
_EXPECT = "What do you expect here? Write it before you start."


class Guess(NamedTuple):
    """One question of a test, what was expected, and how it came."""

    question: str
    prediction: str
    held: str


class Test(Record):
    """A change tried small, with a prediction, and what was learned."""

    __test__: ClassVar[bool] = False

    kind: ClassVar[str] = "test"
    title: ClassVar[str] = "Test of change"
    plural: ClassVar[str] = "Tests of change"
    help: ClassVar[str] = "Try it small. Write what you expect before you start."
    step: ClassVar[str] = "test"
    many: ClassVar[bool] = True

    name: Text = words("Name of the test", "A few words, as they should stand under the chart.", core=True)
    driver: Text = pick(
        "Idea it tests", "From your list of step 7. A new idea goes there first.", "driver", core=True
    )
    question: Text = story("Our question", "What do you want to find out?", core=True)
    prediction: Text = story("Our prediction", "What do you expect will happen?", core=True)
    start: Day = day("Starts on", "The first day of the test.", core=True)
    scale: Text = choice("How many at first", "Start with one.", SCALES, core=True)
    second_question: Text = story("A second question", "Only if you need one.")
    second_prediction: Text = story("What we predict for it", "Before you start, like the first.")
    third_question: Text = story("A third question", "Three are enough for any test.")
    third_prediction: Text = story("What we predict for this one", "Before you start, like the first.")
    what: Text = story("What exactly is done", "So that someone else could do the same.")
    who: Text = words("Who does it", "One name or role.")
    place: Text = words("Where", "Such as one desk, one ward, one street.")
    until: Day = day("We look back on", "The day you will sit down and compare. Two weeks are often enough.")
    data: Text = story(
        "What we write down", "Who notes what, when and where. Words count as much as numbers."
    )
    measure: Text = pick("Measure", "The measure it should move.", "measure")
    stratum: Text = words(
        "For which group", "As it is written in your file, such as Spanish. Leave it empty for everyone."
    )
    after: Text = pick("Grew out of", "The test before this one.", "test")
    end: Day = day("Ended on", "The last day of the test.")
    done: Text = choice("Was it done as planned?", "It often is not, and that teaches too.", DONE)
    happened: Text = story("What happened", "What you saw and counted.")
    surprise: Text = story("What surprised us", "Good or bad. Here is most to learn.")
    held: Text = choice("Our prediction held", "Put both side by side.", HELD)
    second_held: Text = choice("The second one", "If you asked two questions.", HELD)
    third_held: Text = choice("The third one", "If you asked three questions.", HELD)
    learned: Text = story("What we learned", "Held against your prediction.")
    decision: Text = choice("What now", "Keep it, change it, or let it go.", DECISIONS)
    next: Text = words("What comes next", "Who does what by when.")

    def check(self) -> dict[str, str]:
        """Hold the days against each other, and ask for a prediction before and for words after."""
        found = {}
        if self.start and self.until and self.until < self.start:
            found["until"] = "You look back before it starts. Check both days."
        if self.start and self.end and self.end < self.start:
            found["end"] = "This test ends before it starts. Check both days."
        for place in ("second", "third"):
            if getattr(self, f"{place}_question") and not getattr(self, f"{place}_prediction"):
                found[f"{place}_prediction"] = _EXPECT
        if self.decision and not self.learned:
            found["learned"] = "What did you learn? A line is enough, and then decide."
        return found

    @property
    def guesses(self) -> list[Guess]:
        """The questions that are asked, each with its prediction and how it came."""
        every = (
            Guess(self.question, self.prediction, self.held),
            Guess(self.second_question, self.second_prediction, self.second_held),
            Guess(self.third_question, self.third_prediction, self.third_held),
        )
        return [guess for guess in every if guess.question or guess.prediction]

    @property
    def predicted(self) -> bool:
        """Whether there is a question and each has a prediction: before that no test has begun."""
        return bool(self.guesses) and all(guess.question and guess.prediction for guess in self.guesses)


def numbers(tests: Iterable[Test]) -> dict[str, int]:
    """Give each test that has a day one number, the same on every chart and in every list.

    Parameters
    ----------
    tests : iterable of Test
        All tests of a team, in the order in which they were written.

    Returns
    -------
    dict
        Key with its place in the order of first days; tests without a day have none yet.

    Examples
    --------
    >>> later, first = Test(key="ride", start="2021-03-01"), Test(key="call", start="2021-01-04")
    >>> numbers([later, first, Test(key="flyer")])
    {'call': 1, 'ride': 2}
    """
    dated = sorted((test.start, place, test.key) for place, test in enumerate(tests) if test.start)
    return {key: number for number, (_, _, key) in enumerate(dated, start=1)}

"""What a team shares, and what it talks over with its coach: step 10."""

from typing import ClassVar

from pophealth.workspace.fields import Month, Number, Text, choice, month, number, story, words
from pophealth.workspace.record import Record


class Exchange(Record):
    """Something a team asks of the others or offers to them."""

    kind: ClassVar[str] = "exchange"
    title: ClassVar[str] = "Ask or offer"
    plural: ClassVar[str] = "Asks and offers"
    help: ClassVar[str] = "What you would like to know, and what others may copy."
    step: ClassVar[str] = "sustain"
    many: ClassVar[bool] = True

    sort: Text = choice("Ask or offer", "One of the two.", {"ask": "we ask", "offer": "we offer"}, core=True)
    text: Text = story("What", "One or two sentences.", core=True)

    @property
    def summary(self) -> str:
        """The words themselves."""
        return self.text


class Storyboard(Record):
    """What a team wants others to know."""

    kind: ClassVar[str] = "storyboard"
    title: ClassVar[str] = "Our story so far"
    plural: ClassVar[str] = "Our story so far"
    help: ClassVar[str] = "What you tried, what you learned, what comes next."
    step: ClassVar[str] = "sustain"

    headline: Text = words("In one line", "What others should remember.", core=True)
    learned: Text = story("What we learned", "Also what did not work.", core=True)
    next: Text = story("What comes next", "In the next 30 days.", core=True)
    made_with: Text = story("Made with", "Who of the people affected told this story with you, and how?")


class Score(Record):
    """How far a team has come on the progress scale, in one person's judgment."""

    kind: ClassVar[str] = "score"
    title: ClassVar[str] = "Progress score"
    plural: ClassVar[str] = "Progress scores"
    help: ClassVar[str] = "A help to see where a hand is needed. Never a ranking."
    step: ClassVar[str] = "sustain"
    many: ClassVar[bool] = True
    private: ClassVar[bool] = True

    value: Number = number("Score", "From 0.5 to 5.0 in halves.", core=True)
    by: Text = choice("Judged by", "Whose view it is.", {"team": "the team", "faculty": "faculty"}, core=True)
    month: Month = month("Month", "The month it is about.", core=True)
    reason: Text = story("Why", "What speaks for it.", core=True)
    suggestion: Text = story("What would help next", "One thing that could move the work on.")

    @property
    def summary(self) -> str:
        """The score, whose it is, and the month."""
        by = {"team": " by the team", "faculty": " by faculty"}.get(self.by, "")
        value = self.title if self.value is None else f"{self.value:.1f}"
        return f"{value}{by}{f', {self.month:%B %Y}' if self.month else ''}"

    def check(self) -> dict[str, str]:
        """Keep to the scale."""
        if self.value is not None and (not 0.5 <= self.value <= 5 or self.value * 2 % 1):
            return {"value": "The scale goes from 0.5 to 5.0 in halves, such as 2.5."}
        return {}


class Note(Record):
    """What a coach and a team talked about; private to both."""

    kind: ClassVar[str] = "note"
    title: ClassVar[str] = "Coach note"
    plural: ClassVar[str] = "Coach notes"
    help: ClassVar[str] = "For the coach and the team only."
    step: ClassVar[str] = "sustain"
    many: ClassVar[bool] = True
    private: ClassVar[bool] = True

    about: Text = words("About", "The question at hand.", core=True)
    asked: Text = story("What was asked", "By the team or by the coach.", core=True)
    agreed: Text = story("What we agreed", "Also what we leave as it is.", core=True)
    next: Text = words("Next", "Who does what by when.", core=True)
    text: Text = story("What else was said", "What helps to remember the call.")

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of what is still open; a call told in one piece needs no more."""
        told = {"What was asked", "What we agreed"} if self.text else set()
        return tuple(label for label in super().missing if label not in told)

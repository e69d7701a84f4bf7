"""What a whole community writes for its learning sessions: the plan of a day, and questions for the room."""

from typing import ClassVar

from pophealth.workspace.calendar import SESSIONS
from pophealth.workspace.fields import Day, Text, choice, day, pick, story, words
from pophealth.workspace.record import Record

MEETINGS = {one.key: one.name for one in SESSIONS} | {"extra": "one more day"}
STATES = {"waiting": "not yet", "open": "open now", "closed": "closed"}
NOTEBOOKS = "One on each line: START, or the number of a step, such as 5."


class Session(Record):
    """One day on which all teams meet."""

    kind: ClassVar[str] = "session"
    title: ClassVar[str] = "Learning session"
    plural: ClassVar[str] = "Learning sessions"
    help: ClassVar[str] = "Everybody in the community can read it."
    step: ClassVar[str] = "room"
    many: ClassVar[bool] = True

    name: Text = words("Name", "As it stands on the door.", core=True)
    stands_for: Text = choice("Which one", "As the calendar of step 1 calls it.", MEETINGS, core=True)
    date: Day = day("Day", "Its first day.", core=True)
    agenda: Text = story("Agenda", "One line for each part, with its time.", core=True)
    before: Text = story("Before you come", "What to do or bring, one thing a line.", core=True)
    notebooks: Text = story("Notebooks to use", NOTEBOOKS, core=True)
    place: Text = words("Where", "A room or a link.")
    minutes: Text = story(
        "Minutes", "What was said and agreed, and by whom it is done. No names of people served."
    )

    @property
    def summary(self) -> str:
        """The name, or which one it is."""
        return self.name or MEETINGS.get(self.stands_for, self.title)


class Poll(Record):
    """A question that a whole room answers, each person for herself."""

    kind: ClassVar[str] = "poll"
    title: ClassVar[str] = "Question for the room"
    plural: ClassVar[str] = "Questions for the room"
    help: ClassVar[str] = (
        "Set it to “open now”, and it stands on every page called In the room. People answer on their "
        "phones. Answers are counted. Nobody can see who gave them. Set it to “closed” to end it."
    )
    step: ClassVar[str] = "room"
    many: ClassVar[bool] = True

    text: Text = words("Question", "Short enough to be read from the last row.", core=True)
    state: Text = choice("State", "Answers are taken while it is open.", STATES, core=True, first="waiting")
    choices: Text = story(
        "Choices", "One on each line. Leave it empty, and people answer in a few words of their own."
    )
    session: Text = pick("Session", "The learning session it belongs to.", "session")

    @property
    def options(self) -> tuple[str, ...]:
        """The choices in their order, each once; none where people answer in their own words."""
        lines = (" ".join(line.split()) for line in self.choices.splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def check(self) -> dict[str, str]:
        """Ask for a real choice."""
        return {"choices": "Name at least two choices, or none."} if len(self.options) == 1 else {}


class Reply(Record):
    """What one person in the room answered; kept without a name, and only ever counted or shown as words."""

    kind: ClassVar[str] = "reply"
    title: ClassVar[str] = "Answer in the room"
    plural: ClassVar[str] = "Answers in the room"
    help: ClassVar[str] = "Given on the page of the room. It is kept without a name."
    step: ClassVar[str] = "room"
    many: ClassVar[bool] = True
    private: ClassVar[bool] = True
    anonymous: ClassVar[bool] = True

    poll: Text = pick("Question", "What was asked.", "poll", core=True)
    text: Text = words("Answer", "A choice, or a few words.", core=True)

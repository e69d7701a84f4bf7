"""What a team writes when it gathers: its interest, what it has done before, and its calendar: step 1."""

from datetime import date
from typing import ClassVar

from pophealth.workspace.calendar import CHOICES
from pophealth.workspace.fields import Day, Text, YesNo, choice, day, story, words, yes_no
from pophealth.workspace.record import Record

EARLIEST, LATEST = 2000, 2100
OTHER_YEAR = "This year is far away. Write all four digits, such as 2021."


class Interest(Record):
    """What a team says that has only decided to join."""

    kind: ClassVar[str] = "interest"
    title: ClassVar[str] = "Five first words"
    plural: ClassVar[str] = "Five first words"
    help: ClassVar[str] = "For a team that has only decided to join. A guess is fine; nothing here binds you."
    step: ClassVar[str] = "gather"

    hope: Text = story("What you hope will get better", "For people, not for the service.", core=True)
    people: Text = words("For whom, and where", "As far as you know today.", core=True)
    lead: Text = words(
        "Who would call the first meeting", "A first name and what this person does.", core=True
    )
    backing: Text = words(
        "Who would have to say yes", "A leader or a council, and if they know of it.", core=True
    )
    question: Text = story(
        "What you still want to know", "The others and your coach may have an answer.", core=True
    )


class Skills(Record):
    """Who in the team has done what before; nobody is graded."""

    kind: ClassVar[str] = "skills"
    title: ClassVar[str] = "What we have done before"
    plural: ClassVar[str] = "What we have done before"
    help: ClassVar[str] = (
        "First names of those who have done it and would show others, with commas between. "
        "Nobody is graded, and an empty line is a thing to learn together."
    )
    step: ClassVar[str] = "gather"

    listened: Text = words(
        "Asking people what matters to them", "And writing it down in their words.", core=True
    )
    tested: Text = words("Running a small test of change", "With a guess written down first.", core=True)
    run_chart: Text = words("Drawing a run chart", "A line over time with its median.", core=True)
    by_group: Text = words("Splitting a number by group", "Such as by language, age or street.")
    aimed: Text = words("Writing an aim", "With a number and a date in it.")
    drew_drivers: Text = words(
        "Drawing a driver diagram", "What has to change so that an aim can be reached."
    )
    partnered: Text = words("Working with a partner outside health care", "Such as a school or a church.")
    spread: Text = words("Helping another place take up a change", "And staying until it works there.")


class Calendar(Record):
    """The day on which the 11 months begin."""

    kind: ClassVar[str] = "calendar"
    title: ClassVar[str] = "First day of our calendar"
    plural: ClassVar[str] = "First day of our calendar"
    help: ClassVar[str] = (
        "One day is enough; all other dates follow from it. "
        "While it is empty, the first day of the whole community counts."
    )
    step: ClassVar[str] = "gather"

    start: Day = day("First day of the first learning session", "It takes two days.", core=True)

    def check(self) -> dict[str, str]:
        """Ask again when the year cannot be meant."""
        return {"start": OTHER_YEAR} if _far(self.start) else {}


class Event(Record):
    """A date in the calendar that a team moved, filled in or added."""

    kind: ClassVar[str] = "event"
    title: ClassVar[str] = "Date to move or add"
    plural: ClassVar[str] = "Dates to move or add"
    help: ClassVar[str] = (
        "Write a name from the calendar, such as “Call of month 3”, to move that date. "
        "Any other name adds a date of your own."
    )
    step: ClassVar[str] = "gather"
    many: ClassVar[bool] = True

    name: Text = words("What", "As it should stand in the calendar.", core=True)
    date: Day = day("Day", "The first day, if it takes several.", core=True)
    until: Day = day("Last day", "Leave it empty when it is one day.")
    stands_for: Text = choice("In place of", "The planned date that this one replaces, if any.", CHOICES)
    hours: Text = words("Hours", "Such as noon to 1.")
    place: Text = words("Where", "A room or a link.")
    topic: Text = words("Topic", "What it is about.")
    off: YesNo = yes_no("It does not take place", "The planned date is left out.")
    made_with: Text = words(
        "Chosen with", "Who of those affected had a say in the day and place. Roles only."
    )

    def check(self) -> dict[str, str]:
        """Hold the two days against each other, and ask again when a year cannot be meant."""
        found = {name: OTHER_YEAR for name in ("date", "until") if _far(getattr(self, name))}
        if self.date and self.until and self.until < self.date:
            found["until"] = "This ends before it begins. Check both days."
        return found


def _far(day: date | None) -> bool:
    return day is not None and not EARLIEST <= day.year <= LATEST

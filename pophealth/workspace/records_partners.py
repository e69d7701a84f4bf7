"""What partners say about working together, and what the work costs the climate: step 9."""

from typing import ClassVar

from pophealth.workspace.fields import Marks, Month, Number, Text, marks, month, number, story, words
from pophealth.workspace.record import Record

SIDES_OF_TRUST = {
    "open": ("being open", "We speak openly, also about what goes wrong."),
    "promises": ("keeping promises", "We do what we said we would do."),
    "heard": ("being heard", "Everyone is heard before we decide."),
    "fair": ("sharing fairly", "We share power, money and credit fairly."),
    "same": ("wanting the same", "We want the same for the people here."),
}
"""What trust is asked about: a short name for charts, and the statement on the form."""

STATEMENTS = tuple((name, statement) for name, (_, statement) in SIDES_OF_TRUST.items())
MATTERS = ((1, "1 not at all"), *((mark, str(mark)) for mark in range(2, 7)), (7, "7 very much"))
HAPPENS = ((1, "1 never"), *((mark, str(mark)) for mark in range(2, 7)), (7, "7 always"))


class Trust(Record):
    """How one partner sees working together; nobody but this person ever reads it."""

    kind: ClassVar[str] = "trust"
    title: ClassVar[str] = "Partner answer"
    plural: ClassVar[str] = "Partner answers"
    help: ClassVar[str] = (
        "Each partner answers alone. Nobody else can read an answer. Figures are shown from five answers on, "
        "once the month is over."
    )
    step: ClassVar[str] = "measure"
    many: ClassVar[bool] = True
    private: ClassVar[bool] = True
    anonymous: ClassVar[bool] = True

    code: Text = words("Your code", "Any short word you will know again. No name.", core=True)
    round: Month = month("Month", "The month in which partners are asked.", core=True)
    matters: Marks = marks(
        "How much does it matter to you?",
        "From 1, not at all, to 7, very much.",
        STATEMENTS,
        MATTERS,
        core=True,
    )
    happens: Marks = marks(
        "How often does it happen here?", "From 1, never, to 7, always.", STATEMENTS, HAPPENS, core=True
    )
    comment: Text = story(
        "For yourself", "What you may want to say when the team talks. Only you can read it."
    )


class Activity(Record):
    """Something a team did in a month that has a carbon cost."""

    kind: ClassVar[str] = "activity"
    title: ClassVar[str] = "Activity with a carbon cost"
    plural: ClassVar[str] = "Activities with a carbon cost"
    help: ClassVar[str] = "What you did in a month, such as kilometers driven to home visits. Rough is fine."
    step: ClassVar[str] = "measure"
    many: ClassVar[bool] = True

    activity: Text = words("What", "Such as home visit by car. The same words each month.", core=True)
    month: Month = month("Month", "The month in which you did it.", core=True)
    amount: Number = number("How much", "A number, such as 420.", core=True)
    unit: Text = words("Counted in", "Such as km, visits or minutes.", core=True)
    contacts: Number = number("People met", "How many contacts with people this made. Blank if none.")

    def check(self) -> dict[str, str]:
        """Refuse amounts that cannot be."""
        below = {name for name in ("amount", "contacts") if (getattr(self, name) or 0) < 0}
        return dict.fromkeys(below, "This is below 0. Check the number.")

    @property
    def summary(self) -> str:
        """What was done, and when."""
        return f"{self.activity or self.title}{f', {self.month:%B %Y}' if self.month else ''}"


class Factor(Record):
    """How much CO2e one unit of an activity gives off, as a source says."""

    kind: ClassVar[str] = "factor"
    title: ClassVar[str] = "Carbon factor"
    plural: ClassVar[str] = "Carbon factors"
    help: ClassVar[str] = "Take it from a source you can name. The workbook brings none of its own."
    step: ClassVar[str] = "measure"
    many: ClassVar[bool] = True

    activity: Text = words("What", "The same words as in your activities.", core=True)
    factor: Number = number("Kilograms of CO2e for one", "For one km, one visit, one minute.", core=True)
    lower: Number = number("At the least", "The low end, if your source gives one.")
    upper: Number = number("At the most", "The high end, if your source gives one.")
    unit: Text = words("For one", "The unit, such as km. The same as in your work.", core=True)
    source: Text = words("Source", "Who published it, and under which title.", core=True)
    year: Number = number(
        "Counts from the year", "Such as 2020. A newer factor takes over from its year.", core=True
    )

    def check(self) -> dict[str, str]:
        """Keep a factor within its own range, and its year a year."""
        found = {
            name: "This is below 0. Check the number."
            for name in ("factor", "lower", "upper")
            if (getattr(self, name) or 0) < 0
        }
        if self.factor is not None and self.lower is not None and self.lower > self.factor:
            found["lower"] = "The least is above the factor itself. Check both."
        if self.factor is not None and self.upper is not None and self.upper < self.factor:
            found["upper"] = "The most is below the factor itself. Check both."
        if self.year is not None and (self.year % 1 or not 1990 <= self.year <= 2100):
            found["year"] = "Write the year with four digits, such as 2020."
        return found

    @property
    def summary(self) -> str:
        """What it is for, and from when."""
        return f"{self.activity or self.title}{f', from {self.year:.0f}' if self.year else ''}"

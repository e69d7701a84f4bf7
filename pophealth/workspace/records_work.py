"""What a team writes to aim and to measure: steps 6 and 9."""

from datetime import date
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

BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "neither"}
CHARTS = {
    "p": "a share of people or events",
    "p'": "a share out of very many (thousands)",
    "u": "a rate, such as falls per 1,000 bed days",
    "u'": "a rate out of very many (thousands)",
    "c": "a plain count, when there is about as much to count each time",
    "i": "one number a period, such as an average",
    "i'": "one number a period, out of more or fewer people each time",
    "g": "visits or people between events (rare)",
    "t": "days between events (rare)",
    "run": "just a line with its middle",
}
RULES = {
    "anhoej": "long runs, few crossings, outside the limits",
    "ihi_run": "run chart rules: 6 on one side, 5 in a row up or down",
    "shewhart": "Shewhart rules: 8 on one side, 6 in a row, and more",
    "nhs": "NHS rules: 7 on one side, 7 in a row, and more",
}
_OUT_OF = ("p", "p'", "u", "u'")
SMALL_NUMBERS = {
    "cms11": "counts of 1 to 10 are not shown",
    "ons3": "counts of 1 and 2 are not shown",
    "opensafely": "counts of 1 to 7 are not shown, the others are rounded to fives",
    "own": "counts below a number of our own are not shown",
    "none": "shown as they are, with a reason",
}


class Aim(Record):
    """What will be better, by how much, by when, for whom, where."""

    kind: ClassVar[str] = "aim"
    title: ClassVar[str] = "Our aim"
    plural: ClassVar[str] = "Our aim"
    help: ClassVar[str] = "Say what will be better for people, not what your service will do."
    step: ClassVar[str] = "aim"

    what: Text = words("What will be better", "Such as blood pressure under control.", core=True)
    population: Text = words("For whom", "The people, such as adults with high blood pressure.", core=True)
    place: Text = words("Where", "The place or places.", core=True)
    baseline: Number = number("From", "Where you stand today.", core=True)
    target: Number = number("To", "What you aim for.", core=True)
    by_when: Day = day("By when", "A day in the months ahead.", core=True)
    unit: Text = choice(
        "Counted in",
        "The unit of both numbers.",
        {"percent": "percent", "number": "a number"},
        first="percent",
    )
    purpose: Text = story("The purpose above it", "The larger hope this aim serves.")
    vision: Text = story("The vision above it", "A number to be proud of in some years, for everybody here.")
    owner: Text = words("Who answers for it", "One person who will speak for this aim.")
    measure: Text = words("Measure", "The short name of the measure that will show it.")
    baseline_from: Month = month("The number today counts from", "The first month it was counted from.")
    baseline_to: Month = month("The number today counts to", "The last month it was counted from.")
    equity_group: Text = words("The group we must not leave behind", "Who is furthest from thriving today.")
    equity_target: Number = number("What we aim for in that group", "In the same unit.")

    def check(self) -> dict[str, str]:
        """Ask for a number that moves and, where both are there, for an equity aim that does too."""
        if self.baseline is not None and self.baseline == self.target:
            return {"target": "From and to are the same number. What would be better?"}
        if self.unit == "percent" and any(
            value is not None and not 0 <= value <= 100 for value in (self.baseline, self.target)
        ):
            return {"target": "A percent lies between 0 and 100. Check both numbers, or count in a number."}
        if self.baseline_from and self.baseline_to and self.baseline_to < self.baseline_from:
            return {"baseline_to": "These months end before they begin. Check both."}
        return {}

    @property
    def sentence(self) -> str:
        """The aim as one plain sentence, with a gap mark where a part is missing."""
        sign = "%" if self.unit == "percent" else ""
        people = f"{self.what or '…'} among {self.population or '…'} in {self.place or '…'}"
        return (
            f"By {_day(self.by_when)}, {people} "
            f"will go from {_amount(self.baseline)}{sign} to {_amount(self.target)}{sign}."
        )


class Measure(Record):
    """How one thing is counted, so that everyone counts the same."""

    kind: ClassVar[str] = "measure"
    title: ClassVar[str] = "Measure"
    plural: ClassVar[str] = "Measures"
    help: ClassVar[str] = "Write down once what you count, so that it stays the same."
    step: ClassVar[str] = "measure"
    many: ClassVar[bool] = True

    name: Text = words("Name", "Such as blood pressure under control.", core=True)
    numerator: Text = story("Who or what is counted (numerator)", "The upper number of the share.", core=True)
    denominator: Text = story(
        "Out of whom or what (denominator)", "The lower number of the share.", core=True
    )
    better: Text = choice("Which way is better", "So that the chart can say so.", BETTER, core=True)
    chart: Text = choice(
        "Kind of number",
        "This decides which chart fits.",
        CHARTS,
        core=True,
        first="p",
    )
    family: Text = choice(
        "Family",
        "What kind of measure it is.",
        {
            "outcome": "outcome: what people get out of it",
            "process": "process: what is done",
            "balancing": "balancing: watching for harm elsewhere",
        },
        core=True,
    )
    covers: Text = story(
        "Who is in, and who is left out", "Such as: all adults of our nine clinics; not those who moved away."
    )
    since: Month = month(
        "Counted this way since",
        "When you begin to count in another way, write its first month here. The old words stay on record.",
    )
    period: Text = choice(
        "Counted every",
        "How often.",
        {"month": "month", "quarter": "quarter", "year": "year", "day": "each time it happens, with its day"},
        first="month",
    )
    unit: Text = choice(
        "Shown as",
        "How the number is written.",
        {"percent": "percent", "number": "a number", "days": "days"},
        first="percent",
    )
    per: Number = number("Per how many", "For a rate: 1000 means per 1,000. Leave it empty for percent.")
    target: Number = number("Target", "In the same unit as the chart.")
    target_by: Day = day("Target to be reached by", "A day in the months ahead.")
    owner: Text = words("Who answers for it", "The partner who brings these numbers.")
    window: Text = choice(
        "Each point covers",
        "A rolling point shares people with the one before, so chart rules do not fit.",
        {"each period": "its own period", "rolling": "a rolling window"},
        first="each period",
    )
    people: Text = choice(
        "The people counted are",
        "The same people each time means the points are tied to each other.",
        {"new each period": "new each period", "the same": "the same each time"},
        first="new each period",
    )
    lead: YesNo = yes_no("This is our lead measure", "The one that shows the aim.")
    baseline_points: Number = number(
        "Periods in the baseline", "The first points that set the limits, at least 12."
    )
    rules: Text = choice(
        "Rules for a signal", "Choose once. Every set cries wolf at times.", RULES, first="anhoej"
    )
    exclusive: Text = words(
        "Groups that add up to everyone", "Columns in which each person has one place, with commas between."
    )
    policy: Text = choice(
        "Small numbers",
        "What is done before anyone else sees them.",
        SMALL_NUMBERS,
        first="cms11",
    )
    smallest: Number = number("Smallest count others may see", "For a number of your own: 2 or more.")
    policy_reason: Text = story("Why this rule", "Such as: published before. Or: the rule of our state.")
    source: Text = words("Source", "Where the numbers come from.")

    def check(self) -> dict[str, str]:
        """Ask for what a rule for small numbers needs, and for a scale that can be used."""
        found = {}
        if self.policy == "none" and not self.policy_reason:
            found["policy_reason"] = "Say why these small numbers may be shown to others."
        if self.policy == "own" and not self._has_own_number:
            found["smallest"] = "Write the smallest count that others may see: a whole number, 2 or more."
        if self.per is not None and self.per <= 0:
            found["per"] = "Write a number above 0, such as 100 or 1000."
        elif self.per and self.chart not in _OUT_OF:
            found["per"] = "Only a share or a rate is shown per so many. Leave it empty here."
        return found

    @property
    def policy_in_force(self) -> str | int:
        """The rule for small numbers as `stats.policies` knows it; without its reason or number, `cms11`."""
        if self.policy == "own":
            return int(self.smallest or 0) if self._has_own_number else "cms11"
        return (
            "cms11" if not self.policy or (self.policy == "none" and not self.policy_reason) else self.policy
        )

    @property
    def _has_own_number(self) -> bool:
        return self.smallest is not None and self.smallest >= 2 and self.smallest % 1 == 0

    @property
    def scale(self) -> float:
        """What the chart multiplies a share or a rate with: 1,000 for a rate per 1,000."""
        return self.per if self.per and self.per > 0 and self.chart in _OUT_OF else 1

    @property
    def said_in(self) -> str:
        """The unit as charts and sentences say it: percent, number, days, or such as per 1,000."""
        if self.scale != 1:
            return f"per {self.scale:,.10g}"
        if self.chart in ("c", "g", "t") and self.unit in ("", "percent"):
            return "days" if self.chart == "t" else "number"
        return self.unit

    @property
    def target_on_chart(self) -> float | None:
        """The target on the scale of the chart, where a percent is a share of 1."""
        return self.target / 100 if self.target is not None and self.said_in == "percent" else self.target


class Adjustment(Record):
    """A dated reason to start new limits or to leave points out."""

    kind: ClassVar[str] = "adjustment"
    title: ClassVar[str] = "Note on a chart"
    plural: ClassVar[str] = "Notes on charts"
    help: ClassVar[str] = "Limits change only when a person says why and since when."
    step: ClassVar[str] = "measure"
    many: ClassVar[bool] = True

    measure: Text = words("Measure", "The short name of the measure.", core=True)
    change: Text = choice(
        "What to do",
        "Start new limits, or leave points out.",
        {"new limits": "start new limits", "leave out": "leave these points out"},
        core=True,
    )
    start: Month = month("From", "The first month it is about.", core=True)
    end: Month = month("To", "The last month, when points are left out.")
    reason: Text = story("Why", "What happened at that time.", core=True)
    decided_by: Text = words("Decided by", "Who said yes to this, a name or a role.")
    decided_on: Day = day("Decided on", "The day you decided.")


class Agreement(Record):
    """Who allowed this team's numbers to be shown to others, and when."""

    kind: ClassVar[str] = "agreement"
    title: ClassVar[str] = "Agreement to share"
    plural: ClassVar[str] = "Agreements to share"
    help: ClassVar[str] = (
        "Some communities decide themselves who sees their numbers. Nothing is shown before they agree."
    )
    step: ClassVar[str] = "measure"
    many: ClassVar[bool] = True

    council: Text = words("Who decides", "Such as a tribal council or a residents' board.", core=True)
    state: Text = choice("State", "Where it stands.", {"asked": "asked", "agreed": "agreed"}, core=True)
    date: Day = day("On", "The day of the decision.", core=True)
    covers: Text = story("What it covers", "Which numbers, for whom, for how long.", core=True)


def _day(when: date | None) -> str:
    return f"{when:%B} {when.day}, {when.year}" if when else "…"


def _amount(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"

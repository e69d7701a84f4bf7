"""What makes an aim strong, looked at one point at a time, in words."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pandas as pd

from pophealth.workspace import signs, timeline
from pophealth.workspace.records import Aim, Focus, Measure

_SERVICE_WORDS = ("appointment", "referral", "visit", "clinic slot", "training", "form", "meeting")


OWN_MONTHS = "A baseline of its own"
SAME_MONTHS = (
    "Your number today comes from the months in which you picked the group. A group that looks worst has "
    "often been unlucky too, and looks better next time by itself. Count from other months."
)


class _Point(NamedTuple):
    name: str
    there: Callable[[Aim, date], bool]
    yes: str
    no: str


_POINTS = (
    _Point(
        "A number that moves",
        lambda aim, _: aim.baseline is not None and aim.target is not None and aim.baseline != aim.target,
        "It says from where to where.",
        "Write where you stand today and where you want to be.",
    ),
    _Point(
        "A day ahead",
        lambda aim, today: aim.by_when is not None and aim.by_when > today,
        "There is time to get there.",
        "Choose a day that is still to come.",
    ),
    _Point(
        "People, not a service",
        lambda aim, _: bool(aim.population) and not _about_a_service(aim),
        "It is about what people get out of it.",
        "Say what will be better for people. What you do to get there comes in step 7.",
    ),
    _Point(
        "A place",
        lambda aim, _: bool(aim.place),
        "Everyone knows where.",
        "Name the town, the streets or the clinics.",
    ),
    _Point(
        "A number for today",
        lambda aim, _: aim.baseline is not None,
        "Everyone knows where you start.",
        "Write where you stand today, even if it is a best guess.",
    ),
    _Point(
        "A measure",
        lambda aim, _: bool(aim.measure),
        "A chart will show it.",
        "Name the measure that will show it. You can define it in step 9.",
    ),
    _Point(
        "Nobody left behind",
        lambda aim, _: bool(aim.equity_group) and aim.equity_target is not None,
        "It has an aim for the group furthest from thriving.",
        "Add an aim for the group furthest from thriving.",
    ),
    _Point(
        "Made with people it is for",
        lambda aim, _: bool(aim.made_with),
        "People it is for had a say.",
        "Read it to two people it is for, and write down what they changed.",
    ),
    _Point(
        "Someone who answers for it",
        lambda aim, _: bool(aim.owner),
        "One person speaks for it.",
        "Write one name.",
    ),
)


def look_at(aim: Aim, *, as_of: date, focus: Focus | None = None) -> pd.DataFrame:
    """Look at an aim point by point.

    Read it as a talk with a friendly coach: nothing here blocks a team.

    Parameters
    ----------
    aim : Aim
        May be half filled.
    as_of : datetime.date
        The day to look from.
    focus : Focus, optional
        The group of step 5. Where it was picked by numbers, the aim should start from other months.

    Returns
    -------
    pandas.DataFrame
        One row a point: point, there (True or False), sentence.

    Examples
    --------
    >>> from datetime import date
    >>> table = look_at(Aim(place="Riverbend"), as_of=date(2021, 1, 1))
    >>> table.loc[table["there"], "point"].tolist()
    ['A place']
    """
    rows = [(point.name, point.there(aim, as_of)) for point in _POINTS]
    table = pd.DataFrame(rows, columns=["point", "there"]).astype({"there": bool})
    table["sentence"] = [
        point.yes if there else point.no for point, there in zip(_POINTS, table["there"], strict=True)
    ]
    if focus is None or not (focus.picked_from and focus.picked_to):
        return table
    there, sentence = _own_months(aim, focus.picked_from, focus.picked_to)
    last = pd.DataFrame({"point": [OWN_MONTHS], "there": [there], "sentence": [sentence]})
    return pd.concat([table, last], ignore_index=True)


def _own_months(aim: Aim, first: date, last: date) -> tuple[bool, str]:
    """Hold the months of the number today against those in which the group was picked."""
    start, end = aim.baseline_from or aim.baseline_to, aim.baseline_to or aim.baseline_from
    if start is None or end is None:
        return False, (
            f"You picked the group by numbers from {first:%B %Y} to {last:%B %Y}. "
            "Write from which months your number today comes."
        )
    if start <= last and first <= end:
        return False, SAME_MONTHS
    return True, "It is counted from other months than those in which you picked the group."


def pace(aim: Aim, *, as_of: date) -> str:
    """Say how much has to change each month to reach the aim in time.

    Parameters
    ----------
    aim : Aim
        With both numbers and a day; otherwise the answer says what is missing.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from datetime import date
    >>> aim = Aim(baseline=56, target=70, by_when=date(2021, 8, 1))
    >>> pace(aim, as_of=date(2021, 1, 1))
    'To get there in 7 months, it has to change by about 2 percentage points a month.'
    """
    if aim.baseline is None or aim.target is None or aim.by_when is None:
        return "Once both numbers and the day are written, the pace per month will stand here."
    months = (aim.by_when.year - as_of.year) * 12 + aim.by_when.month - as_of.month
    if months <= 0:
        return "The day of this aim is here or past. Look at what you reached, and choose a new day."
    step = abs(aim.target - aim.baseline) / months
    unit = "percentage points" if aim.unit == "percent" else "units"
    span = "1 month" if months == 1 else f"{months} months"
    return f"To get there in {span}, it has to change by about {step:.2g} {unit} a month."


class Outlook(NamedTuple):
    """What the next month is likely to show while nothing changes; missing numbers mean: do not say.

    Attributes
    ----------
    expected, lower, upper : float or None
        On the scale of the chart.
    since : Timestamp or None
        The month from which a signal says that something has changed.
    points : int
        Points of the phase in force.
    """

    expected: float | None = None
    lower: float | None = None
    upper: float | None = None
    since: pd.Timestamp | None = None
    points: int = 0


def outlook(chart: pd.DataFrame, measure: Measure) -> Outlook:
    """Say what the next month would show if nothing changes, from the phase in force.

    Read it as a range for one month, never as a line into the future: ordinary variation has no direction.

    Parameters
    ----------
    chart : DataFrame
        One series, as `signs.charted` gives it.
    measure : Measure
        Its definition.

    Returns
    -------
    Outlook
        Without numbers when there are fewer than 12 points, no limits, a signal that still stands, or
        points that share people.

    Examples
    --------
    >>> table = pd.DataFrame({"period": pd.date_range("2020-01-01", periods=14, freq="MS")})
    >>> about = {"phase": 1, "excluded": False, "baseline": True}
    >>> chart = signs.charted(table.assign(value=[5, 6] * 7, **about), Measure(chart="i"))
    >>> outlook(chart, Measure(chart="i")).expected
    5.5
    """
    known = chart[chart["value"].notna() & ~chart["excluded"].astype(bool)]
    if known.empty or timeline.tied(measure):
        return Outlook()
    now = known[known["phase"].eq(known["phase"].iloc[-1])]
    last, sign = now.iloc[-1], signs.sign_of(chart)
    if sign.direction:
        return Outlook(since=sign.since, points=len(now))
    if len(now) < signs.ENOUGH or last[["lower", "upper"]].isna().any():
        return Outlook(points=len(now))
    return Outlook(float(last["centre"]), float(last["lower"]), float(last["upper"]), points=len(now))


def _about_a_service(aim: Aim) -> bool:
    return any(word in aim.what.lower() for word in _SERVICE_WORDS)

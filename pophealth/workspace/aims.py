"""What makes an aim strong, looked at one point at a time, in words."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pandas as pd

from pophealth.workspace.records import Aim

_SERVICE_WORDS = ("appointment", "referral", "visit", "clinic slot", "training", "form", "meeting")


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


def look_at(aim: Aim, *, as_of: date) -> pd.DataFrame:
    """Look at an aim point by point.

    Read it as a talk with a friendly coach: nothing here blocks a team.

    Parameters
    ----------
    aim : Aim
        May be half filled.
    as_of : datetime.date
        The day to look from.

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
    return table


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


def _about_a_service(aim: Aim) -> bool:
    return any(word in aim.what.lower() for word in _SERVICE_WORDS)

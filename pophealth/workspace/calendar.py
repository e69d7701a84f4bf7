"""The calendar of the 11 months: planned from one day, with the dates a team moved or added."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

MONTHS = 11
SORTS = {
    "session": "learning session",
    "period": "action period",
    "call": "call of all teams",
    "webinar": "webinar",
    "report": "monthly report",
    "harvest": "closing harvest",
    "own": "date of our own",
}
COLUMNS = ("key", "sort", "name", "date", "until", "topic", "hours", "place", "moved")
_DAY = timedelta(days=1)
_TUESDAY, _THURSDAY = 1, 3


class Planned(NamedTuple):
    """One date as the plan knows it: in which month, and what it is about."""

    key: str
    sort: str
    name: str
    month: int
    topic: str = ""


SESSIONS = (
    Planned("session-1", "session", "Learning session 1", 1, "Meet, learn the method, make a first plan"),
    Planned("session-2", "session", "Learning session 2", 5, "Show what you learned, plan bolder tests"),
    Planned("session-3", "session", "Learning session 3", 9, "Make it last, and help others take it up"),
    Planned("harvest", "harvest", "Closing harvest", 11, "What worked, what did not, what others may copy"),
)
TOPICS = {
    2: "Asking people what matters, and listening",
    3: "Who is not thriving? Numbers by group",
    4: "From a wish to an aim, and what drives it",
    6: "Small tests, with a guess first",
    7: "Reading a run chart without fooling yourself",
    8: "Trust among partners",
    10: "Telling your story on one page",
}
BETWEEN = tuple(
    planned
    for month, topic in TOPICS.items()
    for planned in (
        Planned(f"call-{month}", "call", f"Call of month {month}", month),
        Planned(f"webinar-{month}", "webinar", f"Webinar of month {month}", month, topic),
    )
)
REPORTS = tuple(
    Planned(f"report-{month}", "report", f"Report of month {month}", month) for month in range(1, MONTHS + 1)
)
PLAN = (*SESSIONS, *BETWEEN, *REPORTS)
CHOICES = {planned.key: planned.name for planned in PLAN}


def first_day(start: date) -> date:
    """Give the first day of the first learning session: two workdays in a row.

    Parameters
    ----------
    start : datetime.date
        The day a team wrote down.

    Returns
    -------
    datetime.date
        The same day, or the next Tuesday when one of the two days would fall on a weekend.

    Examples
    --------
    >>> first_day(date(2020, 8, 1)).isoformat(), first_day(date(2020, 9, 17)).isoformat()
    ('2020-08-04', '2020-09-17')
    """
    return start if start.weekday() <= _THURSDAY else start + _DAY * ((_TUESDAY - start.weekday()) % 7)


def calendar(start: date, events: Iterable[Any] = ()) -> pd.DataFrame:
    """Lay out the 11 months from one day, and put in what the team moved, added or left out.

    Learning sessions, calls and the harvest keep to one weekday of the month, webinars stand two weeks away
    from them, reports close a month on its last workday, and action periods fill the time between sessions.

    Parameters
    ----------
    start : datetime.date
        First day of the first learning session.
    events : iterable of records.Event
        Dates the team moved (`stands_for`), added or left out (`off`).

    Returns
    -------
    pandas.DataFrame
        key, sort, name, date, until (last day), topic, hours, place, moved; in the order of the days.

    Examples
    --------
    >>> table = calendar(date(2020, 9, 15))
    >>> table.loc[table["sort"].eq("session"), "date"].dt.strftime("%Y-%m-%d").tolist()
    ['2020-09-15', '2021-01-19', '2021-05-18']
    """
    rows = {planned.key: _row(planned, first_day(start)) for planned in PLAN}
    for event in events:
        _put_in(rows, event)
    table = pd.DataFrame([*rows.values(), *_periods(rows)], columns=[*COLUMNS])
    days = {name: pd.to_datetime(table[name]) for name in ("date", "until")}
    return table.assign(**days).sort_values(["date", "until"], kind="stable", ignore_index=True)


def by_name(name: str) -> str:
    """Find the planned date that goes by a name, however its letters are written; "" when there is none.

    Examples
    --------
    >>> by_name("call of month 3"), by_name("Picnic")
    ('call-3', '')
    """
    wanted = " ".join(name.lower().split())
    return next((key for key, known in CHOICES.items() if known.lower() == wanted), "")


def _row(planned: Planned, first: date) -> dict[str, Any]:
    day = _day_of(planned, first)
    until = day + _DAY if planned.key == "session-1" else day
    about = {"key": planned.key, "sort": planned.sort, "name": planned.name, "topic": planned.topic}
    return about | {"date": day, "until": until, "hours": "", "place": "", "moved": False}


def _day_of(planned: Planned, first: date) -> date:
    turn = min((first.day - 1) // 7 + 1, 4)
    months = first.year * 12 + first.month - 1 + planned.month - 1
    opening = date(months // 12, months % 12 + 1, 1)
    if planned.key == "session-1":
        return first
    if planned.sort == "report":
        return _last_workday(opening)
    apart = turn + 2 if turn <= 2 else turn - 2
    turn = apart if planned.sort == "webinar" else turn
    return opening + _DAY * ((first.weekday() - opening.weekday()) % 7 + 7 * (turn - 1))


def _last_workday(opening: date) -> date:
    last = (opening + 31 * _DAY).replace(day=1) - _DAY
    return last - _DAY * max(0, last.weekday() - 4)


def _put_in(rows: dict[str, dict[str, Any]], event: Any) -> None:
    """Let a record take the place of a planned date, or stand on its own."""
    if event.off:
        rows.pop(event.stands_for, None)
        return
    own = {
        "key": f"own-{event.key}",
        "sort": "own",
        "name": event.name,
        "topic": "",
        "hours": "",
        "place": "",
    }
    there = rows.get(event.stands_for, own)
    day = event.date or there.get("date")
    if day is None:
        return
    told = {name: getattr(event, name) or there[name] for name in ("name", "topic", "hours", "place")}
    length = there["until"] - there["date"] if "date" in there else timedelta()
    until = max(event.until or day + length, day)
    moved = there.get("date") not in (None, day)
    rows[there["key"]] = there | told | {"date": day, "until": until, "moved": moved}


def _periods(rows: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Fill the time from each session to the next with an action period."""
    there = sorted((rows[one.key] for one in SESSIONS if one.key in rows), key=lambda row: row["date"])
    for number, (before, after) in enumerate(pairwise(there), start=1):
        first, last = before["until"] + _DAY, after["date"] - _DAY
        if first <= last:
            about = {"key": f"period-{number}", "sort": "period", "name": f"Action period {number}"}
            yield about | {
                "date": first,
                "until": last,
                "topic": "",
                "hours": "",
                "place": "",
                "moved": False,
            }

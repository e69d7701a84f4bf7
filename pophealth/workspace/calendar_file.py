"""A calendar as a file that other calendars read: RFC 5545, whole days only."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pandas as pd

MIME = "text/calendar"
OCTETS = 75
_BREAKS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def written(calendar: pd.DataFrame, *, team: str, name: str, as_of: date) -> bytes:
    r"""Write a calendar as an .ics file.

    Each date keeps its own id, so that a calendar that reads the file again moves a date and does not add it
    twice. Action periods do not block the days they fill.

    Parameters
    ----------
    calendar : pandas.DataFrame
        From `workspace.calendar.calendar`.
    team : str
        Its short name; it makes the ids those of this team.
    name : str
        Stands above the calendar.
    as_of : datetime.date
        The day the file is made.

    Returns
    -------
    bytes
        UTF-8, lines of at most 75 octets, each ended by CR and LF.

    Notes
    -----
    RFC 5545 (2009), sections 3.1 (folding), 3.3.11 (escaping), 3.6.1 (events; the end day is the day after).

    Examples
    --------
    >>> from pophealth.workspace.calendar import calendar
    >>> file = written(calendar(date(2020, 9, 15)), team="mill-hill", name="Us", as_of=date(2020, 9, 1))
    >>> file.count(b"BEGIN:VEVENT"), file[:17]
    (32, b'BEGIN:VCALENDAR\r\n')
    """
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//pophealth//workbook//EN", "CALSCALE:GREGORIAN"]
    events = [line for row in calendar.to_dict("records") for line in _event(row, team, as_of)]
    lines = [*head, f"X-WR-CALNAME:{escaped(name)}", *events, "END:VCALENDAR"]
    return b"".join(map(folded, lines))


def escaped(text: str) -> str:
    r"""Write a text so that a calendar reads it as it is.

    Examples
    --------
    >>> print(escaped("Soup, bread; and\ntea"))
    Soup\, bread\; and\ntea
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in plain if sign == "\n" or sign.isprintable()).translate(_BREAKS)


def folded(line: str) -> bytes:
    r"""End a line, and break it where it has more than 75 octets, never within a letter.

    Examples
    --------
    >>> folded("SUMMARY:Call")
    b'SUMMARY:Call\r\n'
    """
    parts, room = [b""], OCTETS
    for letter in line:
        octets = letter.encode()
        if len(parts[-1]) + len(octets) > room:
            parts, room = [*parts, b""], OCTETS - 1
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"


def _event(row: dict[str, Any], team: str, as_of: date) -> Iterator[str]:
    about = "\n".join(text for text in (row["topic"], row["hours"]) if text)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, ':'.join(('pophealth', team, row['key'])))}"
    yield f"DTSTAMP:{as_of:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{row['date']:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{row['until'] + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(row['name'])}"
    yield from [f"DESCRIPTION:{escaped(about)}"] if about else []
    yield from [f"LOCATION:{escaped(row['place'])}"] if row["place"] else []
    yield f"TRANSP:{'TRANSPARENT' if row['sort'] == 'period' else 'OPAQUE'}"
    yield "END:VEVENT"

"""The .ics file, read back by the rules of RFC 5545: folding, escaping, whole days, lasting ids."""

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pophealth.workspace.calendar import calendar
from pophealth.workspace.calendar_file import escaped, folded, written
from pophealth.workspace.records import Event

START, AS_OF = date(2020, 9, 15), date(2020, 9, 1)
LONG = "Soup, bread; a \\ and “ñandú” " * 6
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)


def unfolded(data):
    """Section 3.1: a line break followed by one space or tab is taken out."""
    return re.sub(rb"\r\n[ \t]", b"", data).decode()


def read(value):
    """Section 3.3.11, sign by sign."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def events(data):
    blocks = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", unfolded(data), flags=re.S)
    return [dict(line.split(":", 1) for line in block.split("\r\n") if line) for block in blocks]


def a_file(*records, team="mill-hill"):
    return written(calendar(START, records), team=team, name="Mill Hill, 11 months", as_of=AS_OF)


def test_lines_end_with_cr_lf_and_have_at_most_75_octets():
    data = a_file(Event(key="a", name=LONG, date=date(2020, 10, 1), place=LONG, topic=LONG))
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    for line in lines:
        line.decode()
    assert LONG.strip() in {read(event["SUMMARY"]) for event in events(data)}


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_comes_back_as_it_was_but_for_signs_no_calendar_shows(text):
    line = folded(f"SUMMARY:{escaped(text)}")
    assert max(map(len, line.split(b"\r\n"))) <= 75
    whole = unfolded(line).removesuffix("\r\n").removeprefix("SUMMARY:")
    assert "\n" not in whole
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", whole)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert read(whole) == "".join(sign for sign in plain if sign == "\n" or sign.isprintable())


def test_the_file_is_one_calendar_with_what_a_reader_needs():
    lines = unfolded(a_file()).split("\r\n")
    assert lines[:4] == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//pophealth//workbook//EN", "CALSCALE:GREGORIAN")
    ]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "X-WR-CALNAME:Mill Hill\\, 11 months" in lines
    for event in events(a_file()):
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY"} <= set(event)
        assert event["DTSTAMP"] == "20200901T000000Z"


def test_a_whole_day_ends_on_the_day_after_and_action_periods_leave_people_free():
    found = {event["SUMMARY"]: event for event in events(a_file())}
    first = found["Learning session 1"]
    assert (first["DTSTART;VALUE=DATE"], first["DTEND;VALUE=DATE"]) == ("20200915", "20200917")
    assert first["TRANSP"] == "OPAQUE"
    assert found["Action period 1"]["TRANSP"] == "TRANSPARENT"


def test_ids_are_unique_last_when_a_date_moves_and_differ_between_teams():
    before = events(a_file())
    ids = {event["UID"] for event in before}
    assert len(ids) == len(before)
    moved = events(a_file(Event(key="a", name="Other", date=date(2020, 10, 1), stands_for="call-2")))
    assert {event["UID"] for event in moved} == ids
    assert not ids & {event["UID"] for event in events(a_file(team="stone-mill"))}


def test_a_text_cannot_add_a_line_of_its_own():
    sly = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nATTACH:https://canary.test"
    data = a_file(Event(key="a", name=sly, date=date(2020, 10, 1), place=sly, topic=sly, hours=sly))
    assert len(events(data)) == len(events(a_file())) + 1
    assert "\r\nATTACH" not in unfolded(data)

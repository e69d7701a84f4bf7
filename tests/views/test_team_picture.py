"""The picture of a team and the picture of its calendar: whole, readable, nobody left out."""

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from pophealth.views.calendar_picture import calendar_picture
from pophealth.views.lettering import text_width
from pophealth.views.team_picture import team_picture
from pophealth.workspace.calendar import calendar
from pophealth.workspace.records import Event

SIDES = {"institution": "works in care", "connector": "links people", "resident": "lives with it"}
LONG = "Bartholomew of the Upper Village, who also drives the bus "
TEAMS = [1, 2, 3, 9]


def people(count, *, name="Ana"):
    sides = [list(SIDES)[number % 2] for number in range(count)]
    return pd.DataFrame({"name": name, "role": LONG * 3, "side": sides})


def both(chart):
    spec = chart.to_dict(validate=False)
    return spec, spec["usermeta"]["narrow"]


def rows(spec, mark):
    return [
        (row, layer["mark"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == mark
        for row in layer["data"]["values"]
    ]


@pytest.mark.parametrize("count", TEAMS)
@pytest.mark.parametrize("name", ["Ana", LONG])
def test_everyone_has_a_dot_and_words_that_fit(count, name):
    for spec in both(team_picture(people(count, name=name), sides=SIDES, title="x")):
        dots = [row for row, mark in rows(spec, "point") if not mark.get("strokeDash")]
        rings = [row for row, mark in rows(spec, "point") if mark.get("strokeDash")]
        assert len(dots) == count
        assert len(rings) == (2 if count == 1 else 1)
        assert len({(row["x"], row["y"]) for row in dots + rings}) == len(dots + rings)
        for row, mark in rows(spec, "text"):
            assert row["x"] + text_width(row["text"], mark["fontSize"]) <= spec["width"] + 1, row
            assert 0 <= row["y"] <= spec["height"]


def test_a_person_called_like_an_empty_place_is_a_person():
    wide, _ = both(team_picture(people(1, name="nobody yet"), sides=SIDES, title="x"))
    assert sum(not mark.get("strokeDash") for _, mark in rows(wide, "point")) == 1


def test_an_empty_team_and_an_empty_calendar_are_not_drawn():
    assert team_picture(people(0), sides=SIDES) is None
    assert calendar_picture(calendar(date(2020, 9, 15)).iloc[:0], today=date(2020, 9, 1)) is None


@pytest.mark.parametrize("today", [date(2020, 1, 1), date(2020, 9, 15), date(2021, 2, 1), date(2030, 1, 1)])
def test_each_date_has_a_place_on_the_line_of_time(today):
    table = calendar(date(2020, 9, 15), [Event(key="a", name="Supper", date=date(2022, 1, 3))])
    for spec in both(calendar_picture(table, today=today, title="x")):
        dots = rows(spec, "point")
        assert len(dots) == table["sort"].ne("period").sum()
        ahead = sum(mark["stroke"] == "#0b6e6e" for _, mark in dots)
        assert ahead == (table["sort"].ne("period") & table["until"].ge(pd.Timestamp(today))).sum()
        assert all(0 <= row["x"] <= spec["width"] and 0 <= row["y"] <= spec["height"] for row, _ in dots)
        words = [row["text"] for row, _ in rows(spec, "text")]
        assert ("today" in words) is (date(2020, 9, 15) <= today <= date(2022, 1, 3))


def test_months_do_not_run_into_each_other():
    for spec in both(calendar_picture(calendar(date(2020, 9, 15)), today=date(2021, 1, 1), title="x")):
        top = sorted(
            (row["x"], row["text"], mark["fontSize"]) for row, mark in rows(spec, "text") if row["y"] < 10
        )
        for (x, text, size), (after, _, _) in pairwise(top):
            assert x + text_width(text, size) < after

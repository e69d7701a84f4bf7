"""The 11 months: planned from one day, whatever day it is, and changed by what a team writes."""

from calendar import monthcalendar
from datetime import date, timedelta

import pandas as pd
import pytest

from pophealth.workspace.calendar import CHOICES, PLAN, calendar, first_day
from pophealth.workspace.records import Event

STARTS = [date(2020, 1, 1) + timedelta(days=15 * number) for number in range(25)]
START = date(2020, 9, 15)


def rows(table, sort):
    return table[table["sort"].eq(sort)]


def day(table, key):
    return table.set_index("key").loc[key, "date"].date()


def third_tuesday(year, month):
    return [week[1] for week in monthcalendar(year, month) if week[1]][2]


@pytest.mark.parametrize("start", STARTS)
def test_any_start_gives_eleven_months_of_workdays(start):
    table = calendar(start)
    assert table["sort"].value_counts().to_dict() == {
        **{"session": 3, "harvest": 1, "period": 3, "call": 7, "webinar": 7, "report": 11}
    }
    dates = table[table["sort"].ne("period")]
    assert dates["date"].dt.day_of_week.max() <= 4
    assert dates["until"].dt.day_of_week.max() <= 4
    assert table["date"].is_monotonic_increasing
    assert (table["until"] >= table["date"]).all()
    first = day(table, "session-1")
    assert timedelta(0) <= first - start <= timedelta(days=4)
    months = (dates["date"].dt.year - first.year) * 12 + dates["date"].dt.month - first.month
    assert (months.min(), months.max()) == (0, 10)
    assert rows(table, "webinar")["topic"].ne("").all()
    assert (
        not dates.loc[dates["sort"].isin(("call", "webinar", "session", "harvest")), "date"]
        .duplicated()
        .any()
    )


def test_meetings_keep_to_one_weekday_of_the_month():
    table = calendar(START)
    for sort in ("session", "call", "harvest"):
        for one in rows(table, sort)["date"]:
            assert (one.day, one.weekday()) == (third_tuesday(one.year, one.month), 1)
    ends = rows(table, "report")["date"]
    assert all(one.month != (one + pd.offsets.BDay()).month for one in ends)


def test_the_first_session_takes_two_days_and_the_others_one():
    table = rows(calendar(START), "session")
    assert (table["until"] - table["date"]).dt.days.tolist() == [1, 0, 0]
    friday = date(2020, 9, 18)
    assert first_day(friday) == date(2020, 9, 22)


def test_action_periods_fill_the_time_between_sessions_without_a_gap():
    table = calendar(START)
    meetings = table[table["sort"].isin(("session", "harvest"))]
    periods = rows(table, "period")
    assert (
        periods["date"].to_numpy() == (meetings["until"].iloc[:-1] + pd.Timedelta(days=1)).to_numpy()
    ).all()
    assert (
        periods["until"].to_numpy() == (meetings["date"].iloc[1:] - pd.Timedelta(days=1)).to_numpy()
    ).all()


def test_a_record_moves_a_date_and_the_action_periods_follow():
    moved = Event(key="a", name="Second session", date=date(2021, 2, 9), stands_for="session-2", hours="noon")
    table = calendar(START, [moved])
    assert len(table) == len(calendar(START))
    one = table.set_index("key").loc["session-2"]
    assert (one["name"], one["date"].date(), one["hours"], one["moved"]) == (
        *("Second session", date(2021, 2, 9), "noon", True),
    )
    assert one["topic"] == calendar(START).set_index("key").loc["session-2", "topic"]
    periods = rows(table, "period").set_index("key")
    assert periods.loc["period-1", "until"].date() == date(2021, 2, 8)
    assert periods.loc["period-2", "date"].date() == date(2021, 2, 10)


def test_moving_the_two_days_keeps_them_two_and_a_last_day_may_be_given():
    later = calendar(START, [Event(name="x", date=date(2020, 9, 22), stands_for="session-1")])
    assert later.set_index("key").loc["session-1", "until"].date() == date(2020, 9, 23)
    three = Event(name="x", date=date(2020, 9, 22), until=date(2020, 9, 24), stands_for="session-1")
    assert calendar(START, [three]).set_index("key").loc["session-1", "until"].date() == date(2020, 9, 24)


def test_a_date_can_be_left_out_added_or_only_filled_in():
    events = [
        Event(key="a", name="Call of month 3", stands_for="call-3", off=True),
        Event(key="b", name="Supper", date=date(2020, 10, 30), place="Parish hall"),
        Event(key="c", name="Call of month 4", stands_for="call-4", place="Room 2"),
        Event(key="d", name="Nobody knows when"),
    ]
    table = calendar(START, events).set_index("key")
    assert "call-3" not in table.index
    assert table.loc["own-b", "sort"] == "own"
    assert not table.loc["own-b", "moved"]
    assert (table.loc["call-4", "place"], table.loc["call-4", "moved"]) == ("Room 2", False)
    assert "own-d" not in table.index
    assert len(calendar(START, [Event(name="", stands_for=one.key, off=True) for one in PLAN])) == 0


def test_each_planned_date_can_be_chosen_under_a_name_of_its_own():
    assert len(set(CHOICES.values())) == len(CHOICES) == len(PLAN)


def test_a_date_that_ends_before_it_begins_is_asked_again():
    assert Event.draft({"date": "2021-03-02", "until": "2021-03-01"}).problems() == {
        "until": "This ends before it begins. Check both days."
    }

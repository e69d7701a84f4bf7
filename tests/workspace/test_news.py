"""What is new for one person: what the others wrote since she last wrote."""

from datetime import UTC, date, datetime

import pytest

from pophealth.workspace import news
from pophealth.workspace.records import Charter, Rating, Test, Trust
from pophealth.workspace.store import Workspace

TODAY = date(2021, 6, 30)


@pytest.fixture
def write(folder):
    def written(user, day, *records):
        book = Workspace.open(folder, user=user, clock=lambda: datetime(2021, 6, day, 9, tzinfo=UTC)).team(
            "gull-harbor"
        )
        for record in records:
            newest = book.get(record.kind, record.key)
            book.save(record, based_on=newest.revision if newest else 0)
        return book

    return written


def test_last_time_is_the_last_day_before_today_on_which_she_wrote(write):
    book = write("ana", 3, Charter(purpose="Rest"))
    assert news.last_here(book, as_of=TODAY) == date(2021, 6, 3)
    write("ana", 30, Charter(purpose="Rest well"))
    assert news.last_here(book, as_of=TODAY) == date(2021, 6, 3)
    assert news.last_here(write("ben", 30), as_of=TODAY) is None


def test_what_others_wrote_is_listed_newest_first_and_her_own_is_not(write):
    book = write("ana", 3, Charter(purpose="Rest"))
    write("ben", 10, Test(key="walk", name="Walk"))
    write("ben", 12, Charter(purpose="Rest for all"))
    found = news.from_others(book, date(2021, 6, 3), as_of=TODAY)
    assert found.values.tolist() == [
        [date(2021, 6, 12), "Ben Ode", "Team charter: Rest for all", "gather"],
        [date(2021, 6, 10), "Ben Ode", "Test of change (new): Walk", "test"],
    ]
    assert news.from_others(book, date(2021, 6, 13), as_of=TODAY).empty


def test_much_of_a_kind_in_a_day_is_one_line(write):
    book = write("ana", 3)
    write("ben", 10, *(Test(key=f"t{number}", name=f"Test {number}") for number in range(4)))
    assert news.from_others(book, date(2021, 6, 3), as_of=TODAY)["what"].tolist() == ["4 tests of change"]


def test_answers_under_a_code_are_no_news(write):
    book = write("ana", 3)
    write("ben", 10, Rating(key="elm", rater="elm", role="nurse"), Trust(key="a" * 32, code="elm"))
    assert news.from_others(book, date(2021, 6, 3), as_of=TODAY).empty

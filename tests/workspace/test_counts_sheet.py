"""The sheet for a team's next counts: which rows stand in it, and that it can be brought back."""

from datetime import date

import pandas as pd
import pytest

from pophealth.workspace import intake
from pophealth.workspace.counts_sheet import counts_sheet
from pophealth.workspace.records import Measure
from pophealth.workspace.sheets import Upload

HEADER = "measure,period,numerator,denominator,stratifier,stratum\n"


@pytest.fixture
def measured(book):
    book.save(Measure(key="visits", name="Visits kept"), based_on=0)
    return book


def bring(book, text):
    intake.load(Upload("counts.csv", (HEADER + text).encode()), book=book)


def rows(book, day=date(2021, 6, 30)):
    sheet = counts_sheet(book, as_of=day)
    return list(sheet[["measure", "period", "stratum"]].itertuples(index=False, name=None))


def test_without_measures_there_is_nothing_to_fill_in(book):
    assert rows(book) == []


def test_a_new_measure_gets_the_last_twelve_months(measured):
    months = [period for _, period, _ in rows(measured)]
    assert (len(months), months[0], months[-1]) == (12, "2020-07", "2021-06")


def test_a_measure_in_use_gets_what_is_missing_for_everyone_and_each_group(measured):
    bring(measured, "visits,2021-04,4,9,,\nvisits,2021-04,1,4,language,Spanish\n")
    assert rows(measured) == [
        ("visits", month, group) for month in ("2021-05", "2021-06") for group in ("", "Spanish")
    ]


def test_when_today_is_known_the_next_month_stands_there(measured):
    bring(measured, "visits,2021-06,4,9,,\n")
    assert rows(measured) == [("visits", "2021-07", "")]


def test_quarters_and_years_have_their_own_steps_and_events_none(measured):
    measured.save(Measure(key="jobs", name="Jobs", period="quarter"), based_on=0)
    measured.save(Measure(key="falls", name="Falls", period="day"), based_on=0)
    bring(measured, "jobs,2020-10,4,9,,\nvisits,2021-06,1,2,,\n")
    assert sorted(rows(measured)) == [
        ("jobs", "2021-01", ""),
        ("jobs", "2021-04", ""),
        ("visits", "2021-07", ""),
    ]


def test_a_sheet_that_is_filled_in_comes_back_whole(measured):
    sheet = counts_sheet(measured, as_of=date(2021, 6, 30)).assign(numerator="4", denominator="9")
    content = sheet.to_csv(index=False).encode("utf-8-sig")
    checked = intake.check(Upload("counts.csv", content), book=measured)
    assert checked.problems.empty
    assert intake.accept(checked, book=measured).rows == 12
    assert measured.counts("visits")["period"].max() == pd.Timestamp("2021-06-01")

"""A measure over time with what people noted on it."""

from datetime import date

import pandas as pd
import pytest

from pophealth.workspace import timeline
from pophealth.workspace.records import Adjustment, Measure, Test


@pytest.fixture
def counted(book):
    book.save(Measure(key="visits", name="Visits", lead=True, baseline_points=3, better="higher"), based_on=0)
    months = pd.date_range("2020-01-01", periods=8, freq="MS")
    table = pd.DataFrame({"measure": "visits", "period": months, "numerator": 20, "denominator": 50})
    book.import_counts(table[table["period"] != "2020-02-01"], file_name="counts.csv", sha256="1" * 64)
    return book


def adjust(book, key, **fields):
    book.save(Adjustment.draft({"measure": "visits", "reason": "A flood.", **fields}, key), based_on=0)


def test_without_notes_there_is_one_phase_and_a_baseline(counted):
    points = timeline.points(counted)
    assert points["phase"].tolist() == [1] * 8
    assert not points["excluded"].any()
    assert points["baseline"].tolist() == [True, False, True, True, False, False, False, False]


def test_points_are_left_out_from_the_first_to_the_last_month(counted):
    adjust(counted, "flood", change="leave out", start="2020-03", end="2020-04")
    points = timeline.points(counted)
    assert points.loc[points["excluded"], "period"].dt.month.tolist() == [3, 4]
    assert points.loc[points["excluded"], "reason"].tolist() == ["A flood.", "A flood."]
    assert points.loc[points["baseline"], "period"].dt.month.tolist() == [1, 5, 6]


def test_one_month_is_left_out_when_no_last_month_is_given(counted):
    adjust(counted, "flood", change="leave out", start="2020-03")
    assert timeline.points(counted)["excluded"].sum() == 1


def test_new_limits_begin_a_phase_and_say_why_once(counted):
    adjust(counted, "desk", change="new limits", start="2020-05", reason="A new desk.")
    points = timeline.points(counted)
    assert points["phase"].tolist() == [1] * 4 + [2] * 4
    assert points["reason"].tolist() == ["", "", "", "", "A new desk.", "", "", ""]
    assert points.loc[points["phase"].eq(2), "baseline"].all()


def test_notes_on_another_measure_change_nothing(counted):
    adjust(counted, "desk", change="new limits", start="2020-05", measure="naps")
    assert timeline.points(counted)["phase"].eq(1).all()


def test_a_team_without_counts_has_an_empty_table_with_all_columns(book):
    points = timeline.points(book)
    assert points.empty
    assert [*timeline.COLUMNS, "phase", "excluded", "reason", "baseline"] == list(points)
    assert timeline.marks(book).empty


def test_marks_keep_the_number_that_their_test_has_everywhere(book):
    for key, start, measure in (
        ("b", "2020-05-02", "visits"),
        ("a", "2020-03-01", ""),
        ("c", "2020-04-01", "naps"),
    ):
        book.save(Test.draft({"name": key.upper(), "start": start, "measure": measure}, key), based_on=0)
    book.save(Test(key="d", name="no day yet"), based_on=0)
    assert timeline.marks(book)["label"].tolist() == ["A", "C", "B"]
    marks = timeline.marks(book, "visits")
    assert list(marks.itertuples(index=False, name=None)) == [
        (1, pd.Timestamp("2020-03-01"), "A", ""),
        (3, pd.Timestamp("2020-05-02"), "B", ""),
    ]


def test_shared_points_are_empty_until_the_measure_is_shared(folder, counted):
    from pophealth.workspace.store import Workspace

    faculty = Workspace.open(folder, user="fay")
    assert timeline.shared_points(faculty, "gull-harbor").empty
    counted.share("measure", "visits", shared=True, based_on=1)
    shared = timeline.shared_points(faculty, "gull-harbor")
    assert len(shared) == 8
    assert timeline.shared_points(faculty, "gull-harbor", "naps").empty


def test_facts_name_rows_files_and_fingerprint(book, counted):
    assert timeline.facts(counted).startswith("7 rows from 1 file, last ")
    assert timeline.facts(counted).endswith("1" * 12)


def test_a_test_that_goes_on_counts_as_today():
    today = date(2021, 6, 30)
    assert timeline.last_tried([], today) is None
    assert timeline.last_tried([Test(start=date(2021, 7, 5))], today) is None
    assert timeline.last_tried([Test(start=date(2021, 1, 5))], today) == date(2021, 1, 5)
    assert timeline.last_tried([Test(start=date(2021, 6, 5))], today) == today


def test_a_mark_says_for_which_group_the_test_was(book):
    spanish = {"name": "Calls", "start": "2020-03-01", "stratum": "Spanish"}
    book.save(Test.draft(spanish, "calls"), based_on=0)
    assert timeline.marks(book)["stratum"].tolist() == ["Spanish"]


def test_changes_say_since_when_why_and_who_decided(counted):
    adjust(counted, "desk", change="new limits", start="2020-05", reason="A new desk.")
    decided = {"decided_by": "Ana Reyes", "decided_on": "2020-07-03"}
    adjust(counted, "team", change="new limits", start="2020-03", reason="A new team.", **decided)
    adjust(counted, "flood", change="leave out", start="2020-03")
    adjust(counted, "other", change="new limits", start="2020-03", measure="naps")
    assert list(timeline.changes(counted, "visits").itertuples(index=False, name=None)) == [
        (pd.Timestamp("2020-03-01"), "A new team. (Decided: Ana Reyes, July 3, 2020)", "limits"),
        (pd.Timestamp("2020-05-01"), "A new desk.", "limits"),
    ]
    assert timeline.changes(counted).equals(timeline.changes(counted, "visits"))


def test_limits_change_only_with_a_month_and_a_reason(counted):
    adjust(counted, "desk", change="new limits", start="2020-05", reason=" ")
    adjust(counted, "team", change="new limits", start=None)
    assert timeline.changes(counted).empty
    assert timeline.changes(counted)["date"].dtype == "datetime64[ns]"
    assert timeline.points(counted)["phase"].eq(1).all()


def test_others_see_the_changes_that_are_shared(folder, counted):
    from pophealth.workspace.store import Workspace

    adjust(counted, "desk", change="new limits", start="2020-05", reason="A new desk.")
    faculty = Workspace.open(folder, user="fay")
    counted.share("measure", "visits", shared=True, based_on=1)
    assert timeline.shared_changes(faculty, "gull-harbor").empty
    counted.share("adjustment", "desk", shared=True, based_on=1)
    assert timeline.shared_changes(faculty, "gull-harbor")["label"].tolist() == ["A new desk."]
    assert timeline.shared_changes(faculty, "stone-creek").empty

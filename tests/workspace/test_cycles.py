"""Tests of change as cycles of an idea: what counts as begun, what waits, what was learned, what is next."""

from datetime import date

import pandas as pd
import pytest

from pophealth.workspace import cycles, timeline
from pophealth.workspace.records import Driver, Measure, Test
from pophealth.workspace.samples import sample_workspace
from pophealth.workspace.store import Workspace

TODAY = date(2021, 6, 30)
PLAN = {"name": "A call", "driver": "call", "question": "Do they come?", "prediction": "Two of three."}
OLD_BODY = {
    "name": "Reminder calls",
    "question": "Do they come?",
    "prediction": "Two of three.",
    "driver": "calls",
    "who": "Tomás",
    "scale": "3",
    "measure": "bp-control",
    "stratum": "Spanish",
    "start": "2020-09-08",
    "end": "2020-09-11",
    "happened": "All came.",
    "learned": "The call finds the refill.",
    "decision": "adopt",
}


@pytest.fixture
def book(folder):
    """A team with a driver, an idea that hangs on it, one that hangs on nothing, and a measure."""
    book = Workspace.open(folder, user="ana").team("gull-harbor")
    book.save(Driver(key="reached", text="People are reached", level="primary"), based_on=0)
    book.save(Driver(key="call", text="A call in Spanish", level="idea", parent="reached"), based_on=0)
    book.save(Driver(key="flyer", text="A flyer", level="idea"), based_on=0)
    book.save(Measure(key="kept", name="Visits kept", lead=True), based_on=0)
    return book


def planned(book, key, **values):
    book.save(Test.draft(PLAN | values, key), based_on=0)


def test_the_core_is_six_questions_and_enough_for_done():
    core = [field.name for field in Test.fields() if field.core]
    assert core == ["name", "driver", "question", "prediction", "start", "scale"]
    assert Test.draft(PLAN | {"start": "2021-06-07", "scale": "1"}).complete


def test_what_was_kept_before_reads_as_it_was_written():
    test = Test.from_body(OLD_BODY, "calls")
    assert test.complete
    assert not test.unread
    assert {name: test.body()[name] for name in OLD_BODY} == OLD_BODY


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start": "2021-03-02", "until": "2021-03-01"}, "until"),
        ({"start": "2021-03-02", "end": "2021-03-01"}, "end"),
        ({"second_question": "Does it cost time?"}, "second_prediction"),
        ({"third_question": "Does it cost money?"}, "third_prediction"),
        ({"decision": "adopt"}, "learned"),
    ],
)
def test_a_second_look_is_asked_for_where_words_do_not_fit(values, field):
    test = Test.draft(PLAN | values)
    assert list(test.problems()) == [field]
    assert not test.complete


def test_a_test_without_a_prediction_for_each_question_has_not_begun():
    start = {"start": date(2021, 6, 21)}
    assert cycles.state_of(Test(question="Do they come?", **start), TODAY) == "no prediction"
    assert cycles.state_of(Test(prediction="Three.", **start), TODAY) == "no prediction"
    half = Test.draft(PLAN | {"start": "2021-06-21", "second_question": "At what cost?"})
    assert cycles.state_of(half, TODAY) == "no prediction"
    whole = Test.draft(half.body() | {"second_prediction": "Ten minutes."})
    assert cycles.state_of(whole, TODAY) == "running"
    assert [guess.prediction for guess in whole.guesses] == ["Two of three.", "Ten minutes."]


@pytest.mark.parametrize(
    ("values", "today", "state"),
    [
        ({}, TODAY, "planned"),
        ({"start": "2021-07-01"}, TODAY, "planned"),
        ({"start": "2021-06-30"}, TODAY, "running"),
        ({"start": "2021-06-02"}, TODAY, "running"),
        ({"start": "2021-06-01"}, TODAY, "look back"),
        ({"start": "2021-06-21", "until": "2021-06-30"}, TODAY, "running"),
        ({"start": "2021-06-21", "until": "2021-06-29"}, TODAY, "look back"),
        ({"start": "2021-06-21", "end": "2021-06-22", "until": "2021-07-09"}, TODAY, "look back"),
        ({"start": "2021-06-01", "end": "2021-06-20", "decision": "adapt", "learned": "x"}, TODAY, "decided"),
        (
            {"start": "2021-06-01", "end": "2021-06-20", "decision": "adapt", "learned": "x"},
            date(2021, 6, 10),
            "running",
        ),
    ],
)
def test_where_a_test_stands_on_a_day(values, today, state):
    assert cycles.state_of(Test.draft(PLAN | values), today) == state


def test_cycles_stand_in_the_order_of_their_first_day_under_the_words_of_their_idea(book):
    planned(book, "second", start="2021-03-01")
    planned(book, "someday")
    planned(book, "first", start="2021-02-01", driver="A call in  SPANISH")
    planned(book, "gone", start="2021-04-01", driver="an idea nobody kept")
    table = cycles.numbered(cycles.cycles(book, as_of=TODAY))
    assert table["key"].tolist() == ["first", "second", "gone", "someday"]
    assert table["idea"].tolist() == ["A call in Spanish"] * 2 + ["an idea nobody kept", "A call in Spanish"]
    assert table["cycle"].tolist() == [1, 2, 1, 3]
    assert table["due"].tolist()[:1] == [pd.Timestamp("2021-03-01")]
    assert cycles.untried(book, table) == ["A flyer"]


def test_tables_of_a_team_without_tests_have_their_columns_and_no_rows(book):
    table = cycles.cycles(book, as_of=TODAY)
    assert table.empty
    assert table["start"].dtype == table["due"].dtype == "datetime64[ns]"
    assert cycles.audit(book, table).empty
    assert cycles.last_month(table, as_of=TODAY).empty
    assert list(cycles.predictions(book)) == cycles.GUESSES


def test_the_audit_looks_at_five_points_and_gives_no_number(book):
    planned(book, "one", start="2021-02-01", scale="1", measure="kept")
    planned(book, "two", start="2021-03-01", scale="3", after="one", decision="adopt", learned="Ask first.")
    planned(book, "wide", start="2021-03-01", scale="everyone", driver="flyer", prediction="")
    planned(book, "later", start="2021-09-01", driver="reached")
    months = pd.date_range("2020-06-01", periods=12, freq="MS")
    counts = pd.DataFrame({"measure": "kept", "period": months, "numerator": 40, "denominator": 90})
    before = cycles.audit(book, cycles.cycles(book, as_of=TODAY))
    book.import_counts(counts, file_name="a.csv", sha256="a" * 64)
    after = cycles.audit(book, cycles.cycles(book, as_of=TODAY))
    assert list(after) == ["idea", *cycles.POINTS, "let_go"]
    assert after["idea"].tolist() == ["A call in Spanish", "A flyer"]
    assert after.drop(columns="idea").dtypes.eq(bool).all()
    assert before[[*cycles.POINTS]].to_numpy().tolist()[0] == [True, True, True, False, True]
    assert after[[*cycles.POINTS]].to_numpy().tolist() == [[True] * 5, [False] * 5]


def test_the_next_cycle_carries_the_plan_and_never_the_prediction():
    body = OLD_BODY | {"what": "Ring twice.", "place": "Wharf", "second_question": "What does it cost?"}
    test = Test.from_body(body | {"second_prediction": "Ten minutes."}, "calls")
    begun = cycles.following(test, ["Reminder calls", "Reminder calls, cycle 2"])
    again = Test.draft(begun)
    assert (again.name, again.after, again.scale) == ("Reminder calls, cycle 3", "calls", "5")
    assert (again.what, again.place, again.driver) == ("Ring twice.", "Wharf", "calls")
    assert [guess.question for guess in again.guesses] == ["Do they come?", "What does it cost?"]
    assert not any(guess.prediction or guess.held for guess in again.guesses)
    empty = ("start", "end", "until", "decision", "learned", "happened", "done", "surprise", "made_with")
    assert not any(getattr(again, name) for name in empty)
    third = cycles.following(test.model_copy(update={"name": "Reminder calls, cycle 2"}), ["Reminder calls"])
    assert third["name"] == "Reminder calls, cycle 2"


@pytest.mark.parametrize(
    ("scale", "decision", "then"),
    [
        ("1", "adopt", "3"),
        ("3", "adopt", "5"),
        ("5", "adopt", "everyone"),
        ("everyone", "adopt", "everyone"),
        ("3", "adapt", "3"),
        ("5", "", "5"),
        ("", "adopt", ""),
    ],
)
def test_only_what_was_kept_is_tried_with_more_people(scale, decision, then):
    test = Test(key="a", name="A call", scale=scale, decision=decision)
    assert cycles.following(test, ["A call"])["scale"] == then


@pytest.mark.parametrize("day", range(1, 15))
def test_next_tuesday_is_a_tuesday_one_to_seven_days_ahead(day):
    found = cycles.next_tuesday(date(2021, 6, day))
    assert found.weekday() == 1
    assert 1 <= (found - date(2021, 6, day)).days <= 7


def test_tests_are_still_the_marks_on_charts(book):
    planned(book, "first", start="2021-02-01", measure="kept", stratum="Spanish")
    planned(book, "other", start="2021-03-01", measure="waits")
    marks = timeline.marks(book, "kept")
    assert marks.to_numpy().tolist() == [[1, pd.Timestamp("2021-02-01"), "A call", "Spanish"]]


def test_the_sample_links_cycles_looks_back_and_leaves_something_open():
    workspace = sample_workspace()
    tables = [
        cycles.cycles(workspace.team(team.slug), as_of=TODAY).assign(team=team.slug)
        for team in workspace.cohort()
    ]
    tests = pd.concat([table for table in tables if len(table)], ignore_index=True)
    for _, own in tests.groupby("team"):
        named = own.loc[own["after"].ne(""), ["key", "after", "start"]]
        begun = own.set_index("key")["start"]
        assert (begun.reindex(named["after"]).to_numpy() < named["start"].to_numpy()).all()
    assert tests["after"].ne("").sum() >= 15
    assert {"planned", "running", "look back", "decided"} <= set(tests["state"])
    said = pd.concat([cycles.predictions(workspace.team(slug)) for slug in tests["team"].unique()])
    assert {"as predicted", "partly", "otherwise", "unclear"} <= set(said["held"])
    assert said["held"].eq("as predicted").mean() < 0.5


def test_a_test_has_one_number_in_its_list_its_predictions_and_on_charts(book):
    for key, start, measure in (("b", "2020-05-02", "visits"), ("a", "2020-03-01", ""), ("c", "", "visits")):
        asked = {"name": key, "start": start, "measure": measure, "question": "Who?", "prediction": "Two."}
        book.save(Test.draft(asked, key), based_on=0)
    listed = cycles.cycles(book, as_of=TODAY).dropna(subset="number").set_index("name")["number"].to_dict()
    asked = cycles.predictions(book).dropna(subset="number").set_index("name")["number"].to_dict()
    marked = timeline.marks(book, "visits").set_index("label")["number"].to_dict()
    assert listed == asked == marked == {"a": 1, "b": 2}

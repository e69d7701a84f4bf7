"""How a measure was counted before stays on record, with the months for which it held."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from pophealth.workspace import definitions, timeline
from pophealth.workspace.entries import Entry
from pophealth.workspace.records import Measure
from pophealth.workspace.store import Workspace

MONDAY = datetime(2021, 3, 1, 9, tzinfo=UTC)


def revisions(*written, every=timedelta(days=1)):
    """Entries of one measure, newest first, each a day after the one before."""
    entries = [
        Entry("oak", "measure", "calls", place + 1, Measure(**values).body(), "ana", MONDAY + place * every)
        for place, values in enumerate(written)
    ]
    return entries[::-1]


def known(*written, **options):
    found = definitions.definitions(revisions(*written, **options))
    return [(one.measure.numerator, one.measure.since, one.until) for one in found]


def test_another_way_of_counting_from_another_month_keeps_the_old_one():
    later = {"numerator": "spoken to or texted", "since": "2021-01"}
    assert known({"numerator": "spoken to"}, later) == [
        ("spoken to or texted", date(2021, 1, 1), None),
        ("spoken to", None, date(2021, 1, 1)),
    ]


def test_a_word_put_right_is_no_new_definition():
    assert known({"numerator": "spoken ot"}, {"numerator": "spoken to"}) == [("spoken to", None, None)]
    dated = {"numerator": "spoken to", "since": "2021-01"}
    assert len(known(dated, dated | {"numerator": "Spoken to by us"})) == 1


def test_a_month_alone_is_no_new_definition():
    assert known({"numerator": "spoken to"}, {"numerator": "spoken to", "since": "2020-10"}) == [
        ("spoken to", date(2020, 10, 1), None)
    ]


def test_words_on_monday_and_the_month_on_tuesday_are_one_change():
    old, new = {"numerator": "spoken to"}, {"numerator": "texted"}
    dated = new | {"since": "2021-01"}
    assert [row[0] for row in known(old, new, dated)] == ["texted", "spoken to"]
    assert [row[0] for row in known(old, new, dated, dated | {"numerator": "texted by us"})] == [
        "texted by us",
        "spoken to",
    ]


def test_a_month_that_was_moved_or_taken_back_leaves_no_trace():
    old, wrong = {"numerator": "spoken to"}, {"numerator": "texted", "since": "2021-03"}
    assert known(old, wrong, wrong | {"since": "2021-02"}) == [
        ("texted", date(2021, 2, 1), None),
        ("spoken to", None, date(2021, 2, 1)),
    ]
    assert known(old, wrong, old) == [("spoken to", None, None)]


def test_three_definitions_follow_each_other():
    ways = [{"numerator": "a", "since": "2020-01"}, {"numerator": "b", "since": "2020-06"}]
    last = {"numerator": "c", "since": "2021-01"}
    assert [row[1:] for row in known(*ways, last)] == [
        (date(2021, 1, 1), None),
        (date(2020, 6, 1), date(2021, 1, 1)),
        (date(2020, 1, 1), date(2020, 6, 1)),
    ]


@pytest.fixture
def counted(book, folder):
    """Gull Harbor, which a day later began to count in another way."""
    saved = book.save(Measure(key="calls", name="Calls", numerator="spoken to", lead=True), based_on=0)
    months = pd.date_range("2020-01-01", periods=6, freq="MS")
    table = pd.DataFrame({"measure": "calls", "period": months, "numerator": 20, "denominator": 50})
    book.import_counts(table, file_name="a.csv", sha256="1" * 64)
    changed = saved.entry.record.model_copy(update={"numerator": "texted", "since": date(2020, 4, 1)})
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    later = Workspace.open(folder, user="ana", clock=lambda: tomorrow).team("gull-harbor")
    later.save(changed, based_on=1)
    return later


def test_points_before_and_after_are_two_phases(counted):
    points = timeline.points(counted)
    assert points["phase"].tolist() == [1, 1, 1, 2, 2, 2]
    assert not points["excluded"].any()


def test_a_longer_period_of_both_ways_is_left_out():
    days = pd.to_datetime(["2020-01-01", "2020-04-01", "2020-07-01"])
    quarters = pd.DataFrame({"period": days, "numerator": 20, "denominator": 50, "value": None})
    found = timeline._recounted(quarters, [date(2020, 5, 1)])
    assert found["excluded"].tolist() == [False, True, False]
    assert found["phase"].tolist() == [1, 1, 2]
    assert found["reason"].tolist() == ["", timeline.MIXED, ""]


def test_the_change_is_marked_on_the_chart(counted):
    found = timeline.changes(counted)
    assert found["date"].tolist() == [pd.Timestamp("2020-04-01")]
    assert found["kind"].tolist() == ["definition"]


def test_a_definition_that_holds_for_all_counts_starts_no_phase(book):
    book.save(Measure(key="calls", name="Calls", lead=True, since="2020-01"), based_on=0)
    table = pd.DataFrame({"measure": "calls", "period": ["2020-01-01", "2020-02-01"], "numerator": 20})
    book.import_counts(table.assign(denominator=50), file_name="a.csv", sha256="2" * 64)
    assert timeline.points(book)["phase"].tolist() == [1, 1]


def test_the_table_shows_both_ways_to_the_team_and_the_newest_to_others(counted, folder):
    table = definitions.table(counted)
    assert table["numerator"].tolist() == ["texted", "spoken to"]
    assert table["in_force"].tolist() == [True, False]
    counted.share("measure", "calls", shared=True, based_on=2)
    seen = Workspace.open(folder, user="fay").team("gull-harbor")
    assert definitions.table(seen)["numerator"].tolist() == ["texted"]
    shared = Workspace.open(folder, user="fay")
    assert timeline.shared_changes(shared, "gull-harbor")["kind"].tolist() == ["definition"]

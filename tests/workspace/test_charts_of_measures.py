"""Measures on other charts than shares: how they are charted, checked and shown to others."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from pophealth.stats import spc
from pophealth.workspace import intake, progress, series, timeline
from pophealth.workspace.entries import Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Measure
from pophealth.workspace.records_work import CHARTS, RULES
from pophealth.workspace.signs import Sign, charted, gap_sign, rules_of
from pophealth.workspace.store import Workspace

MONTHS = pd.date_range("2020-01-01", periods=24, freq="MS")


def points(**columns):
    table = pd.DataFrame({"period": MONTHS, "numerator": None, "denominator": None, "value": None})
    noted = {"stratum": "", "phase": 1, "excluded": False, "baseline": True}
    return table.assign(**noted, **columns)


@pytest.mark.parametrize("chart", CHARTS)
def test_each_kind_of_number_can_be_charted(chart):
    read = {"value": 5.0} if chart in ("g", "t") else {"numerator": 5.0}
    people = {} if chart in ("c", "g", "t") else {"denominator": 900.0}
    found = charted(points(**read, **people), Measure(chart=chart, better="lower"))
    assert found["value"].notna().all()
    assert found["centre"].notna().all()


def test_counts_that_do_not_fit_their_chart_are_a_run_chart():
    found = charted(points(numerator=12.0, denominator=10.0), Measure(chart="p", better="lower"))
    assert found["value"].eq(1.2).all()
    assert found["upper"].isna().all()


@pytest.mark.parametrize("rules", RULES)
def test_each_set_of_rules_can_be_chosen(rules):
    found = charted(points(value=[5.0, 6.0] * 12), Measure(chart="i", rules=rules))
    assert len(found) == 24
    assert rules_of(Measure(rules=rules))["rules"] == rules


def test_the_rules_of_the_measure_decide_what_is_a_signal():
    table = points(value=[5.0, 9.0] * 6 + [5.0] * 3 + [8.0] * 6 + [5.0] * 3)
    found = {rules: charted(table, Measure(chart="run", rules=rules)) for rules in ("anhoej", "ihi_run")}
    assert not found["anhoej"]["signal"].str.contains("shift").any()
    assert found["ihi_run"]["signal"].str.contains("shift").sum() == 6


def test_a_rate_is_charted_per_so_many():
    falls = Measure(chart="u", per=1000)
    found = charted(points(numerator=6.0, denominator=1500.0), falls)
    assert found[["value", "centre"]].iloc[0].tolist() == [4.0, 4.0]
    assert (falls.said_in, falls.scale) == ("per 1,000", 1000)


@pytest.mark.parametrize(
    ("measure", "unit", "target"),
    [
        (Measure(target=70), "percent", 0.7),
        (Measure(chart="c", target=3), "number", 3),
        (Measure(chart="t", target=60), "days", 60),
        (Measure(chart="g"), "number", None),
        (Measure(chart="p", per=1000, target=7), "per 1,000", 7),
        (Measure(chart="i", unit="days", per=1000, target=7), "days", 7),
    ],
)
def test_the_unit_and_the_target_fit_the_chart(measure, unit, target):
    assert (measure.said_in, measure.target_on_chart) == (unit, target)


@pytest.mark.parametrize(
    "typed", [{"per": 0, "chart": "u"}, {"per": -5, "chart": "u"}, {"per": 9, "chart": "t"}]
)
def test_a_scale_that_cannot_be_used_is_said(typed):
    assert "per" in Measure.draft(typed).problems()
    assert Measure.draft(typed).scale == 1


def test_a_gap_in_rates_above_one_is_left_alone():
    rates = pd.concat(
        [points(numerator=30.0, denominator=20.0).assign(stratum=name) for name in ("Spanish", "English")]
    )
    assert gap_sign(rates, Measure(chart="u"), behind="Spanish", reference="English") == Sign()


@pytest.fixture
def counts(tmp_path):
    """Write a file of counts for one measure with its chart, and list what is wrong with it."""
    workspace = Workspace.create(tmp_path / "workspace.sqlite")
    book = workspace.add_team("harbor", "Harbor")

    def wrong(chart, text, **about):
        book.save(Measure(key="falls", name="Falls", chart=chart, **about), based_on=0)
        path = tmp_path / "counts.csv"
        path.write_text(text)
        return intake.check(path, book=book, measure="falls")

    return wrong


COUNTED = "period,numerator,denominator\n2020-01,12,9\n"


@pytest.mark.parametrize(
    ("chart", "text", "row", "column", "words"),
    [
        ("p", COUNTED, 2, "numerator", "12 is more than the 9"),
        ("p'", COUNTED, 2, "numerator", "12 is more than the 9"),
        ("u", "period,numerator,denominator\n2020-01,4,\n", 2, "denominator", "is missing"),
        ("c", "period,numerator,denominator\n2020-01,,40\n", 2, "numerator", "is missing"),
        ("c", "period,numerator,value\n2020-01,,4\n", 2, "numerator", "what is counted is missing"),
        ("p", "period,value\n2020-01,40\n", 2, "numerator", "what is counted is missing"),
        ("t", "period,value\n2020-01,9\n2020-02,0\n", 3, "value", "time between events is above 0"),
        ("t", "period,value\n2020-01,-2\n", 2, "value", "-2 is too low"),
        ("g", "period,value\n2020-01,-2\n", 2, "value", "-2 is below zero"),
        ("g", COUNTED, 2, "value", "The value is missing"),
    ],
)
def test_what_a_chart_cannot_read_is_said_with_its_row(counts, chart, text, row, column, words):
    found = counts(chart, text).problems
    assert [tuple(line) for line in found[["row", "column"]].to_numpy()] == [(row, column)]
    assert words in found["what"].iloc[0]
    assert found["do"].iloc[0].endswith(".")


@pytest.mark.parametrize(
    ("chart", "text"),
    [
        ("u", COUNTED),
        ("u'", COUNTED),
        ("i", COUNTED),
        ("c", "period,numerator\n2020-01,4\n2020-02,0\n"),
        ("g", "period,value\n2020-01,0\n"),
        ("t", "period,value\n2020-01,0.5\n"),
        ("i", "period,value\n2020-01,-3.5\n"),
        ("run", "period,value\n2020-01,7\n"),
    ],
)
def test_what_a_chart_can_read_comes_in(counts, chart, text):
    assert counts(chart, text).problems.empty


def test_only_a_plain_count_needs_no_column_of_people(counts):
    bare = "period,numerator\n2020-01,4\n"
    assert counts("u", bare).problems["what"].tolist() == ["There is no column denominator."]


def test_events_keep_their_day_and_no_day_is_missing(counts):
    found = counts("t", "period,value\n2020-01-03,40\n2020-01-28,25\n2020-05-02,95\n", period="day")
    assert found.problems.empty
    assert found.table["period"].dt.strftime("%m-%d").tolist() == ["01-03", "01-28", "05-02"]
    assert not any("gap" in note or "moved" in note for note in found.notes)


def falls(chart, **about):
    body = Measure(key="falls", chart=chart, **about).body()
    return Entry("gull", "measure", "falls", 1, body, "ana", datetime(2021, 1, 1, tzinfo=UTC), shared=True)


def rows(numerators, denominator=None, value=None):
    days = MONTHS.strftime("%Y-%m-%d")
    return [
        ("falls", day, upper, denominator, value, "", "", "")
        for day, upper in zip(days, numerators, strict=True)
    ]


def test_small_plain_counts_are_joined_before_others_see_them():
    shown = series.shared_view(rows([4.0] * 24), falls("c"))
    assert shown["numerator"].tolist() == [12.0] * 8
    assert shown["denominator"].isna().all()
    assert shown.attrs == {"length": "quarter", "too_few": ()}
    assert series.shared_view(rows([40.0] * 24), falls("c"))["numerator"].tolist() == [40.0] * 24
    none = series.shared_view(rows([0.0] * 23 + [3.0]), falls("c"))
    assert none.empty
    assert none.attrs["too_few"] == ("everyone",)


def test_a_longer_period_with_a_month_missing_is_a_gap_for_a_plain_count():
    counted = rows([6.0] * 24)
    shown = series.shared_view(counted[:4] + counted[5:], falls("c"))
    assert shown["numerator"].isna().tolist() == [False, True] + [False] * 6


def test_small_numbers_of_a_rate_are_joined_too():
    shown = series.shared_view(rows([4.0] * 24, denominator=900.0), falls("u"))
    assert shown["numerator"].tolist() == [12.0] * 8
    assert shown["denominator"].tolist() == [2700.0] * 8


def test_single_numbers_are_not_shown_without_a_reason():
    assert series.shared_view(rows([None] * 24, value=3.0), falls("i")).empty
    open_to_all = falls("i", policy="none", policy_reason="An average of 400 people.")
    assert len(series.shared_view(rows([None] * 24, value=3.0), open_to_all)) == 24


@pytest.fixture
def between(book):
    """Days between falls, shared, as a team keeps them."""
    days = pd.to_datetime(["2020-01-03", "2020-01-28", "2020-05-02"])
    book.save(
        Measure(key="falls", name="Falls", chart="t", period="day", lead=True, better="higher"), based_on=0
    )
    table = pd.DataFrame({"measure": "falls", "period": days, "value": [40.0, 25.0, 95.0]})
    book.import_counts(table, file_name="falls.csv", sha256="1" * 64)
    book.share("measure", "falls", shared=True, based_on=1)
    return book


def test_days_between_events_are_for_the_team_only(folder, between):
    assert between.counts()["value"].tolist() == [40.0, 25.0, 95.0]
    with pytest.raises(Problem, match="its day could point at a person"):
        between.counts(view="shared")
    faculty = Workspace.open(folder, user="fay")
    with pytest.raises(Problem, match="for the team only"):
        faculty.shared_counts("gull-harbor", "falls")
    assert timeline.shared_points(faculty, "gull-harbor").empty
    assert progress.room(faculty).measures == 0


def test_days_between_events_are_shown_where_a_reason_is_written(folder, between):
    now = between.get("measure", "falls")
    said = now.record.model_copy(update={"policy": "none", "policy_reason": "Things, not people."})
    between.save(said, based_on=now.revision)
    faculty = Workspace.open(folder, user="fay")
    shared = timeline.shared_points(faculty, "gull-harbor")
    assert shared["value"].tolist() == [40.0, 25.0, 95.0]
    assert not timeline.joined(shared)


def test_events_within_one_month_are_not_taken_for_years(between):
    points = timeline.points(between)
    assert not timeline.joined(points)
    assert points["baseline"].all()


def test_luck_is_counted_with_the_chart_and_the_rules_of_the_measure(folder, book):
    book.save(Measure(key="naps", lead=True, chart="run", rules="ihi_run", better="higher"), based_on=0)
    table = pd.DataFrame({"measure": "naps", "period": MONTHS, "numerator": 40.0, "denominator": 100.0})
    book.import_counts(table, file_name="naps.csv", sha256="1" * 64)
    book.share("measure", "naps", shared=True, based_on=1)
    room = progress.room(Workspace.open(folder, user="fay"))
    expected = spc.false_alarms(24, rules="ihi_run", chart="run")
    assert room.by_luck == pytest.approx(expected, abs=0.006)
    assert expected > spc.false_alarms(24, rules="anhoej", chart="run") + 0.1

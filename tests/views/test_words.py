"""What charts say: whole sentences for the situations teams meet."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from pophealth.views import words
from pophealth.views.phrases import by_luck, short
from tests.views.charted import LEVEL, MARKS, by_hand, series
from tests.views.reading_age import grade
from tests.views.situations import GAIN, LINES, NAME, REBASE, SITUATIONS, up

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text("utf-8"))
MADE = {"series": SITUATIONS, "lines": LINES, "new limits": REBASE}
EVERY = [(kind, name) for kind, situations in MADE.items() for name in situations]
CAUSES = re.compile(
    r"\b(because|caused?|thanks to|led to|due to|trend|effect|result(ed|s)?|the poor)\b", re.IGNORECASE
)


@pytest.mark.parametrize(("kind", "situation"), EVERY)
def test_golden_sentences(kind, situation):
    read, golden = MADE[kind][situation](), GOLDEN[kind][situation]
    assert read.finding == golden["finding"]
    assert list(read.sentences) == golden["sentences"]
    assert list(read.notes) == golden["notes"]


@pytest.mark.parametrize(("kind", "situation"), EVERY)
def test_one_to_three_sentences_that_anyone_can_read_and_no_cause(kind, situation):
    read = MADE[kind][situation]()
    assert 1 <= len(read.sentences) <= 3
    assert [len(re.findall(r"[.!?](?=\s|$)", text)) for text in read.sentences] == [1] * len(read.sentences)
    assert grade(str(read)) <= 8
    assert not CAUSES.search(f"{read.finding} {read}")
    assert "center" not in f"{read.finding} {read} {read.notes}"


def test_every_golden_sentence_belongs_to_a_situation():
    assert {kind: list(GOLDEN[kind]) for kind in MADE} == {kind: list(MADE[kind]) for kind in MADE}
    assert len(EVERY) >= 60


def test_those_who_do_not_see_the_chart_are_told_the_same():
    read = words.reading(series(LEVEL + up(9), baseline=16), name=NAME, better="higher")
    assert read.alt.startswith("Line chart of Blood pressure control, 25 months, April 2019 to April 2021")
    assert str(read) in read.alt


def test_a_missing_last_month_changes_no_words():
    known = series(LEVEL + up(9), baseline=16)
    open_end = pd.concat([known, known.tail(1).assign(value=float("nan"), signal="", direction="")])
    open_end.iloc[-1, 0] = pd.Timestamp("2021-05-01")
    open_end = open_end.reset_index(drop=True)
    assert words.reading(open_end, name=NAME, better="higher").sentences == (
        words.reading(known, name=NAME, better="higher").sentences
    )


def test_points_left_out_are_said_and_not_counted():
    read = words.reading(series(LEVEL + up(9), baseline=16, left_out=(11, 12)), name=NAME, better="higher")
    assert "two months left out, with reason" in read.subtitle


def test_no_month_is_held_against_one_that_was_left_out():
    values = [*LEVEL, *LEVEL[:10]]
    both = words.reading(series(values), name=NAME, better="higher")
    assert any("A year before" in note for note in both.notes)
    left_out = words.reading(series(values, left_out=[13]), name=NAME, better="higher")
    assert not any("A year before" in note for note in left_out.notes)


def test_an_improvement_holds_only_after_two_further_periods():
    findings = [
        words.reading(series(LEVEL + up(count), baseline=16), name=NAME, better="higher").finding
        for count in (9, 10, 11)
    ]
    assert [finding.endswith("an improvement that holds") for finding in findings] == [False, False, True]


def test_words_do_not_change_the_table():
    charted = by_hand()
    before = charted.copy(deep=True)
    marks = MARKS.copy(deep=True)
    words.reading(charted, name=NAME, better="higher", marks=marks)
    words.numbers(charted)
    pd.testing.assert_frame_equal(charted, before)
    pd.testing.assert_frame_equal(marks, MARKS)


def test_points_in_two_rows_of_equal_index_are_told_apart():
    twice = series(GAIN, baseline=16)
    twice.index = [0] * len(twice)
    assert str(words.reading(twice, name=NAME, better="higher")) == str(
        words.reading(series(GAIN, baseline=16), name=NAME, better="higher")
    )


def test_the_numbers_hold_back_what_the_chart_holds_back():
    table = words.numbers(series(LEVEL[:7]))
    assert list(table.columns) == ["Month", "Value", "Counted", "Out of", "Note"]
    shown = words.numbers(series(LEVEL + up(9), baseline=16, left_out=(3,)))
    assert list(shown.columns[2:]) == ["Counted", "Out of", "Average", "Lower limit", "Upper limit", "Note"]
    assert shown.loc[3, "Note"] == "left out, with reason"
    assert shown.loc[20, "Note"] == "signal of improvement"


def test_the_numbers_of_a_gap_show_the_ratio_and_no_counts_of_people():
    gap = series(GAIN, baseline=16).assign(effective_n=100.0, ratio=1.4)
    assert list(words.numbers(gap, unit="points").columns[:3]) == ["Month", "Value", "Ratio"]


@pytest.mark.parametrize(
    ("points", "look", "told"),
    [
        (
            [24] * 12,
            {},
            "On a page of twelve steady charts like these, expect about one signal by luck alone.",
        ),
        ([24] * 40, {}, "a page of 40 steady charts like these, expect about four signals by luck alone."),
        ([24] * 6, {}, "luck alone shows a signal about one time in two."),
        ([24], {}, "On one steady chart like this, luck alone shows a signal about one time in 11."),
        ([24] * 12, {"chart": "run"}, "luck alone shows a signal about one time in three."),
        ([7, 3], {"chart": "run"}, "luck alone shows next to no signals."),
        ([24] * 4, {"chart": "run", "rules": "ihi_run"}, "expect about one signal by luck alone."),
        ([], {}, ""),
    ],
)
def test_a_page_of_many_charts_says_what_luck_does(points, look, told):
    assert words.many_charts(points, **look).endswith(told)


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [
        (0.105258, "percent", "10.5%"),
        (0.5, "percent", "50%"),
        (0.986, "percent", "98.6%"),
        (1.0, "percent", "100%"),
        (0.0, "percent", "0%"),
        (-0.153, "points", "−15 points"),
        (0.01, "points", "1 point"),
        (12345.6, "number", "12,346"),
        (3.25, "days", "3.2 days"),
        (float("nan"), "percent", "–"),
    ],
)
def test_numbers_are_short(number, unit, told):
    assert short(number, unit) == told


@pytest.mark.parametrize(
    ("chance", "told"),
    [
        (0.9, "on most charts"),
        (0.3, "on about 1 chart in 3"),
        (0.033, "on about 1 chart in 30"),
        (0.0143, "on about 1 chart in 70"),
        (0.0101, "on about 1 chart in 100"),
        (0.0099, "very unlikely"),
    ],
)
def test_luck_is_told_in_charts(chance, told):
    assert told in by_luck("it", chance)
    assert ("very unlikely" in by_luck("it", chance)) == (chance < 0.01)

"""What is said of a gap: closing only when the group left behind gains and the other does not lose."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from pophealth.views import words
from tests.views.charted import LEVEL, series
from tests.views.reading_age import grade
from tests.views.situations import FLAT, GAPS, gap

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text("utf-8"))["gaps"]


@pytest.mark.parametrize("situation", GAPS)
def test_golden_sentences_of_gaps(situation):
    read = GAPS[situation]()
    golden = GOLDEN[situation]
    assert read.finding == golden["finding"]
    assert list(read.sentences) == golden["sentences"]
    assert list(read.notes) == golden["notes"]


@pytest.mark.parametrize("situation", GAPS)
def test_a_gap_is_told_in_three_plain_sentences(situation):
    read = GAPS[situation]()
    assert 1 <= len(read.sentences) <= 3
    assert all(len(re.findall(r"[.!?](?=\s|$)", text)) == 1 for text in read.sentences)
    assert grade(str(read)) <= 8


def test_closing_is_said_only_where_those_behind_gained_and_nobody_lost():
    closing = {name for name, make in GAPS.items() if re.search(r"is closing\b", make().finding)}
    assert closing == {
        "closing",
        "closing, after a test",
        "narrower in points, wider as a ratio",
        "ratio agrees",
        "ratio below one",
        "picked as worst",
        "picked before the baseline",
    }


def test_a_group_that_is_ahead_now_is_said_to_be_so():
    alike = series(FLAT, baseline=16)
    read = words.gap_reading(gap(-0.3), behind=alike, other=alike, behind_name="a", other_name="b")
    assert "the other way in the last" in read.finding
    assert "−" not in read.finding


def test_a_gap_with_few_points_is_left_open_and_still_warns():
    few = series(LEVEL[:7])
    look = {"behind": few, "other": few, "behind_name": "a", "other_name": "b"}
    read = words.gap_reading(few, **look, picked=(pd.Timestamp("2019-04-01"), pd.Timestamp("2019-06-01")))
    assert read.finding == "The gap: too few to tell yet, 7 of 12 months"
    assert read.notes[0].startswith("The group was chosen because it looked worst")


def test_a_ratio_that_cannot_be_worked_out_is_left_unsaid():
    blank = gap(-0.1).assign(ratio=float("nan"), ratio_lower=float("nan"), ratio_upper=float("nan"))
    alike = series(FLAT, baseline=16)
    read = words.gap_reading(blank, behind=alike, other=alike, behind_name="a", other_name="b")
    assert "ratio" not in str(read)

"""What charts of groups say: whole sentences, no cause, no gap judged by two lines that overlap."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from pophealth.views import equity_words as words
from pophealth.views.phrases import short
from tests.views import grouped
from tests.views.equity_situations import SITUATIONS, dots, excess
from tests.views.reading_age import grade
from tests.views.test_words import CAUSES

GOLDEN = json.loads((Path(__file__).parent / "equity_golden.json").read_text("utf-8"))
LABELS = re.compile(r"\b(minorit|disparit|non-compliant|hard to reach|the poor|significan)", re.IGNORECASE)


@cache
def told(situation):
    return SITUATIONS[situation]()


@pytest.mark.parametrize("situation", SITUATIONS)
def test_golden_sentences(situation):
    read, golden = told(situation), GOLDEN[situation]
    assert read.finding == golden["finding"]
    assert list(read.sentences) == golden["sentences"]
    assert list(read.notes) == golden["notes"]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_one_to_three_sentences_that_anyone_can_read_and_no_cause(situation):
    read = told(situation)
    assert 1 <= len(read.sentences) <= 3
    everything = f"{read.finding}. {read} {' '.join(read.notes)}"
    assert grade(str(read)) <= 8
    assert not CAUSES.search(everything)
    assert not LABELS.search(everything)
    assert all(text.endswith(".") and text[0].isupper() for text in (*read.sentences, *read.notes))
    assert str(read) in read.alt or read.alt.endswith("yet.")


def test_every_golden_sentence_belongs_to_a_situation():
    assert list(GOLDEN) == list(SITUATIONS)
    assert len(GOLDEN) >= 40


def test_a_gap_is_judged_by_its_own_limits_though_the_lines_overlap():
    overlapping = grouped.shares(lower=0.4, upper=0.9)
    assert dots(overlapping).finding == dots().finding
    apart = grouped.shares(lower=grouped.shares()["value"] - 0.001, upper=grouped.shares()["value"] + 0.001)
    wide = grouped.gaps(reach=(0.3, 0.3, 0.3, 0.3, 0.3))
    assert "luck could explain every gap" in dots(apart, compared=wide).finding


def test_a_difference_that_ends_at_no_gap_is_not_called_one():
    gaps = grouped.gaps().assign(lower=-0.2, upper=0.0)
    assert "luck could explain every gap" in dots(compared=gaps).finding


def test_words_of_the_warning_stand_beside_every_excess():
    read = excess(grouped.segments())
    assert any("not to be added over groupings" in note for note in read.notes)
    assert "not to be added over groupings" in read.alt


def test_shares_of_excess_come_from_what_is_shown():
    read = excess(grouped.segments(few=("Tagalog", "Spanish")))
    assert "Not recorded alone makes up 96.8% of the excess that is shown." in str(read)


def test_words_do_not_change_the_table():
    table, gaps = grouped.segments(), grouped.gaps()
    before = table.copy(deep=True), gaps.copy(deep=True)
    dots(table, compared=gaps)
    excess(table)
    words.segment_picture_reading(table, by="language", name="Control", better="higher")
    assert table.equals(before[0])
    assert gaps.equals(before[1])


def test_names_with_braces_and_signs_stay_as_they_were_typed():
    table = grouped.shares().replace({"language": {"Not recorded": "{no} <b>"}})
    wide = grouped.gaps(reach=(0.3, 0.3, 0.3, 0.3, 0.3)).replace({"language": {"Not recorded": "{no} <b>"}})
    assert "{no} <b>" in str(dots(table, compared=wide))


def test_a_ratio_close_to_one_is_told_from_one():
    assert short(1.04, "ratio") == "1.04"


def test_who_never_answered_and_what_was_left_out_is_said():
    counts = {"English": (40, 30, 5), "Somali": (0, 0, 0)}
    table = grouped.ladder(counts=counts, invited=(100, 82))
    notes = words.ladder_bars_reading(table.assign(not_answered=[6] * 3 + [0] * 3), by="language").notes
    assert "Nobody has answered yet among Somali." in notes
    assert "6 people left a question out, and no answer was guessed for them." in notes
    held = table.assign(not_answered=6, suppressed="primary")
    assert not [
        note for note in words.ladder_bars_reading(held, by="language").notes if "left a question" in note
    ]


def test_a_group_that_was_not_recorded_has_a_name():
    table = grouped.segments(few=()).replace({"language": {"Not recorded": None}})
    read = words.segment_picture_reading(table, by="language", name="Control", better="higher")
    assert read.finding == "Control: not recorded fares worst, with luck allowed for"

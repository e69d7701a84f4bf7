"""The rating statements and the score of a section."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pophealth.workspace.instrument import LEVELS, SECTIONS, section_score

NAMES = [statement.name for section in SECTIONS for statement in section.statements]


def test_eight_sections_with_at_least_32_statements_in_all():
    assert len(SECTIONS) == 8
    assert len(NAMES) == len(set(NAMES)) >= 32
    assert all(section.next_step.endswith(".") for section in SECTIONS)


@pytest.mark.parametrize(
    ("levels", "score"),
    [([3, 3, 3, 3], 100), ([0, 0, 0, 0], 0), ([3, 0, None, None], 50), ([3, None, None, None], None)],
)
def test_a_score_is_the_share_of_the_highest_levels_answered(levels, score):
    section = SECTIONS[0]
    answers = dict(zip((statement.name for statement in section.statements), levels, strict=True))
    assert section_score(section, answers) == score


@given(st.lists(st.sampled_from([None, *(level for level, _ in LEVELS)]), min_size=4, max_size=4))
def test_a_score_stays_between_0_and_100(levels):
    section = SECTIONS[1]
    score = section_score(section, dict(zip((s.name for s in section.statements), levels, strict=True)))
    assert score is None or 0 <= score <= 100

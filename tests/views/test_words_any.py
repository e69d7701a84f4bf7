"""Whatever a series looks like, it is told in one to three plain sentences, and nothing is claimed."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pophealth.stats import spc
from pophealth.views import words
from tests.views.charted import MARKS

RULES = ("anhoej", "ihi_run", "shewhart", "nhs")
BETTER = ("higher", "lower", "neither")
CAUSES = re.compile(
    r"\b(because|caused?|thanks to|led to|due to|effect|the poor|minorit|vulnerable)\b", re.IGNORECASE
)
VALUES = some.one_of(
    some.floats(1, 100, allow_nan=False).map(lambda value: round(value, 2)),
    some.sampled_from([20.0, 21.0, 22.0, 20.0, float("nan")]),
)
CHARTS = ["run", "i", "i'", "mr", "xbar", "p", "p'", "u", "u'", "c", "g", "t"]


@some.composite
def tables(draw):
    """Draw a table of dates, values, counts and phases as untidy as they come."""
    fewest = draw(some.sampled_from([1, 12, 12, 20]))
    values = draw(some.lists(VALUES, min_size=fewest, max_size=30))
    size = len(values)
    table = pd.DataFrame({"period": pd.date_range("2019-01-01", periods=size, freq="MS"), "value": values})
    people, yes_or_no = some.sampled_from([100, 100, 140, 0]), some.sampled_from([False, False, True])
    table["denominator"] = draw(some.lists(people, min_size=size, max_size=size))
    share = table["value"].fillna(0).div(100)
    table["numerator"] = (share * table["denominator"]).round()
    table["part"] = np.arange(size) >= draw(some.sampled_from([0, 1, size // 3, size]))
    table["left_out"] = draw(some.lists(yes_or_no, min_size=size, max_size=size))
    return table


@pytest.mark.parametrize("chart", CHARTS)
@settings(max_examples=12, deadline=None)
@given(
    table=tables(),
    rules=some.sampled_from(RULES),
    better=some.sampled_from(BETTER),
    baseline=some.sampled_from([None, 3, 12]),
    exclude=some.booleans(),
    marked=some.booleans(),
)
def test_any_series_is_told(chart, table, rules, better, baseline, exclude, marked):
    made = spc.control_chart(
        table,
        chart=chart,
        rules=rules,
        better=better,
        baseline=baseline,
        phase="part",
        exclude="left_out" if exclude else None,
    )
    look = {
        "name": "Wait",
        "better": better,
        "marks": MARKS if marked else None,
        "chart": chart,
        "rules": rules,
    }
    for read in (words.reading(made, **look), words.two_phase_reading(made, **look)):
        assert_plain(read)
    assert len(words.numbers(made)) == len(made)


@settings(max_examples=20, deadline=None)
@given(first=tables(), second=tables(), rules=some.sampled_from(RULES), group=some.sampled_from(["", "A"]))
def test_any_groups_and_any_gap_are_told(first, second, rules, group):
    both = pd.concat([first.assign(group="A"), second.assign(group="B")])
    made = spc.control_chart(both, chart="i", by="group", rules=rules, better="higher")
    marks = MARKS.assign(stratum=group)
    look = {"better": "higher", "by": "group", "chart": "i", "rules": rules}
    assert_plain(words.reading(made, name="Wait", marks=marks, **look))
    one, other = (made[made["group"] == name] for name in "AB")
    gap = spc.control_chart(first, chart="i", rules=rules, better="lower")
    gap = gap.assign(ratio=gap["value"] / 20, ratio_lower=gap["value"] / 30, ratio_upper=gap["value"] / 10)
    read = words.gap_reading(
        gap, behind=one, other=other, behind_name="A", other_name="B", marks=marks, rules=rules
    )
    assert 1 <= len(read.sentences) <= 3


@settings(max_examples=30, deadline=None)
@given(table=tables(), window=some.sampled_from(["", "rolling"]), people=some.sampled_from(["", "the same"]))
def test_any_line_of_shared_people_is_told(table, window, people):
    assert_plain(words.line_reading(table, name="Wait", window=window, people=people))


def assert_plain(read):
    assert 1 <= len(read.sentences) <= 3
    assert all(text[0] == text[0].upper() and text.endswith(".") for text in read.sentences)
    assert all(len(re.findall(r"[.!?](?=\s|$)", text)) == 1 for text in read.sentences)
    assert "nan" not in f"{read.finding} {read} {read.notes}"
    assert not CAUSES.search(f"{read.finding} {read}")

"""Of how many people the group is written down, against a count by hand."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc
from pophealth.stats.completeness import completeness
from pophealth.stats.rates import wilson

MONTHS = ["2021-01", "2021-02", "2021-03"]


def counts(everyone, **strata):
    """Counts of everyone and of the groups of language, a number for each month; None is a blank."""
    rows = [(month, "", "", people) for month, people in zip(MONTHS, everyone, strict=False)]
    for stratum, told in strata.items():
        name = stratum.replace("_", " ")
        rows += [(month, "language", name, people) for month, people in zip(MONTHS, told, strict=False)]
    table = pd.DataFrame(rows, columns=["period", "stratifier", "stratum", "denominator"])
    return table.astype({"denominator": float})


def parts(found):
    return found[["numerator", "denominator", "not_recorded", "declined"]].to_numpy().tolist()


def test_everyone_less_the_groups_is_not_recorded():
    table = counts([100, 200, 300], English=[60, 90, 200], Spanish=[30, 100, 80], declined=[0, 4, 5])
    before = table.copy(deep=True)
    found = completeness(table, exclusive=["language"])
    assert found["period"].tolist() == MONTHS
    assert parts(found) == [[90, 100, 10, 0], [190, 200, 6, 4], [280, 300, 15, 5]]
    lower, upper = wilson(np.array([90, 190, 280]), np.array([100, 200, 300]), 0.95)
    np.testing.assert_allclose(
        found[["value", "lower", "upper"]].to_numpy().T, [[0.9, 0.95, 14 / 15], lower, upper]
    )
    together = completeness(table, together=True, exclusive=["language"])
    assert parts(together) == [[560, 600, 31, 9]]
    assert "period" not in together
    pd.testing.assert_frame_equal(table, before)


def test_those_not_recorded_can_be_a_group():
    table = counts([100, 200], English=[60, 90], Spanish=[30, 100], not_recorded=[8, 6], refused=[2, 4])
    told = [[90, 100, 8, 2], [190, 200, 6, 4]]
    assert parts(completeness(table, exclusive=["language"])) == told
    assert parts(completeness(table[table["stratifier"].ne("")], exclusive=["language"])) == told
    overlapping = table.assign(denominator=table["denominator"].where(table["stratum"].ne("English"), 95.0))
    assert parts(completeness(overlapping)) == told


def test_a_split_of_which_nothing_tells_is_left_out():
    table = counts([100, 200], English=[60, 90], Spanish=[30, 100])
    assert completeness(table).empty
    assert completeness(table[table["stratifier"].ne("")], exclusive=["language"]).empty
    assert completeness(table[table["stratifier"].eq("")], exclusive=["language"]).empty
    assert completeness(table.iloc[:0]).empty


def test_a_month_without_the_count_of_a_group_is_a_gap():
    table = counts([100, 200, None], English=[60, None, 70], Spanish=[30, 100, 20])
    found = completeness(table, exclusive=["language"])
    assert found["value"].fillna(-1).tolist() == [0.9, -1, -1]
    assert found["reason"].tolist() == ["", "a count is missing", "a count is missing"]
    assert parts(completeness(table, together=True, exclusive=["language"])) == [[90, 100, 10, 0]]
    left = completeness(table.drop(index=4), exclusive=["language"])
    assert left["value"].fillna(-1).tolist() == [0.9, -1, -1]


def test_each_split_has_its_own_rows_in_order_of_time():
    table = pd.concat(
        [
            counts([100, 200, 300], English=[60, 90, 200]),
            counts([], young=[99, 199, 299]).replace({"stratifier": {"language": "age"}}),
        ]
    ).sample(frac=1, random_state=3)
    found = completeness(table, exclusive=["language", "age"])
    assert found["stratifier"].tolist() == ["age"] * 3 + ["language"] * 3
    assert found["period"].tolist() == MONTHS * 2
    charted = spc.control_chart(found, chart="p", by="stratifier", better="higher")
    assert charted["value"].tolist() == found["value"].tolist()


def test_without_a_period():
    table = counts([100], English=[60], Spanish=[30]).drop(columns="period")
    assert parts(completeness(table, when=None, exclusive=["language"])) == [[90, 100, 10, 0]]


@pytest.mark.parametrize(
    ("change", "asked", "sentence"),
    [
        (
            {"denominator": [100, 90, 30]},
            {},
            "groups of 'language' hold more people than everyone in 2021-01",
        ),
        ({"denominator": [100, -1, 30]}, {}, "a count is below zero in row 1"),
        ({"denominator": ["many", 1, 30]}, {}, "column 'denominator' holds 'many' in row 0"),
        ({}, {"when": "month"}, "column 'month' is not in the table"),
        ({}, {"confidence": 95}, "confidence is 95"),
    ],
)
def test_bad_input_is_one_clear_sentence(change, asked, sentence):
    table = counts([100], English=[60], Spanish=[30]).assign(**change)
    with pytest.raises(ValueError, match=sentence):
        completeness(table, exclusive=["language"], **asked)

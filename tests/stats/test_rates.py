import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pophealth.stats import rates
from tests.stats import cases


def counts(numerator, denominator, **more):
    return pd.DataFrame({"numerator": numerator, "denominator": denominator, **more})


@pytest.mark.parametrize("case", cases.read("proportion")["cases"])
def test_limits_agree_with_statsmodels(case):
    table = counts([case["numerator"]], [case["denominator"]])
    found = rates.proportion(table, method=case["method"], confidence=case["confidence"]).iloc[0]
    assert found["value"] == case["numerator"] / case["denominator"]
    assert found["lower"] == pytest.approx(case["lower"], rel=1e-9, abs=1e-12)
    assert found["upper"] == pytest.approx(case["upper"], rel=1e-9)
    assert found[["method", "confidence", "reason"]].tolist() == [case["method"], case["confidence"], ""]


def test_a_row_for_each_row_in_its_place():
    table = counts([1, 2], [10, 10], team=["b", "a"], value=9).set_index(pd.Index([7, 3]))
    found = rates.proportion(table, scale=100)
    assert list(found.index) == [7, 3]
    assert found["team"].tolist() == ["b", "a"]
    assert found["value"].tolist() == [10, 20]
    assert list(found.columns) == [
        *("numerator", "denominator", "team", "value", "lower", "upper", "confidence", "method", "reason")
    ]


def test_groups_are_summed_even_when_there_is_one():
    table = counts([1, 2, 5], [10, 10, 10], team=["a", "a", None])
    assert rates.proportion(table, by="team")["value"].tolist() == [0.15, 0.5]
    assert rates.proportion(table.iloc[:2], by=["team"])["numerator"].tolist() == [3]
    assert rates.proportion(table, by=[])[["numerator", "denominator"]].to_numpy().tolist() == [[8, 30]]


def test_a_row_without_people_or_count_adds_nothing():
    table = counts([1, 4, None, 2, None], [10, 0, 10, 0, 5], team=["a", "a", "a", "b", "c"])
    found = rates.proportion(table, by="team")
    assert found["value"].fillna(-1).tolist() == [0.1, -1, -1]
    assert found["reason"].tolist() == ["", "no people counted", "a count is missing"]
    assert found.loc[1:, ["lower", "upper"]].isna().all(axis=None)


def test_no_people_gives_a_missing_value_and_the_reason():
    for method in ("wilson", "exact", "wald"):
        found = rates.proportion(counts([0, None, 3], [0, 5, None]), method=method)
        assert found[["value", "lower", "upper"]].isna().all(axis=None)
        assert found["reason"].tolist() == ["no people counted", "a count is missing", "a count is missing"]


def test_two_levels_give_two_rows_each():
    found = rates.proportion(counts([1, 2], [10, 10]), confidence=(0.95, 0.998))
    assert found["confidence"].tolist() == [0.95, 0.998, 0.95, 0.998]
    assert found["value"].tolist() == [0.1, 0.1, 0.2, 0.2]
    assert list(found.index) == [0, 0, 1, 1]


def test_an_empty_table_gives_an_empty_table():
    empty = counts([], [], team=[])
    assert len(rates.proportion(empty)) == 0
    assert {"team", "value", "lower", "upper", "reason"} <= set(rates.proportion(empty, by="team").columns)


@pytest.mark.parametrize(
    ("table", "asked", "sentence"),
    [
        (counts([11], [10]), {}, "numerator is above the denominator in row 0"),
        (counts([1], [10]), {"method": "guess"}, "no method 'guess'; choose one of wilson, exact, wald"),
        (counts([1], [10]), {"confidence": 95}, "confidence is 95; give a number above 0 and below 1"),
        (counts([1], [10]), {"by": "team"}, "column 'team' is not in the table"),
        (counts(["many"], [10]), {}, "column 'numerator' holds 'many' in row 0"),
    ],
)
def test_bad_input_is_one_clear_sentence(table, asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        rates.proportion(table, **asked)


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=20),
    st.sampled_from(["wilson", "exact", "wald"]),
)
def test_limits_hold_the_value_and_are_shares(pairs, method):
    table = counts([a for a, _ in pairs], [a + b for a, b in pairs])
    before = table.copy(deep=True)
    found = rates.proportion(table, method=method).dropna(subset=["value"])
    assert (found["lower"] <= found["value"] + 1e-12).all()
    assert (found["value"] <= found["upper"] + 1e-12).all()
    assert found[["lower", "upper"]].ge(0).all(axis=None)
    assert found[["lower", "upper"]].le(1).all(axis=None)
    pd.testing.assert_frame_equal(table, before)

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates
from tests.stats import cases


@pytest.mark.parametrize("case", cases.read("mean")["cases"])
def test_limits_agree_with_statsmodels(case):
    found = rates.mean(pd.DataFrame({"value": case["values"]}), confidence=case["confidence"]).iloc[0]
    for name in ("value", "lower", "upper"):
        assert found[name] == pytest.approx(case[name], rel=1e-9)
    assert found["n"] == len(case["values"])
    assert found["standard_deviation"] == pytest.approx(np.std(case["values"], ddof=1))
    assert found[["method", "reason"]].tolist() == ["student", ""]


def test_a_row_per_group_and_all_rows_are_one_group():
    table = pd.DataFrame({"clinic": ["b", "a", "b", None], "value": [4, 9, 6, 1]})
    found = rates.mean(table, by="clinic")
    assert found["clinic"].tolist()[:2] == ["a", "b"]
    assert found["value"].tolist() == [9, 5, 1]
    assert rates.mean(table)["value"].tolist() == [5]
    assert rates.mean(table, by=[])["n"].tolist() == [4]


def test_what_is_missing_adds_nothing_and_has_a_reason():
    table = pd.DataFrame({"clinic": ["a", "a", "a", "b", "b", "c"], "value": [1, None, 3, 7, None, None]})
    found = rates.mean(table, by="clinic")
    assert found["n"].tolist() == [2, 1, 0]
    assert found["value"].fillna(-1).tolist() == [2, 7, -1]
    assert found["lower"].isna().tolist() == [False, True, True]
    assert found["reason"].tolist() == ["", "one measurement alone shows no spread", "no measurements"]


def test_measurements_that_are_all_alike_have_limits_without_width():
    found = rates.mean(pd.DataFrame({"value": [3, 3, 3]}), confidence=(0.9, 0.99))
    assert found[["lower", "upper"]].to_numpy().tolist() == [[3, 3], [3, 3]]


def test_an_empty_table_gives_an_empty_table():
    empty = pd.DataFrame({"clinic": [], "value": []})
    assert len(rates.mean(empty, by="clinic")) == 0
    assert len(rates.mean(empty)) == 0


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"value": "days"}, "column 'days' is not in the table"),
        ({"value": "clinic"}, "column 'clinic' holds 'a' in row 0, which is no number"),
        ({"confidence": ()}, "give a number above 0 and below 1"),
    ],
)
def test_bad_input_is_one_clear_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        rates.mean(pd.DataFrame({"clinic": ["a"], "value": [1]}), **asked)

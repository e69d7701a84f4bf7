import math

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates
from tests.stats import cases, rates_by_hand


def counts(numerator, denominator, **more):
    return pd.DataFrame({"numerator": numerator, "denominator": denominator, **more})


@pytest.mark.parametrize("case", cases.read("rate")["cases"])
def test_exact_limits_agree_with_statsmodels(case):
    table = counts([case["numerator"]], [case["denominator"]])
    found = rates.rate(table, method="exact", confidence=case["confidence"], scale=1).iloc[0]
    assert found["value"] == pytest.approx(case["numerator"] / case["denominator"], rel=1e-12)
    assert found["lower"] == pytest.approx(case["lower"], rel=1e-9, abs=1e-15)
    assert found["upper"] == pytest.approx(case["upper"], rel=1e-9)
    assert found[["method", "reason"]].tolist() == ["exact", ""]


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.998])
def test_limits_change_from_exact_to_byar_at_ten_events(confidence):
    events = [0, 1, 4.5, 9, 9.99, 10, 11, 12.25, 400]
    found = rates.rate(counts(events, 50_000.0), confidence=confidence)
    right = [rates_by_hand.events_limits(each, confidence) for each in events]
    assert (found[["lower", "upper"]] / 2).to_numpy() == pytest.approx(np.array(right), rel=1e-9)
    assert found["method"].tolist() == ["exact"] * 5 + ["byar"] * 4


def test_without_events_the_upper_limit_is_a_logarithm():
    found = rates.rate(counts([0], [2000]), scale=1000).iloc[0]
    assert found[["value", "lower"]].tolist() == [0, 0]
    assert found["upper"] == pytest.approx(-math.log(0.025) / 2, rel=1e-12)


def test_events_may_outnumber_people_and_a_person_may_count_in_part():
    found = rates.rate(counts([30, 2.5], [20, 0.75]), scale=1)
    assert found["value"].to_numpy() == pytest.approx([1.5, 2.5 / 0.75])


def test_groups_are_summed_even_when_there_is_one():
    table = counts([1, 2, 5], [10, 10, 10], ward=["a", "a", None])
    assert rates.rate(table, by="ward", scale=100)["value"].tolist() == [15, 50]
    assert rates.rate(table.iloc[:2], by=["ward"])["numerator"].tolist() == [3]
    assert rates.rate(table, by=[])["denominator"].tolist() == [30]


def test_what_is_missing_has_a_reason_and_stops_nobody_else():
    found = rates.rate(counts([0, None, 3, 3], [0, 5, None, 10]), scale=10)
    assert found["value"].fillna(-1).tolist() == [-1, -1, -1, 3]
    assert found.loc[:2, ["lower", "upper"]].isna().all(axis=None)
    assert found["reason"].tolist() == [
        "no people or time counted",
        "a count is missing",
        "a count is missing",
        "",
    ]


def test_several_levels_are_a_row_each():
    found = rates.rate(counts([12, 3], [10, 10]), confidence=(0.95, 0.998))
    assert found["confidence"].tolist() == [0.95, 0.998] * 2
    assert found["method"].tolist() == ["byar", "byar", "exact", "exact"]
    assert found["lower"].iloc[1] < found["lower"].iloc[0]
    assert list(found.index) == [0, 0, 1, 1]


def test_an_empty_table_gives_an_empty_table():
    empty = counts([], [], ward=[])
    assert len(rates.rate(empty)) == 0
    assert {"ward", "value", "lower", "upper", "reason"} <= set(rates.rate(empty, by="ward").columns)


@pytest.mark.parametrize(
    ("table", "asked", "sentence"),
    [
        (counts([5, -1], [10, 10]), {}, "a count is below zero in row 1"),
        (counts([1], [10]), {"method": "wilson"}, "no method 'wilson'; choose one of byar, exact"),
        (counts([1], [10]), {"scale": 0}, "scale is 0; give a number above 0"),
        (counts([1], [10]), {"confidence": 95}, "confidence is 95; give a number above 0 and below 1"),
        (counts([1], [10], method="a"), {"by": "method"}, "by names column 'method', which the result fills"),
        (counts([1], [10]), {"by": "ward"}, "column 'ward' is not in the table"),
    ],
)
def test_bad_input_is_one_clear_sentence(table, asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        rates.rate(table, **asked)

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates
from tests.stats import rates_by_hand

LIMITS = ["value", "lower", "upper"]
REFERENCE = {"reference_numerator": "all_events", "reference_denominator": "all_people"}
ALL = {"all_events": [200, 900, 4100], "all_people": [9e5, 6e5, 2e5]}


def county(events, people, name="a", **more):
    return pd.DataFrame(
        {"county": name, "numerator": events, "denominator": people, **ALL, **more}, index=range(3)
    )


def by_county(*tables, **asked):
    return rates.indirectly_standardised(
        pd.concat(tables, ignore_index=True), by="county", **REFERENCE, **asked
    )


@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_every_group_agrees_with_the_formulas_worked_out_by_hand(confidence):
    counts = {"a": ([1, 2, 4], [500, 400, 90]), "b": ([3, 9, 60], [5000.5, 4000, 2000])}
    tables = [county(*each, name) for name, each in counts.items()]
    ratio = by_county(*tables, ratio=True, confidence=confidence)
    rate = by_county(*tables, confidence=confidence)
    overall = sum(ALL["all_events"]) / sum(ALL["all_people"])
    for at, (events, people) in enumerate(counts.values()):
        expected = rates_by_hand.expected(
            list(zip(people, ALL["all_events"], ALL["all_people"], strict=True))
        )
        limits = rates_by_hand.events_limits(sum(events), confidence)
        right = [each / expected for each in (sum(events), *limits)]
        assert ratio.loc[at, LIMITS].tolist() == pytest.approx(right, rel=1e-9)
        scaled = [each * overall * 100_000 for each in right]
        assert rate.loc[at, LIMITS].tolist() == pytest.approx(scaled, rel=1e-9)
        assert ratio.loc[at, "expected"] == pytest.approx(expected)
    assert rate["reference_rate"].to_numpy() == pytest.approx(overall)
    assert ratio["method"].tolist() == ["exact", "byar"]
    assert rate["numerator"].tolist() == [7, 72]


def test_the_reference_held_against_itself_is_one():
    found = rates.indirectly_standardised(
        county(ALL["all_events"], ALL["all_people"]), **REFERENCE, ratio=True
    )
    assert found["value"].tolist() == pytest.approx([1])
    rate = rates.indirectly_standardised(county(ALL["all_events"], ALL["all_people"]), **REFERENCE, scale=1)
    assert rate["value"].tolist() == pytest.approx([5200 / 1.7e6])


def test_a_row_that_lacks_a_count_is_neither_observed_nor_expected():
    whole = by_county(county([3, 9, 60], [5000, 4000, 2000]).iloc[[0, 2]], ratio=True)
    for events, people in (([3, None, 60], [5000, 4000, 2000]), ([3, 9, 60], [5000, 0, 2000])):
        found = by_county(county(events, people), ratio=True)
        assert found[LIMITS].to_numpy() == pytest.approx(whole[LIMITS].to_numpy())
    assert found["expected"].tolist() == pytest.approx(whole["expected"].tolist())


def test_what_is_missing_has_a_reason_and_stops_nobody_else():
    found = by_county(
        county([3, 9, 60], 900, "a"),
        county(None, 900, "b"),
        county([0, 0, 0], 0, "c"),
        county([3, 9, 60], 900, "d", all_people=[9e5, 0, 2e5]),
        county([3, 9, 60], 900, "e", all_events=0),
        ratio=True,
    )
    assert found["reason"].tolist() == [
        "",
        "a count is missing",
        "no people counted",
        "no rate of the reference in row 10",
        "no events are expected",
    ]
    assert found[LIMITS].isna().all(axis="columns").tolist() == [False, True, True, True, True]


def test_levels_and_empty_tables():
    found = by_county(county([3, 9, 60], 900), ratio=True, method="exact", confidence=(0.9, 0.95), scale=100)
    assert found["method"].tolist() == ["exact", "exact"]
    limits = np.array(rates_by_hand.poisson(72, 0.9)) / found["expected"].iloc[0] * 100
    assert found.iloc[0][["lower", "upper"]].tolist() == pytest.approx(limits)
    assert by_county(county([3, 9, 60], 900).iloc[:0]).empty


@pytest.mark.parametrize(
    ("change", "asked", "sentence"),
    [
        ({"all_events": [1, -1, 1]}, {}, "a count is below zero in row 1"),
        ({}, {"method": "gamma"}, "no method 'gamma'; choose one of byar, exact"),
        ({}, {"numerator": "deaths"}, "column 'deaths' is not in the table"),
    ],
)
def test_bad_input_is_one_clear_sentence(change, asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        by_county(county([3, 9, 60], 900).assign(**change), **asked)

"""What holds for every table: order, splitting, scaling, limits about the value, and inputs left alone."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pophealth.stats import rates
from pophealth.stats.life_tables import BANDS

NUMBERS = ["value", "lower", "upper"]
OURS = pd.DataFrame({"age_band": BANDS, "population": np.arange(20, 0, -1)})
REFERENCE: dict[str, Any] = {"reference_numerator": "all_events", "reference_denominator": "all_people"}
drawn = settings(max_examples=3, deadline=None)

SUMMED = {
    "proportion": lambda table, **more: rates.proportion(table, by="group", **more),
    "rate": lambda table, **more: rates.rate(table, by="group", **more),
    "dobson": lambda table, **more: rates.directly_standardised(table, by="group", standard=OURS, **more),
    "gamma": lambda table, **more: rates.directly_standardised(
        table, by="group", standard=OURS, method="gamma", **more
    ),
    "ratio": lambda table, **more: rates.indirectly_standardised(
        table, by="group", ratio=True, **REFERENCE, **more
    ),
    "difference": lambda table, **more: rates.compare(table, by="group", reference="b", **more),
    "overall": lambda table, **more: rates.compare(table, by="group", reference="overall", **more),
    "funnel": lambda table, **more: rates.funnel_limits(table, by="group", overdispersion="additive", **more),
}
UNSCALED = {
    "risk_ratio": lambda table: rates.compare(table, by="group", reference="b", measure="risk_ratio"),
    "rate_ratio": lambda table: rates.compare(
        table, by="group", reference="b", measure="rate_ratio", method="exact"
    ),
    "odds_ratio": lambda table: rates.compare(table, by="group", reference="largest", measure="odds_ratio"),
    "excess": lambda table: rates.excess(table, by="group", reference="best", better="lower"),
    "life_expectancy": lambda table: rates.life_expectancy(table, by="group"),
    "mean": lambda table: rates.mean(table, value="numerator", by="group"),
    "quantile": lambda table: rates.quantile(table, value="numerator", groups=3, by="group"),
    "funnel_curve": lambda table: rates.funnel_curve(table, by="group"),
}
SPLIT = [name for name in (*SUMMED, *UNSCALED) if name not in ("mean", "quantile")]
EVERY = {**SUMMED, **UNSCALED}


@st.composite
def tables(draw):
    """Three groups by 20 age bands: few and many people, nobody, and a count that is missing."""
    luck = draw(arrays(np.int64, (60, 2), elements=st.integers(0, 400), fill=st.nothing()))
    people = np.where(luck[:, 0] == 7, 0, 200 + luck[:, 0] * draw(st.sampled_from([1, 16])))
    events = np.minimum(luck[:, 1] // draw(st.sampled_from([1, 8, 200])), people)
    return pd.DataFrame(
        {
            "group": np.repeat(["a", "b", "c"], 20),
            "age_band": np.tile(BANDS, 3),
            "numerator": np.where(luck[:, 1] == 9, np.nan, events),
            "denominator": people,
            "all_events": np.tile(np.arange(20) * 20 + 5, 3),
            "all_people": 50_000,
        }
    )


def agree(left, right):
    pd.testing.assert_frame_equal(left, right, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", [name for name in EVERY if name != "quantile"])
@drawn
@given(tables(), st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(name, table, luck):
    mixed = table.sample(frac=1, random_state=luck)
    ask = EVERY[name]
    if name == "ratio":
        first = ask(mixed).drop(columns="reason"), ask(table).drop(columns="reason")
        agree(*first)
    else:
        agree(ask(mixed), ask(table))


@pytest.mark.parametrize("name", SPLIT)
@drawn
@given(tables())
def test_rows_split_in_two_leave_all_as_it_was(name, table):
    counts = table[["numerator", "denominator"]]
    halves = [table.assign(**(counts // 3)), table.assign(**(counts - counts // 3))]
    found, right = EVERY[name](pd.concat(halves)), EVERY[name](table)
    shown = [column for column in NUMBERS if column in right]
    agree(found[shown], right[shown])


@pytest.mark.parametrize("name", SUMMED)
@drawn
@given(tables())
def test_scale_multiplies_value_and_limits(name, table):
    one, many = (SUMMED[name](table, scale=scale) for scale in (1, 1024))
    agree(one[NUMBERS] * 1024, many[NUMBERS])
    assert one["reason"].tolist() == many["reason"].tolist()


@pytest.mark.parametrize(
    "name", [name for name in EVERY if name not in ("quantile", "funnel", "funnel_curve")]
)
@drawn
@given(tables())
def test_limits_hold_the_value(name, table):
    found = EVERY[name](table).dropna(subset=NUMBERS)
    slack = 1e-9 * (1 + found["value"].abs())
    assert (found["lower"] <= found["value"] + slack).all()
    assert (found["value"] <= found["upper"] + slack).all()


@drawn
@given(tables())
def test_limits_of_a_funnel_hold_the_target(table):
    found = SUMMED["funnel"](table).dropna(subset=NUMBERS)
    assert (found["lower"] <= found["centre"]).all()
    assert (found["centre"] <= found["upper"]).all()


@pytest.mark.parametrize("name", [name for name in SUMMED if name != "funnel"])
@drawn
@given(tables())
def test_a_higher_level_is_wider_and_levels_together_are_levels_alone(name, table):
    both = SUMMED[name](table, confidence=(0.9, 0.99))
    narrow, wide = (both[both["confidence"] == level].reset_index(drop=True) for level in (0.9, 0.99))
    agree(narrow, SUMMED[name](table, confidence=0.9))
    known = narrow["lower"].notna() & narrow["upper"].notna()
    assert (wide["lower"] <= narrow["lower"])[known].all()
    assert (wide["upper"] >= narrow["upper"])[known].all()


@pytest.mark.parametrize(
    "name", ["proportion", "rate", "dobson", "gamma", "ratio", "life_expectancy", "mean"]
)
@drawn
@given(tables())
def test_a_group_alone_is_the_group_among_others(name, table):
    together = EVERY[name](table)
    for group in "abc":
        alone = EVERY[name](table[table["group"] == group])
        left = together[together["group"] == group].reset_index(drop=True)
        agree(left.drop(columns="reason"), alone.drop(columns="reason"))


@pytest.mark.parametrize("name", EVERY)
@drawn
@given(tables())
def test_what_is_given_stays_as_it_was_and_what_is_missing_has_a_reason(name, table):
    kept = table.copy(deep=True)
    found = EVERY[name](table)
    pd.testing.assert_frame_equal(table, kept)
    if "value" in found and name != "quantile":
        missing = found[["value", "lower", "upper"]].isna().any(axis="columns")
        assert (found["reason"] != "").tolist() == missing.tolist()


def test_every_function_is_held_to_these():
    asked = {"proportion", "rate", "mean", "quantile", "funnel_curve", "life_expectancy", "excess"}
    others = {"directly_standardised", "indirectly_standardised", "compare", "funnel_limits", "wilson"}
    assert set(rates.__all__) == asked | others
    assert asked <= EVERY.keys()

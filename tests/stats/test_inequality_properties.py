"""What holds of the measures for every table: order of rows, unit, mirrors, groups split, input as it was."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from pophealth.stats import equity
from pophealth.stats.inequality import NAMES

NUMBERS = ["value", "se", "lower", "upper", "luck_middle", "luck_high"]
SQUARED = ["bgv"]
SAME = ["ratio", "rii", "rci", "paf", "cov", "idisu", "idisw", "mld", "ti"]
TURNED = ["sii", "aci", "rci"]
drawn = settings(max_examples=12, deadline=None, phases=[Phase.generate])


@st.composite
def tables(draw):
    """Two to seven groups of a few or many people; some without people, or without a figure."""
    groups = draw(st.integers(2, 7))
    people = draw(st.lists(st.sampled_from([0, 8, 35, 60, 400, 5000]), min_size=groups, max_size=groups))
    cases = [draw(st.integers(0, size)) for size in people]
    rate = [100 * case / size if size else np.nan for case, size in zip(cases, people, strict=True)]
    rows = pd.DataFrame({"group": [f"group {at}" for at in range(groups)], "rate": rate, "people": people})
    rows["se"] = np.sqrt(rows["rate"] * (100 - rows["rate"]) / rows["people"].where(rows["people"] > 0))
    rows["order"] = draw(st.permutations(range(1, groups + 1)))
    rows.loc[draw(st.integers(0, 20)) == rows.index, "rate"] = np.nan
    return rows


def measured(rows, **asked):
    told = {"group": "group", "estimate": "rate", "better": "higher", "population": "people", "se": "se"}
    return equity.measures(rows, **({"order": "order", "reference": "best"} | told | asked)).set_index(
        "measure"
    )


def close(left, right):
    numbers = [each[NUMBERS].astype(float) for each in (left, right)]
    np.testing.assert_allclose(*numbers, rtol=2e-3, atol=2e-3)


@drawn
@given(tables(), st.integers(0, 100), st.sampled_from(["higher", "lower"]))
def test_the_order_of_rows_changes_nothing_and_the_table_stays_as_it_was(rows, seed, better):
    kept = rows.copy(deep=True)
    found = measured(rows, better=better)
    pd.testing.assert_frame_equal(rows, kept)
    pd.testing.assert_frame_equal(found, measured(rows.sample(frac=1, random_state=seed), better=better))


@drawn
@given(tables(), st.sampled_from([1, 1000]))
def test_another_unit_changes_only_what_has_a_unit(rows, scale):
    times = scale / 100
    other = rows.assign(rate=rows["rate"] * times, se=rows["se"] * times)
    found, scaled = measured(rows), measured(other, scale=scale)
    factor = pd.Series(times, index=list(NAMES))
    factor[SQUARED] = times**2
    factor[SAME] = 1.0
    back = scaled[NUMBERS].astype(float).div(factor, axis=0).where(_comparable(scaled, rows), found[NUMBERS])
    close(found, back)
    assert found["reference"].tolist() == scaled["reference"].tolist()


def _comparable(found, rows):
    """Luck of a ratio is told as a difference, and a figure of zero is a millionth in any unit."""
    there = pd.DataFrame(True, index=found.index, columns=NUMBERS)
    there.loc["ratio", ["luck_middle", "luck_high"]] = False
    there.loc[["mld", "ti"], ["luck_middle", "luck_high"]] = False
    if (rows["rate"] == 0).any():
        there.loc[["mld", "ti"]] = False
    return there


@drawn
@given(tables())
def test_whichever_is_better_the_spread_is_the_same(rows):
    either = [measured(rows, better=better, reference="largest") for better in ("higher", "lower")]
    alike = [
        "mdru",
        "mdrw",
        "mdmu",
        "mdmw",
        "idisu",
        "idisw",
        "bgv",
        "bgsd",
        "cov",
        "mld",
        "ti",
        "sii",
        "rii",
    ]
    close(*(each.loc[alike] for each in either))
    ends = [each.loc["difference", "value"] for each in either]
    assert np.isnan(ends).all() or ends[0] == pytest.approx(-ends[1])


@drawn
@given(tables())
def test_the_order_the_other_way_round_mirrors_the_ranked_measures(rows):
    forth, back = measured(rows), measured(rows.assign(order=-rows["order"]))
    for name in TURNED:
        assert forth.loc[name, "value"] == pytest.approx(
            -back.loc[name, "value"], rel=1e-6, abs=1e-9, nan_ok=True
        )
        assert forth.loc[name, "se"] == pytest.approx(back.loc[name, "se"], rel=1e-6, abs=1e-9, nan_ok=True)
    assert forth.loc["rii", "value"] == pytest.approx(1 / back.loc["rii", "value"], rel=1e-6, nan_ok=True)


@drawn
@given(tables())
def test_nothing_falls_below_alike_and_nothing_is_missing_without_a_reason(rows):
    found = measured(rows)
    never = list(NAMES[8:])
    assert not (found.loc[never, "value"] < -1e-9).any()
    assert not (found.loc[["ratio", "rii"], "value"] < 0).any()
    missing = found[["value", "se", "lower", "upper"]].isna().any(axis="columns")
    assert found.loc[missing, "reason"].ne("").all()
    assert found["reading"].str.endswith(".").all()
    assert found.loc[found["value"].isna(), "reading"].str.startswith("Not worked out").all()


@drawn
@given(tables(), st.floats(5, 95))
def test_groups_that_fare_alike_show_nothing(rows, rate):
    alike = rows.assign(rate=np.where(rows["people"] > 0, round(rate, 1), np.nan), se=1.0)
    found = measured(alike, reference="overall", model="linear")["value"].astype(float)
    none = found.drop(["ratio", "rii"]).dropna()
    np.testing.assert_allclose(none, 0, atol=1e-6)
    np.testing.assert_allclose(found[["ratio", "rii"]].dropna(), 1, atol=1e-9)


@drawn
@given(tables())
def test_a_group_split_into_two_alike_leaves_weighted_measures_as_they_were(rows):
    half = rows[(rows["people"] > 0) & rows["rate"].notna()]
    assume(len(half))
    whole = half.assign(people=half["people"] * 2)
    split = pd.concat([half, half.assign(group=half["group"] + " too")])
    weighted = ["bgv", "bgsd", "cov", "mdbw", "mdmw", "idisw", "mld", "ti", "sii", "rii", "aci", "rci"]
    one, two = (measured(each, model="linear", reference=None)["value"] for each in (whole, split))
    known = one[weighted].notna()
    np.testing.assert_allclose(one[weighted][known], two[weighted][known], rtol=1e-6, atol=1e-6)


def test_every_setting_is_worked_out_alone():
    luck = np.random.default_rng(3)
    rows = pd.DataFrame(
        {"setting": np.repeat(range(30), 4), "group": list("abcd") * 30, "order": [1, 2, 3, 4] * 30}
    )
    rows = rows.assign(
        rate=luck.uniform(1, 99, 120), se=luck.uniform(1, 9, 120), people=luck.integers(1, 900, 120)
    )
    every = measured(rows, by="setting").reset_index()
    one = measured(rows[rows["setting"] == 17]).reset_index()
    together = every[every["setting"] == 17].drop(columns="setting").reset_index(drop=True)
    pd.testing.assert_frame_equal(together[one.columns], one, rtol=1e-4)

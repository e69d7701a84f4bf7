import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from pophealth.stats import equity, rates
from pophealth.stats.contrasts import METHODS
from tests.stats import cases, rates_by_hand

LIMITS = ["value", "lower", "upper"]


def strata(**counts):
    rows = [(name, *pair) for name, pair in counts.items()]
    return pd.DataFrame(rows, columns=["stratum", "numerator", "denominator"])


def compared(table, reference="b", **asked):
    return rates.compare(table, by="stratum", reference=reference, **asked)


@pytest.mark.parametrize("case", cases.read("compare")["cases"])
def test_limits_agree_with_statsmodels(case):
    told = [case[name] for name in ("numerator", "denominator")]
    other = [case[f"reference_{name}"] for name in ("numerator", "denominator")]
    asked = {name: case[name] for name in ("measure", "method", "confidence")}
    found = compared(strata(a=told, b=other), **asked).iloc[0]
    for name in ("lower", "upper"):
        assert found[name] == pytest.approx(case[name], rel=1e-9)
    assert found[["measure", "method", "reason"]].tolist() == [case["measure"], case["method"], ""]


def test_values_are_those_of_the_four_counts():
    table = strata(a=(12, 40), b=(10, 100))
    for measure, right in (
        ("difference", 0.2),
        ("risk_ratio", 3.0),
        ("rate_ratio", 3.0),
        ("odds_ratio", 12 * 90 / 28 / 10),
    ):
        found = compared(table, measure=measure, scale=100).iloc[0]
        assert found["value"] == pytest.approx(right * (100 if measure == "difference" else 1))
        assert found[["group_value", "reference_value"]].tolist() == pytest.approx([30, 10])
    assert found[["stratum", "reference"]].tolist() == ["a", "b"]


def test_a_gap_of_one_period_is_the_same_difference_and_ratio():
    table = strata(a=(12, 40), b=(10, 100), c=(0, 9)).assign(period=1)
    gap = equity.gap(table, by="stratum", reference="b")
    for measure, name in (("difference", "difference"), ("risk_ratio", "ratio")):
        found = compared(table, measure=measure)
        names = [name, f"{name}_lower", f"{name}_upper"]
        assert found[LIMITS].to_numpy() == pytest.approx(gap[names].to_numpy(), rel=1e-12, nan_ok=True)


@pytest.mark.parametrize(("ours", "theirs"), [(0, 5), (3, 9), (12, 4), (7, 0)])
def test_the_exact_ratio_of_rates_comes_from_a_share_of_all_events(ours, theirs):
    found = compared(strata(a=(ours, 20), b=(theirs, 50)), measure="rate_ratio", method="exact").iloc[0]
    part = binomtest(ours, ours + theirs).proportion_ci(0.95, method="exact")
    assert found["lower"] == pytest.approx(part.low / (1 - part.low) * 50 / 20, rel=1e-9)
    if theirs:
        assert found["upper"] == pytest.approx(part.high / (1 - part.high) * 50 / 20, rel=1e-9)
        assert found["reason"] == ""
    else:
        assert np.isnan(found["upper"])
        assert found["reason"] == "no cases in the reference"


def test_a_difference_of_rates_adds_the_squares_of_byars_distances():
    found = compared(strata(a=(12, 8), b=(4, 20)), method="byar").iloc[0]
    (low, high), (other_low, other_high) = (rates_by_hand.events_limits(each, 0.95) for each in (12, 4))
    lower = 1.3 - np.hypot(1.5 - low / 8, other_high / 20 - 0.2)
    upper = 1.3 + np.hypot(high / 8 - 1.5, 0.2 - other_low / 20)
    assert found[LIMITS].tolist() == pytest.approx([1.3, lower, upper], rel=1e-9)


def test_everyone_is_everyone_else():
    table = strata(a=(12, 40), b=(10, 100), c=(30, 60))
    found = compared(table, "overall")
    assert found["stratum"].tolist() == ["a", "b", "c"]
    assert found["reference"].tolist() == ["everyone else"] * 3
    rest = compared(strata(a=(12, 40), b=(40, 160)))
    assert found.loc[0, LIMITS].tolist() == pytest.approx(rest.loc[0, LIMITS].tolist(), rel=1e-12)


def test_a_group_without_counts_does_not_touch_everyone_else():
    whole = strata(a=(12, 40), b=(10, 100), c=(30, 60))
    found = compared(pd.concat([whole, strata(d=(None, 50), e=(0, 0))]), "overall")
    assert found.iloc[:3][LIMITS].to_numpy() == pytest.approx(compared(whole, "overall")[LIMITS].to_numpy())
    assert found["reason"].tolist() == ["", "", "", "a count is missing", "no people counted"]


@pytest.mark.parametrize(
    ("better", "enough", "best"),
    [("higher", 30, "b"), ("lower", 30, "c"), ("higher", 5, "a"), ("lower", 101, "d")],
)
def test_the_best_group_has_enough_people(better, enough, best):
    table = strata(a=(9, 9), b=(80, 100), c=(10, 100), d=(100, 200))
    found = compared(table, "best", better=better, enough=enough)
    assert set(found["reference"]) == {best}
    assert best not in set(found["stratum"])


def test_of_equally_good_groups_the_one_with_most_people_is_best_and_of_equal_ones_the_first():
    table = strata(a=(8, 40), b=(20, 100), c=(20, 100), d=(50, 100))
    assert set(compared(table, "best", better="lower")["reference"]) == {"b"}
    assert set(compared(table, "largest")["reference"]) == {"b"}


def test_several_columns_name_a_group_and_one_that_is_not_recorded_stays():
    table = strata(a=(8, 40), b=(20, 100)).assign(place=[None, "north"])
    found = rates.compare(table, by=["place", "stratum"], reference=("north", "b"))
    assert found["stratum"].tolist() == ["a"]
    assert found["place"].isna().all()
    assert found["reference"].tolist() == ["north x b"]


@pytest.mark.parametrize(
    ("ours", "theirs", "asked", "reason", "limits"),
    [
        ((0, 9), (5, 9), {}, "", True),
        ((0, 9), (5, 9), {"measure": "risk_ratio"}, "no cases, so this method gives no limits", False),
        ((4, 9), (0, 9), {"measure": "risk_ratio"}, "no cases in the reference", False),
        ((0, 9), (0, 9), {"measure": "rate_ratio"}, "no cases in the reference", False),
        ((9, 9), (5, 9), {"measure": "odds_ratio"}, "nobody without it, so there are no odds", False),
        ((5, 9), (9, 9), {"measure": "odds_ratio"}, "nobody without it in the reference, so this m", False),
        ((5, 9), (None, 9), {}, "a count is missing in the reference", False),
        ((5, 9), (0, 0), {}, "no people counted in the reference", False),
        ((5, 9), (None, 9), {"measure": "odds_ratio"}, "a count is missing in the reference", False),
    ],
)
def test_what_is_missing_has_a_reason(ours, theirs, asked, reason, limits):
    found = compared(strata(a=ours, b=theirs, c=(3, 9)), **asked)
    assert found["reason"].iloc[0].startswith(reason)
    assert (found["reason"].iloc[0] == "") == (reason == "")
    assert found[["lower", "upper"]].iloc[0].notna().all() == limits


def test_levels_rows_of_one_group_and_empty_tables():
    parts = pd.concat([strata(a=(5, 15), b=(4, 50)), strata(a=(7, 25), b=(6, 50))])
    found = compared(parts, confidence=(0.95, 0.998))
    whole = compared(strata(a=(12, 40), b=(10, 100)), confidence=(0.95, 0.998))
    pd.testing.assert_frame_equal(found, whole)
    assert found["confidence"].tolist() == [0.95, 0.998]
    assert compared(parts.iloc[:0]).empty
    assert compared(parts.iloc[:0], "overall").empty


BAD = [
    (
        strata(a=(12, 40), b=(10, 100)),
        {"reference": "z"},
        "choose one of best, largest, overall, or a group that is there: 'a', 'b'",
    ),
    (
        strata(a=(12, 40)),
        {"reference": "a"},
        "column 'stratum' holds only 'a' in all rows; name a column with two groups or more",
    ),
    (
        strata(a=(None, 40), b=(None, 9)),
        {},
        "columns 'numerator' and 'denominator' hold no row with both coun",
    ),
    (strata(a=(41, 40), b=(10, 100)), {}, "the numerator is above the denominator in row 0"),
    (strata(a=(-4, 40), b=(10, 100)), {}, "a count is below zero in row 0"),
    (strata(a=(4, 40), b=(10.5, 100)), {}, "a count of people is not whole in row 1"),
    (
        strata(a=(4, 40), b=(10, 100)),
        {"reference": "best"},
        "better is None; say 'higher' or 'lower', for one",
    ),
    (
        strata(a=(4, 20), b=(1, 10)),
        {"reference": "best", "better": "lower"},
        "no group has 30 people or more, so none can be the best; name",
    ),
    (
        strata(best=(4, 20), b=(1, 10)),
        {"reference": "best"},
        "holds a group 'best', which is also a word for a",
    ),
    (
        strata(a=(4, 20), b=(1, 10)),
        {"by": []},
        "by names no column; name the column that tells the groups ap",
    ),
    (
        strata(a=(4, 20), b=(1, 10)).assign(place=1),
        {"by": ["place", "stratum"]},
        "reference is 'b'; give one label for each column in by: 'place' and",
    ),
]


@pytest.mark.parametrize(("table", "asked", "sentence"), BAD)
@pytest.mark.parametrize("ask", [rates.compare, rates.excess])
def test_bad_input_is_one_clear_sentence(table, asked, sentence, ask):
    before = table.copy(deep=True)
    with pytest.raises(ValueError, match=sentence) as told:
        ask(table, **{"by": "stratum", "reference": "b", **asked})
    assert "\n" not in str(told.value)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"measure": "gap"},
            "no measure 'gap'; choose one of difference, risk_ratio, rate_ratio, odds_ratio",
        ),
        ({"measure": "risk_ratio", "method": "exact"}, "no method 'exact'; choose one of log"),
        ({"scale": -1}, "scale is -1; give a number above 0"),
    ],
)
def test_what_cannot_be_compared_is_one_clear_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        compared(strata(a=(12, 40), b=(10, 100)), **asked)


def test_only_rates_take_more_events_than_people_and_parts_of_events():
    table = strata(a=(12.5, 4), b=(10, 100))
    for measure, methods in METHODS.items():
        for method in methods:
            if measure == "rate_ratio" or method == "byar":
                assert compared(table, measure=measure, method=method)["value"].notna().all()
            else:
                with pytest.raises(ValueError, match="numerator is above"):
                    compared(table, measure=measure, method=method)


def test_the_excess_is_the_difference_times_the_people_of_the_group():
    table = strata(a=(12, 40), b=(10, 100), c=(5, 60))
    for method in ("newcombe", "byar"):
        found = rates.excess(table, by="stratum", reference="b", method=method, confidence=(0.95, 0.998))
        gap = compared(table, method=method, confidence=(0.95, 0.998))
        people = found["denominator"].to_numpy()[:, None]
        assert found[LIMITS].to_numpy() == pytest.approx(gap[LIMITS].to_numpy() * people, rel=1e-12)
        assert found["expected"].tolist() == pytest.approx([4, 4, 6, 6])
        assert (found["numerator"] - found["expected"]).tolist() == pytest.approx(found["value"].tolist())


def test_the_excess_reads_as_a_sentence():
    table = strata(a=(60, 100), b=(20, 100), c=(18, 90), d=(None, 5), e=(2, 100))
    told = rates.excess(table, by="stratum", reference="b").set_index("stratum")["reading"]
    assert told["a"].startswith(
        "about 40 more people than if this group had fared as 'b' did; luck leaves room"
    )
    assert " for 27 more to 51 more; " in told["a"]
    assert "about 0 more people" in told["c"]
    assert "fewer to" in told["c"]
    assert told["d"] == "no number can be given: a count is missing"
    assert told["e"].startswith("about 18 fewer people")
    assert all("never add this up" in told[name] for name in "ace")
    rest = rates.excess(table, by="stratum", reference="overall", method="byar")["reading"].iloc[0]
    assert "more events than if this group had fared as everyone else did" in rest

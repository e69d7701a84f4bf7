"""References of a gap over time: the best group, the largest, everybody; always told."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import equity, rates, segments
from pophealth.stats.rates import wilson

GROUPS = ["a", "b", "c", "few"]


def table(periods=3, seed=1):
    luck = np.random.default_rng(seed)
    people = np.tile([200, 500, 300, 9], periods)
    share = np.tile([0.4, 0.5, 0.6, 0.99], periods)
    return pd.DataFrame(
        {
            "period": np.repeat(np.arange(periods), 4),
            "group": GROUPS * periods,
            "numerator": luck.binomial(people, share),
            "denominator": people,
        }
    )


@pytest.mark.parametrize(
    ("reference", "better", "label"),
    [("best", "higher", "c"), ("best", "lower", "a"), ("largest", None, "b"), ("b", None, "b")],
)
def test_the_same_group_is_held_against_in_every_period(reference, better, label):
    rows = table()
    found = equity.gap(rows, by="group", reference=reference, better=better)
    pd.testing.assert_frame_equal(found, equity.gap(rows, by="group", reference=label))
    assert set(found["reference"]) == {label}
    assert label not in set(found["group"])


def test_the_best_group_has_enough_people_over_all_periods():
    few = table(periods=4)
    assert set(equity.gap(few, by="group", reference="best", better="higher")["reference"]) == {"few"}
    assert set(
        equity.gap(few[few["period"] < 3], by="group", reference="best", better="higher")["reference"]
    ) == {"c"}


def test_groups_named_by_two_columns_are_told_together():
    rows = table().assign(place="north")
    found = equity.gap(rows, by=["place", "group"], reference="largest")
    assert set(found["reference"]) == {"north, b"}


def test_everybody_holds_the_group_itself():
    rows = table()
    found = equity.gap(rows, by="group", reference="overall")
    assert set(found["reference"]) == {"overall"}
    assert sorted(set(found["group"])) == GROUPS
    first = rows[rows["period"] == 0]
    everybody = first["numerator"].sum() / first["denominator"].sum()
    row = found[(found["period"] == 0) & (found["group"] == "a")].iloc[0]
    share = first["numerator"].iloc[0] / 200
    assert row["reference_value"] == pytest.approx(everybody)
    assert row["difference"] == pytest.approx(share - everybody)
    assert row["ratio"] == pytest.approx(share / everybody)
    assert row["effective_n"] == pytest.approx(1 / (1 / 200 - 1 / 1009))


def test_limits_against_everybody_come_from_the_rest():
    rows = table(periods=1)
    row = equity.gap(rows, by="group", reference="overall").set_index("group").loc["b"]
    rest = rows.assign(group=np.where(rows["group"] == "b", "b", "rest"))
    pair = equity.gap(rest, by="group", reference="rest").iloc[0]
    part = 500 / 1009
    for name in ("difference_lower", "difference_upper"):
        assert row[name] == pytest.approx(pair[name] * (1 - part))
    for name in ("ratio_lower", "ratio_upper"):
        assert row[name] == pytest.approx(pair[name] / (part * pair[name] + 1 - part))
    others = rows[rows["group"] != "b"][["numerator", "denominator"]].sum()
    lower, upper = wilson(others[["numerator"]].to_numpy(), others[["denominator"]].to_numpy(), 0.95)
    share, other = row["value"], others["numerator"] / others["denominator"]
    own_low, _ = wilson(np.array([row["value"] * 500]), np.array([500]), 0.95)
    by_hand = share - other - np.hypot(share - own_low[0], upper[0] - other)
    assert row["difference_lower"] == pytest.approx((1 - part) * by_hand)
    assert lower[0] < other


def test_limits_against_everybody_hold_the_truth_about_as_often_as_they_say():
    luck = np.random.default_rng(2)
    people, share = np.array([80, 150, 60]), np.array([0.3, 0.4, 0.5])
    counts = luck.binomial(people, share, (600, 3))
    rows = pd.DataFrame(
        {"period": np.repeat(range(600), 3), "group": list("abc") * 600, "numerator": counts.ravel()}
    )
    found = equity.gap(rows.assign(denominator=np.tile(people, 600)), by="group", reference="overall")
    truth = dict(zip("abc", share - (share @ people) / people.sum(), strict=True))
    true = found["group"].map(truth)
    held = (found["difference_lower"] <= true) & (found["difference_upper"] >= true)
    assert 0.93 < held.mean() < 0.97


def test_one_group_alone_has_no_limits_against_everybody():
    alone = table().query("group == 'a' or period == 0")
    found = equity.gap(alone, by="group", reference="overall").query("period > 0")
    assert found[["difference", "difference_lower", "ratio_upper", "effective_n"]].isna().all(axis=None)
    nobody = table(1).assign(numerator=0)
    assert equity.gap(nobody, by="group", reference="overall")["ratio"].isna().all()


def test_a_gap_that_is_missing_says_why():
    rows = table().astype({"numerator": float})
    rows.loc[0, "numerator"] = None
    rows.loc[5, ["numerator", "denominator"]] = 0
    rows = rows.drop(index=9)
    found = equity.gap(rows, by="group", reference="b").set_index(["period", "group"])
    why = found["reason"]
    assert why[0, "a"] == "a count is missing"
    assert set(why[1]) == {"the reference: no people counted"}
    assert set(why[2]) == {"the reference: a count is missing"}
    assert why[0, "c"] == ""
    assert (found["difference"].isna() == why.ne("")).all()


@pytest.mark.parametrize("reference", ["overall", "largest", "best"])
def test_an_empty_table_gives_an_empty_table(reference):
    found = equity.gap(table().iloc[:0], by="group", reference=reference, better="lower")
    assert found.empty
    assert "reference" in found


def test_a_charted_gap_tells_its_reference():
    gaps = equity.gap(table(12), by="group", reference="overall")
    kept = gaps.copy(deep=True)
    chart = equity.charted_gap(gaps, better="higher", by="group")
    assert set(chart["reference"]) == {"overall"}
    pd.testing.assert_frame_equal(gaps, kept)


@pytest.mark.parametrize(
    ("reference", "better", "label"),
    [("best", "higher", "c"), ("best", "lower", "a"), ("largest", "higher", "c"), ("b", "lower", "b")],
)
def test_all_that_compare_groups_choose_the_same_one(reference, better, label):
    """Of equals the largest, then the first; never people whose group was not recorded."""
    rows = pd.DataFrame({"group": ["a", "b", "c", "d", None], "numerator": [40, 50, 90, 90, 500]})
    rows = rows.assign(period=1, denominator=[100, 100, 150, 150, 500])
    asked = {"by": "group", "reference": reference, "better": better}
    for found in (
        equity.gap(rows, **asked),
        rates.compare(rows, **asked),
        rates.excess(rows, **asked),
        segments.compare(rows, **asked),
    ):
        assert set(found["reference"]) == {label}

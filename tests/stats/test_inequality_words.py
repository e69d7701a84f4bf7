"""What is said and shown: the reference, the direction in words, luck, and reasons for what is missing."""

import re

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import equity
from pophealth.stats.inequality import NAMES
from tests.views.reading_age import grade

SIGNED = ["difference", "ratio", "sii", "rii", "aci", "rci"]
NEVER_BELOW = [name for name in NAMES if name not in SIGNED]


def table(rate=(61.0, 70.0, 74.0, 80.0, 85.0), people=(400, 380, 410, 390, 420), **more):
    rate, people = np.array(rate, dtype=float), np.array(people, dtype=float)
    se = np.sqrt(np.maximum(rate * (100 - rate), 0) / np.where(people > 0, people, np.nan))
    made = {"group": list("abcdefg")[: len(rate)], "rate": rate, "people": people, "se": se}
    return pd.DataFrame(made | {"order": np.arange(len(rate)) + 1} | more)


def measured(rows, **asked):
    told = {"group": "group", "estimate": "rate", "better": "higher", "population": "people", "se": "se"}
    return equity.measures(rows, **(told | asked)).set_index("measure")


def reading(rows, name, **asked):
    return measured(rows, names=name, **asked).loc[name, "reading"]


def test_which_end_fares_worse_is_said_whatever_the_sign():
    rising, falling = table(), table(rate=[85, 80, 74, 70, 61])
    ordered = {"order": "order"}
    for name in SIGNED[2:]:
        assert "The most disadvantaged end fares worse" in reading(rising, name, **ordered)
        assert "The least disadvantaged end fares worse" in reading(falling, name, **ordered)
        assert "The least disadvantaged end fares worse" in reading(rising, name, better="lower", **ordered)
        assert "The most disadvantaged end fares worse" in reading(falling, name, better="lower", **ordered)
    for name in SIGNED[:2]:
        assert reading(rising, name, **ordered).startswith("a fares worse than e")
        assert reading(falling, name, **ordered).startswith("e fares worse than a")
        assert reading(falling, name, better="lower", **ordered).startswith("a fares worse than e")
        assert "−" not in reading(falling, name, **ordered)


def test_limits_are_told_as_distances_and_times_above_one():
    up = measured(table(), order="order")["reading"]
    down = measured(table(rate=[85, 80, 74, 70, 61], people=[420, 390, 410, 380, 400]), order="order")[
        "reading"
    ]
    for name in ("sii", "rii", "difference", "ratio"):
        numbers = re.findall(r"\d+\.?\d*", up[name].replace(" to 1;", ""))
        assert len(numbers) == 3
        assert float(numbers[1]) < float(numbers[0]) < float(numbers[2])
        assert [
            float(n) for n in re.findall(r"\d+\.?\d*", down[name].replace(" to 1;", ""))
        ] == pytest.approx([float(n) for n in numbers], rel=0.02)


def test_it_stays_open_which_end_fares_worse_when_luck_could_turn_it():
    near = table(rate=[50, 58, 47, 55, 54], people=[60] * 5)
    for name in SIGNED:
        assert reading(near, name, order="order").startswith("It is open wh")


@pytest.mark.parametrize("name", NEVER_BELOW)
def test_limits_above_zero_are_no_evidence(name):
    """Groups of 25 people, all near 60%: limits lie above zero, and still luck can do it."""
    small = table(rate=[56, 64, 60, 68, 52], people=[25] * 5)
    found = measured(small, reference="largest" if name.startswith("mdr") else None).loc[name]
    assert "luck can do it" in found["reading"]
    assert "more than luck" not in found["reading"]
    assert found["value"] <= found["luck_high"]
    large = table(rate=[56, 64, 60, 68, 52], people=[2500] * 5)
    much = measured(large, reference="largest" if name.startswith("mdr") else None).loc[name]
    assert "more than luck does" in much["reading"]
    assert much["value"] > much["luck_high"] > much["luck_middle"] >= 0


def test_what_luck_does_cannot_be_said_without_people():
    found = measured(table(), population=None, reference="a", names=["difference", "ratio", "mdru", "mdbu"])
    assert found["luck_high"].isna().all()
    assert found["reading"].str.contains("how much of it is luck cannot be said").all()
    shares = measured(table(people=[0.2] * 5), names="mdmw")
    assert "cannot be said" in shares.loc["mdmw", "reading"]


def test_only_two_groups_named_beforehand_are_judged_by_limits():
    two = table().iloc[[0, 4]]
    assert "luck could move it" in reading(two, "difference", reference="e")
    assert "than luck does" in reading(two, "difference")
    assert "than luck does" in reading(table(), "difference", reference="e")


def test_the_reference_is_always_shown():
    rows = table(people=[400, 380, 500, 390, 12])
    with_it = ["difference", "ratio", "par", "paf", "mdru", "mdrw"]
    for asked, label in (("best", "d"), ("largest", "c"), ("overall", "overall"), ("b", "b")):
        assert set(measured(rows, reference=asked, names=with_it)["reference"]) == {label}
    assert set(measured(rows, names=with_it[:4])["reference"]) == {"e"}
    assert set(measured(rows, order="order", names=with_it[:4])["reference"]) == {"e"}
    assert set(measured(rows, names=["mdbu", "mdbw"])["reference"]) == {"e"}
    assert set(measured(rows, names=["mld", "bgv"])["reference"]) == {""}
    assert "the average" in reading(rows, "difference", reference="overall")
    assert set(measured(rows, better="lower", reference="best", names=with_it)["reference"]) == {"a"}


def test_of_groups_alike_the_largest_is_the_best():
    rows = table(rate=[60, 90, 90, 70, 65], people=[400, 380, 500, 390, 300])
    assert measured(rows, names="par").loc["par", "reference"] == "c"


def test_no_gain_where_the_average_is_better():
    found = measured(table(rate=[90, 80, 70, 60, 50]), order="order", names=["par", "paf"])
    assert found["value"].tolist() == [0, 0]
    assert found["reading"].str.contains("there is no gain to show").all()
    itself = measured(table(), reference="overall", names="par").loc["par"]
    assert np.isnan(itself["value"])
    assert "shows no gain" in itself["reason"]


def test_groups_all_alike():
    found = measured(table(rate=[70] * 5), order="order", reference="largest")
    one = ["ratio", "rii"]
    assert found.loc[one, "value"].tolist() == pytest.approx([1, 1])
    assert found["value"].drop(one).to_numpy() == pytest.approx(0, abs=1e-9)
    assert found["reading"].str.contains("alike|neither end|no gain").all()
    assert found.loc["sii", "reason"] == "the groups lie on the line, so their scatter gives no limits"
    empty = measured(table(rate=[0.0] * 5), order="order", reference="largest")
    assert empty.loc[["difference", "sii", "aci", "bgv", "mdrw"], "value"].tolist() == [0] * 5
    assert empty.loc[["cov", "idisw", "mld", "ti"], "reason"].tolist() == ["the average is zero or below"] * 4


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (table().iloc[:1], "only one group has people and an estimate"),
        (
            table(people=[400, 0, 0, 0, 0]),
            "only one group has people and an estimate; left out: 4 without people",
        ),
        (table(rate=[np.nan] * 5), "no group has people and an estimate; left out: 5 without an estimate"),
    ],
)
def test_too_few_groups_give_a_reason(rows, reason):
    found = measured(rows, order="order", reference="a")
    assert found[["value", "se", "lower", "upper"]].isna().all(axis=None)
    assert set(found["reason"]) == {reason}
    assert found["reading"].str.startswith("Not worked out: ").all()


def test_a_group_without_people_is_left_out():
    rows = table(people=[400, 380, 0, 390, 420])
    found = measured(rows, order="order", reference="a")
    without = measured(rows[rows["people"] > 0], order="order", reference="a")
    numbers = ["value", "se", "lower", "upper", "luck_high"]
    np.testing.assert_allclose(found[numbers].astype(float), without[numbers].astype(float), rtol=1e-4)
    assert set(found["reason"]) == {"left out: 1 without people"}


def test_a_missing_figure():
    seven = table(rate=[61, 70, 74, np.nan, 85, 66, 71], people=[400] * 7)
    found = measured(seven, order="order", reference="a")
    ordered = ["sii", "rii", "aci", "rci"]
    assert found.loc[ordered, "value"].isna().all()
    assert set(found.loc[ordered, "reason"]) == {
        "the estimate of 1 of 7 groups is missing; left out: 1 without an estimate"
    }
    assert found["value"].drop(ordered).notna().all()
    rest = measured(seven.dropna(), reference="a", names=["bgv", "mdrw"])["value"].tolist()
    assert found.loc[["bgv", "mdrw"], "value"].tolist() == rest
    five = measured(table(rate=[61, 70, np.nan, 80, 85]), reference="a")
    assert five["value"].drop(["difference", "ratio"]).isna().all()
    assert five.loc["difference", "value"] == -9
    ends = measured(table(rate=[np.nan, 70, 74, 80, 85]), order="order", names=["difference", "par"])
    assert "the estimate of an end of the order is missing" in ends.loc["difference", "reason"]
    assert "1 of 5 groups" in ends.loc["par", "reason"]


def test_missing_people_errors_places_and_references():
    blank = measured(table(people=[400, np.nan, 410, 390, 420]), order="order", reference="largest")
    assert "the number of people in a group is not known" in blank.loc["bgv", "reason"]
    assert "the largest group is not known" in blank.loc["mdru", "reason"]
    assert np.isfinite(blank.loc["mdbu", "value"])
    errors = measured(table(se=[1, 2, np.nan, 1, 2.0]), names=["mdmw", "bgv", "difference"])
    assert errors["value"].notna().all()
    assert errors.loc[["mdmw", "bgv"], "reason"].tolist() == ["a standard error is missing"] * 2
    assert errors.loc["difference", "reason"] == ""
    none = measured(table(), se=None, names=["ratio", "mdmw", "ti", "paf", "sii"], order="order")
    assert none["value"].notna().all()
    assert none["lower"].notna().tolist() == [False, False, False, True, True]
    places = measured(table(order=[1, 2, 3, 5, 5]), order="order", names=["difference", "sii", "par"])
    assert "several groups share an end of the order" in places.loc["difference", "reason"]
    assert "share the last place" in places.loc["par", "reason"]
    assert np.isfinite(places.loc["sii", "value"])
    unplaced = measured(table(order=[1, 2, np.nan, 4, 5]), order="order", names=["difference", "sii"])
    assert unplaced["reason"].tolist() == ["the place of a group in the order is not known"] * 2
    one_place = measured(table(order=[1] * 5), order="order", names=["sii", "rci"])
    assert one_place["reason"].tolist() == ["all groups share one place in the order"] * 2
    few = measured(table(people=[9] * 5), reference="best", names=["difference", "mdrw"])
    assert few["reason"].tolist() == ["no group has 30 people or more"] * 2
    two = pd.concat([table(year=1), table(year=2).iloc[1:]])
    gone = equity.measures(
        two, group="group", estimate="rate", better="higher", reference="a", names="mdru", by="year"
    )
    assert gone["reason"].tolist() == ["a standard error is missing", "a has no estimate here"]


def test_figures_outside_the_scale_and_zeros():
    high = table(rate=[61, 70, 74, 80, 140.0]).assign(se=2.0)
    found = measured(high, order="order")
    assert "lies outside 0 to 100; set scale" in found.loc["sii", "reason"]
    assert np.isfinite(measured(high, order="order", scale=1000).loc["sii", "lower"])
    assert np.isfinite(measured(high, order="order", model="linear").loc["sii", "lower"])
    zero = measured(table(rate=[0, 70, 74, 80, 85]), reference="a")
    assert (
        "no ratio to a figure of zero"
        in measured(table(rate=[0, 7, 4, 8, 5]), names="ratio").loc["ratio", "reason"]
    )
    assert "a ratio of zero has no limits" in zero.loc["ratio", "reason"]
    assert "one of the two figures is zero" in zero.loc["ratio", "reading"]
    assert "an estimate is below zero" in measured(table(rate=[-1, 7, 4, 8, 5], se=1.0)).loc["mld", "reason"]
    line = measured(table(rate=[1, 10, 40, 60, 99]), order="order", model="linear", names="rii")
    assert "the line reaches zero or below" in line.loc["rii", "reason"]
    apart = measured(table(rate=[0, 0, 0, 100, 100]), order="order", names=["sii", "rii"])
    assert apart["reason"].tolist() == ["the logistic line does not settle; use model='linear'"] * 2


def test_a_group_without_a_name_stays_visible():
    rows = table()
    rows.loc[0, "group"] = None
    assert reading(rows, "difference").startswith("not recorded fares worse than e")


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_readings_are_one_plain_sentence(better):
    kinds = [table(), table(rate=[52, 49, 51, 50, 47], people=[40] * 5), table(rate=[70] * 5)]
    for rows in kinds:
        for asked in (
            {"order": "order"},
            {"reference": "largest"},
            {"reference": "best"},
            {"reference": "overall"},
        ):
            for said in measured(rows, better=better, **asked)["reading"]:
                assert said.endswith(".")
                assert said.count(". ") == 0
                if not said.startswith("Not worked out"):
                    assert grade(said) <= 8, said
    bare = measured(table().iloc[[0, 4]], se=None, population=None, order="order")["reading"]
    assert all(grade(said) <= 8 for said in bare if not said.startswith("Not worked out"))

"""Values and limits of every measure, held against a slow recomputation and against other packages."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import equity
from pophealth.stats.inequality import NAMES
from tests.stats import cases, naive_inequality

Z95 = 1.959963984540054
FIFTHS = ["lowest", "second", "middle", "fourth", "highest"]


def table(seed=1, groups=5, **more):
    """Make groups with figures in percent, drawn so that some fare much worse."""
    luck = np.random.default_rng(seed)
    rate = luck.uniform(20, 90, groups).round(2)
    people = luck.uniform(60, 900, groups).round(1)
    made = {
        "group": [f"group {at}" for at in range(groups)],
        "rate": rate,
        "se": np.sqrt(rate * (100 - rate) / people).round(3),
        "people": people,
        "order": luck.permutation(groups) + 1,
    }
    return pd.DataFrame(made | more)


def measured(rows, **asked):
    told = {"group": "group", "estimate": "rate", "better": "higher", "population": "people", "se": "se"}
    return equity.measures(rows, **(told | asked)).set_index("measure")


def listed(rows):
    names = {"group": "label", "rate": "e", "people": "n", "se": "s", "order": "o"}
    return rows.rename(columns=names).to_dict("records")


def agree(found, name, expected, *, logarithm=False):
    value, se = expected
    low, high = (
        (value * np.exp(-Z95 * se), value * np.exp(Z95 * se))
        if logarithm
        else (value - Z95 * se, value + Z95 * se)
    )
    row = found.loc[name]
    assert row["reason"] == ""
    assert row[["value", "se", "lower", "upper"]].astype(float).tolist() == pytest.approx(
        [value, se, low, high], rel=1e-9, abs=1e-12
    )


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("groups", [3, 5, 9])
def test_unordered_measures_agree_with_their_formulas(better, seed, groups):
    rows = table(seed, groups)
    found, plain = measured(rows, better=better, reference="group 1"), listed(rows)
    agree(found, "difference", naive_inequality.difference(plain, better, reference="group 1"))
    agree(found, "ratio", naive_inequality.ratio(plain, better, reference="group 1"), logarithm=True)
    alone = measured(rows, better=better, names=["difference", "ratio", "par", "paf"])
    agree(alone, "difference", naive_inequality.difference(plain, better))
    agree(alone, "ratio", naive_inequality.ratio(plain, better), logarithm=True)
    agree(alone, "par", naive_inequality.par(plain, better))
    agree(alone, "paf", naive_inequality.paf(plain, better))
    for name in ("bgv", "mld", "ti"):
        agree(found, name, getattr(naive_inequality, name)(plain))
    for name, value in naive_inequality.by_draws(plain, better, "group 1").items():
        assert found.loc[name, "value"] == pytest.approx(value, rel=1e-12)
        assert found.loc[name, "lower"] < found.loc[name, "upper"]


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("seed", [4, 5])
@pytest.mark.parametrize("model", ["logistic", "linear"])
def test_ordered_measures_agree_with_their_formulas(better, seed, model):
    rows = table(seed)
    found, plain = measured(rows, better=better, order="order", model=model), listed(rows)
    agree(found, "difference", naive_inequality.difference(plain, better, ordered=True))
    agree(found, "ratio", naive_inequality.ratio(plain, better, ordered=True), logarithm=True)
    agree(found, "par", naive_inequality.par(plain, better, ordered=True))
    agree(found, "paf", naive_inequality.paf(plain, better, ordered=True))
    agree(found, "sii", naive_inequality.sii(plain, model=model))
    agree(found, "rii", naive_inequality.rii(plain, model=model), logarithm=True)
    agree(found, "aci", naive_inequality.aci(plain)[:2])
    agree(found, "rci", naive_inequality.rci(plain))


@pytest.mark.parametrize("variant", ["standard", "wagstaff", "erreygers"])
def test_bounded_concentration_indices(variant):
    rows = table(6)
    found = measured(rows, order="order", names=["aci", "rci"], rci=variant, bounds=(10, 95))
    agree(found, "aci", naive_inequality.aci(listed(rows), 10, 95)[:2])
    agree(found, "rci", naive_inequality.rci(listed(rows), variant, 10, 95))


@pytest.mark.parametrize("case", cases.read("slope_index")["cases"])
def test_lines_agree_with_statsmodels(case):
    rows = pd.DataFrame({name: case[name] for name in ("rate", "people")})
    rows = rows.assign(group=rows.index.astype(str), order=rows.index + 1)
    found = measured(rows, se=None, order="order", model=case["model"], names=["sii", "rii"])
    for name in ("sii", "rii"):
        got = found.loc[name, ["value", "se", "lower", "upper"]].astype(float).tolist()
        assert got == pytest.approx(case[name], rel=1e-7)


def test_each_person_counts_once_in_the_logistic_line():
    """A group of ten times the people pulls ten times as hard, and not a hundred times."""
    rows = table(7)
    split = pd.concat([rows.assign(people=rows["people"].round()), rows.iloc[:1]], ignore_index=True)
    split.loc[[0, 5], "people"] = [600.0, 300.0]
    split.loc[5, "group"] = "another"
    split.loc[[0, 5], "rate"] = 40.0
    joined = split.iloc[:5].assign(people=[900.0, *split["people"].iloc[1:5]])
    for name in ("sii", "rii"):
        alone, apart = (
            measured(each, order="order", names=name).loc[name, "value"] for each in (joined, split)
        )
        assert alone == pytest.approx(apart, rel=1e-9)


def test_limits_of_log_and_theil_and_fraction_are_on_the_scale_of_the_value():
    """The true spread comes from 40,000 draws; ten or a thousand times less would be the old mistake."""
    rows = table(8)
    found, plain = measured(rows, names=["mld", "ti", "paf"]), listed(rows)
    luck = np.random.default_rng(8)
    drawn = luck.normal(rows["rate"], rows["se"], (40_000, 5))
    share = (rows["people"] / rows["people"].sum()).to_numpy()
    part = drawn / (drawn @ share)[:, None]
    assert found.loc["mld", "se"] == pytest.approx(1000 * (-np.log(part) @ share).std(), rel=0.05)
    assert found.loc["ti", "se"] == pytest.approx(1000 * ((part * np.log(part)) @ share).std(), rel=0.05)
    assert found.loc["paf", "se"] == pytest.approx(naive_inequality.paf(plain, "higher")[1])
    assert found.loc["paf", "se"] > 0.5


def test_a_given_average_is_used():
    rows = table(9)
    plain = listed(rows)
    found = measured(rows, population=None, average=50.0, names=["mdmu", "idisu", "par", "paf"])
    apart = naive_inequality.distances(plain, 50.0, weighed=False)
    gain = naive_inequality.best(plain, "higher")["e"] - 50
    assert found["value"].tolist() == pytest.approx([apart, 2 * apart, gain, 2 * gain])
    assert "limits need the number of people" in found.loc["par", "reason"]
    column = measured(rows.assign(all=50.0), population=None, average="all", names=["mdmu", "idisu"])
    assert column["lower"].tolist() == found.loc[["mdmu", "idisu"], "lower"].tolist()


def test_without_people_ranked_groups_count_alike():
    rows = table(10)
    even = measured(rows.assign(people=1000.0), order="order", model="linear", names=["sii", "aci", "rci"])
    none = measured(rows, population=None, order="order", model="linear", names=["sii", "aci", "rci"])
    assert none["value"].tolist() == pytest.approx(even["value"].tolist())
    assert none["se"].tolist() == pytest.approx(even["se"].tolist())
    logistic = measured(rows, population=None, order="order", names="sii")
    assert abs(logistic.loc["sii", "value"]) < 100


def test_held_against_the_average_the_group_itself_is_allowed_for():
    rows = table(11, 3)
    found = measured(rows, reference="overall", names=["difference", "ratio", "mdrw"])
    share, level = rows["people"] / rows["people"].sum(), naive_inequality.mean(listed(rows))
    worst = rows["rate"].idxmin()
    weights = share - (rows.index == worst)
    assert found.loc["difference", "value"] == pytest.approx(level - rows.loc[worst, "rate"])
    assert found.loc["difference", "se"] == pytest.approx(np.sqrt((weights**2 * rows["se"] ** 2).sum()))
    both = share / level - (rows.index == worst) / rows.loc[worst, "rate"]
    assert found.loc["ratio", "se"] == pytest.approx(np.sqrt((both**2 * rows["se"] ** 2).sum()))
    assert found.loc["mdrw", "value"] == pytest.approx(measured(rows, names="mdmw").loc["mdmw", "value"])


def test_columns_and_names():
    rows = table()
    found = equity.measures(rows, group="group", estimate="rate", better="higher")
    assert list(found.columns) == [
        *("measure", "value", "se", "lower", "upper", "reading", "reference", "luck_middle", "luck_high"),
        *("confidence", "method", "reason"),
    ]
    assert found["measure"].tolist() == list(NAMES)
    told = "difference ratio sii rii aci rci par paf bgv bgsd cov"
    assert " ".join(NAMES) == told + " mdru mdrw mdbu mdbw mdmu mdmw idisu idisw mld ti"
    two = measured(rows, names=("ti", "mld"), confidence=0.8)
    assert list(two.index) == ["ti", "mld"]
    assert two.loc["ti", "upper"] - two.loc["ti", "value"] == pytest.approx(
        1.2815515655 * two.loc["ti", "se"]
    )


def test_many_settings_are_each_as_if_alone():
    many = [table(seed, 2 + seed % 4, place=f"place {seed}", year=2000 + seed) for seed in range(1, 8)]
    every = equity.measures(
        pd.concat(many).sample(frac=1, random_state=1),
        **{"group": "group", "estimate": "rate", "better": "lower", "population": "people", "se": "se"},
        **{"order": "order", "reference": "largest", "by": ["place", "year"]},
    )
    assert (
        every["place"].tolist() == np.repeat([f"place {seed}" for seed in range(1, 8)], len(NAMES)).tolist()
    )
    for rows in many:
        alone = measured(rows, better="lower", order="order", reference="largest").reset_index()
        together = every[every["place"] == rows["place"].iloc[0]].drop(columns=["place", "year"])
        pd.testing.assert_frame_equal(together.reset_index(drop=True), alone, rtol=1e-4, atol=1e-9)

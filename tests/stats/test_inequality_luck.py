"""Limits and luck held against simulation: how often limits hold, and real people dealt at random."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import equity
from pophealth.stats.draws import DRAWS, SEED
from tests.stats import naive_inequality

PEOPLE = np.array([300, 420, 250, 510, 380])
TRUTH = np.array([52.0, 61.0, 66.0, 71.0, 78.0])
SETTINGS = 400
FORMULA = ["difference", "ratio", "bgv", "mld", "ti"]


def settings(truth, people, many, *, seed):
    """Draw the same five groups again and again, and what a team would see of them."""
    luck = np.random.default_rng(seed)
    rate = 100 * luck.binomial(people, np.asarray(truth) / 100, (many, len(people))) / people
    return pd.DataFrame(
        {
            "setting": np.repeat(np.arange(many), len(people)),
            "group": np.tile(list("abcdefgh")[: len(people)], many),
            "order": np.tile(np.arange(len(people)) + 1, many),
            "rate": rate.ravel(),
            "se": np.sqrt(rate * (100 - rate) / people).ravel(),
            "people": np.tile(people, many),
        }
    )


def measured(rows, **asked):
    told = {"group": "group", "estimate": "rate", "better": "higher", "population": "people", "se": "se"}
    return equity.measures(rows, **(told | asked), by="setting")


@pytest.fixture(scope="module")
def seen():
    rows = settings(TRUTH, PEOPLE, SETTINGS, seed=1)
    return measured(rows, order="order", names=[*FORMULA, "par", "paf", "mdmw", "idisw", "bgsd"])


def truth_of(name):
    groups = [
        {"label": label, "e": e, "n": float(n), "s": 1.0, "o": at}
        for at, (label, e, n) in enumerate(zip("abcde", TRUTH, PEOPLE, strict=True))
    ]
    if name in ("difference", "ratio", "par", "paf"):
        return getattr(naive_inequality, name)(groups, "higher", ordered=True)[0]
    if name in ("bgv", "mld", "ti"):
        return getattr(naive_inequality, name)(groups)[0]
    return naive_inequality.by_draws(groups, "higher", "a")[name]


@pytest.mark.parametrize("name", [*FORMULA, "par", "paf", "mdmw", "idisw", "bgsd"])
def test_limits_hold_the_truth_about_as_often_as_they_say(seen, name):
    rows = seen[seen["measure"] == name]
    held = ((rows["lower"] <= truth_of(name)) & (rows["upper"] >= truth_of(name))).mean()
    assert 0.90 <= held <= 0.99


@pytest.mark.parametrize("name", [*FORMULA, "par", "paf", "mdmw", "idisw", "bgsd"])
def test_standard_errors_are_how_far_values_spread(seen, name):
    rows = seen[seen["measure"] == name]
    value = np.log(rows["value"]) if name == "ratio" else rows["value"]
    assert rows["se"].mean() == pytest.approx(value.std(), rel=0.15)


def test_draws_are_those_of_plain_python():
    """The bins that quantiles are read from, and drawing again outside 0 to 100, change next to nothing."""
    rows = settings([3.0, 60.0, 99.0], np.array([40, 60, 50]), 1, seed=3).assign(se=[4.0, 6.0, 2.0])
    found = measured(rows, names=["mdmw", "bgsd"]).set_index("measure")
    luck = np.random.default_rng(5)
    drawn = luck.normal(rows["rate"], rows["se"], (200_000, 3))
    drawn = drawn[((drawn >= 0) & (drawn <= 100)).all(axis=1)]
    share = rows["people"].to_numpy() / rows["people"].sum()
    away = np.abs(drawn - (drawn @ share)[:, None])
    for name, values in (("mdmw", away @ share), ("bgsd", np.sqrt(away**2 @ share))):
        assert found.loc[name, "se"] == pytest.approx(values.std(), rel=0.03)
        limits = np.quantile(values, [0.025, 0.975])
        near = 0.03 * (limits[1] - limits[0])
        assert found.loc[name, ["lower", "upper"]].astype(float).tolist() == pytest.approx(limits, abs=near)


def test_ten_thousand_draws_always_the_same():
    rows = settings(TRUTH, PEOPLE, 2, seed=4)
    first, again = (measured(rows, reference="a") for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert DRAWS >= 10_000
    assert set(first.loc[first["measure"] == "mdmw", "method"]) == {f"10,000 draws, seed {SEED}"}


def dealt(rows, many, seed):
    """Deal the people of all groups at random: who is counted stays, the groups keep their sizes."""
    people = rows["people"].to_numpy()
    cases = round((rows["rate"] / 100 * people).sum())
    luck = np.random.default_rng(seed)
    return 100 * luck.multivariate_hypergeometric(people, cases, many) / people


@pytest.mark.parametrize(("rate", "people", "near"), [(50, 40, 0.1), (12, 25, 0.15), (85, 300, 0.1)])
def test_luck_is_what_dealing_people_at_random_does(rate, people, near):
    sizes = people * np.array([1, 2, 1, 3, 1])
    rows = settings([rate] * 5, sizes, 1, seed=6)
    found = measured(
        rows, reference="b", names=["difference", "par", "mdmw", "mdmu", "mdbw", "mdru", "bgv", "ti"]
    )
    found = found.set_index("measure")
    figures, share = dealt(rows, 20_000, 7), sizes / sizes.sum()
    mean = (figures @ share)[:, None]
    by_hand = {
        "difference": np.abs(figures[:, 1] - np.delete(figures, 1, axis=1).min(axis=1)),
        "par": np.maximum(figures[:, 1] - mean[:, 0], 0),
        "mdmw": np.abs(figures - mean) @ share,
        "mdmu": np.abs(figures - mean).mean(axis=1),
        "mdbw": figures.max(axis=1) - mean[:, 0],
        "mdru": np.abs(figures - figures[:, 1:2]).mean(axis=1),
        "bgv": (figures - mean) ** 2 @ share,
    }
    for name, drawn in by_hand.items():
        middle, high = np.quantile(drawn, [0.5, 0.95])
        assert found.loc[name, "luck_high"] == pytest.approx(high, rel=near)
        assert found.loc[name, "luck_middle"] == pytest.approx(middle, abs=0.1 * high)


def test_groups_that_truly_fare_alike_seldom_look_like_more_than_luck():
    rows = settings([40] * 5, PEOPLE // 10, SETTINGS, seed=8)
    found = measured(rows, names=["difference", "bgsd", "mdbw", "mdmw", "idisw", "mld"])
    said = found["reading"].str.contains("more than luck").groupby(found["measure"]).mean()
    assert said.max() < 0.09
    above = (found["lower"] > 0).groupby(found["measure"]).mean()
    assert above[["bgsd", "mdbw", "mdmw", "idisw"]].min() > 0.95


def test_true_gaps_between_large_groups_are_more_than_luck():
    rows = settings(TRUTH, PEOPLE, 50, seed=9)
    found = measured(rows, names=["difference", "bgsd", "mdbw", "mdmw", "idisw", "mld"])
    assert found["reading"].str.contains("more than luck").all()


def test_an_estimate_that_rests_on_fewer_people_leaves_more_to_luck():
    """A survey's groups stand for many people, but their standard errors tell how many answered."""
    rows = settings(TRUTH, PEOPLE, 1, seed=10).assign(people=PEOPLE * 1000)
    asked = settings(TRUTH, PEOPLE, 1, seed=10)
    of_all = measured(rows.assign(se=np.nan), names="mdmw")["luck_high"]
    of_asked, in_people = (measured(each, names="mdmw")["luck_high"] for each in (rows, asked))
    assert of_all.iloc[0] < 0.05 * of_asked.iloc[0]
    assert of_asked.iloc[0] == pytest.approx(in_people.iloc[0], rel=0.02)

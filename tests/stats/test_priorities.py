"""Choosing together: every figure against a slow recomputation, and ballots that are not whole."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.stats import friedmanchisquare, rankdata

from pophealth.stats import priorities

WEIGHTS = {"size": 1, "harm": 2, "works": 3}
ITEMS = ["sleep", "pain", "rides", "food"]


def ballots(people=6, *, seed=5, criteria=("size", "harm", "works"), high=5):
    """Make whole ballots of so many people, in long form."""
    rows = list(product([f"p{number}" for number in range(people)], ITEMS, criteria))
    table = pd.DataFrame(rows, columns=["person", "item", "criterion"])
    return table.assign(score=np.random.default_rng(seed).integers(1, high + 1, len(table)).astype(float))


def by_hand(table, weights):
    """Weigh each item the slow way; None where a criterion has no score at all."""
    found = {}
    for item in table["item"].unique():
        total = 0.0
        for criterion, weight in weights.items():
            here = table[(table["item"] == item) & (table["criterion"] == criterion)]["score"].dropna()
            total = None if total is None or not len(here) else total + weight * sum(here) / len(here)
        found[item] = None if total is None else total / sum(weights.values())
    return found


def place_by_hand(values):
    known = [value for value in values.values() if value is not None]
    return {
        item: None if value is None else 1 + sum(other > value + 1e-9 for other in known)
        for item, value in values.items()
    }


def test_weighted_scores_are_those_of_the_formula():
    table = ballots()
    found = priorities.weighted(table, weights=WEIGHTS).set_index("item")
    expected = by_hand(table, WEIGHTS)
    assert found["value"].to_dict() == pytest.approx(expected)
    assert found["of_most"].to_dict() == pytest.approx({item: value / 5 for item, value in expected.items()})
    assert found["rank"].to_dict() == place_by_hand(expected)
    assert found["people"].eq(6).all()


def test_a_missing_score_is_missing_and_never_zero():
    table = ballots()
    one = table["person"].eq("p0") & table["item"].eq("sleep")
    found = priorities.weighted(table.assign(score=table["score"].mask(one)), weights=WEIGHTS)
    assert dict(zip(found["item"], found["value"], strict=True)) == pytest.approx(
        by_hand(table[~one], WEIGHTS)
    )
    nobody = table["criterion"].eq("works") & table["item"].eq("pain")
    found = priorities.weighted(table.assign(score=table["score"].mask(nobody)), weights=WEIGHTS)
    found = found.set_index("item")
    assert found.loc["pain", ["value", "rank"]].isna().all()
    assert found["rank"].max() == 3


def test_the_input_is_not_changed():
    table = ballots()
    before = table.copy()
    priorities.stability(table, weights=WEIGHTS)
    priorities.agreement(table, weights=WEIGHTS)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(("form", "high"), [("naccho", 10), ("uic", 20)])
def test_hanlon_is_the_formula_on_means(form, high):
    table = ballots(4, criteria=("size", "seriousness", "effectiveness"), high=10)
    table.loc[table["criterion"].eq("seriousness"), "score"] *= high / 10
    found = priorities.hanlon(table, form=form).set_index("item")
    for item in ITEMS:
        means = {
            name: np.mean(
                [row.score for row in table.itertuples() if (row.item, row.criterion) == (item, name)]
            )
            for name in ("size", "seriousness", "effectiveness")
        }
        a, b, c = means.values()
        expected = (a + 2 * b) * c if form == "naccho" else (a + b) * c / 3
        assert found.loc[item, "value"] == pytest.approx(expected)
    assert found["passes"].all()
    most = pd.DataFrame({"person": "a", "item": "x", "score": [10, high, 10]})
    most = most.assign(criterion=["size", "seriousness", "effectiveness"])
    assert priorities.hanlon(most, form=form)["value"].iloc[0] == (300 if form == "naccho" else 100)


def test_more_than_half_have_to_say_no_before_an_item_is_stopped():
    table = ballots(4, criteria=("size", "seriousness", "effectiveness"), high=10)
    answers = [("sleep", "lawful", 0), ("sleep", "lawful", 0), ("sleep", "lawful", 1), ("sleep", "afford", 1)]
    answers += [("pain", "lawful", 0), ("pain", "lawful", 1)]
    screen = pd.DataFrame(answers, columns=["item", "criterion", "score"])
    screen["person"] = [f"p{number}" for number in (0, 1, 2, 3, 0, 1)]
    found = priorities.hanlon(pd.concat([table, screen]), screen=["afford", "lawful"]).set_index("item")
    assert found.loc["sleep", ["passes", "stopped_by", "said_no", "asked"]].tolist() == [
        False,
        "lawful",
        2,
        3,
    ]
    assert found.loc["pain", ["passes", "stopped_by"]].tolist() == [True, ""]
    assert np.isnan(found.loc["sleep", "rank"])
    assert found.loc["sleep", "value"] > 0
    assert sorted(found["rank"].dropna()) == [1, 2, 3]


def test_votes_are_counted_and_nobody_has_more_than_three():
    table = pd.DataFrame({"person": list("aab"), "item": ["sleep", "pain", "sleep"], "criterion": "votes"})
    found = priorities.votes(pd.concat([ballots(1), table.assign(score=[2, 1, 3])])).set_index("item")
    assert found["value"].to_dict() == {"sleep": 5, "pain": 1, "rides": 0, "food": 0}
    assert found["people"].to_dict() == {"sleep": 2, "pain": 1, "rides": 0, "food": 0}
    assert priorities.votes(ballots(1))["value"].isna().all()
    with pytest.raises(ValueError, match=r"^a gave 4 votes; everyone has 3, so take some back$"):
        priorities.votes(table.assign(score=[3, 1, 3]))


def kendall_by_hand(rows):
    """Work out W with ties from lists of scores, one loop at a time."""
    ranks = [rankdata([-score for score in row]) for row in rows]
    people, items = len(ranks), len(ranks[0])
    sums = [sum(row[place] for row in ranks) for place in range(items)]
    spread = sum((one - sum(sums) / items) ** 2 for one in sums)
    ties = sum(list(row).count(value) ** 3 - list(row).count(value) for row in ranks for value in set(row))
    return 12 * spread / (people**2 * (items**3 - items) - people * ties)


@pytest.mark.parametrize("seed", range(6))
def test_agreement_is_kendalls_w_with_ties(seed):
    table = ballots(5, seed=seed, criteria=("size",), high=3)
    rows = table.pivot_table("score", "person", "item")[ITEMS].to_numpy()
    found = priorities.agreement(table, weights={"size": 1}).iloc[0]
    assert found["w"] == pytest.approx(kendall_by_hand(rows))
    assert found["w"] == pytest.approx(friedmanchisquare(*rows.T).statistic / (5 * 3))
    assert (found["people"], found["left_out"], found["items"]) == (5, 0, 4)


def test_whoever_left_something_out_is_not_in_the_agreement_and_that_is_said():
    table = ballots(4)
    blank = table["person"].eq("p3") & table["item"].eq("food") & table["criterion"].eq("size")
    found = priorities.agreement(table.assign(score=table["score"].mask(blank)), weights=WEIGHTS).iloc[0]
    assert (found["people"], found["left_out"]) == (3, 1)
    assert found["w"] == priorities.agreement(table[table["person"].ne("p3")], weights=WEIGHTS)["w"].iloc[0]
    assert found["reading"].endswith("1 left something out and is not counted here.")


def test_an_item_that_nobody_scored_leaves_nobody_out():
    late = pd.DataFrame({"person": ["p0"], "item": "late", "criterion": "size", "score": [np.nan]})
    found = priorities.agreement(pd.concat([ballots(4), late]), weights=WEIGHTS)
    pd.testing.assert_frame_equal(found, priorities.agreement(ballots(4), weights=WEIGHTS))


def test_one_ballot_says_so():
    found = priorities.agreement(ballots(1), weights=WEIGHTS).iloc[0]
    assert np.isnan(found["w"])
    assert found["reading"] == "One whole ballot so far: there is nothing to agree with yet."
    alike = priorities.agreement(ballots(3).assign(score=2.0), weights=WEIGHTS).iloc[0]
    assert alike["reading"] == "There is no order to agree on: the 4 items score alike."


def test_mean_ranks_are_those_of_each_persons_own_order():
    table = ballots(5)
    found = priorities.mean_ranks(table, weights=WEIGHTS).set_index("item")
    own = []
    for person in table["person"].unique():
        values = by_hand(table[table["person"].eq(person)], WEIGHTS)
        own.append(rankdata([-round(values[item], 9) for item in ITEMS]))
    assert [found.loc[item, "value"] for item in ITEMS] == pytest.approx(np.mean(own, axis=0))
    assert [found.loc[item, "sd"] for item in ITEMS] == pytest.approx(np.std(own, axis=0, ddof=1))
    assert [found.loc[item, "best"] for item in ITEMS] == np.min(own, axis=0).tolist()


def test_methods_stand_side_by_side_and_the_top_is_counted():
    one = pd.DataFrame({"item": ITEMS, "rank": [1.0, 2.0, 3.0, 4.0]})
    other = pd.DataFrame({"item": ITEMS[::-1], "rank": [1.0, 2.0, np.nan, 4.0]})
    found = priorities.methods({"weighted": one, "hanlon": other}, top=2).set_index("item")
    assert found["on_top"].to_dict() == {"sleep": 1, "pain": 1, "rides": 1, "food": 1}
    assert found["methods"].to_dict() == {"sleep": 2, "pain": 1, "rides": 2, "food": 2}
    assert found.index.tolist() == ["pain", "sleep", "rides", "food"]


def test_sides_are_weighed_apart_and_the_widest_difference_comes_first():
    table = ballots(7).assign(
        side=lambda t: t["person"].map(lambda name: "resident" if name < "p3" else "staff")
    )
    found = priorities.sides(table, weights=WEIGHTS).set_index("item")
    here = [by_hand(table[table["side"].eq(name)], WEIGHTS) for name in ("resident", "staff")]
    for item in ITEMS:
        assert found.loc[item, "difference"] == pytest.approx(here[0][item] - here[1][item])
    assert found["difference"].abs().is_monotonic_decreasing
    assert found["first_rank"].to_dict() == place_by_hand(here[0])


def test_a_side_of_two_is_not_shown():
    table = ballots(5).assign(
        side=lambda t: t["person"].map(lambda name: "resident" if name < "p2" else "staff")
    )
    assert priorities.sides(table, weights=WEIGHTS).empty
    assert len(priorities.sides(table, weights=WEIGHTS, least=2)) == 4


def test_stability_counts_the_draws_one_by_one():
    table = ballots(6)
    found = priorities.stability(table, weights=WEIGHTS, seed=3).set_index("item")
    moved = np.array([*WEIGHTS.values()]) * np.random.default_rng(3).uniform(0.75, 1.25, (2000, 3))
    base, kept = place_by_hand(by_hand(table, WEIGHTS)), dict.fromkeys(ITEMS, 0)
    means = {item: {name: by_hand(table, {name: 1})[item] for name in WEIGHTS} for item in ITEMS}
    for draw in moved:
        values = {
            item: sum(w * means[item][name] for w, name in zip(draw, WEIGHTS, strict=True)) for item in ITEMS
        }
        placed = place_by_hand(values)
        for item in ITEMS:
            kept[item] += placed[item] == base[item]
    assert found["stays"].to_dict() == {item: kept[item] / 2000 for item in ITEMS}


def test_stability_is_seeded_and_one_criterion_cannot_turn_a_rank():
    table = ballots()
    assert priorities.stability(table, weights=WEIGHTS).equals(priorities.stability(table, weights=WEIGHTS))
    assert priorities.stability(table, weights={"size": 4})["stays"].eq(1).all()
    assert priorities.stability(table, weights=WEIGHTS, top=4)["in_top"].eq(1).all()


def test_nothing_scored_gives_tables_without_values():
    table = ballots(2).assign(score=np.nan)
    assert priorities.weighted(table, weights=WEIGHTS)["value"].isna().all()
    assert priorities.stability(table, weights=WEIGHTS).empty
    assert priorities.mean_ranks(table, weights=WEIGHTS)["people"].eq(0).all()
    assert priorities.agreement(table, weights=WEIGHTS)["reading"].iloc[0].startswith("No whole ballot")
    empty = table.iloc[:0]
    assert priorities.weighted(empty, weights=WEIGHTS).empty
    assert priorities.votes(empty).empty
    assert priorities.hanlon(empty).empty
    assert np.isnan(priorities.agreement(empty, weights=WEIGHTS)["w"].iloc[0])


BAD = [
    (
        lambda t: priorities.weighted(t.drop(columns="item"), weights=WEIGHTS),
        "column 'item' is not in the table",
    ),
    (lambda t: priorities.weighted(t, weights={}), "weights is {}; give a number for each criterion"),
    (
        lambda t: priorities.weighted(t, weights={"size": -1}),
        "the weight of 'size' is -1; give a number of 0",
    ),
    (lambda t: priorities.weighted(t, weights={"size": 0}), "every weight is 0; give at least one"),
    (
        lambda t: priorities.weighted(t.assign(score=7), weights=WEIGHTS),
        "a score for 'size' is not from 0 to 5 in rows",
    ),
    (
        lambda t: priorities.weighted(t.assign(score="much"), weights=WEIGHTS),
        "column 'score' holds 'much' in row 0",
    ),
    (lambda t: priorities.weighted(t.assign(item=""), weights=WEIGHTS), "column 'item' is blank in rows"),
    (
        lambda t: priorities.weighted(pd.concat([t, t]), weights=WEIGHTS),
        "the same person scores the same item twice",
    ),
    (lambda t: priorities.hanlon(t, form="mine"), "form is 'mine'; choose naccho or uic"),
    (
        lambda t: priorities.hanlon(t, size="harm", seriousness="harm"),
        "size, seriousness and effectiveness name",
    ),
    (
        lambda t: priorities.hanlon(t.assign(score=0.5), screen=["works"]),
        "a question of the screen is neither 0",
    ),
    (
        lambda t: priorities.votes(t.assign(criterion="votes", person=t.index, score=0.5)),
        "row 0 holds 0.5 votes",
    ),
    (
        lambda t: priorities.stability(t, weights=WEIGHTS, spread=2),
        "spread is 2; give a share between 0 and 1",
    ),
    (lambda t: priorities.stability(t, weights=WEIGHTS, draws=50), "draws is 50; draw 2,000 times or more"),
    (
        lambda t: priorities.sides(t.assign(side=""), weights=WEIGHTS, sides=["staff"]),
        r"sides is \['staff'\]; give",
    ),
    (lambda t: priorities.sides(t, weights=WEIGHTS), "column 'side' is not in the table"),
    (lambda t: priorities.methods({}), "there is no method; give at least one"),
]


@pytest.mark.parametrize(("call", "sentence"), BAD)
def test_bad_input_gets_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}") as caught:
        call(ballots(2))
    assert "\n" not in str(caught.value)

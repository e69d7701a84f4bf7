"""What partners answered: right sums, and figures from which nobody can work out one person's answer."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import laplace, ttest_rel

from pophealth.stats import trust

ANSWERS = np.arange(1, 8)


def rounds(*people, when="2021-05", dimension="open"):
    """Make a table of (importance, occurrence) pairs of one round."""
    table = pd.DataFrame(people, columns=["importance", "occurrence"])
    return table.assign(round=when, dimension=dimension)


def drawn(generator, people):
    """Draw answers as partners give them: most things matter, fewer happen."""
    importance = generator.choice(ANSWERS, size=people, p=[0.03, 0.04, 0.06, 0.12, 0.2, 0.3, 0.25])
    occurrence = generator.choice(ANSWERS, size=people, p=[0.06, 0.1, 0.16, 0.22, 0.22, 0.16, 0.08])
    return rounds(*zip(importance, occurrence, strict=True))


def test_the_sums_are_those_of_a_paired_comparison():
    table = drawn(np.random.default_rng(4), 9)
    found = trust.summary(table).iloc[0]
    limits = ttest_rel(table["importance"], table["occurrence"]).confidence_interval()
    assert found["answers"] == 9
    assert found["importance"] == pytest.approx(table["importance"].mean())
    assert found["occurrence_sd"] == pytest.approx(table["occurrence"].std(ddof=1))
    assert found["gap"] == pytest.approx(table["importance"].mean() - table["occurrence"].mean())
    assert (found["gap_lower"], found["gap_upper"]) == pytest.approx((limits.low, limits.high))


def test_rounds_stand_in_order_and_dimensions_as_they_first_appear():
    later = pd.concat([rounds(*[(6, 4)] * 5, dimension=name) for name in ("shared", "open")])
    earlier = rounds(*[(6, 4)] * 5, dimension="open", when="2020-11")
    found = trust.summary(pd.concat([later, earlier], ignore_index=True))
    assert found[["round", "dimension"]].to_numpy().tolist() == [
        ["2020-11", "open"],
        ["2021-05", "shared"],
        ["2021-05", "open"],
    ]


def test_an_answer_without_its_other_half_is_left_out_of_both():
    whole = rounds(*[(6, 4)] * 5)
    half = rounds((1, None), (None, 1))
    assert trust.summary(pd.concat([whole, half])).equals(trust.summary(whole))


@pytest.mark.parametrize("sum_up", [trust.summary, lambda table: trust.published(table, seed="s")])
def test_fewer_than_five_answers_leave_no_number_at_all(sum_up):
    found = sum_up(pd.concat([rounds(*[(7, 1)] * 4), rounds((7, None))])).iloc[0]
    assert not found["shown"]
    assert found[["answers", *trust.FIGURES]].isna().all()


def test_nothing_is_changed_in_the_table_given():
    table = drawn(np.random.default_rng(1), 6)
    before = table.copy()
    trust.published(table, seed="s")
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (rounds((8, 4)), "'importance' holds 8 in row 0; an answer lies between 1 and 7"),
        (rounds((5, "often")), "'occurrence' holds 'often' in row 0, which is no number"),
        (rounds((5, 4)).drop(columns="round"), "column 'round' is not in the table"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_one_sentence(table, says):
    with pytest.raises(ValueError, match=says):
        trust.summary(table)


def test_one_person_is_never_a_sum_and_figures_need_a_secret_and_five():
    with pytest.raises(ValueError, match="answer of one person"):
        trust.summary(rounds((5, 4)), least=1)
    with pytest.raises(ValueError, match="there is no seed"):
        trust.published(rounds((5, 4)), seed="")
    with pytest.raises(ValueError, match="fewer than 5"):
        trust.published(rounds((5, 4)), seed="s", least=4)


def test_published_figures_are_the_same_each_time_and_others_for_another_secret():
    table = drawn(np.random.default_rng(2), 7)
    assert trust.published(table, seed="a").equals(trust.published(table, seed="a"))
    assert not trust.published(table, seed="a").equals(trust.published(table, seed="b"))


def test_published_figures_are_round_and_the_number_of_answers_is_a_step():
    for people in (5, 9, 10, 23):
        found = trust.published(drawn(np.random.default_rng(people), people), seed="s").iloc[0]
        assert found["answers"] == people // 5 * 5
        for name in ("importance", "occurrence", "gap", "gap_lower", "gap_upper"):
            assert found[name] == round(found[name], 1)
        assert 2 * found["importance_sd"] == round(2 * found["importance_sd"])
        assert found["gap"] == round(found["importance"] - found["occurrence"], 1)


def by_round(table):
    """Publish many rounds in one call, each with amounts of its own."""
    return trust.published(table, seed="hidden").set_index("round")


def test_published_figures_stay_near_the_exact_ones_and_their_limits_hold_what_is_true():
    generator = np.random.default_rng(20210501)
    rounds_of_all = [
        drawn(generator, int(generator.integers(6, 13))).assign(round=turn) for turn in range(400)
    ]
    table = pd.concat(rounds_of_all, ignore_index=True)
    exact, found = trust.summary(table).set_index("round"), by_round(table)
    moves = found["importance"] - exact["importance"]
    held = (found["gap_lower"] <= exact["gap"]) & (exact["gap"] <= found["gap_upper"])
    assert abs(moves.mean()) < 0.05
    assert moves.abs().median() < 0.2
    assert held.mean() > 0.95


class Attacker:
    """Knows every answer of a round but the last, and how figures are made; only the seed is secret."""

    def __init__(self, known: pd.DataFrame) -> None:
        self.known = known

    def from_exact(self, found: pd.Series) -> float:
        """Subtract what is known from an exact mean."""
        return found["importance"] * (len(self.known) + 1) - self.known["importance"].sum()

    def belief(self, found: pd.Series, name: str) -> np.ndarray:
        """Weigh the seven possible last answers by how likely each leads to the figures that were shown."""
        chances = [self._chance(found, np.append(self.known[name], last), name) for last in ANSWERS]
        return np.array(chances) / np.sum(chances)

    def _chance(self, found: pd.Series, answers: np.ndarray, name: str) -> float:
        people = len(answers)
        mean = laplace(answers.mean(), trust.MEAN_MOVE / people)
        spread = laplace(answers.std(ddof=1), trust.SPREAD_MOVE / np.sqrt(people))
        return _between(mean, found[name], 0.05, trust.LOW, trust.HIGH) * _between(
            spread, found[f"{name}_sd"], trust.SPREAD_STEP / 2, 0, trust.WIDEST
        )


def _between(moved, shown, half, low, high):
    """Give the chance of a rounded figure; at the ends of the scale everything beyond is in it."""
    start = -np.inf if shown <= low else shown - half
    end = np.inf if shown >= high else shown + half
    return moved.cdf(end) - moved.cdf(start)


def attacks(turns=300):
    generator = np.random.default_rng(7)
    for turn in range(turns):
        table = drawn(generator, int(generator.integers(5, 12))).assign(round=turn)
        yield table, int(table["importance"].iloc[-1]), Attacker(table.iloc[:-1])


def test_exact_means_give_the_last_answer_away_so_this_attack_can_succeed():
    found = [(trust.summary(table).iloc[0], last, attacker) for table, last, attacker in attacks(50)]
    assert all(round(attacker.from_exact(exact)) == last for exact, last, attacker in found)


def test_who_knows_all_answers_but_one_cannot_pin_the_last_one_down():
    shown = by_round(pd.concat(table for table, _, _ in attacks()))
    right, surest = [], []
    for turn, (_, last, attacker) in enumerate(attacks()):
        belief = attacker.belief(shown.loc[turn], "importance")
        assert (belief > 0).all()
        right.append(ANSWERS[belief.argmax()] == last)
        surest.append(belief.max())
    assert max(surest) < 0.8
    assert np.median(surest) < 0.45
    assert np.mean(right) < 0.45


def test_subtracting_the_figures_of_two_rounds_of_answers_gives_nobody_away():
    tables = [(table, last) for table, last, _ in attacks() if len(table) > 5]
    before = by_round(pd.concat(table.iloc[:-1] for table, _ in tables))["importance"]
    grown = trust.published(pd.concat(table for table, _ in tables), seed="hidden grown")
    after = grown.set_index("round")["importance"]
    right = []
    for table, last in tables:
        turn, people = table["round"].iloc[0], len(table)
        right.append(round(after[turn] * people - before[turn] * (people - 1)) == last)
    assert np.mean(right) < 0.3

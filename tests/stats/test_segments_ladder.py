"""The ladder: who is thriving, struggling and suffering, beside how many were asked and did not answer."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multinomial

from pophealth.stats import segments
from tests.stats.test_careless import refused

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
RUNGS = {"now": "now", "future": "future"}
Z = 1.959963984540054


@pytest.fixture(scope="module")
def answers():
    return pd.read_csv(SAMPLES / "13-ladder.csv")


@pytest.fixture(scope="module")
def invited():
    return pd.read_csv(SAMPLES / "13-ladder-invited.csv")


def rungs(*pairs, **more):
    return pd.DataFrame(pairs, columns=["now", "future"]).assign(**more)


def slow_standing(now, future):
    if math.isnan(now) or math.isnan(future):
        return None
    if now >= 7 and future >= 8:
        return "thriving"
    return "suffering" if now <= 4 and future <= 4 else "struggling"


def slow_wilson(cases, people):
    middle, reach = cases + Z**2 / 2, Z * math.sqrt(cases * (people - cases) / people + Z**2 / 4)
    return (middle - reach) / (people + Z**2), (middle + reach) / (people + Z**2)


def slow_net(thriving, suffering, people):
    """Join both Wilson intervals with the correlation of two shares of the same people."""
    up, down = thriving / people, suffering / people
    (up_low, up_high), (down_low, down_high) = (slow_wilson(x, people) for x in (thriving, suffering))
    lean = -math.sqrt(up * down / ((1 - up) * (1 - down)))

    def reach(one, other):
        return math.sqrt(one**2 - 2 * lean * one * other + other**2)

    return up - down - reach(up - up_low, down_high - down), up - down + reach(up_high - up, down - down_low)


@pytest.mark.parametrize(
    ("now", "future", "standing"),
    [
        (7, 8, "thriving"),
        (10, 10, "thriving"),
        (6, 10, "struggling"),
        (7, 7, "struggling"),
        (10, 0, "struggling"),
        (4, 5, "struggling"),
        (5, 4, "struggling"),
        (4, 4, "suffering"),
        (0, 0, "suffering"),
    ],
)
def test_where_the_lines_between_standings_lie(now, future, standing):
    found = segments.ladder(rungs((now, future)), **RUNGS)
    assert found.loc[found["numerator"] == 1, "ladder"].tolist() == [standing]


def test_the_sample_agrees_with_counting_person_by_person(answers, invited):
    by = ["team", "group"]
    found = segments.ladder(answers, **RUNGS, by=by, when="month", invited=invited)
    assert len(found) == 3 * len(invited)
    asked = invited.set_index([*by, "month"])["invited"]
    for (team, group, month), rows in found.groupby([*by, "month"]):
        chosen = answers[(answers[[*by, "month"]] == [team, group, month]).all(axis="columns")]
        standings = [slow_standing(*pair) for pair in chosen[["now", "future"]].itertuples(index=False)]
        people = len(standings) - standings.count(None)
        assert rows["not_answered"].tolist() == [standings.count(None)] * 3
        assert rows["invited"].tolist() == [asked[team, group, month]] * 3
        for row in rows.itertuples():
            cases = standings.count(row.ladder)
            assert (row.numerator, row.denominator, row.answered) == (cases, people, people)
            assert row.value == pytest.approx(cases / people, rel=1e-12)
            assert (row.lower, row.upper) == pytest.approx(slow_wilson(cases, people), rel=1e-9, abs=1e-12)


def test_columns_and_order(answers, invited):
    found = segments.ladder(answers, **RUNGS, by="team", when="month", invited=invited)
    assert list(found.columns) == [
        *("team", "month", "ladder", "numerator", "denominator", "answered", "not_answered", "invited"),
        *("value", "lower", "upper", "confidence", "method", "reason"),
    ]
    assert found["ladder"].head(3).tolist() == ["thriving", "struggling", "suffering"]
    assert "invited" not in segments.ladder(answers, **RUNGS)


def test_rounds_stand_in_the_order_of_time_and_not_of_text():
    table = rungs((8, 9), (8, 9), (8, 9), month=["10/2020", "9/2020", "1/2021"])
    assert segments.net(table, **RUNGS, when="month")["month"].tolist() == ["9/2020", "10/2020", "1/2021"]


def test_counted_rows_say_the_same_as_a_row_for_each_answer(answers):
    counted = answers.groupby(["team", "now", "future"], dropna=False).size().rename("count").reset_index()
    for work_out in (segments.ladder, segments.net):
        one_by_one = work_out(answers, **RUNGS, by="team")
        pd.testing.assert_frame_equal(work_out(counted, **RUNGS, by="team", count="count"), one_by_one)


def test_a_rung_left_out_is_never_guessed_even_where_the_other_would_decide():
    found = segments.ladder(rungs((10, None), (None, 10), (2, None), (8, 9)), **RUNGS).iloc[0]
    assert found[["numerator", "answered", "not_answered", "value"]].tolist() == [1, 1, 3, 1]


def test_a_group_that_never_answered_stays_visible():
    asked = pd.DataFrame({"group": ["Somali", "English"], "invited": [40, 10]})
    found = segments.ladder(rungs((8, 9), group="English"), **RUNGS, by="group", invited=asked)
    silent = found[found["group"] == "Somali"]
    assert silent[["numerator", "answered", "invited"]].to_numpy().tolist() == [[0, 0, 40]] * 3
    assert silent["reason"].tolist() == ["no people counted"] * 3
    assert silent[["value", "lower", "upper"]].isna().all(axis=None)


def test_a_group_that_was_not_recorded_stays_a_group():
    found = segments.net(rungs((8, 9), (3, 3), group=["English", None]), **RUNGS, by="group")
    assert found["value"].tolist() == [1, -1]


def test_invited_is_a_number_a_column_or_a_table():
    table = rungs((8, 9), (3, 3), group=["a", "b"], asked=[5, 7])
    assert segments.ladder(table, **RUNGS, invited=12)["invited"].tolist() == [12] * 3
    assert (
        segments.ladder(table, **RUNGS, by="group", invited="asked")["invited"].tolist() == [5] * 3 + [7] * 3
    )
    rounds = pd.DataFrame({"group": ["a", "a", "b"], "invited": [2, 3, 7]})
    assert (
        segments.ladder(table, **RUNGS, by="group", invited=rounds)["invited"].tolist() == [5] * 3 + [7] * 3
    )
    one_group = segments.ladder(table, **RUNGS, invited=rounds)
    assert one_group["invited"].tolist() == [12] * 3


def test_two_levels_give_two_rows_each():
    found = segments.ladder(rungs((8, 9), (3, 3)), **RUNGS, confidence=(0.95, 0.998))
    assert found["confidence"].tolist() == [0.95, 0.998] * 3


def test_an_empty_table_gives_no_groups_and_nobody():
    empty = rungs().assign(group=[])
    assert segments.ladder(empty, **RUNGS, by="group").empty
    assert segments.net(empty, **RUNGS, by="group").empty
    assert segments.ladder(empty, **RUNGS)["reason"].tolist() == ["no people counted"] * 3
    assert segments.net(empty, **RUNGS)["reason"].tolist() == ["no people counted"]


@pytest.mark.parametrize(
    ("table", "asked", "sentence"),
    [
        (rungs((11, 8)), {}, "'now' holds a rung that is no whole number from 0 to 10 in row 0"),
        (rungs((8, 9), (8, 7.5)), {}, "'future' holds a rung that is no whole number"),
        (rungs((-1, 9)), {}, "column 'now' holds a rung"),
        (rungs(("high", 9)), {}, "column 'now' holds 'high' in row 0"),
        (rungs((8, 9)), {"by": "group"}, "column 'group' is not in the table"),
        (rungs((8, 9), count=1.5), {"count": "count"}, "column 'count' holds a part of a person in row 0"),
        (rungs((8, 9), count=-1), {"count": "count"}, "a count is below zero in row 0"),
        (rungs((8, 9), (8, 9)), {"invited": 1}, "more people answered than were invited among everyone"),
        (
            rungs((8, None), g="a"),
            {"invited": pd.DataFrame({"g": ["a"], "invited": [0]}), "by": "g"},
            "more people answered than were invited among 'a'",
        ),
        (rungs((8, 9), g="a"), {"invited": 5, "by": "g"}, "invited is 5, one number for several groups"),
        (rungs((8, 9), (8, 9), n=[4, 5]), {"invited": "n"}, "'n' holds different numbers of invited people"),
        (rungs((8, 9), month=None), {"when": "month"}, "column 'month' is blank in row 0"),
        (rungs((8, 9)), {"confidence": 95}, "confidence is 95"),
    ],
)
def test_bad_input_is_one_clear_sentence(table, asked, sentence):
    refused(lambda: segments.ladder(table, **RUNGS, **asked), sentence, table)


def test_net_refuses_a_level_that_cannot_be():
    refused(lambda: segments.net(rungs((8, 9)), **RUNGS, confidence=1), "confidence is 1; give a number")


@pytest.mark.parametrize(
    ("thriving", "suffering", "people"), [(62, 12, 134), (1, 0, 9), (0, 3, 7), (90, 2, 95)]
)
def test_net_is_the_difference_with_limits_worked_out_step_by_step(thriving, suffering, people):
    table = rungs((8, 9), (3, 3), (5, 5), count=[thriving, suffering, people - thriving - suffering])
    found = segments.net(table, **RUNGS, count="count").iloc[0]
    assert found["value"] == pytest.approx((thriving - suffering) / people)
    assert found[["lower", "upper"]].tolist() == pytest.approx(
        slow_net(thriving, suffering, people), rel=1e-9
    )


def test_net_of_people_who_all_thrive_or_suffer_is_a_share_on_another_scale():
    found = segments.net(rungs((8, 9), (3, 3), count=[15, 5]), **RUNGS, count="count").iloc[0]
    low, high = slow_wilson(15, 20)
    assert found[["lower", "upper"]].tolist() == pytest.approx([2 * low - 1, 2 * high - 1])
    everybody = segments.net(rungs((8, 9), count=20), **RUNGS, count="count").iloc[0]
    assert everybody["upper"] == 1
    assert everybody["lower"] == pytest.approx(2 * slow_wilson(20, 20)[0] - 1)


def test_for_many_people_the_limits_are_those_of_the_multinomial_variance():
    up, down, people = 0.5, 0.1, 1_000_000
    table = rungs((8, 9), (3, 3), (5, 5), count=[people * up, people * down, people * 0.4])
    found = segments.net(table, **RUNGS, count="count").iloc[0]
    reach = Z * math.sqrt((up + down - (up - down) ** 2) / people)
    assert found["upper"] - found["value"] == pytest.approx(reach, rel=1e-3)
    assert found["value"] - found["lower"] == pytest.approx(reach, rel=1e-3)


@pytest.mark.parametrize("shares", [(0.5, 0.4, 0.1), (0.9, 0.05, 0.05), (0.3, 0.68, 0.02), (0.45, 0.1, 0.45)])
def test_net_limits_hold_the_truth_about_95_times_in_100(shares):
    people = 30
    every = [(up, people - up - down, down) for up in range(people + 1) for down in range(people + 1 - up)]
    counts = pd.DataFrame(every, columns=["up", "middle", "down"])
    found = segments.net(_cases(counts), **RUNGS, by="case", count="count")
    truth = shares[0] - shares[2]
    held = (found["lower"] <= truth) & (truth <= found["upper"])
    chance = multinomial.pmf(counts.to_numpy(), people, shares)
    assert 0.94 < chance[held.to_numpy()].sum() < 0.97


def _cases(counts):
    """Lay every possible outcome out as counted answers."""
    rows = counts.rename_axis("case").melt(ignore_index=False, var_name="standing", value_name="count")
    answer = {"up": (8, 9), "middle": (5, 5), "down": (3, 3)}
    rows[["now", "future"]] = np.array([answer[name] for name in rows["standing"]])
    return rows.reset_index()


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 10)),
            st.one_of(st.none(), st.integers(0, 10)),
            st.integers(0, 2),
        ),
        max_size=25,
    )
)
def test_shares_add_up_and_lie_within_their_limits(given_answers):
    table = pd.DataFrame(given_answers, columns=["now", "future", "group"]).astype(
        {"now": float, "future": float}
    )
    before = table.copy(deep=True)
    found = segments.ladder(table, **RUNGS, by="group")
    pd.testing.assert_frame_equal(table, before)
    known = found.dropna(subset=["value"])
    assert np.allclose(known.groupby("group")["value"].sum(), 1)
    assert (known["lower"] <= known["value"] + 1e-12).all()
    assert (known["value"] <= known["upper"] + 1e-12).all()
    counted = found.groupby("group")[["answered", "not_answered"]].first().sum(axis="columns")
    assert counted.tolist() == table.groupby("group").size().tolist()
    net = segments.net(table, **RUNGS, by="group").dropna(subset=["value"])
    assert net[["lower", "upper"]].abs().le(1 + 1e-12).all(axis=None)
    assert (net["lower"] <= net["value"] + 1e-12).all()
    assert (net["value"] <= net["upper"] + 1e-12).all()

import math

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import runs, spc
from tests.stats import cases


def series(value, **more):
    return pd.DataFrame({"period": range(len(value)), "value": value, **more})


def run_of(above, below, **more):
    return spc.limits(series([1.0] * above + [-1.0] * below, **more), chart="run", centre=0)


@pytest.mark.parametrize("useful", range(10, 101))
def test_anhoej_limits_of_every_length(useful):
    longest = next(k for k in range(10) if useful**2 < 2 ** (2 * k + 1)) + 3
    at_most, crossings = 1, 0
    while at_most * 20 < 2 ** (useful - 1):
        crossings += 1
        at_most += math.comb(useful - 1, crossings)
    assert runs.longest_run_limit(useful) == longest
    assert runs.crossings_limit(useful) == crossings


def test_a_run_at_its_limit_is_no_signal_and_one_more_is():
    usual, unusual = [1.0] * 8 + [-1.0, 1.0] * 8, [1.0] * 9 + [-1.0, 1.0] * 7 + [-1.0]
    for value, marked in ((usual, 0), (unusual, 9)):
        charted = spc.limits(series(value), chart="run", centre=0)
        assert spc.run_tests(charted)[["useful", "longest_run_limit"]].to_numpy().tolist() == [[24, 8]]
        assert spc.signals(charted)["signal"].eq("long_run").sum() == marked


def test_few_crossings_is_told_by_run_tests_and_marks_no_point():
    charted = spc.limits(series([1.0, 1, 1, 1, -1, -1, -1, -1] * 3), chart="run", centre=0)
    told = spc.run_tests(charted).iloc[0]
    assert told[["crossings", "crossings_limit", "longest_run", "runs_signal"]].tolist() == [5, 8, 4, True]
    assert spc.signals(charted)["signal"].eq("").all()


def test_points_on_the_line_or_missing_or_excluded_neither_break_nor_lengthen_a_run():
    value = [1.0, 0, 1, np.nan, 1, -1, 1, -1]
    charted = spc.limits(
        series(value, out=[False] * 5 + [True] + [False] * 2), chart="run", centre=0, exclude="out"
    )
    told = spc.run_tests(charted).iloc[0]
    assert told[["points", "useful", "longest_run", "crossings"]].tolist() == [6, 5, 4, 1]


def test_rounding_noise_does_not_put_a_point_off_its_line():
    table = pd.DataFrame({"period": range(30), "numerator": range(1, 31), "denominator": range(10, 310, 10)})
    charted = spc.control_chart(table, chart="p")
    assert spc.run_tests(charted)["useful"].tolist() == [0]
    assert spc.run_tests(charted)["longest_run_limit"].isna().all()
    assert not spc.run_tests(charted)["runs_signal"].any()
    assert charted["signal"].eq("").all()


def test_runs_stop_where_a_phase_ends():
    table = series([1.0, -1.0] * 5 + [1.0] * 5 + [1.0] * 5 + [-1.0, 1.0] * 5, phase=["a"] * 15 + ["b"] * 15)
    apart = spc.limits(table, chart="run", centre=0, phase="phase")
    assert spc.run_tests(apart)["longest_run"].tolist() == [5, 5]
    assert spc.run_tests(spc.limits(table, chart="run", centre=0))["longest_run"].tolist() == [10]


def test_run_rules_use_all_points_about_a_held_centre():
    table = series([1.0, 3] * 6 + [5.0] * 12)
    charted = spc.control_chart(table, chart="run", baseline=12)
    assert charted["centre"].unique().tolist() == [2]
    assert charted["signal"].eq("long_run").tolist() == [False] * 11 + [True] * 13


def test_an_excluded_point_can_be_outside_but_is_in_no_run():
    value = [5, 6] * 5 + [30] + [5, 6] * 5
    marked = spc.control_chart(series(value, out=[at == 10 for at in range(21)]), chart="i", exclude="out")
    assert marked.loc[10, "signal"] == "outside"


def test_order_of_charted_rows_does_not_matter():
    charted = run_of(12, 12)
    mixed = charted.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(spc.signals(mixed).sort_index(), spc.signals(charted))
    pd.testing.assert_frame_equal(spc.run_tests(mixed), spc.run_tests(charted))


@pytest.mark.parametrize(
    ("better", "words"),
    [
        ("higher", ["improvement", "concern"]),
        ("lower", ["concern", "improvement"]),
        ("neither", ["high", "low"]),
        (None, ["high", "low"]),
    ],
)
def test_direction_is_a_word(better, words):
    marked = spc.signals(run_of(12, 12), better=better)
    assert marked["direction"].tolist() == [words[0]] * 12 + [words[1]] * 12
    assert spc.signals(run_of(1, 1), better=better)["direction"].tolist() == ["", ""]


def test_rules_of_your_own():
    charted = run_of(6, 5)
    assert spc.signals(charted)["signal"].eq("").all()
    shift = spc.signals(charted, rules=(spc.Rule("long_run", length=6),))
    assert shift["signal"].tolist() == ["long_run"] * 6 + [""] * 5


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"rules": "nelson"}, "no rule set 'nelson'; choose anhoej"),
        (
            {"rules": (spc.Rule("astronomical"),)},
            "is no rule; give a Rule named outside, long_run",
        ),
        ({"rules": ()}, "an empty list is no rule"),
        ({"better": "up"}, "better is 'up'; choose higher, lower or neither"),
    ],
)
def test_unknown_rules_and_directions_are_refused(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        spc.signals(run_of(1, 1), **asked)


def test_a_table_that_limits_did_not_make_is_refused():
    with pytest.raises(ValueError, match="column 'phase' is not in the table"):
        spc.run_tests(series([1.0]))


def test_vienna_runs():
    charted = spc.limits(
        cases.vienna(), chart="p", numerator="deaths", denominator="births", phase="before", when="period"
    )
    told = spc.run_tests(charted)
    names = [
        "points",
        "useful",
        "longest_run",
        "longest_run_limit",
        "crossings",
        "crossings_limit",
        "runs_signal",
    ]
    assert told[names].to_numpy().tolist() == [[76, 76, 10, 9, 20, 30, True], [22, 22, 8, 7, 6, 7, True]]


def test_ranges_that_share_a_point_are_judged_by_their_limit_alone():
    values = np.array([5, 6] * 6 + [5, 9] * 6) + np.eye(24)[23] * 31
    table = pd.DataFrame({"period": range(24), "value": values})
    alone = spc.control_chart(table, chart="mr", rules="shewhart")
    assert set(alone["signal"]) == {"", "outside"}
    chosen = spc.control_chart(table, chart="mr", rules=[spc.Rule("shift", 8)])
    assert "shift" in set(chosen["signal"])
    charted = spc.limits(table, chart="mr")
    assert set(spc.signals(charted)["signal"]) == {"", "outside"}
    told = spc.run_tests(charted).iloc[0]
    assert told["longest_run"] > told["longest_run_limit"]
    assert not told["runs_signal"]


def test_where_no_point_is_useful_there_is_no_run_and_no_crossing():
    told = spc.run_tests(spc.limits(pd.DataFrame({"period": range(12), "value": 5.0}), chart="i")).iloc[0]
    assert told["useful"] == 0
    assert not told["runs_signal"]
    assert told[["longest_run", "longest_run_limit", "crossings", "crossings_limit"]].isna().all()


def test_a_large_number_added_takes_no_point_off_its_side():
    values = np.random.default_rng(5).normal(0, 1, 24)
    plain = spc.limits(pd.DataFrame({"period": range(24), "value": values}), chart="i")
    width = (plain["upper"] - plain["lower"]).iloc[0]
    for height in (1e8, 1e10):
        table = pd.DataFrame({"period": range(24), "value": values + height})
        charted = spc.limits(table, chart="i")
        assert spc.run_tests(charted)["useful"].iloc[0] == 24
        assert (charted["upper"] - charted["lower"]).iloc[0] == pytest.approx(width, rel=1e-5)


def test_run_chance_agrees_with_counting_every_series():
    points = 9
    seen = []
    for number in range(2**points):
        bits = f"{number:0{points}b}"
        seen.append(max(len(run) for run in bits.replace("01", "0 1").replace("10", "1 0").split()))
    for longest in range(points + 2):
        assert spc.run_chance(longest, points) == pytest.approx(
            np.mean([length >= longest for length in seen])
        )


def test_run_chance_at_the_edges():
    assert spc.run_chance(0, 0) == 1
    assert spc.run_chance(1, 0) == spc.run_chance(5, 4) == 0
    assert spc.run_chance(10, 3000) > 0.7
    with pytest.raises(ValueError, match="give numbers from 0"):
        spc.run_chance(-1, 4)

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import patterns, spc
from pophealth.stats.rules import Rule

NAN = np.nan
SHIFT, TREND, TWO, NEAR = "shift", "trend", "two_in_three", "fifteen_near"


def charted(value, *, centre=0.0, lower=-3.0, upper=3.0, excluded=(), phase=1):
    return pd.DataFrame(
        {
            "period": range(len(value)),
            "value": np.array(value, dtype="float64"),
            "phase": phase,
            "excluded": [at in excluded for at in range(len(value))],
            "centre": centre,
            "lower": lower,
            "upper": upper,
        }
    )


def marked(value, rules, **more):
    """Give the places of the marked points."""
    told = spc.signals(charted(value, **more), rules=rules)["signal"]
    return np.flatnonzero(told != "").tolist()


@pytest.mark.parametrize(
    ("rules", "length"), [("ihi_run", 6), ("shewhart", 8), ("nhs", 7), ((Rule("shift"),), 8)]
)
def test_a_shift_has_its_length_in_each_set(rules, length):
    zigzag = [0.5, 0.4, 0.6] * 5
    assert marked([-0.1, *zigzag[: length - 1], -0.1], rules) == []
    assert marked([-0.1, *zigzag[:length], -0.1], rules) == list(range(1, length + 1))


@pytest.mark.parametrize(("rules", "length"), [("ihi_run", 5), ("shewhart", 6), ("nhs", 7)])
def test_a_trend_has_its_length_in_each_set(rules, length):
    across = np.arange(length) * 0.1 - 0.25
    for way in (1, -1):
        assert marked(way * across, rules) == list(range(length))
        assert marked(way * across[1:], rules) == []


def test_points_on_the_median_neither_break_nor_count_for_ihi_and_break_for_the_nhs():
    value = [1, 2, 1, 0, 2, 1, 2, -1, 1, 2, 1, 0, 2, 1]
    assert marked(value, "ihi_run") == [0, 1, 2, 4, 5, 6]
    one_side = [1, 2, 1, 0, 2, 1, 2, 1]
    assert marked(one_side, (Rule("shift", 7),)) == [0, 1, 2, 4, 5, 6, 7]
    assert marked(one_side, "nhs") == []


def test_a_missing_value_is_stepped_over_or_breaks_and_an_excluded_one_is_always_stepped_over():
    value = [1, 2, 1, NAN, 2, 1, 2, 1]
    assert marked(value, (Rule("shift", 7),)) == [0, 1, 2, 4, 5, 6, 7]
    assert marked(value, "nhs") == []
    value[3] = -2
    assert marked(value, "nhs", excluded=[3]) == [0, 1, 2, 4, 5, 6, 7]


def test_ties_in_a_trend_count_the_first_and_skip_repeats():
    value = [-2, -1, -1, 0, 1, 1, 1, 2, -5]
    assert marked(value, (Rule("trend", 5),)) == [0, 1, 3, 4, 7]
    assert marked(value, (Rule("trend", 5, ties_break=True),)) == []
    assert marked(value, (Rule("trend", 3, ties_break=True),)) == [2, 3, 4]


def test_a_trend_that_a_missing_value_breaks_starts_again():
    value = [-3, -2, -1, NAN, 0, 1, 2, 3]
    assert marked(value, (Rule("trend", 5),), upper=9) == [0, 1, 2, 4, 5, 6, 7]
    assert marked(value, (Rule("trend", 5, missing_breaks=True),), upper=9) == []
    assert marked(value, (Rule("trend", 4, missing_breaks=True),), upper=9) == [4, 5, 6, 7]


def test_the_direction_of_a_trend_is_where_it_goes_and_a_shared_point_takes_the_later_one():
    up_and_down = [-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.4, 0.2, 0, -0.2, -0.4, -0.6]
    told = spc.signals(charted(up_and_down), rules="nhs", better="higher")
    assert told["signal"].eq("trend").all()
    assert told["direction"].tolist() == ["improvement"] * 6 + ["concern"] * 7


def test_a_point_that_meets_more_than_a_trend_goes_by_its_side():
    falling = [2.9, 2.5, 2.0, 1.5, 1.0, 0.5, 0.2, 0.1]
    told = spc.signals(charted(falling), rules=(Rule("shift"), Rule("trend")), better="higher")
    assert told["signal"].eq("shift trend").all()
    assert told["direction"].eq("improvement").all()
    alone = spc.signals(charted(falling), rules="nhs", better="higher")
    assert alone["signal"].eq("trend").all()
    assert alone["direction"].eq("concern").all()


def test_two_in_three_of_shewhart_counts_outside_points_and_lets_the_third_lie_anywhere():
    assert marked([0, 2.5, -1, 2.5, 0], (Rule(TWO),)) == [1, 3]
    assert marked([0, 2.5, 0, 0, 2.5], (Rule(TWO),)) == []
    assert marked([0, 2.5, -2.5, 0], (Rule(TWO),)) == []
    assert marked([0, 2.5, 4, 0], (Rule(TWO),)) == [1, 2]
    assert marked([2.5, 2.5], (Rule(TWO),)) == []
    assert marked([2.5, 0, NAN, 2.5], (Rule(TWO),)) == [0, 3]


def test_two_in_three_of_the_nhs_wants_one_side_and_no_outside_point():
    assert marked([0.1, 2.5, -1, 2.5, -0.1], "nhs") == []
    told = spc.signals(charted([-0.1, 2.5, 1, 2.6, -0.1, -2.5, 4, 2.5, 1, -0.1]), rules="nhs")
    assert told["signal"].tolist() == ["", TWO, "", TWO, "", "", "outside", "", "", ""]
    assert marked([2.5, NAN, 2.5, 1], "nhs") == []
    assert marked([2.5, 0, 2.5], "nhs") == []


def test_a_point_exactly_at_two_thirds_is_not_beyond():
    assert marked([2, 2, 2], (Rule(TWO),)) == []
    assert marked(np.array([0.3] * 3), (Rule(TWO),), centre=0.1, upper=0.4, lower=-0.2) == []


def test_fifteen_near_the_centre_line():
    calm = [0.9, -0.9, 0] * 5
    assert marked([2, *calm, 2], (Rule(NEAR),)) == list(range(1, 16))
    assert marked([2, *calm[1:], 2], (Rule(NEAR),)) == []
    assert marked([*calm[:7], NAN, *calm[7:]], (Rule(NEAR),)) == [*range(7), *range(8, 16)]
    assert marked([*calm[:7], NAN, *calm[7:]], (Rule(NEAR, missing_breaks=True),)) == []
    assert marked([*calm[:7], 1.1, *calm[7:]], (Rule(NEAR),)) == []


def test_a_point_carries_one_name_in_the_nhs_set_and_all_of_them_elsewhere():
    value = [1, 2.5, 2.6, 2.7, 2.8, 2.9, 4, 1]
    told = spc.signals(charted(value), rules="nhs")["signal"].tolist()
    assert told == [TREND] * 6 + ["outside", SHIFT]
    told = spc.signals(charted(value), rules="shewhart")["signal"].tolist()
    assert told[0] == told[7].replace("trend ", "") + " trend" == "shift trend"
    assert told[1] == "shift trend two_in_three"
    assert told[6] == "outside shift trend two_in_three"


def test_no_pattern_crosses_into_another_phase():
    rules = (Rule(SHIFT, 4), Rule(TREND, 4), Rule(TWO), Rule(NEAR, 4))
    for value in ([1, 2, 1] * 2, [1, 2, 3, 4, 5, 6], [0, 2.5, 0, 2.5, 0, 0]):
        assert marked(value, rules, upper=9, lower=-9) or marked(value, rules)
    assert marked([1.5, 1.4, 1.5, 1.6, 1.5, 1.6], rules, phase=[1, 1, 1, 2, 2, 2]) == []
    assert marked([1, 1.1, 1.2, 1.3, 1.4, 1.5], rules, phase=[1, 1, 1, 2, 2, 2]) == []
    assert marked([0.1, -0.1, 2.5, 2.5, -0.1, 0.1], rules, phase=[1, 1, 1, 2, 2, 2]) == []


def test_each_point_of_a_share_has_its_own_zone():
    value = [0.0, 2.1, 2.1, 0.0]
    assert marked(value, (Rule(TWO),), upper=[3, 3, 3.3, 3], lower=[-3, -3, -3.3, -3]) == []
    assert marked(value, (Rule(TWO),), upper=[3, 3, 3.1, 3], lower=[-3, -3, -3.1, -3]) == [1, 2]


def test_a_limit_that_is_cut_or_missing_borrows_the_way_of_the_other_side():
    charts = charted([0.5, 1, 1], centre=1.0, lower=[0, NAN, NAN], upper=[4, 4, NAN])
    down, up = patterns.way_to_limits(charts)
    assert down.tolist()[:2] == up.tolist()[:2] == [3, 3]
    assert np.isnan([down[2], up[2]]).all()
    assert marked([0.1] * 3, (Rule(TWO),), centre=1.0, lower=0.0, upper=4.0) == []
    assert marked([0.1] * 3, (Rule(TWO),), centre=1.0, lower=0.01, upper=4.0) == [0, 1, 2]


def test_without_limits_only_rules_that_need_none_are_met():
    calm = [0.1, -0.1, 0.2, -0.2] * 6
    assert marked([*calm, 99], "shewhart", lower=NAN, upper=NAN) == []
    assert marked([1.0] * 8, "shewhart", lower=NAN, upper=NAN) == list(range(8))


def test_limits_without_width_have_no_zones():
    assert marked([1.0] * 20, (Rule(TWO), Rule(NEAR)), centre=1.0, lower=1.0, upper=1.0) == []


@pytest.mark.parametrize("rules", ["anhoej", "ihi_run", "shewhart", "nhs"])
@pytest.mark.parametrize("points", [0, 1, 2, 5])
def test_short_series_are_read_without_a_signal(rules, points):
    told = spc.signals(charted([0.1, -0.1, 0.2, 0.1, -0.2][:points]), rules=rules)
    assert told["signal"].tolist() == told["direction"].tolist() == [""] * points
    assert len(spc.run_counts(charted([0.1] * points))) == min(points, 1)


def test_too_few_and_too_many_runs_mark_no_point():
    slow, quick, usual = [1, 1, 1, 1, -1, -1, -1, -1] * 3, [1, -1] * 12, [1, 1, -1, -1] * 6
    for value, runs, unusual in ((slow, 6, True), (quick, 24, True), (usual, 12, False)):
        told = spc.run_counts(charted(value)).iloc[0]
        assert told[["useful", "runs", "fewest_usual", "most_usual", "runs_signal"]].tolist() == [
            *(24, runs, 8, 18, unusual)
        ]
        assert marked(value, (Rule("runs"),)) == []


USUAL = (
    "10:3-9 13:4-11 15:5-12 16:5-13 18:6-14 19:6-15 21:7-16 24:8-18 26:9-19 28:10-20 30:11-21 36:13-25 "
    "40:15-27 50:19-33 60:24-38"
)


@pytest.mark.parametrize("entry", USUAL.split())
def test_usual_runs_are_those_of_the_printed_tables(entry):
    points, usual = entry.split(":")
    told = spc.run_counts(charted([1, -1] * (int(points) // 2) + [1] * (int(points) % 2))).iloc[0]
    assert f"{told['fewest_usual']}-{told['most_usual']}" == usual


def test_points_on_the_line_missing_or_excluded_are_in_no_run():
    told = spc.run_counts(charted([1, 0, 1, NAN, -1, 1, -1, 1], excluded=[5])).iloc[0]
    assert told[["points", "useful", "runs"]].tolist() == [6, 5, 3]
    nothing = spc.run_counts(charted([0, 0, NAN])).iloc[0]
    assert nothing[["useful", "runs", "runs_signal"]].tolist() == [0, 0, False]
    assert nothing[["fewest_usual", "most_usual"]].isna().all()


def test_one_side_alone_says_nothing_about_runs():
    told = spc.run_counts(charted([1, 2] * 12)).iloc[0]
    assert told[["runs", "fewest_usual", "most_usual", "runs_signal"]].tolist() == [1, 1, 1, False]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (Rule("outside", 3), "rule 'outside' has no length; leave it out"),
        (Rule("trend", 1), "the length of rule 'trend' is 1; give a whole number from 2"),
        (Rule("shift", True), "the length of rule 'shift' is True"),
        (Rule("shift", 6.5), "the length of rule 'shift' is 6.5"),
    ],
)
def test_lengths_that_cannot_be_are_refused(rule, sentence):
    with pytest.raises(ValueError, match=sentence):
        spc.signals(charted([1]), rules=(rule,))

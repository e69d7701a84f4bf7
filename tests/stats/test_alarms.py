import numpy as np
import pytest

from pophealth.stats import alarm_table, alarms, spc
from pophealth.stats.lines import CHARTS
from pophealth.stats.rules import SETS
from pophealth.stats.steady import steady_series


@pytest.mark.parametrize(
    ("points", "chart", "expected"),
    [(24, "run", 0.03), (24, "i", 0.12), (24, "p", 0.09), (12, "run", 0.013), (1, "i", 0)],
)
def test_false_alarms(points, chart, expected):
    assert spc.false_alarms(points, chart=chart) == pytest.approx(expected, abs=0.01)
    assert spc.false_alarms(points, chart=chart) == spc.false_alarms(points, chart=chart)


@pytest.mark.parametrize(("points", "chart"), [(2, "p"), (12, "run"), (24, "i"), (36, "p")])
def test_the_table_of_false_alarms_can_be_made_again(points, chart):
    assert round(alarms.simulated(points, "anhoej", chart), 4) == spc.false_alarms(points, chart=chart)


def test_longer_series_than_the_table_are_counted():
    assert spc.false_alarms(101, chart="run") == pytest.approx(spc.false_alarms(100, chart="run"), abs=0.01)


def test_false_alarms_of_single_rules():
    outside = spc.false_alarms(24, rules=[spc.Rule("outside")])
    assert spc.false_alarms(24, chart="run") < outside < spc.false_alarms(24)
    with pytest.raises(ValueError, match="give a number from 1"):
        spc.false_alarms(0)
    with pytest.raises(ValueError, match="no chart 'x'"):
        spc.false_alarms(5, chart="x")


@pytest.mark.parametrize(
    ("rules", "chart", "expected"),
    [("anhoej", "run", 0.03), ("anhoej", "i", 0.12), ("nhs", "i", 0.19), ("ihi_run", "run", 0.36)],
)
def test_the_four_sets_cry_wolf_as_often_as_is_known_on_24_points(rules, chart, expected):
    assert spc.false_alarms(24, rules, chart) == pytest.approx(expected, abs=0.015)


def test_without_a_chart_each_set_is_held_to_the_chart_it_is_made_for():
    for rules, chart in (("anhoej", "i"), ("nhs", "i"), ("shewhart", "i"), ("ihi_run", "run")):
        assert spc.false_alarms(24, rules) == spc.false_alarms(24, rules, chart)
    assert spc.false_alarms(24, "ihi_run", "i") > spc.false_alarms(24, "ihi_run") + 0.02


@pytest.mark.parametrize("rules", SETS)
@pytest.mark.parametrize("chart", ["run", "i", "p"])
def test_the_table_agrees_with_other_luck_and_can_be_made_again(rules, chart):
    for points in (12, 24):
        kept = alarm_table.RATES[rules][chart][points - 1]
        assert round(alarms.simulated(points, rules, chart), 4) == kept
        assert alarms.simulated(points, rules, chart, seed=7) == pytest.approx(kept, abs=0.02)


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_has_a_rate(chart):
    rate = spc.false_alarms(14, (spc.Rule("outside"), spc.Rule("shift", 6)), chart)
    assert 0 < rate < 0.6
    assert rate == spc.false_alarms(14, [spc.Rule("outside"), spc.Rule("shift", 6)], chart)


def test_a_named_set_is_known_by_its_rules():
    assert spc.false_alarms(24, spc.NHS, "i") == spc.false_alarms(24, "nhs", "i")


def test_steady_series_are_the_same_for_the_same_seed_alone():
    first, again, other = (steady_series(5, "i", many=3, seed=seed)["value"] for seed in (1, 1, 2))
    assert first.tolist() == again.tolist() != other.tolist()
    assert np.unique(steady_series(4, "xbar", many=2)["period"], return_counts=True)[1].tolist() == [10] * 4

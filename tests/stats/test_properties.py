"""What holds for every table: order, shifting, scaling, mirrors, strata, and inputs left alone."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pophealth.stats import spc
from pophealth.stats.lines import CHARTS
from pophealth.stats.rules import SETS

LINES = ["centre", "lower", "upper"]
LAYOUT: dict[str, Any] = {"by": "place", "phase": "phase", "baseline": "first", "exclude": "out"}
OTHER_WAY = {"high": "low", "low": "high", "": ""}
each_chart = pytest.mark.parametrize("chart", CHARTS)
drawn = settings(max_examples=3, deadline=None)
drawn_often = settings(max_examples=7, deadline=None)
rule_sets = st.sampled_from(sorted(SETS))


TOLD = {
    "run_tests": spc.run_tests,
    "run_counts": spc.run_counts,
    "verdict": lambda charted: spc.verdict(charted, better="lower", target=40),
    "suggest_phase": spc.suggest_phase,
    "autocorrelation": spc.autocorrelation,
}


@st.composite
def one_place(draw, name):
    """Up to 24 dates, exact in binary: drift, gaps, nobody there, points left out, phases, a baseline."""
    points = draw(st.integers(1, 24))
    luck = draw(arrays(np.int64, (points, 3), elements=st.integers(0, 40), fill=st.nothing()))
    drift = draw(st.integers(-8, 8)) * np.arange(points)
    steady = draw(st.sampled_from([1, 4, 16]))
    people = np.where(luck[:, 1] == 1, 0, 20 + luck[:, 1])
    return pd.DataFrame(
        {
            "place": name,
            "period": np.arange(points),
            "value": np.where(luck[:, 1] == 2, np.nan, (200 + luck[:, 0] // steady + drift) / 4),
            "numerator": np.clip(luck[:, 2] // steady + drift // 4, 0, people),
            "denominator": people,
            "phase": np.arange(points) >= draw(st.integers(1, 40)),
            "first": np.arange(points) % 16 < draw(st.integers(1, 20)),
            "out": luck[:, 1] == 3,
        }
    )


@st.composite
def tables(draw):
    """Two places, with a second row for some dates, so that groups have a spread."""
    both = pd.concat([draw(one_place("a")), draw(one_place("b"))], ignore_index=True)
    again = both[both["period"] % draw(st.integers(1, 4)) == 0]
    other = again.assign(value=again["value"] + 3 * (again["period"] % 5))
    return pd.concat([both, other], ignore_index=True)


def agree(left, right):
    pd.testing.assert_frame_equal(left, right, rtol=1e-9, atol=1e-9)


def valued(table, value):
    """Give values alone, for counts stand in where a place has no value."""
    return table.drop(columns=["numerator", "denominator"]).assign(value=value)


def charts(table, chart, rules, **more):
    return spc.control_chart(table, chart=chart, rules=rules, **{**LAYOUT, **more})


GIVEN = {
    "control_chart": charts,
    "limits": lambda table, chart, rules: spc.limits(table, chart=chart, **LAYOUT),
    "suggest_chart": lambda table, chart, rules: spc.suggest_chart(table, by="place"),
}


@each_chart
@drawn
@given(tables(), rule_sets, st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(chart, table, rules, luck):
    mixed = table.sample(frac=1, random_state=luck)
    agree(charts(mixed, chart, rules), charts(table, chart, rules))


@pytest.mark.parametrize("chart", ["run", "i", "xbar"])
@drawn_often
@given(tables(), rule_sets, st.integers(-1000, 1000))
def test_a_constant_added_moves_the_lines_by_it(chart, table, rules, more):
    before = charts(valued(table, table["value"]), chart, rules)
    after = charts(valued(table, table["value"] + more), chart, rules)
    agree(after[["value", *LINES]], before[["value", *LINES]] + more)
    agree(after[["signal", "direction"]], before[["signal", "direction"]])


@pytest.mark.parametrize("chart", ["mr", "s"])
@drawn_often
@given(tables(), rule_sets, st.integers(-1000, 1000))
def test_a_constant_added_leaves_the_spread_as_it_was(chart, table, rules, more):
    before, after = (charts(valued(table, table["value"] + by), chart, rules) for by in (0, more))
    agree(after, before)


@each_chart
@drawn
@given(tables(), rule_sets)
def test_scale_multiplies_value_and_lines_and_leaves_signals(chart, table, rules):
    one, many = charts(table, chart, rules), charts(table, chart, rules, scale=128)
    agree(one[["value", *LINES]] * 128, many[["value", *LINES]])
    agree(one[["signal", "direction"]], many[["signal", "direction"]])


@pytest.mark.parametrize("chart", ["run", "i", "mr", "xbar", "s", "t"])
@drawn_often
@given(tables(), rule_sets, st.sampled_from([0.25, 2, 1024]))
def test_values_in_another_unit_give_the_lines_in_that_unit(chart, table, rules, unit):
    one, other = (charts(valued(table, table["value"] * times), chart, rules) for times in (1, unit))
    agree(one[["value", *LINES]] * unit, other[["value", *LINES]])
    agree(one[["signal", "direction"]], other[["signal", "direction"]])


def mirrored(charted, *, about):
    turned = about - charted[["value", "centre", "upper", "lower"]]
    way = charted["direction"].map(OTHER_WAY)
    return charted.assign(**turned.set_axis(["value", *LINES], axis="columns"), direction=way)


@pytest.mark.parametrize("chart", ["run", "i", "xbar"])
@drawn_often
@given(tables(), rule_sets)
def test_a_series_and_its_mirror_image_give_mirrored_signals(chart, table, rules):
    charted, image = (charts(valued(table, table["value"] * sign), chart, rules) for sign in (1, -1))
    agree(image, mirrored(charted, about=0))


@pytest.mark.parametrize("chart", ["p", "p'"])
@drawn_often
@given(tables(), rule_sets)
def test_a_share_and_the_share_of_all_others_give_mirrored_signals(chart, table, rules):
    others = table.assign(numerator=table["denominator"] - table["numerator"])
    charted, image = charts(table, chart, rules), charts(others, chart, rules)
    agree(image.drop(columns="numerator"), mirrored(charted, about=1).drop(columns="numerator"))


@each_chart
@drawn
@given(tables(), rule_sets)
def test_strata_together_are_strata_alone(chart, table, rules):
    together = charts(table, chart, rules)
    for place in ("a", "b"):
        alone = charts(table[table["place"] == place], chart, rules)
        agree(together[together["place"] == place].reset_index(drop=True), alone)


@pytest.mark.parametrize("told", TOLD)
@drawn_often
@given(tables(), st.sampled_from(sorted(CHARTS)))
def test_what_is_told_of_strata_together_is_told_of_each_alone(told, table, chart):
    tell = TOLD[told]
    together = tell(charts(table, chart, "anhoej"))
    for place in ("a", "b"):
        alone = tell(charts(table[table["place"] == place], chart, "anhoej"))
        agree(together[together["place"] == place].reset_index(drop=True), alone)


@drawn_often
@given(tables(), st.sampled_from(sorted(CHARTS)), rule_sets)
def test_what_is_given_stays_as_it_was(table, chart, rules):
    charted = charts(table, chart, rules)
    kept = table.copy(deep=True), charted.copy(deep=True)
    for work in GIVEN.values():
        work(table, chart, rules)
    for tell in (*TOLD.values(), spc.signals):
        tell(charted)
    pd.testing.assert_frame_equal(table, kept[0])
    pd.testing.assert_frame_equal(charted, kept[1])


def test_every_function_that_takes_a_table_is_held_to_leave_it_alone():
    functions = {name for name in spc.__all__ if not isinstance(getattr(spc, name), tuple | type)}
    assert functions - {"false_alarms", "run_chance", "signals"} == GIVEN.keys() | TOLD.keys()


def seen(points, rules, chart):
    """Draw steady series afresh; tell how many show a signal, and how far that can be off by luck."""
    series, luck = 3000, np.random.default_rng(20_261_122)
    size = series * points
    table = pd.DataFrame(
        {"series": np.repeat(range(series), points), "period": np.tile(range(points), series)}
    )
    table = table.assign(
        value=luck.normal(100, 7, size), numerator=luck.binomial(400, 0.5, size), denominator=400
    )
    charted = spc.control_chart(table, chart=chart, rules=rules, by="series")
    shown = charted["signal"].ne("").groupby(charted["series"]).any().to_numpy()
    if rules == "anhoej":
        shown = shown | spc.run_tests(charted)["runs_signal"].to_numpy()
    if rules == "ihi_run":
        shown = shown | spc.run_counts(charted)["runs_signal"].to_numpy()
    return shown.mean(), 4 * np.sqrt(0.25 / series)


@pytest.mark.parametrize("rules", SETS)
@pytest.mark.parametrize(("points", "chart"), [(12, "run"), (24, "i"), (36, "p")])
def test_false_alarms_agree_with_a_fresh_simulation(points, rules, chart):
    share, luck = seen(points, rules, chart)
    assert spc.false_alarms(points, rules, chart) == pytest.approx(share, abs=luck)

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pophealth.stats import spc
from pophealth.stats.lines import CHARTS
from tests.stats import cases

LINES = ["centre", "lower", "upper"]
NAMES = ["period", "value", "numerator", "denominator", "phase", "baseline", "excluded", *LINES]


def counts(numerator, denominator, **more):
    return pd.DataFrame(
        {"period": range(len(numerator)), "numerator": numerator, "denominator": denominator, **more}
    )


def values(value, **more):
    return pd.DataFrame({"period": range(len(value)), "value": value, **more})


@pytest.mark.parametrize("case", cases.read("p_chart")["cases"])
def test_p_chart_agrees_with_another_package(case):
    charted = spc.limits(counts(case["numerator"], case["denominator"]), chart="p")
    for name in ("value", *LINES):
        np.testing.assert_allclose(charted[name], case[name], rtol=1e-12)


@pytest.mark.parametrize("case", cases.read("i_chart")["cases"])
def test_i_chart_agrees_with_another_package(case):
    charted = spc.limits(values(case["value"]), chart="i", screen=False)
    for name in LINES:
        np.testing.assert_allclose(charted[name], case[name], rtol=1e-12)


def test_columns_and_order_are_as_promised():
    table = counts([1, 2, 3, 4], 10, place=["b", "b", "a", "a"], kind="x").iloc[::-1]
    charted = spc.limits(table, chart="p", by=["kind", "place"])
    assert list(charted.columns) == ["kind", "place", *NAMES]
    assert charted[["place", "period"]].to_numpy().tolist() == [["a", 2], ["a", 3], ["b", 0], ["b", 1]]
    assert list(charted.index) == [0, 1, 2, 3]
    assert list(spc.limits(values([1.0, 2]), chart="i").columns) == [
        n for n in NAMES if "nominator" not in n and n != "numerator"
    ]


def test_columns_may_carry_the_callers_own_names():
    table = pd.DataFrame(
        {"date": [1, 2], "row": ["a", "a"], "series": "s", "span": 1, "deaths": 1, "births": 10}
    )
    charted = spc.limits(
        table, chart="p", when="date", by=["row", "series", "span"], numerator="deaths", denominator="births"
    )
    assert list(charted.columns[:5]) == ["row", "series", "span", "date", "value"]
    assert "signal" in spc.signals(charted)


def test_vienna_in_two_phases():
    table = cases.vienna()
    charted = spc.limits(
        table, chart="p", when="period", numerator="deaths", denominator="births", phase="before", scale=100
    )
    told = charted.groupby("phase").agg(
        months=("value", "size"),
        deaths=("numerator", "sum"),
        births=("denominator", "sum"),
        centre=("centre", "first"),
    )
    assert told[["months", "deaths", "births"]].to_numpy().tolist() == [[76, 2060, 19571], [22, 142, 6595]]
    assert told["centre"].round(4).tolist() == [10.5258, 2.1531]
    marked = spc.signals(charted, better="lower")
    outside = marked["signal"].str.contains("outside")
    assert outside[marked["phase"] == 1].sum() == 36


def test_vienna_with_limits_held():
    charted = spc.control_chart(
        cases.vienna(), chart="p", numerator="deaths", denominator="births", baseline="before", better="lower"
    )
    later = charted[charted["period"] >= "1847-06-01"]
    assert len(later) == 22
    assert (later["value"] < later["centre"]).all()
    assert later["centre"].round(6).unique().tolist() == [0.105258]
    assert later["direction"].eq("improvement").all()


def test_a_missing_month_is_a_gap_and_moves_nothing():
    table = cases.vienna()
    gap = pd.DataFrame({"period": [pd.Timestamp("1841-12-01")], "before": True})
    layout = {"chart": "p", "numerator": "deaths", "denominator": "births", "phase": "before"}
    charted = spc.limits(pd.concat([table, gap]), **layout)
    assert len(charted) == 99
    assert charted.loc[11, ["value", "lower", "upper"]].isna().all()
    assert charted.loc[11, "centre"] == pytest.approx(2060 / 19571)
    pd.testing.assert_frame_equal(charted.drop(index=11).reset_index(drop=True), spc.limits(table, **layout))


def test_run_chart_has_a_median_and_no_limits():
    charted = spc.limits(values([3, 1, 2, 10]), chart="run")
    assert charted["centre"].tolist() == [2.5] * 4
    assert charted[["lower", "upper"]].isna().all(axis=None)


def test_a_series_without_values_falls_back_to_its_counts():
    table = pd.DataFrame(
        {
            "measure": ["a", "a", "b", "b"],
            "period": [1, 2, 1, 2],
            "value": [7.0, 9, None, None],
            "numerator": [None, None, 3, 1],
            "denominator": [None, None, 10, 10],
        }
    )
    charted = spc.limits(table, chart="i", by="measure")
    assert charted["value"].tolist() == [7, 9, 0.3, 0.1]
    assert charted["numerator"].fillna(-1).tolist() == [-1, -1, 3, 1]
    assert spc.limits(table[["period", "numerator", "denominator"]].iloc[2:], chart="run")[
        "value"
    ].tolist() == [0.3, 0.1]


def test_rows_of_one_date_are_one_point():
    assert spc.limits(counts([1, 2, 3], 10).assign(period=[1, 1, 2]), chart="p")["value"].tolist() == [
        0.15,
        0.3,
    ]
    assert spc.limits(values([1, 2, 6]).assign(period=[1, 1, 2]), chart="i")["value"].tolist() == [1.5, 6]


def test_rows_of_one_date_in_two_phases_are_refused():
    table = values([1, 2], phase=["a", "b"]).assign(period=1)
    with pytest.raises(ValueError, match="rows of one date stand in two phases"):
        spc.limits(table, chart="run", phase="phase")


def test_no_people_means_no_value_and_no_count():
    charted = spc.limits(counts([2, 5, 4], [10, 0, 10]), chart="p")
    assert charted["value"].fillna(-1).tolist() == [0.2, -1, 0.4]
    assert charted["centre"].tolist() == pytest.approx([0.3] * 3)
    assert charted.loc[1, ["numerator", "denominator"]].tolist() == [5, 0]
    assert charted.loc[1, ["lower", "upper"]].isna().all()
    together = spc.limits(counts([2, 5], [10, 0]).assign(period=1), chart="p")
    assert together["value"].tolist() == [0.2]


def test_a_missing_half_of_a_count_adds_nothing():
    charted = spc.limits(counts([2, None, 4], [10, 50, None]), chart="p")
    assert charted["centre"].tolist() == pytest.approx([0.2] * 3)
    assert charted["value"].isna().tolist() == [False, True, True]


def test_excluded_points_are_stepped_over_and_missing_ones_are_not():
    bridged = values([1, 2, 50, 4, 5], out=[False, False, True, False, False])
    charted = spc.limits(bridged, chart="i", exclude="out", screen=False)
    assert charted["centre"].tolist() == [3] * 5
    assert charted["upper"].tolist() == pytest.approx([3 + 3 * (4 / 3) / 1.128] * 5)
    missing = spc.limits(values([1, 2, None, 4, 6]), chart="i", screen=False)
    assert missing["upper"].tolist() == pytest.approx([3.25 + 3 * 1.5 / 1.128] * 5)


def test_screening_drops_an_outlying_range_once():
    steady = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6]
    charted = spc.limits(values([*steady, 40, *steady]), chart="i")
    assert charted["upper"].iloc[0] - charted["centre"].iloc[0] == pytest.approx(3 / 1.128)


def test_screening_falls_back_where_it_would_leave_no_width():
    nearly = values([0] * 10 + [7] + [0] * 10)
    assert (spc.limits(nearly, chart="i")["upper"] > spc.limits(nearly, chart="i")["centre"]).all()
    assert spc.signals(spc.limits(nearly, chart="i"))["signal"].str.contains("outside").sum() == 1
    step = spc.limits(values([2] * 12 + [4] * 12), chart="i")
    assert (step["upper"] - step["lower"]).round(3).unique().tolist() == [0.463]
    unscreened = spc.limits(nearly, chart="i", screen=False)
    pd.testing.assert_frame_equal(spc.limits(nearly, chart="i"), unscreened)


def test_a_series_that_never_moves_has_no_limits():
    charted = spc.limits(values([3.1] * 12), chart="i")
    assert charted["centre"].tolist() == pytest.approx([3.1] * 12)
    assert charted[["lower", "upper"]].isna().all(axis=None)
    held = spc.signals(spc.limits(values([3.1] * 12), chart="i", screen=False))
    assert held["signal"].eq("").all()


def test_all_zero_and_all_one():
    nobody = spc.signals(spc.limits(counts([0] * 5, 20), chart="p"))
    assert nobody[LINES].to_numpy().tolist() == [[0, 0, 0]] * 5
    everybody = spc.signals(spc.limits(counts([20] * 5, 20), chart="p"))
    assert everybody[LINES].to_numpy().tolist() == [[1, 1, 1]] * 5
    assert nobody["signal"].eq("").all()
    assert everybody["signal"].eq("").all()


@pytest.mark.parametrize("chart", ["run", "i", "p"])
@pytest.mark.parametrize("points", [0, 1, 2])
def test_very_short_series(chart, points):
    table = counts([3, 5][:points], 10)
    charted = spc.control_chart(table, chart=chart)
    assert len(charted) == points
    assert list(charted.columns) == [*NAMES, "signal", "direction"]
    assert charted["signal"].eq("").all()
    assert len(spc.run_tests(charted)) == min(points, 1)


def test_a_phase_of_one_point():
    charted = spc.limits(values([1, 2, 3, 9], phase=["a", "a", "a", "b"]), chart="i", phase="phase")
    assert charted["phase"].tolist() == [1, 1, 1, 2]
    assert charted["centre"].tolist() == [2, 2, 2, 9]
    assert charted.loc[3, ["lower", "upper"]].isna().all()


def test_a_blank_phase_goes_on_with_the_one_before():
    charted = spc.limits(values([1] * 5, phase=[None, "a", None, "b", None]), chart="run", phase="phase")
    assert charted["phase"].tolist() == [1, 1, 1, 2, 2]


def test_a_label_that_comes_back_is_a_new_phase():
    assert spc.limits(values([1] * 3, phase=["a", "b", "a"]), chart="run", phase="phase")[
        "phase"
    ].tolist() == [1, 2, 3]


def test_phase_and_baseline_work_together():
    table = values([1, 3, 8, 10, 12, 30], phase=list("aaabbb"))
    charted = spc.limits(table, chart="i", phase="phase", baseline=2)
    assert charted["centre"].tolist() == [2, 2, 2, 11, 11, 11]
    assert charted["baseline"].tolist() == [True, True, False] * 2


def test_a_phase_without_a_baseline_point_uses_all_its_points():
    table = values(
        [1, 3, 8, 10, 12, 30], phase=list("aaabbb"), first=[True, True, False, False, False, False]
    )
    charted = spc.limits(table, chart="run", phase="phase", baseline="first")
    assert charted["centre"].tolist() == [2, 2, 2, 12, 12, 12]


def test_a_given_centre_is_before_scaling():
    charted = spc.limits(counts([1, 2], 10), chart="p", centre=0.2, scale=100)
    assert charted["centre"].tolist() == [20, 20]
    assert charted["upper"].iloc[0] == pytest.approx(100 * (0.2 + 3 * np.sqrt(0.2 * 0.8 / 10)))
    assert spc.limits(values([1, 3]), chart="i", centre=5)["centre"].tolist() == [5, 5]


@pytest.mark.parametrize(
    "when",
    [
        pd.date_range("2020-01-01", periods=3, freq="MS"),
        pd.period_range("2020-01", periods=3, freq="M"),
        list("abc"),
    ],
)
def test_dates_of_any_kind(when):
    table = values([1.0, 2, 3]).assign(period=when).iloc[[2, 0, 1]]
    charted = spc.control_chart(table, chart="i")
    assert charted["value"].tolist() == [1, 2, 3]
    assert charted["period"].tolist() == list(when)


def test_nullable_numbers_and_blank_groups():
    table = counts(pd.array([1, None], dtype="Int64"), pd.array([10, 10], dtype="Int64"), stratum=["", None])
    charted = spc.control_chart(table, chart="p", by="stratum")
    assert len(charted) == 2
    assert len(spc.run_tests(charted)) == 2


@pytest.mark.parametrize(
    ("table", "asked", "sentence"),
    [
        (counts([11, 1, 12], 10), {"chart": "p"}, "numerator is above the denominator in rows 0, 2"),
        (counts([-1], 10), {"chart": "p"}, "a count is below zero in row 0"),
        (counts([1], 10), {"chart": "pie"}, "no chart 'pie'; choose one of run, i, i', mr"),
        (values([1.0]), {"chart": "p"}, "column 'numerator' is not in the table; it has 'period', 'value'"),
        (pd.DataFrame({"period": [1]}), {"chart": "i"}, "column 'value' is not in the table"),
        (values(["high"]), {"chart": "i"}, "column 'value' holds 'high' in row 0"),
        (values([np.inf]), {"chart": "i"}, "column 'value' holds 'inf' in row 0"),
        (values([1.0]), {"chart": "i", "baseline": 0}, "baseline is 0"),
        (values([1.0], out="no"), {"chart": "i", "exclude": "out"}, "only True or False"),
        (values([1.0]).assign(period=None), {"chart": "i"}, "column 'period' is blank in row 0"),
        (
            values([1, 2]).assign(period=[1, pd.Timestamp("2021-05-01")]),
            {"chart": "i"},
            "mixes kinds of values",
        ),
        (values([1.0], centre=1), {"chart": "i", "by": "centre"}, "name of a result column"),
        (counts([1], 10), {"chart": "p", "centre": 12}, "a p chart needs a share from 0 to 1"),
    ],
)
def test_bad_input_is_one_clear_sentence(table, asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        spc.limits(table, **asked)


@st.composite
def tables(draw):
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["a", "b", None]),
                st.integers(1, 9),
                st.integers(0, 30) | st.none(),
                st.integers(0, 30),
                st.sampled_from(["x", "y"]),
                st.booleans(),
            ),
            max_size=40,
        )
    )
    table = pd.DataFrame(rows, columns=["place", "period", "numerator", "more", "label", "out"])
    table["numerator"] = table["numerator"].astype("float64")
    table["denominator"] = table["numerator"].fillna(0) + table.pop("more").astype("float64")
    late = table["period"] > 5
    return table.assign(
        value=table["numerator"] + 1,
        label=late.map({True: "after", False: "before"}).astype(object),
        out=table["out"].astype(bool),
    )


LAYOUT = {"by": "place", "phase": "label", "exclude": "out"}


@settings(max_examples=40)
@given(tables(), st.sampled_from(sorted(CHARTS)))
def test_inputs_stay_as_they_were(table, chart):
    before = table.copy(deep=True)
    charted = spc.limits(table, chart=chart, **LAYOUT)
    kept = charted.copy(deep=True)
    spc.signals(charted)
    spc.run_tests(charted)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(charted, kept)


@settings(max_examples=40)
@given(tables(), st.sampled_from(sorted(CHARTS)), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(table, chart, luck):
    order = list(range(len(table)))
    luck.shuffle(order)
    first = spc.control_chart(table, chart=chart, **LAYOUT)
    second = spc.control_chart(table.iloc[order], chart=chart, **LAYOUT)
    pd.testing.assert_frame_equal(first, second)


@settings(max_examples=40)
@given(tables(), st.sampled_from(sorted(CHARTS)))
def test_one_grouped_call_is_many_separate_calls(table, chart):
    together = spc.control_chart(table, chart=chart, **LAYOUT)
    tests = spc.run_tests(together)
    for place, rows in table.groupby("place", dropna=False):
        alone = spc.control_chart(rows, chart=chart, **LAYOUT)
        same = together["place"].isna() if pd.isna(place) else together["place"] == place
        pd.testing.assert_frame_equal(together.loc[same, alone.columns].reset_index(drop=True), alone)
        same = tests["place"].isna() if pd.isna(place) else tests["place"] == place
        pd.testing.assert_frame_equal(tests[same].reset_index(drop=True), spc.run_tests(alone))


@settings(max_examples=40)
@given(tables(), st.sampled_from(sorted(CHARTS)))
def test_scale_multiplies_value_and_lines_and_leaves_signals(table, chart):
    one = spc.control_chart(table, chart=chart, **LAYOUT)
    hundred = spc.control_chart(table, chart=chart, scale=128, **LAYOUT)
    pd.testing.assert_frame_equal(one[["value", *LINES]] * 128, hundred[["value", *LINES]])
    pd.testing.assert_frame_equal(one[["signal", "direction"]], hundred[["signal", "direction"]])


@settings(max_examples=40)
@given(tables())
def test_limits_of_shares_are_shares_around_the_centre(table):
    charted = pd.concat(spc.limits(table, chart=chart, **LAYOUT) for chart in ("p", "p'")).dropna()
    assert charted[LINES].ge(0).all(axis=None)
    assert charted[LINES].le(1).all(axis=None)
    assert (charted["lower"] <= charted["centre"]).all()
    assert (charted["centre"] <= charted["upper"]).all()

"""Series that real files have and textbooks do not: what each chart draws, and one sentence if nothing."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc
from pophealth.stats.lines import CHARTS

LINES = ["centre", "lower", "upper"]
SHARES, RATES = ["p", "p'"], ["u", "u'"]
GROUPS = ["xbar", "s"]
SCREENED = ["i", "i'", "p'", "u'", "t"]
SIGNED = ["run", "i", "mr", "xbar", "s"]
WITH_LIMITS = [chart for chart in CHARTS if chart != "run"]


def series(chart, level, *, people=20, **more):
    """Give a chart the same series in the columns it reads; a date of a group has three measurements."""
    level = np.asarray(level, dtype="float64")
    period = np.arange(len(level))
    if chart in GROUPS:
        apart = np.array([-1, 0, 1.5])
        table = pd.DataFrame(
            {"period": np.repeat(period, 3), "value": np.repeat(level, 3) + np.tile(apart, len(level))}
        )
        return table.assign(**{name: np.repeat(np.asarray(column), 3) for name, column in more.items()})
    if chart in (*SHARES, *RATES, "i'"):
        return pd.DataFrame({"period": period, "numerator": level, "denominator": people, **more})
    return pd.DataFrame({"period": period, "numerator" if chart == "c" else "value": level, **more})


STEADY = [5, 7, 4, 6, 8, 5, 6, 4, 7, 6, 5, 7, 8, 4]


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("points", range(2, 12))
def test_fewer_than_twelve_points_still_have_lines(chart, points):
    charted = spc.limits(series(chart, STEADY[:points]), chart=chart)
    assert len(charted) == points
    assert charted["centre"].notna().all()
    assert chart == "run" or charted[["lower", "upper"]].notna().all(axis=None)


@pytest.mark.parametrize("chart", CHARTS)
def test_one_point(chart):
    charted = spc.control_chart(series(chart, [5]), chart=chart)
    alone = chart in ("mr", "run", *SCREENED)
    assert charted["centre"].isna().tolist() == [chart == "mr"]
    assert charted["upper"].isna().tolist() == [alone]
    assert charted["signal"].tolist() == [""]


@pytest.mark.parametrize("chart", CHARTS)
def test_no_rows_at_all(chart):
    charted = spc.control_chart(series(chart, []), chart=chart)
    assert len(charted) == 0
    assert charted.columns[-2:].tolist() == ["signal", "direction"]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_series_without_a_single_value(chart):
    charted = spc.control_chart(series(chart, [np.nan] * 4), chart=chart)
    assert len(charted) == 4
    assert charted[["value", *LINES]].isna().all(axis=None)
    assert charted["signal"].eq("").all()


@pytest.mark.parametrize("chart", SCREENED)
@pytest.mark.parametrize("level", [5, 0.3])
def test_a_series_that_never_moves_has_a_centre_and_no_limits(chart, level):
    table = series(chart, [level] * 15, people=10)
    charted = spc.control_chart(table, chart=chart)
    assert charted["centre"].to_numpy() == pytest.approx(charted["value"])
    assert charted[["lower", "upper"]].isna().all(axis=None)
    assert charted["signal"].eq("").all()
    flat = spc.control_chart(table, chart=chart, screen=False)
    np.testing.assert_allclose(flat[LINES], charted[["centre"] * 3], rtol=1e-9)
    assert flat["signal"].eq("").all()


@pytest.mark.parametrize("chart", SCREENED)
def test_rounding_of_equal_shares_is_no_movement(chart):
    """0.3 of 10, 20, ... people is 0.3 but for the last digit."""
    people = np.arange(10, 160, 10)
    level = people * 0.3 if chart in ("i'", "p'", "u'") else [0.1 + 0.2, 0.3, 0.3] * 5
    charted = spc.control_chart(series(chart, level, people=people), chart=chart)
    assert charted[["lower", "upper"]].isna().all(axis=None)
    assert charted["signal"].eq("").all()


@pytest.mark.parametrize(
    ("chart", "width"), [("xbar", 0), ("s", 0), ("mr", 0), ("p", 1), ("u", 1), ("c", 1), ("g", 1)]
)
def test_other_charts_of_a_series_that_never_moves(chart, width):
    table = series(chart, [5] * 15)
    if chart in GROUPS:
        table["value"] = 5.0
    charted = spc.control_chart(table, chart=chart)
    assert charted["upper"].gt(charted["centre"]).eq(bool(width)).all()
    assert charted["signal"].eq("").all()


@pytest.mark.parametrize("chart", SCREENED)
@pytest.mark.parametrize("level", [1, 0.3])
def test_a_nearly_constant_series_keeps_its_width_and_one_signal(chart, level):
    table = series(chart, [level] * 10 + [9] + [level] * 10, people=10)
    charted = spc.control_chart(table, chart=chart)
    assert charted["upper"].gt(charted["centre"]).all()
    assert charted.index[charted["signal"].str.contains("outside")].tolist() == [10]
    pd.testing.assert_frame_equal(charted, spc.control_chart(table, chart=chart, screen=False))


def test_rounding_noise_beside_one_jump_is_not_taken_for_movement():
    noisy = [0.1 + 0.2, 0.3] * 6
    charted = spc.control_chart(series("i", [*noisy, 7, *noisy]), chart="i")
    assert charted.index[charted["signal"].str.contains("outside")].tolist() == [12]


@pytest.mark.parametrize("chart", [chart for chart in CHARTS if chart != "t"])
def test_all_zero(chart):
    table = series(chart, [0] * 15)
    if chart in GROUPS:
        table["value"] = 0.0
    charted = spc.control_chart(table, chart=chart)
    assert charted["centre"].eq(0).all()
    missing = chart in ("run", *SCREENED)
    assert charted[["lower", "upper"]].isna().all(axis=None) if missing else charted["upper"].eq(0).all()
    assert charted["signal"].eq("").all()


@pytest.mark.parametrize("chart", SHARES)
def test_everybody(chart):
    charted = spc.control_chart(series(chart, [20] * 15), chart=chart)
    assert charted["centre"].eq(1).all()
    assert charted["signal"].eq("").all()
    assert charted["upper"].isna().all() if chart == "p'" else charted["upper"].eq(1).all()


@pytest.mark.parametrize("chart", [chart for chart in CHARTS if chart not in GROUPS])
def test_a_missing_month_moves_no_centre_and_is_no_signal(chart):
    level = [float(each) for each in STEADY]
    whole = spc.control_chart(series(chart, level), chart=chart)
    gap = spc.control_chart(series(chart, [*level, np.nan]), chart=chart)
    assert gap["value"].isna().tolist() == [*whole["value"].isna(), True]
    np.testing.assert_allclose(gap[LINES].iloc[:-1], whole[LINES], rtol=1e-12)
    assert gap["signal"].iloc[-1] == ""


@pytest.mark.parametrize("chart", GROUPS)
def test_a_date_without_any_measurement_leaves_the_others_of_one_size(chart):
    table = series(chart, STEADY).assign(value=lambda rows: rows["value"] + rows.index**2 % 7)
    blank = pd.DataFrame({"period": [99], "value": [np.nan]})
    gap = spc.limits(pd.concat([table, blank]), chart=chart)
    assert gap.iloc[-1][["value", "lower", "upper"]].isna().all()
    pd.testing.assert_frame_equal(gap.iloc[:-1], spc.limits(table, chart=chart))


def test_a_date_with_one_measurement_has_a_mean_and_no_limits():
    table = pd.concat([series("xbar", STEADY), pd.DataFrame({"period": [99], "value": [6.0]})])
    means, spreads = spc.limits(table, chart="xbar").iloc[-1], spc.limits(table, chart="s").iloc[-1]
    assert means["value"] == 6
    assert np.isnan(means["upper"])
    assert spreads[["value", "upper"]].isna().all()


def test_dates_of_one_measurement_each_have_no_spread():
    table = pd.DataFrame({"period": range(5), "value": [3.0, 4, 5, 4, 3]})
    assert spc.limits(table, chart="xbar")[["lower", "upper"]].isna().all(axis=None)
    assert spc.limits(table, chart="s")[["value", *LINES]].isna().all(axis=None)


@pytest.mark.parametrize("chart", ["i'", *SHARES, *RATES])
def test_a_zero_denominator_is_left_out_with_its_numerator(chart):
    people = np.array([20] * 7 + [0] + [20] * 7)
    charted = spc.control_chart(series(chart, [*STEADY, 9], people=people), chart=chart)
    assert charted.loc[7, ["value", "lower", "upper"]].isna().all()
    assert charted.loc[7, ["numerator", "denominator", "signal"]].tolist() == [4, 0, ""]
    without = (sum(STEADY) + 9 - STEADY[7]) / (14 * 20)
    assert charted["centre"].to_numpy() == pytest.approx(without)


@pytest.mark.parametrize("chart", ["i'", *SHARES, *RATES])
def test_no_people_anywhere(chart):
    charted = spc.control_chart(series(chart, [0, 1, 0], people=0), chart=chart)
    assert charted[["value", *LINES]].isna().all(axis=None)
    assert charted["signal"].eq("").all()


@pytest.mark.parametrize("chart", CHARTS)
def test_dates_in_any_order(chart):
    table = series(chart, STEADY)
    mixed = table.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(spc.limits(mixed, chart=chart), spc.limits(table, chart=chart))


@pytest.mark.parametrize("chart", [*SIGNED, "i'"])
def test_values_below_zero_are_drawn(chart):
    charted = spc.limits(series(chart, [-each for each in STEADY]), chart=chart)
    assert charted["centre"].notna().all()
    assert (charted["centre"] < 0).all() == (chart not in ("mr", "s"))
    assert chart == "run" or (charted["lower"] < charted["upper"]).all()


@pytest.mark.parametrize("chart", CHARTS)
def test_a_phase_with_one_point_leaves_the_other_phase_as_it_is(chart):
    table = series(chart, [*STEADY, 9], phase=["a"] * 14 + ["b"])
    charted = spc.limits(table, chart=chart, phase="phase")
    alone = spc.limits(series(chart, STEADY), chart=chart)
    np.testing.assert_allclose(charted[LINES].iloc[:-1], alone[LINES], rtol=1e-12)
    last = spc.limits(series(chart, [9]), chart=chart)
    np.testing.assert_allclose(charted[LINES].iloc[-1:], last[LINES], rtol=1e-12)


@pytest.mark.parametrize("chart", WITH_LIMITS)
@pytest.mark.parametrize("large", [1e6, 1e12, 1e100])
def test_huge_values_are_drawn_like_small_ones(chart, large):
    people = 20 * large if chart in (*SHARES, *RATES, "i'") else 20
    level = np.array(STEADY) * large
    table = series(chart, level, people=people)
    if chart in GROUPS:
        table["value"] = series(chart, STEADY)["value"] * large
    charted = spc.control_chart(table, chart=chart)
    assert np.isfinite(charted[LINES]).all(axis=None)
    assert (charted["lower"] <= charted["upper"]).all()
    if chart in ("i", "mr", "t", *GROUPS):
        small = spc.control_chart(series(chart, STEADY), chart=chart)
        np.testing.assert_allclose(charted[LINES], small[LINES] * large, rtol=1e-9)
        assert charted["signal"].tolist() == small["signal"].tolist()


@pytest.mark.parametrize("chart", CHARTS)
def test_a_phase_of_excluded_points_has_no_lines(chart):
    charted = spc.limits(series(chart, STEADY, out=[True] * 14), chart=chart, exclude="out")
    assert charted[LINES].isna().all(axis=None)
    assert len(charted) == 14


@pytest.mark.parametrize("chart", CHARTS)
def test_phase_and_baseline_together(chart):
    level = [*STEADY, *(np.array(STEADY[::-1]) + 3)]
    phases = ["a"] * 14 + ["b"] * 14
    charted = spc.limits(series(chart, level, phase=phases), chart=chart, phase="phase", baseline=6)
    for first, phase in ((0, level[:14]), (14, level[14:])):
        alone = spc.limits(series(chart, phase), chart=chart, baseline=6)
        np.testing.assert_allclose(charted[LINES].iloc[first : first + 14], alone[LINES], rtol=1e-12)
    assert charted["baseline"].tolist() == ([True] * 6 + [False] * 8) * 2


def test_the_sigma_of_i_prime_comes_from_the_points_that_count():
    wild = [*STEADY, 90, -70, 60]
    held = spc.limits(series("i'", wild), chart="i'", baseline=14, screen=False)
    left_out = series("i'", wild, out=[False] * 14 + [True] * 3)
    out = spc.limits(left_out, chart="i'", exclude="out", screen=False)
    steady = spc.limits(series("i'", STEADY), chart="i'", screen=False)
    for charted in (held, out):
        np.testing.assert_allclose(charted[LINES].iloc[:14], steady[LINES], rtol=1e-12)


def test_i_prime_is_an_i_chart_where_denominators_are_alike():
    weighed = spc.limits(series("i'", STEADY, people=1), chart="i'", screen=False)
    plain = spc.limits(series("i", STEADY), chart="i", screen=False)
    reach = 1.128 * np.sqrt(np.pi) / 2
    np.testing.assert_allclose(weighed["centre"], plain["centre"])
    np.testing.assert_allclose(
        weighed["upper"] - weighed["centre"], (plain["upper"] - plain["centre"]) * reach
    )


def test_moving_ranges_step_over_what_is_excluded():
    table = series("mr", [3, 5, 90, 4, np.nan, 6, 9], out=[False, False, True, False, False, False, False])
    charted = spc.limits(table, chart="mr", exclude="out")
    assert charted["value"].fillna(-1).tolist() == [-1, 2, 85, 1, -1, -1, 3]
    assert charted["centre"].tolist() == [2] * 7


def test_prime_limits_may_be_narrower():
    level, people = [100, 101, 99, 100, 101, 100, 99, 100], [1000] * 8
    for prime, plain in (("p'", "p"), ("u'", "u")):
        ours = spc.limits(series(prime, level, people=people), chart=prime)
        luck = spc.limits(series(plain, level, people=people), chart=plain)
        assert (ours["upper"] < luck["upper"]).all()


def test_g_draws_the_median_and_limits_about_the_mean():
    charted = spc.limits(series("g", [1, 2, 30]), chart="g")
    assert charted["centre"].tolist() == [2] * 3
    assert charted["upper"].to_numpy() == pytest.approx(11 + 3 * np.sqrt(11 * 12))
    given = spc.limits(series("g", [1, 2, 30]), chart="g", centre=10)
    assert given["centre"].to_numpy() == pytest.approx(6.93)
    assert given["upper"].to_numpy() == pytest.approx(10 + 3 * np.sqrt(110))


def test_the_given_centre_of_t_is_on_its_own_scale():
    charted = spc.limits(series("t", STEADY), chart="t", centre=30 ** (1 / 3.6), scale=24)
    assert charted["centre"].to_numpy() == pytest.approx(30 * 24)


def test_a_lower_limit_of_t_is_not_below_zero():
    assert spc.limits(series("t", [1, 200, 3, 400, 2, 100]), chart="t")["lower"].eq(0).all()


def test_charts_read_only_their_own_columns():
    table = series("c", STEADY).assign(denominator="unknown", value="unknown")
    assert spc.limits(table, chart="c")["value"].tolist() == STEADY
    assert "denominator" not in spc.limits(table, chart="c")
    for chart in ("i", "mr", "xbar", "s", "g", "t"):
        table = series(chart, STEADY).assign(numerator="unknown", denominator="unknown")
        assert spc.limits(table, chart=chart)["centre"].notna().all()


@pytest.mark.parametrize("chart", ["g", "t", *GROUPS])
def test_charts_that_need_a_value_say_so(chart):
    with pytest.raises(ValueError, match="column 'value' is not in the table; it has 'period', 'numerator'"):
        spc.limits(series("p", STEADY), chart=chart)


@pytest.mark.parametrize(
    ("chart", "level", "people", "sentence"),
    [
        *[
            (
                chart,
                [3, 21, 5],
                20,
                "the numerator is above the denominator in row 1 .*; correct it, or work out a rate",
            )
            for chart in SHARES
        ],
        *[
            (chart, [3, -1, 5], 20, "a count is below zero in row 1 .*; correct it")
            for chart in [*SHARES, *RATES, "c", "g"]
        ],
        *[
            (chart, [3, 1, 5], [20, 20, -4], "a count is below zero in row 2 .*; correct it")
            for chart in [*SHARES, *RATES, "i'"]
        ],
        (
            "t",
            [3, 0, -5],
            20,
            "time between events must be above 0; it is not in rows 1, 2 .*; measure it more finely",
        ),
    ],
)
def test_what_a_chart_cannot_hold_is_one_sentence(chart, level, people, sentence):
    with pytest.raises(ValueError, match=sentence) as told:
        spc.limits(series(chart, level, people=people), chart=chart)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("chart", [*RATES, "i'"])
def test_a_numerator_above_its_denominator_is_a_rate(chart):
    charted = spc.limits(series(chart, STEADY, people=2), chart=chart)
    assert charted["value"].tolist() == [each / 2 for each in STEADY]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"chart": "u", "centre": -1}, "centre is -1; a u chart needs a number from 0, before scaling"),
        ({"chart": "p'", "centre": 30}, "centre is 30; a p' chart needs a share from 0 to 1, before scaling"),
        ({"chart": "i", "centre": np.nan}, "centre is nan; an i chart needs a number, before scaling"),
        ({"chart": "i", "scale": 0}, "scale is 0; give a number above 0, such as 100 for percent"),
        ({"chart": "i", "centre": "5"}, "centre is '5'; an i chart needs a number"),
        ({"chart": "i", "scale": "100"}, "scale is '100'; give a number above 0"),
        ({"chart": "i", "scale": np.nan}, "scale is nan; give a number above 0"),
        ({"chart": "i", "baseline": 2.5}, "baseline is 2.5; give a number of points from 1, or the name of"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        spc.limits(series(asked["chart"], STEADY), **asked)


def test_i_prime_screens_a_little_sooner_than_i():
    large = 3.26675 * 10 / (11 - 3.26675)
    level = [0, 1] * 5 + [0, large]
    for chart, dropped in (("i'", True), ("i", False)):
        screened = spc.limits(series(chart, level, people=1), chart=chart)
        kept = spc.limits(series(chart, level, people=1), chart=chart, screen=False)
        assert (screened["upper"] < kept["upper"] * 0.99).all() == dropped

"""Charts over time: what is drawn, and what is held back."""

import numpy as np
import pandas as pd
import pytest

from pophealth.views import charts, drawing, layers
from pophealth.views.scales import date_ticks, kept_apart, lanes, value_scale
from pophealth.views.series import unbroken, withheld
from tests.views.charted import LEVEL, MARKS, by_hand, series, vienna

UP = [value + 0.12 for value in LEVEL[:10]]


def drawn(charted, **given):
    return charts.control_chart(charted, better=given.pop("better", "higher"), **given).to_dict()


def rows_of(spec, mark):
    found = [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]
    return [row for layer in found for row in layer["data"]["values"]]


def texts(spec):
    return [row["text"] for row in rows_of(spec, "text")]


def test_it_is_valid_vega_lite_and_can_be_changed_like_any_chart():
    chart = charts.control_chart(series(LEVEL + UP, baseline=16), better="higher", marks=MARKS, target=0.7)
    assert chart.properties(height=300).to_dict()["height"] == 300
    assert chart.to_dict()["title"]["text"] == [""]


def test_several_charts_are_valid_too():
    flat = series(LEVEL + LEVEL[:10], baseline=16).assign(group="a")
    both = pd.concat([flat, series(LEVEL + UP, baseline=16).assign(group="b")])
    spec = charts.small_multiples(both, by="group", better="higher", marks=MARKS).to_dict()
    domains = [
        panel["layer"][0]["encoding"]["y"]["scale"]["domain"] for panel in spec["vconcat"][0]["hconcat"]
    ]
    assert domains[0] == domains[1]


def test_signals_have_their_own_shape_and_color():
    spec = drawn(series(LEVEL + UP, baseline=16, left_out=(3,)))
    kinds = pd.Series([row["kind"] for row in rows_of(spec, "point")]).value_counts()
    assert dict(kinds) == {"ordinary": 15, "improvement": 10, "left out": 1}
    shapes = [look[0] for look in layers.KINDS.values()]
    assert shapes[1] == "triangle-up"
    assert shapes[2] == "triangle-down"


def test_better_lower_keeps_the_shape_of_improvement():
    spec = drawn(
        series(LEVEL + [value - 0.12 for value in LEVEL[:10]], baseline=16, better="lower"), better="lower"
    )
    assert "improvement" in {row["kind"] for row in rows_of(spec, "point")}


def test_under_twelve_points_there_is_a_line_and_nothing_else():
    spec = drawn(series(LEVEL[:11]))
    assert {layer["mark"]["type"] for layer in spec["layer"]} == {"line", "point"}
    assert len(rows_of(drawn(series(LEVEL[:12])), "area")) == 24


def test_a_phase_with_few_points_is_held_back_alone():
    spec = drawn(series(LEVEL + UP[:5], phases=[16, 5]))
    assert {row["phase"] for row in rows_of(spec, "area")} == {1}
    assert len({row["y"] for row in rows_of(spec, "rule")}) == 1


def test_the_line_stops_at_a_missing_month():
    spec = drawn(vienna(), better="lower")
    assert len(rows_of(spec, "line")) == 98
    assert len({row["stretch"] for row in rows_of(spec, "line")}) == 2


def test_a_month_that_is_not_in_the_table_breaks_the_line_too():
    gone = by_hand().drop(index=5).reset_index(drop=True)
    assert unbroken(gone).nunique() == 2


def test_each_phase_has_its_middle_named():
    assert {"average 10.5%", "average 2.2%"} <= set(texts(drawn(vienna(), better="lower")))


def test_years_before_1970_stand_where_they_belong():
    moments = [row["x"] for row in rows_of(drawn(vienna(), better="lower"), "point")]
    assert pd.Timestamp(min(moments), unit="ms") == pd.Timestamp("1841-01-01")


def test_limits_are_named_at_the_right_edge():
    found = texts(drawn(series(LEVEL + UP, baseline=16), target=0.7))
    assert {"50% average", "70% target"} <= set(found)
    assert any(text.endswith("upper limit") for text in found)


def test_marks_stand_at_their_dates_and_never_on_each_other():
    close = pd.DataFrame(
        {"number": range(1, 6), "date": pd.date_range("2020-08-01", periods=5, freq="4D"), "label": "try"}
    )
    spec = drawn(series(LEVEL + UP, baseline=16), marks=close)
    circles = next(layer["data"]["values"] for layer in spec["layer"] if layer["mark"].get("size") == 330)
    across, up = (spec["layer"][0]["encoding"][side]["scale"]["domain"] for side in ("x", "y"))
    places = [
        (
            spec["width"] * (row["x"] - across[0]) / (across[1] - across[0]),
            spec["height"] * (row["y"] - up[0]) / (up[1] - up[0]),
        )
        for row in circles
    ]
    apart = [np.hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(places) for b in places[:i]]
    assert len(places) == 5
    assert min(apart) >= 21


def test_marks_outside_the_time_shown_are_not_in_the_key():
    far = MARKS.assign(date=["2015-01-01", "2020-11-05"])
    spec = drawn(series(LEVEL + UP, baseline=16), marks=far)
    assert spec["usermeta"]["marks"] == [["4", "Saturday clinic"]]


def test_nothing_to_draw_gives_nothing():
    assert charts.control_chart(series(LEVEL).head(0), better="higher") is None
    blank = series(LEVEL).assign(value=np.nan)
    assert charts.control_chart(blank, better="higher") is None
    assert charts.small_multiples(blank.assign(team="a"), by="team", better="higher") is None


@pytest.mark.parametrize("values", [[0.5], [0.5, 0.6], [0.0] * 14, [1.0] * 14, [0.5] * 14])
def test_odd_series_can_be_drawn(values):
    assert "<svg" in drawing.draw({**drawn(series(values)), "usermeta": {}})


@pytest.mark.parametrize("every", ["W", "MS", "QS", "YS"])
def test_any_length_of_period_can_be_drawn(every):
    assert drawn(series(LEVEL, every=every))["layer"]


def test_plain_numbers_and_negative_ones_have_an_axis():
    spec = drawn(series([-0.1, 0.2] * 8, chart="i"), unit="points")
    axis = spec["layer"][0]["encoding"]["y"]["axis"]
    assert axis["title"] == "percentage points"
    assert "−" in axis["labelExpr"]


def test_charts_do_not_change_the_table():
    charted = by_hand()
    before = charted.copy(deep=True)
    charts.control_chart(charted, better="higher", marks=MARKS)
    pd.testing.assert_frame_equal(charted, before)


def test_what_is_held_back_is_not_in_the_drawing():
    few = series(LEVEL[:11])
    assert withheld(few)[["centre", "lower", "upper"]].isna().all(axis=None)
    assert set(withheld(by_hand().head(11))["direction"]) == {""}


def test_shares_keep_to_their_scale():
    scale = value_scale([0.02, 0.99], unit="percent")
    assert (scale.low, scale.high) == (0, 1)
    assert value_scale([3, 3], unit="number").high > 3


def test_date_words_are_few_enough():
    for months in (2, 7, 25, 99, 400):
        first = pd.Timestamp("1841-01-01")
        assert 1 <= len(date_ticks(first, first + pd.DateOffset(months=months), most=8)) <= 9


def test_labels_keep_apart():
    assert kept_apart([50, 51, 52], room=10, low=0, high=100) == [41, 51, 61]
    assert kept_apart([5, 6, 7], room=10, low=0, high=100) == [0, 10, 20]
    assert kept_apart([98, 99], room=10, low=0, high=100) == [90, 100]
    assert lanes([0, 5, 10, 30], room=22) == [0, 1, 2, 0]

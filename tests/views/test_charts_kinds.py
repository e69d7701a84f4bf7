"""Every kind of chart can be drawn, and what must be seen on it is there."""

import base64

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc
from pophealth.views import charts, drawing, theme
from pophealth.views.gap_chart import gap_chart
from pophealth.views.scales import ticks_under
from tests.views.charted import LEVEL, MARKS, series

UP = [value + 0.12 for value in LEVEL[:10]]
FLAT = ("i", "mr", "c", "g", "t")
STEPPED = ("i'", "p", "p'", "u", "u'")
REASON = pd.DataFrame({"date": ["2020-06-01"], "label": ["a new cuff"]})


def table(kind):
    months = pd.date_range("2019-01-01", periods=24, freq="MS")
    rows = pd.DataFrame({"period": months, "numerator": [20 + 3 * (place % 5) for place in range(24)]})
    rows["denominator"] = [90 + 40 * (place % 3) for place in range(24)]
    if kind in ("xbar", "s"):
        rows = rows.loc[rows.index.repeat(4)].assign(value=[place % 7 for place in range(96)])
        return rows[["period", "value"]]
    if kind in ("run", "i", "mr", "g", "t"):
        return rows.assign(value=rows["numerator"])[["period", "value"]]
    return rows


def rows_of(part, mark):
    return [
        row for layer in part["layer"] if layer["mark"]["type"] == mark for row in layer["data"]["values"]
    ]


def words(part):
    return [row["text"] for row in rows_of(part, "text")]


def panels_of(spec):
    return [panel for row in spec["vconcat"] for panel in row["hconcat"]]


@pytest.mark.parametrize("kind", ["run", *FLAT, *STEPPED, "xbar", "s"])
def test_every_kind_of_chart_is_drawn_without_a_warning(kind, capfd):
    charted = spc.control_chart(table(kind), chart=kind, better="lower")
    chart = charts.control_chart(charted, title="Up", better="lower", unit="per 1,000", marks=MARKS)
    assert "<svg" in base_of(theme.figure(chart, table=None).html)
    assert capfd.readouterr().err == ""
    uppers = {round(row["y2"], 9) for row in rows_of(chart.to_dict(), "area")}
    assert len(uppers) == (0 if kind == "run" else 1) if kind not in STEPPED else len(uppers) > 1


def base_of(page):
    return base64.b64decode(page.partition("base64,")[2].partition('"')[0]).decode()


def test_the_band_goes_on_over_a_missing_month_and_the_line_does_not():
    gone = series(LEVEL + UP, baseline=16).drop(index=[5, 6]).reset_index(drop=True)
    spec = charts.control_chart(gone, better="higher").to_dict()
    band = sorted({row["x"] for row in rows_of(spec, "area")})
    assert max(np.diff(band)) <= 3 * 31 * 86_400_000
    assert len({row["stretch"] for row in rows_of(spec, "line")}) == 2


def test_limits_below_nothing_do_not_stretch_the_axis():
    charted = series([0.0, 90.0] * 8, chart="i")
    assert charted["lower"].min() < 0
    domain = charts.control_chart(charted, better="lower", unit="days").to_dict()["layer"][0]
    assert domain["encoding"]["y"]["scale"]["domain"][0] == 0


def test_new_limits_carry_a_letter_and_are_named_in_the_key():
    charted = series(LEVEL + UP, phases=[14, 12])
    chart = charts.control_chart(charted, title="Up", better="higher", changes=REASON, marks=MARKS)
    spec = chart.to_dict()
    square = next(layer for layer in spec["layer"] if layer["mark"].get("shape") == "square")
    half_way = pd.Timestamp("2020-05-16 12:00")
    assert [row["text"] for row in square["data"]["values"]] == ["A"]
    assert pd.Timestamp(square["data"]["values"][0]["x"], unit="ms").round("min") == half_way
    assert spec["usermeta"]["changes"] == [["A", "New limits from June 2020: a new cuff"]]
    key = theme.figure(chart).html
    assert '<b class="n q">A</b>New limits from June 2020: a new cuff' in key
    assert '<b class="n">1</b>reminder calls in Spanish' in key


def test_letters_go_by_date_and_a_blank_reason_is_left_out():
    two = pd.DataFrame({"date": ["2021-01-01", "2020-06-01"], "label": ["", "a new cuff"]})
    spec = charts.control_chart(series(LEVEL + UP), better="higher", changes=two).to_dict()
    expected = ["New limits from June 2020: a new cuff", "New limits from January 2021"]
    assert spec["usermeta"]["changes"] == [["A", expected[0]], ["B", expected[1]]]


def groups(few=()):
    parts = [series(LEVEL + UP).head(9 if name in few else 26).assign(stratum=name) for name in "abc"]
    return pd.concat(parts, ignore_index=True)


@pytest.mark.parametrize("blank", ["", None, np.nan])
def test_a_test_for_no_group_stands_in_all_panels(blank):
    marks = MARKS.assign(stratum=["b", blank])
    spec = charts.small_multiples(groups(), by="stratum", better="higher", marks=marks).to_dict()
    signs = [[text for text in words(panel) if text in ("1", "4")] for panel in panels_of(spec)]
    assert signs == [["4"], ["1", "4"], ["4"]]
    assert [number for number, _ in spec["usermeta"]["marks"]] == ["1", "4"]


def test_a_panel_with_few_points_says_so_and_shows_no_limits():
    spec = charts.small_multiples(groups(few=("b",)), by="stratum", better="higher").to_dict()
    assert [panel["title"]["subtitle"] for panel in panels_of(spec)] == [
        " ",
        "too few to tell yet: 9 of 12",
        " ",
    ]
    assert [bool(rows_of(panel, "area")) for panel in panels_of(spec)] == [True, False, True]


def gap(**more):
    charted = series([value - 0.4 for value in LEVEL + UP], chart="i", better="lower")
    return charted.assign(**({"ratio": 0.8, "ratio_lower": 0.6, "ratio_upper": 1.1} | more))


def test_a_gap_chart_is_one_picture_with_one_time_axis():
    chart = gap_chart(gap(), title="Closing", marks=MARKS, changes=REASON)
    spec = chart.to_dict()
    above, below = spec["vconcat"]
    assert above["layer"][0]["encoding"]["x"]["scale"] == below["layer"][1]["encoding"]["x"]["scale"]
    assert above["width"] == below["width"]
    assert above["layer"][0]["encoding"]["x"]["axis"]["labelExpr"] == "''"
    assert {"1 = no gap"} <= set(words(below))
    assert any(row == {"y": 1.0} for row in rows_of(below, "rule"))
    assert len([row for row in rows_of(below, "rule") if "y2" in row]) == 26
    assert spec["usermeta"]["unit"] == "points"
    assert theme.figure(chart, table=gap()).html.count("<source ") == 1


@pytest.mark.parametrize("odd", [np.nan, np.inf, 0.0, 40.0])
def test_odd_ratios_do_not_break_the_gap_chart(odd):
    chart = gap_chart(gap(ratio=[odd, *[0.8] * 25], ratio_upper=[odd, *[np.inf] * 25]))
    assert "<svg" in drawing.draw(chart.to_dict(validate=False)["usermeta"]["narrow"])


def test_without_a_ratio_the_difference_stands_alone():
    assert len(gap_chart(gap(ratio=np.nan)).to_dict()["vconcat"]) == 1
    assert len(gap_chart(series(LEVEL, chart="i")).to_dict()["vconcat"]) == 1
    assert gap_chart(gap(value=np.nan)) is None


def test_events_that_are_counted_have_an_axis_of_numbers():
    charted = series([3.0, 9.0] * 8, chart="i").assign(period=range(1, 17))
    spec = charts.control_chart(charted, better="higher", unit="visits between falls").to_dict()
    moments = [row["x"] for row in rows_of(spec, "point")]
    assert len(set(moments)) == 16
    assert ticks_under(charted["period"], most=4) == {
        5 * 86_400_000: ["5"],
        10 * 86_400_000: ["10"],
        15 * 86_400_000: ["15"],
    }


def test_days_of_a_few_weeks_are_named():
    days = pd.Series(pd.date_range("2021-04-01", periods=14))
    assert list(ticks_under(days, most=4).values()) == [["Apr 1", "2021"], ["Apr 8", ""]]

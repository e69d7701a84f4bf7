"""Nothing on a chart lies on anything else, whatever the dates and the limits."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pophealth.views import charts, drawing, layers
from pophealth.views.edges import told_apart
from pophealth.views.gap_chart import gap_chart
from pophealth.views.lettering import text_width, wrapped
from pophealth.views.scales import kept_apart
from tests.views.boxes import boxes, overlaps
from tests.views.charted import LEVEL, MARKS, by_hand, series

UP = [value + 0.12 for value in LEVEL[:10]]
CALM = series(LEVEL + UP, baseline=16)
PHASES = series(LEVEL + UP, phases=[13, 13])
DAYS = st.integers(-10, 790)
SIDES = ("wide", "narrow")


def both(chart):
    spec = chart.to_dict(validate=False)
    return {"wide": spec, "narrow": spec["usermeta"]["narrow"]}


def tried(days):
    dates = [pd.Timestamp("2019-04-01") + pd.Timedelta(days=day) for day in days]
    return pd.DataFrame({"number": range(1, len(days) + 1), "date": dates, "label": "try"})


@settings(max_examples=40, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=15), st.lists(DAYS, max_size=2), st.booleans())
def test_flags_points_and_words_never_touch(days, limits_from, phases):
    changes = tried(limits_from) if limits_from else None
    charted = PHASES if phases else CALM
    chart = charts.control_chart(charted, better="higher", marks=tried(days), changes=changes, target=0.7)
    for spec in both(chart).values():
        found = boxes(spec)
        assert overlaps(found) == []
        assert all(box.left >= -8 and (box.right <= spec["width"] + 7 or box.what != "flag") for box in found)


@pytest.mark.parametrize("day", [-10, 120, 488, 770])
@pytest.mark.parametrize("many", [1, 2, 5, 15])
def test_flags_of_one_day_fan_out(many, day):
    chart = charts.control_chart(PHASES, better="higher", marks=tried([day] * many))
    for spec in both(chart).values():
        flags = [box for box in boxes(spec) if box.what == "flag"]
        assert len(flags) == many
        assert overlaps(boxes(spec)) == []


def test_each_flag_leads_to_its_date():
    spec = both(charts.control_chart(CALM, better="higher", marks=tried([100] * 3)))["wide"]
    stems = next(layer["data"]["values"] for layer in spec["layer"] if "order" in layer["encoding"])
    ends = pd.DataFrame(stems).groupby("flag").tail(1)["x"].unique()
    assert pd.to_datetime(ends, unit="ms").tolist() == [pd.Timestamp("2019-07-10")]


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.3, 0.7),
    st.floats(1e-6, 0.29),
    st.floats(1e-6, 0.3),
    st.one_of(st.none(), st.floats(0.01, 0.99)),
)
def test_labels_at_the_edge_keep_apart_and_can_be_told_apart(centre, below, above, target):
    charted = by_hand().assign(centre=centre, lower=centre - below, upper=centre + above)
    for spec in both(charts.control_chart(charted, better="higher", target=target)).values():
        found = [box for box in boxes(spec) if box.what not in ("point", "flag")]
        assert len(found) == 3 + (target is not None)
        assert overlaps(found) == []
        assert all(-8 <= box.top <= box.bottom <= spec["height"] + 8 for box in found)


def test_numbers_that_differ_are_written_differently():
    assert told_apart([0.5, 0.5001], "percent") == ["50.00%", "50.01%"]
    assert told_apart([0.5, 0.5], "percent") == ["50%", "50%"]
    assert told_apart([-0.151, 0.02], "points") == ["−15", "2"]


@pytest.mark.parametrize("unit", ["percent", "points", "number", "per 1,000", "days", "visits between falls"])
@pytest.mark.parametrize("size", [0.001, 1, 40_000])
def test_the_whole_drawing_has_the_width_of_the_page(unit, size):
    charted = series([size * value for value in LEVEL + UP], chart="i")
    for side, spec in both(charts.control_chart(charted, better="higher", unit=unit, target=size)).items():
        width, _ = size_of(spec)
        assert (950 <= width <= 1006) if side == "wide" else (320 <= width <= 345)


def size_of(spec):
    svg = drawing.draw({name: value for name, value in spec.items() if name != "usermeta"})
    return [float(found) for found in re.findall(r'(?:width|height)="([\d.]+)"', svg.partition("<g")[0])][:2]


def groups(many, months=26):
    parts = [
        series(LEVEL + UP[: months - 16]).assign(stratum=f"Group {number} with quite a long name of its own")
        for number in range(many)
    ]
    return pd.concat(parts)


@pytest.mark.parametrize("many", [1, 2, 5, 12])
def test_small_charts_fit_the_page_and_share_one_scale(many):
    chart = charts.small_multiples(groups(many), by="stratum", better="higher", marks=tried([300] * 6))
    for side, spec in both(chart).items():
        panels = [panel for row in spec["vconcat"] for panel in row["hconcat"]]
        assert len(panels) == many
        domains = [
            [panel["layer"][0]["encoding"][axis]["scale"]["domain"] for axis in "xy"] for panel in panels
        ]
        assert domains == [domains[0]] * many
        assert all(overlaps(boxes(panel)) == [] for panel in panels)
        width, _ = size_of(spec)
        assert (400 if many == 1 else 950) <= width <= 1006 if side == "wide" else 320 <= width <= 345


def test_names_of_panels_are_no_wider_than_their_panels():
    spec = both(charts.small_multiples(groups(12), by="stratum", better="higher"))["wide"]
    for panel in (panel for row in spec["vconcat"] for panel in row["hconcat"]):
        lines = panel["title"]["text"]
        assert len(lines) <= 2
        assert all(text_width(line, 14, bold=True) <= panel["width"] for line in lines)


@settings(max_examples=25, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=15), st.integers(3, 26))
def test_a_gap_chart_has_room_for_all_too(days, months):
    gap = series(LEVEL[:16] + UP, chart="i").head(months).assign(ratio=0.8, ratio_lower=0.5, ratio_upper=1.4)
    for spec in both(gap_chart(gap, marks=tried(days))).values():
        assert all(overlaps(boxes(part)) == [] for part in spec["vconcat"])


@given(st.lists(st.floats(0, 100), max_size=12), st.floats(1, 30))
def test_labels_are_moved_apart_in_order(places, room):
    moved = kept_apart(places, room=room, low=0, high=100)
    order = np.argsort(places, kind="stable")
    assert np.all(np.diff(np.array(moved)[order]) >= room - 1e-6)
    if len(places) * room <= 100:
        assert all(-1e-9 <= place <= 100 + 1e-9 for place in moved)


def test_labels_with_room_stay_where_they_are():
    assert kept_apart([10, 40, 90], room=15, low=0, high=100) == [10, 40, 90]


@pytest.mark.parametrize(
    "text", ["61% upper limit", "average 10.5%", "Mandarin and Cantonese", "−1.3 points"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_words_are_as_wide_as_the_drawing_makes_them(text, bold):
    mark = {"type": "text", "fontSize": 100, "fontWeight": 600 if bold else 400, "align": "left"}
    config = {"padding": 0, "view": {"stroke": None}}
    spec = {"data": {"values": [{}]}, "mark": mark, "encoding": {"text": {"value": text}, "x": {"value": 0}}}
    width, _ = size_of(spec | {"width": 1, "height": 1, "config": config})
    assert 0.97 * width <= text_width(text, 100, bold=bold) <= 1.1 * width + 12


def test_titles_are_broken_where_they_fit():
    lines = wrapped(
        "Blood pressure control is up among Spanish-speaking patients", width=340, size=17, bold=True
    )
    assert len(lines) == 2
    assert all(text_width(line, 17, bold=True) <= 340 for line in lines)
    assert wrapped("W" * 90, width=100, size=17) == ["W" * 90]


def test_in_print_every_kind_of_point_has_a_look_of_its_own():
    for kinds in (
        ("ordinary", "improvement", "concern", "left out"),
        ("ordinary", "high", "low", "left out"),
    ):
        looks = {(layers.KINDS[kind][0], layers.KINDS[kind][1] == drawing.CARD) for kind in kinds}
        assert len(looks) == len(kinds)


def test_marks_of_the_example_need_one_row_only():
    spec = both(charts.control_chart(CALM, better="higher", marks=MARKS))["wide"]
    flags = [box for box in boxes(spec) if box.what == "flag"]
    assert len({box.top for box in flags}) == 1

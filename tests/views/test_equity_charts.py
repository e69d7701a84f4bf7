"""Charts of groups: what must be seen is there, nothing lies on anything, and it prints in grey."""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pophealth.stats import segments
from pophealth.views import drawing, equity_words, ladder_bars, row_marks, theme
from pophealth.views import equity_charts as charts
from pophealth.views.label_places import placed_labels
from pophealth.views.lettering import text_width
from tests.views import grouped
from tests.views.boxes import boxes, overlaps
from tests.views.grouped import ALIKE, CRUDE
from tests.views.test_charts_room import both, size_of

LOOK = {"title": "Spanish speakers lie behind", "subtitle": "Share of adults with control"}
DOTS = {"by": "language", "better": "higher"}
SIDES = ("wide", "narrow")


def dots(table=None, **look):
    given = {"compared": grouped.gaps(), "reference": "English"} | DOTS | LOOK | look
    return charts.dot_plot(grouped.shares() if table is None else table, **given)


def alike(**look):
    given = {"crude": grouped.stays(CRUDE), "by": "race", "better": "lower"} | LOOK | look
    return charts.standardised_plot(grouped.stays(ALIKE, few=["Native"]), **given)


def funnel(outside=None, **look):
    table = grouped.funnel(outside or {20: 0.4, 30: 0.75, 35: 0.635}, few=["Site 1"])
    return charts.funnel_plot(table, **({"by": "site", "better": "higher"} | LOOK | look))


CHARTS = {
    "dots": dots,
    "everyone else": lambda: dots(grouped.segments(reference="everyone else"), reference=None, compared=None),
    "ladder": lambda: charts.ladder_bars(grouped.ladder(few=["Korean"]), by="language", **LOOK),
    "alike": alike,
    "excess": lambda: charts.excess_bars(grouped.segments(), by="language", **LOOK),
    "segments": lambda: charts.segment_picture(grouped.segments(), **DOTS, **LOOK),
    "funnel": funnel,
}
TABLES = {
    "dots": charts.dot_numbers(grouped.shares(), **DOTS, compared=grouped.gaps(), reference="English"),
    "ladder": charts.ladder_numbers(grouped.ladder(few=["Korean"]), by="language"),
    "alike": charts.standardised_numbers(
        grouped.stays(ALIKE, few=["Native"]), crude=grouped.stays(CRUDE), by="race", better="lower"
    ),
    "excess": charts.excess_numbers(grouped.segments(), by="language"),
    "segments": charts.segment_numbers(grouped.segments(), **DOTS),
    "funnel": charts.funnel_numbers(grouped.funnel({20: 0.4}, few=["Site 1"]), by="site", better="higher"),
}


def words(spec):
    return [box.what for box in boxes(spec) if box.what != "point"]


def rows_of(spec, mark):
    return [
        row for layer in spec["layer"] if layer["mark"]["type"] == mark for row in layer["data"]["values"]
    ]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_title_subtitle_table_and_words_for_all(name, capfd):
    chart = CHARTS[name]()
    page = theme.figure(chart, table=TABLES.get(name), alt="Groups. What they show.").html
    assert 'alt="Groups. What they show."' in page
    assert ("<details>" in page) == (name in TABLES)
    assert capfd.readouterr().err == ""
    for spec in both(chart).values():
        assert " ".join(spec["title"]["text"]) == LOOK["title"]
        assert " ".join(spec["title"]["subtitle"]).startswith(LOOK["subtitle"])
    assert chart.to_dict(validate=False)["usermeta"]["alt"].startswith(LOOK["title"])


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_the_same_on_every_run(name):
    assert CHARTS[name]().to_dict(validate=False) == CHARTS[name]().to_dict(validate=False)


def test_a_figure_has_the_same_bytes_twice():
    pages = {theme.figure(funnel(), table=TABLES["funnel"], alt="Sites").html for _ in range(2)}
    assert len(pages) == 1


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_lies_on_anything_and_all_of_it_is_on_the_page(name):
    for side, spec in both(CHARTS[name]()).items():
        assert overlaps(boxes(spec)) == []
        assert all(box.left >= -0.1 and box.right <= spec["width"] + 0.1 for box in boxes(spec))
        assert spec["width"] == (1000 if side == "wide" else 340)


def test_the_whole_drawing_has_the_width_of_the_page():
    for side, spec in both(CHARTS["segments"]()).items():
        width, _ = size_of(spec)
        assert (950 <= width <= 1006) if side == "wide" else (320 <= width <= 346)


NAMES = st.lists(st.text("abcW mil—’", min_size=1, max_size=60), min_size=6, max_size=6).map(
    lambda names: [f"{place} {' '.join(name.split())}" for place, name in enumerate(names)]
)
QUICK = {"deadline": None, "phases": [Phase.explicit, Phase.generate]}


@settings(max_examples=6, **QUICK)
@given(NAMES, st.sampled_from(["percent", "per 100,000", "days"]), st.sampled_from([1, 0.001, 40_000]))
def test_names_and_numbers_of_any_length_keep_apart(names, unit, size):
    named = dict(zip(grouped.NAMES, names, strict=True))
    scale = size if unit != "percent" else 1
    table = grouped.segments().replace({"language": named, "reference": named})
    numbers = [name for name in table.select_dtypes("number") if name not in ("confidence", "rank")]
    table[numbers] = table[numbers] * scale
    for chart in (
        charts.dot_plot(table, **DOTS, unit=unit),
        charts.segment_picture(table, **DOTS, unit=unit),
        charts.excess_bars(table, by="language"),
    ):
        for spec in both(chart).values():
            long_words = max(text_width(word, 14, bold=True) for name in names for word in name.split())
            if long_words < 200:
                assert overlaps(boxes(spec)) == []


@settings(max_examples=6, **QUICK)
@given(st.dictionaries(st.integers(1, 38), st.floats(0.02, 0.98), max_size=14), st.sampled_from([1, 3, 12]))
def test_names_in_a_funnel_keep_apart(outside, longer):
    table = grouped.funnel(outside)
    table["site"] = [f"{name} {'of the river' * longer}" for name in table["site"]]
    for spec in both(charts.funnel_plot(table, by="site", better="lower")).values():
        texts = [box for box in boxes(spec) if box.what != "point"]
        assert overlaps(texts) == []
        named = [box for box in texts if box.what.startswith("Site")]
        seen = table.loc[table["outside"].ne(""), "site"].nunique()
        assert len(named) == min(seen, 10)


def test_words_stand_over_a_plot_that_would_be_too_narrow_beside_them():
    table = grouped.segments()
    table[["excess", "excess_lower", "excess_upper"]] *= 1e12
    for spec in both(charts.segment_picture(table, **DOTS)).values():
        assert overlaps(boxes(spec)) == []
        assert any(text.startswith("place 1 ·") for text in words(spec))


def test_places_for_names_stay_on_the_plot():
    points = [(x, y) for x in range(0, 200, 20) for y in range(0, 100, 20)]
    placed = placed_labels([("Name", x, y) for x, y in points[:8]], points, width=200, height=100, middle=50)
    boxes_ = [label.box() for label in placed]
    assert all(
        left >= 0 and top >= 0 and right <= 200 and bottom <= 100 for left, top, right, bottom in boxes_
    )
    assert not [
        (one, two)
        for one, two in combinations(boxes_, 2)
        if min(one[2], two[2]) > max(one[0], two[0]) and min(one[3], two[3]) > max(one[1], two[1])
    ]


def test_groups_stand_in_order_with_their_people_and_the_reference_is_named():
    for side, spec in both(dots()).items():
        told = words(spec)
        order = [
            told.index(name)
            for name in ("Not recorded", "Spanish", "Vietnamese", "English", "Korean", "Tagalog")
        ]
        assert order == sorted(order)
        assert "English, the reference: 70%" in told
        assert "too few to show" in told
        assert (
            ("412 people" in told)
            if side == "wide"
            else any(text.startswith("412 people ·") for text in told)
        )


def test_marks_of_the_key_are_those_that_are_seen():
    page = theme.figure(dots()).html
    assert all(f"{way} by more than luck" in page for way in ("ahead", "behind"))
    assert "luck alone could explain its distance" in page
    assert "by more than luck" not in theme.figure(dots(compared=None)).html


def test_without_limits_a_dot_has_no_line_and_says_none():
    def thick(spec):
        drawn = [layer for layer in spec["layer"] if layer["mark"].get("strokeWidth") == 3]
        return [row for layer in drawn for row in layer["data"]["values"]]

    chart = dots(grouped.shares(lower=None, upper=None), compared=None).to_dict(validate=False)
    assert "Luck could move it" not in words(chart)
    with_lines = dots(compared=None).to_dict(validate=False)
    assert len(thick(with_lines)) == 5
    assert thick(chart) == []


def test_in_print_every_kind_has_a_look_of_its_own():
    for kinds in (("unclear", "ahead", "behind", "reference"), ("unclear", "above", "below", "reference")):
        assert len({row_marks.LOOKS[kind][0] for kind in kinds}) == len(kinds)

    def grey(color):
        red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
        return 0.3 * red + 0.59 * green + 0.11 * blue

    fills = [grey(fill) for fill in ladder_bars.FILLS.values()]
    assert abs(fills[0] - fills[1]) > 60
    assert abs(fills[1] - fills[2]) > 60


def test_ladder_bars_fill_the_row_and_say_how_many_answered():
    spec = charts.ladder_bars(grouped.ladder(), by="language").to_dict(validate=False)
    assert "201 of 390 answered" in words(spec)
    wide = [row for row in rows_of(spec, "rect") if row.get("part") and row["text"]]
    rows = pd.DataFrame(wide).groupby("y").agg(left=("x", "min"), right=("x2", "max"))
    assert np.allclose(rows["left"], rows["left"].iloc[0])
    assert np.allclose(rows["right"], rows["right"].iloc[0])
    assert {"30%", "55%", "15.4%"} <= set(words(spec))


def test_stripes_stay_inside_the_bar_they_belong_to():
    bar = {"x": 10.0, "x2": 24.0, "y": 5.0, "y2": 24.0}
    stripes = ladder_bars._stripes(bar)
    assert stripes
    for one in stripes:
        assert 10 <= one["x"] <= one["x2"] <= 24
        assert 5 - 1e-9 <= one["y2"] <= one["y"] <= 24 + 1e-9


def test_bars_of_excess_are_ordered_and_warn_that_they_are_never_added():
    spec = CHARTS["excess"]().to_dict(validate=False)
    told = words(spec)
    assert "not to be added over groupings" in " ".join(spec["title"]["subtitle"])
    assert {"57 more (36 to 79)", "20 fewer (5 to 35)", "98.5%"} <= set(told)
    assert told.index("Spanish") < told.index("Not recorded") < told.index("Korean")
    bars = {
        layer["mark"]["color"]: layer["data"]["values"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rect"
    }
    (fewer,), more = bars[drawing.BLUE], bars[drawing.ORANGE]
    assert {fewer["x2"]} == {bar["x"] for bar in more}


def test_bars_of_excess_read_the_table_of_rates_too():
    table = grouped.segments().drop(columns=["excess", "excess_lower", "excess_upper"])
    table = table.assign(value=[0, 57, 2, -20, 52, 1], lower=[None, 36, -5, -35, 36, 0], expected=100.0)
    told = words(charts.excess_bars(table, by="language").to_dict(validate=False))
    assert "57 more (36 to 79)" not in told
    assert any(text.startswith("57 more (36") for text in told)


def test_standardized_and_crude_stand_in_one_row_each_with_its_place():
    told = words(alike().to_dict(validate=False))
    assert {"crude", "standardized", "756 (680 to 832)", "980 (882 to 1,078)", "1 (1)"} <= set(told)


def test_places_of_segments_are_counted_among_those_shown():
    table = charts.segment_numbers(grouped.segments(few=("Tagalog", "Not recorded")), **DOTS)
    assert table["Place"].tolist() == ["1", "2", "3", "4", "", ""]


def test_a_unit_in_words_stands_over_its_column():
    assert "Per 1,000" in words(dots(unit="per 1,000", compared=None).to_dict(validate=False))
    assert "People; values per 1,000" in words(funnel(unit="per 1,000").to_dict(validate=False))


def test_outer_limits_fill_a_point_and_inner_limits_leave_it_hollow():
    spec = funnel().to_dict(validate=False)
    fills = {
        (layer["mark"]["shape"], layer["mark"]["fill"] == layer["mark"]["stroke"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point"
    }
    assert fills == {("circle", True), ("triangle-up", True), ("triangle-down", True), ("triangle-up", False)}


def test_nothing_to_draw_is_said_and_not_drawn():
    assert dots(grouped.shares().head(0)) is None
    assert charts.ladder_bars(grouped.ladder().head(0), by="language") is None
    assert charts.excess_bars(grouped.segments().head(0), by="language") is None
    assert charts.segment_picture(grouped.segments().head(0), **DOTS) is None
    assert alike(crude=grouped.stays(CRUDE)) is not None
    assert charts.funnel_plot(grouped.funnel(few=["Site 1"], sites=1), by="site", better="higher") is None


def test_all_groups_too_small_keep_their_rows():
    spec = dots(grouped.shares(few=grouped.NAMES), compared=None, reference=None).to_dict(validate=False)
    assert words(spec).count("too few to show") == len(grouped.NAMES)
    assert rows_of(spec, "point") == []


def test_a_missing_value_says_its_reason():
    table = grouped.shares(value=[0.7, None, 0.6, 0.7, 0.5, 0.5], reason="no people counted")
    assert "no people counted" in words(dots(table).to_dict(validate=False))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: dots(by="tongue"), "the table has no column 'tongue'"),
        (lambda: dots(better="more"), "better is 'more'; use one of higher, lower, neither"),
        (lambda: dots(pd.concat([grouped.shares()] * 2)), "group 'English' comes twice"),
        (lambda: dots(grouped.shares().drop(columns="value")), "the table has no column 'value'"),
        (lambda: charts.ladder_bars(grouped.shares(), by="language"), "the table has no column 'ladder'"),
        (
            lambda: charts.ladder_bars(grouped.ladder().head(8), by="language"),
            "group 'Korean' needs the three rows",
        ),
        (lambda: charts.funnel_plot(grouped.shares(), by="language", better="higher"), "no column 'outside'"),
        (lambda: funnel(better="more"), "better is 'more'; use one of higher, lower, neither"),
    ],
)
def test_bad_input_gets_one_clear_sentence(make, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        make()


def test_charts_do_not_change_their_tables():
    table, gaps = grouped.segments(), grouped.gaps()
    before = table.copy(deep=True), gaps.copy(deep=True)
    dots(table, compared=gaps)
    charts.excess_bars(table, by="language")
    charts.segment_picture(table, **DOTS)
    assert table.equals(before[0])
    assert gaps.equals(before[1])


def test_two_columns_name_a_group_together():
    table = grouped.shares().assign(sex="women")
    assert "English, women" in words(
        dots(table, by=["language", "sex"], compared=None, reference=None).to_dict()
    )


def test_the_table_of_segments_can_be_drawn_and_told_as_stats_returns_it():
    counts = pd.DataFrame({"language": grouped.NAMES, **grouped.CONTROL})
    for reference in ("English", "best", "overall"):
        table = segments.compare(counts, by="language", reference=reference, better="higher")
        told = words(charts.segment_picture(table, **DOTS).to_dict(validate=False))
        assert "Tagalog" in told
        read = equity_words.segment_picture_reading(table, name="Control", **DOTS)
        assert read.finding == "Control: Not recorded fares worst, with luck allowed for"
        named = {"English": "English", "best": "Korean", "overall": "everyone else"}[reference]
        assert f"below {named}" in str(read)
        assert (
            f"behind {named} by more than luck"
            in equity_words.dots_reading(table, name="Control", **DOTS).finding
        )


def test_the_ladder_can_be_drawn_and_told_as_stats_returns_it():
    answers = pd.DataFrame(
        {"now": [8, 5, 3], "future": [9, 7, 4], "people": [87, 106, 19], "group": "Spanish"}
    )
    table = segments.ladder(answers, now="now", future="future", count="people", by="group", invited=None)
    told = words(charts.ladder_bars(table, by="group").to_dict(validate=False))
    assert {"212 answered", "41%", "50%"} <= set(told)
    read = equity_words.ladder_bars_reading(table, by="group")
    assert read.finding == "Life today and in five years: 41% are thriving among Spanish, 9% suffering"

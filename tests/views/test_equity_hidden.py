"""What may not be shown is nowhere: not in a picture, its words, its table, nor in their order."""

import json

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates
from pophealth.stats.reliability import reliability
from pophealth.views import equity_charts as charts
from pophealth.views import equity_words as words
from pophealth.views import theme
from pophealth.views.gap_chart import gap_chart
from pophealth.views.suppressed import hidden, shown
from pophealth.views.trusted import trust_notes
from pophealth.views.words import gap_reading, numbers
from tests.views import grouped
from tests.views.charted import LEVEL, series

DOTS = {"by": "language", "better": "higher"}


def dots(table, gaps):
    look = DOTS | {"compared": gaps, "reference": "English"}
    read = words.dots_reading(table, name="Control", **look)
    return charts.dot_plot(table, title=read.finding, **look), charts.dot_numbers(table, **look), read


def ladder(table):
    read = words.ladder_bars_reading(table, by="language")
    return charts.ladder_bars(table, by="language"), charts.ladder_numbers(table, by="language"), read


def alike(table, crude):
    look = {"by": "race", "better": "lower", "crude": crude}
    read = words.standardised_reading(table, name="Stays", **look)
    return charts.standardised_plot(table, **look), charts.standardised_numbers(table, **look), read


def excess(table):
    read = words.excess_reading(table, by="language", name="Without control")
    return charts.excess_bars(table, by="language"), charts.excess_numbers(table, by="language"), read


def segments(table):
    read = words.segment_picture_reading(table, name="Control", **DOTS)
    return charts.segment_picture(table, **DOTS), charts.segment_numbers(table, **DOTS), read


def funnel(table):
    look = {"by": "site", "better": "higher"}
    read = words.funnel_reading(table, name="Control", **look)
    return charts.funnel_plot(table, **look), charts.funnel_numbers(table, **look), read


def everything(made):
    """Return all that leaves the house: the specification, the words, the table."""
    chart, table, read = made
    spec = "" if chart is None else json.dumps(chart.to_dict(validate=False), default=str)
    return spec, read, table.to_csv()


def changed(table, rows, seed):
    """Give the hidden rows other numbers altogether."""
    random = np.random.default_rng(seed)
    return table.assign(
        **{
            name: table[name].astype(float).mask(rows, pd.Series(random.uniform(0.01, 0.99, len(table))))
            for name in table.select_dtypes("number")
            if name not in ("confidence", "centre")
        }
    )


CASES = {
    "dots": (lambda table: dots(table, grouped.gaps()), grouped.shares(few=("Tagalog", "Korean"))),
    "ladder": (ladder, grouped.ladder(few=["Korean"]).assign(suppressed=["", "", ""] * 2 + ["primary"] * 3)),
    "standardized": (
        lambda table: alike(table, grouped.stays(grouped.CRUDE)),
        grouped.stays(grouped.ALIKE, few=["Native"]),
    ),
    "crude": (
        lambda table: alike(grouped.stays(grouped.ALIKE), table),
        grouped.stays(grouped.CRUDE, few=["White"]),
    ),
    "excess": (excess, grouped.segments(few=("Spanish", "Tagalog"))),
    "segments": (segments, grouped.segments(few=("Spanish", "Tagalog"))),
    "funnel": (funnel, grouped.funnel({20: 0.4, 30: 0.75}, few=["Site 1", "Site 31"])),
}


def test_how_sure_a_hidden_number_is_stays_hidden_too():
    told = []
    for word in ("too uncertain", ""):
        table = reliability(grouped.segments(few=("Spanish", "Tagalog")), kind="proportion")
        table["reliability"] = table["reliability"].mask(hidden(table), word)
        numbers = [charts.dot_numbers(table, **DOTS), charts.segment_numbers(table, **DOTS)]
        told.append(([one.to_csv() for one in numbers], trust_notes(table, by="language")))
        assert all(one.set_index("Group").loc["Tagalog", "How sure"] == "" for one in numbers)
        assert all(one.set_index("Group").loc["English", "How sure"] == "sure enough" for one in numbers)
    assert told[0] == told[1]


@pytest.mark.parametrize("case", CASES)
def test_other_numbers_in_hidden_rows_change_nothing_at_all(case):
    make, table = CASES[case]
    as_it_is = everything(make(table))
    assert everything(make(changed(table, hidden(table), 1))) == as_it_is
    assert "too few to show" in as_it_is[2]


@pytest.mark.parametrize("case", CASES)
def test_numbers_in_rows_that_are_shown_do_change_it(case):
    make, table = CASES[case]
    assert everything(make(changed(table, ~hidden(table), 1))) != everything(make(table))


@pytest.mark.parametrize("make", [excess, segments])
def test_a_hidden_reference_takes_all_gaps_with_it(make):
    table = grouped.segments(few=("English",))
    of_gaps = [
        name for name in table if name.startswith(("difference", "excess")) or name == "reference_value"
    ]
    other = table.assign(**{name: table[name] * 0.77 + 0.01 for name in of_gaps})
    assert everything(make(table)) == everything(make(other))


def test_a_hidden_reference_takes_the_gaps_of_a_dot_plot_with_it():
    table = grouped.shares(few=("English",))
    moved = grouped.gaps().assign(value=-0.3, lower=-0.4, upper=-0.1)
    assert everything(dots(table, grouped.gaps())) == everything(dots(table, moved))


def test_a_gap_that_may_not_be_shown_is_hidden_though_its_group_may():
    gaps = grouped.gaps().assign(suppressed=["", "secondary", "", "", ""])
    moved = gaps.assign(
        value=gaps["value"].mask(hidden(gaps), 0.4), upper=gaps["upper"].mask(hidden(gaps), 0.5)
    )
    assert everything(dots(grouped.shares(), gaps)) == everything(dots(grouped.shares(), moved))


def test_one_share_of_a_ladder_hides_all_three():
    table = grouped.ladder(few=["Korean"])
    other = changed(table, table["language"].eq("Korean"), 1)
    assert everything(ladder(table)) == everything(ladder(other))


def test_a_funnel_takes_its_limits_as_they_come_out_of_the_statistics():
    sites = pd.DataFrame(
        {"site": ["a", "b", "c"], "numerator": [30, 45, 160], "denominator": [100, 200, 400]}
    )
    limits = rates.funnel_limits(sites, by="site")
    held = limits.assign(suppressed=["primary" if name == "a" else "" for name in limits["site"]])
    told = charts.funnel_numbers(held, by="site", better="higher").set_index("Group")["Where"]
    assert told["a"] == "too few to show"
    assert told["b"] == "behind, outside the outer limits"


def test_the_lines_of_a_funnel_end_where_the_groups_shown_end():
    table = grouped.funnel(few=["Site 1", "Site 40"])
    curve = pd.DataFrame({"denominator": np.arange(18, 2100), "lower": 0.5, "upper": 0.7, "confidence": 0.95})
    chart = charts.funnel_plot(table, by="site", better="higher", curve=curve)
    drawn = next(layer for layer in chart.to_dict(validate=False)["layer"] if layer["mark"]["type"] == "line")
    shown_sizes = table.loc[~hidden(table), "denominator"]
    within = curve[curve["denominator"].between(shown_sizes.min() * 0.9, shown_sizes.max() * 1.05)]
    assert len(drawn["data"]["values"]) == 2 * len(within)


def test_a_table_given_to_a_figure_as_it_is_shows_no_hidden_number():
    table = grouped.shares().assign(numerator=[1470, 231, 48, 230, 130, 7177])
    page = theme.figure(charts.dot_plot(table, title="Groups", **DOTS), table=table).html
    assert "7,177" not in page
    assert "7177" not in page


def test_tables_made_for_others_hide_the_same_rows():
    table = grouped.shares()
    others = table.drop(columns="suppressed").assign(hidden=hidden(table))
    assert everything(dots(table, grouped.gaps())) == everything(dots(others, grouped.gaps()))


def test_only_rows_that_are_marked_are_emptied():
    table = pd.DataFrame(
        {"group": ["A", "B"], "value": [1, 2], "told": ["5", "six"], "suppressed": ["primary", pd.NA]}
    )
    assert shown(table)["value"].tolist()[1] == 2
    assert shown(table)[["value", "told"]].iloc[0].isna().all()
    assert shown(table.drop(columns="suppressed")).equals(table.drop(columns="suppressed"))
    assert table["value"].tolist() == [1, 2]


def closing(**changed):
    """Make a gap over time of which three months may not be shown."""
    values = [0.15 + (value - 0.5) * 0.6 for value in LEVEL + LEVEL[:10]]
    gap = series(values, baseline=16, chart="i", better="lower")
    held = ["primary" if place in (5, 6, 25) else "" for place in range(26)]
    ratio = {"ratio": 1.4, "ratio_lower": 1.1, "ratio_upper": 1.9}
    return gap.assign(**(ratio | {"suppressed": held} | changed))


def test_a_gap_over_time_marks_hidden_months_and_shows_nothing_of_them():
    gap = closing()
    other = gap.assign(
        **{name: gap[name].mask(hidden(gap), 0.77) for name in ("value", "ratio", "ratio_upper")}
    )
    spec = gap_chart(gap).to_dict(validate=False)
    assert spec == gap_chart(other).to_dict(validate=False)
    assert ["–", "too few to show"] in spec["usermeta"]["changes"]
    dashes = [
        row
        for layer in spec["vconcat"][0]["layer"]
        for row in layer["data"]["values"]
        if row.get("text") == "–"
    ]
    assert len(dashes) == 3
    told = numbers(gap, unit="points")
    assert told.equals(numbers(other, unit="points"))
    assert told.loc[[5, 6, 25], "Note"].tolist() == ["too few to show"] * 3


def test_the_words_of_a_gap_over_time_say_months_are_too_few_to_show_and_not_missing():
    groups = {"behind": series(LEVEL), "other": series(LEVEL), "behind_name": "A", "other_name": "B"}
    notes = gap_reading(closing(), **groups).notes
    assert "Three months have too few people to show." in notes
    assert not any("missing" in note for note in notes)

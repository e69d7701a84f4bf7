"""Careless calls: each is refused in one sentence that says what, where and what to do, or read rightly."""

import datetime
import re

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import dates, spc


def table(**more):
    made = {"period": [1, 2, 3, 4], "value": [5.0, 6, 4, 7], "numerator": [3, 4, 5, 4], "denominator": 10}
    return pd.DataFrame(made | more)


def twice(name):
    return table().rename(columns={"denominator": name} if name != "denominator" else {"numerator": name})


def refused(call, sentence, given=None):
    """Check the sentence, that it is one, and that the caller's table is left as it was."""
    kept = given.copy(deep=True) if isinstance(given, pd.DataFrame) else None
    with pytest.raises(ValueError, match=re.escape(sentence)) as told:
        call()
    assert "\n" not in str(told.value)
    assert str(told.value).count(". ") == 0
    if kept is not None:
        pd.testing.assert_frame_equal(given, kept)


@pytest.mark.parametrize(
    "in_order",
    [
        ["8", "9", "10", "11"],
        ["2024-1", "2024-2", "2024-9", "2024-10"],
        ["2023-12-9", "2024-1-2", "2024-1-10", "2024-2-1"],
        ["2023/12", "2024/1", "2024/2", "2024/10"],
        ["12/2023", "1/2024", "2/2024", "10/2024"],
        ["Dec 2023", "Jan 2024", "Mar 2024", "Apr 2024"],
        ["December 2023", "january 2024", "March 2024", "Sept. 2024"],
        ["31 Dec 2023", "1 Jan 2024", "2 Jan 2024", "10 Jan 2024"],
        ["2023-11", "2023-12", "2024-01", "2024-02"],
        ["Q1", "Q2", "Q3", "Q4"],
        ["a", "b", "c", "d"],
    ],
)
@pytest.mark.parametrize("kind", [object, "str", "category"])
def test_text_is_charted_in_the_order_of_time(in_order, kind):
    mixed = table(period=pd.Series(in_order, dtype=kind)).iloc[[2, 0, 3, 1]]
    kept = mixed.copy(deep=True)
    charted = spc.control_chart(mixed, chart="i")
    assert charted["period"].tolist() == in_order
    assert charted["value"].tolist() == [5, 6, 4, 7]
    assert spc.verdict(charted, better="lower")["period"].tolist() == in_order[-1:]
    pd.testing.assert_frame_equal(mixed, kept)


def test_signals_are_looked_for_in_the_order_of_time():
    months = [f"2024-{month}" for month in range(1, 13)] + [f"2025-{month}" for month in range(1, 13)]
    value = [5, 7, 6, 8, 5, 7, 6, 8, 7, 9, 10, 12, 13, 14, 15, 16, 5, 6, 7, 5, 6, 8, 7, 6]
    written = pd.DataFrame({"period": months, "value": value})
    real = written.assign(period=pd.to_datetime(written["period"], format="%Y-%m"))
    for rules in ("anhoej", "shewhart", "nhs"):
        ours, right = (spc.control_chart(each, chart="i", rules=rules) for each in (written, real))
        assert ours["signal"].tolist() == right["signal"].tolist()
        assert right["signal"].ne("").any()


def test_one_month_written_in_two_ways_is_one_point():
    charted = spc.limits(table(period=["2024-1", "2024-01", "Feb 2024", "2024-3"]), chart="i")
    assert charted["value"].tolist() == [5.5, 4, 7]


def test_an_order_given_by_the_caller_stays():
    months = pd.Categorical(["Jan", "Feb", "Mar", "Apr"], ["Jan", "Feb", "Mar", "Apr"], ordered=True)
    assert spc.limits(table(period=months), chart="i")["value"].tolist() == [5, 6, 4, 7]


def test_days_as_objects_are_put_in_order():
    days = pd.Series([datetime.date(2024, 10, 1), datetime.date(2024, 2, 1)])
    assert dates.in_time(days, "day").tolist() == [1, 0]


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (
            ["Jan", "Feb", "Mar", "Apr"],
            "holds 'Jan', which is a month without a year; write dates such as 20",
        ),
        (["Jan 24", "Feb 24", "Mar 24", "Apr 24"], "holds 'Jan 24', which may be a day or a year; write"),
        (["1-Jan", "2-Jan", "3-Jan", "4-Jan"], "holds '1-Jan', which may be a day or a year; write dates"),
        (
            ["01/02/2020", "02/02/2020", "03/02/2020", "04/02/2020"],
            "column 'period' holds '01/02/2020', which may have the day or the month first; write dates such",
        ),
        (
            ["1.2.20", "2.2.20", "3.2.20", "4.2.20"],
            "holds '1.2.20', which may have the day or the month first",
        ),
        ([1, "a", 2, 3], "column 'period' mixes kinds of values, so it cannot be put in order; write all of"),
        (
            ["2024-01", " ", "2024-03", "2024-04"],
            "column 'period' is blank in row 1 (rows are counted from 0)",
        ),
    ],
)
@pytest.mark.parametrize("ask", [lambda given: spc.limits(given, chart="i"), spc.suggest_chart])
def test_an_order_of_time_that_is_not_clear_is_refused(period, sentence, ask):
    given = table(period=period)
    refused(lambda: ask(given), sentence, given)


@pytest.mark.parametrize(
    ("given", "held"),
    [([1, 2], "a list"), (pd.Series([1, 2]), "a Series"), (None, "None"), ({"value": [1]}, "a dict")],
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda given: spc.limits(given, chart="i"),
        lambda given: spc.control_chart(given, chart="p"),
        spc.suggest_chart,
    ],
)
def test_what_is_no_table_is_refused(given, held, ask):
    refused(lambda: ask(given), f"table is {held}; give a pandas DataFrame")


@pytest.mark.parametrize(
    ("name", "chart"), [("value", "i"), ("period", "i"), ("numerator", "c"), ("denominator", "p")]
)
def test_a_column_that_stands_twice_is_refused(name, chart):
    given = twice(name) if name != "denominator" else pd.concat([table(), table()[[name]]], axis="columns")
    sentence = f"column {name!r} stands twice in the table; rename one"
    refused(lambda: spc.limits(given, chart=chart), sentence, given)
    refused(lambda: spc.suggest_chart(given), sentence, given)


def test_a_column_that_stands_twice_and_is_not_read_does_no_harm():
    given = pd.concat([table(note=1), table(note=2)[["note"]]], axis="columns")
    assert len(spc.limits(given, chart="i")) == 4


@pytest.mark.parametrize(
    ("by", "sentence"),
    [
        (3, "by is 3; give the name of a column, or a list of names"),
        (["s", "s"], "by names column 's' twice; name it once"),
        ([["s"]], "by holds ['s']; give the name of a column, or a list of names"),
        ("period", "by and when both name column 'period'; leave it out of by"),
        ("lists", "column 'lists' holds lists, which tell no series apart; write each as text or a number"),
    ],
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda given, by: spc.limits(given, chart="i", by=by),
        lambda given, by: spc.suggest_chart(given, by=by),
    ],
)
def test_what_tells_no_series_apart_is_refused(by, sentence, ask):
    given = table(s="a", lists=[[1], [2], [3], [4]])
    refused(lambda: ask(given, by), sentence, given)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"exclude": [2]}, "exclude is [2]; give the name of a column of True and False"),
        ({"exclude": pd.Series([True])}, "exclude is a Series; give the name of a column of True and False"),
        ({"phase": ["a", "b"]}, "phase is ['a', 'b']; give the name of a column"),
        ({"phase": "lists"}, "column 'lists' holds lists; give each phase a name or a number"),
        ({"baseline": [1, 2]}, "baseline is [1, 2]; give a number of points from 1, or the name of a column"),
        ({"when": ["period"]}, "when is ['period']; give the name of a column"),
        ({"value": ["value"]}, "value is ['value']; give the name of a column"),
        ({"screen": "no"}, "screen is 'no'; give True or False"),
        ({"screen": np.nan}, "screen is nan; give True or False"),
        ({"centre": True}, "centre is True; give a number, before scaling"),
        ({"scale": True}, "scale is True; give a number above 0, such as 100 for percent"),
    ],
)
def test_what_cannot_be_asked_of_limits_is_refused(asked, sentence):
    given = table(lists=[[1], [2], [3], [4]])
    refused(lambda: spc.limits(given, chart="i", **asked), sentence, given)


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (None, "rules is None; choose anhoej, ihi_run, shewhart, nhs, or give your own rules"),
        (1, "rules is 1; choose anhoej, ihi_run, shewhart, nhs, or give your own rules"),
        ((spc.Rule("shift", "long"),), "the length of rule 'shift' is 'long'; give a whole number from 2"),
        ((spc.Rule("shift", np.nan),), "the length of rule 'shift' is nan; give a whole number from 2"),
    ],
)
def test_what_is_no_set_of_rules_is_refused(rules, sentence):
    charted = spc.limits(table(), chart="i")
    refused(lambda: spc.signals(charted, rules=rules), sentence, charted)
    refused(lambda: spc.false_alarms(24, rules), sentence)


@pytest.mark.parametrize("points", ["a", None, np.nan, np.inf, 24.5, True, 0, -3])
def test_what_is_no_number_of_points_is_refused(points):
    refused(
        lambda: spc.false_alarms(points), f"a series of {points!r} points cannot be; give a number from 1"
    )


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (np.nan, "target is nan; give a number, or a table with a column 'target'"),
        (np.inf, "target is inf; give a number"),
        (True, "target is True; give a number"),
        (pd.Series([1, 2]), "target is a Series; give a number"),
        (
            pd.DataFrame({"s": [1], "target": [5]}),
            "target names no series of the chart; write them as in the ch",
        ),
        (pd.DataFrame({"s": [["a"]], "target": [5]}), "column 's' holds lists, which tell no series apart"),
        (pd.DataFrame({"s": ["b"], "target": [5]}), "write them as in the chart, such as 'a'"),
    ],
)
def test_a_target_that_says_nothing_is_refused(target, sentence):
    charted = spc.limits(table(s="a"), chart="i", by="s")
    refused(lambda: spc.verdict(charted, better="lower", target=target), sentence, charted)


@pytest.mark.parametrize("chart", [["i"], 1, "pie"])
def test_what_is_no_chart_is_refused(chart):
    given = table()
    sentence = f"there is no chart {chart!r}; choose one of run, i, i'"
    refused(lambda: spc.limits(given, chart=chart), sentence, given)
    refused(lambda: spc.false_alarms(24, chart=chart), sentence)


def test_targets_of_other_series_do_no_harm():
    charted = spc.limits(table(s="a"), chart="i", by="s")
    target = pd.DataFrame({"s": ["b", "a"], "target": [5, 90]})
    assert spc.verdict(charted, better="lower", target=target)["assurance"].tolist() == ["consistent_pass"]


DAYS = pd.date_range("2024-01-01", periods=4)


@pytest.mark.parametrize(
    ("column", "held"),
    [
        (DAYS, "dates"),
        (DAYS.tz_localize("UTC"), "dates"),
        (DAYS.to_period("D"), "dates"),
        (pd.Series(DAYS.date), "dates"),
        (DAYS - DAYS[0], "lengths of time"),
        ([1j, 2, 3, 4], "complex numbers"),
        ([True, False, True, True], "True and False"),
        (pd.Series([True, None, True, True], dtype=object), "True and False"),
        (pd.Series([True, None, True, True], dtype="boolean"), "True and False"),
    ],
)
@pytest.mark.parametrize(("name", "chart"), [("value", "i"), ("numerator", "c"), ("denominator", "u")])
def test_what_is_no_number_is_refused(column, held, name, chart):
    given = table(**{name: column})
    sentence = f"column {name!r} holds {held}, which are no numbers; give a column of numbers"
    refused(lambda: spc.limits(given, chart=chart), sentence, given)
    refused(lambda: spc.suggest_chart(given), sentence, given)


def test_a_number_with_a_comma_is_told_how_to_be_written():
    given = table(value=["3,1", "2", "4", "5"])
    sentence = "column 'value' holds '3,1' in row 0, which is no number; write it as a number such as 3.1, or"
    refused(lambda: spc.limits(given, chart="i"), sentence, given)


@pytest.mark.parametrize("kind", [object, "str", "category"])
def test_blanks_and_outer_spaces_start_no_phase(kind):
    given = table(phase=pd.Series(["a", "a ", " ", " b"], dtype=kind))
    kept = given.copy(deep=True)
    assert spc.limits(given, chart="i", phase="phase")["phase"].tolist() == [1, 1, 1, 2]
    pd.testing.assert_frame_equal(given, kept)


@pytest.mark.parametrize("ask", [spc.signals, spc.run_tests, spc.run_counts])
def test_what_is_no_charted_table_is_refused_in_one_sentence(ask):
    with pytest.raises(ValueError, match="table is a list; give a pandas DataFrame"):
        ask([1])

"""Careless calls to the measures and the gap: each is refused in one sentence that says what and where."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import equity

ROWS = pd.DataFrame(
    {
        "group": ["a", "b", "c"],
        "rate": [40.0, 50.0, 66.0],
        "people": [30, 40, 50],
        "se": [5.0, 4.0, 3.0],
        "order": [1, 2, 3],
        "year": 2020,
    }
)
TOLD = {"group": "group", "estimate": "rate", "better": "higher", "population": "people", "se": "se"}


def refused(call, sentence):
    with pytest.raises(ValueError, match=sentence) as told:
        call()
    assert "\n" not in str(told.value)
    assert str(told.value).count(". ") == 0


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"better": "up"}, "better is 'up'; say 'higher' or 'lower'"),
        ({"better": None}, "better is None; say"),
        ({"better": "neither"}, "one end must be the better one"),
        ({"model": "probit"}, "model is 'probit'; choose one of logistic, linear"),
        ({"model": ["linear"]}, "model is \\['linear'\\]; choose"),
        ({"rci": "gini"}, "rci is 'gini'; choose one of standard, wagstaff, erreygers"),
        ({"rci": "wagstaff"}, "rci='wagstaff' needs bounds"),
        ({"bounds": (100, 0)}, "give the lowest figure first"),
        ({"bounds": 100}, "bounds is 100; give the lowest and the highest"),
        ({"bounds": (0, "all")}, "give the lowest and the highest"),
        ({"bounds": (45, 100)}, "bounds are 45 and 100, and the figure of a lies outside"),
        ({"scale": 0}, "scale is 0; give the figure that stands for everybody"),
        ({"scale": "percent"}, "scale is 'percent'"),
        ({"confidence": 95}, "confidence is 95; give a number above 0 and below 1"),
        ({"confidence": (0.9, 0.95)}, "confidence is \\(0.9, 0.95\\)"),
        ({"names": ["gini"]}, "there is no measure 'gini'; choose from difference ratio"),
        ({"names": []}, "names is empty; choose from"),
        ({"names": "sii"}, "sii needs order, a column in which 1 is the most disadvantaged group"),
        ({"names": "mdrw"}, "mdrw needs a reference, such as a group's label, best, largest or overall"),
        ({"names": "bgv", "population": None}, "bgv needs population, a column with the number of people"),
        ({"names": "paf", "population": None}, "paf needs population, .* or the average"),
        (
            {"reference": "z"},
            "no group is called 'z'; choose one of best, largest, overall or a label: a, b, c",
        ),
        ({"estimate": "figure"}, "column 'figure' is not in the table"),
        ({"group": "name"}, "column 'name' is not in the table"),
        ({"by": "place"}, "column 'place' is not in the table"),
        ({"average": "mean"}, "column 'mean' is not in the table"),
        ({"by": ["year", "year"]}, "by names column 'year' twice"),
        ({"by": ["year", "measure"]}, "by names column 'measure', and so does the result; rename it"),
    ],
)
def test_options_that_cannot_be(asked, sentence):
    refused(lambda: equity.measures(ROWS, **(TOLD | asked)), sentence)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"group": ["a", "b", "a"]}, "a group stands twice in rows 0, 2 .*; give one row for each group"),
        ({"se": [1.0, -1.0, 2.0]}, "a standard error is below zero in row 1"),
        ({"people": [1, -4, -2]}, "a number of people is below zero in rows 1, 2"),
        ({"rate": [40, "many", 50]}, "column 'rate' holds 'many' in row 1, which is no number"),
        ({"rate": [40, np.inf, 50]}, "column 'rate' holds 'inf' in row 1"),
        ({"order": ["first", 2, 3]}, "column 'order' holds 'first' in row 0"),
        ({"people": pd.to_datetime(["2020"] * 3)}, "column 'people' holds dates"),
    ],
)
def test_numbers_that_cannot_be(changed, sentence):
    refused(lambda: equity.measures(ROWS.assign(**changed), **TOLD, order="order"), sentence)


def test_several_averages_in_one_setting():
    rows = ROWS.assign(all=[50.0, 50.0, 51.0])
    refused(
        lambda: equity.measures(rows, **TOLD, average="all"),
        "one setting has several averages in rows 0, 1, 2",
    )


def test_no_table():
    refused(lambda: equity.measures(None, **TOLD), "table is None; give a pandas DataFrame")  # type: ignore[arg-type]


@pytest.mark.parametrize("reference", [None, "a", "best", "largest", "overall"])
@pytest.mark.parametrize("order", [None, "order"])
def test_an_empty_table_gives_an_empty_table(reference, order):
    found = equity.measures(ROWS.iloc[:0], **TOLD, order=order, reference=reference, by="year")
    assert found.empty
    assert list(found.columns[:4]) == ["year", "measure", "value", "se"]


COUNTS = pd.DataFrame({"period": 1, "group": ["a", "b"], "numerator": [4, 9], "denominator": [20, 25]})


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"reference": "best"}, "better is None; say 'higher' or 'lower'"),
        ({"reference": "best", "better": "more"}, "better is 'more'"),
        ({"reference": "best", "better": "lower"}, "no group has 30 people or more, so none can be the best"),
        ({"reference": "z"}, "no row has 'z' in 'group'; choose one of best"),
    ],
)
def test_a_gap_without_a_reference_there_can_be(asked, sentence):
    refused(lambda: equity.gap(COUNTS, by="group", **asked), sentence)


def test_a_gap_where_nobody_was_counted():
    nobody = COUNTS.assign(numerator=0, denominator=0)
    refused(
        lambda: equity.gap(nobody, by="group", reference="largest"), "no group has people, so none can be the"
    )

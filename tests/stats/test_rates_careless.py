"""Careless calls of the functions for rates: one clear sentence each, and the table is left alone."""

from typing import Any

import pandas as pd
import pytest

from pophealth.stats import rates
from pophealth.stats.life_tables import BANDS

OURS = pd.DataFrame({"age_band": BANDS, "population": 1})
REFERENCE: dict[str, Any] = {"reference_numerator": "seen", "reference_denominator": "all"}
ASK = {
    "proportion": rates.proportion,
    "rate": rates.rate,
    "mean": lambda table, **asked: rates.mean(table, value="numerator", **asked),
    "direct": lambda table, **asked: rates.directly_standardised(table, standard=OURS, **asked),
    "indirect": lambda table, **asked: rates.indirectly_standardised(table, **REFERENCE, **asked),
    "compare": lambda table, **asked: rates.compare(table, reference="a", **{"by": "group", **asked}),
    "excess": lambda table, **asked: rates.excess(table, reference="a", **{"by": "group", **asked}),
    "quantile": lambda table, **asked: rates.quantile(table, value="numerator", groups=2, **asked),
    "funnel": rates.funnel_limits,
    "curve": rates.funnel_curve,
    "life": rates.life_expectancy,
}
each = pytest.mark.parametrize("name", ASK)


def table(**more):
    made = {
        "group": ["a", "b"] * 10,
        "age_band": BANDS,
        "numerator": 3,
        "denominator": 600,
        "seen": 1,
        "all": 9,
    }
    return pd.DataFrame(made | more)


def refused(name, given, sentence, **asked):
    kept = given.copy(deep=True) if isinstance(given, pd.DataFrame) else None
    with pytest.raises(ValueError, match=sentence) as told:
        ASK[name](given, **asked)
    assert "\n" not in str(told.value)
    assert str(told.value).count(". ") == 0
    if kept is not None:
        pd.testing.assert_frame_equal(given, kept)


@each
def test_what_is_no_table_is_refused(name):
    refused(name, [1, 2], "table is a list; give a pandas DataFrame")


@each
def test_a_column_that_is_missing_or_stands_twice_is_refused(name):
    refused(name, table().drop(columns="numerator"), "column 'numerator' is not in the table; it has 'group'")
    twice = pd.concat([table(), table()[["numerator"]]], axis="columns")
    refused(name, twice, "column 'numerator' stands twice in the table; rename one")


@each
@pytest.mark.parametrize(
    ("by", "sentence"),
    [
        (3, "by is 3; give the name of a column, or a list of names"),
        (["group", "group"], "by names column 'group' twice; name it once"),
        ("site", "column 'site' is not in the table"),
        ("lists", "column 'lists' holds lists, which tell no series apart; write each as text or a number"),
        ("reason", "by names column 'reason', which the result fills itself; rename the column"),
    ],
)
def test_what_tells_no_groups_apart_is_refused(name, by, sentence):
    refused(name, table(lists=[[at] for at in range(20)], reason="x"), sentence, by=by)


@each
@pytest.mark.parametrize(
    ("column", "held"),
    [
        (pd.date_range("2024-01-01", periods=20), "holds dates, which are no numbers"),
        ([True, False] * 10, "holds True and False, which are no numbers"),
        (["3,1"] * 20, "holds '3,1' in row 0, which is no number; write it as a number such as 3.1"),
        ([float("inf"), *[1] * 19], "holds 'inf' in row 0, which is no number"),
    ],
)
def test_what_is_no_number_is_refused(name, column, held):
    refused(name, table(numerator=column), f"column 'numerator' {held}")


@pytest.mark.parametrize("name", [name for name in ASK if name not in ("mean", "quantile")])
def test_a_count_below_zero_is_refused_by_its_row(name):
    refused(name, table(numerator=[*[1] * 19, -1]), "a count is below zero in row 19")
    refused(
        name, table(denominator=[600, -600] * 10), "a count is below zero in rows 1, 3, 5, 7, 9 and 5 more"
    )


@pytest.mark.parametrize("name", ["proportion", "compare", "excess", "funnel", "curve"])
def test_shares_take_no_more_cases_than_people_and_nobody_in_part(name):
    refused(name, table(numerator=[*[1] * 19, 601]), "the numerator is above the denominator in row 19")
    refused(name, table(numerator=[0.5, *[1] * 19]), "a count of people is not whole in row 0")
    assert len(ASK[name](table(numerator=0.1 * 3 * 10)))


@pytest.mark.parametrize("name", [name for name in ASK if name != "quantile"])
@pytest.mark.parametrize("level", [0, 1, 95, -0.5, ()])
def test_a_level_that_cannot_be_is_refused(name, level):
    refused(name, table(), "give a number above 0 and below 1, such as 0.95", confidence=level)


@pytest.mark.parametrize("name", ["compare", "excess"])
def test_there_must_be_something_to_compare(name):
    refused(name, table(group="a"), "column 'group' holds only 'a' in all rows; name a column with two gr")
    refused(name, table(group="b"), "column 'group' holds only 'b' in all rows")
    refused(name, table(group=["b", "c"] * 10), "no row has 'a' in 'group'; choose one of best")
    refused(name, table(numerator=None), "columns 'numerator' and 'denominator' hold no row with both counts")

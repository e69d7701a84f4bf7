"""Counts and groups that cannot be: one sentence with the column, the rows and what to do."""

import pandas as pd
import pytest

from pophealth.stats import equity, privacy, rates, segments
from tests.stats.test_careless import refused

COUNTS = {"numerator": "falls", "denominator": "residents"}
HELD = {"by": "ward", "reference": "east"}
SHARES = {
    "proportion": lambda table: rates.proportion(table, **COUNTS),
    "compare": lambda table: rates.compare(table, **COUNTS, **HELD),
    "excess": lambda table: rates.excess(table, **COUNTS, **HELD),
    "funnel": lambda table: rates.funnel_limits(table, **COUNTS),
    "gap": lambda table, **asked: equity.gap(table, **COUNTS, **(HELD | asked)),
    "segments": lambda table, **asked: segments.compare(
        table, **COUNTS, **({"better": "lower"} | HELD | asked)
    ),
    "suppress": lambda table: privacy.suppress(table, count="falls", denominator="residents", by="ward"),
}
RATES = {
    "rate": lambda table: rates.rate(table, **COUNTS),
    "direct": lambda table: rates.directly_standardised(table, **COUNTS, standard=AGES, by="ward"),
    "indirect": lambda table: rates.indirectly_standardised(
        table, **COUNTS, reference_numerator="falls", reference_denominator="residents"
    ),
}
AGES = pd.DataFrame({"age_band": ["old"], "population": [1]})
each_share = pytest.mark.parametrize("ask", SHARES.values(), ids=SHARES)
each = pytest.mark.parametrize("ask", (SHARES | RATES).values(), ids=SHARES | RATES)


def wards(**changed):
    counts = {"falls": [12, 20, 31], "residents": [90, 80, 70], "ward": ["east", "north", "west"]}
    return pd.DataFrame(counts | changed).assign(period="2021-01-01", age_band="old")


@each
def test_a_count_below_zero_is_named_with_its_column(ask):
    sentence = "a count is below zero in row 1 (rows are counted from 0) of column 'residents'; correct it"
    given = wards(residents=[90, -80, 70])
    refused(lambda: ask(given), sentence, given)
    given = wards(falls=[12, 20, -1])
    refused(
        lambda: ask(given),
        "a count is below zero in row 2 (rows are counted from 0) of column 'falls'",
        given,
    )


@each_share
def test_a_numerator_above_its_denominator_is_named_with_both_columns(ask):
    given = wards(falls=[91, 20, 71])
    sentence = (
        "in rows 0, 2 (rows are counted from 0) of columns 'falls' and 'residents'; correct it, or work"
    )
    refused(lambda: ask(given), f"the numerator is above the denominator {sentence}", given)


@pytest.mark.parametrize("name", ["proportion", "compare", "excess", "funnel", "gap", "segments", "suppress"])
def test_a_part_of_a_person_is_named_with_its_column(name):
    given = wards(falls=[12, 20.5, 31])
    what = "column 'falls' holds a part of a person in row 1" if name == "suppress" else ""
    whole = (
        "a count of people is not whole in row 1 (rows are counted from 0) of column 'falls'; write how many"
    )
    refused(lambda: SHARES[name](given), what or whole, given)


@pytest.mark.parametrize("name", ["compare", "excess", "gap", "segments"])
def test_a_reference_that_is_not_there_and_one_group_only(name):
    given = wards(ward=["north", "south", "west"])
    sentence = (
        "no row has 'east' in 'ward'; choose one of best, largest, overall, or a group that is there: 'nor"
    )
    refused(lambda: SHARES[name](given), sentence, given)
    given = wards(ward="east")
    refused(
        lambda: SHARES[name](given), "column 'ward' holds only 'east' in all rows; name a column with", given
    )


def test_the_first_few_groups_are_named_where_there_are_many():
    many = pd.concat([wards(ward=[f"{part}{at}" for at in range(3)]) for part in "abc"])
    refused(lambda: SHARES["compare"](many), "is there: 'a0', 'a1', 'a2', 'b0', 'b1', and others", many)


@pytest.mark.parametrize("name", ["compare", "excess", "gap", "segments", "funnel"])
def test_all_suppressed(name):
    given = wards(falls=[None] * 3)
    refused(
        lambda: SHARES[name](given), "columns 'falls' and 'residents' hold no row with both counts", given
    )
    refused(lambda: SHARES[name](given), "fill them in, or join", given)


def test_all_suppressed_is_missing_where_each_group_stands_alone():
    given = wards(falls=[None] * 3)
    assert SHARES["proportion"](given)["reason"].tolist() == ["a count is missing"] * 3
    assert SHARES["suppress"](given)["suppressed"].tolist() == [""] * 3


@pytest.mark.parametrize("name", ["gap", "segments"])
@pytest.mark.parametrize("confidence", ["95%", 95, None, True])
def test_what_is_no_level_of_confidence(name, confidence):
    sentence = f"confidence is {confidence!r}; give a number above 0 and below 1, such as 0.95"
    refused(lambda: SHARES[name](wards(), confidence=confidence), sentence)
    refused(
        lambda: rates.proportion(wards(), **COUNTS, confidence=(0.9, confidence)), "; give a number above 0"
    )


def test_an_unknown_standard_and_a_band_that_is_not_in_ones_own():
    given = wards()
    ask = {"by": "ward", **COUNTS}
    refused(
        lambda: rates.directly_standardised(given, standard="us2020", **ask),
        "there is no standard 'us2020'; choose one of us2000_19, us2000_11, esp2013, name a column of weigh",
        given,
    )
    refused(
        lambda: rates.directly_standardised(given, standard=AGES.assign(age_band="young"), **ask),
        "column 'age_band' holds 'old' in row 0 (rows are counted from 0), which is no age band of your own",
        given,
    )


def series(**changed):
    made = {"measure": "falls", "period": ["2021-01-01", "2021-02-01"], "value": None, "note": ""}
    counts = {"numerator": [20, 30], "denominator": [90, 90], "stratifier": "", "stratum": ""}
    return pd.DataFrame(made | counts | changed)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"numerator": [20, -3]},
            "a count is below zero in row 1 (rows are counted from 0) of column 'numerator'",
        ),
        (
            {"numerator": ["20", "<5"]},
            "column 'numerator' holds '<5' in row 1, which is no number; write it as",
        ),
    ],
)
def test_a_series_with_counts_that_cannot_be(changed, sentence):
    given = series(**changed)
    refused(lambda: privacy.join_periods(given), sentence, given)
    refused(lambda: privacy.audit_releases([given.assign(length="month")]), sentence)


def test_releases_that_cannot_be():
    given = series(numerator=[20, 2.5]).assign(length="month")
    refused(lambda: privacy.audit_releases([given]), "a count of people is not whole in row 1", given)
    given = series(numerator=[20, 91]).assign(length="month")
    refused(
        lambda: privacy.audit_releases([given]), "above the denominator in row 1 (rows are counted", given
    )
    for nothing in ([], given):
        refused(
            lambda nothing=nothing: privacy.audit_releases(nothing), "releases is no list of tables; give all"
        )


@pytest.mark.parametrize("policy", [float("nan"), ["cms11"], 1, 2.5])
def test_what_is_no_policy(policy):
    ask = {"count": "falls", "by": "ward", "policy": policy}
    refused(lambda: privacy.suppress(wards(), **ask), f"policy is {policy!r}; name one of cms11, ons3, opens")

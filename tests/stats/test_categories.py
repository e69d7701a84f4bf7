"""Race, ethnicity and language: each precedence against a count person by person."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import categories
from pophealth.stats.category_labels import SCHEMES

SEVEN = [
    *("American Indian or Alaska Native", "Asian", "Black or African American", "Hispanic or Latino"),
    *("Middle Eastern or North African", "Native Hawaiian or Pacific Islander", "White"),
]
COUNTS = ["numerator", "denominator"]


def people(seed, *, two_questions):
    """Made-up answers: a row for each answer with its counts, and the groups that were meant."""
    luck = np.random.default_rng(seed)
    groups = [group for group in SEVEN if not two_questions or group not in (SEVEN[3], SEVEN[4])]
    rows = []
    for _ in range(60):
        chosen = list(luck.choice(groups, luck.integers(0, 4), replace=False))
        unknown = luck.choice(["not recorded", "declined"])
        ethnicity = luck.choice(["Hispanic or Latino", "Not Hispanic or Latino", "declined", ""])
        rows.append((luck.choice(["2020-01", "2020-02"]), chosen, unknown, ethnicity))
    table = pd.DataFrame(rows, columns=["period", "chosen", "unknown", "ethnicity"])
    table["race"] = ["; ".join(row.chosen) or row.unknown for row in table.itertuples()]
    return table.assign(denominator=luck.integers(10, 90, 60)).assign(numerator=luck.integers(0, 10, 60))


def by_hand(table, precedence, *, two_questions):
    """Sum person by person, from the words of the directive alone."""
    sums = {}
    for row in table.itertuples():
        groups = {*row.chosen} | (
            {"Hispanic or Latino"} if two_questions and "Not" not in row.ethnicity else set()
        )
        if two_questions and not row.ethnicity.startswith("Hispanic"):
            groups -= {"Hispanic or Latino"}
        if not groups:
            refused = "declined" in (row.unknown, row.ethnicity if two_questions else "")
            groups = {"declined" if refused else "not recorded"}
        elif precedence == "hispanic_first" and "Hispanic or Latino" in groups:
            groups = {"Hispanic or Latino"}
        elif precedence == "hispanic_first" and len(groups) > 1:
            groups = {"Multiracial"}
        for group in groups:
            before = sums.get((row.period, group), (0, 0))
            sums[row.period, group] = (before[0] + row.numerator, before[1] + row.denominator)
    return sums


@pytest.mark.parametrize("precedence", ["hispanic_first", "alone_or_in_combination"])
@pytest.mark.parametrize("two_questions", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_every_person_is_counted_where_the_directive_says(seed, two_questions, precedence):
    table = people(seed, two_questions=two_questions)
    before = table.copy(deep=True)
    ethnicity = "ethnicity" if two_questions else None
    found = categories.crosswalk(table, precedence=precedence, ethnicity=ethnicity, by="period")
    assert list(found.columns) == [*("period", "stratifier", "stratum"), *COUNTS, "exclusive", "method"]
    told = {(row.period, row.stratum): (row.numerator, row.denominator) for row in found.itertuples()}
    assert told == by_hand(table, precedence, two_questions=two_questions)
    once = precedence == "hispanic_first"
    alone = found["stratum"].isin(["not recorded", "declined"])
    assert found["exclusive"].equals(alone | once)
    pd.testing.assert_frame_equal(table, before)


def test_nobody_is_lost_when_each_person_has_one_group():
    table = people(4, two_questions=True)
    found = categories.crosswalk(table, precedence="hispanic_first", ethnicity="ethnicity", by="period")
    assert found["exclusive"].all()
    added = categories.add_up(found, by="period").set_index("period")
    pd.testing.assert_frame_equal(added, table.groupby("period")[COUNTS].sum().astype(float))
    assert categories.add_up(found)["denominator"].tolist() == [table["denominator"].sum()]


def test_groups_alone_or_in_combination_are_never_added_up():
    found = categories.crosswalk(people(5, two_questions=False), precedence="alone_or_in_combination")
    known = found["stratum"].isin(["not recorded", "declined"])
    assert found["exclusive"].equals(known)
    assert found["denominator"].sum() > people(5, two_questions=False)["denominator"].sum()
    with pytest.raises(
        ValueError, match=r"can stand in several groups .* in rows 0, 1, 2, 3, 4 and 2 more .*; do not"
    ):
        categories.add_up(found)
    assert len(categories.add_up(found, by="stratum")) == len(found)
    assert categories.add_up(found[known])["denominator"].iloc[0] == found.loc[known, "denominator"].sum()


def test_two_splits_are_never_added_up():
    table = people(6, two_questions=False)
    race = categories.crosswalk(table, precedence="hispanic_first")
    age = race.assign(stratifier="age")
    with pytest.raises(
        ValueError, match=r"different splits .*'race and ethnicity', 'age'.*; add up one split"
    ):
        categories.add_up(pd.concat([race, age]))
    assert len(categories.add_up(pd.concat([race, age]), by="stratifier")) == 2


def test_the_two_forms_are_literals_with_their_source():
    new, old = SCHEMES["spd15-2024"], SCHEMES["spd15-1997"]
    assert list(new.groups) == SEVEN
    assert len(old.groups) == 5
    assert old.second == ("Hispanic or Latino", "Not Hispanic or Latino")
    assert set(old.groups) | {SEVEN[3], SEVEN[4]} == set(SEVEN)
    assert "March 28, 2024" in new.source
    assert "March 28, 2029" in new.source


@pytest.mark.parametrize(
    ("written", "group"),
    [
        *(("AI/AN", SEVEN[0]), ("black", SEVEN[2]), (" Latino ", SEVEN[3]), ("MENA", SEVEN[4])),
        *(("Native Hawaiian or Other Pacific Islander", SEVEN[5]), ("Two or more races", "Multiracial")),
        *(("Unknown", "not recorded"), (None, "not recorded"), ("Prefer not to say", "declined")),
        *(("Asian; unknown", SEVEN[1]), ("white;WHITE", SEVEN[6]), ("Asian ; Hispanic", SEVEN[3])),
    ],
)
def test_other_ways_to_write_a_group(written, group):
    table = pd.DataFrame({"race": [written], "numerator": 1, "denominator": 2})
    assert categories.crosswalk(table, precedence="hispanic_first")["stratum"].tolist() == [group]


def test_a_missing_count_adds_nothing():
    table = pd.DataFrame(
        {"race": ["Asian", "Asian", "White"], "numerator": [1, None, None], "denominator": [5, 7, 9]}
    )
    found = categories.crosswalk(table, precedence="hispanic_first")
    assert found["denominator"].fillna(-1).tolist() == [5, -1]


def test_languages_keep_those_asked_for():
    told = ["English", "es", "Somali", "eng", "Klingon", "Declined", "", "und"]
    table = pd.DataFrame({"language": told, "numerator": 1, "denominator": 10})
    found = categories.languages(table, keep=("English", "Spanish"))
    assert dict(zip(found["stratum"], found["denominator"], strict=True)) == {
        **{"English": 20, "Spanish": 10, "another language": 20, "not recorded": 20, "declined": 10},
    }
    assert found["exclusive"].all()
    assert len(categories.languages(table.iloc[:0], keep=("English",))) == 0


@pytest.mark.parametrize(
    ("change", "asked", "sentence"),
    [
        (
            {"race": ["Asian", "Martian", "Martian"]},
            {},
            "'race' holds 'Martian', .* in rows 1, 2 .*; write one of: A",
        ),
        (
            {"race": ["Asian", "no", "White"]},
            {},
            "'race' holds 'no', which is no group of the form, in row 1",
        ),
        ({"ethnicity": ["no", "Asian", "no"]}, {"ethnicity": "ethnicity"}, "'ethnicity' holds 'asian'"),
        (
            {},
            {"precedence": "white_first"},
            "no precedence 'white_first'; choose one of hispanic_first, alone_",
        ),
        ({}, {"ethnicity": "hispanic"}, "column 'hispanic' is not in the table"),
        ({"numerator": [1, 2, 99]}, {}, "the numerator is above the denominator in row 2"),
        ({"denominator": [9, 9, "x"]}, {}, "column 'denominator' holds 'x' in row 2"),
    ],
)
def test_bad_input_is_one_clear_sentence(change, asked, sentence):
    table = pd.DataFrame({"race": "Asian", "ethnicity": "no", "numerator": [1, 2, 3], "denominator": 9})
    with pytest.raises(ValueError, match=sentence) as wrong:
        categories.crosswalk(table.assign(**change), **{"precedence": "hispanic_first"} | asked)
    assert "\n" not in str(wrong.value)


def test_an_empty_table_gives_an_empty_table():
    table = pd.DataFrame(columns=["race", "period", *COUNTS])
    found = categories.crosswalk(table, precedence="hispanic_first", by="period")
    assert len(found) == 0
    assert {"period", "stratum", "exclusive"} <= set(found.columns)

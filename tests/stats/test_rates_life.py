import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates
from pophealth.stats.life_tables import AGES, BANDS
from tests.stats import rates_by_hand

LIMITS = ["value", "lower", "upper"]
DEATHS = [25, 4, 2, 2, 4, 5, 6, 8, 11, 17, 27, 42, 66, 104, 161, 248, 375, 549, 770, 980]
PEOPLE = [6000, *[5000] * 18, 2500]


def place(deaths=DEATHS, people=PEOPLE, name="a", bands=BANDS):
    return pd.DataFrame({"place": name, "age_band": bands, "numerator": deaths, "denominator": people})


def by_place(*tables, **asked):
    return rates.life_expectancy(pd.concat(tables, ignore_index=True), by="place", **asked)


@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_every_age_agrees_with_the_formulas_worked_out_by_hand(confidence):
    other = [0 if at in (2, 5) else each / 2 for at, each in enumerate(DEATHS)]
    found = by_place(place().sample(frac=1, random_state=1), place(other, name="b"), confidence=confidence)
    for name, deaths in (("a", DEATHS), ("b", other)):
        right = np.array(rates_by_hand.life(deaths, PEOPLE, confidence))
        assert found.loc[found["place"] == name, LIMITS].to_numpy() == pytest.approx(right, rel=1e-9)
    assert found["age"].tolist() == AGES.tolist() * 2
    assert found["age_band"].tolist() == BANDS * 2
    assert set(found["method"]) == {"chiang, silcocks"}


def test_a_band_that_nobody_survives_counts_as_certain_death():
    deaths = [*DEATHS[:18], 2400, 2300]
    people = [*PEOPLE[:18], 2500, 2500]
    assert 5 * 2400 / 2500 / (1 + 5 * 2400 / 2500 / 2) > 1
    found = by_place(place(deaths, people))
    assert found["value"].iloc[:19].notna().all()
    assert found["reason"].iloc[19] == "nobody of this age is left in the table"


def test_ages_may_be_written_as_the_year_a_band_starts():
    right = by_place(place())
    for bands in (AGES, [str(age) for age in AGES], ["0", "1 - 4", *BANDS[2:-1], "90 and over"]):
        pd.testing.assert_frame_equal(by_place(place(bands=bands)), right)


def test_the_column_of_ages_may_have_another_name():
    right = by_place(place())
    found = by_place(place(bands=AGES).rename(columns={"age_band": "age"}))
    pd.testing.assert_frame_equal(found, right.drop(columns="age_band"))
    named = by_place(place().rename(columns={"age_band": "ages"}), band="ages")
    assert named["ages"].tolist() == right["age_band"].tolist()


def test_several_years_of_deaths_are_summed():
    half = place([each / 2 for each in DEATHS], [each / 2 for each in PEOPLE])
    pd.testing.assert_frame_equal(by_place(half, half), by_place(place()))


def test_a_place_without_a_result_says_why_and_stops_nobody_else():
    nobody = [*PEOPLE[:-1], 0]
    found = by_place(
        place(),
        place(name="b").iloc[1:],
        place([*DEATHS[:-1], None], name="c"),
        place([*DEATHS[:-1], 0], nobody, name="d"),
        place([*DEATHS[:-1], 2501], name="e"),
        place([each / 20 for each in DEATHS], [5000 / 20] * 20, name="f"),
        place([*DEATHS[:-1], 0], name="g"),
    )
    told = found.groupby("place")["reason"].agg(["first", "nunique"])
    assert told["first"].tolist() == [
        "",
        "age band <1 is missing",
        "a count is missing in age band 90+",
        "no people counted in age band 90+",
        "more deaths than people in an age band",
        "5,000 people or fewer",
        "no deaths in age band 90+",
    ]
    assert told["nunique"].eq(1).all()
    assert found.loc[found["place"] != "a", LIMITS].isna().all(axis=None)
    assert len(found) == 7 * 20


def test_limits_more_than_twenty_years_apart_stand_without_a_value():
    deaths = [3, *[0] * 18, 1]
    found = by_place(place(deaths, [280] * 20), confidence=(0.5, 0.95))
    right = rates_by_hand.life(deaths, [280] * 20, 0.95)
    assert found["value"].isna().all()
    assert found["lower"].iloc[1::2].to_numpy() == pytest.approx([each[1] for each in right])
    assert found["reason"].unique().tolist() == ["the limits are more than 20 years apart"]


def test_no_group_asked_for_makes_one_and_an_empty_table_stays_empty():
    both = pd.concat([place(), place(name="b")])
    assert rates.life_expectancy(both)["value"].tolist() == pytest.approx(by_place(place())["value"].tolist())
    assert rates.life_expectancy(place().iloc[:0]).empty


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (place([*DEATHS[:-1], -3]), "a count is below zero in row 19"),
        (
            place(bands=[*BANDS[:-1], "85+"]),
            "column 'age_band' holds '85\\+' in row 19 .* no age band of the li",
        ),
        (place().iloc[:-1], "no row of column 'age_band' has age band 90\\+ of the life table; add its rows"),
        (place().drop(columns="age_band"), "'age_band' is not in the table, and 0 others could hold"),
    ],
)
def test_bad_input_is_one_clear_sentence(table, sentence):
    before = table.copy(deep=True)
    with pytest.raises(ValueError, match=sentence):
        by_place(table)
    pd.testing.assert_frame_equal(table, before)

import math

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates, standards
from tests.stats import cases, rates_by_hand

LIMITS = ["value", "lower", "upper"]
OURS = pd.DataFrame({"age_band": ["0-39", "40-69", "70+"], "population": [50, 30.5, 20]})


def county(events, people, name="a", bands=("0-39", "40-69", "70+")):
    return pd.DataFrame({"county": name, "age_band": list(bands), "numerator": events, "denominator": people})


def by_county(*tables, standard: str | pd.DataFrame = OURS, **asked):
    return rates.directly_standardised(
        pd.concat(tables, ignore_index=True), standard=standard, by="county", **asked
    )


def down():
    told = cases.read("down")
    births = np.mean([case["births"] for case in told["cases"]], axis=0)
    table = pd.concat(
        county(case["events"], case["births"], case["order"], told["age"]) for case in told["cases"]
    )
    standard = pd.DataFrame({"age_band": told["age"], "population": births})
    return table, standard, pd.DataFrame(told["cases"])


def test_gamma_limits_agree_with_epitools_on_the_table_of_fay_and_feuer():
    table, standard, right = down()
    found = by_county(table, standard=standard, method="gamma", scale=1)
    assert found["county"].tolist() == right["order"].tolist()
    for name in LIMITS:
        assert found[name].to_numpy() == pytest.approx(right[name].to_numpy(), rel=5e-3)
        assert [float(f"{each:.3g}") for each in found[name]] == right[name].tolist()


@pytest.mark.parametrize("method", ["dobson", "gamma"])
@pytest.mark.parametrize("name", list(standards.STANDARDS))
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_every_group_agrees_with_the_formulas_worked_out_by_hand(method, name, confidence):
    standard = standards.standard(name)
    luck = np.random.default_rng(len(standard))
    size = (4, len(standard))
    people, events = luck.integers(40, 90_000, size), luck.poisson(4, size)
    tables = [
        county(events[at], people[at], f"county {at}", standard["age_band"]).sample(frac=1, random_state=at)
        for at in range(4)
    ]
    found = by_county(*tables, standard=name, method=method, confidence=confidence, scale=1)
    for at in range(4):
        bands = zip(events[at], people[at], standard["population"], strict=True)
        right = rates_by_hand.direct(list(bands), method, confidence)
        assert found.loc[at, LIMITS].tolist() == pytest.approx(right, rel=1e-9)
    assert found["standard"].tolist() == [name] * 4
    assert found["numerator"].tolist() == events.sum(axis=1).tolist()


def test_dobson_uses_byar_and_gives_no_result_below_ten_events():
    few, enough = county([1, 3, 5], 1000), county([1, 3, 6], 1000, "b")
    found = by_county(few, enough)
    assert found.loc[0, LIMITS].isna().all()
    assert found["reason"].tolist() == ["fewer than 10 events", ""]
    assert found["numerator"].tolist() == [9, 10]
    right = rates_by_hand.direct([(1, 1000, 50), (3, 1000, 30.5), (6, 1000, 20)], "dobson", 0.95)
    assert found.loc[1, LIMITS].tolist() == pytest.approx([each * 100_000 for each in right], rel=1e-12)


def test_gamma_gives_a_result_for_any_number_of_events():
    found = by_county(county([0, 0, 0], [4000, 3000, 500]), county([1, 3, 5], 1000, "b"), method="gamma")
    heaviest = 20 / 100.5 / 500
    assert found.loc[0, ["value", "lower"]].tolist() == [0, 0]
    assert found.loc[0, "upper"] == pytest.approx(-math.log(0.025) * heaviest * 100_000, rel=1e-9)
    assert found["reason"].tolist() == ["", ""]
    assert found["value"].iloc[1] > found["lower"].iloc[1] > 0


def test_weights_in_a_column_of_the_table_say_the_same_as_a_table_of_them():
    tables = [county([9, 30, 41], [9000, 8000, 700], "a"), county([4, 44, 10], [90, 8000, 700], "b")]
    right = by_county(*tables)
    weighed = [table.assign(weight=OURS["population"]) for table in tables]
    unnamed = [table.drop(columns="age_band") for table in weighed]
    for given in (weighed, unnamed):
        found = by_county(*given, standard="weight")
        assert found["standard"].tolist() == ["weight", "weight"]
        pd.testing.assert_frame_equal(found.drop(columns="standard"), right.drop(columns="standard"))
    named = [table.rename(columns={"age_band": "age"}) for table in weighed]
    pd.testing.assert_frame_equal(
        by_county(*named, standard="weight", band="age"), by_county(*weighed, standard="weight")
    )


def test_groups_may_have_weights_of_their_own_in_a_column():
    women = county([9, 30, 41], 9000, "w").assign(weight=[48, 32, 20])
    men = county([9, 30, 41], 9000, "m").assign(weight=[52, 30, 18])
    found = by_county(women, men, standard="weight", scale=1)
    for at, weights in enumerate([[52, 30, 18], [48, 32, 20]]):
        right = rates_by_hand.direct(list(zip([9, 30, 41], [9000] * 3, weights, strict=True)), "dobson", 0.95)
        assert found.loc[at, LIMITS].tolist() == pytest.approx(right, rel=1e-12)


def test_no_group_asked_for_makes_one_of_all_rows_and_rows_of_one_band_are_summed():
    tables = county([9, 30, 41], 9000, "a"), county([4, 44, 10], 700, "b")
    whole = rates.directly_standardised(pd.concat(tables), standard=OURS)
    summed = county([13, 74, 51], 9700)
    pd.testing.assert_frame_equal(whole, rates.directly_standardised(summed, standard=OURS))
    one = by_county(county([4, 20, 20], 500), county([5, 10, 21], 8500))
    assert len(one) == 1
    assert one[LIMITS].to_numpy() == pytest.approx(by_county(county([9, 30, 41], 9000))[LIMITS].to_numpy())


def test_what_is_wanting_in_a_band_is_named_and_stops_nobody_else():
    whole = county([9, 30, 41], 9000, "a")
    lost = county([9, 30], 9000, "b", ["0-39", "40-69"])
    blank = county([9, None, 41], 9000, "c")
    nobody = county([9, 30, 0], [9000, 9000, 0], "d")
    several = county([9, None], 9000, "e", ["0-39", "70+"])
    found = by_county(whole, lost, blank, nobody, several)
    assert found["reason"].tolist() == [
        "",
        "age band 70+ is missing",
        "a count is missing in age band 40-69",
        "no people counted in age band 70+",
        "age band 40-69 is missing",
    ]
    assert found[LIMITS].notna().all(axis="columns").tolist() == [True, False, False, False, False]
    both = by_county(whole, county([9], 9000, "b", ["40-69"]))
    assert both["reason"].tolist() == ["", "age band 0-39, 70+ is missing"]


def test_a_count_that_is_missing_beside_one_of_the_same_band_adds_nothing():
    table = county([9, 30, 41], 9000)
    more = county([None, 7], [5000, None], "a", ["0-39", "70+"])
    pd.testing.assert_frame_equal(by_county(table, more), by_county(table))


def test_a_row_that_is_missing_is_told_even_where_no_column_names_the_bands():
    weighed = [county([9, 30, 41], 9000, name).assign(weight=[50, 30, 20]) for name in "ab"]
    given = [weighed[0], weighed[1].iloc[:2]]
    found = by_county(*(table.drop(columns="age_band") for table in given), standard="weight")
    assert found["reason"].tolist() == [
        "",
        "a row is missing: its weights add up to less than those of other groups",
    ]


def test_a_band_of_no_weight_is_not_needed():
    standard = OURS.assign(population=[60, 40, 0])
    found = by_county(
        county([9, 30, 41], 9000), county([9, 30], 9000, "b", ["0-39", "40-69"]), standard=standard
    )
    assert found["reason"].tolist() == ["", ""]
    assert found["value"].iloc[0] == pytest.approx(found["value"].iloc[1])


def test_several_levels_are_a_row_each_and_an_empty_table_stays_empty():
    found = by_county(county([9, 30, 41], 9000), confidence=(0.95, 0.998))
    assert found["confidence"].tolist() == [0.95, 0.998]
    assert found["lower"].is_monotonic_decreasing
    assert by_county(county([9, 30, 41], 9000).iloc[:0]).empty
    assert rates.directly_standardised(county([9, 30, 41], 9000).iloc[:0], standard=OURS).empty


def test_the_column_of_age_bands_is_found_where_only_one_can_be_it():
    standard = standards.standard("us2000_11")
    named = county(9, 5000, bands=standard["age_band"])
    right = by_county(named, standard="us2000_11")
    found = by_county(named.rename(columns={"age_band": "ages"}), standard="us2000_11")
    pd.testing.assert_frame_equal(found, right)
    ours = OURS.rename(columns={"age_band": "ages"})
    table = county([9, 30, 41], 9000)
    for given, asked in (
        (table.rename(columns={"age_band": "ages"}), {}),
        (table, {}),
        (table.rename(columns={"age_band": "years"}), {"band": "years"}),
    ):
        pd.testing.assert_frame_equal(by_county(given, standard=ours, **asked), by_county(table))
    two = named.rename(columns={"age_band": "ages"}).assign(more=standard["age_band"])
    with pytest.raises(
        ValueError, match="'age_band' is not in the table, and 2 others could hold the age bands"
    ):
        by_county(two, standard="us2000_11")


@pytest.mark.parametrize(
    ("change", "asked", "sentence"),
    [
        (
            {},
            {"standard": "who"},
            "no standard 'who'; choose one of us2000_19, us2000_11, esp2013, name a co",
        ),
        ({}, {"standard": 3}, "there is no standard 3; choose one of"),
        ({}, {"method": "byar"}, "no method 'byar'; choose one of dobson, gamma"),
        (
            {},
            {"standard": "esp2013"},
            r"column 'age_band' holds '0-39' in row 0 .* no age band of esp2013; its",
        ),
        ({"age_band": ["0-39", "?", "70+"]}, {}, "column 'age_band' holds '\\?' in row 1"),
        (
            {"age_band": ["0-39", "0-39", "70+"]},
            {},
            "no row of column 'age_band' has age band 40-69 of your own",
        ),
        ({"numerator": [1, -2, 3]}, {}, "a count is below zero in row 1"),
        ({"weight": [1, None, 3]}, {"standard": "weight"}, "column 'weight' is blank in row 1"),
        (
            {"weight": [1, 2, -3]},
            {"standard": "weight"},
            "a weight in column 'weight' is below zero in row 2",
        ),
        ({"weight": 0}, {"standard": "weight"}, "the weights in column 'weight' are all 0"),
        ({}, {"standard": OURS.drop(columns="population")}, "column 'population' is not in the table"),
        ({}, {"standard": pd.concat([OURS, OURS])}, "names an age band of 'age_band' twice in rows 3, 4, 5"),
        ({}, {"band": "age"}, "column 'age' is not in the table"),
        ({}, {"standard": OURS[["population"]]}, "the standard names no age bands; give it a column of them"),
        ({}, {"scale": "many"}, "scale is 'many'; give a number above 0"),
    ],
)
def test_bad_input_is_one_clear_sentence(change, asked, sentence):
    table = county([9, 30, 41], 9000).assign(**change)
    before = table.copy(deep=True)
    with pytest.raises(ValueError, match=sentence):
        by_county(table, **asked)
    pd.testing.assert_frame_equal(table, before)


def test_two_weights_for_one_band_of_one_group_are_refused():
    table = county([9, 30, 41, 2], 9000, bands=["0-39", "40-69", "70+", "70+"]).assign(weight=[5, 3, 2, 1])
    with pytest.raises(ValueError, match="'weight' gives one age band of one group two weights in row 2"):
        by_county(table, standard="weight")

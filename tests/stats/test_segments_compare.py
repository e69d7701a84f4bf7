"""The table of segments: gaps and people from plain formulas, and a rank no tiny group wins by luck."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from pophealth.stats import equity, segments
from pophealth.stats.shrinkage import shrunk
from tests.stats import cases
from tests.stats.test_careless import refused
from tests.stats.test_segments_ladder import slow_wilson

NAMES = [
    *("numerator", "denominator", "value", "lower", "upper", "reference", "reference_value"),
    *("difference", "difference_lower", "difference_upper", "excess", "excess_lower", "excess_upper"),
    *("share_of_excess", "shrunk", "rank", "confidence", "method", "reason"),
]
LANGUAGES = [("English", 300, 1000), ("Spanish", 210, 500), ("Somali", 3, 3), ("Hmong", 20, 80)]


def groups(*rows):
    return pd.DataFrame(rows, columns=["group", "numerator", "denominator"])


def compared(table=None, **asked):
    told = {"by": "group", "reference": "English", "better": "lower"}
    return segments.compare(groups(*LANGUAGES) if table is None else table, **(told | asked))


def slow_difference(ours, n_ours, theirs, n_theirs):
    share, other = ours / n_ours, theirs / n_theirs
    (low, high), (other_low, other_high) = slow_wilson(ours, n_ours), slow_wilson(theirs, n_theirs)
    down = math.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    up = math.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return share - other - down, share - other + up


def slow_shrunk(rows):
    """Work the beta distribution out from the moments, and give each group's mean and deviation."""
    people, all_cases = sum(n for _, n in rows), sum(x for x, _ in rows)
    middle = all_cases / people
    apart = sum(n * (x / n - middle) ** 2 for x, n in rows) / (middle * (1 - middle))
    luck = len(rows) - 1
    alike = (apart - luck) / (people - sum(n * n for _, n in rows) / people - luck)
    prior = (1 - alike) / alike
    parts = [beta(middle * prior + x, (1 - middle) * prior + n - x) for x, n in rows]
    return middle, [(part.mean(), part.std()) for part in parts]


@pytest.mark.parametrize("case", cases.read("gap")["cases"])
def test_differences_agree_with_statsmodels(case):
    ours = ("us", case["numerator"], case["denominator"])
    them = ("them", case["reference_numerator"], case["reference_denominator"])
    found = compared(groups(ours, them), reference="them").set_index("group").loc["us"]
    for name in ("value", "reference_value", "difference", "difference_lower", "difference_upper"):
        if name in case:
            assert found[name] == pytest.approx(case[name], rel=1e-6, abs=1e-9)


def test_the_gap_is_that_of_equity():
    found = compared().set_index("group").drop(index="English").sort_index()
    gap = equity.gap(groups(*LANGUAGES).assign(period=1), by="group", reference="English").set_index("group")
    same = ["value", "reference_value", "difference", "difference_lower", "difference_upper"]
    pd.testing.assert_frame_equal(found[same], gap[same])


@pytest.mark.parametrize(("better", "sign"), [("lower", 1), ("higher", -1)])
def test_excess_is_people_who_fare_badly_whichever_way_is_better(better, sign):
    found = compared(better=better).set_index("group")
    for group, x, n in LANGUAGES[1:]:
        ends = sorted(sign * n * end for end in slow_difference(x, n, 300, 1000))
        assert found.loc[group, "excess"] == pytest.approx(sign * (x - n * 0.3))
        assert found.loc[group, ["excess_lower", "excess_upper"]].tolist() == pytest.approx(ends)
    above = found["excess"].clip(lower=0)
    assert found["share_of_excess"].tolist() == pytest.approx((above / above.sum()).tolist())


def test_the_reference_stands_in_the_table_with_no_gap_and_no_limits():
    found = compared().set_index("group").loc["English"]
    assert found[["difference", "excess", "share_of_excess"]].tolist() == [0, 0, 0]
    assert found[["difference_lower", "difference_upper", "excess_lower", "excess_upper"]].isna().all()
    assert found[["reference", "reference_value", "reason"]].tolist() == ["English", 0.3, ""]


def test_overall_holds_each_group_against_all_the_others():
    found = compared(reference="overall").set_index("group")
    assert set(found["reference"]) == {"everyone else"}
    for group, x, n in LANGUAGES:
        row, rest = found.loc[group], (533 - x, 1583 - n)
        assert row["reference_value"] == pytest.approx(rest[0] / rest[1])
        ends = slow_difference(x, n, *rest)
        assert row[["difference_lower", "difference_upper"]].tolist() == pytest.approx(ends)


@pytest.mark.parametrize(
    ("reference", "better", "least", "label"),
    [
        ("best", "lower", 30, "Hmong"),
        ("best", "lower", 100, "English"),
        ("best", "higher", 30, "Spanish"),
        ("best", "higher", 3, "Somali"),
        ("largest", "higher", 30, "English"),
        ("Somali", "higher", 30, "Somali"),
    ],
)
def test_a_reference_may_be_a_label_or_a_way_to_choose_one(reference, better, least, label):
    found = compared(reference=reference, better=better, least=least)
    assert set(found["reference"]) == {label}
    assert found.loc[found["difference_lower"].isna(), "group"].tolist() == [label]


def test_people_whose_group_was_not_recorded_are_shown_and_are_no_reference():
    table = groups(*LANGUAGES, (None, 0, 5000))
    for reference in ("best", "largest"):
        assert set(compared(table, reference=reference)["reference"]) <= {"Hmong", "English"}
    assert compared(table)["group"].isna().sum() == 1


def test_of_two_groups_that_fare_best_alike_the_larger_is_the_reference():
    assert set(compared(groups(("a", 5, 50), ("b", 9, 90), ("c", 9, 60)), reference="best")["reference"]) == {
        "b"
    }


def test_columns_and_rows_of_one_group_summed():
    twice = pd.concat([groups(*LANGUAGES)] * 2)
    found = compared(twice)
    assert list(found.columns) == ["group", *NAMES]
    assert found.set_index("group").loc["Spanish", ["numerator", "denominator"]].tolist() == [420, 1000]
    renamed = groups(*LANGUAGES).rename(columns={"numerator": "ill", "denominator": "people"})
    pd.testing.assert_frame_equal(compared(renamed, numerator="ill", denominator="people"), compared())


def test_groups_named_by_two_columns():
    table = groups(("a", 1, 10), ("b", 5, 10)).assign(place=["north", "south"])
    found = compared(table, by=["place", "group"], reference=("north", "a"))
    assert found[["place", "group"]].to_numpy().tolist() == [["south", "b"], ["north", "a"]]
    assert set(found["reference"]) == {"north x a"}


def test_a_group_without_counts_stays_with_the_reason():
    found = compared(groups(*LANGUAGES, ("Karen", None, 40), ("Lao", 0, 0)))
    assert found["group"].tolist()[-2:] == ["Lao", "Karen"]
    assert found["reason"].tolist()[-2:] == ["no people counted", "a count is missing"]
    numbers = ["value", "difference", "excess", "share_of_excess", "shrunk", "rank"]
    assert found.tail(2)[numbers].isna().all(axis=None)
    pd.testing.assert_frame_equal(found.head(4), compared())
    alone = compared(groups(("a", 3, 9), ("b", None, 4)), reference="overall")
    assert alone["reason"].tolist() == ["nobody to compare with", "a count is missing"]


def test_nobody_is_worse_off_so_there_is_no_excess_to_share():
    found = compared(groups(("English", 5, 50), ("b", 5, 50)))
    assert found["excess"].tolist() == [0, 0]
    assert found["share_of_excess"].isna().all()


def test_an_empty_table_gives_an_empty_table():
    for reference in ("English", "best", "overall"):
        found = compared(groups(), reference=reference)
        assert found.empty
        assert list(found.columns) == ["group", *NAMES]


@pytest.mark.parametrize(
    ("table", "asked", "sentence"),
    [
        (
            groups(("a", 1, 9)),
            {},
            "column 'group' holds only 'a' in all rows; name a column with two groups or more",
        ),
        (
            groups(("a", None, 9), ("b", None, 9)),
            {},
            "columns 'numerator' and 'denominator' hold no row with",
        ),
        (
            groups(("a", 1, 9), ("b", 2, 9)),
            {},
            "no row has 'English' in 'group'; choose one of best",
        ),
        (groups(("a", 1, 9), ("English", 0, 0)), {}, "no row with people has 'English'"),
        (groups(("a", 1, 9), ("b", 2, 9)), {"reference": "best"}, "no group has 30 people or more"),
        (groups(("a", 1, 9), ("best", 2, 9)), {}, "a group in column 'group' is called 'best'"),
        (groups(*LANGUAGES), {"better": "neither"}, "better is 'neither'; say 'higher' or 'lower'"),
        (groups(*LANGUAGES), {"by": []}, "by names no column; name the column"),
        (
            groups(*LANGUAGES),
            {"reference": ("a", "b")},
            "reference is ('a', 'b'); give one label for each column in by: 'group'",
        ),
        (groups(("a", 10, 9), ("b", 2, 9)), {}, "the numerator is above the denominator in row 0"),
        (groups(("a", -1, 9), ("b", 2, 9)), {}, "a count is below zero in row 0"),
        (groups(*LANGUAGES), {"confidence": 95}, "confidence is 95"),
    ],
)
def test_bad_input_is_one_clear_sentence(table, asked, sentence):
    refused(lambda: compared(table, **asked), sentence, table)


def test_shrunk_shares_are_those_of_a_beta_distribution():
    rows = [(x, n) for _, x, n in LANGUAGES]
    middle, expected = slow_shrunk(rows)
    found = shrunk(*(np.array(counts, dtype=float) for counts in zip(*rows, strict=True)))
    means, deviations = (np.array(column) for column in zip(*expected, strict=True))
    assert found.value == pytest.approx(means, rel=1e-12)
    sure = np.maximum(np.abs(means - middle) - deviations, 0) * np.sign(means - middle)
    assert found.cautious == pytest.approx(middle + sure, rel=1e-12)


@pytest.mark.parametrize(
    "others",
    [
        [("a", 300, 1000), ("b", 450, 1000)],
        [("a", 58, 200), ("b", 60, 200), ("c", 62, 200)],
        [("a", 20, 100), ("b", 25, 100), ("c", 30, 100), ("d", 40, 100)],
        [("a", 5, 100), ("b", 90, 100)],
    ],
)
@pytest.mark.parametrize("better", ["lower", "higher"])
def test_a_group_of_three_does_not_top_the_list(others, better):
    worst = ("tiny", 3, 3) if better == "lower" else ("tiny", 0, 3)
    mirrored = [(name, x if better == "lower" else n - x, n) for name, x, n in others]
    found = compared(groups(worst, *mirrored), reference="overall", better=better)
    assert found["group"].iloc[0] != "tiny"


def test_a_large_group_that_fares_worst_comes_first_and_the_best_last():
    found = compared(
        groups(("a", 400, 1000), ("b", 300, 1000), ("tiny", 0, 2), ("c", 200, 1000)), reference="b"
    )
    assert found["group"].tolist() == ["a", "b", "tiny", "c"]
    assert found["rank"].tolist() == [1, 2, 2, 4]


def test_groups_that_luck_alone_may_have_parted_share_the_first_rank():
    found = compared(groups(("a", 29, 100), ("b", 30, 100), ("c", 31, 100)), reference="b")
    assert found["rank"].tolist() == [1, 1, 1]
    assert found["shrunk"].tolist() == pytest.approx([0.3] * 3)


@pytest.mark.parametrize("count", [0, 50])
def test_groups_that_are_all_nobody_or_all_everybody_are_alike(count):
    found = compared(groups(("English", count, 50), ("b", count, 50)))
    assert found["rank"].tolist() == [1, 1]
    assert found["shrunk"].tolist() == [count / 50] * 2


def test_the_share_of_all_weighs_at_least_as_much_as_two_people():
    everybody_or_nobody = shrunk(np.array([100.0, 0, 3]), np.array([100.0, 100, 3]))
    assert everybody_or_nobody.value[2] == pytest.approx((2 * 103 / 203 + 3) / 5)


def test_groups_of_one_person_each_say_nothing():
    assert compared(groups(("English", 1, 1), ("b", 0, 1), ("c", 0, 1)))["rank"].tolist() == [1, 1, 1]


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=8))
def test_limits_hold_the_value_and_shrinking_never_crosses_the_middle(pairs):
    table = groups(*[(f"g{at}", x, x + y) for at, (x, y) in enumerate(pairs)])
    if not table["denominator"].any():
        return
    before = table.copy(deep=True)
    found = compared(table, reference="overall")
    pd.testing.assert_frame_equal(table, before)
    known = found.dropna(subset=["difference"])
    for name in ("difference", "excess"):
        assert (known[f"{name}_lower"] <= known[name] + 1e-9).all()
        assert (known[name] <= known[f"{name}_upper"] + 1e-9).all()
    middle = table["numerator"].sum() / table["denominator"].sum()
    counted = found.dropna(subset=["value"])
    pulled, own = counted["shrunk"] - middle, counted["value"] - middle
    assert (pulled.abs() <= own.abs() + 1e-9).all()
    assert (pulled * own >= -1e-12).all()
    assert counted["rank"].is_monotonic_increasing

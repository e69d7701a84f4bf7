import pandas as pd
import pytest

from pophealth.stats import equity
from tests.stats import cases

NAMES = [
    *("value", "reference_value", "difference", "difference_lower", "difference_upper"),
    *("ratio", "ratio_lower", "ratio_upper", "effective_n", "confidence", "method"),
]


def two_groups(ours, n_ours, theirs, n_theirs, period=1):
    return pd.DataFrame(
        {
            "period": period,
            "stratum": ["Spanish", "English"],
            "numerator": [ours, theirs],
            "denominator": [n_ours, n_theirs],
        }
    )


@pytest.mark.parametrize("case", cases.read("gap")["cases"])
def test_limits_agree_with_statsmodels(case):
    told = ("numerator", "denominator", "reference_numerator", "reference_denominator")
    found = equity.gap(two_groups(*(case[name] for name in told)), by="stratum", reference="English").iloc[0]
    for name in set(case) - set(told):
        assert found[name] == pytest.approx(case[name], rel=1e-6, abs=1e-9)


def test_columns_and_effective_number():
    found = equity.gap(two_groups(10, 100, 30, 300), by="stratum", reference="English")
    assert list(found.columns) == ["period", "stratum", *NAMES]
    assert found["effective_n"].tolist() == pytest.approx([75])
    assert found["stratum"].tolist() == ["Spanish"]
    assert found[["difference", "ratio"]].to_numpy().tolist() == [[0, 1]]


def test_a_group_per_period_and_rows_of_one_group_summed():
    table = pd.concat([two_groups(1, 10, 5, 10, 2), two_groups(2, 10, 5, 10, 1), two_groups(2, 10, 5, 10, 1)])
    before = table.copy(deep=True)
    found = equity.gap(table, by="stratum", reference="English")
    assert found["period"].tolist() == [1, 2]
    assert found["effective_n"].tolist() == pytest.approx([10, 5])
    pd.testing.assert_frame_equal(table, before)


def test_a_period_without_the_reference_or_without_people_is_missing():
    table = pd.concat(
        [two_groups(1, 10, 5, 10, 1), two_groups(1, 10, 5, 0, 2), two_groups(1, 10, 5, 9, 3).iloc[:1]]
    )
    found = equity.gap(table, by="stratum", reference="English")
    assert found["difference"].notna().tolist() == [True, False, False]
    assert found["value"].tolist() == [0.1] * 3


def test_zero_counts_have_no_ratio_limits():
    nobody = equity.gap(two_groups(0, 10, 5, 10), by="stratum", reference="English").iloc[0]
    assert nobody["ratio"] == 0
    assert nobody[["ratio_lower", "ratio_upper"]].isna().all()
    other = equity.gap(two_groups(5, 10, 0, 10), by="stratum", reference="English").iloc[0]
    assert other[["ratio", "ratio_lower", "ratio_upper"]].isna().all()


def test_groups_named_by_two_columns():
    table = two_groups(1, 10, 5, 10).assign(place="north")
    found = equity.gap(table, by=["place", "stratum"], reference=("north", "English"))
    assert found[["place", "stratum"]].to_numpy().tolist() == [["north", "Spanish"]]


def test_an_empty_table_gives_an_empty_table():
    assert list(equity.gap(two_groups(1, 2, 1, 2).iloc[:0], by="stratum", reference="x").columns) == [
        *("period", "stratum"),
        *NAMES,
    ]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"reference": "French"}, "no row has 'French' in 'stratum'; choose another reference"),
        ({"reference": "English", "confidence": 2}, "confidence is 2"),
        ({"reference": "English", "when": "month"}, "column 'month' is not in the table"),
    ],
)
def test_bad_input_is_one_clear_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        equity.gap(two_groups(1, 10, 5, 10), by="stratum", **asked)

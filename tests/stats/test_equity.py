import numpy as np
import pandas as pd
import pytest

from pophealth.stats import equity, spc
from tests.stats import cases

NAMES = [
    *("value", "reference", "reference_value", "difference", "difference_lower", "difference_upper"),
    *("ratio", "ratio_lower", "ratio_upper", "effective_n", "confidence", "method", "reason"),
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
        (
            {"reference": "French"},
            "no row has 'French' in 'stratum'; choose one of best",
        ),
        ({"reference": "English", "confidence": 2}, "confidence is 2"),
        ({"reference": "English", "when": "month"}, "column 'month' is not in the table"),
    ],
)
def test_bad_input_is_one_clear_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        equity.gap(two_groups(1, 10, 5, 10), by="stratum", **asked)


def months(behind, *, ahead=0.6, people: int | list[int] = 400, reference_people=400):
    """Make one group's gap over time from its shares, with the same people each month unless told."""
    shares = pd.DataFrame({"behind": behind, "ahead": ahead, "n": people, "m": reference_people})
    rows = [
        two_groups(row.behind * row.n, row.n, row.ahead * row.m, row.m, period)
        for period, row in enumerate(shares.itertuples())
    ]
    return equity.gap(pd.concat(rows), by="stratum", reference="English")


SHARES = [0.4, 0.42, 0.38, 0.41, 0.37, 0.43, 0.4, 0.39, 0.5, 0.58, 0.62, 0.64]


def test_the_gap_is_how_far_the_group_is_behind():
    higher = equity.charted_gap(months(SHARES), better="higher")
    assert higher["value"].to_numpy() == pytest.approx(0.6 - np.array(SHARES))
    assert higher["value"].iloc[-1] < 0
    lower = equity.charted_gap(months(SHARES), better="lower")
    assert lower["value"].to_numpy() == pytest.approx(np.array(SHARES) - 0.6)
    plain = equity.charted_gap(months(SHARES), better="neither")
    assert plain["value"].tolist() == lower["value"].tolist()


def test_a_smaller_gap_is_an_improvement_whichever_way_is_better():
    closing = [0.4, 0.41] * 6 + [0.59, 0.6, 0.61]
    for better, shares in (("higher", closing), ("lower", [1.2 - share for share in closing])):
        found = equity.charted_gap(months(shares), better=better)
        assert found["direction"].iloc[-1] == "improvement"
    assert equity.charted_gap(months(closing), better=None)["direction"].iloc[-1] == "high"


def test_with_the_same_people_each_period_it_is_the_i_chart():
    gaps = months(SHARES)
    found = equity.charted_gap(gaps, better="higher")
    plain = spc.control_chart(gaps.assign(value=-gaps["difference"]), chart="i", better="lower")
    assert found["centre"].to_numpy() == pytest.approx(plain["centre"].to_numpy(), rel=1e-12)
    rounded = 1.128 / (2 / np.sqrt(np.pi))  # the i chart prints its constant with three decimals
    for name in ("lower", "upper"):
        reach = (plain[name] - plain["centre"]) * rounded
        assert (found[name] - found["centre"]).to_numpy() == pytest.approx(reach.to_numpy(), rel=1e-12)
    assert found["signal"].tolist() == plain["signal"].tolist()


def test_limits_are_wider_where_fewer_people_were_counted():
    people = [400] * 6 + [100] + [400] * 5
    found = equity.charted_gap(months(SHARES, people=people), better="higher")
    width = found["upper"] - found["lower"]
    assert found["denominator"].tolist() == pytest.approx([200] * 6 + [80] + [200] * 5)
    assert (width / width[0]).tolist() == pytest.approx([1] * 6 + [(200 / 80) ** 0.5] + [1] * 5)


def test_phases_baseline_and_points_left_out_are_passed_on():
    noted = months(SHARES).assign(part=[1] * 8 + [2] * 4, first=[True] * 6 + [False] * 6, out=False)
    noted.loc[2, "out"] = True
    found = equity.charted_gap(noted, better="higher", phase="part", baseline="first", exclude="out")
    assert found["phase"].tolist() == [1] * 8 + [2] * 4
    assert found["excluded"].tolist() == noted["out"].tolist()
    counted = [0, 1, 3, 4, 5]
    assert found["centre"].iloc[0] == pytest.approx(0.6 - np.mean([SHARES[at] for at in counted]))


def test_nobody_counted_and_missing_periods_are_gaps_in_the_line():
    rows = [two_groups(40, 100, 60, 100, period) for period in range(6)]
    rows[2] = two_groups(0, 0, 60, 100, 2)
    rows[4] = rows[4].iloc[:1]
    found = equity.charted_gap(
        equity.gap(pd.concat(rows), by="stratum", reference="English"), better="higher"
    )
    assert found["period"].tolist() == [0, 1, 2, 3, 4, 5]
    assert found["value"].isna().tolist() == [False, False, True, False, True, False]
    assert found["centre"].dropna().round(12).unique().tolist() == [0.2]
    assert found.loc[[2, 4], ["lower", "upper", "ratio", "effective_n"]].isna().all(axis=None)


def test_the_ratio_is_carried_along_and_nothing_given_is_changed():
    gaps = months(SHARES)
    before = gaps.copy(deep=True)
    found = equity.charted_gap(gaps, better="higher")
    pd.testing.assert_frame_equal(gaps, before)
    for name in ("difference", "difference_lower", "ratio", "ratio_lower", "ratio_upper", "effective_n"):
        assert found[name].tolist() == gaps[name].tolist()


def test_several_groups_are_told_apart_by_name():
    other = months(SHARES).assign(stratum="Somali")
    both = pd.concat([months(SHARES[::-1]), other])
    found = equity.charted_gap(both, better="higher", by="stratum")
    alone = equity.charted_gap(other, better="higher")
    together = found.loc[found["stratum"].eq("Somali"), alone.columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(together, alone)
    with pytest.raises(ValueError, match="holds a period twice; give the rows of one group"):
        equity.charted_gap(both, better="higher")


def test_an_empty_gap_gives_an_empty_chart():
    assert equity.charted_gap(months(SHARES).iloc[:0], better="higher").empty
    with pytest.raises(ValueError, match="column 'ratio' is not in the table"):
        equity.charted_gap(months(SHARES).drop(columns="ratio"), better="higher")

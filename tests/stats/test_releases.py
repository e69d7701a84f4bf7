"""Several releases of one series: what taking them from each other gives away."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from pophealth.stats import privacy
from tests.stats.test_privacy import series

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def released(counts, people=900, *, start="2021-01-01", length="month", **told):
    step = MONTHS[length]
    table = series(counts, people, start=start, **told)
    table["period"] = [pd.Timestamp(start) + pd.DateOffset(months=step * at) for at in range(len(table))]
    return table.assign(length=length)


def by_hand(releases, first, months):
    """Bound the growth between every two months with one linear program after the other, of counts alone."""
    lines, sums = [], []
    for table in releases:
        for row in table.itertuples():
            at = (row.period.year - first.year) * 12 + row.period.month - first.month
            line = np.zeros(months)
            line[at : at + MONTHS[row.length]] = 1
            lines.append(line)
            sums.append(row.numerator)
    found = {}
    for start in range(months):
        for end in range(start + 1, months + 1):
            cost = np.zeros(months)
            cost[start:end] = 1
            ends = [linprog(sign * cost, A_eq=lines, b_eq=sums, bounds=(0, None)) for sign in (1, -1)]
            found[start, end] = (ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf)
    return found


def test_months_in_spring_and_quarters_in_autumn_give_june_away():
    spring = released([20, 15], start="2021-04-01")
    autumn = released([42, 33], 2700, start="2021-04-01", length="quarter")
    found = privacy.audit_releases([spring, autumn])
    assert len(found) == 1
    row = found.iloc[0]
    assert (row["period"], row["until"]) == (pd.Timestamp("2021-06-01"), pd.Timestamp("2021-07-01"))
    assert (row["number"], row["lower"], row["upper"]) == ("count", 7, 7)
    assert found.attrs["reading"].startswith("1 number can be worked out to be from 1 to 10: share longer")
    assert privacy.audit_releases([spring, autumn], policy=7).empty
    for one in (spring, autumn):
        alone = privacy.audit_releases([one])
        assert alone.empty
        assert alone.attrs["reading"].startswith("Nobody can take these releases from each other")


def test_a_small_rest_of_people_is_found_as_well():
    spring = released([800, 850], 900, start="2021-04-01")
    autumn = released([2540], 2700, start="2021-04-01", length="quarter")
    found = privacy.audit_releases([spring, autumn])
    assert found["number"].tolist() == ["rest"]
    assert found["lower"].tolist() == [10]


def test_people_in_no_stratum_are_found_across_releases():
    everyone = released([120], 2700, start="2021-04-01", length="quarter")
    strata = [
        released([at], 1200, start="2021-04-01", length="quarter", stratifier="race", stratum=name)
        for at, name in ((50, "a"), (66, "b"))
    ]
    found = privacy.audit_releases([pd.concat([everyone, *strata])])
    assert found[["stratifier", "stratum", "number", "lower"]].to_numpy().tolist() == [
        ["race", "everyone else", "count", 4]
    ]
    whole = strata[1].assign(numerator=70, denominator=1500)
    assert privacy.audit_releases([pd.concat([everyone, strata[0], whole])], exclusive=["race"]).empty
    with pytest.raises(
        ValueError, match="the strata of 'race' do not add up to everyone; correct the counts"
    ):
        privacy.audit_releases([pd.concat([everyone, *strata])], exclusive=["race"])


def split(name, counts):
    """One release of one quarter by the strata of one stratifier; None: hidden."""
    rows = [
        released([count], np.nan, length="quarter", stratifier=name, stratum=stratum)
        for stratum, count in counts.items()
    ]
    return pd.concat(rows)


RACE = {"a": 70, "b": 60}


def named(found):
    return found[["stratifier", "stratum", "number", "lower", "upper"]].to_numpy().tolist()


def test_one_split_is_taken_from_another():
    """The total is hidden beside the small count, but the other split adds up to it."""
    race, language = split("race", RACE), split("language", {"English": 126, "Hmong": None})
    both = ["race", "language"]
    for alone in (race, language):
        assert privacy.audit_releases([alone], exclusive=both).empty
    found = privacy.audit_releases([race, language], exclusive=both)
    assert named(found) == [["language", "Hmong", "count", 4, 4]]
    assert privacy.audit_releases([race, language], exclusive=["language"]).empty
    assert privacy.audit_releases([race, language], exclusive=both, policy="ons3").empty


def test_a_total_of_one_release_and_the_strata_of_another():
    everyone = released([130], np.nan, length="quarter")
    language = split("language", {"English": 80, "Spanish": 46, "Hmong": None})
    for alone in (everyone, language):
        assert privacy.audit_releases([alone], exclusive=["language"]).empty
    found = privacy.audit_releases([everyone, language], exclusive=["language"])
    assert ["language", "Hmong", "count", 4, 4] in named(found)


def test_people_in_no_stratum_are_found_where_the_total_comes_from_another_split():
    race, language = split("race", RACE), split("language", {"English": 80, "Spanish": 46})
    found = privacy.audit_releases([race, language], exclusive=["race"])
    assert ["language", "everyone else", "count", 4, 4] in named(found)


def test_splits_of_other_stretches_of_time_are_taken_from_each_other():
    """Race by month and language by quarter: what is hidden in the last month follows from both."""
    months = [
        split("race", {"a": 40, "b": 50}).assign(length="month", period=pd.Timestamp(f"2021-0{month}-01"))
        for month in (1, 2)
    ]
    quarter = split("language", {"English": 100, "Spanish": 86})
    found = privacy.audit_releases([*months, quarter], exclusive=["race", "language"])
    last = found[(found["stratifier"] == "") & (found["number"] == "count")]
    assert last[["period", "lower", "upper"]].to_numpy().tolist() == [[pd.Timestamp("2021-03-01"), 6, 6]]


def test_strata_that_overlap_are_not_added_up():
    everyone = released([100], np.nan, length="quarter")
    race = split("race", {"a": 60, "b": 48})
    assert privacy.audit_releases([everyone, race]).empty


@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_across_splits_is_true_and_no_closer_than_linear_programming(seed):
    """Two splits of one total, some numbers hidden: each bound found holds, and a plain attacker agrees."""
    luck = np.random.default_rng(seed)
    counts = luck.poisson(luck.choice([4, 30], (3, 3))) + 1
    margins = {"race": counts.sum(axis=1), "language": counts.sum(axis=0)}
    names = [(kind, stratum) for kind in margins for stratum in "abc"]
    truth = np.concatenate([margins["race"], margins["language"]])
    seen = luck.random(6) < 0.7
    tables = [
        split(kind, {stratum: truth[at] if seen[at] else None}) for at, (kind, stratum) in enumerate(names)
    ]
    found = privacy.audit_releases(tables, exclusive=["race", "language"], policy=30)
    ours = {
        (row.stratifier, row.stratum): (row.lower, row.upper)
        for row in found.itertuples()
        if row.number == "count"
    }
    line = np.array([[1, 1, 1, -1, -1, -1]])
    ranges = [(value, value) if shown else (0, None) for value, shown in zip(truth, seen, strict=True)]
    for at, name in enumerate(names):
        cost = np.eye(6)[at]
        ends = [linprog(sign * cost, A_eq=line, b_eq=[0], bounds=ranges) for sign in (1, -1)]
        low, high = ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf
        assert (name in ours) == (low > 0 and high < 30)
        if name in ours:
            assert ours[name] == pytest.approx((low, high))
            assert low <= truth[at] <= high


@pytest.mark.parametrize("seed", range(4))
def test_bounds_are_those_of_linear_programming(seed):
    luck = np.random.default_rng(seed)
    counts = luck.poisson(9, 12)
    months = released(counts, 10_000)
    quarters = released(counts.reshape(-1, 3).sum(axis=1), 30_000, length="quarter")
    seen = [months[luck.random(12) < 0.5], quarters[luck.random(4) < 0.7], months.tail(0)]
    found = privacy.audit_releases(seen, policy=20)
    ours = found[found["number"] == "count"]
    starts = (ours["period"].dt.month - 1).to_numpy()
    ends = ((ours["until"].dt.year - 2021) * 12 + ours["until"].dt.month - 1).to_numpy()
    marks = {*starts, *ends}
    theirs = by_hand(seen, pd.Timestamp("2021-01-01"), 12)
    few = {
        ends_at: ends_of
        for ends_at, ends_of in theirs.items()
        if ends_of[0] > 1e-6 and ends_of[1] < 20 - 1e-6 and marks >= set(ends_at)
    }
    assert set(zip(starts, ends, strict=True)) == set(few)
    for start, end, lower, upper in zip(starts, ends, ours["lower"], ours["upper"], strict=True):
        assert few[start, end] == pytest.approx((lower, upper))


@pytest.mark.parametrize("policy", ["cms11", "ons3", "opensafely"])
@pytest.mark.parametrize("seed", range(6))
def test_one_release_of_joined_periods_gives_nothing_away(policy, seed):
    luck = np.random.default_rng(seed)
    table = series(luck.poisson(luck.choice([2, 8, 30]), 24), luck.integers(100, 300, 24))
    shown = privacy.join_periods(table, policy=policy)
    found = privacy.audit_releases([shown], policy=policy)
    assert found.empty


def test_bad_input_is_one_clear_sentence():
    good = released([20, 30])
    with pytest.raises(ValueError, match=r"the length is unknown in row 1 .*; choose one of month, quarter"):
        privacy.audit_releases([good.assign(length=["month", "decade"])])
    with pytest.raises(ValueError, match="the period is no date in row 0"):
        privacy.audit_releases([good.assign(period=["soon", "2021-01-01"])])
    with pytest.raises(ValueError, match="two releases contradict each other"):
        privacy.audit_releases([good, released([21, 30])])
    with pytest.raises(ValueError, match="column 'length' is not in the table"):
        privacy.audit_releases([good.drop(columns="length")])

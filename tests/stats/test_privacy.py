from itertools import product

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import privacy, spc

LAYOUT = ["measure", "period", "numerator", "denominator", "value", "stratifier", "stratum", "note"]
COUNTS = ["numerator", "denominator"]
MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def series(numerator, denominator=400, *, stratifier="", stratum="", start="2019-01-01"):
    period = pd.date_range(start, periods=len(numerator), freq="MS")
    told = {
        "measure": "m",
        "period": period,
        "numerator": numerator,
        "denominator": denominator,
        "value": np.nan,
    }
    return pd.DataFrame(
        {**told, "stratifier": stratifier, "stratum": stratum, "note": "3 of them moved away"}
    )[LAYOUT]


def gives_away(counts):
    """Tell whether any pair of numerator and denominator is, or leaves, a number from 1 to 10."""
    counts = np.column_stack([counts, counts[:, 1] - counts[:, 0]])
    return ((counts > 0) & (counts < 11)).any()


def cohort(seed, *, crossed=False):
    """A made-up measure: people split by race, by language, and sometimes by both; some are not asked."""
    luck = np.random.default_rng(seed)
    months = int(luck.integers(5, 37))
    races, languages = int(luck.integers(2, 5)), int(luck.integers(2, 4))
    size = luck.choice([20, 80, 300, 1500]) * luck.dirichlet(np.ones((races + 1) * languages)).reshape(
        -1, languages
    )
    people = luck.poisson(size, (months, races + 1, languages))
    cases = luck.binomial(people, luck.choice([0.01, 0.1, 0.5, 0.9]))
    start = f"2019-{luck.integers(1, 13):02d}-01"
    parts = [series(cases.sum(axis=(1, 2)), people.sum(axis=(1, 2)), start=start)]
    for at in range(races):
        told = {"stratifier": "race", "stratum": f"r{at}", "start": start}
        parts.append(series(cases[:, at].sum(axis=1), people[:, at].sum(axis=1), **told))
    for at in range(languages):
        told = {"stratifier": "language", "stratum": f"l{at}", "start": start}
        parts.append(series(cases[:, :, at].sum(axis=1), people[:, :, at].sum(axis=1), **told))
    for at, other in np.ndindex(races, languages) if crossed else ():
        told = {"stratifier": "race x language", "stratum": f"r{at} x l{other}", "start": start}
        parts.append(series(cases[:, at, other], people[:, at, other], **told))
    table = pd.concat(parts, ignore_index=True)
    lost = (luck.random(len(table)) < luck.choice([0, 0.03])) & table["stratifier"].ne("")
    return table[~lost].sample(frac=1, random_state=seed)


def differences(shown):
    """Everything an onlooker can work out by taking strata from a total, for every choice of strata."""
    cells = shown.dropna(subset=COUNTS)
    for _, now in cells.groupby("period"):
        totals = now[now["stratifier"] == ""]
        languages = now[now["stratifier"] == "language"]
        if len(languages) == cells.loc[cells["stratifier"] == "language", "stratum"].nunique() > 0:
            totals = pd.concat([totals, languages[COUNTS].sum().to_frame().T])
        yield from rests(totals, [rows for name, rows in now.groupby("stratifier") if name])
        for place, parent in enumerate(("race", "language")):
            inner = now[now["stratifier"] == "race x language"]
            inner = inner.groupby(inner["stratum"].str.split(" x ").str[place])
            for stratum, rows in inner:
                yield from rests(now[(now["stratifier"] == parent) & (now["stratum"] == stratum)], [rows])


def rests(totals, splits):
    """A total less each choice of cells of each split: numerator, denominator."""
    for total in totals[COUNTS].to_numpy(dtype=float):
        for rows in splits:
            choices = np.array(list(product([0, 1], repeat=len(rows)))[1:])
            yield total - choices @ rows[COUNTS].to_numpy()


@pytest.mark.parametrize("crossed", [False, True])
def test_subtracting_finds_no_protected_cell(crossed):
    lengths = []
    for seed in range(100):
        shown = privacy.join_periods(cohort(seed, crossed=crossed), exclusive=("language",))
        assert not privacy.protected(shown).any(), seed
        assert not any(gives_away(rest) for rest in differences(shown)), seed
        lengths.append(shown["length"].iloc[0] if len(shown) else "nothing")
    assert set(lengths) >= {"month", "quarter", "year", "nothing"}


def test_the_attacker_would_find_a_cell_if_there_were_one():
    table = pd.concat([series([50]), series([45], 300, stratifier="race", stratum="a")])
    assert any(gives_away(rest) for rest in differences(table))
    missing = pd.concat(
        [series([40] * 12), *(series([18] * 12, 150, stratifier="race", stratum=s) for s in "ab")]
    )
    assert any(gives_away(rest) for rest in differences(missing))


@pytest.mark.parametrize("seed", range(20))
def test_joined_counts_are_the_sums_of_whole_periods(seed):
    table = cohort(seed)
    shown = privacy.join_periods(table)
    for row in shown.itertuples():
        until = row.period + pd.DateOffset(months=MONTHS[row.length])
        inside = (table["period"] >= row.period) & (table["period"] < until)
        same = (table["stratifier"] == row.stratifier) & (table["stratum"] == row.stratum)
        assert row.numerator == table.loc[inside & same, "numerator"].sum()
        assert row.denominator == table.loc[inside & same, "denominator"].sum()
        assert table["period"].min() <= row.period
        assert until <= table["period"].max() + pd.DateOffset(months=1)


def test_the_policy_decides_what_is_protected():
    table = pd.DataFrame(
        {"numerator": [0, 1, 10, 11, 40, 0, None], "denominator": [50, 50, 50, 50, 50, 5, 50]}
    )
    assert privacy.protected(table).tolist() == [False, True, True, False, True, True, False]
    assert not privacy.protected(table, policy="none").any()
    assert list(privacy.protected(table.set_axis(list("abcdefg"))).index) == list("abcdefg")
    assert privacy.protected(table, policy="ons3").tolist() == [False, True, *[False] * 5]
    assert privacy.protected(table, policy=12).tolist() == [False, True, True, True, True, True, False]
    with pytest.raises(ValueError, match="no policy 'hes'; choose one of cms11, ons3, opensafely, none"):
        privacy.protected(table, policy="hes")


@pytest.mark.parametrize("policy", [1, 0, 2.5, True, -11, None])
def test_an_own_threshold_is_a_whole_number_that_hides_something(policy):
    with pytest.raises(ValueError, match=r"policy is .*; name one of .* a whole number, 2 or more"):
        privacy.protected(series([20]), policy=policy)


@pytest.mark.parametrize(("policy", "smallest"), [("ons3", 3), ("opensafely", 8), (6, 6)])
@pytest.mark.parametrize("seed", range(8))
def test_periods_are_joined_under_every_policy(policy, smallest, seed):
    shown = privacy.join_periods(cohort(seed), policy=policy, exclusive=("language",))
    counts = shown.dropna(subset=COUNTS)[COUNTS].to_numpy()
    counts = np.column_stack([counts, counts[:, 1] - counts[:, 0]])
    if policy == "opensafely":
        assert (counts % 5 == 0).all()
    else:
        assert not ((counts > 0) & (counts < smallest)).any()


def test_counts_are_rounded_after_they_were_joined():
    shown = privacy.join_periods(series([8, 12, 13]), policy="opensafely")
    assert shown["numerator"].tolist() == [10, 10, 15]
    assert shown.attrs["too_few"] == ()


def test_a_safe_measure_stays_as_it_is_without_notes():
    table = series([20] * 5)
    before = table.copy(deep=True)
    shown = privacy.join_periods(table)
    assert list(shown.columns) == [*LAYOUT, "length"]
    assert shown["length"].unique().tolist() == ["month"]
    assert shown["note"].eq("").all()
    assert shown["numerator"].tolist() == [20] * 5
    pd.testing.assert_frame_equal(table, before)


def test_policy_none_changes_nothing():
    shown = privacy.join_periods(series([1, 2, 3]), policy="none")
    assert shown["numerator"].tolist() == [1, 2, 3]
    assert shown["length"].tolist() == ["month"] * 3
    assert shown["note"].ne("").all()
    assert shown.attrs["too_few"] == ()


def test_first_and_last_periods_that_are_not_whole_are_left_out():
    shown = privacy.join_periods(series([5] * 10, start="2020-02-01"))
    assert shown["period"].dt.strftime("%Y-%m").tolist() == ["2020-04", "2020-07"]
    assert shown["numerator"].tolist() == [15, 15]


def test_one_small_month_joins_the_whole_measure():
    one = series([20] * 11 + [4])
    other = series([200] * 12, 900, stratifier="race", stratum="a")
    shown = privacy.join_periods(
        pd.concat([one.assign(numerator=one["numerator"] + 200, denominator=1300), other])
    )
    assert shown["length"].unique().tolist() == ["quarter"]
    assert len(shown) == 8


def test_a_single_missing_stratum_is_not_given_away():
    everyone = series([60] * 12, 1000)
    ours = series([30] * 12, 500, stratifier="race", stratum="a")
    theirs = series([22] * 12, 400, stratifier="race", stratum="b")
    shown = privacy.join_periods(pd.concat([everyone, ours, theirs]))
    assert shown["length"].unique().tolist() == ["quarter"]


def test_a_stratifier_that_never_is_safe_is_left_out_and_named():
    everyone = series([60] * 12, 1000)
    ours = series([59] + [60] * 11, 990, stratifier="race", stratum="a")
    whole = [series([30] * 12, 500, stratifier="language", stratum=s) for s in "ab"]
    shown = privacy.join_periods(pd.concat([everyone, ours, *whole]))
    assert shown.attrs["too_few"] == ("race",)
    assert shown["stratifier"].unique().tolist() == ["", "language"]
    assert shown["length"].unique().tolist() == ["month"]


def test_too_few_to_show_at_all():
    shown = privacy.join_periods(
        pd.concat([series([0] * 23 + [3]), series([0] * 24, stratifier="race", stratum="a")])
    )
    assert len(shown) == 0
    assert list(shown.columns) == [*LAYOUT, "length"]
    assert shown.attrs["too_few"] == ("everyone", "race")


def test_an_exclusive_stratifier_is_everyone_again():
    race = [series([n] * 12, 500, stratifier="race", stratum=s) for s, n in (("a", 40), ("b", 40))]
    language = [series([72] * 12, 900, stratifier="language", stratum="Spanish")]
    table = pd.concat([*race, *language])
    assert privacy.join_periods(table)["length"].unique().tolist() == ["month"]
    assert privacy.join_periods(table, exclusive=("race",))["length"].unique().tolist() == ["quarter"]


def test_half_a_count_is_not_shown():
    table = series([20, np.nan, 20], [400, 7, 400])
    table.loc[1, "value"] = 0.5
    shown = privacy.join_periods(table)
    assert shown.loc[1, ["numerator", "denominator", "value"]].isna().all()
    assert len(shown) == 3


def test_months_that_are_missing_stay_gaps():
    table = series([20, 20, np.nan, 20])
    assert privacy.join_periods(table)["numerator"].isna().tolist() == [False, False, True, False]


@pytest.mark.parametrize(("step", "length"), [(3, "quarter"), (6, "half-year"), (12, "year")])
def test_longer_periods_keep_their_own_length(step, length):
    table = series([20] * 37).iloc[::step]
    assert privacy.join_periods(table)["length"].unique().tolist() == [length]


def test_quarters_that_start_in_february_are_joined_from_february():
    table = series([6] * 24, start="2019-02-01").iloc[::3]
    shown = privacy.join_periods(table)
    assert shown["length"].unique().tolist() == ["half-year"]
    assert shown["period"].dt.month.unique().tolist() == [2, 8]


def test_joined_counts_can_be_charted():
    charted = spc.control_chart(privacy.join_periods(series([5] * 12)), chart="i")
    assert charted["value"].tolist() == [15 / 1200] * 4


def test_an_empty_table_gives_an_empty_table():
    for policy in ("cms11", "none"):
        shown = privacy.join_periods(series([]), policy=policy)
        assert list(shown.columns) == [*LAYOUT, "length"]
        assert len(shown) == 0


def test_order_of_rows_does_not_matter():
    table = cohort(3, crossed=True)
    pd.testing.assert_frame_equal(
        privacy.join_periods(table.sort_values(["stratifier", "stratum", "period"])),
        privacy.join_periods(
            table.sort_values(["stratifier", "period", "stratum"], ascending=[True, False, False])
        ),
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"measure": ["a", "b"]}, "several measures; join the periods of one measure at a time"),
        ({"period": ["2021-01-01", "soon"]}, "period in row 1 .* is no date"),
        ({"numerator": ["x", 1]}, "column 'numerator' holds 'x'"),
    ],
)
def test_bad_input_is_one_clear_sentence(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        privacy.join_periods(series([20, 20]).assign(**change))

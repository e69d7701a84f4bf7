"""Small counts in tables of one to four columns: what is hidden, what goes with it, and attacks on it."""

import os

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import privacy
from tests.stats import attacker

TABLES = int(os.environ.get("POPHEALTH_TABLES", "200"))
SMALLEST = {"cms11": 11, "ons3": 3, 6: 6}


def drawn(seed):
    """Counts in two to four columns, with every sum over them: a row each."""
    luck = np.random.default_rng(seed)
    axes = int(luck.choice([2, 3, 4], p=[0.45, 0.4, 0.15]))
    shape = tuple(luck.integers(2, {2: 7, 3: 5, 4: 4}[axes], size=axes))
    counts = luck.poisson(luck.choice([1, 4, 12, 40]) * luck.gamma(luck.choice([0.3, 1, 3]), 1, shape))
    return listed(counts), [f"column {axis}" for axis in range(axes)], counts


def listed(counts, name="count"):
    names = [f"column {axis}" for axis in range(counts.ndim)]
    rows = [(*labels, number) for labels, number in attacker.with_totals(counts).items()]
    return pd.DataFrame(rows, columns=[*names, name])


def public(table, names, shown="shown"):
    """What a reader sees: labels, and a number or nothing."""
    numbers = table[shown].astype(object).where(table[shown].notna(), None)
    return dict(zip(table[names].itertuples(index=False, name=None), numbers, strict=True))


def test_random_tables_give_nothing_away():
    """In `TABLES` seeded tables an attacker finds no protected cell bounded inside the protected range.

    200 tables by default; `POPHEALTH_TABLES=1000 pytest tests/stats/test_suppress.py` attacks 1,000.
    """
    hidden = 0
    for seed in range(TABLES):
        table, names, _ = drawn(seed)
        policy = list(SMALLEST)[seed % 3]
        found = privacy.suppress(table, count="count", by=names, total="all", policy=policy)
        audited = privacy.audit(found, count="count", by=names, total="all", policy=policy)
        assert not audited["inside"].any(), seed
        small = table["count"].between(1, SMALLEST[policy] - 1)
        assert found.loc[small, "suppressed"].eq("primary").all()
        assert found.loc[~small, "suppressed"].ne("primary").all()
        assert (found["shown"].isna() == found["suppressed"].ne("")).all()
        assert found["shown"].dropna().equals(table["count"][found["shown"].notna()].astype(float))
        assert table.loc[table["count"] == 0, "count"].equals(
            found.loc[table["count"] == 0, "shown"].astype(int)
        )
        hidden += len(audited)
    assert hidden > 20 * TABLES


@pytest.mark.parametrize("seed", range(5))
def test_who_sees_only_what_is_shown_finds_no_more(seed):
    table, names, _ = drawn(seed)
    found = privacy.suppress(table, count="count", by=names, total="all")
    seen = privacy.for_others(found, count="count")[[*names, "count"]]
    assert not privacy.audit(seen, count="count", shown="count", by=names, total="all")["inside"].any()


@pytest.mark.parametrize("seed", [11])
def test_an_attacker_who_has_nothing_of_ours_finds_the_same_bounds(seed):
    table, names, _ = drawn(seed)
    found = privacy.suppress(table, count="count", by=names, total="all")
    bounds = attacker.bounds(public(found, names))
    assert attacker.pinned(bounds) == []
    ours = privacy.audit(found, count="count", by=names, total="all", exact=True).set_index(names)
    assert set(ours.index) == set(bounds)
    theirs = np.array([bounds[cell] for cell in ours.index]).reshape(-1, 2)
    np.testing.assert_allclose(ours[["lower", "upper"]].to_numpy(), theirs, atol=1e-5)


def test_the_attacker_would_find_a_cell_if_there_were_one():
    table, names, _ = drawn(2)
    found = table.assign(shown=table["count"].where(~table["count"].between(1, 10)))
    bounds = attacker.bounds(public(found, names))
    pinned = set(attacker.pinned(bounds))
    ours = privacy.audit(found, count="count", by=names, total="all")
    assert pinned == set(ours.loc[ours["inside"], names].itertuples(index=False, name=None)) != set()
    assert ours.attrs["reading"].startswith(f"Anybody can see or work out that {len(pinned)} numbers must be")


@pytest.mark.parametrize("seed", range(8))
def test_the_people_left_over_are_protected_like_the_count(seed):
    table, names, counts = drawn(seed)
    luck = np.random.default_rng([seed, 1])
    people = counts + luck.poisson(luck.choice([3, 20, 100]), counts.shape)
    table["people"] = listed(people)["count"]
    found = privacy.suppress(table, count="count", denominator="people", by=names, total="all")
    rest = table["people"] - table["count"]
    tiny = pd.concat([table["count"], rest, table["people"]], axis=1)
    tiny = ((tiny > 0) & (tiny < 11)).any(axis=1)
    assert found.loc[tiny, "shown"].isna().all()
    assert not found["shown_denominator"].between(1, 10).any()
    seen = privacy.for_others(found, count="count", denominator="people")
    audited = privacy.audit(seen, count="count", shown="count", denominator="people", by=names, total="all")
    assert not audited["inside"].any()


def test_people_left_over_are_found_by_an_attacker_with_nothing_of_ours():
    """A third column, in which the denominator is the sum of those with and those without."""
    counts, people = np.array([[30, 25, 40], [12, 60, 33]]), np.array([[34, 80, 90], [70, 75, 99]])
    table = listed(counts).assign(people=listed(people)["count"])
    names = ["column 0", "column 1"]
    found = privacy.suppress(table, count="count", denominator="people", by=names, total="all")
    assert found.loc[0, "suppressed"] == "primary"
    split = {}
    for row in found.astype(object).where(found.notna(), None).to_dict("records"):
        labels = (row["column 0"], row["column 1"])
        split |= {
            (*labels, "yes"): row["shown"],
            (*labels, "all"): row["shown_denominator"],
            (*labels, "no"): None,
        }
    assert attacker.pinned(attacker.bounds(split, least=0.0)) == []


def test_the_next_smallest_count_goes_with_a_small_one():
    table = pd.DataFrame({"race": ["a", "b", "c", "d", "all"], "n": [50, 4, 0, 20, 74]})
    found = privacy.suppress(table, count="n", by="race", total="all")
    assert found["suppressed"].tolist() == ["", "primary", "", "secondary", ""]
    assert found["shown"].isna().tolist() == [False, True, False, True, False]
    two = privacy.suppress(table.assign(n=[50, 4, 0, 5, 59]), count="n", by="race", total="all")
    assert two["suppressed"].tolist() == ["secondary", "primary", "", "primary", ""]


def test_a_total_over_no_row_of_its_own_is_known_or_not():
    table = pd.DataFrame({"race": ["a", "b", "c"], "n": [50, 4, 20]})
    assert privacy.suppress(table, count="n", by="race")["suppressed"].tolist() == [
        "",
        "primary",
        "secondary",
    ]
    found = privacy.suppress(table, count="n", by="race", total=False)
    assert found["suppressed"].tolist() == ["", "primary", ""]
    alone = privacy.suppress(table.iloc[1:2], count="n", by="race")
    assert alone.attrs["withheld_totals"] == (("all together",),)
    assert privacy.audit(alone, count="n", by="race").empty is False
    assert not privacy.audit(alone, count="n", by="race")["inside"].any()


def test_what_is_left_between_a_total_and_its_rows_is_a_cell_too():
    table = pd.DataFrame({"race": ["a", "b", "all"], "n": [50, 20, 74]})
    found = privacy.suppress(table, count="n", by="race", total="all")
    assert found["suppressed"].tolist() == ["", "secondary", ""]
    whole = privacy.suppress(table.assign(n=[50, 24, 74]), count="n", by="race", total="all")
    assert whole["suppressed"].tolist() == ["", "", ""]


def test_margins_alone_are_attacked_too():
    margins = pd.DataFrame(
        {
            "race": ["a", "b", "all", "all", "all"],
            "sex": ["all", "all", "f", "m", "all"],
            "n": [70, 4, 40, 34, 74],
        }
    )
    found = privacy.suppress(margins, count="n", by=["race", "sex"], total="all")
    assert found["suppressed"].tolist() == ["secondary", "primary", "", "", ""]


def test_totals_may_bear_a_label_of_their_own_in_each_column():
    table, names, _ = drawn(11)
    found = privacy.suppress(table, count="count", by=names, total="all")
    other = table.assign(**{names[0]: table[names[0]].replace("all", "everyone")})
    again = privacy.suppress(other, count="count", by=names, total=["all", "everyone"])
    pd.testing.assert_series_equal(again["shown"], found["shown"])
    audited = privacy.audit(again, count="count", by=names, total=["all", "everyone"])
    assert not audited["inside"].any()


def test_a_missing_count_stays_missing_and_is_not_called_hidden():
    table = pd.DataFrame({"race": ["a", "b", "c", "all"], "n": [50, None, 30, None]})
    found = privacy.suppress(table, count="n", by="race", total="all")
    assert found["suppressed"].tolist() == [""] * 4
    assert found["shown"].isna().tolist() == [False, True, False, True]
    worked_out = privacy.suppress(table.assign(n=[50, None, 30, 84]), count="n", by="race", total="all")
    assert worked_out["suppressed"].tolist() == ["", "", "secondary", ""]


def test_everything_is_hidden_when_nothing_less_helps():
    table = listed(np.array([[3, 0], [0, 4]]))
    found = privacy.suppress(table, count="count", by=["column 0", "column 1"], total="all")
    assert found.loc[found["count"] > 0, "shown"].isna().all()
    assert found.loc[found["count"] == 0, "shown"].eq(0).all()


def test_rounding_comes_after_redaction_and_is_attacked_as_rounded():
    table = pd.DataFrame({"site": ["a", "b", "c", "all"], "n": [7, 48, 102, 157]})
    found = privacy.suppress(table, count="n", by="site", total="all", policy="opensafely")
    assert found["shown"].tolist()[1:] == [50, 100, 155]
    assert np.isnan(found["shown"][0])
    close = pd.DataFrame({"site": ["a", "b", "all"], "n": [1, 60, 61]})
    found = privacy.suppress(close, count="n", by="site", total="all", policy="opensafely")
    assert found["suppressed"].tolist() == ["primary", "secondary", ""]


@pytest.mark.parametrize("seed", range(14))
def test_rounded_tables_give_nothing_away(seed):
    table, names, _ = drawn(seed)
    found = privacy.suppress(table, count="count", by=names, total="all", policy="opensafely")
    assert (found["shown"].dropna() % 5 == 0).all()
    assert found.loc[table["count"].between(1, 7), "shown"].isna().all()
    if len(table) < 25:
        assert attacker.pinned(attacker.bounds(public(found, names), reach=2.0), most=7) == []


def test_all_is_shown_only_with_a_reason():
    table = pd.DataFrame({"site": ["a", "b"], "n": [3, 10]})
    with pytest.raises(ValueError, match="'none' shows small counts; say in reason why that is allowed"):
        privacy.suppress(table, count="n", by="site", policy="none")
    found = privacy.suppress(table, count="n", by="site", policy="none", reason="published in 1861")
    assert found["shown"].tolist() == [3, 10]
    assert found.attrs["reason"] == "published in 1861"
    audited = privacy.audit(found, count="n", by="site", policy="none")
    assert audited.empty
    assert audited.attrs["reading"] == "All numbers are shown: the rule protects none."


def test_others_see_neither_small_counts_nor_what_was_worked_out_from_them():
    table = pd.DataFrame({"site": ["a", "b", "c", "d"], "n": [4, 12, 30, 0], "people": [40, 60, 90, 20]})
    table["rate"] = table["n"] / table["people"]
    found = privacy.suppress(table, count="n", denominator="people", by="site")
    seen = privacy.for_others(found, count="n", denominator="people", derived="rate")
    assert list(seen.columns) == ["site", "n", "people", "rate", "hidden"]
    assert seen["hidden"].tolist() == [True, True, False, False]
    assert seen["rate"].isna().tolist() == [True, True, False, False]
    assert seen.attrs == {}
    near = privacy.suppress(table, count="n", denominator="people", by="site", policy="opensafely")
    rounded = privacy.for_others(near, count="n", denominator="people", derived="rate")
    assert rounded["n"].tolist()[1:] == [10, 30, 0]
    assert rounded["rate"].isna().all()
    near.attrs = {}
    assert privacy.for_others(near, count="n", denominator="people", derived="rate")["rate"].isna().all()


def test_order_and_index_of_rows_do_not_matter_and_the_table_is_not_changed():
    table, names, _ = drawn(5)
    before = table.copy(deep=True)
    found = privacy.suppress(table, count="count", by=names, total="all")
    pd.testing.assert_frame_equal(table, before)
    mixed = table.sample(frac=1, random_state=1).set_axis([f"row {row}" for row in range(len(table))])
    again = privacy.suppress(mixed, count="count", by=names, total="all")
    assert list(again.index) == list(mixed.index)
    assert not privacy.audit(again, count="count", by=names, total="all")["inside"].any()
    assert abs(again["shown"].isna().sum() - found["shown"].isna().sum()) <= 0.1 * len(table)


def test_an_empty_table_gives_an_empty_table():
    empty = pd.DataFrame({"site": pd.Series(dtype=str), "n": pd.Series(dtype=float)})
    for total in (None, False, "all"):
        found = privacy.suppress(empty, count="n", by="site", total=total)
        assert list(found.columns) == ["site", "n", "shown", "suppressed"]
        assert privacy.audit(found, count="n", by="site", total=total).empty


@pytest.mark.parametrize(
    ("change", "words", "sentence"),
    [
        ({"n": [1.5, 2, 3]}, {}, r"column 'n' holds a part of a person in row 0 .*; give whole counts"),
        ({"n": [-1, 2, 3]}, {}, "a count is below zero in row 0"),
        ({"site": ["a", "a", "all"]}, {}, "the same labels stand there again in row 1"),
        ({}, {"total": "everyone"}, "no row has the label 'everyone', which should stand for a total"),
        ({"n": [20, 30, 40]}, {}, "the parts of the total for everyone add up to more than the total"),
        ({}, {"by": []}, "by names no column"),
        ({}, {"total": True}, "total is True; give the label of totals, or several, or False"),
        ({}, {"by": "place"}, "column 'place' is not in the table"),
        ({}, {"count": "falls"}, "column 'falls' is not in the table"),
        (
            {"people": [10, 10, 10]},
            {"denominator": "people"},
            "the numerator is above the denominator in rows 0, 1, 2",
        ),
    ],
)
def test_bad_input_is_one_clear_sentence(change, words, sentence):
    table = pd.DataFrame({"site": ["a", "b", "all"], "n": [20, 30, 50]}).assign(**change)
    with pytest.raises(ValueError, match=sentence):
        privacy.suppress(table, **{"count": "n", "by": "site", "total": "all", **words})


def test_numbers_that_were_changed_afterwards_are_refused():
    table = pd.DataFrame({"site": ["a", "b", "all"], "n": [20, 30, 50]})
    found = privacy.suppress(table, count="n", by="site", total="all")
    with pytest.raises(ValueError, match="column 'shown' does not hold what was counted in row 1"):
        privacy.audit(found.assign(shown=[20, 31, 50]), count="n", by="site", total="all")
    shown = pd.DataFrame({"site": ["a", "b", "c", "all"], "n": [70, None, None, 50]})
    with pytest.raises(ValueError, match=r"do not add up|add up to more than the total"):
        privacy.audit(shown, count="n", shown="n", by="site", total="all")

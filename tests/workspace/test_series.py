"""Counts as a table: columns, gaps, what may be stored, what others may see."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import privacy
from pophealth.workspace import series
from pophealth.workspace.entries import Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Measure

KINDS = dict.fromkeys(series.COLUMNS, "str") | {
    "period": "datetime64[ns]",
    **dict.fromkeys(("numerator", "denominator", "value"), "float64"),
}


def rows(*days, numerator=20.0, stratum=""):
    stratifier = "race" if stratum else ""
    return [("bp", day, numerator, 100.0, None, stratifier, stratum, "") for day in days]


def measure(**words):
    now = datetime(2021, 1, 1, tzinfo=UTC)
    return Entry("gull", "measure", "bp", 1, Measure(key="bp", **words).body(), "ana", now, shared=True)


def test_every_table_has_the_same_columns_and_types():
    three = pd.DataFrame({"measure": ["bp"], "period": ["2020-01-01"], "numerator": ["7"]})
    tables = [series.table_of([]), series.table_of(rows("1841-01-01")), series.typed(three)]
    tables += [series.typed(three.head(0)), series.shared_view(rows("2020-01-01"), measure())]
    for table in tables:
        assert table.dtypes.astype(str).to_dict() == KINDS


def test_gaps_are_filled_in_each_group_between_the_first_and_last_of_the_measure():
    some = (
        rows("2020-01-01", "2020-04-01") + rows("2020-02-01", stratum="B") + rows("2020-03-01", stratum="A")
    )
    table = series.own_view(some, measure())
    assert table.groupby("stratum").size().to_dict() == {"": 4, "A": 4, "B": 4}
    assert table["numerator"].notna().sum() == 4
    points = list(zip(table["stratifier"], table["stratum"], table["period"], strict=True))
    assert points == sorted(points)
    assert table["stratifier"].tolist() == [""] * 4 + ["race"] * 8
    assert set(table["measure"]) == {"bp"}


@pytest.mark.parametrize(
    ("length", "last", "many"),
    [("month", "2021-01-01", 13), ("quarter", "2021-01-01", 5), ("year", "2023-01-01", 4)],
)
def test_the_definition_says_how_long_a_period_is(length, last, many):
    table = series.own_view(rows("2020-01-01", last), measure(period=length))
    assert len(table) == many
    assert table.attrs["length"] == length


def test_a_day_off_the_beat_is_kept():
    assert len(series.own_view(rows("2020-01-01", "2020-01-15", "2020-03-01"), measure())) == 4


def test_small_numbers_are_joined_for_others_and_kept_for_the_team():
    days = [f"2020-{month:02d}-01" for month in range(1, 13)]
    some = rows(*days, numerator=6.0)
    assert series.own_view(some, measure())["numerator"].tolist() == [6.0] * 12
    others = series.shared_view(some, measure())
    assert others["numerator"].tolist() == [18.0] * 4
    assert others.attrs["length"] == "quarter"


def test_too_few_at_any_length_shows_nothing_and_says_so():
    others = series.shared_view(rows("2020-01-01", "2020-02-01", numerator=2.0), measure())
    assert others.empty
    assert others.attrs["too_few"] == ("everyone",)


def test_a_public_series_is_shown_as_it_is_when_a_reason_is_written():
    some = rows("1841-01-01", numerator=2.0)
    with_reason = measure(policy="none", policy_reason="published in 1861")
    assert series.shared_view(some, with_reason)["numerator"].tolist() == [2.0]
    assert series.shared_view(some, measure(policy="none")).empty


@pytest.mark.parametrize(
    ("chosen", "numerators"),
    [
        ({"policy": "cms11"}, [18.0] * 4),
        ({"policy": "ons3"}, [6.0] * 12),
        ({"policy": "opensafely"}, [20.0] * 4),
        ({"policy": "own", "smallest": 7}, [18.0] * 4),
        ({"policy": "own", "smallest": 6}, [6.0] * 12),
        ({"policy": "own"}, [18.0] * 4),
        ({"policy": "none", "policy_reason": "Counts of buildings."}, [6.0] * 12),
        ({"policy": ""}, [18.0] * 4),
    ],
)
def test_others_see_what_the_rule_that_was_chosen_allows(chosen, numerators):
    days = [f"2020-{month:02d}-01" for month in range(1, 13)]
    others = series.shared_view(rows(*days, numerator=6.0), measure(**chosen))
    assert others["numerator"].tolist() == numerators


@pytest.mark.parametrize(
    "chosen", [{"policy": "ons3"}, {"policy": "opensafely"}, {"policy": "own", "smallest": 25}]
)
def test_under_every_rule_nothing_small_is_shown_or_can_be_worked_out(chosen):
    luck = np.random.default_rng(11)
    days = [f"{2018 + month // 12}-{month % 12 + 1:02d}-01" for month in range(36)]
    people = {name: luck.integers(40, 90, len(days)) for name in ("A", "B")}
    cases = {name: luck.binomial(each, 0.05 if name == "A" else 0.4) for name, each in people.items()}
    groups = {name: (cases[name], people[name]) for name in people}
    groups[""] = (cases["A"] + cases["B"], people["A"] + people["B"])
    some = [
        ("bp", day, float(case), float(each), None, "race" if name else "", name, "")
        for name, both in groups.items()
        for day, case, each in zip(days, *both, strict=True)
    ]
    definition = measure(exclusive="race", **chosen)
    policy = definition.record.policy_in_force
    others = series.shared_view(some, definition)
    assert len(others)
    assert not privacy.protected(others, policy=policy).any()
    released = others.assign(length=others.attrs["length"])
    assert privacy.audit_releases([released], policy=policy, exclusive=["race"]).empty


def test_the_lead_measure_is_found_without_a_name():
    first, second = measure(name="first"), measure(name="second", lead=True)
    assert series.definition([first, second], "") is second
    assert series.definition([first], "") is first
    with pytest.raises(Problem, match="No measure"):
        series.definition([first], "falls")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"measure": ["bp"]}, "no column “period”"),
        ({"measure": [], "period": []}, "hold no row"),
        ({"measure": ["x"], "period": ["2020-01-01"]}, "No measure is called “x”"),
        ({"measure": ["bp"], "period": [None]}, "without a period"),
        ({"measure": ["bp"], "period": ["soon"]}, "not a date or a number"),
        ({"measure": ["bp"], "period": ["2020-01-01"], "numerator": ["many"]}, "not a date or a number"),
        ({"measure": ["bp", "bp"], "period": ["2020-01-01"] * 2}, "bp in 2020-01 twice"),
        (
            {"measure": "bp", "period": ["2020-01-01"] * 2, "stratifier": "race", "stratum": "A"},
            "bp in 2020-01, race “A” twice",
        ),
    ],
)
def test_counts_that_cannot_be_stored_are_refused_in_words(table, says):
    with pytest.raises(Problem, match=says):
        series.checked(pd.DataFrame(table), known=["bp"])

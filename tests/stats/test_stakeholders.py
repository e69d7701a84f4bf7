"""Partners on the map, commitment, calls that are due and kinds that are missing, held against slow sums."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pophealth.stats import stakeholders
from tests.stats.test_careless import refused

MARKS = st.one_of(st.none(), st.integers(1, 5))
ROWS = st.lists(st.tuples(MARKS, MARKS, st.booleans()), max_size=12)


def partners(rows):
    table = pd.DataFrame(rows, columns=["influence", "interest", "affected"])
    return table.astype({"influence": float, "interest": float}).assign(name=range(len(rows)))


def by_hand(influence, interest, affected):
    if affected:
        return "shape it together"
    if influence is None or interest is None:
        return "not rated yet"
    words = {(True, True): "work closely", (True, False): "keep content", (False, True): "keep informed"}
    return words.get((influence >= 3, interest >= 3), "look in on")


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_everyone_has_one_place_and_people_who_are_affected_stand_on_top(rows):
    table = partners(rows)
    found = stakeholders.mapped(table)
    assert sorted(found["name"]) == [*range(len(rows))]
    assert {row.name: row.place for row in found[["name", "place"]].itertuples(index=False)} == {
        place: by_hand(*row) for place, row in enumerate(rows)
    }
    order = found["place"].map(stakeholders.PLACES.index)
    assert order.is_monotonic_increasing
    assert found["affected"].head(int(table["affected"].sum())).all()
    pd.testing.assert_frame_equal(table, partners(rows))


def test_no_power_and_no_interest_never_make_an_affected_group_low():
    found = stakeholders.mapped(partners([(5, 5, False), (1, 1, True)]))
    assert found["place"].tolist() == ["shape it together", "work closely"]
    assert found["name"].tolist() == [1, 0]


def test_gaps_come_largest_first_and_only_of_those_with_both_marks():
    table = pd.DataFrame({"name": [*"abcd"], "now": [0, 4, None, 2], "needed": [3, 2, 4, 3]})
    found = stakeholders.commitment(table)
    assert found[["name", "gap"]].to_numpy().tolist() == [["a", 3.0], ["d", 1.0], ["b", -2.0]]


def test_a_call_is_due_from_its_day_on_and_soon_two_weeks_ahead():
    days = ["2021-06-29", "2021-06-30", "2021-07-14", "2021-07-15", None]
    table = pd.DataFrame({"name": [*"abcde"], "next_contact": days})
    found = stakeholders.due(table, as_of=pd.Timestamp("2021-06-30").date())
    assert dict(zip(found["name"], found["due"], strict=True)) == {
        "a": "overdue",
        "b": "soon",
        "c": "soon",
        "e": "no date",
    }
    assert stakeholders.due(table, as_of="2021-06-30", days=15)["name"].tolist() == [*"abcde"]


def test_kinds_stand_in_their_order_and_strangers_are_not_counted():
    found = stakeholders.missing(pd.DataFrame({"sector": ["b", "b", "", "x"]}), kinds=["a", "b"])
    assert found.to_numpy().tolist() == [["a", 0, False], ["b", 2, True]]


def test_empty_tables_give_empty_tables():
    empty = partners([])
    assert stakeholders.mapped(empty).empty
    assert stakeholders.commitment(empty.assign(now=np.nan, needed=np.nan)).empty
    assert stakeholders.due(empty.assign(next_contact=pd.NaT), as_of="2021-06-30").empty


@pytest.mark.parametrize(
    ("call", "table", "sentence"),
    [
        (
            stakeholders.mapped,
            partners([(3, 3, True)]).drop(columns="affected"),
            "column 'affected' is not in",
        ),
        (stakeholders.mapped, partners([(6, 3, True)]), "column 'influence' is not from 1 to 5 in row 0"),
        (
            stakeholders.mapped,
            partners([(3, 3, True)]).assign(affected="yes"),
            "column 'affected' holds 'yes'",
        ),
        (
            stakeholders.commitment,
            pd.DataFrame({"now": [1, 5], "needed": [4, 4]}),
            "column 'now' is not from 0 to 4 in row 1",
        ),
        (stakeholders.commitment, pd.DataFrame({"now": [1]}), "column 'needed' is not in the table"),
    ],
)
def test_careless_tables_are_refused_in_one_sentence(call, table, sentence):
    refused(lambda: call(table), sentence, table)

"""Before and after: held against a slow count, and careful about who answered."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pophealth.workspace.two_rounds import before_after, people

THEN, NOW = "2020-09-01", "2021-05-01"
ANSWERS = st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.integers(0, 100)), min_size=1)


def table(*rounds, section="Fairness"):
    rows = [
        (when, rater, section, score)
        for when, answers in zip((THEN, "2021-01-01", NOW), rounds, strict=False)
        for rater, score in answers.items()
    ]
    found = pd.DataFrame(rows, columns=["round", "rater", "section", "score"]).astype({"score": float})
    return found.assign(round=pd.to_datetime(found["round"]))


@settings(max_examples=30)
@given(ANSWERS, ANSWERS)
def test_the_table_is_what_a_slow_count_gives(then, now):
    (row,) = before_after(table(then, now)).to_dict("records")
    both = [name for name in then if then[name] is not None and now.get(name) is not None]
    assert row["both"] == len(both)
    assert row["up"] == sum(now[name] > then[name] for name in both)
    assert row["down"] == sum(now[name] < then[name] for name in both)
    assert row["up"] + row["alike"] + row["down"] == row["both"]
    assert row["answered_now"] == sum(score is not None for score in now.values())
    middle = pd.Series([score for score in then.values() if score is not None], dtype=float).median()
    assert row["before"] == middle or pd.isna(middle)


def test_one_round_has_no_before_and_no_after():
    assert before_after(table({"oak": 50})).empty
    assert before_after(table({})).empty


def test_the_first_round_stands_beside_the_newest():
    (row,) = before_after(table({"oak": 10}, {"oak": 90}, {"oak": 40})).to_dict("records")
    assert (row["before"], row["now"], row["moved"]) == (10, 40, "up")


@pytest.mark.parametrize(
    ("then", "now", "moved"),
    [
        ({"a": 30, "b": 30}, {"a": 39, "b": 39}, ""),
        ({"a": 30, "b": 30}, {"a": 40, "b": 40}, "up"),
        ({"a": 30, "b": 30, "c": 60, "d": 60, "e": 60}, {"a": 40, "b": 40, "c": 60}, ""),
        ({"a": 60, "b": 60, "c": 60, "d": 30}, {"a": 50, "b": 50, "c": 60, "d": 20}, "down"),
        ({"a": 30}, {"b": 80}, "up"),
    ],
)
def test_a_section_moved_only_when_those_who_answered_twice_went_that_way(then, now, moved):
    assert before_after(table(then, now)).loc[0, "moved"] == moved


def test_a_code_that_two_people_share_makes_no_pair():
    shared = pd.concat([table({"oak": 10, "elm": 10}, {"oak": 50}), table({"OAK ": 90})])
    assert before_after(shared).loc[0, "both"] == 0
    assert people(shared) == {"before": 3, "now": 1, "both": 0}
    assert people(table({"Oak": 10, "elm": 10}, {" oak": 50})) == {"before": 2, "now": 1, "both": 1}


def test_statements_are_compared_by_level():
    levels = table({"oak": 0, "elm": 1}, {"oak": 1, "elm": 2}).assign(statement="We ask.")
    found = before_after(
        levels.rename(columns={"score": "level"}), by=["section", "statement"], value="level"
    )
    assert found.loc[0, ["before", "now", "moved"]].tolist() == [0.5, 1.5, "up"]

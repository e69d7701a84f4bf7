"""Ratings side by side: the spread is never melted into one number."""

import pandas as pd

from pophealth.workspace.instrument import SECTIONS
from pophealth.workspace.ratings import next_steps, section_scores, statements, summary
from pophealth.workspace.records import Rating


def rating(rater, level):
    names = [one.name for section in SECTIONS for one in section.statements]
    return Rating(rater=rater, role="nurse", answers=dict.fromkeys(names, level))


def test_one_row_for_each_person_and_section():
    table = section_scores([rating("oak", 3), rating("elm", 0)])
    assert len(table) == 2 * len(SECTIONS)
    assert set(table["score"]) == {0, 100}


def test_two_people_far_apart_are_flagged_and_two_who_agree_are_not():
    assert summary(section_scores([rating("oak", 3), rating("elm", 0)]))["apart"].all()
    assert not summary(section_scores([rating("oak", 2), rating("elm", 2)]))["apart"].any()


def test_one_person_alone_is_never_in_disagreement():
    assert not summary(section_scores([rating("oak", 3)]))["apart"].any()


def test_somebody_who_cannot_say_is_counted_as_asked():
    silent = Rating(rater="ash", answers={})
    table = summary(section_scores([rating("oak", 2), silent]))
    assert (table["asked"] == 2).all()
    assert (table["answered"] == 1).all()


def test_the_lowest_three_come_with_a_first_step():
    table = next_steps(section_scores([rating("oak", 1)]))
    assert len(table) == 3
    assert table["next_step"].str.endswith(".").all()


def test_without_any_rating_the_tables_are_empty():
    empty = section_scores([])
    assert empty.empty
    assert summary(empty).empty
    assert next_steps(empty).empty


def test_statements_are_one_row_each():
    assert isinstance(statements(), pd.DataFrame)
    assert statements()["name"].is_unique

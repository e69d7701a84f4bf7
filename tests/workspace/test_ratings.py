"""Ratings side by side: the spread is never melted into one number."""

import math
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from pophealth.workspace import ratings
from pophealth.workspace.instrument import example
from pophealth.workspace.ratings import next_steps, section_scores, statements, summary
from pophealth.workspace.records import Rating
from pophealth.workspace.store import Workspace

SECTIONS = example().sections


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


def test_statements_two_levels_apart_come_first_with_how_many_stand_at_each_end():
    said = [
        Rating(rater=name, answers={"equity-1": low, "equity-2": 2})
        for name, low in zip("abc", (0, 0, 3), strict=True)
    ]
    (row,) = ratings.differing(ratings.statement_levels(said)).to_dict("records")
    assert (row["section"], row["lowest"], row["highest"]) == ("Fairness", 0, 3)
    assert (row["at_lowest"], row["at_highest"], row["answered"]) == (2, 1, 3)


def test_balance_is_even_for_four_alike_and_always_has_its_level():
    found = ratings.balance(section_scores([rating("oak", 1)]))
    assert found
    assert (found.index, round(found.level)) == (1, 33)
    assert ratings.balance(section_scores([rating("oak", 0)])) is None
    assert (
        ratings.balance(section_scores([Rating(rater="oak", answers={"health-1": 3, "health-2": 3})])) is None
    )


def test_balance_is_shannons_evenness():
    levels = {"health": 3, "social": 2, "community": 1, "solutions": 1}
    answers: dict[str, int | None] = {
        f"{part}-{number}": level for part, level in levels.items() for number in range(1, 5)
    }
    shares = [level / 7 for level in levels.values()]
    by_hand = -sum(share * math.log(share) for share in shares) / math.log(4)
    found = ratings.balance(section_scores([Rating(rater="oak", answers=answers)]))
    assert found
    assert found.index == round(by_hand, 2)
    assert (found.lowest, found.highest) == ("Community health and well-being", "Physical and mental health")


def test_answers_to_other_statements_are_never_mixed_in():
    other = Rating(rater="elm", answers={"ours-2/equity-1": 3, "ours-2/equity-2": 3})
    assert len(section_scores([rating("oak", 1), other])) == len(SECTIONS)
    assert len(ratings.of_this([rating("oak", 1), other, Rating(rater="fir")])) == 2


def test_comments_stand_without_codes_and_from_three_people_on():
    said = [
        Rating(rater=name, role="nurse", comment=words)
        for name, words in (("oak", "b"), ("elm", "a"), ("fir", ""))
    ]
    assert ratings.comments(said) == ["a", "b"]
    assert ratings.comments(said[:2]) == []
    assert ratings.roles(said) == ["nurse"]


@pytest.fixture
def place(tmp_path):
    now = [datetime(2020, 9, 20, tzinfo=UTC)]
    steward = Workspace.create(tmp_path / "ours", community="Riverbend", clock=lambda: now[0])
    steward.add_team("harbor", "Harbor")
    for user, role in (("ana", "member"), ("ben", "member"), ("cora", "coach")):
        steward.add_person(user, user.title(), role, ["harbor"])
    steward.add_person("fay", "Fay", "faculty")
    return lambda user, at="": _book(tmp_path / "ours", user, now, at)


def _book(folder, user, now, at):
    if at:
        now[0] = datetime.fromisoformat(at).replace(tzinfo=UTC)
    workspace = Workspace.open(folder, user=user)
    workspace._clock = lambda: now[0]
    return workspace.team("harbor")


def test_a_rating_kept_before_there_were_rounds_belongs_to_the_first(place):
    place("ana", "2020-09-28").save(Rating(key="oak", rater="oak", answers={"equity-1": 1}), based_on=0)
    place("ben", "2020-10-03").save(Rating(key="elm", rater="elm", answers={"equity-1": 1}), based_on=0)
    later = Rating(key="oak-2", rater="oak", answers={"equity-1": 2}, round=date(2021, 5, 1))
    place("ana", "2021-05-04").save(later, based_on=0)
    found = ratings.answers(place("ana"))
    assert [one.round for one in found] == [date(2020, 9, 1), date(2020, 9, 1), date(2021, 5, 1)]
    assert len(ratings.answers(place("ana"), as_of=date(2020, 12, 31))) == 2
    assert ratings.opened_for(found, as_of=date(2021, 6, 2)) == date(2021, 5, 1)
    assert ratings.opened_for(found, as_of=date(2021, 9, 2)) == date(2021, 9, 1)
    assert ratings.opened_for([], as_of=date(2021, 9, 2)) == date(2021, 9, 1)


def test_nobody_reads_a_rating_with_its_author_and_sums_are_for_the_team_and_its_coach(place):
    place("ana").save(Rating(key="oak", rater="oak", answers={"equity-1": 1}), based_on=0)
    assert [entry.author for entry in place("ana").list("rating")] == ["ana"]
    assert place("ben").list("rating") == place("cora").list("rating") == []
    owner = place(None)
    assert [entry.author for entry in owner.list("rating")] == [""]
    assert owner.get("rating", "oak").author == ""
    assert place("ben").history("rating", "oak") == owner.history("rating", "oak") == []
    for user in ("ana", "ben", "cora", None):
        assert len(ratings.answers(place(user))) == 1

"""Questions for a whole room: one answer a device, counted, without a name, until the question is closed."""

import json
import sqlite3

import pytest

from pophealth.workspace import polls
from pophealth.workspace.errors import Problem
from pophealth.workspace.people import EVERYONE
from pophealth.workspace.records import Aim, Poll, Reply, Session
from pophealth.workspace.store import Workspace

PHONES = [f"phone number {number:02} of the room" for number in range(40)]


def opened(folder, user):
    return Workspace.open(folder, user=user)


def asked(folder, key="slow", state="open", **about):
    book = polls.everyone(opened(folder, "fay"))
    before = book.get("poll", key)
    poll = Poll(key=key, text="What slows you down?", state=state, **about)
    book.save(poll, based_on=before.revision if before else 0)


def tally(folder, user="ana"):
    (found,) = polls.tallies(opened(folder, user))
    return found


def test_answers_are_counted_by_choice_and_one_device_counts_once(folder):
    asked(folder, choices="Time\n\nNumbers  come late\nTime")
    for number, phone in enumerate(PHONES):
        polls.answer(
            opened(folder, "sam"), "slow", "Time" if number % 4 else "Numbers come late", device=phone
        )
    assert tally(folder).counts == (("Time", 30), ("Numbers come late", 10))
    polls.answer(opened(folder, "sam"), "slow", "Time", device=PHONES[0])
    found = tally(folder)
    assert (found.counts, found.answered) == ((("Time", 31), ("Numbers come late", 9)), 40)
    assert polls.answered(opened(folder, "sam"), "slow", device=PHONES[0]) == "Time"
    assert polls.answered(opened(folder, "sam"), "slow", device="a phone that has said nothing") == ""


def test_short_answers_stand_in_an_order_that_tells_nothing(folder):
    asked(folder)
    for phone, words in zip(PHONES, ["  zebra ", "a   horse", "Bee"], strict=False):
        polls.answer(opened(folder, "ana"), "slow", words, device=phone)
    assert tally(folder).words == ("a horse", "Bee", "zebra")


@pytest.mark.parametrize("state", ["waiting", "closed"])
def test_only_an_open_question_takes_answers(folder, state):
    asked(folder, state=state)
    with pytest.raises(Problem, match="This question is closed"):
        polls.answer(opened(folder, "ana"), "slow", "Time", device=PHONES[0])
    with pytest.raises(Problem, match="This question is closed"):
        polls.answer(opened(folder, "ana"), "no-such", "Time", device=PHONES[0])
    assert tally(folder).answered == 0


@pytest.mark.parametrize(
    ("choices", "text", "device", "says"),
    [
        ("Time\nMoney", "Love", PHONES[0], "Choose one of the answers."),
        ("", "  ", PHONES[0], "Write a few words first."),
        ("", "x" * 201, PHONES[0], "Keep it short, please."),
        ("", "Time", "short", "could not tell one phone from another"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(folder, choices, text, device, says):
    asked(folder, choices=choices)
    with pytest.raises(Problem, match=says):
        polls.answer(opened(folder, "ana"), "slow", text, device=device)
    assert tally(folder).answered == 0


def test_nobody_can_read_who_answered_what_and_the_file_does_not_know(folder):
    asked(folder, "slow")
    asked(folder, "next")
    for poll in ("slow", "next"):
        polls.answer(opened(folder, "ana"), poll, "a canary of Ana", device=PHONES[7])
    for user in ("ana", "cora", "fay", "owner"):
        book = polls.everyone(opened(folder, user))
        assert book.list("reply") == []
        assert book.removed("reply") == []
    with sqlite3.connect(folder / "workspace.sqlite") as file:
        rows = file.execute("SELECT key, author, body FROM entries WHERE kind = 'reply'").fetchall()
    assert [author for _, author, _ in rows] == ["", ""]
    assert len({key for key, _, _ in rows}) == 2
    assert "ana" not in json.dumps([[key, body.replace("a canary of Ana", "")] for key, _, body in rows])
    assert PHONES[7] not in json.dumps(rows)


def test_what_is_everyones_takes_sessions_and_questions_only_and_only_from_faculty(folder):
    session, poll = Session(key="first", name="First"), Poll(key="slow", text="What slows you down?")
    for user in ("ana", "cora"):
        for record in (session, poll, Aim(what="sleep"), Reply(key="x" * 20, text="me")):
            with pytest.raises(Problem):
                polls.everyone(opened(folder, user)).save(record, based_on=0)
    for record in (session, poll):
        polls.everyone(opened(folder, "fay")).save(record, based_on=0)
        assert polls.everyone(opened(folder, "ana")).records(record.kind) == [record]
        with pytest.raises(Problem):
            opened(folder, "owner").team("gull-harbor").save(record, based_on=0)
    with pytest.raises(Problem):
        polls.everyone(opened(folder, "owner")).save(Aim(what="sleep"), based_on=0)


def test_the_place_of_everyone_is_no_team(folder):
    asked(folder)
    steward = opened(folder, "owner")
    assert EVERYONE.slug not in {team.slug for team in (*steward.teams(all=True), *steward.cohort())}
    assert steward.shared("poll") == []
    with pytest.raises(Problem, match="There is no team"):
        steward.team(EVERYONE.slug)
    with pytest.raises(Problem):
        steward.add_team(EVERYONE.slug, "Everyone")


def test_one_choice_is_no_choice():
    assert "at least two" in Poll(text="Yes?", choices="Yes").problems()["choices"]

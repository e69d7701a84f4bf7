"""What the page of the room is told: open questions, those closed a short while ago, and what is new."""

from datetime import UTC, datetime, timedelta

import pytest

from pophealth.views.forms import RoomQuestions
from pophealth.views.room_desk import Hands
from pophealth.workspace import polls
from pophealth.workspace.records import Poll
from pophealth.workspace.store import Workspace

PHONE = "a phone that nobody else has"
NOON = datetime(2021, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def room(tmp_path):
    """A workspace whose clock can be set, with one open question."""
    clock = {"now": NOON}
    workspace = Workspace.create(tmp_path, clock=lambda: clock["now"])
    ask(workspace, "open")
    return workspace, clock


def ask(workspace, state, key="first"):
    book = polls.everyone(workspace)
    before = book.get("poll", key)
    poll = Poll(key=key, text="Rain or sun?", choices="Rain\nSun", state=state)
    book.save(poll, based_on=before.revision if before else 0)


def look(desk):
    return desk.answer({"type": "look", "device": PHONE})["polls"]


def test_what_others_answer_is_told_at_the_next_look(room):
    workspace, _ = room
    desk = Hands(workspace)
    assert look(desk)[0]["counts"] == [["Rain", 0], ["Sun", 0]]
    polls.answer(workspace, "first", "Sun", device="another phone in the room")
    assert look(desk)[0] | {"key": ""} == {
        "key": "",
        "text": "Rain or sun?",
        "open": True,
        "answered": 1,
        "counts": [["Rain", 0], ["Sun", 1]],
        "words": [],
        "mine": "",
    }
    assert look(desk) == look(desk)


def test_a_device_is_told_its_own_answer_and_no_other_is(room):
    workspace, _ = room
    desk = Hands(workspace)
    told = desk.answer({"type": "answer", "poll": "first", "text": "Rain", "device": PHONE})
    assert told["polls"][0]["mine"] == "Rain"
    assert Hands(workspace).answer({"type": "look", "device": "x" * 20})["polls"][0]["mine"] == ""
    assert desk.state()["polls"][0]["mine"] == ""


def test_a_closed_question_stays_for_the_talk_and_then_goes(room):
    workspace, clock = room
    desk = Hands(workspace)
    ask(workspace, "closed")
    assert [one["open"] for one in look(desk)] == [False]
    clock["now"] = NOON + timedelta(hours=13)
    assert look(desk) == []


def test_a_question_that_waits_is_not_told(room):
    workspace, _ = room
    ask(workspace, "waiting")
    assert look(Hands(workspace)) == []


def test_what_is_wrong_is_said_in_one_sentence(room):
    workspace, _ = room
    page = RoomQuestions(Hands(workspace))
    answer = page.reply({"type": "answer", "poll": "first", "text": "Snow", "device": PHONE})
    assert answer == {"type": "problem", "sentence": "Choose one of the answers."}
    assert page.reply({"type": "look", "device": PHONE})["type"] == "polls"

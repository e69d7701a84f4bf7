"""Questions that a whole room answers: what is open, what one device answered, and how answers add up.

An answer is kept without a name, under a key that only the device can make which gave it. Nobody can read
one; only how often each choice was taken comes out, and short answers in an order that tells nothing.
"""

from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from pophealth.workspace.entries import Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.people import EVERYONE
from pophealth.workspace.records import Poll, Reply
from pophealth.workspace.rights import allowed
from pophealth.workspace.store import TeamBook, Workspace

SHORTEST_TOKEN = 16


class Tally(NamedTuple):
    """How a room answered one question.

    Attributes
    ----------
    key, text, state : str
        Which question, its words, and whether it is waiting, open or closed.
    session : str
        The learning session it belongs to.
    at : datetime.datetime
        When it was opened, closed or written last.
    answered : int
        How many have answered.
    counts : tuple of (str, int)
        Each choice with how often it was taken; empty where people answer in their own words.
    words : tuple of str
        Short answers, by letter.
    """

    key: str
    text: str
    state: str
    session: str
    at: datetime
    answered: int
    counts: tuple[tuple[str, int], ...] = ()
    words: tuple[str, ...] = ()


def everyone(workspace: Workspace) -> TeamBook:
    """Open what belongs to no team: learning sessions, and questions for a whole room.

    Parameters
    ----------
    workspace : Workspace
        Bound to one person; all may read, faculty and stewards write.

    Returns
    -------
    TeamBook
        It takes the kinds of `records.COMMON` only.
    """
    return workspace._book(EVERYONE)


def tallies(workspace: Workspace, *states: str) -> list[Tally]:
    """Count the answers to each question for the room.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks.
    *states : str
        Such as "open"; none for all.

    Returns
    -------
    list of Tally
        In the order in which questions were written; one answer a device, its newest.
    """
    asked = [entry for entry in everyone(workspace).list("poll") if _poll(entry).text]
    wanted = [entry for entry in asked if not states or _poll(entry).state in states]
    if not wanted:
        return []
    with workspace._file.reading() as ledger:
        given = [_reply(entry) for entry in ledger.newest(team=EVERYONE.slug, kind="reply")]
    return [_tally(entry, [one.text for one in given if one.poll == entry.key]) for entry in wanted]


def answer(workspace: Workspace, poll: str, text: str, *, device: str) -> None:
    """Keep what somebody in the room answered, in place of what the same device answered before.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever answers; the person is not written down.
    poll, text : str
        Which question; a choice, or a few words.
    device : str
        A long random word that the device keeps for itself.

    Raises
    ------
    Problem
        When the question is not open, the answer does not fit it, or this person may not answer.
    """
    reply = Reply.draft({"poll": poll, "text": " ".join(str(text).split())}, _key(poll, device))
    with workspace._file.writing() as ledger:
        asked = ledger.last(EVERYONE.slug, "poll", poll) if poll else None
        _refuse(workspace, asked, reply)
        revision = ledger.next_revision(EVERYONE.slug, "reply", reply.key)
        about = {"team": EVERYONE.slug, "kind": "reply", "key": reply.key, "revision": revision}
        now = everyone(workspace).now()
        ledger.append(Entry(**about, body=reply.body(), author="", saved_at=now, based_on=revision - 1))


def answered(workspace: Workspace, poll: str, *, device: str) -> str:
    """Give what this device answered, so that it can be shown there and changed; "" when nothing."""
    with workspace._file.reading() as ledger:
        found = ledger.last(EVERYONE.slug, "reply", _key(poll, device))
    return _reply(found).text if found else ""


def _refuse(workspace: Workspace, asked: Entry | None, reply: Reply) -> None:
    poll = _poll(asked) if asked and not asked.deleted else Poll()
    may = allowed(workspace.person.role, "answer", team="everyone")
    if not may or poll.state != "open":
        raise Problem("This question is closed. Thank you for thinking about it.")
    if reply.problems():
        raise Problem(f"Keep it short, please. {next(iter(reply.problems().values()))}")
    if not reply.text or (poll.options and reply.text not in poll.options):
        raise Problem("Choose one of the answers." if poll.options else "Write a few words first.")


def _key(poll: str, device: str) -> str:
    """Name an answer so that answers of one device to several questions cannot be laid side by side."""
    if len(device) < SHORTEST_TOKEN:
        raise Problem("This page could not tell one phone from another. Load it again, then answer.")
    return sha256(f"{device} {poll}".encode()).hexdigest()[:32]


def _reply(entry: Entry) -> Reply:
    record = entry.record
    return record if isinstance(record, Reply) else Reply()


def _poll(entry: Entry) -> Poll:
    record = entry.record
    return record if isinstance(record, Poll) else Poll()


def _tally(entry: Entry, given: list[str]) -> Tally:
    poll = _poll(entry)
    about = (entry.key, poll.text, poll.state, poll.session, entry.saved_at)
    if not poll.options:
        return Tally(*about, len(given), words=tuple(sorted(given, key=str.casefold)))
    counts = tuple((choice, given.count(choice)) for choice in poll.options)
    return Tally(*about, sum(times for _, times in counts), counts)

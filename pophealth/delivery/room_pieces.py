"""The pieces of the room: each team's story on one page, learning sessions, and what was asked there."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from pophealth.views import lists, theme
from pophealth.views.markup import Html
from pophealth.views.phrases import many
from pophealth.views.sustain_words import DECISIONS
from pophealth.workspace.polls import Tally
from pophealth.workspace.records import Session
from pophealth.workspace.records_session import MEETINGS
from pophealth.workspace.steps import STEPS

NO_STORIES = ("Stories that teams share will stand here, one page each.", "Share yours in step 10.")
NO_SESSION = ("The plan of the next learning session will stand here.", "Faculty write it on their page.")
NO_QUESTIONS = ("What a room answered will stand here.", "Faculty ask a question on their page.")
NO_IDEAS = ("Ideas that teams share will stand here.", "Share yours in step 7.")


class Told(NamedTuple):
    """What a team has shared of its story."""

    name: str
    board: Any
    aim: str = ""
    tests: Sequence[Any] = ()
    wanted: Sequence[Any] = ()
    chart: Html = theme.join()


def stories(told: Iterable[Told]) -> Html:
    """Give each team's story a page to open."""
    pages = [lists.fold(one.name, _story(one), note=one.board.headline) for one in told]
    return theme.join(*pages) if pages else theme.empty(*NO_STORIES)


def _story(told: Told) -> Html:
    board = told.board
    known = [("Aim", told.aim), ("What they tried", _tried(told.tests))]
    known += [
        ("What they learned", board.learned),
        ("The next 30 days", board.next),
        ("Made with", board.made_with),
    ]
    known += [("They ask" if one.sort == "ask" else "They offer", one.text) for one in told.wanted]
    return theme.join(told.chart, theme.record_table("", [pair for pair in known if pair[1]]))


def _tried(tests: Sequence[Any]) -> str:
    """Count the tests a team has shared by what was decided, and name the latest one."""
    if not tests:
        return ""
    counts = pd.Series([one.decision for one in tests]).value_counts()
    parts = ", ".join(f"{counts[name]} {word}" for name, word in DECISIONS.items() if counts.get(name, 0))
    latest = max(tests, key=lambda one: str(one.start or ""))
    return f"{many(len(tests), 'change')}: {parts}. The latest: {latest.name or latest.key}."


def coming(session: Session | None, planned: str, address: Callable[[str], str]) -> Html:
    """Show the plan of the next session: day, agenda, what to do before, and notebooks with their links."""
    if session is None:
        return theme.empty(NO_SESSION[0], f"{planned} {NO_SESSION[1]}".strip())
    rows = [("Day", _day(session.date)), ("Where", session.place), ("In the calendar", planned)]
    rows += [("Agenda", session.agenda), ("Before you come", session.before)]
    plan = theme.record_table(session.summary, [row for row in rows if row[1]])
    return theme.join(plan, _notebooks(session, address))


def past(sessions: Iterable[Session], asked: Sequence[Tally]) -> Html:
    """Fold away earlier sessions with their minutes, and what the room answered."""
    known = list(sessions)
    pages = [
        lists.fold(
            one.summary, _past(one, [poll for poll in asked if poll.session == one.key]), note=_day(one.date)
        )
        for one in known
    ]
    keys = {one.key for one in known}
    others = [poll for poll in asked if poll.session not in keys]
    pages += [lists.fold("Other questions", theme.join(*map(answered, others)))] if others else []
    return theme.join(*pages) if pages else theme.empty(*NO_QUESTIONS)


def _past(session: Session, asked: Sequence[Tally]) -> Html:
    rows = [("Agenda", session.agenda), ("Minutes", session.minutes)]
    return theme.join(theme.record_table("", [row for row in rows if row[1]]), *map(answered, asked))


def answered(poll: Tally) -> Html:
    """Show how a room answered one question: counted choices, or short answers; never who."""
    caption = f"{poll.text} ({many(poll.answered, 'answer')})"
    if poll.counts:
        return theme.data_table(pd.DataFrame(poll.counts, columns=["Answer", "People"]), caption=caption)
    return theme.data_table(pd.DataFrame({"In people's own words": poll.words}), caption=caption)


def ideas(rows: pd.DataFrame) -> Html:
    """List the ideas that teams have shared."""
    if rows.empty:
        return theme.empty(*NO_IDEAS)
    shown = rows[["name", "text", "evidence"]]
    return lists.boxed(theme.data_table(shown.set_axis(["Team", "Idea", "How sure they are"], axis=1)))


def notebooks(text: str) -> list[tuple[str, str]]:
    r"""Read which notebooks a session uses.

    Parameters
    ----------
    text : str
        One on each line: START, or a number with or without words.

    Returns
    -------
    list of tuple
        What it is called, and the name of its file ("" when there is none).

    Examples
    --------
    >>> notebooks("START\nStep 5, the first half")
    [('Start here', 'START'), ('5 Choose whom to focus on', '05_focus')]
    """
    return [_notebook(line.strip()) for line in text.splitlines() if line.strip()]


def _notebook(line: str) -> tuple[str, str]:
    if line.upper().startswith("START"):
        return "Start here", "START"
    number = re.search(r"\b(10|[1-9])\b", line)
    step = STEPS[int(number[1]) - 1] if number else None
    return (f"{step.number} {step.title}", step.notebook or "") if step else (line, "")


def _notebooks(session: Session, address: Callable[[str], str]) -> Html:
    named = notebooks(session.notebooks)
    if not named:
        return theme.join()
    rows = [(name, address(file) if file else "") for name, file in named]
    return lists.links(rows, heading="Notebooks we use that day")


def planned(session: Session | None, dates: pd.DataFrame) -> str:
    """Say when the calendar has a session: the one that is planned, or the next one."""
    wanted = dates[dates["key"].eq(session.stands_for)] if session else dates
    if wanted.empty:
        return ""
    row = wanted.iloc[0]
    day = _day(row["date"].date())
    if session and session.date == row["date"].date():
        return MEETINGS.get(session.stands_for, "")
    return f"{row['name']}: {day}" if session else f"{row['name']} is on {day}."


def _day(when: date | None) -> str:
    return f"{when:%A}, {when:%B} {when.day}, {when.year}" if when else ""

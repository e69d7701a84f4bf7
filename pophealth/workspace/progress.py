"""How far teams have come: the path, the room, the one next thing, and what is new."""

from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from pophealth.stats.alarms import false_alarms
from pophealth.workspace import leads, news, ratings, timeline
from pophealth.workspace.errors import Problem
from pophealth.workspace.needs import needs_a_hand
from pophealth.workspace.records import MODELS, Calendar, Record, Test
from pophealth.workspace.signs import charted, rules_of, sign_of
from pophealth.workspace.steps import BY_SLUG, STEPS, Step, status
from pophealth.workspace.store import TeamBook, Workspace

__all__ = [
    "RoomSummary",
    "coming",
    "needs_a_hand",
    "next_tuesday",
    "path",
    "planning_weeks",
    "room",
    "since_last",
    "team_next",
]

PATIENCE_WEEKS = 6
COUNTS_DAYS = 62
TUESDAY = 1


class RoomSummary(NamedTuple):
    """What a room may see, in numbers; only things that teams have shared.

    Attributes
    ----------
    teams, focused : int
        Teams in the community, and those that have shared whom they focus on.
    measures, improved, held : int
        Shared lead measures with a chart, one a team; those with a signal of improvement in the phase in
        force that still stands, named before it began; and those where two more periods followed.
    by_luck : float
        How many signals so many charts would show if nothing had changed.
    tests, predicted : int
        Shared tests of change, and those with a written prediction.
    asks, offers : int
        Open asks and offers.
    """

    teams: int
    focused: int
    measures: int
    improved: int
    held: int
    by_luck: float
    tests: int
    predicted: int
    asks: int
    offers: int


def path(workspace: Workspace) -> pd.DataFrame:
    """List how far each team has come on each step.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks; teams whose status she may not see are left out.

    Returns
    -------
    DataFrame
        team, name, step, number, status (not started, in progress, done), in the order of teams and steps.
    """
    rows = []
    for team in workspace.cohort():
        try:
            steps = workspace.status_of(team.slug)["steps"]
        except Problem:
            continue
        rows += [(team.slug, team.name, step.slug, step.number, steps[step.slug]) for step in STEPS]
    return pd.DataFrame(rows, columns=["team", "name", "step", "number", "status"])


def room(workspace: Workspace) -> RoomSummary:
    """Sum up what teams have shared, for the screen of a learning session.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks.

    Returns
    -------
    RoomSummary
        Counts of shared things only. No score, no worry and no order of teams.
    """
    tests = [entry.record for entry in workspace.shared("test")]
    sorts = [getattr(entry.record, "sort", "") for entry in workspace.shared("exchange")]
    signs, luck = _shared_signs(workspace)
    return RoomSummary(
        teams=len(workspace.cohort()),
        focused=len({entry.team for entry in workspace.shared("focus")}),
        measures=len(signs),
        improved=sum(sign.direction == "improvement" for sign in signs),
        held=sum(sign.direction == "improvement" and sign.holds for sign in signs),
        by_luck=round(sum(luck), 2),
        tests=len(tests),
        predicted=sum(isinstance(test, Test) and bool(test.prediction.strip()) for test in tests),
        asks=sorts.count("ask"),
        offers=sorts.count("offer"),
    )


def team_next(book: TeamBook, *, as_of: date) -> tuple[str, ...]:
    """Say where a team is and the one next thing, with a kind word when planning goes on for long.

    Parameters
    ----------
    book : TeamBook
        The team.
    as_of : datetime.date
        The day to count weeks from.

    Returns
    -------
    tuple of str
        Two or three plain sentences.
    """
    present, steps = _present(book)
    done = sum(step == "done" for step in steps.values())
    coming = next((slug for slug, step in steps.items() if step != "done"), "")
    begun = any(step != "not started" for step in steps.values())
    where = f"You have done {done} of {len(steps)} steps." if begun else "You have not begun yet."
    waiting = _planning(book, as_of)
    if not coming:
        return (where, waiting or _stay(book, as_of))
    step = BY_SLUG[coming]
    verb = "Go on with" if steps[coming] == "in progress" else "Next comes"
    thing = f"{verb} step {step.number}, {step.title}: {step.question} About {step.minutes} minutes."
    if steps[coming] == "in progress":
        thing = f"{thing} {_still_open(step, present)}".strip()
    return (where, thing, waiting) if waiting else (where, thing)


def since_last(book: TeamBook, since: date, *, as_of: date) -> pd.DataFrame:
    """List what a team wrote or brought since a day, newest first.

    Parameters
    ----------
    book : TeamBook
        The team.
    since, as_of : datetime.date
        First and last day to look at.

    Returns
    -------
    DataFrame
        Day, Who, What; one row per thing, with its newest change. Ballots and partner answers are not there.
    """
    found = news.written(book, since, as_of=as_of)
    rows = [(one.at.date(), book.name_of(one.user), news.one_line(one)) for one in found]
    return pd.DataFrame(rows, columns=["Day", "Who", "What"])


def _shared_signs(workspace: Workspace) -> tuple[list, list[float]]:
    signs, luck = [], []
    for entry, measure in leads.shared_leads(workspace):
        if timeline.tied(measure):
            continue
        points = timeline.shared_points(workspace, entry.team, measure.key)
        if points.empty:
            continue
        sign = sign_of(charted(points, measure))
        named = leads.named_on(workspace, entry.team, entry.key)
        signs.append(sign if leads.counts(sign, named) else sign._replace(direction=""))
        luck.append(false_alarms(sign.points, **rules_of(measure)) if sign.points else 0.0)
    return signs, luck


def coming(book: TeamBook) -> Step | None:
    """Give the first step that is not done yet; None when all are.

    Parameters
    ----------
    book : TeamBook
        The team.

    Returns
    -------
    Step or None
        One of `steps.STEPS`.
    """
    _, steps = _present(book)
    return next((step for step in STEPS if steps[step.slug] != "done"), None)


def next_tuesday(day: date) -> date:
    """Give the first Tuesday after a day.

    Parameters
    ----------
    day : datetime.date
        Any day.

    Returns
    -------
    datetime.date
        One to seven days later.

    Examples
    --------
    >>> next_tuesday(date(2021, 6, 30)).isoformat(), next_tuesday(date(2021, 6, 29)).isoformat()
    ('2021-07-06', '2021-07-06')
    """
    return day + timedelta(days=(TUESDAY - day.weekday() - 1) % 7 + 1)


def planning_weeks(book: TeamBook, *, as_of: date) -> tuple[int, bool]:
    """Count the weeks in which a team has planned and tried nothing.

    Without any test they count from the first day of its calendar, else from its first charter or aim; after
    a test from its last day.

    Parameters
    ----------
    book : TeamBook
        The team.
    as_of : datetime.date
        The day to count to.

    Returns
    -------
    tuple of int and bool
        Whole weeks, 0 before there is anything to count from; and whether there was ever a test.
    """
    tried = timeline.last_tried(book.records("test"), as_of)
    since = tried or _begun(book, as_of)
    return (max(0, (as_of - since).days // 7) if since else 0, tried is not None)


def _begun(book: TeamBook, as_of: date) -> date | None:
    own = [one.start for one in book.records("calendar") if isinstance(one, Calendar) and one.start]
    if own and own[0] <= as_of:
        return own[0]
    first = [book.history(kind)[-1].saved_at.date() for kind in ("charter", "aim") if book.list(kind)]
    return min(first, default=None)


def _present(book: TeamBook) -> tuple[dict[str, list[Record]], dict[str, str]]:
    present = {model.kind: book.records(model.kind) for model in MODELS.values() if not model.private}
    present["rating"] = [*ratings.answers(book)]
    counted = any(book.counts(measure.key).shape[0] for measure in present["measure"])
    return present, status(present, has_counts=counted)


def _still_open(step: Step, present: dict[str, list[Record]]) -> str:
    """Say the one thing that is missing first in a step that was begun."""
    for need in step.needs:
        there = present[need.kind]
        short = need.at_least - sum(record.complete for record in there)
        if short <= 0:
            continue
        model, half = MODELS[need.kind], next((one for one in there if one.missing), None)
        if half:
            return f"Still open there, in {model.title.lower()}: {', '.join(half.missing)}."
        return f"Still to add there: {short} {(model.title if short == 1 else model.plural).lower()}."
    return ""


def _planning(book: TeamBook, as_of: date) -> str:
    """Ask for a test when there was none for long after the team began, or after its last one."""
    weeks, tried = planning_weeks(book, as_of=as_of)
    if weeks < PATIENCE_WEEKS:
        return ""
    said = f"{weeks} weeks since your last test" if tried else f"{weeks} weeks and no test yet"
    return f"{said}: what could you try by next Tuesday?"


def _stay(book: TeamBook, as_of: date) -> str:
    points = timeline.points(book)
    brought = points.loc[timeline.known(points), "period"]
    if brought.empty or (pd.Timestamp(as_of) - brought.max()).days <= COUNTS_DAYS:
        return "Keep going: look at your chart together, and tell the others one thing you learned."
    coming = brought.max() + pd.DateOffset(months=1)
    return f"Bring your counts for {coming:%B}: the last ones are from {brought.max():%B %Y}."

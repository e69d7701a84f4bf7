"""How far teams have come: the path, the room, the one next thing, and what is new."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from pophealth.stats.alarms import false_alarms
from pophealth.workspace import timeline
from pophealth.workspace.errors import Problem
from pophealth.workspace.needs import needs_a_hand
from pophealth.workspace.records import MODELS, Measure, Test
from pophealth.workspace.rights import sorts_of
from pophealth.workspace.signs import charted, rules_of, sign_of
from pophealth.workspace.steps import BY_SLUG, STEPS, status
from pophealth.workspace.store import TeamBook, Workspace

__all__ = ["RoomSummary", "needs_a_hand", "path", "room", "since_last", "team_next"]

PATIENCE_WEEKS = 6
COUNTS_DAYS = 62


class RoomSummary(NamedTuple):
    """What a room may see, in numbers; only things that teams have shared.

    Attributes
    ----------
    teams, focused : int
        Teams in the community, and those that have shared whom they focus on.
    measures, improved, held : int
        Shared lead measures with a chart, those with a signal of improvement, and those where it holds.
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
    steps = _steps(book)
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
    rows = []
    for model in MODELS.values():
        if "answer" in sorts_of(model.kind):
            continue
        for entry in book.list(model.kind):
            if since <= entry.saved_at.date() <= as_of:
                new = entry.revision == 1
                what = f"{model.title}{' (new)' if new else ''}: {entry.record.summary}"
                rows.append((entry.saved_at, book.name_of(entry.author), what))
    if book.can("counts"):
        for brought in book.imports().itertuples():
            if since <= brought.at.date() <= as_of:
                what = f"Counts: {brought.rows} rows of {brought.measure}"
                rows.append((brought.at, book.name_of(str(brought.author)), what))
    rows.sort(key=lambda row: row[0], reverse=True)
    return pd.DataFrame([(at.date(), who, what) for at, who, what in rows], columns=["Day", "Who", "What"])


def _shared_signs(workspace: Workspace) -> tuple[list, list[float]]:
    signs, luck = [], []
    leads = [entry for entry in workspace.shared("measure") if getattr(entry.record, "lead", False)]
    for entry in leads:
        measure = entry.record
        if not isinstance(measure, Measure) or timeline.tied(measure):
            continue
        points = timeline.shared_points(workspace, entry.team, measure.key)
        if points.empty:
            continue
        sign = sign_of(charted(points, measure))
        signs.append(sign)
        luck.append(false_alarms(sign.points, **rules_of(measure)) if sign.points else 0.0)
    return signs, luck


def _steps(book: TeamBook) -> dict[str, str]:
    present = {model.kind: book.records(model.kind) for model in MODELS.values() if not model.private}
    counted = any(book.counts(measure.key).shape[0] for measure in present["measure"])
    return status(present, has_counts=counted)


def _planning(book: TeamBook, as_of: date) -> str:
    """Ask for a test when there was none for long after the aim."""
    aims = book.history("aim") if book.list("aim") else []
    tried = timeline.last_tried(book.records("test"), as_of)
    if not aims and tried is None:
        return ""
    weeks = (as_of - (tried or aims[-1].saved_at.date())).days // 7
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

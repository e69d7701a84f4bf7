"""What faculty and coaches see of all teams at once: signals, gaps, tests and scores, as tables."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from pophealth.workspace import leads, scores, timeline
from pophealth.workspace.errors import Problem
from pophealth.workspace.groups import of_people
from pophealth.workspace.records import Focus, Measure, Score, Test
from pophealth.workspace.signs import Sign, charted, sign_of
from pophealth.workspace.store import TeamBook, Workspace

LATELY = timedelta(weeks=8)
SIGNALS = ["team", "name", "measure", "direction", "since", "holds", "points"]
TESTS = ["team", "name", "test", "start", "prediction", "decision"]
COUNTED = ["team", "name", "tests", "predicted", "open"]


class Gap(NamedTuple):
    """The groups of one team's gap, with the counts that may be seen.

    Attributes
    ----------
    name : str
        The team.
    focus : Focus
        Whom it chose, and against whom it holds them.
    measure : Measure
        Its lead measure.
    groups : DataFrame
        As `timeline.points` gives it; empty when there are none to be seen.
    """

    name: str
    focus: Focus
    measure: Measure
    groups: pd.DataFrame


def books(workspace: Workspace) -> Iterator[TeamBook]:
    """Open the book of each team that this person may open, in order."""
    return (workspace.team(team.slug) for team in workspace.teams())


def signals(workspace: Workspace) -> pd.DataFrame:
    """Say what the lead measure of each team shows in the phase in force.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks; a series she may not see is left out.

    Returns
    -------
    DataFrame
        team, name, measure, direction (improvement, concern or ""; "" also when the measure was named after
        the signal had begun), since, holds, points.
    """
    rows = []
    for book in books(workspace):
        measure = timeline.lead(book.records("measure"))
        if not measure.lead or timeline.tied(measure):
            continue
        try:
            sign = sign_of(charted(timeline.points(book, measure.key), measure))
        except Problem:
            continue
        named = leads.named_on(workspace, book.slug, measure.key)
        sign = sign if leads.counts(sign, named) else Sign(points=sign.points)
        rows.append((book.slug, book.name, measure.name, sign.direction, sign.since, sign.holds, sign.points))
    found = pd.DataFrame(rows, columns=SIGNALS)
    return found.assign(since=pd.to_datetime(found["since"]))


def gaps(workspace: Workspace) -> list[Gap]:
    """Gather the gap of each team that has chosen a group, with its reason.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks; only groups and counts she may see.

    Returns
    -------
    list of Gap
        In the order of teams.
    """
    return [
        Gap(book.name, focus, measure, _groups(book, focus, measure))
        for book in books(workspace)
        for measure in [timeline.lead(book.records("measure"))]
        for focus in [_chosen(book)]
        if focus.group
    ]


def tests(workspace: Workspace, *, as_of: date) -> pd.DataFrame:
    """List the tests that are open or began lately, with what was predicted.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks; only tests she may read.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    DataFrame
        team, name, test, start, prediction, decision (blank while open); the latest first in each team.
    """
    rows = [
        (book.slug, book.name, one.name or one.key, one.start, one.prediction, one.decision)
        for book in books(workspace)
        for one in sorted(_tests(book, as_of), key=lambda test: str(test.start), reverse=True)
        if not one.decision or one.start >= as_of - LATELY
    ]
    table = pd.DataFrame(rows, columns=TESTS)
    return table.assign(start=pd.to_datetime(table["start"]))


def tested(workspace: Workspace, *, as_of: date) -> pd.DataFrame:
    """Count the tests of each team, and those with a prediction.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks; only tests she may read.
    as_of : datetime.date
        Later tests are left out.

    Returns
    -------
    DataFrame
        team, name, tests, predicted, open.
    """
    rows = []
    for book in books(workspace):
        begun = _tests(book, as_of)
        predicted = sum(bool(one.prediction.strip()) for one in begun)
        rows.append((book.slug, book.name, len(begun), predicted, sum(not one.decision for one in begun)))
    return pd.DataFrame(rows, columns=COUNTED)


def latest_scores(workspace: Workspace) -> pd.DataFrame:
    """Put the newest score of each team and the one of faculty beside each other, with their reasons.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks; only scores she may read.

    Returns
    -------
    DataFrame
        slug, name, and the columns of `scores.beside`, of the last month with any score.
    """
    rows = []
    for book in books(workspace):
        table = scores.beside([one for one in book.records("score") if isinstance(one, Score)])
        if len(table):
            rows.append(table.tail(1).assign(slug=book.slug, name=book.name))
    columns = ["slug", "name", *scores.COLUMNS]
    return pd.concat(rows, ignore_index=True)[columns] if rows else pd.DataFrame(columns=columns)


def _tests(book: TeamBook, as_of: date) -> list[Any]:
    known = [one for one in book.records("test") if isinstance(one, Test)]
    return [one for one in known if one.start and one.start <= as_of]


def _chosen(book: TeamBook) -> Focus:
    found = (one for one in book.records("focus") if isinstance(one, Focus) and one.group)
    return next(found, Focus())


def _groups(book: TeamBook, focus: Focus, measure: Measure) -> pd.DataFrame:
    if not (measure.key and focus.stratifier) or timeline.tied(measure):
        return pd.DataFrame()
    try:
        groups = timeline.points(book, measure.key, stratifier=focus.stratifier)
    except Problem:
        return pd.DataFrame()
    pair = {focus.stratum, focus.reference}
    return groups if pair <= set(groups["stratum"]) and of_people(groups) else pd.DataFrame()

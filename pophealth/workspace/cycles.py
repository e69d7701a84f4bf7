"""What step 8 holds as tables: tests as cycles of an idea, predictions, what to look at, what comes next."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from pophealth.workspace import timeline
from pophealth.workspace.drivers import plain
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Driver, Test
from pophealth.workspace.records_tests import numbers
from pophealth.workspace.signs import ENOUGH
from pophealth.workspace.store import TeamBook

LOOK_BACK = timedelta(weeks=4)
"""After how long a test should be looked back on when nobody wrote down a day."""

SMALL = ("1", "3", "5")
LARGER = {"1": "3", "3": "5", "5": "everyone"}
POINTS = ("linked", "predicted", "small", "data", "theory")
COLUMNS = [
    "number",
    "key",
    "idea",
    "name",
    "start",
    "end",
    "due",
    "scale",
    "decision",
    "state",
    "predicted",
    "after",
]
WORDS = ["who", "measure", "stratum", "learned", "surprise", "next"]
GUESSES = ["number", "idea", "name", "start", "question", "prediction", "held"]
CARRIED = ("driver", "what", "who", "place", "data", "measure", "stratum")
ASKED = ("question", "second_question", "third_question")


def cycles(book: TeamBook, *, as_of: date) -> pd.DataFrame:
    """List the tests of a team in the order in which they begin; those without a day come last.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    DataFrame
        number (as on charts; missing without a day), key, idea (in words; blank when none is named), name,
        start, end, due (the day to look back), scale (1, 3, 5, everyone), decision, state (see `state_of`),
        predicted, after (key of the test it grew out of), who, measure, stratum, learned, surprise, next.
    """
    ideas = _ideas(book)
    tests = _records(book)
    number = numbers(tests)
    rows = [[number.get(test.key), *_row(test, ideas, as_of)] for test in tests]
    table = pd.DataFrame(rows, columns=[*COLUMNS, *WORDS]).astype({"number": "Int64"})
    days = {name: pd.to_datetime(table[name]) for name in ("start", "end", "due")}
    return table.assign(**days).astype(dict.fromkeys(days, "datetime64[ns]")).astype({"predicted": bool})


def predictions(book: TeamBook) -> pd.DataFrame:
    """List every question with its prediction and how it came, in the order of the tests.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        number (of the test), idea, name, start, question, prediction, held (as predicted, partly, otherwise,
        unclear; blank while nobody has looked back).
    """
    ideas = _ideas(book)
    tests = _records(book)
    number = numbers(tests)
    rows = [
        (number.get(test.key), _words(ideas, test.driver), test.name or test.key, test.start, *guess)
        for test in tests
        for guess in test.guesses
    ]
    table = pd.DataFrame(rows, columns=GUESSES)
    table["start"] = pd.to_datetime(table["start"]).astype("datetime64[ns]")
    return table.astype({"number": "Int64"})


def state_of(test: Test, as_of: date) -> str:
    """Say where a test stands on a day.

    Parameters
    ----------
    test : Test
        A test of change.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    str
        planned; no prediction (its day has come, but it does not count as begun); running; look back (it is
        over, or the day to look back has passed, and nobody has decided); decided.

    Examples
    --------
    >>> walk = Test(question="Do they come?", prediction="Three of five.", start=date(2021, 6, 1))
    >>> state_of(walk, date(2021, 6, 15)), state_of(walk, date(2021, 7, 15))
    ('running', 'look back')
    """
    if test.decision and (test.end is None or test.end <= as_of):
        return "decided"
    if test.start is None or test.start > as_of:
        return "planned"
    if not test.predicted:
        return "no prediction"
    return "look back" if as_of > _due(test, test.start) else "running"


def numbered(tests: pd.DataFrame) -> pd.DataFrame:
    """Add which try of its idea each test is: cycle 1, 2, ...

    Parameters
    ----------
    tests : DataFrame
        From `cycles`.

    Returns
    -------
    DataFrame
        The same rows with `cycle`.

    Examples
    --------
    >>> numbered(pd.DataFrame({"idea": ["A ride", "A call", "A ride"]}))["cycle"].tolist()
    [1, 1, 2]
    """
    return tests.assign(cycle=tests.groupby("idea").cumcount() + 1)


def audit(book: TeamBook, tests: pd.DataFrame) -> pd.DataFrame:
    """Look at how each idea was tested, in five points that make a test teach more.

    Read it as help for the next cycle. It says nothing about how good an idea or a team is, and it is never
    summed up to a score.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    tests : DataFrame
        From `cycles`.

    Returns
    -------
    DataFrame
        One row an idea that has been tried, in the order of its first test: idea, and True or False for
        linked (one cycle grew out of another), predicted (each test had a prediction), small (it began with
        five people or fewer), data (a measure it should move has at least 12 numbers over time), theory (the
        idea hangs on a driver); let_go (its last test said so).
    """
    begun = tests[tests["state"].ne("planned") & tests["idea"].ne("")]
    charted, hung = _charted(book, begun["measure"].unique()), _hung(book)
    linked = tests["after"].isin(tests["key"]) | tests["key"].isin(tests["after"])
    looked = begun.assign(
        linked=linked,
        small=begun["scale"].isin(SMALL),
        data=begun["measure"].isin(charted),
        theory=begun["idea"].isin(hung),
        let_go=begun["decision"].eq("abandon"),
    ).groupby("idea", sort=False)
    how = {"linked": "any", "predicted": "all", "small": "first", "data": "any", "theory": "any"}
    points = looked.agg(how | {"let_go": "last"}).reset_index()[["idea", *POINTS, "let_go"]]
    return points.astype(dict.fromkeys([*POINTS, "let_go"], bool))


def untried(book: TeamBook, tests: pd.DataFrame) -> list[str]:
    """Name the ideas of step 7 that no test names yet."""
    ideas = [one.text for one in _named(book) if one.level == "idea"]
    return [idea for idea in ideas if idea not in set(tests["idea"])]


def idea_called(book: TeamBook, name: str) -> str:
    """Find the key of the driver or idea that is called so; blank when there is none."""
    return next((one.key for one in _named(book) if plain(one.text) == plain(name)), "")


def last_month(tests: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """Keep the tests that ended in the last 31 days and taught something.

    Parameters
    ----------
    tests : DataFrame
        From `cycles`.
    as_of : datetime.date
        The day to look back from.

    Returns
    -------
    DataFrame
        Rows of the table.

    Examples
    --------
    >>> days = pd.to_datetime(["2021-04-02", "2021-06-18"])
    >>> told = pd.DataFrame({"end": days, "learned": ["Ask twice.", "Ask at six."]})
    >>> last_month(told, as_of=date(2021, 6, 30))["learned"].tolist()
    ['Ask at six.']
    """
    today = pd.Timestamp(as_of)
    recent = tests["end"].between(today - timedelta(days=31), today)
    return tests[recent & tests["learned"].ne("")]


def following(test: Test, others: list[str]) -> dict[str, str]:
    """Begin the next cycle from a test: what stays the same, with more people if it was adopted.

    The questions come along and can be changed. A prediction never does: it is made anew each time.

    Parameters
    ----------
    test : Test
        The cycle before.
    others : list of str
        Names of all tests so far, so that the new one has a name of its own.

    Returns
    -------
    dict
        Field names with values as a person would type them; empty when there was nothing to go on with.

    Examples
    --------
    >>> call = Test(
    ...     key="calls", name="Calls in Spanish", question="Do they come?", scale="1", decision="adopt"
    ... )
    >>> again = following(call, ["Calls in Spanish"])
    >>> again["name"], again["scale"], again["after"], "prediction" in again
    ('Calls in Spanish, cycle 2', '3', 'calls', False)
    """
    scale = LARGER.get(test.scale, test.scale) if test.decision == "adopt" else test.scale
    carried = {name: getattr(test, name) for name in (*CARRIED, *ASKED)}
    return carried | {"name": _next_name(test.name, others), "scale": scale, "after": test.key}


def next_tuesday(as_of: date) -> date:
    """Find the next Tuesday: near enough to begin, far enough to get ready.

    Examples
    --------
    >>> next_tuesday(date(2021, 6, 30)).isoformat()
    '2021-07-06'
    """
    return as_of + timedelta(days=(1 - as_of.weekday()) % 7 or 7)


def _records(book: TeamBook) -> list[Test]:
    found = [one for one in book.records("test") if isinstance(one, Test)]
    return sorted(found, key=lambda test: test.start or date.max)


def _row(test: Test, ideas: Mapping[str, str], as_of: date) -> list[Any]:
    days = [test.start, test.end, _due(test, test.start) if test.start else None]
    place = [test.key, _words(ideas, test.driver), test.name or test.key, *days, test.scale, test.decision]
    told = [getattr(test, name) for name in WORDS]
    return [*place, state_of(test, as_of), test.predicted, test.after, *told]


def _named(book: TeamBook) -> list[Driver]:
    """List the drivers and ideas that have words."""
    return [one for one in book.records("driver") if isinstance(one, Driver) and one.text]


def _ideas(book: TeamBook) -> dict[str, str]:
    """Give the words of each driver and idea by its key, and by its words written small."""
    return {name: one.text for one in _named(book) for name in (plain(one.text), one.key)}


def _words(ideas: Mapping[str, str], named: str) -> str:
    return ideas.get(named) or ideas.get(plain(named), named)


def _due(test: Test, start: date) -> date:
    return min(day for day in (test.end, test.until or start + LOOK_BACK) if day)


def _charted(book: TeamBook, measures: Any) -> set[str]:
    """Name the measures with enough numbers over time to see a change, as this person may see them."""
    return {measure for measure in measures if measure and _points(book, measure) >= ENOUGH}


def _points(book: TeamBook, measure: str) -> int:
    try:
        return int(timeline.known(timeline.points(book, measure)).sum())
    except Problem:
        return 0


def _hung(book: TeamBook) -> set[str]:
    """Name what hangs on a driver, or is one."""
    known = _ideas(book)
    return {
        one.text
        for one in _named(book)
        if one.level != "idea" or {one.parent, plain(one.parent)} & set(known)
    }


def _next_name(name: str, others: list[str]) -> str:
    """Count up the cycle in a name until nothing is called so."""
    bare = name.rpartition(", cycle ")[0] if name.rpartition(", cycle ")[2].isdigit() else name
    names = (f"{bare or 'A test'}, cycle {number}" for number in range(2, len(others) + 3))
    return next(one for one in names if one not in others)

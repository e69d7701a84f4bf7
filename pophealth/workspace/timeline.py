"""A measure over time as a chart needs it: counts, phases and points left out with a reason, and marks."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from pophealth.workspace import definitions
from pophealth.workspace.errors import Problem
from pophealth.workspace.periods import months_in
from pophealth.workspace.records import Adjustment, Measure, Test
from pophealth.workspace.records_tests import numbers
from pophealth.workspace.store import TeamBook, Workspace

GOING_ON = timedelta(weeks=10)
COLUMNS = ["period", "numerator", "denominator", "value", "stratifier", "stratum", "note"]
MIXED = "Counted partly one way and partly the other."


def points(
    book: TeamBook, measure: str = "", *, view: str = "own", stratifier: str = "", stratum: str = ""
) -> pd.DataFrame:
    """Give the counts of a measure with what people noted on its chart.

    Hand the columns on to `stats.spc.control_chart`: ``phase="phase"``, ``exclude="excluded"``,
    ``baseline="baseline"``, and ``by="stratum"`` for groups.

    Parameters
    ----------
    book : TeamBook
        The team.
    measure : str
        Short name; blank for the lead measure.
    view : str
        own or shared, as in `TeamBook.counts`.
    stratifier, stratum : str
        How people are split, and one group of it; blank for everyone together, or for all groups.

    Returns
    -------
    DataFrame
        period, numerator, denominator, value, stratifier, stratum, note; phase (1, 2, ...), excluded,
            reason (why left out, or why new limits begin), baseline. Empty when there are no counts.

    Raises
    ------
    Problem
        When there is no such measure, or it is not shared.
    """
    defined = lead(book.records("measure"), measure)
    counts = book.counts(measure, view=view)
    found = _recounted(_series(counts, stratifier, stratum), definitions.starts(book, defined))
    return _adjusted(found, defined, book.records("adjustment"))


def every_split(book: TeamBook, measure: str = "", *, view: str = "own") -> pd.DataFrame:
    """Give the counts of everyone and of all groups together, with what people noted on the chart.

    Parameters
    ----------
    book, measure, view
        As in `points`.

    Returns
    -------
    DataFrame
        The columns of `points`, of every way to split people; tell them apart by stratifier.

    Raises
    ------
    Problem
        As in `points`.
    """
    defined = lead(book.records("measure"), measure)
    counts = book.counts(measure, view=view)
    found = _recounted(counts[COLUMNS].reset_index(drop=True), definitions.starts(book, defined))
    return _adjusted(found, defined, book.records("adjustment"))


def shared_points(
    workspace: Workspace, team: str, measure: str = "", *, stratifier: str = "", stratum: str = ""
) -> pd.DataFrame:
    """Give a shared measure of any team, as the others may see it.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks.
    team, measure : str
        Short names; a blank measure is the team's shared lead measure.
    stratifier, stratum : str
        As in `points`.

    Returns
    -------
    DataFrame
        As `points` gives it; empty when the team has shared no such measure.
    """
    defined = lead(_shared(workspace, "measure", team), measure)
    if not defined.key or (measure and defined.key != measure):
        return _adjusted(_recounted(pd.DataFrame(columns=COLUMNS), []), defined, [])
    noted = _shared(workspace, "adjustment", team)
    try:
        counts = workspace.shared_counts(team, defined.key)
    except Problem:
        counts = pd.DataFrame(columns=COLUMNS)
    found = _recounted(_series(counts, stratifier, stratum), definitions.start_of(defined))
    return _adjusted(found, defined, noted)


def marks(book: TeamBook, measure: str = "") -> pd.DataFrame:
    """List the tests of change to mark on a chart, each with the number it has everywhere.

    Parameters
    ----------
    book : TeamBook
        The team.
    measure : str
        Only tests that should move this measure, or name none; blank for all.

    Returns
    -------
    DataFrame
        number, date, label, stratum (the group it was for; blank: everyone).
    """
    tests = [test for test in book.records("test") if isinstance(test, Test)]
    number = numbers(tests)
    rows = [
        (test.start, test.name or test.key, test.stratum, number[test.key])
        for test in tests
        if test.start and (not measure or test.measure in ("", measure))
    ]
    table = _dated(rows, "stratum", "number").sort_values("number", ignore_index=True)
    return table[["number", "date", "label", "stratum"]]


def changes(book: TeamBook, measure: str = "") -> pd.DataFrame:
    """List the days from which a measure has new limits, or is counted in another way.

    Parameters
    ----------
    book : TeamBook
        The team.
    measure : str
        Short name; blank for the lead measure.

    Returns
    -------
    DataFrame
        date, label (the reason, and who decided on which day, where that is written), kind (limits or
        definition).
    """
    defined = lead(book.records("measure"), measure)
    return _changes(book.records("adjustment"), defined, definitions.starts(book, defined))


def shared_changes(workspace: Workspace, team: str, measure: str = "") -> pd.DataFrame:
    """List the days from which a shared measure of any team has new limits, as `changes` does.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks.
    team, measure : str
        Short names; a blank measure is the team's shared lead measure.

    Returns
    -------
    DataFrame
        date, label, kind; only of notes that the team has shared.
    """
    shared = {kind: _shared(workspace, kind, team) for kind in ("measure", "adjustment")}
    defined = lead(shared["measure"], measure)
    return _changes(shared["adjustment"], defined, definitions.start_of(defined))


def last_tried(tests: Sequence[Any], as_of: date) -> date | None:
    """Find the last day on which a team was testing.

    Parameters
    ----------
    tests : sequence of Test
        A team's tests of change.
    as_of : datetime.date
        Today; a test that began in the last ten weeks and has no end is still going on.

    Returns
    -------
    datetime.date or None
        None when no test has begun.

    Examples
    --------
    >>> last_tried([Test(start="2021-03-01", end="2021-03-12")], date(2021, 6, 30))
    datetime.date(2021, 3, 12)
    >>> last_tried([Test(start="2021-06-07")], date(2021, 6, 30))
    datetime.date(2021, 6, 30)
    """
    begun = [test for test in tests if test.start and test.start <= as_of]
    going_on = [test for test in begun if not test.end and as_of - test.start <= GOING_ON]
    ended = [day for test in begun for day in (test.start, test.end) if day and day <= as_of]
    return as_of if going_on else max(ended, default=None)


def facts(book: TeamBook) -> str:
    """Say in one line what counts a team has brought, for the foot of a page.

    Parameters
    ----------
    book : TeamBook
        The team.

    Returns
    -------
    str
        Rows, files, the day of the last one and the first letters of its fingerprint.
    """
    if not book.can("counts"):
        return "as shared"
    files = book.imports()
    if files.empty:
        return "none yet"
    last = files.iloc[-1]
    return (
        f"{int(files['rows'].sum())} rows from {len(files)} file{'s' if len(files) > 1 else ''}, "
        f"last {pd.Timestamp(last['at']):%Y-%m-%d}, {last['sha256'][:12]}"
    )


def lead(measures: Sequence[Any], measure: str = "") -> Measure:
    """Pick a measure by short name, or the lead measure, or the first.

    Parameters
    ----------
    measures : sequence of Measure
        A team's measures.
    measure : str
        Short name; blank for the lead measure.

    Returns
    -------
    Measure
        An empty one when there is none.

    Examples
    --------
    >>> lead([Measure(key="waits"), Measure(key="sleep", lead=True)]).key
    'sleep'
    """
    wanted = [one for one in measures if (one.key == measure if measure else one.lead)]
    return next(iter([*wanted, *([] if measure else measures)]), Measure())


def tied(measure: Measure) -> bool:
    """Tell whether a measure's points share people, so that no rules may be used on its chart.

    Parameters
    ----------
    measure : Measure
        Its definition.

    Returns
    -------
    bool
        True for a rolling window or the same people each time.

    Examples
    --------
    >>> tied(Measure(window="rolling")), tied(Measure())
    (True, False)
    """
    return measure.window == "rolling" or measure.people == "the same"


def joined(points: pd.DataFrame) -> bool:
    """Tell whether months were joined to longer periods before others could see them.

    Parameters
    ----------
    points : DataFrame
        As `points` gives them.

    Returns
    -------
    bool
        True when the periods are longer than a month.

    Examples
    --------
    >>> joined(pd.DataFrame({"period": pd.to_datetime(["2020-01-01", "2020-04-01"])}))
    True
    """
    return months_in(points["period"]) > 1


def _series(counts: pd.DataFrame, stratifier: str, stratum: str) -> pd.DataFrame:
    chosen = counts[counts["stratifier"].eq(stratifier)]
    if stratum:
        chosen = chosen[chosen["stratum"].eq(stratum)]
    return chosen[COLUMNS].reset_index(drop=True)


def known(points: pd.DataFrame) -> pd.Series:
    """Tell which periods have a number: a value, people counted, or a plain count.

    Parameters
    ----------
    points : DataFrame
        Counts layout.

    Returns
    -------
    Series
        True and False, with the index of the table.

    Examples
    --------
    >>> table = pd.DataFrame({"numerator": [4, 4, None], "denominator": [9, 0, None], "value": None})
    >>> known(table).tolist()
    [True, False, False]
    """
    counted = points["numerator"].notna() & points["denominator"].isna()
    return points["value"].notna() | points["denominator"].gt(0) | counted


def _shared(workspace: Workspace, kind: str, team: str) -> list[Any]:
    return [entry.record for entry in workspace.shared(kind) if entry.team == team]


def _dated(rows: list[tuple[Any, ...]], *more: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["date", "label", *more])
    table["date"] = pd.to_datetime(table["date"]).astype("datetime64[ns]")
    return table


def _changes(noted: Sequence[Any], measure: Measure, starts: Sequence[date]) -> pd.DataFrame:
    new = [one for one in _in_force(noted, measure) if one.change == "new limits"]
    limits = [(one.start, _decided(one), "limits") for one in new]
    return _dated([*limits, *((start, "", "definition") for start in starts)], "kind")


def _decided(one: Adjustment) -> str:
    day = f"{one.decided_on:%B} {one.decided_on.day}, {one.decided_on.year}" if one.decided_on else ""
    who = ", ".join(part for part in (one.decided_by, day) if part)
    return f"{one.reason} (Decided: {who})" if who else one.reason


def _in_force(noted: Sequence[Any], measure: Measure) -> list[Adjustment]:
    """Take the notes that change this chart, in order of time: only with a month and a reason."""
    here = [one for one in noted if one.measure == measure.key and one.start and one.reason.strip()]
    return sorted(here, key=lambda one: str(one.start))


def _recounted(table: pd.DataFrame, starts: Sequence[date]) -> pd.DataFrame:
    """Begin a phase where people began to count in another way; a period of both ways is left out."""
    table = table.assign(phase=1, excluded=False, reason="")
    ends = _ends(table)
    for start in map(pd.Timestamp, starts):
        after = table["period"].ge(start)
        if known(table[~after]).any():
            table["phase"] += after.astype(int)
            mixed = ~after & ends.ge(start)
            table["excluded"] |= mixed
            table["reason"] = table["reason"].mask(mixed, MIXED)
    return table


def _ends(table: pd.DataFrame) -> pd.Series:
    """Give the last month of each period."""
    length = months_in(table["period"])
    return table["period"] + pd.DateOffset(months=length - 1) if len(table) else table["period"]


def _adjusted(table: pd.DataFrame, measure: Measure, noted: Sequence[Any]) -> pd.DataFrame:
    """Turn dated reasons into phases and points left out; a joined period goes out with any of its months."""
    ends = _ends(table)
    for one in _in_force(noted, measure):
        start, last = pd.Timestamp(one.start), pd.Timestamp(one.end or one.start)
        if one.change == "leave out":
            inside = ends.ge(start) & table["period"].le(last)
            table["excluded"] |= inside
        else:
            table["phase"] += table["period"].ge(start).astype(int)
            inside = table["period"].ge(start) & ~table["period"].ge(start).shift(fill_value=False)
        table["reason"] = table["reason"].mask(inside, one.reason)
    return table.assign(baseline=_baseline(table, measure))


def _baseline(table: pd.DataFrame, measure: Measure) -> pd.Series:
    """Mark the first points of the first phase, which set its limits; without a number all points do."""
    useful = known(table) & ~table["excluded"] & table["phase"].eq(1)
    months = useful.astype(int).groupby(table["stratum"]).cumsum()
    wanted = measure.baseline_points or 0
    if months_in(table["period"]) > 1:
        return pd.Series(True, index=table.index)
    return (
        (useful & months.le(wanted)) | table["phase"].gt(1) if wanted else pd.Series(True, index=table.index)
    )

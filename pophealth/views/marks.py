"""Tests of change beside a signal: which one came before, and for whom it was."""

import pandas as pd

from pophealth.views.phrases import about_when, first_capital, listed
from pophealth.views.story import Story

_MONTHS = {"quarter": 3, "year": 12}


UNKNOWN = "The chart cannot say why."


def mark_sentence(story: Story, marks: pd.DataFrame | None, aside: str = "") -> list[str]:
    """Name the tests of change that came before, and that this alone does not make them the cause.

    Parameters
    ----------
    story
        What happened.
    marks
        Tests of change: number, date, label.
    aside
        What other groups did, to be said instead of "the chart cannot say why", which then comes later.

    Returns
    -------
    list of str
        One sentence, or none.
    """
    found = marks_before(marks, story)
    if found.empty:
        return []
    last = f"; {aside}." if aside else "; the chart cannot say why."
    if found["date"].iloc[-1] >= story.dates[0]:
        if aside:
            return [f"{first_capital(named(found, dated=False))} came that {_length(story)}{last}"]
        return [f"It began in the {_length(story)} of {named(found, dated=False)}{last}"]
    return [f"Before it came {named(found)}{last}"]


def named(marks: pd.DataFrame, *, dated: bool = True) -> str:
    """Name marks by number and label, and by rough date where that is not said already."""
    rows = zip(marks["number"], marks["label"], marks["date"], strict=True)
    days = [(number, label, f", {about_when(date)}" if dated else "") for number, label, date in rows]
    return listed([f"mark {number} ({label}{day})" for number, label, day in days])


def marks_before(marks: pd.DataFrame | None, story: Story) -> pd.DataFrame:
    """Return the marks in the period in which a change began, else the last one in the six periods before."""
    if marks is None or marks.empty or not story.dates:
        return pd.DataFrame({"number": [], "label": [], "date": []})
    week = _length(story) == "week"
    length = pd.DateOffset(weeks=1) if week else pd.DateOffset(months=_MONTHS.get(story.period, 1))
    start = pd.Timestamp(story.dates[0])
    dated = marks.assign(date=pd.to_datetime(marks["date"])).sort_values("date", kind="stable")
    near = dated[(dated["date"] < start + length) & (dated["date"] >= start - 6 * length)]
    same = near[near["date"] >= start]
    return near.tail(1) if same.empty else same


def _length(story: Story) -> str:
    return "month" if story.period == "event" else story.period


def reaching(marks: pd.DataFrame | None, group: str, by: str) -> pd.DataFrame | None:
    """Keep the marks of tests that reached a group: those for it, and those for everyone."""
    groups = groups_of(marks, by)
    if marks is None or groups is None:
        return marks
    return marks[groups.isin(["", group])]


def groups_of(marks: pd.DataFrame | None, by: str) -> pd.Series | None:
    """Say for which group each test was, blank for everyone; None when nobody wrote that down."""
    if marks is None:
        return None
    column = next((name for name in ("stratum", by) if name in marks.columns), None)
    return None if column is None else marks[column].fillna("").astype(str)

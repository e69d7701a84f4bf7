"""The exercises of the room and of faculty: what their tables say, a hint, and a word when it is right."""

from typing import Any

from pophealth.stats import spc


def _above(book: Any) -> int | None:
    points = book.shared_points()
    if points.empty:
        return None
    wall = spc.limits(points, chart="p", by="team", phase="phase", baseline="baseline", exclude="excluded")
    last = wall.dropna(subset=["value"]).groupby("team").tail(1)
    return int((last["value"] > last["centre"]).sum())


def _unsure(book: Any) -> int | None:
    ideas = book.ideas()
    return None if ideas.empty else int(ideas["evidence"].str.contains("guess").sum())


def _predicted(book: Any) -> int | None:
    tests = book.tests()
    return round(100 * tests["prediction"].ne("").mean()) if len(tests) else None


def _calm(book: Any) -> int | None:
    signals = book.signals()
    return int((signals["direction"].eq("") & signals["points"].ge(12)).sum()) if len(signals) else None


EXERCISES = {
    "room-above": (
        _above,
        "Drop rows without a value, keep .tail(1) of each team, and compare value with centre.",
        "Above the middle is not yet a signal: on any one day half of all teams are there by luck.",
    ),
    "room-ideas": (
        _unsure,
        'Use ideas["evidence"].str.contains("guess") and add up what is True.',
        "Each of them is a fine first test: nobody knows yet.",
    ),
    "faculty-predicted": (
        _predicted,
        'Compare tests["prediction"] with an empty text; the mean of True and False is a share.',
        "A prediction turns a try into a test.",
    ),
    "faculty-calm": (
        _calm,
        'Two conditions, joined with &: direction is "", and points is 12 or more.',
        "Nothing has moved there yet. That is a question for a call, not a grade.",
    ),
}

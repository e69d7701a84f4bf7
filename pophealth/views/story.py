"""What happened in a charted series: the facts that words are made from."""

from typing import NamedTuple

import pandas as pd

from pophealth.stats.spc import run_tests
from pophealth.views.luck import chance_of_run, chance_outside
from pophealth.views.series import ENOUGH, counted, middle_word, period_of, pooled, recent, when_column

HOLDS = 2
"""Further periods on the good side after the signal before an improvement is said to hold."""


class Story(NamedTuple):
    """The facts of one series.

    Attributes
    ----------
    kind
        ``empty``, ``few``, ``ordinary``, ``run``, ``outside`` or ``slow``.
    direction
        ``improvement``, ``concern``, ``high``, ``low`` or "".
    up
        True when the points lie above the middle.
    dates
        The periods that make the signal.
    useful
        Points that count, in the phase in force.
    middle, middle_word
        The centre line, and what it is: the average or the median, of a baseline where one is held.
    before, now
        The value before and since.
    since
        When the limits in force began, where there were others before.
    """

    kind: str
    period: str = "month"
    useful: int = 0
    direction: str = ""
    up: bool = True
    dates: tuple[pd.Timestamp, ...] = ()
    ongoing: bool = False
    middle: float = float("nan")
    middle_word: str = "average"
    before: float = float("nan")
    now: float = float("nan")
    chance: float = 1.0
    holds: bool = False
    crossings: tuple[int, int] = (0, 0)
    since: pd.Timestamp | None = None


def story_of(charted: pd.DataFrame) -> Story:
    """Find out what happened in the phase in force of one series."""
    if not charted["value"].notna().any():
        return Story("empty")
    period = period_of(charted)
    phase = charted[charted["phase"] == charted["phase"].iloc[-1]]
    points = phase[counted(phase)]
    since = phase[when_column(charted)].iloc[0] if len(phase) < len(charted) else None
    if len(points) < ENOUGH:
        return Story("few", period, len(points), since=since)
    calm = Story("ordinary", period, len(points), since=since, now=recent(phase).value)
    calm = calm._replace(middle=float(points["centre"].iloc[-1]), middle_word=_middle_word(points))
    run, outside = _latest_block(points, "long_run"), points[marked(points, "outside")]
    newer = len(outside) and len(run) and outside.index[-1] > run.index[-1]
    if len(run) and not newer:
        return _run(calm, points, run, phase)
    if len(outside):
        return _outside(calm, points, outside)
    tests = run_tests(phase).iloc[-1]
    if tests["runs_signal"]:
        return calm._replace(kind="slow", crossings=(int(tests["crossings"]), int(tests["crossings_limit"])))
    return calm


def marked(charted: pd.DataFrame, rule: str) -> pd.Series:
    """Tell which points a rule marked."""
    return charted["signal"].str.split().map(lambda names: rule in names).astype(bool)


def _middle_word(points: pd.DataFrame) -> str:
    held = points["baseline"].astype(bool).sum() < len(points)
    return f"{'baseline ' if held else ''}{middle_word(points)}"


def _latest_block(points: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Return the last stretch of neighbors that one rule marked in one direction."""
    found = marked(points, rule)
    if not found.any():
        return points.head(0)
    block = (points["direction"] != points["direction"].shift()).cumsum().where(found)
    return points[block == block.dropna().iloc[-1]]


def _run(calm: Story, points: pd.DataFrame, run: pd.DataFrame, phase: pd.DataFrame) -> Story:
    tests = run_tests(phase).iloc[-1]
    when = when_column(points)
    held = int(points["baseline"].astype(bool).sum())
    earlier = points[points[when] < run[when].iloc[0]]
    set_before = held < len(points) and not run["baseline"].astype(bool).any()
    ongoing = run.index[-1] == points.index[-1]
    return calm._replace(
        kind="run",
        direction=str(run["direction"].iloc[-1]),
        up=bool(run["value"].iloc[-1] > run["centre"].iloc[-1]),
        dates=tuple(run[when]),
        ongoing=ongoing,
        before=calm.middle if set_before or earlier.empty else pooled(earlier),
        now=pooled(run.tail(6)) if ongoing else calm.now,
        chance=chance_of_run(len(run), int(tests["useful"]), held if set_before else None),
        holds=ongoing and len(run) >= int(tests["longest_run_limit"]) + 1 + HOLDS,
    )


def _outside(calm: Story, points: pd.DataFrame, outside: pd.DataFrame) -> Story:
    last = outside.iloc[-1]
    same_side = outside[outside["direction"] == last["direction"]]
    when = when_column(points)
    after = points[points[when] > same_side[when].iloc[0]]
    better_side = (after["value"] > after["centre"]) == bool(last["value"] > last["centre"])
    return calm._replace(
        kind="outside",
        direction=str(last["direction"]),
        up=bool(last["value"] > last["centre"]),
        dates=tuple(same_side[when]),
        ongoing=last.name == points.index[-1],
        chance=chance_outside(len(same_side), len(points)),
        holds=len(after) >= HOLDS and bool(better_side.all()),
    )

"""What happened in a charted series: the facts that words are made from."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import luck, spc
from pophealth.stats.rules import LENGTHS, Rule, rule_set
from pophealth.stats.runs import longest_run_limit
from pophealth.views import patterns
from pophealth.views.series import ENOUGH, counted, middle_word, period_of, pooled, recent, when_column

HOLDS = 2
"""Further periods on the good side after the signal before an improvement is said to hold."""

MIDDLES = {"run": "median", "g": "median", "t": "middle", "mr": "average step", "s": "average spread"}


class Story(NamedTuple):
    """The facts of one series.

    Attributes
    ----------
    kind
        ``empty``, ``few``, ``same``, ``ordinary``, ``run``, ``climb``, ``outside``, ``near_limit``,
        ``near_middle``, ``slow`` (too few runs) or ``zigzag`` (too many).
    direction
        ``improvement``, ``concern``, ``high``, ``low`` or "".
    up
        True when the points lie above the middle, or rise.
    dates
        The periods that make the signal.
    useful
        Points that count, in the phase in force.
    middle, middle_word
        The centre line, and what it is: the average or the median, of a baseline where one is held.
    before, now
        The value before and since; for a climb, at its first and last point.
    crossings
        How often the line crosses its middle, and the fewest or most times that is usual.
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

    @property
    def moved(self) -> bool:
        """Tell whether something other than luck is likely at work."""
        return self.kind not in ("empty", "few", "same", "ordinary")


class Setting(NamedTuple):
    """How a series was charted: the chart, the rules by name with their lengths, whether ties break a run."""

    chart: str
    lengths: dict[str, int | None]
    ties_break: bool


def setting_of(charted: pd.DataFrame, chart: str = "", rules: str | Iterable[Rule] = "anhoej") -> Setting:
    """Bring together how a series was charted; a chart that is not named is told from its columns."""
    if not chart:
        counts = {"numerator", "denominator"} <= set(charted.columns)
        chart = "p" if counts and charted["denominator"].notna().any() else "i"
        chart = "run" if charted["upper"].isna().all() else chart
    chosen = rule_set(rules)
    lengths = {rule.name: rule.length or LENGTHS[rule.name] for rule in chosen}
    return Setting(chart, lengths, any(rule.ties_break for rule in chosen if rule.name == "shift"))


def story_of(charted: pd.DataFrame, *, chart: str = "", rules: str | Iterable[Rule] = "anhoej") -> Story:
    """Find out what happened in the phase in force of one series.

    Parameters
    ----------
    charted
        One series from `stats.spc.control_chart`.
    chart
        As in `stats.spc.limits`; "" when it is not known.
    rules
        The rules it was held against: a name, or rules of one's own.
    """
    if not charted["value"].notna().any():
        return Story("empty")
    charted = charted.reset_index(drop=True)
    setting = setting_of(charted, chart, rules)
    period = "event" if chart in ("g", "t") else period_of(charted)
    phase = charted[charted["phase"] == charted["phase"].iloc[-1]]
    points = phase[counted(phase)]
    since = phase[when_column(charted)].iloc[0] if len(phase) < len(charted) else None
    if len(points) < ENOUGH:
        return Story("few", period, len(points), since=since)
    calm = Story("ordinary", period, len(points), since=since, now=recent(phase).value)
    calm = calm._replace(middle=float(points["centre"].iloc[-1]), middle_word=_middle_word(points, chart))
    if np.isclose(points["value"], points["value"].iloc[0], rtol=1e-9, atol=0).all():
        return calm._replace(kind="same", now=float(points["value"].iloc[0]))
    return _pattern(calm, points, setting) or _runs(calm, phase, points, setting) or calm


def _middle_word(points: pd.DataFrame, chart: str) -> str:
    held = points["baseline"].astype(bool).sum() < len(points)
    return f"{'baseline ' if held else ''}{MIDDLES.get(chart) or middle_word(points)}"


def level(rows: pd.DataFrame, chart: str) -> float:
    """Give one value for several points: the median of waits, else counts over counts."""
    return float(rows["value"].median()) if chart in ("g", "t") else pooled(rows)


def _pattern(calm: Story, points: pd.DataFrame, setting: Setting) -> Story | None:
    """Tell of the rule that marked the latest point, the run before the single point."""
    told = {
        "long_run": _run,
        "shift": _run,
        "trend": _climb,
        "outside": _outside,
        "two_in_three": _near_limit,
    }
    last = {rule: patterns.last_marked(points, rule) for rule in told}
    found = {rule: place for rule, place in last.items() if place is not None}
    if found:
        rule = max(found, key=lambda name: found[name])  # the first named of several at one point
        return told[rule](calm, points, found[rule], setting, rule)
    near = patterns.last_marked(points, "fifteen_near")
    return None if near is None else _near_middle(calm, points, near, setting)


def _held(points: pd.DataFrame) -> int | None:
    """Count the points that set the lines; None when all did."""
    held = int(points["baseline"].astype(bool).sum())
    return held if 0 < held < len(points) else None


def _run(calm: Story, points: pd.DataFrame, last: int, setting: Setting, rule: str) -> Story:
    run = patterns.one_side(points, last, ties_break=setting.ties_break)
    useful = int(patterns.useful(points).sum())
    earlier = points[points.index < run.index[0]]
    held = _held(points)
    set_before = held is not None and not run["baseline"].astype(bool).any()
    up = patterns.above(points, run.index[-1])
    ongoing = patterns.useful(points.loc[run.index[-1] :]).sum() == 1
    needed = setting.lengths.get(rule) or longest_run_limit(useful) + 1
    return calm._replace(
        kind="run",
        direction=patterns.way(points, up=up),
        up=up,
        dates=tuple(run[when_column(points)]),
        ongoing=ongoing,
        before=calm.middle if set_before or earlier.empty else level(earlier, setting.chart),
        now=level(run.tail(6), setting.chart) if ongoing else calm.now,
        chance=luck.chance_of_run(len(run), useful, held if set_before else None, setting.chart),
        holds=ongoing and len(run) >= needed + HOLDS,
    )


def _climb(calm: Story, points: pd.DataFrame, last: int, setting: Setting, rule: str) -> Story:
    climb, up = patterns.climb(points, last)
    needed = setting.lengths.get(rule) or len(climb)
    after = points.loc[points.index > climb.index[min(needed, len(climb)) - 1]]
    good_side = (after["value"] > after["centre"]) == up
    return calm._replace(
        kind="climb",
        direction=patterns.way(points, up=up),
        up=up,
        dates=tuple(climb[when_column(points)]),
        ongoing=climb.index[-1] == points.index[-1],
        before=float(climb["value"].iloc[0]),
        now=float(climb["value"].iloc[-1]),
        chance=luck.chance_of_climb(len(climb), len(points), setting.chart),
        holds=len(after) >= HOLDS and bool(good_side.all()),
    )


def _outside(calm: Story, points: pd.DataFrame, last: int, setting: Setting, rule: str) -> Story:
    outside = points[patterns.marked(points, rule)]
    up = patterns.above(points, last)
    same_side = outside[(outside["value"] > outside["centre"]) == up]
    return _one_sided(calm, points, same_side, up)._replace(
        kind="outside",
        chance=luck.chance_outside(len(same_side), len(points), setting.chart, _held(points)),
    )


def _near_limit(calm: Story, points: pd.DataFrame, last: int, setting: Setting, _rule: str) -> Story:
    close, up = patterns.near_limit(points, last), patterns.above(points, last)
    return _one_sided(calm, points, close, up)._replace(
        kind="near_limit", chance=luck.chance_near_limit(len(points), setting.chart, _held(points))
    )


def _one_sided(calm: Story, points: pd.DataFrame, shown: pd.DataFrame, up: bool) -> Story:
    after = points[points.index > shown.index[0]]
    return calm._replace(
        direction=patterns.way(points, up=up),
        up=up,
        dates=tuple(shown[when_column(points)]),
        ongoing=shown.index[-1] == points.index[-1],
        holds=len(after) >= HOLDS and bool(((after["value"] > after["centre"]) == up).all()),
    )


def _near_middle(calm: Story, points: pd.DataFrame, last: int, setting: Setting) -> Story:
    near = patterns.stretch(points, "fifteen_near", last)
    chance = luck.chance_near_middle(len(near), len(points), setting.chart, _held(points))
    return calm._replace(kind="near_middle", dates=tuple(near[when_column(points)]), chance=chance)


def _runs(calm: Story, phase: pd.DataFrame, points: pd.DataFrame, setting: Setting) -> Story | None:
    """Tell of a line that crosses its middle too seldom or too often."""
    if "few_crossings" in setting.lengths:
        tests = spc.run_tests(phase).iloc[-1]
        both = (tests["crossings"], tests["crossings_limit"]) if tests["useful"] else (0, 0)
        crossings, least = int(both[0]), int(both[1])
        if crossings < least:
            chance = luck.chance_of_few_crossings(crossings, int(tests["useful"]))
            return calm._replace(kind="slow", crossings=(crossings, least), chance=chance)
    return _ihi_runs(calm, phase, points) if "runs" in setting.lengths else None


def _ihi_runs(calm: Story, phase: pd.DataFrame, points: pd.DataFrame) -> Story | None:
    tests = spc.run_counts(phase).iloc[-1]
    if not tests["runs_signal"]:
        return None
    sides = points[patterns.useful(points)]
    above = int((sides["value"] > sides["centre"]).sum())
    runs, most = int(tests["runs"]), int(tests["most_usual"])
    zigzag = runs > most
    chance = luck.chance_of_runs(runs, above, len(sides) - above, most=zigzag)
    usual = most if zigzag else int(tests["fewest_usual"])
    return calm._replace(kind="zigzag" if zigzag else "slow", crossings=(runs - 1, usual - 1), chance=chance)

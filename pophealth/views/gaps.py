"""Whether the gap between two groups is closing, and why."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from pophealth.stats.spc import Rule
from pophealth.views.asides import notes_of
from pophealth.views.gap_ratio import Ratio, ratio_of
from pophealth.views.marks import mark_sentence
from pophealth.views.phrases import first_capital, many, short
from pophealth.views.readings import Reading, at_most, reading, subtitle_of
from pophealth.views.sentences import told
from pophealth.views.series import recent, when_column
from pophealth.views.story import Story, story_of
from pophealth.views.suppressed import shown_series

PICKED = "The group was chosen because it looked worst in these months. Part of the way back may be luck."

UNCLEAR = "No clear change shows in either group alone"


class Pair(NamedTuple):
    """The two groups of a gap: what they are called, and which way each moved.

    A way is improvement, concern, "" for no clear change, or few.
    """

    behind: str
    other: str
    behind_way: str = ""
    other_way: str = ""


def gap_reading(
    gap: pd.DataFrame,
    *,
    behind: pd.DataFrame,
    other: pd.DataFrame,
    behind_name: str,
    other_name: str,
    unit: str = "points",
    marks: pd.DataFrame | None = None,
    picked: tuple[pd.Timestamp, pd.Timestamp] | None = None,
    chart: str = "i'",
    rules: str | Iterable[Rule] = "anhoej",
) -> Reading:
    """Say whether a gap is closing, and why.

    A gap is called *closing* only when the group left behind improves and the other does not get worse. A
    gap that shrinks because the other group lost is no success.

    Parameters
    ----------
    gap
        The charted gap, with `better="lower"`: a signal of improvement is a smaller gap. Where it has
        ``ratio`` with its limits, difference and ratio are both said if they disagree.
    behind, other
        The charted series of the group left behind and of the group it is held against.
    behind_name, other_name
        What the groups are called.
    unit
        ``points`` for a difference of shares.
    marks
        Tests of change: number, date, label.
    picked
        First and last month of the numbers by which the group was chosen.
    chart, rules
        What the gap was charted with.

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.
    """
    rules = rules if isinstance(rules, str) else tuple(rules)
    gap, behind, other = (shown_series(series) for series in (gap, behind, other))
    story = story_of(gap, chart=chart, rules=rules)
    warning = _picked_note(gap, picked)
    if story.kind in ("empty", "few"):
        found = reading(gap, name="The gap", better="lower", unit=unit, marks=marks, chart=chart, rules=rules)
        return found._replace(notes=(*warning, *found.notes))
    ways = (_way(rows, rules) for rows in (behind, other))
    verdict, why = _verdict(story, Pair(behind_name, other_name, *ways))
    sizes, ratio = _sizes(gap, story, unit), ratio_of(gap, story)
    if ratio and not story.direction:
        verdict, why = "unchanged", "Look at both groups before you say which way it goes."
    what = f"The gap is {verdict}{' in points' if ratio else ''}: {sizes}"
    beside = [*_luck(story, unit), *mark_sentence(story, marks)]
    sentences, over = at_most([f"{what}.", *_other_way(ratio), why, *beside])
    compared = f"{first_capital(other_name)} and {behind_name} compared"
    subtitle = f"{compared}, {subtitle_of(gap, story, unit)}"
    notes = notes_of(gap, story, chart=chart, better="lower", unit=unit)
    alt = f"Line chart of the gap. {' '.join(sentences)}"
    finding = f"{what}; {_ratio_way(ratio)} as a ratio" if ratio else what
    return Reading(finding, sentences, alt, subtitle, (*over, *warning, *notes))


def _way(charted: pd.DataFrame, rules: str | tuple[Rule, ...]) -> str:
    story = story_of(charted, rules=rules)
    return "few" if story.kind in ("empty", "few") else story.direction


def _verdict(story: Story, pair: Pair) -> tuple[str, str]:
    if story.direction == "improvement":
        return _narrower(pair)
    if story.direction == "concern":
        return "wider", _wider(pair)
    return "unchanged within ordinary variation", _moved_together(pair)


def _narrower(pair: Pair) -> tuple[str, str]:
    behind, other = pair.behind, pair.other
    if pair.other_way == "concern":
        return (
            "narrower because the other group got worse",
            f"{first_capital(other)} got worse, so that is no success yet.",
        )
    few = _too_few(pair)
    if few:
        return "narrower", few
    if pair.behind_way == "improvement":
        return "closing", f"{first_capital(behind)} improved, and {other} did not get worse."
    unclear = f"{UNCLEAR}, so wait before you call it closing."
    if pair.behind_way == "concern":
        unclear = f"{first_capital(behind)} got worse all the same, so that is no success yet."
    elif pair.other_way == "improvement":
        unclear = f"Only among {other} is there a clear gain, so wait before you call it closing."
    return "narrower", unclear


def _wider(pair: Pair) -> str:
    behind, other = pair.behind, pair.other
    reasons = {
        ("concern", "improvement"): f"{first_capital(behind)} got worse while {other} improved.",
        ("concern", ""): f"{first_capital(behind)} got worse.",
        ("concern", "concern"): f"Both got worse, {behind} more so.",
        ("", "improvement"): f"{first_capital(other)} improved, {behind} did not.",
        ("improvement", "improvement"): f"Both improved, {behind} less so.",
    }
    return _too_few(pair) or reasons.get((pair.behind_way, pair.other_way), f"{UNCLEAR}.")


def _too_few(pair: Pair) -> str:
    few = {pair.behind: pair.behind_way, pair.other: pair.other_way}
    names = [name for name, way in few.items() if way == "few"]
    return f"Too few points among {names[0]} to tell which group moved." if names else ""


def _moved_together(pair: Pair) -> str:
    if pair.behind_way == pair.other_way == "improvement":
        return "Both groups improved, and the distance between them stayed."
    if pair.behind_way == pair.other_way == "concern":
        return "Both groups got worse, and the distance between them stayed."
    return f"What moves the gap between {pair.behind} and {pair.other} looks like luck so far."


def _luck(story: Story, unit: str) -> list[str]:
    return [told(story, unit)[-1]] if story.direction else []


def _other_way(ratio: Ratio | None) -> list[str]:
    """Say the ratio beside the difference where the two disagree."""
    if ratio is None:
        return []
    values = f"{short(ratio.before, 'number')} times before, {short(ratio.now, 'number')} times now"
    return [f"As a ratio it is {_ratio_way(ratio)}: {values}."]


def _ratio_way(ratio: Ratio) -> str:
    return "narrower" if ratio.narrower else "wider"


def _picked_note(gap: pd.DataFrame, picked: tuple[pd.Timestamp, pd.Timestamp] | None) -> list[str]:
    """Warn when the months by which the group was chosen also set the limits."""
    if picked is None or gap.empty:
        return []
    dates = pd.to_datetime(gap.loc[gap["baseline"].astype(bool), when_column(gap)])
    inside = dates.between(pd.Timestamp(picked[0]), pd.Timestamp(picked[1]))
    return [PICKED] if inside.any() else []


def _sizes(gap: pd.DataFrame, story: Story, unit: str) -> str:
    now = recent(gap)
    last = f"in the last {many(now.periods, story.period)}".replace("one ", "")
    if story.kind != "run" or not story.ongoing:
        return f"{_far(now.value, unit)} {last}"
    return f"{_far(story.before, unit)} before, {_far(now.value, unit)} {last}"


def _far(size: float, unit: str) -> str:
    """Say how wide a gap is; below zero the group that was behind is ahead."""
    wide, none = short(abs(size), unit), short(0, unit)
    return f"about {wide}" + (" the other way" if size < 0 and wide != none else "")

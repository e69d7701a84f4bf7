"""Whether the gap between two groups is closing, and why."""

import pandas as pd

from pophealth.views.phrases import first_capital, many, short
from pophealth.views.readings import Reading, reading, subtitle_of
from pophealth.views.series import recent
from pophealth.views.story import Story, story_of


def gap_reading(
    gap: pd.DataFrame,
    *,
    behind: pd.DataFrame,
    other: pd.DataFrame,
    behind_name: str,
    other_name: str,
    unit: str = "points",
) -> Reading:
    """Say whether a gap is closing, and why.

    A gap is called *closing* only when the group left behind improves and the other does not get worse. A
    gap that shrinks because the other group lost is no success.

    Parameters
    ----------
    gap
        The charted gap, with `better="lower"`: a signal of improvement is a smaller gap.
    behind, other
        The charted series of the group left behind and of the group it is held against.
    behind_name, other_name
        What the groups are called.
    unit
        ``points`` for a difference of shares.
    """
    story = story_of(gap)
    names = {"behind": behind_name, "other": other_name}
    if story.kind in ("empty", "few"):
        return reading(gap, name="The gap", better="lower", unit=unit)
    ways = {"behind": _way(behind), "other": _way(other)}
    verdict, why = _gap_verdict(story, ways, names)
    sizes = _sizes(gap, story, unit)
    subtitle = f"{first_capital(other_name)} and {behind_name} compared, {subtitle_of(gap, story, unit)}"
    sentences = (f"The gap is {verdict}: {sizes}.", why)
    return Reading(
        f"The gap is {verdict}: {sizes}", sentences, f"Line chart of the gap. {' '.join(sentences)}", subtitle
    )


def _way(charted: pd.DataFrame) -> str:
    story = story_of(charted)
    return story.direction if story.kind in ("run", "outside") else ""


def _gap_verdict(story: Story, ways: dict[str, str], names: dict[str, str]) -> tuple[str, str]:
    behind, other = names["behind"], names["other"]
    if story.direction == "improvement":
        if ways["other"] == "concern":
            return (
                "narrower because the other group got worse",
                f"{first_capital(other)} got worse. That is no success yet.",
            )
        if ways["behind"] == "improvement":
            return "closing", f"{first_capital(behind)} improved, and {other} did not get worse."
        return (
            "narrower",
            f"Neither {behind} nor {other} shows a clear change alone. So wait before you call it closing.",
        )
    if story.direction == "concern":
        reasons = {
            ("concern", "improvement"): f"{first_capital(behind)} got worse while {other} improved.",
            ("concern", ""): f"{first_capital(behind)} got worse.",
            ("concern", "concern"): f"Both got worse, {behind} more so.",
            ("", "improvement"): f"{first_capital(other)} improved, {behind} did not.",
            ("improvement", "improvement"): f"Both improved, {behind} less so.",
        }
        unclear = f"Neither {behind} nor {other} shows a clear change alone."
        return "wider", reasons.get((ways["behind"], ways["other"]), unclear)
    return "unchanged within ordinary variation", _moved_together(ways, names)


def _moved_together(ways: dict[str, str], names: dict[str, str]) -> str:
    if ways["behind"] == ways["other"] == "improvement":
        return "Both groups improved, and the distance between them stayed."
    if ways["behind"] == ways["other"] == "concern":
        return "Both groups got worse, and the distance between them stayed."
    return f"What moves the gap between {names['behind']} and {names['other']} looks like luck so far."


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

"""Friendly checks for the exercises in the notebooks: they never raise and never give the answer away."""

from collections.abc import Callable
from typing import Any, NamedTuple

from pophealth.delivery import (
    exercises_aim,
    exercises_align,
    exercises_cycles,
    exercises_drivers,
    exercises_gather,
    exercises_matters,
    exercises_room,
    exercises_standing,
    exercises_start,
)
from pophealth.delivery import exercises_sustain as sustain
from pophealth.delivery.measure_lists import judged
from pophealth.stats import segments, spc
from pophealth.workspace import history, review, signs
from pophealth.workspace.records import Aim


class Exercise(NamedTuple):
    """What is expected, from the same tables the reader has, and a hint."""

    expected: Callable[[Any], Any]
    hint: str
    well_done: str


def _vienna_above(_: Any) -> int:
    points = history.counts("vienna")
    early = points[points["period"] < "1847-06"]
    chart = spc.limits(early, chart="p")
    return int((chart["value"] > chart["centre"]).sum())


def _luck_twelve(_: Any) -> float:
    return 12 * spc.false_alarms(24, "anhoej", "p")


def _lead_outside(book: Any) -> int | None:
    chart = signs.charted(book.points(), book.lead)
    return int(chart["signal"].str.contains("outside").sum()) if judged(chart) else None


def _pace(book: Any) -> float | None:
    aim: Aim = book.aim
    if aim.baseline is None or aim.target is None or aim.by_when is None:
        return None
    months = (aim.by_when.year - book.as_of.year) * 12 + aim.by_when.month - book.as_of.month
    return round(abs(aim.target - aim.baseline) / months, 1) if months > 0 else None


def _excess(book: Any) -> int | None:
    groups = book.groups()
    if groups.empty:
        return None
    gaps = segments.compare(groups, by="stratum", reference=book.reference(groups), better=book.better)
    return round(gaps["excess"].clip(lower=0).sum())


def _supported(book: Any) -> int | None:
    table = segments.triangulate(review.said(book.causes()))
    return int(table["supporting"].eq(3).sum()) if len(table) else None


EXERCISES = {
    **{name: Exercise(*parts) for name, parts in exercises_start.EXERCISES.items()},
    **{name: Exercise(*parts) for name, parts in exercises_gather.EXERCISES.items()},
    **{name: Exercise(*parts) for name, parts in exercises_standing.EXERCISES.items()},
    **{name: Exercise(*parts) for name, parts in exercises_align.EXERCISES.items()},
    **{name: Exercise(*about) for name, about in exercises_matters.EXERCISES.items()},
    **{name: Exercise(*parts) for name, parts in exercises_aim.EXERCISES.items()},
    **{name: Exercise(*parts) for name, parts in exercises_drivers.EXERCISES.items()},
    **{name: Exercise(*parts) for name, parts in exercises_cycles.EXERCISES.items()},
    **{name: Exercise(*parts) for name, parts in exercises_room.EXERCISES.items()},
    "focus-excess": Exercise(
        _excess,
        "Keep the rows of gaps whose excess is above 0, add them up, and round.",
        "Say it as people, not as a percentage. And never add it up over other ways to split.",
    ),
    "focus-supported": Exercise(
        _supported,
        "Count the rows of review whose column supporting is 3.",
        "The others are not wrong. Somebody has not been asked yet, or sees it differently.",
    ),
    "sustain-kept": Exercise(
        sustain.kept_share,
        "Keep the rows of tests whose decision is not blank, and ask how many of them say adopt.",
        "A team that keeps everything has not dared much.",
    ),
    "sustain-behind": Exercise(
        sustain.behind_plan,
        "Drop the rows of curve without a number under running, and look at the last one.",
        "Now ask someone from that place what would help.",
    ),
    "vienna-above": Exercise(
        _vienna_above,
        "Keep the rows before June 1847, make a p chart of them, and count where value is above centre.",
        "In an ordinary series it would be about half.",
    ),
    "luck-twelve": Exercise(
        _luck_twelve,
        "Multiply how often one chart shows a signal by the number of charts.",
        "Keep it in mind when one team of twelve has a signal.",
    ),
    "lead-outside": Exercise(
        _lead_outside,
        "Count the rows of charted whose signal holds the word outside.",
        "Now ask of each: what happened in that month?",
    ),
    "aim-pace": Exercise(
        _pace,
        "Divide the difference of both numbers by the months from today until the day of the aim.",
        "Say it to the team: is that bold, and could it be done?",
    ),
}


def check(name: str, answer: Any, book: Any) -> str:
    """Hold an answer against what the reader's own tables say.

    Parameters
    ----------
    name : str
        The exercise.
    answer : Any
        What the reader found; None as long as nothing is filled in.
    book : Workbook
        The team's workbook.

    Returns
    -------
    str
        One or two friendly sentences, whatever the answer is.

    Examples
    --------
    >>> check("vienna-above", None, book=None)
    'Your turn: write your answer in place of None.'
    """
    exercise = EXERCISES.get(str(name))
    if exercise is None:
        return f"There is no exercise called {name!r}. Look at the cell above for its name."
    if answer is None:
        return "Your turn: write your answer in place of None."
    expected = exercise.expected(book)
    if expected is None:
        return "There is nothing to check yet: this team has too little on record for it."
    right = _same(answer, expected)
    return f"✓ Yes. {exercise.well_done}" if right else f"Not yet. {exercise.hint}"


def _same(answer: Any, expected: Any) -> bool:
    """Hold two answers against each other; whatever cannot be read is not the same."""
    try:
        if isinstance(expected, str):
            return str(answer).strip().lower() == expected.lower()
        return bool(abs(float(answer) - expected) < 0.051)
    except Exception:
        return False

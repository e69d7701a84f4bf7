"""What new limits would change: said for a person to decide, never done."""

from typing import Any

from pophealth.views.phrases import many, moment, short
from pophealth.views.readings import Reading
from pophealth.views.series import ENOUGH


def rebase_reading(row: Any, *, name: str, unit: str = "percent", period: str = "month") -> Reading:
    """Say since when a series has shifted, what new limits would change, and that a person decides.

    Parameters
    ----------
    row
        One row of `stats.spc.suggest_phase`.
    name
        What is measured.
    unit
        As in `charts.control_chart`.
    period
        month, quarter, week or year.

    Returns
    -------
    Reading
        Three sentences.
    """
    start, points = moment(row["start"], period), many(int(row["points"]), period)
    now, new = short(float(row["centre"]), unit), short(float(row["new_centre"]), unit)
    sentences = (
        f"The {points} since {start} lie mostly {row['side']} the middle of {now}.",
        _change(row, new, period),
        "A person decides, with a reason and a date; nothing changes by itself.",
    )
    finding = f"{name}: new limits from {start}?"
    return Reading(finding, sentences, f"{finding} {' '.join(sentences)}", "")


def _change(row: Any, new: str, period: str) -> str:
    if not row["enough"]:
        return f"New limits need {ENOUGH} {period}s of their own, so wait a little longer."
    left = many(int(row["outside_then"]), "signal")
    moved = f"New limits from then on would move the middle to {new}"
    return f"{moved} and leave {left} where now there are {int(row['outside_now'])}."

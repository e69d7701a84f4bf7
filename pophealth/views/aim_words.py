"""What stands around an aim, in plain sentences: what to expect while nothing changes."""

from collections.abc import Mapping
from typing import Any

from pophealth.views.phrases import moment, short

NO_LINE = "No line is drawn into the future: ups and downs by luck have no direction."
ENOUGH = 12


def outlook_says(outlook: Mapping[str, Any], *, unit: str, every: str) -> tuple[str, ...]:
    """Say what the next period would show if nothing changes.

    Parameters
    ----------
    outlook
        expected, lower, upper, since and points, as `workspace.aims.Outlook` holds them.
    unit
        As in `charts.control_chart`.
    every
        How often it is counted, such as month.

    Returns
    -------
    tuple of str
        Two sentences.

    Examples
    --------
    >>> known = {"expected": 0.56, "lower": 0.45, "upper": 0.67, "since": None, "points": 14}
    >>> outlook_says(known, unit="percent", every="month")[0]
    'If nothing changes, expect about 56% (45% to 67% in a month).'
    """
    if outlook["expected"] is not None:
        middle, low, high = (short(outlook[name], unit) for name in ("expected", "lower", "upper"))
        return f"If nothing changes, expect about {middle} ({low} to {high} in a {every}).", NO_LINE
    if outlook["since"] is not None:
        since = moment(outlook["since"])
        return (
            f"There is a signal since {since}: something has changed.",
            "So what was before does not say what comes. Look at it in step 9: what happened then?",
        )
    if 0 < outlook["points"] < ENOUGH:
        return (
            f"There are {outlook['points']} points since the last change. "
            f"It takes {ENOUGH} to say what to expect.",
        )
    return ("This chart has no limits, so it does not say what comes next.",)

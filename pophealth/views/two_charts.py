"""The same series on two charts: what changes when limits leave room for how much the points swing."""

import pandas as pd

from pophealth.views.phrases import moment, short
from pophealth.views.readings import Reading
from pophealth.views.series import counted, period_of

NAMES = {"p": "p chart", "p'": "p' chart", "u": "u chart", "u'": "u' chart"}


def two_charts_reading(charted: pd.DataFrame, *, name: str, unit: str = "percent") -> Reading:
    """Say how many points of the first phase lie outside on a chart and on its prime chart, and what for.

    Wider limits are no comfort: they show what was usual for this series then, not what is good.

    Parameters
    ----------
    charted
        The same series twice, from `stats.spc.control_chart`, told apart by a column ``chart``: ``p`` and
        ``p'``, or ``u`` and ``u'``.
    name
        What is measured.
    unit
        As in `charts.control_chart`.

    Returns
    -------
    Reading
        Three sentences.

    Examples
    --------
    >>> from pophealth.stats import spc
    >>> months = pd.date_range("2020-01-01", periods=14, freq="MS")
    >>> table = pd.DataFrame({"period": months, "numerator": [20, 60] * 7, "denominator": 100})
    >>> both = pd.concat([spc.control_chart(table, chart=one).assign(chart=one) for one in ("p", "p'")])
    >>> print(two_charts_reading(both, name="Visits kept").finding)
    14 of 14 months lie outside on the p chart, none on the p' chart
    """
    first = charted[charted["phase"].eq(1) & counted(charted)]
    period = period_of(first[first["chart"].eq(first["chart"].iloc[0])])
    outside = first["signal"].str.contains("outside").groupby(first["chart"], sort=False).sum()
    (plain, prime), (many_out, few_out) = outside.index, outside
    known = int(first["chart"].eq(plain).sum())
    finding = (
        f"{many_out} of {known} {period}s lie outside on the {NAMES[plain]}, "
        f"{few_out or 'none'} on the {NAMES[prime]}"
    )
    sentences = (
        f"{_until(charted, period)}{finding}.",
        f"The {NAMES[prime]} also counts how much the {period}s swing from one to the next, "
        "so its limits leave more room.",
        f"They show what was usual then, and usual is not the same as fine: "
        f"{short(float(first['centre'].iloc[0]), unit)} on average.",
    )
    return Reading(finding, sentences, f"{name} on two charts. {' '.join(sentences)}", "")


def panel_notes(charted: pd.DataFrame) -> dict[str, str]:
    """Say under the name of each chart how many points of the first phase lie outside its limits."""
    first = charted[charted["phase"].eq(1) & counted(charted)]
    period = period_of(first[first["chart"].eq(first["chart"].iloc[0])])
    notes = {}
    for chart, rows in first.groupby("chart", sort=False):
        outside = int(rows["signal"].str.contains("outside").sum())
        notes[NAMES[str(chart)]] = f"{outside} of {len(rows)} {period}s outside at first"
    return notes


def _until(charted: pd.DataFrame, period: str) -> str:
    later = charted.loc[charted["phase"].gt(1) & charted["value"].notna(), "period"]
    return f"Before {moment(later.iloc[0], period)}, " if len(later) else ""

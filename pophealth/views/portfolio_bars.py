"""Promises by portfolio: a bar for each of the four, also for those in which nothing is promised yet."""

from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import WIDE
from pophealth.views.part_bars import part_bars
from pophealth.views.phrases import many

LOOKS = {"keep": drawing.GREY, "join": drawing.TEAL, "stop": drawing.ORANGE, "not decided": drawing.THREAD}
"""What becomes of a promise, and the color of its part of a bar."""


def portfolio_bars(counts: pd.DataFrame, *, title: str = "", subtitle: str = "", width: int = WIDE) -> Any:
    """Draw how many promises each portfolio holds, and what becomes of them.

    Read an empty row as a question: is nothing promised there, or has nobody looked?

    Parameters
    ----------
    counts
        portfolio, and how many promises: keep, join, stop, open.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when there are no rows.

    Examples
    --------
    >>> counts = pd.DataFrame({"portfolio": ["Care"], "keep": [1], "join": [2], "stop": [0], "open": [0]})
    >>> portfolio_bars(counts, title="Three promises").title["text"]
    ['Three promises']
    """
    sums = counts[["keep", "join", "stop", "open"]].sum(axis="columns")
    told = [many(int(count), "promise") if count else "" for count in sums]
    rows = counts.rename(columns={"portfolio": "name", "open": "not decided"})
    blank = ["" if count else "none yet" for count in sums]
    rows = rows.assign(note="", told=told, blank=blank)
    looks = {name: color for name, color in LOOKS.items() if name != "not decided" or rows[name].any()}
    cells = pd.DataFrame({"In all": told})
    return part_bars(rows, looks=looks, cells=cells, title=title, subtitle=subtitle, width=width)

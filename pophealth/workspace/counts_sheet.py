"""An empty sheet for a team's next counts: its measures, groups and months stand in it already."""

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from pophealth.workspace.intake import LAYOUT

if TYPE_CHECKING:
    from pophealth.workspace.store import TeamBook

FIRST = 12
_FREQUENCY = {"month": "M", "quarter": "Q", "year": "Y"}


def counts_sheet(book: "TeamBook", *, as_of: date) -> pd.DataFrame:
    """Lay out a sheet in which only the numbers of the next periods are missing.

    Each measure has a row for everyone and one for each group counted before: for every period after the
    last one known, up to today; for the next period where today is known; for the last 12 where nothing is
    known. Events that are written down with their day have no periods to lay out.

    Parameters
    ----------
    book : TeamBook
        The team, bound to a person who may see its counts.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    DataFrame
        The counts layout as text; empty when no measure is written down.
    """
    measures = [(entry.key, entry.body.get("period") or "month") for entry in book.list("measure")]
    rows = [
        dict.fromkeys(LAYOUT, "") | {"measure": key, "period": period, "stratifier": split, "stratum": group}
        for key, length in measures
        if length in _FREQUENCY
        for period, split, group in _missing(book.counts(key), length, as_of)
    ]
    return pd.DataFrame(rows, columns=list(LAYOUT))


def _missing(counts: pd.DataFrame, length: str, as_of: date) -> list[tuple[str, ...]]:
    today = pd.Period(as_of, freq=_FREQUENCY[length])
    if counts.empty:
        first, groups = today - (FIRST - 1), [("", "")]
    else:
        first = pd.Period(counts["period"].max(), freq=_FREQUENCY[length]) + 1
        groups = [*counts[["stratifier", "stratum"]].drop_duplicates().itertuples(index=False, name=None)]
    periods = pd.period_range(first, max(first, today))
    return [(f"{period.start_time:%Y-%m}", *group) for period in periods for group in groups]

"""The ladder of each group as one row: how many people are thriving, struggling and suffering."""

from collections.abc import Iterable

import pandas as pd

from pophealth.views.groups import groups_of, names_of
from pophealth.views.suppressed import hidden

STANDINGS = ("thriving", "struggling", "suffering")
ANSWERS = ("answered", "not_answered", "invited")
EVERYONE = "Everyone"


def ladders_of(table: pd.DataFrame, *, by: str | Iterable[str] | None) -> pd.DataFrame:
    """Return a row per group; where one of its three shares may not be shown, the group is not shown at all.

    Parameters
    ----------
    table
        From `stats.segments.ladder`: three rows per group, told apart by the column `ladder`.
    by
        Column or columns that name the group; None for everyone together.

    Returns
    -------
    DataFrame
        `name`, `blank`, `answered`, `not_answered`, `invited`, and for each standing its share, such as
        `thriving`, with `thriving_lower` and `thriving_upper`.

    Raises
    ------
    ValueError
        If a column is missing, or a group does not have the three rows.
    """
    names = names_of(table, by) if by is not None else pd.Series(EVERYONE, index=table.index)
    if "ladder" not in table:
        raise ValueError("the table has no column 'ladder'; make it with stats.segments.ladder")
    counts = table.groupby(names, sort=False)["ladder"].agg(lambda rows: set(rows) == set(STANDINGS))
    if not counts.all():
        raise ValueError(
            f"group {counts.index[~counts][0]!r} needs the three rows {', '.join(STANDINGS)}; "
            "make the table with stats.segments.ladder"
        )
    protected = hidden(table).groupby(names).transform("any").map({True: "primary", False: ""})
    rows = table.assign(_name=names, suppressed=protected)
    parts = {name: _standing(rows, name) for name in STANDINGS}
    first = groups_of(rows[rows["ladder"].eq(STANDINGS[0])], by="_name", beside=ANSWERS)
    return pd.concat([first[["name", "blank", *ANSWERS]], *parts.values()], axis="columns")


def _standing(rows: pd.DataFrame, standing: str) -> pd.DataFrame:
    found = groups_of(rows[rows["ladder"].eq(standing)], by="_name")[["value", "lower", "upper"]]
    return found.set_axis([standing, f"{standing}_lower", f"{standing}_upper"], axis="columns")


def answered_of(ladders: pd.DataFrame) -> list[str]:
    """Say how many people answered, of how many who were asked.

    Examples
    --------
    >>> answered_of(pd.DataFrame({"answered": [212.0, 9.0], "invited": [400.0, None]}))
    ['212 of 400 answered', '9 answered']
    """
    counts = ladders[["answered", "invited"]].to_numpy()
    return [_answered(answered, invited) for answered, invited in counts]


def _answered(answered: float, invited: float) -> str:
    if pd.isna(answered):
        return ""
    return f"{answered:,.0f}{'' if pd.isna(invited) else f' of {invited:,.0f}'} answered"

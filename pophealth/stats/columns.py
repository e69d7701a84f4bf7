"""Reading columns of a table, with one clear sentence when they cannot be read."""

from collections.abc import Iterable

import numpy as np
import pandas as pd


def names(by: str | Iterable[str] | None) -> list[str]:
    """Give column names as a list, whether one, several or none were asked for.

    >>> names("stratum"), names(["measure", "stratum"]), names(None)
    (['stratum'], ['measure', 'stratum'], [])
    """
    if by is None:
        return []
    return [by] if isinstance(by, str) else list(by)


def require(table: pd.DataFrame, wanted: Iterable[str]) -> None:
    """Raise a ValueError that names the columns which are not in the table.

    >>> require(pd.DataFrame({"period": []}), ["period", "births"])
    Traceback (most recent call last):
    ValueError: column 'births' is not in the table; it has 'period'
    """
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        there = ", ".join(repr(name) for name in table.columns) or "no columns"
        raise ValueError(f"column {missing[0]!r} is not in the table; it has {there}")


def numbers(table: pd.DataFrame, name: str) -> pd.Series:
    """Read a column as numbers; a blank cell is a missing value.

    >>> numbers(pd.DataFrame({"births": [254, None]}), "births").tolist()
    [254.0, nan]
    """
    column = table[name].reset_index(drop=True)
    read = pd.to_numeric(column, errors="coerce").astype("float64")
    bad = column[(read.isna() & column.notna()) | np.isinf(read)]
    if len(bad):
        raise ValueError(
            f"column {name!r} holds {str(bad.iloc[0])!r} in row {bad.index[0]}, which is no number"
        )
    return read


def flags(table: pd.DataFrame, name: str) -> pd.Series:
    """Read a column of True and False; a blank cell is False.

    >>> flags(pd.DataFrame({"pandemic": [True, None]}), "pandemic").tolist()
    [True, False]
    """
    column = table[name].reset_index(drop=True)
    bad = column[column.notna() & ~column.isin([True, False])]
    if len(bad):
        raise ValueError(f"column {name!r} holds {str(bad.iloc[0])!r}; it may hold only True or False")
    return column.isin([True])


def check_counts(numerator: pd.Series, denominator: pd.Series) -> None:
    """Raise a ValueError naming the rows whose counts cannot be a share of people.

    >>> check_counts(pd.Series([3, 12]), pd.Series([10, 10]))
    Traceback (most recent call last):
    ValueError: the numerator is above the denominator in row 1 (rows are counted from 0)
    """
    _refuse((numerator < 0) | (denominator < 0), "a count is below zero")
    _refuse((numerator > denominator) & (denominator > 0), "the numerator is above the denominator")


def _refuse(bad: pd.Series, what: str) -> None:
    if not bad.any():
        return
    rows = np.flatnonzero(bad.to_numpy())
    shown = ", ".join(str(row) for row in rows[:5]) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
    raise ValueError(f"{what} in row{'s' if len(rows) > 1 else ''} {shown} (rows are counted from 0)")

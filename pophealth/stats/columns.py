"""Reading columns of a table, with one clear sentence when they cannot be read."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

_LONG = 60
_NO_NUMBERS = {
    "boolean": "True and False",
    "complex": "complex numbers",
    **dict.fromkeys(("datetime64", "datetime", "date", "period"), "dates"),
    **dict.fromkeys(("timedelta64", "timedelta"), "lengths of time"),
}


class Layout(NamedTuple):
    """Which columns of the caller's table hold what."""

    when: str
    value: str
    numerator: str
    denominator: str
    by: list[str]
    phase: str | None
    baseline: int | str | None
    exclude: str | None


def names(by: str | Iterable[str] | None) -> list[str]:
    """Give column names as a list, whether one, several or none were asked for.

    >>> names("stratum"), names(["measure", "stratum"]), names(None)
    (['stratum'], ['measure', 'stratum'], [])
    """
    if by is None:
        return []
    if not isinstance(by, Iterable):
        raise ValueError(f"by is {by!r}; give the name of a column, or a list of names")
    named = [by] if isinstance(by, str) else list(by)
    twice = [name for at, name in enumerate(named) if name in named[:at]]
    if twice:
        raise ValueError(f"by names column {twice[0]!r} twice; name it once")
    return named


def require(table: pd.DataFrame, wanted: Iterable[str]) -> None:
    """Raise a ValueError that names the columns which are not in the table.

    >>> require(pd.DataFrame({"period": []}), ["period", "births"])
    Traceback (most recent call last):
    ValueError: column 'births' is not in the table; it has 'period'
    """
    if not isinstance(table, pd.DataFrame):
        held = "None" if table is None else f"a {type(table).__name__}"
        raise ValueError(f"table is {held}; give a pandas DataFrame")
    wanted = list(wanted)
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        there = ", ".join(repr(name) for name in table.columns) or "no columns"
        raise ValueError(f"column {missing[0]!r} is not in the table; it has {there}")
    if table.columns.is_unique:
        return
    twice = table.columns[table.columns.duplicated()].intersection(wanted)
    if len(twice):
        raise ValueError(f"column {twice[0]!r} stands twice in the table; rename one")


def require_names(layout: Layout) -> None:
    """Raise a ValueError where something else stands for the name of a column.

    >>> require_names(Layout("period", "value", "cases", "people", [], None, None, [2]))
    Traceback (most recent call last):
    ValueError: exclude is [2]; give the name of a column of True and False
    """
    for part in ("when", "value", "numerator", "denominator", "phase", "exclude"):
        name = getattr(layout, part)
        if not isinstance(name, Hashable):
            holds = " of True and False" if part == "exclude" else ""
            raise ValueError(f"{part} is {told(name)}; give the name of a column{holds}")
    odd = [name for name in layout.by if not isinstance(name, Hashable)]
    if odd:
        raise ValueError(f"by holds {told(odd[0])}; give the name of a column, or a list of names")
    if layout.when in layout.by:
        raise ValueError(f"by and when both name column {layout.when!r}; leave it out of by")


def told(given: object) -> str:
    """Tell in a few words what was given, for a sentence about it.

    >>> told([2]), told(None), told(pd.Series([1, 2]))
    ('[2]', 'None', 'a Series')
    """
    if isinstance(given, (pd.DataFrame, pd.Series, pd.Index, np.ndarray)) or len(repr(given)) > _LONG:
        return f"a {type(given).__name__}"
    return repr(given)


def series_numbers(table: pd.DataFrame, by: list[str]) -> np.ndarray:
    """Give a number to each of the series of a table, as the columns that tell them apart say.

    >>> series_numbers(pd.DataFrame({"site": ["b", "a", "b"]}), ["site"]).tolist()
    [1, 0, 1]
    """
    if not by:
        return np.zeros(len(table), dtype=int)
    try:
        return table.groupby(by, dropna=False, observed=True).ngroup().to_numpy()
    except TypeError:
        named = " or ".join(repr(name) for name in by)
        raise ValueError(
            f"column {named} holds lists, which tell no series apart; write each as text or a number"
        ) from None


def numbers(table: pd.DataFrame, name: str) -> pd.Series:
    """Read a column as numbers; a blank cell is a missing value.

    >>> numbers(pd.DataFrame({"births": [254, None]}), "births").tolist()
    [254.0, nan]
    """
    column = table[name].reset_index(drop=True)
    held = _NO_NUMBERS.get(pd.api.types.infer_dtype(column, skipna=True)) if len(column) else None
    if held:
        raise ValueError(f"column {name!r} holds {held}, which are no numbers; give a column of numbers")
    read = pd.to_numeric(column, errors="coerce").astype("float64")
    bad = column[(read.isna() & column.notna()) | np.isinf(read)]
    if len(bad):
        raise ValueError(
            f"column {name!r} holds {str(bad.iloc[0])!r} in row {bad.index[0]}, which is no number; "
            "write it as a number such as 3.1, or leave it blank"
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

    >>> check_counts(pd.Series([3, 12]), pd.Series([10, 10]))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: the numerator is above the denominator in row 1 (rows are counted from 0); ...
    """
    check_not_negative(numerator, denominator)
    refuse(
        (numerator > denominator) & (denominator > 0),
        "the numerator is above the denominator",
        "correct it, or work out a rate if one person can count twice",
        numerator.name,
        denominator.name,
    )


def check_not_negative(*counts: pd.Series) -> None:
    """Raise a ValueError naming the column and the rows in which a count is below zero.

    >>> check_not_negative(pd.Series([3, -1], name="falls"))
    Traceback (most recent call last):
    ValueError: a count is below zero in row 1 (rows are counted from 0) of column 'falls'; correct it
    """
    for count in counts:
        refuse(count < 0, "a count is below zero", "correct it", count.name)


def check_whole(*counts: pd.Series) -> None:
    """Raise a ValueError naming the column and the rows in which a count of people is not whole.

    >>> check_whole(pd.Series([3, 2.5]))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: a count of people is not whole in row 1 (rows are counted from 0); ...
    """
    for count in counts:
        refuse(
            (count - count.round()).abs() > 1e-6,
            "a count of people is not whole",
            "write how many people, not a percentage or a share",
            count.name,
        )


def refuse(bad: pd.Series, what: str, remedy: str, *names: Hashable) -> None:
    """Raise a ValueError naming the rows that are bad, if any are, their columns, and what to do about them.

    >>> refuse(pd.Series([False, True]), "the month is 13", "write 1 to 12", "when")
    Traceback (most recent call last):
    ValueError: the month is 13 in row 1 (rows are counted from 0) of column 'when'; write 1 to 12
    """
    if not bad.any():
        return
    rows = np.flatnonzero(bad.to_numpy())
    shown = ", ".join(str(row) for row in rows[:5]) + (f" and {len(rows) - 5} more" if len(rows) > 5 else "")
    plural = "s" if len(rows) > 1 else ""
    named = " and ".join(repr(name) for name in names if name is not None)
    of = f" of column{'s' if ' and ' in named else ''} {named}" if named else ""
    raise ValueError(f"{what} in row{plural} {shown} (rows are counted from 0){of}; {remedy}")

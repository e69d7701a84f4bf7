"""Tallies: counts summed within groups, and why a sum says nothing."""

import numpy as np
import pandas as pd

from pophealth.stats import columns

RESULTS = ("value", "lower", "upper", "confidence", "method", "reason")
MISSING = "a count is missing"
NOBODY = "no people counted"
_PLAIN = ("int64", "float64", "bool")


def check_by(by: list[str]) -> None:
    """Raise a ValueError where a group is named by a column that the result needs for itself.

    >>> check_by(["method"])
    Traceback (most recent call last):
    ValueError: by names column 'method', which the result fills itself; rename the column
    """
    taken = [name for name in by if name in RESULTS]
    if taken:
        raise ValueError(f"by names column {taken[0]!r}, which the result fills itself; rename the column")


def tally(table: pd.DataFrame, by: list[str], counts: list[str]) -> pd.DataFrame:
    """Sum counts within groups; a row that lacks a count, or has no people, adds nothing.

    Parameters
    ----------
    table : DataFrame
        Rows of counts.
    by : list of str
        Columns of the groups; an empty list makes one group of all rows.
    counts : list of str
        Columns to sum, the last of them the people or the time that the others are counted in.

    Returns
    -------
    DataFrame
        A row per group: its columns and its sums, missing where no row has all counts.

    Examples
    --------
    >>> table = pd.DataFrame({"team": ["a", "a", "b"], "seen": [3, 4, None], "all": [10, 10, 10]})
    >>> tally(table, ["team"], ["seen", "all"])
      team  seen   all
    0    a   7.0  20.0
    1    b   NaN   NaN
    """
    check_by(by)
    read = pd.DataFrame({name: columns.numbers(table, name).to_numpy() for name in counts}, index=table.index)
    whole = read.notna().all(axis="columns")
    read = read.where(whole).mask(whole & (read[counts[-1]] <= 0), 0.0)
    if not by:
        return read.sum(min_count=1).to_frame().T
    number, labels = groups(table, by)
    return labels.assign(**read.groupby(number).sum(min_count=1))


def groups(table: pd.DataFrame, by: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """Give the number of each row's group, in the order of labels, and the labels of each group.

    >>> number, labels = groups(pd.DataFrame({"team": ["b", "a", "b"]}), ["team"])
    >>> number.tolist(), labels["team"].tolist()
    ([1, 0, 1], ['a', 'b'])
    """
    check_by(by)
    starts = _starts(table, by)
    lengths = np.diff(np.append(starts, len(table)))
    heads = table[by].iloc[starts]
    if len(by) == 1 and _rising(heads[by[0]]):
        return np.repeat(np.arange(len(starts)), lengths), heads.reset_index(drop=True)
    number = np.repeat(columns.series_numbers(heads, by), lengths)
    first = np.zeros(number.max(initial=-1) + 1, dtype=int)
    first[number[::-1]] = np.arange(len(number))[::-1]
    return number, table[by].iloc[first].reset_index(drop=True)


def _rising(labels: pd.Series) -> bool:
    """Tell whether each label comes after the one before, so that groups stand in order and none twice."""
    if not _plain(labels) or labels.isna().any():
        return False
    values = labels.to_numpy()
    return bool((values[1:] > values[:-1]).all())


def _plain(column: pd.Series) -> bool:
    return column.dtype == "str" or column.dtype in _PLAIN


def _starts(table: pd.DataFrame, by: list[str]) -> np.ndarray:
    """Find the rows at which another group may begin, so that a sorted table is numbered run by run."""
    alike = [table[name] for name in by]
    if not all(_plain(column) for column in alike):
        return np.arange(len(table))
    new = np.ones(len(table), dtype=bool)
    values = [column.to_numpy() for column in alike]
    new[1:] = np.logical_or.reduce([each[1:] != each[:-1] for each in values]) if values else False
    return np.flatnonzero(new)


def reasons(numerator: np.ndarray, denominator: np.ndarray, nobody: str = NOBODY) -> np.ndarray:
    """Say why there can be no value, or "".

    >>> reasons(np.array([3, 0, np.nan]), np.array([9, 0, 9])).tolist()
    ['', 'no people counted', 'a count is missing']
    """
    blank = np.isnan(numerator) | np.isnan(denominator)
    return np.select([blank, denominator == 0], [MISSING, nobody], default="")

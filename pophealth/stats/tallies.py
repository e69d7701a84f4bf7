"""Tallies: counts summed within groups, and why a sum says nothing."""

import numpy as np
import pandas as pd

from pophealth.stats import columns

RESULTS = ("value", "lower", "upper", "confidence", "method", "reason")
MISSING = "a count is missing"
NOBODY = "no people counted"


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
    grouped = table[by].assign(**read).groupby(by, dropna=False, observed=True)
    return grouped[counts].sum(min_count=1).reset_index()


def groups(table: pd.DataFrame, by: list[str]) -> tuple[np.ndarray, pd.DataFrame]:
    """Give the number of each row's group, in the order of labels, and the labels of each group.

    >>> number, labels = groups(pd.DataFrame({"team": ["b", "a", "b"]}), ["team"])
    >>> number.tolist(), labels["team"].tolist()
    ([1, 0, 1], ['a', 'b'])
    """
    check_by(by)
    number = columns.series_numbers(table, by)
    first = np.zeros(number.max(initial=-1) + 1, dtype=int)
    first[number[::-1]] = np.arange(len(number))[::-1]
    return number, table[by].iloc[first].reset_index(drop=True)


def reasons(numerator: np.ndarray, denominator: np.ndarray, nobody: str = NOBODY) -> np.ndarray:
    """Say why there can be no value, or "".

    >>> reasons(np.array([3, 0, np.nan]), np.array([9, 0, 9])).tolist()
    ['', 'no people counted', 'a count is missing']
    """
    blank = np.isnan(numerator) | np.isnan(denominator)
    return np.select([blank, denominator == 0], [MISSING, nobody], default="")

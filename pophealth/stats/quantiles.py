"""Quantiles: areas put into so many groups, from the highest value to the lowest or the other way."""

from collections.abc import Iterable
from numbers import Integral

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.tallies import check_by

_FIRST = ("highest", "lowest")


def quantile(
    table: pd.DataFrame,
    *,
    value: str = "value",
    groups: int,
    by: str | Iterable[str] | None = None,
    first: str = "highest",
) -> pd.DataFrame:
    """Put each area into one of so many groups by its value, the same number in each as far as it goes.

    With 5 groups and deprivation as the value, group 1 is the most deprived fifth of the areas. Areas of
    equal value stay together, so groups can be uneven, and one can even be empty.

    Parameters
    ----------
    table : DataFrame
        A row for each area.
    value : str
        Column to order by.
    groups : int
        How many groups, from 2: 5 for fifths, 10 for tenths.
    by : str or list of str, optional
        Columns within whose groups areas are ordered; None orders all of them together.
    first : str
        ``highest`` or ``lowest``: which values are in group 1.

    Returns
    -------
    DataFrame
        The rows in their places, with ``quantile`` (1 to `groups`), and ``reason``: why it is missing, or
        "".

    Raises
    ------
    ValueError
        If a column is missing or unreadable, or `groups` or `first` cannot be.

    Notes
    -----
    With N areas that have a value and k groups: k + 1 less ((N + 1 - rank) k / N, rounded up), equal values
    sharing the first of their ranks; as in the technical guidance of Fingertips, England.

    Examples
    --------
    >>> table = pd.DataFrame({"area": list("abcdef"), "value": [31, 12, 25, 8, 40, 25]})
    >>> quantile(table, groups=3)["quantile"].tolist()
    [1, 3, 2, 3, 1, 2]
    """
    _check(groups, first)
    group = columns.names(by)
    columns.require(table, [*group, value])
    check_by(group)
    read = columns.numbers(table, value)
    number = pd.Series(columns.series_numbers(table, group))
    areas = read.notna().groupby(number).transform("sum").to_numpy()
    rank = read.groupby(number).rank(method="min", ascending=first == "lowest").to_numpy()
    enough = read.notna().to_numpy() & (areas >= groups)
    place = groups + 1 - np.ceil((areas + 1 - rank) * groups / np.maximum(areas, 1))
    few = np.char.add(f"too few areas for {groups} groups: ", areas.astype(str))
    reason = np.select([read.isna(), areas < groups], ["no value", few], default="")
    found = pd.array(np.where(enough, place, np.nan), dtype="Int64")
    return table.assign(quantile=found, reason=reason)


def _check(groups: int, first: str) -> None:
    if isinstance(groups, bool) or not isinstance(groups, Integral) or groups < 2:
        raise ValueError(f"groups is {groups!r}; give a whole number from 2, such as 5 for fifths")
    if first not in _FIRST:
        raise ValueError(f"first is {first!r}; choose highest or lowest")

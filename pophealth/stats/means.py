"""Means of measurements, with limits."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from pophealth.stats import columns
from pophealth.stats.estimates import at_levels
from pophealth.stats.tallies import groups


def mean(
    table: pd.DataFrame,
    *,
    value: str = "value",
    by: str | Iterable[str] | None = None,
    confidence: float | tuple[float, ...] = 0.95,
) -> pd.DataFrame:
    """Average measurements, and say between which limits the true average probably lies.

    An average hides who is far from it: look at the spread too. The limits suppose measurements that do
    not depend on each other.

    Parameters
    ----------
    table : DataFrame
        A row for each measurement.
    value : str
        Column of the measurements. A missing one adds nothing.
    by : str or list of str, optional
        Columns of the groups; None makes one group of all rows.
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.

    Returns
    -------
    DataFrame
        A row per group: its columns, ``n`` (measurements), ``standard_deviation``, ``value``, ``lower``,
        ``upper``, ``confidence``, ``method``, and ``reason``: why a value or its limits are missing, or "".

    Raises
    ------
    ValueError
        If a column is missing or unreadable, or a level of confidence cannot be.

    Notes
    -----
    Student, Biometrika 6, 1908, 1-25: mean, and t(n - 1) standard deviations / sqrt(n) to either side.

    Examples
    --------
    >>> table = pd.DataFrame({"clinic": ["a", "a", "a", "b"], "value": [5, 7, 9, 4]})
    >>> mean(table, by="clinic")[["clinic", "n", "value", "lower", "upper", "reason"]].round(1)
      clinic  n  value  lower  upper                                   reason
    0      a  3    7.0    2.0   12.0
    1      b  1    4.0    NaN    NaN  one measurement alone shows no spread
    """
    group = columns.names(by)
    columns.require(table, [*group, value])
    read = columns.numbers(table, value).to_numpy()
    number, labels = groups(table, group)
    used = ~np.isnan(read)
    found = pd.Series(read[used]).groupby(number[used]).agg(["size", "mean", "std"])
    found = found.reindex(range(len(labels)))
    n = found["size"].fillna(0).astype(int).to_numpy()
    spread, middle = found["std"].to_numpy(float), found["mean"].to_numpy(float)

    def limits(level: float) -> tuple[np.ndarray, np.ndarray]:
        several = np.where(n > 1, n, np.nan)
        reach = stdtrit(several - 1, 0.5 + level / 2) * spread / np.sqrt(several)
        return middle - reach, middle + reach

    return at_levels(
        labels.assign(n=n, standard_deviation=spread),
        middle,
        limits,
        confidence=confidence,
        method="student",
        reason=np.select([n == 0, n == 1], ["no measurements", "one measurement alone shows no spread"], ""),
    )

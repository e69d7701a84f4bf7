"""Estimates: a value and its limits beside each row, once for each level of confidence."""

from collections.abc import Callable
from math import inf
from numbers import Real

import numpy as np
import pandas as pd

from pophealth.stats.intervals import Limits, levels


def check_scale(scale: float) -> None:
    """Raise a ValueError where a scale is no number above 0.

    >>> check_scale(-1)
    Traceback (most recent call last):
    ValueError: scale is -1; give a number above 0, such as 100 for percent
    """
    if isinstance(scale, bool) or not isinstance(scale, Real) or not 0 < scale < inf:
        raise ValueError(f"scale is {scale!r}; give a number above 0, such as 100 for percent")


def at_levels(
    rows: pd.DataFrame,
    value: np.ndarray,
    limits: Callable[[float], Limits],
    *,
    confidence: float | tuple[float, ...],
    method: str | np.ndarray,
    reason: np.ndarray,
    scale: float = 1,
) -> pd.DataFrame:
    """Put value, limits, level, method and reason beside each row, once for each level of confidence.

    Parameters
    ----------
    rows : DataFrame
        A row per group.
    value : ndarray
        One for each row.
    limits : callable
        Gives the lower and upper limits of all rows at one level.
    confidence : float or tuple of float
        The levels.
    method : str or ndarray
        What made the limits.
    reason : ndarray of str
        Why a value or a limit is missing, or "".
    scale : float
        Multiplies value and limits.

    Returns
    -------
    DataFrame
        So many rows for each row as there are levels, one after the other, with the row's own index.

    Examples
    --------
    >>> rows = pd.DataFrame({"team": ["a"]})
    >>> both = at_levels(
    ...     rows,
    ...     np.array([5.0]),
    ...     lambda level: (np.array([5 - level]), np.array([5 + level])),
    ...     confidence=(0.5, 0.9),
    ...     method="guess",
    ...     reason=np.array([""]),
    ... )
    >>> both[["team", "value", "lower", "upper", "confidence"]]
      team  value  lower  upper  confidence
    0    a    5.0    4.5    5.5         0.5
    0    a    5.0    4.1    5.9         0.9
    """
    check_scale(scale)
    asked = levels(confidence)
    lower, upper = zip(*(limits(level) for level in asked), strict=True)
    again = rows.iloc[np.repeat(np.arange(len(rows)), len(asked))]
    return again.assign(
        value=np.repeat(value, len(asked)) * scale,
        lower=np.stack(lower, axis=-1).ravel() * scale,
        upper=np.stack(upper, axis=-1).ravel() * scale,
        confidence=np.tile(asked, len(rows)),
        method=method if isinstance(method, str) else np.repeat(method, len(asked)),
        reason=np.repeat(reason, len(asked)),
    )

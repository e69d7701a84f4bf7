"""Moving ranges: how far each point lies from the one before it."""

import numpy as np
import pandas as pd

WIDTH_OF_TWO = 1.128  # mean range of two normal values, in standard deviations (d2 for n = 2)
RANGE_LIMIT = 3.267  # upper limit of a moving range, in mean moving ranges (D4 for n = 2)
NOISE = 1e-14  # steps this small beside the values themselves are how computers round


def steps(level: pd.Series, span: pd.Series) -> pd.Series:
    """Tell how far each point lies from the one before it; the first of a span has none.

    >>> steps(pd.Series([3.0, 5, 5, 4]), pd.Series([1, 1, 1, 2])).tolist()
    [nan, 2.0, 0.0, nan]
    """
    now, phase = level.to_numpy(dtype="float64"), span.to_numpy()
    before = np.where(phase == np.roll(phase, 1), np.roll(now, 1), np.nan)
    before[:1] = np.nan
    step = np.abs(now - before)
    noise = step <= NOISE * np.maximum(np.abs(now), np.abs(before))
    return pd.Series(np.where(noise, 0, step), index=level.index)


def mean_step(ranges: pd.Series, span: pd.Series, *, screen: bool, limit: float = RANGE_LIMIT) -> pd.Series:
    """Average the steps of each span, without the outlying ones.

    Screening drops, once, the steps of 3.267 averages or more. Where that would leave only steps of zero
    although the points do move, nothing is dropped. Where no point moves, screening leaves no average.

    Parameters
    ----------
    ranges : Series
        Steps, missing where there is none.
    span : Series
        The span of each step.
    screen : bool
        Whether outlying steps are dropped once before averaging.
    limit : float
        Steps of this many averages or more are outlying.

    Returns
    -------
    Series
        The mean step, by span.

    Examples
    --------
    >>> ranges = pd.Series([None, 1.0, 1, 1, 20, 1, 1])
    >>> span = pd.Series(1, index=ranges.index)
    >>> [round(float(mean_step(ranges, span, screen=screen)[1]), 2) for screen in (True, False)]
    [1.0, 4.17]
    """
    average = ranges.groupby(span).mean()
    if not screen:
        return average
    kept = ranges.where(ranges < limit * average.reindex(span).to_numpy())
    screened = kept.groupby(span).mean()
    return screened.where(screened > 0, average.where(average > 0))


def mean_moving_range(points: pd.DataFrame, level: np.ndarray, *, screen: bool) -> pd.Series:
    """Average the steps from one counted point to the next, for each span.

    A point that is left out is stepped over; at a missing value both steps are lost.

    Parameters
    ----------
    points : DataFrame
        Points with ``span`` and ``counted``.
    level : array
        What moves, one number per point.
    screen : bool
        As in `mean_step`.

    Returns
    -------
    Series
        The mean moving range, by span.

    Examples
    --------
    >>> points = pd.DataFrame({"span": 1, "counted": [True, True, False, True]})
    >>> float(mean_moving_range(points, np.array([3.0, 5, 90, 4]), screen=True)[1])
    1.5
    """
    counted = points["counted"].to_numpy()
    span = points["span"][counted]
    return mean_step(steps(pd.Series(level[counted], index=span.index), span), span, screen=screen)


def moving_ranges(points: pd.DataFrame) -> np.ndarray:
    """Give each point its step from the point before it that is not excluded, in the same span.

    >>> points = pd.DataFrame({"span": 1, "value": [3.0, 5, 90, 4], "excluded": [False, False, True, False]})
    >>> moving_ranges(points).tolist()
    [nan, 2.0, 85.0, 1.0]
    """
    value, span = points["value"].to_numpy(dtype="float64"), points["span"].to_numpy()
    kept = np.where(points["excluded"], -1, np.arange(len(points)))
    before = np.roll(np.maximum.accumulate(kept), 1)
    before[:1] = -1
    known = (before >= 0) & (span[before] == span)
    return np.where(known, np.abs(value - value[before]), np.nan)

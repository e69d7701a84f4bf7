"""Levels: what the centre of a chart would be over other points, by the average it is made with."""

import numpy as np
import pandas as pd

from pophealth.stats.lines_rare import NEAR_NORMAL

AVERAGES = ("pooled", "mean", "median", "times")


def averages(points: pd.DataFrame) -> pd.DataFrame:
    """Average the points of each span in every way a chart does.

    Parameters
    ----------
    points : DataFrame
        Points with ``span`` and ``value``, and ``denominator`` where there are people.

    Returns
    -------
    DataFrame
        By span: ``pooled`` (weighed by people), ``mean``, ``median`` and ``times`` (as a t chart does).

    Examples
    --------
    >>> points = pd.DataFrame({"span": 1, "value": [1.0, 2, 6], "denominator": [1, 1, 3]})
    >>> averages(points).round(2)
          pooled  mean  median  times
    span
    1        4.2   3.0     2.0   2.47
    """
    of, value = points["span"], points["value"]
    people = points["denominator"] if "denominator" in points else value * np.nan
    near_normal = value.where(value > 0) ** (1 / NEAR_NORMAL)
    return pd.DataFrame(
        {
            "pooled": (value * people).groupby(of).sum(min_count=1) / people.groupby(of).sum(min_count=1),
            "mean": value.groupby(of).mean(),
            "median": value.groupby(of).median(),
            "times": near_normal.groupby(of).mean() ** NEAR_NORMAL,
        }
    )


def average_in_use(points: pd.DataFrame) -> pd.Series:
    """Find by which average each span's centre was made; where none fits, by people if there are any.

    >>> points = pd.DataFrame({"span": 1, "value": [1.0, 2, 6], "centre": 2.0})
    >>> average_in_use(points)[1]
    'median'
    """
    found = averages(points)
    centre = points.groupby("span")["centre"].first().to_numpy()
    fits = np.isclose(found, centre[:, None], rtol=1e-9, atol=0)
    usual = np.where(found["pooled"].notna(), 0, 1)
    place = np.where(fits.any(axis=1), fits.argmax(axis=1), usual)
    return pd.Series(np.array(AVERAGES)[place], index=found.index)


def level(points: pd.DataFrame, average: pd.Series) -> pd.Series:
    """Average the points of each span in the way named for it.

    >>> points = pd.DataFrame({"span": [1, 1, 1, 2], "value": [1.0, 2, 6, 4]})
    >>> level(points, pd.Series({1: "median", 2: "mean"})).tolist()
    [2.0, 4.0]
    """
    found = averages(points)
    place = pd.Index(AVERAGES).get_indexer(average.reindex(found.index))
    return pd.Series(found.to_numpy()[np.arange(len(found)), place], index=found.index)

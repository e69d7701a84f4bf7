"""Memory: whether each point of a series goes along with the one before it."""

import pandas as pd

from pophealth.stats import runs
from pophealth.stats.spans import in_order, with_labels

_FEWEST = 3


def autocorrelation(charted: pd.DataFrame) -> pd.DataFrame:
    """Tell how far each point of a baseline goes along with the point before it.

    Near 0: each point is news, as limits and run rules expect. Above 0.5: much of each point was already
    in the one before, so limits are too narrow and runs too long; read signals with care.

    Parameters
    ----------
    charted : DataFrame
        What `limits` returned.

    Returns
    -------
    DataFrame
        One row per series and phase: the `by` columns, ``phase``, ``points`` (baseline points with a
        value, not excluded) and ``lag_1`` from -1 to 1, missing with fewer than 3 points or no spread.

    Raises
    ------
    ValueError
        If the table is not one that `limits` made.

    Notes
    -----
    The sum of products of neighbours about the mean, over the sum of squares: G. E. P. Box and
    G. M. Jenkins, Time Series Analysis, 1970. Points on either side of a gap are not neighbours.
    With a dozen points it is rough: luck alone brings it to 0.5 or above now and then.

    Examples
    --------
    >>> from pophealth.stats import spc
    >>> table = pd.DataFrame({"period": range(6), "value": [1, 2, 3, 3, 2, 1]})
    >>> autocorrelation(spc.limits(table, chart="i")).round(2)
       phase  points  lag_1
    0      1       6   0.25
    """
    points = in_order(charted)
    baseline = charted["baseline"].to_numpy()[points["row"]]
    value = points["value"].where(baseline & ~points["excluded"])
    of = points["span"]
    away = value - value.groupby(of).transform("mean")
    together = (away * away.groupby(of).shift()).groupby(of).sum()
    spread, count = (away**2).groupby(of).sum(), value.groupby(of).count()
    moves = ~runs.same(value.groupby(of).max().to_numpy(), value.groupby(of).min().to_numpy())
    lag_1 = (together / spread.where(spread > 0)).where(moves & (count >= _FEWEST))
    return with_labels(charted, points, pd.DataFrame({"points": count, "lag_1": lag_1}))

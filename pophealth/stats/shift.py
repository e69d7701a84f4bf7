"""Where a sustained shift began, so that a person may decide to start new limits there."""

import numpy as np
import pandas as pd

from pophealth.stats import levels, runs
from pophealth.stats.lines_counts import STEP_TO_DEVIATION
from pophealth.stats.moving_ranges import mean_step, steps
from pophealth.stats.patterns import outside
from pophealth.stats.spans import in_order, series_columns, with_labels
from pophealth.stats.splits import starts

_ENOUGH = 12  # points that limits of their own need
_NO_DAY = " 00:00:00"
_SAID = ["start", "centre", "new_centre", "enough"]
_RESULTS = [
    *("phase", "start", "points", "side", "centre", "new_centre"),
    *("outside_now", "outside_then", "enough", "reason"),
]


def suggest_phase(charted: pd.DataFrame, *, least: int = 9) -> pd.DataFrame:
    """Find where a shift that still lasts began in the phase in force, and what new limits would change.

    Nothing is changed, and no row is no reproach: most series have no such shift. Start new limits only
    where you know what changed then.

    Parameters
    ----------
    charted : DataFrame
        What `limits` returned.
    least : int
        Points since the start that make a shift sustained.

    Returns
    -------
    DataFrame
        One row per series with a shift: the `by` columns, ``phase``, ``start`` (date of its first point),
        ``points`` since then, ``side`` (``above`` or ``below`` the centre), ``centre`` now,
        ``new_centre``, ``outside_now`` and ``outside_then`` (points since the start outside the present
        limits, and outside limits of their own), ``enough`` (at least 12 points for these) and ``reason``.

    Raises
    ------
    ValueError
        If the table is not one that `limits` made, or `least` is below 3.

    Notes
    -----
    A shift is a clear step (two sides 3.2 standard errors apart at the split with the least squares, at
    least 6 points before it, the last 5 points still nearer to the new side), or a last run that is
    longer than Anhoej's limit. In 2,000 steady series of 36 points 2 or 3 in 100 seem to have one.
    The new centre is of the kind the centre now is: pooled, mean, median, or of transformed times.
    Limits of their own come from steps weighed by the people: W. A. Taylor, 2017, for the i' chart.

    Examples
    --------
    >>> from pophealth.stats import spc
    >>> table = pd.DataFrame({"period": range(26), "value": [5, 6] * 6 + [9, 8] * 7})
    >>> found = suggest_phase(spc.limits(table, chart="i", baseline=12))
    >>> found[["start", "points", "side", "centre", "new_centre", "outside_now", "outside_then"]]
       start  points   side  centre  new_centre  outside_now  outside_then
    0     12      14  above     5.5         8.5            7             0
    >>> print(found.loc[0, "reason"])
    Since 12 the average is 8.5, not 5.5; if you know what changed then, you could start new limits there.
    """
    if least < 3:
        raise ValueError(f"least is {least!r}; give a number of points from 3")
    now = _in_force(charted)
    points = in_order(now)
    points = points[points["value"].notna() & points["centre"].notna() & ~points["excluded"]]
    average = levels.average_in_use(points[now["baseline"].to_numpy()[points["row"]]])
    average = average.reindex(points["span"].unique(), fill_value="mean")
    points = points.assign(weight=_weights(points, average))
    first = starts(points, runs.useful_points(points), least)
    begun = pd.Series(first, index=points["span"][first])
    since = points[points.index >= points["span"].map(begun).fillna(np.inf)]
    return _told(now, since, average)


def _in_force(charted: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of the last phase of each series."""
    series = series_columns(charted)
    phase = charted["phase"]
    last = charted.groupby(series, dropna=False)["phase"].transform("max") if series else phase.max()
    return charted[phase == last].reset_index(drop=True)


def _weights(points: pd.DataFrame, average: pd.Series) -> pd.Series:
    if "denominator" not in points:
        return pd.Series(1.0, index=points.index)
    pooled = points["span"].map(average) == "pooled"
    return points["denominator"].where(pooled & (points["denominator"] > 0), 1.0)


def _told(now: pd.DataFrame, since: pd.DataFrame, average: pd.Series) -> pd.DataFrame:
    of = since.groupby("span")
    found = pd.DataFrame({"points": of.size(), "centre": of["centre"].first()})
    found["new_centre"] = levels.level(since, average)
    found["side"] = np.where(found["new_centre"] > found["centre"], "above", "below")
    own = _own_limits(since, found["new_centre"])
    found["outside_now"], found["outside_then"] = (_count_outside(table) for table in (since, own))
    found["enough"] = found["points"] >= _ENOUGH
    labels = with_labels(now, since, found)
    date = now.columns[len(series_columns(now))]
    labels["start"] = now[date].iloc[of["row"].first()].to_numpy()
    labels["reason"] = [_reason(*row) for row in labels[_SAID].itertuples(index=False)]
    return labels[[*series_columns(now), *_RESULTS]]


def _own_limits(since: pd.DataFrame, centre: pd.Series) -> pd.DataFrame:
    """Draw limits from the points since the start alone; none where the chart has none."""
    of, weight = since["span"], since["weight"]
    deviations = STEP_TO_DEVIATION * steps(since["value"], of) / np.sqrt(1 / weight + 1 / weight.shift())
    reach = 3 * of.map(mean_step(deviations, of, screen=True)) / np.sqrt(weight)
    reach = reach.where(since["upper"].notna())
    return since.assign(lower=of.map(centre) - reach, upper=of.map(centre) + reach)


def _count_outside(points: pd.DataFrame) -> pd.Series:
    return pd.Series(outside(points) != 0, index=points.index).groupby(points["span"]).sum().astype(int)


def _reason(start: object, centre: float, new_centre: float, enough: bool) -> str:
    shifted = f"Since {str(start).removesuffix(_NO_DAY)} the average is {new_centre:.3g}, not {centre:.3g}"
    decide = "if you know what changed then, you could start new limits there"
    wait = f"ask what changed then, but new limits need {_ENOUGH} points"
    return f"{shifted}; {decide if enough else wait}."

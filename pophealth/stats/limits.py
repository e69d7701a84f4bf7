"""Centre line and limits of each point of each series."""

from collections.abc import Iterable

import pandas as pd

from pophealth.stats import columns
from pophealth.stats.columns import Layout
from pophealth.stats.lines import Given, chart_named, check_centre
from pophealth.stats.points import gather


def limits(
    table: pd.DataFrame,
    *,
    chart: str,
    when: str = "period",
    value: str = "value",
    numerator: str = "numerator",
    denominator: str = "denominator",
    by: str | Iterable[str] | None = None,
    phase: str | None = None,
    baseline: int | str | None = None,
    exclude: str | None = None,
    centre: float | None = None,
    screen: bool = True,
    scale: float = 1,
) -> pd.DataFrame:
    """Work out the centre line and the limits of a run or control chart.

    A steady series stays within its limits nearly always; a point outside them is worth a question.
    A run chart has a centre line and no limits. With fewer than 12 points limits are rough.

    Parameters
    ----------
    table : DataFrame
        One row per date and series. Rows of one date are one point: counts summed, values averaged.
    chart : str
        ``run`` (median), ``i`` (single values) or ``p`` (a share of people).
    when : str
        Column of the date; any order.
    value, numerator, denominator : str
        Columns of the values or counts. ``run`` and ``i`` read `value`, and where a series has none
        the numerator over the denominator; ``p`` reads the counts.
    by : str or list of str, optional
        Columns that tell series apart; each series has its own lines.
    phase : str, optional
        Column that starts new lines where its value changes. A blank goes on with the phase before.
    baseline : int or str, optional
        So many first points of each phase, or a column of True and False, set the lines, which are held
        for the rest. A phase without any baseline point uses all its points.
    exclude : str, optional
        Column of True and False: points that are shown but not counted.
    centre : float, optional
        A given centre line, before scaling.
    screen : bool
        For ``i``: drop outlying moving ranges once before averaging.
    scale : float
        Multiplies value, centre and limits: 100 for percent.

    Returns
    -------
    DataFrame
        One row per point, ordered: the `by` columns, the date, ``value`` as plotted, ``numerator`` and
        ``denominator`` where read, ``phase`` (1, 2, ...), ``baseline``, ``excluded``, ``centre``,
        ``lower``, ``upper``. A point without a value, or without people, is kept as a missing value.

    Raises
    ------
    ValueError
        If a chart is unknown, a column is missing or unreadable, or a numerator is above its denominator.

    Notes
    -----
    ``p``: pooled share, and 3 standard deviations of the binomial distribution, cut at 0 and 1.
    ``i``: mean, and 3 mean moving ranges over 1.128, ranges of 3.267 means or more dropped once.
    D. C. Montgomery, Introduction to Statistical Quality Control; L. S. Nelson, Journal of Quality
    Technology 14(3), 1982, 172-173, for the screening. A moving range steps over an excluded point, not
    over a missing value. Where screening would leave limits without any width, the unscreened mean stands.

    Examples
    --------
    >>> table = pd.DataFrame({"period": [1, 2, 3], "numerator": [9, 12, 15], "denominator": [100, 120, 80]})
    >>> limits(table, chart="p", scale=100)[["period", "value", "centre", "lower", "upper"]].round(1)
       period  value  centre  lower  upper
    0       1    9.0    12.0    2.3   21.7
    1       2   10.0    12.0    3.1   20.9
    2       3   18.8    12.0    1.1   22.9
    """
    kind = chart_named(chart)
    check_centre(chart, centre)
    if not 0 < scale < float("inf"):
        raise ValueError(f"scale is {scale!r}; give a number above 0, such as 100 for percent")
    layout = Layout(when, value, numerator, denominator, columns.names(by), phase, baseline, exclude)
    points = gather(table, layout, reads=kind.reads)
    if kind.plots:
        points["value"] = kind.plots(points)
    drawn = pd.DataFrame(kind.lines(points, Given(centre, screen))._asdict(), index=points.index)
    labels = table[[*layout.by, when]].iloc[points["row"]].reset_index(drop=True)
    read = [name for name in ("numerator", "denominator") if name in points]
    shown = points[["value", *read, "phase", "baseline", "excluded"]]
    return pd.concat([labels, shown.assign(value=shown["value"] * scale), drawn * scale], axis="columns")

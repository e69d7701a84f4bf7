"""Centre line and limits of each point of each series."""

from collections.abc import Iterable
from math import inf
from numbers import Real

import numpy as np
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
        The chart that fits what is counted or measured:

        - ``run``: anything at all, about its median, without limits
        - ``i``: single measurements, one at each date
        - ``i'``: measurements that stand for more people at some dates than at others
        - ``mr``: how far each measurement lies from the one before
        - ``xbar``: the mean of several measurements at each date
        - ``s``: the spread (standard deviation) of several measurements at each date
        - ``p``: a share of people
        - ``p'``: a share of very many people, which moves more from date to date than luck alone moves it
        - ``u``: a rate: events for so many people, days or births
        - ``u'``: a rate with very large denominators, which moves more than luck alone moves it
        - ``c``: a count of events where the room for them stays alike
        - ``g``: so many people, days or births between one rare event and the next
        - ``t``: the time between one rare event and the next
    when : str
        Column of the date; any order. Text such as 2020-9, 2020-09-30 or Sep 2020 is read as a date.
    value, numerator, denominator : str
        Columns of the values or counts. ``run``, ``i``, ``mr``, ``xbar``, ``s``, ``g`` and ``t`` read
        `value`; ``run``, ``i`` and ``mr`` take the numerator over the denominator where a series has no
        value. ``p``, ``p'``, ``u``, ``u'`` and ``i'`` read numerator and denominator, ``c`` the numerator.
        For ``xbar`` and ``s`` the rows of one date are the measurements of that date.
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
        A given centre line, before scaling. For ``g`` it is the mean, and the line is drawn at 0.693 of it,
        where the median of such waiting lies. For ``t`` it is on the scale of value ^ (1/3.6): give
        30 ** (1 / 3.6) for a line at 30 days.
    screen : bool
        For ``i``, ``i'``, ``p'``, ``u'`` and ``t``: drop outlying moving ranges once before averaging.
    scale : float
        Multiplies value, centre and limits: 100 for percent.

    Returns
    -------
    DataFrame
        One row per point, ordered: the `by` columns, the date, ``value`` as plotted, ``numerator`` and
        ``denominator`` where read, ``phase`` (1, 2, ...), ``baseline``, ``excluded``, ``centre``,
        ``lower``, ``upper``. The chart's name stands in ``attrs["chart"]``. A point without a value, or
        without people, is kept as a missing value. ``mr`` and ``s`` plot the moving range and the spread as
        ``value``. Lines that cannot be worked out are missing: one point, or points that never move.

    Raises
    ------
    ValueError
        If a chart is unknown, a column is missing or unreadable, or a chart cannot hold a number: a
        numerator above its denominator (``p``, ``p'``), a count below zero (``p``, ``p'``, ``u``, ``u'``,
        ``c``, ``g``), a denominator below zero (``i'``), a time that is not above zero (``t``).

    Notes
    -----
    With y and n the value and denominator of a point, and R the mean moving range (see below):

    - ``run``: median
    - ``i``: mean; 3 R / 1.128 to either side
    - ``i'``: sum of numerators over sum of denominators; 3 S / sqrt(n), S the mean of
      sqrt(pi / 2) |step of y| / sqrt(1 / n + 1 / n before)
    - ``mr``: R, unscreened; from 0 to 3.267 R
    - ``xbar``: mean of all measurements; 3 S / (c4 sqrt(n)) to either side, S the mean spread of a date,
      or where dates differ in size the pooled one
    - ``s``: that S; (1 - 3 sqrt(1 - c4^2) / c4) S, not below 0, to (1 + 3 sqrt(1 - c4^2) / c4) S
    - ``p``: sum of numerators over sum of denominators, m; 3 sqrt(m (1 - m) / n), cut at 0 and 1
    - ``u``: the same m; 3 sqrt(m / n), cut at 0
    - ``p'``, ``u'``: as ``p`` and ``u`` times R(z) / 1.128, z being (y - m) over the deviation of ``p`` or
      ``u``; also where that makes the limits narrower
    - ``c``: mean m; 3 sqrt(m), cut at 0
    - ``g``: median; limits 3 sqrt(m (m + 1)) about the mean m, cut at 0
    - ``t``: the ``i`` chart of y ^ (1/3.6), raised back; a lower limit below 0 is 0

    A moving range steps over an excluded point, not over a missing value. Ranges of 3.267 means or more
    are dropped once before averaging (``i'``: 3.2665); where that would leave limits without any width, the
    unscreened mean stands.

    D. C. Montgomery, Introduction to Statistical Quality Control (``i``, ``mr``, ``xbar``, ``s``, ``p``,
    ``u``, ``c``). L. S. Nelson, Journal of Quality Technology 14(3), 1982, 172-173 (screening). D. B. Laney,
    Quality Engineering 14(4), 2002, 531-537 (``p'``, ``u'``). W. A. Taylor, Normalized Individuals Control
    Chart, Taylor Enterprises, 2017 (``i'``). J. C. Benneyan, Health Care Management Science 4, 2001, 305-318
    (``g``). L. S. Nelson, Journal of Quality Technology 26(3), 1994, 239-240 (``t``).

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
    if isinstance(centre, bool):
        raise ValueError(f"centre is {centre!r}; give a number, before scaling")
    check_centre(chart, centre)
    if isinstance(scale, bool) or not isinstance(scale, Real) or not 0 < scale < inf:
        raise ValueError(f"scale is {scale!r}; give a number above 0, such as 100 for percent")
    if not isinstance(screen, bool | np.bool_):
        raise ValueError(f"screen is {screen!r}; give True or False")
    layout = Layout(when, value, numerator, denominator, columns.names(by), phase, baseline, exclude)
    points = gather(table, layout, reads=kind.reads)
    if kind.plots:
        points["value"] = kind.plots(points)
    drawn = pd.DataFrame(kind.lines(points, Given(centre, screen))._asdict(), index=points.index)
    labels = table[[*layout.by, when]].iloc[points["row"]].reset_index(drop=True)
    read = [name for name in ("numerator", "denominator") if name in points]
    shown = points[["value", *read, "phase", "baseline", "excluded"]]
    found = pd.concat([labels, shown.assign(value=shown["value"] * scale), drawn * scale], axis="columns")
    found.attrs["chart"] = chart
    return found

"""One table in, one chart out: control charts, alone or side by side on one scale."""

from typing import Any

import pandas as pd

from pophealth.views import edges, layers
from pophealth.views.flags import flags
from pophealth.views.frame import NARROW, WIDE, Drawn, heading, notes_of, panel_of, scale_of
from pophealth.views.panels import FEW, grid, own_flags, too_few
from pophealth.views.plot import control_layers
from pophealth.views.series import period_of, withheld

__all__ = ["control_chart", "small_multiples"]


def control_chart(
    charted: pd.DataFrame,
    *,
    title: str = "",
    subtitle: str = "",
    better: str,
    marks: pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
    target: float | None = None,
    unit: str = "percent",
    width: int = WIDE,
) -> Any:
    """Draw one measure over time with its limits.

    The grey band is where ordinary variation stays; the dashed line is the middle. A blue triangle up is a
    signal of improvement, an orange triangle down a signal of concern, a hollow point was left out with a
    reason. The line stops where a month is missing. With fewer than 12 points the band and the middle are
    held back.

    Parameters
    ----------
    charted
        One series from `stats.spc.control_chart` or `signals`.
    title
        The finding, in one line of words.
    subtitle
        What was counted, and how the limits were made.
    better
        ``higher``, ``lower`` or ``neither``.
    marks
        Tests of change: columns `number`, `date`, `label`. They are numbered on the chart and named below it.
    changes
        New limits that a person confirmed: columns `date` (the first period they hold for) and `label` (the
        reason). They carry a letter on the chart and are named below it.
    target
        The value aimed for, drawn as a thin line.
    unit
        ``percent`` (values are shares), ``points`` (differences of shares), ``number``, or the unit in words.
    width
        Of the whole chart in pixels; a second drawing for phones goes along with it.

    Returns
    -------
    altair.LayerChart or None
        None when there is no value to draw; `theme.figure` then says what will stand here.

    Examples
    --------
    >>> table = pd.DataFrame({"period": pd.to_datetime(["2021-01-01"]), "value": [0.5], "phase": 1})
    >>> lines = {"excluded": False, "centre": 0.5, "lower": 0.1, "upper": 0.9, "signal": "", "direction": ""}
    >>> control_chart(table.assign(**lines), title="One month", better="higher").title["text"]
    ['One month']
    """
    if not charted["value"].notna().any():
        return None
    points = layers.placed(withheld(charted))
    known = flags(marks, changes, points, period_of(points))
    parts = {"known": known, "target": target, "unit": unit, "title": title, "subtitle": subtitle}
    wide, narrow = (_single(points, **parts, width=size) for size in (width, NARROW))
    facts = {"title": title, "subtitle": subtitle, "unit": unit, "narrow": narrow}
    return Drawn(**wide, usermeta=notes_of(points, known, better=better, **facts))


def _single(
    points: pd.DataFrame, *, known: pd.DataFrame, target, unit: str, title: str, subtitle: str, width: int
) -> dict[str, Any]:
    narrow = width < 500
    scale = scale_of(points, target=target, unit=unit, ticks=4 if narrow else 5)
    left, right = edges.rooms(scale, edges.edge_values(points, target), unit=unit, narrow=narrow)
    panel = panel_of(points, scale, unit=unit, width=width - left - right, height=220 if narrow else 250)
    panel = panel._replace(margin=edges.margin(scale), narrow=narrow)
    return {
        "layer": control_layers(points, panel, known=known, target=target),
        "title": heading(title, subtitle, width=width),
        "width": panel.width,
        "height": panel.height,
    }


def small_multiples(
    charted: pd.DataFrame,
    *,
    by: str,
    title: str = "",
    subtitle: str = "",
    better: str,
    notes: dict[str, str] | None = None,
    marks: pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
    unit: str = "percent",
    columns: int | None = None,
    width: int = WIDE,
) -> Any:
    """Draw several series side by side on one scale, so that they can be compared by eye.

    Read each panel as a control chart. All panels share one value axis and one time axis.

    Parameters
    ----------
    charted
        Several series from `stats.spc.control_chart`, told apart by the column `by`.
    by
        The column that names the series; panels stand in the order in which names first appear.
    title, subtitle, better, unit, width
        As in `control_chart`.
    notes
        One line under the name of a panel, by name; a panel with too few points says so by itself.
    marks, changes
        As in `control_chart`; with a column named as `by`, a flag stands only in its own panel, and in all of
        them where that column is blank.
    columns
        Panels in a row; by default two, or three when there are more than four.

    Returns
    -------
    altair.VConcatChart or None
        None when there is no value to draw.
    """
    drawable = charted[charted["value"].notna().groupby(charted[by]).transform("any")]
    series = {str(name): rows for name, rows in drawable.groupby(by, sort=False)}
    if not series:
        return None
    frames = {name: layers.placed(withheld(rows)) for name, rows in series.items()}
    points = pd.concat(frames.values())
    known = flags(marks, changes, points, period_of(next(iter(frames.values()))))
    held = {name: why for name, rows in series.items() if (why := too_few(rows))}
    parts: dict[str, Any] = {"known": known, "by": by, "notes": held | (notes or {}), "unit": unit}
    words: dict[str, Any] = {"title": title, "subtitle": subtitle}
    across = columns or (3 if len(frames) > FEW else 2)
    wide = grid(frames, **parts, **words, columns=across, width=width)
    narrow = grid(frames, **parts, **words, columns=1, width=NARROW)
    shown = pd.concat([own_flags(known, by, name) for name in frames]).sort_values("x", kind="stable")
    return Drawn(**wide, usermeta=notes_of(points, shown, better=better, unit=unit, narrow=narrow, **words))

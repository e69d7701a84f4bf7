"""One table in, one chart out: control charts, alone or side by side on one scale."""

from typing import Any

import pandas as pd

from pophealth.views import layers
from pophealth.views.altair_start import alt
from pophealth.views.layers import Panel
from pophealth.views.scales import Scale, date_ticks, value_scale
from pophealth.views.series import when_column, withheld

WIDE, NARROW = 1000, 340

__all__ = ["control_chart", "small_multiples"]


class Drawn(alt.TopLevelMixin, alt.TopLevelSpec):
    """An altair chart made of plain Vega-Lite; making one piece by piece takes twenty times as long.

    It can be shown, saved and changed (`properties`, `configure`) like any altair chart.
    """

    data = alt.Undefined


def control_chart(
    charted: pd.DataFrame,
    *,
    title: str = "",
    subtitle: str = "",
    better: str,
    marks: pd.DataFrame | None = None,
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
    parts = {"marks": marks, "target": target, "unit": unit}
    heading = {"title": title, "subtitle": subtitle}
    wide = _single(points, **parts, **heading, width=width)
    narrow = _single(points, **parts, **heading, width=NARROW)
    notes = _notes([points], better=better, marks=marks, unit=unit, narrow=narrow, **heading)
    return Drawn(**wide, usermeta=notes)


def _single(points: pd.DataFrame, *, marks, target, unit: str, title: str, subtitle: str, width: int) -> dict:
    narrow = width < 500
    room = (42, 46) if narrow else (48, 100)
    scale = _scale([points], target=target, unit=unit, ticks=4 if narrow else 5)
    panel = _panel(points, scale, unit=unit, width=width - sum(room), height=220 if narrow else 250)
    panel = panel._replace(narrow=narrow)
    shown = layers.marks_within(marks, panel.start, panel.end)
    return {
        "layer": layers.control_layers(points, panel, target=target, marks=shown),
        "title": _heading(title, subtitle, width=width),
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
        One line under the name of a panel, by name.
    marks
        As in `control_chart`; with a column named as `by`, a mark stands only in its own panel.
    columns
        Panels in a row; by default two, or three when there are more than four.

    Returns
    -------
    altair.VConcatChart or None
        None when there is no value to draw.
    """
    frames = {
        str(name): layers.placed(withheld(rows))
        for name, rows in charted.groupby(by, sort=False)
        if rows["value"].notna().any()
    }
    if not frames:
        return None
    across = columns or (3 if len(frames) > 4 else 2)
    parts = {"by": by, "notes": notes or {}, "marks": marks, "unit": unit}
    heading = {"title": title, "subtitle": subtitle}
    wide = _many(frames, **parts, **heading, columns=across, width=width)
    narrow = _many(frames, **parts, **heading, columns=1, width=NARROW)
    facts = _notes(list(frames.values()), better=better, marks=marks, unit=unit, narrow=narrow, **heading)
    return Drawn(**wide, usermeta=facts)


def _many(
    frames: dict[str, pd.DataFrame], *, by, notes, marks, unit, title, subtitle, columns, width
) -> dict:
    scale = _scale(list(frames.values()), target=None, unit=unit, ticks=5 if len(frames) < 5 else 3)
    narrow = width < 500
    each = (width - 46 - 28 * (columns - 1)) // columns if not narrow else width - 46
    height = (150 if narrow else 210) if len(frames) < 5 else 110
    whole = _panel(pd.concat(frames.values()), scale, unit=unit, width=each, height=height)
    whole = whole._replace(edge_labels=False, narrow=narrow)
    own = {name: _own_marks(marks, by, name, whole) for name in frames}
    most = max((max(layers.mark_rows(found, whole), default=-1) for found in own.values()), default=-1)
    panels = []
    for place, (name, points) in enumerate(frames.items()):
        panel = whole._replace(value_labels=place % columns == 0)
        lower = most if narrow else most - max(layers.mark_rows(own[name], panel), default=-1)
        above = 0 if narrow or not lower else lower * layers.LANE - layers.OVERHANG
        heading = _panel_heading(name, notes.get(name, " " if notes else ""), above)
        drawn = layers.control_layers(points, panel, target=None, marks=own[name])
        panels.append({"layer": drawn, "width": each, "height": height, "title": heading})
    grid = [{"hconcat": panels[at : at + columns], "spacing": 28} for at in range(0, len(panels), columns)]
    return {"vconcat": grid, "spacing": 22, "title": _heading(title, subtitle, width=width)}


def _own_marks(marks: pd.DataFrame | None, by: str, name: str, panel: Panel) -> pd.DataFrame:
    """Return the marks of one panel: its own where marks name their panel, else all."""
    own = marks[marks[by].astype(str) == name] if marks is not None and by in marks else marks
    return layers.marks_within(own, panel.start, panel.end)


def _scale(frames: list[pd.DataFrame], *, target: float | None, unit: str, ticks: int) -> Scale:
    drawn = pd.concat([frame[column] for frame in frames for column in ("value", "lower", "upper", "centre")])
    known = [*drawn.dropna().tolist(), *([] if target is None else [target])]
    return value_scale(known, unit=unit, ticks=ticks)


def _panel(points: pd.DataFrame, scale: Scale, *, unit: str, width: int, height: int) -> Panel:
    dates = pd.to_datetime(points[when_column(points)])
    ticks = date_ticks(dates.min(), dates.max(), most=max(2, min(10, width // 48)))
    return Panel(width, height, int(points["left"].min()), int(points["right"].max()), scale, ticks, unit)


def _heading(title: str, subtitle: str, *, width: int) -> dict[str, Any]:
    lines = {
        "text": wrapped(title, width=width, size=17),
        "subtitle": wrapped(subtitle, width=width, size=13),
    }
    return lines | {"offset": 16}


def _panel_heading(name: str, note: str, above: int) -> dict[str, Any]:
    look = {"fontSize": 14, "subtitleFontSize": 12.5, "frame": "group", "offset": 10 + above}
    return {"text": name, **({"subtitle": note} if note else {}), **look}


def wrapped(text: str, *, width: int, size: float) -> list[str]:
    """Break a text into lines that fit a width, by the average width of a letter.

    Examples
    --------
    >>> wrapped("The gap is closing since August", width=110, size=13)
    ['The gap is', 'closing since', 'August']
    """
    most = max(8, int(width / (size * 0.5)))
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if len(longer) <= most else [*lines, word]
    return lines


def _notes(frames: list[pd.DataFrame], *, better, marks, unit, narrow, title, subtitle) -> dict[str, Any]:
    """Gather what the page says around the picture: key, words for those who do not see it, phone drawing."""
    points = pd.concat(frames)
    shown = layers.marks_within(marks, points["left"].min(), points["right"].max())
    kinds = set(points.dropna(subset=["value"])["kind"])
    expected = {"improvement", "concern"} if better != "neither" else {"high", "low"}
    if points["centre"].isna().all():
        expected = set()
    named = shown.drop_duplicates("number")
    return {
        "title": title,
        "alt": f"{title}. {subtitle}".strip(". "),
        "unit": unit,
        "kinds": [kind for kind in layers.KINDS if kind in kinds | expected],
        "marks": [
            [str(number), str(label)] for number, label in zip(named["number"], named["label"], strict=True)
        ],
        "narrow": narrow,
    }

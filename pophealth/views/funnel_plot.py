"""Many groups by their size: which lie further from the average than luck takes groups of that size."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.funnels import Funnel, funnel_of
from pophealth.views.groups import bare
from pophealth.views.label_places import Label, placed_labels
from pophealth.views.lettering import cut, text_width
from pophealth.views.phrases import first_capital
from pophealth.views.row_marks import LOOKS
from pophealth.views.row_sheet import PHONE
from pophealth.views.scales import Scale, kept_apart, value_scale
from pophealth.views.sheet import SMALL, Layer, Plot, Row, Sheet, centred, plot_of

NAMED = 10
"""Groups outside the limits that carry their name, the outermost first; the table names them all."""

TOP, FOOT, EDGE = 10, 46, 15
"""Room above the plot, below it, and for a line of words at its right."""

LONGEST = 0.4
"""Part of the width that a name may take."""


def funnel_plot(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    better: str,
    curve: pd.DataFrame | None = None,
    title: str = "",
    subtitle: str = "",
    unit: str = "percent",
    people: str = "people",
    width: int = WIDE,
) -> Any:
    """Draw each group by its size and its value, between the limits of luck for groups of that size.

    Read it from the right: large groups lie close to the average, small ones swing widely by luck. A group
    between the lines is one that luck alone could put there, high or low as it may stand in a list. A filled
    triangle lies beyond the outer lines, a hollow one only beyond the inner lines.

    Parameters
    ----------
    table
        From `stats.rates.funnel_limits`, made of what may be shown, or after `stats.privacy.suppress`.
    by
        Column or columns that name the group or site.
    better
        ``higher``, ``lower`` or ``neither``.
    curve
        From `stats.rates.funnel_curve`, for smooth lines.
    title, subtitle, unit, width
        As in `charts.control_chart`.
    people
        What is counted along the bottom.

    Returns
    -------
    altair.LayerChart or None
        None when no group may be shown.

    Examples
    --------
    >>> rows = {"site": ["A", "B"], "value": [0.2, 0.4], "denominator": [100, 200], "centre": 0.33}
    >>> limits = {"lower": 0.2, "upper": 0.5, "confidence": 0.95, "outside": ""}
    >>> chart = funnel_plot(pd.DataFrame(rows | limits), by="site", better="lower", title="Two sites")
    >>> chart.title["text"]
    ['Two sites']
    """
    funnel = funnel_of(table, by=by, better=better, curve=curve)
    if funnel.points.empty:
        return None
    parts = {"unit": unit, "people": people, "title": title, "subtitle": subtitle}
    wide, narrow = (_drawn(funnel, **parts, width=size) for size in (width, NARROW))
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": unit, "narrow": narrow}
    seen = set(funnel.points["kind"])
    return Drawn(**wide, usermeta=notes | {"kinds": [kind for kind in LOOKS if kind in seen]})


class Field(NamedTuple):
    """The place of a funnel: sizes across, values upwards, and the words at its right edge."""

    sheet: Sheet
    sizes: Plot
    values: Scale
    height: float
    edges: dict[str, float]

    def y(self, value: float) -> float:
        """Return where a value stands; what lies beyond the scale stands at its end."""
        inside = min(max(value, self.values.low), self.values.high)
        return TOP + self.values.pixel(inside, self.height)

    def at(self, size: float, value: float) -> tuple[float, float]:
        """Return where a group of this size and value stands."""
        return self.sizes.x(size), self.y(value)


def _field(funnel: Funnel, *, unit: str, width: int) -> Field:
    narrow = width < PHONE
    height = 250.0 if narrow else 330.0
    known = pd.concat([funnel.points["value"], funnel.curve["lower"], funnel.curve["upper"]]).dropna()
    values = value_scale([*known, funnel.centre], unit=unit, ticks=4 if narrow else 5)
    edges = _edges(funnel, unit, narrow=narrow)
    left = 10 + max(text_width(label, SMALL) for label in values.labels)
    right = width - 10 - max(text_width(text, SMALL) for text in edges)
    sizes = plot_of([0.0, *funnel.points["denominator"]], unit="number", left=left, right=right)
    return Field(Sheet(width, TOP + height + FOOT), sizes, values, height, edges)


def _edges(funnel: Funnel, unit: str, *, narrow: bool) -> dict[str, float]:
    """Name the average and the limits at the right edge, where they end."""
    last = funnel.curve.groupby("confidence").tail(1)
    words = "" if narrow else " limits"
    found = {
        f"{level:.1%}".replace(".0%", "%") + words: upper
        for level, upper in zip(last["confidence"], last["upper"], strict=True)
    }
    average = bare(funnel.centre, unit)
    return found | {average if narrow else f"{average} average": funnel.centre}


def _drawn(
    funnel: Funnel, *, unit: str, people: str, title: str, subtitle: str, width: int
) -> dict[str, Any]:
    field = _field(funnel, unit=unit, width=width)
    layers = [
        *_axes(field, people, unit),
        *_lines(field, funnel),
        *_points(field, funnel),
        *_names(field, funnel),
    ]
    return field.sheet.spec(layers, title=title, subtitle=subtitle)


def _axes(field: Field, people: str, unit: str) -> list[Layer]:
    left, right, bottom = field.sizes.left, field.sizes.right, TOP + field.height
    scale = field.values  # noqa: PD011  a scale, not a table
    places = [(field.y(tick), label) for tick, label in zip(scale.ticks, scale.labels, strict=True)]
    grid = [{"x": left, "x2": right, "y": y, "y2": y} for y, _ in places]
    values = [{"x": left - 8 - text_width(label, SMALL), "y": y, "text": label} for y, label in places]
    sizes = [
        {"x": centred(x, label, field.sheet.width), "y": bottom + 14, "text": label}
        for x, label in field.sizes.ticks()
    ]
    counted = (
        first_capital(people) if unit in ("percent", "number") else f"{first_capital(people)}; values {unit}"
    )
    counted = cut(counted, width=right - left, size=SMALL)
    name = {"x": (left + right - text_width(counted, SMALL)) / 2, "y": bottom + 33, "text": counted}
    return [
        field.sheet.lines(grid, color=drawing.GRID, strokeWidth=1),
        field.sheet.texts([*values, *sizes, name], size=SMALL, color=drawing.MUTED),
    ]


def _lines(field: Field, funnel: Funnel) -> list[Layer]:
    """Draw the limits, the outer ones dashed, and the average."""
    levels = sorted(funnel.curve["confidence"].unique())
    layers = []
    for level in levels:
        rows = funnel.curve[funnel.curve["confidence"].eq(level)]
        path: list[Row] = [
            dict(zip("xy", field.at(size, value), strict=True)) | {"line": side}
            for side in ("lower", "upper")
            for size, value in zip(rows["denominator"], rows[side], strict=True)
        ]
        dash = {"strokeDash": [6, 3]} if level == levels[-1] and len(levels) > 1 else {}
        layers.append(field.sheet.path(path, color=drawing.GREY, strokeWidth=1.3, **dash))
    y = field.y(funnel.centre)
    middle = [{"x": field.sizes.left, "x2": field.sizes.right, "y": y, "y2": y}]
    bottom = TOP + field.height
    spread = kept_apart([field.y(value) for value in field.edges.values()], room=EDGE, low=0, high=bottom)
    words = [
        {"x": field.sizes.right + 8, "y": place, "text": text}
        for text, place in zip(field.edges, spread, strict=True)
    ]
    return [
        *layers,
        field.sheet.lines(middle, color=drawing.MUTED, strokeDash=[2, 3], strokeWidth=1.4),
        field.sheet.texts(words, size=SMALL, color=drawing.MUTED),
    ]


def _points(field: Field, funnel: Funnel) -> list[Layer]:
    layers = []
    for kind, (shape, color) in LOOKS.items():
        for far in (False, True):
            rows = funnel.points[funnel.points["kind"].eq(kind) & funnel.points["far"].eq(far)]
            dots = [
                dict(zip("xy", field.at(size, value), strict=True))
                for size, value in zip(rows["denominator"], rows["value"], strict=True)
            ]
            fill = color if far or kind == "unclear" else drawing.CARD
            size = 45 if kind == "unclear" else 80
            layers.append(field.sheet.dots(dots, shape=shape, fill=fill, stroke=color, size=size))
    return layers


def _names(field: Field, funnel: Funnel) -> list[Layer]:
    """Name the groups outside the limits beside their points."""
    points = funnel.points
    outer = points[points["kind"].ne("unclear")]
    away = (outer["value"] - funnel.centre).abs()
    first = outer.assign(away=away).sort_values(["far", "away"], ascending=False, kind="stable").head(NAMED)
    left, bottom = field.sizes.left, TOP + field.height
    longest = LONGEST * field.sheet.width
    named = [
        (cut(row.name, width=longest, size=SMALL), *_from(left, field.at(row.denominator, row.value)))
        for row in first[["name", "denominator", "value"]].itertuples(index=False)
    ]
    every = [_from(left, field.at(*pair)) for pair in _obstacles(funnel)]
    placed = placed_labels(
        named, every, width=field.sizes.right - left, height=bottom, middle=field.y(funnel.centre)
    )
    words = [{"x": label.x + left, "y": label.y, "text": label.text} for label in placed]
    threads = [_thread(label, left) for label in placed if label.far()]
    return [
        field.sheet.lines(threads, color=drawing.THREAD, strokeWidth=1),
        field.sheet.texts(words, size=SMALL),
    ]


def _obstacles(funnel: Funnel) -> np.ndarray:
    """Return where names had better not lie: on points, and on the limits."""
    middles = funnel.curve.groupby("confidence")[["denominator", "lower", "upper"]].rolling(2).mean()
    lines = pd.concat([funnel.curve, middles.dropna()])
    pairs = (
        points[["denominator", name]].to_numpy()
        for points, name in ((funnel.points, "value"), (lines, "lower"), (lines, "upper"))
    )
    return np.vstack(list(pairs))


def _from(left: float, place: tuple[float, float]) -> tuple[float, float]:
    return place[0] - left, place[1]


def _thread(label: Label, left: float) -> Row:
    x, y = label.foot()
    return {"x": x + left, "y": y, "x2": label.point_x + left, "y2": label.point_y}

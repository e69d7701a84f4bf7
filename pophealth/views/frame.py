"""What every chart over time shares: its size, its scales, its heading, and what the page says around it."""

from typing import Any

import pandas as pd

from pophealth.views import layers
from pophealth.views.altair_start import alt
from pophealth.views.layers import Panel
from pophealth.views.lettering import wrapped
from pophealth.views.scales import Scale, ticks_under, value_scale
from pophealth.views.series import when_column

WIDE, NARROW = 1000, 340


class Drawn(alt.TopLevelMixin, alt.TopLevelSpec):
    """An altair chart made of plain Vega-Lite; making one piece by piece takes twenty times as long.

    It can be shown, saved and changed (`properties`, `configure`) like any altair chart.
    """

    data = alt.Undefined


def scale_of(points: pd.DataFrame, *, target: float | None = None, unit: str, ticks: int) -> Scale:
    """Choose the value scale of all that is drawn; limits below 0 count only where values can lie there."""
    lower = points["lower"]
    if unit != "points" and not (points["value"] < 0).any():
        lower = lower.clip(lower=0)
    drawn = pd.concat([points["value"], points["upper"], points["centre"], lower])
    known = [*drawn.dropna().tolist(), *([] if target is None else [target])]
    return value_scale(known, unit=unit, ticks=ticks)


def panel_of(points: pd.DataFrame, scale: Scale, *, unit: str, width: int, height: int) -> Panel:
    """Return the place in which points are drawn, with as many dates as there is room for."""
    ticks = ticks_under(points[when_column(points)], most=max(2, min(10, width // 48)))
    return Panel(width, height, int(points["left"].min()), int(points["right"].max()), scale, ticks, unit)


def heading(title: str, subtitle: str, *, width: int) -> dict[str, Any]:
    """Return the title and what stands below it, broken into lines that fit."""
    below = {"subtitle": wrapped(subtitle, width=width, size=13)} if subtitle else {}
    return {"text": wrapped(title, width=width, size=17, bold=True), "offset": 16} | below


def notes_of(
    points: pd.DataFrame,
    known: pd.DataFrame,
    *,
    better: str,
    title: str,
    subtitle: str,
    unit: str,
    narrow: Any,
) -> dict[str, Any]:
    """Gather what the page says around the picture: key, words for those who do not see it, phone drawing."""
    kinds = set(points.dropna(subset=["value"])["kind"])
    expected = {"improvement", "concern"} if better != "neither" else {"high", "low"}
    if points["centre"].isna().all():
        expected = set()
    named = known.drop_duplicates(["kind", "text"])
    keys = {kind: named.loc[named["kind"] == kind, ["text", "label"]] for kind in ("test", "change")}
    return {
        "title": title,
        "alt": f"{title}. {subtitle}".strip(". "),
        "unit": unit,
        "kinds": [kind for kind in layers.KINDS if kind in kinds | expected],
        "marks": keys["test"].astype(str).to_numpy().tolist(),
        "changes": keys["change"].astype(str).to_numpy().tolist(),
        "narrow": narrow,
    }

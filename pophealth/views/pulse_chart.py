"""The monthly pulse drawn: one small panel for each domain, all on the same scale."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from pophealth.views.altair_start import alt
from pophealth.views.drawing import GREY, TEAL

NARROW = 500
SUBTITLE = "Beside each name the last mean of 5. Light lines: one spread up and down. Bold name: lowest now"


def pulse_panels(
    table: pd.DataFrame, names: Mapping[str, str], *, low: Collection[str], title: str, width: int = 860
) -> Any:
    """Draw each domain over the months, beside each other; the lowest ones dark.

    Parameters
    ----------
    table : pandas.DataFrame
        month, domain, mean, spread; only what may be shown.
    names : mapping of str to str
        Domains as people call them, in order.
    low : collection of str
        Domains that stand out as lowest.
    title : str
        The finding.
    width : int
        Of the whole drawing, in pixels.

    Returns
    -------
    altair.HConcatChart or altair.VConcatChart or None
        None when there is nothing to show.

    Examples
    --------
    >>> table = pd.DataFrame({"month": pd.to_datetime(["2021-05-01"]), "domain": "power", "mean": 2.1})
    >>> chart = pulse_panels(table.assign(spread=0.5), {"power": "shared power"}, low=["power"], title="Low")
    >>> chart.title.text
    'Low'
    """
    if table.empty:
        return None
    narrow = width < NARROW
    each = width - 60 if narrow else (width - 120) // len(names)
    panels = [
        _panel(table, name, label, color=TEAL if name in low else GREY, width=each)
        for name, label in names.items()
    ]
    heading = alt.TitleParams(
        _lines(title, narrow), subtitle=_lines(SUBTITLE, narrow), anchor="start", offset=14
    )
    joined = alt.vconcat(*panels, spacing=14) if narrow else alt.hconcat(*panels, spacing=18)
    return joined.properties(title=heading)


def _panel(table: pd.DataFrame, name: str, label: str, *, color: str, width: int) -> Any:
    rows = table[table["domain"].eq(name)]
    rows = rows.assign(
        above=(rows["mean"] + rows["spread"]).clip(upper=5),
        below=(rows["mean"] - rows["spread"]).clip(lower=1),
    )
    ends = [table["month"].min(), table["month"].max()]
    x = alt.X("month:T", axis=alt.Axis(format="%b %y", values=ends, labelFlush=True), title=None)
    scale = alt.Scale(domain=[1, 5])
    y = alt.Y("mean:Q", scale=scale, axis=alt.Axis(values=[1, 3, 5]), title=None)
    base = alt.Chart(rows).encode(x=x)
    reach = base.mark_rule(color=color, opacity=0.35, strokeWidth=3).encode(
        y=alt.Y("below:Q", scale=scale, title=None), y2="above:Q"
    )
    line = base.mark_line(color=color, point=alt.OverlayMarkDef(color=color, size=45)).encode(y=y)
    layers = alt.layer(reach, line)
    weight = 700 if color == TEAL else 400
    named = f"{label[:1].upper()}{label[1:]} {rows['mean'].iloc[-1]:.1f}"
    head = alt.TitleParams(named, anchor="start", fontSize=13, fontWeight=weight)
    return layers.properties(width=width, height=90 if width > 200 else 130, title=head)


def _lines(text: str, narrow: bool) -> str | list[str]:
    if not narrow:
        return text
    lines = [""]
    for word in text.split():
        fits = len(lines[-1]) + len(word) < 40
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits else [*lines, word]
    return lines

"""The house theme: figures, and the door to every other piece of a page."""

import base64
import re
from typing import Any

import pandas as pd

from pophealth.views import series, words
from pophealth.views.drawing import draw, house_config, warm
from pophealth.views.markup import (
    STYLE,
    Html,
    element,
    inline_style,
    join,
    live,
    safe_text,
)
from pophealth.views.pieces import (
    ask,
    asks,
    cards,
    data_table,
    download,
    empty,
    help_line,
    note,
    path_table,
    record_table,
    say,
)
from pophealth.views.suppressed import shown

__all__ = [
    "STYLE",
    "Html",
    "ask",
    "asks",
    "cards",
    "data_table",
    "download",
    "empty",
    "figure",
    "help_line",
    "house_config",
    "inline_style",
    "join",
    "live",
    "note",
    "path_table",
    "record_table",
    "safe_text",
    "say",
    "warm",
]

KEY = {
    "ordinary": ("c", "ordinary variation"),
    "improvement": ("u", "signal of improvement"),
    "concern": ("o", "signal of concern"),
    "high": ("h", "signal, high"),
    "low": ("l", "signal, low"),
    "left out": ("x", "left out, with reason"),
    "unclear": ("c", "luck alone could explain its distance"),
    "ahead": ("u", "ahead by more than luck"),
    "behind": ("o", "behind by more than luck"),
    "above": ("h", "higher by more than luck"),
    "below": ("l", "lower by more than luck"),
}
PHONE = "screen and (max-width: 640px)"


def figure(
    chart: Any, *, table: pd.DataFrame | None = None, caption: str = "", narrow: Any = None, alt: str = ""
) -> Html:
    """Show a chart: the one way, on every surface.

    The picture carries its font and nothing that is not seen in it. Below it stand the key, a caption, and
    the numbers behind it. On a phone a narrow drawing takes its place.

    Parameters
    ----------
    chart
        Any altair chart; None shows what will stand here.
    table
        The numbers behind the chart; a charted series is put into words first.
    caption
        A line below the chart.
    narrow
        A drawing for phones; charts of `views.charts` bring their own.
    alt
        What the chart shows, for those who do not see it; by default its title.

    Returns
    -------
    Html
        A figure, the same to the byte on every run.

    Raises
    ------
    ValueError
        If there are no words for those who do not see the chart: give `alt`, or the chart a title.

    Examples
    --------
    >>> figure(None).plain
    'The chart will stand here. It needs at least one number.'
    """
    if chart is None:
        return empty("The chart will stand here.", "It needs at least one number.")
    spec = chart.to_dict(validate=False)
    notes = spec.pop("usermeta", {})
    phone = notes.get("narrow") if narrow is None else narrow.to_dict(validate=False)
    words_for_all = alt or notes.get("alt") or _title_of(spec)
    if not words_for_all:
        raise ValueError("this chart has no words for those who do not see it; give figure() an alt text")
    wide = draw(spec)
    source = _source(draw(_bare(phone))) if phone else ""
    parts = [
        f"<picture>{source}{_image(wide, words_for_all)}</picture>",
        _key(notes),
        element("figcaption", safe_text(caption)) if caption else "",
        _numbers(table, notes.get("unit", "number")),
    ]
    plain = " ".join(filter(None, [f"Chart: {words_for_all}", caption]))
    return Html(f'<figure class="fig">{"".join(parts)}</figure>', plain=plain)


def _bare(spec: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in spec.items() if name != "usermeta"}


def _title_of(spec: dict[str, Any]) -> str:
    title = spec.get("title", spec.get("description", ""))
    text = title.get("text", "") if isinstance(title, dict) else title
    return " ".join(text) if isinstance(text, list) else str(text)


def _address(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _size(svg: str) -> dict[str, str]:
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    return {"width": found[1], "height": found[2]} if found else {}


def _source(svg: str) -> str:
    given = {"media": PHONE, "srcset": _address(svg), **_size(svg)}
    return "<source" + "".join(f' {name}="{value}"' for name, value in given.items()) + ">"


def _image(svg: str, alt: str) -> str:
    given = {"alt": safe_text(alt), "src": _address(svg), **_size(svg)}
    return "<img" + "".join(f' {name}="{value}"' for name, value in given.items()) + ">"


def _key(notes: dict[str, Any]) -> str:
    """Name the numbered marks and the lettered ones, then the kinds of points."""
    flags = [("n", *mark) for mark in notes.get("marks", [])]
    flags += [("n q", *change) for change in notes.get("changes", [])]
    marks = "".join(
        f'<li><b class="{look}">{safe_text(sign)}</b>{safe_text(label)}</li>' for look, sign, label in flags
    )
    kinds = "".join(
        f'<li><i class="{KEY[kind][0]}"></i>{KEY[kind][1]}</li>' for kind in notes.get("kinds", [])
    )
    lists = (f'<ul class="marks">{marks}</ul>' if marks else "") + (
        f'<ul class="k">{kinds}</ul>' if kinds else ""
    )
    return f'<div class="key">{lists}</div>' if lists else ""


def _numbers(table: pd.DataFrame | None, unit: str) -> str:
    if table is None or table.empty:
        return ""
    told = words.numbers(table, unit=unit) if series.is_charted(table) else shown(table)
    return f"<details><summary>The numbers behind this chart</summary>{data_table(told).html}</details>"

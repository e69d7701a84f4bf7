"""What partners say about working together: a drawing, and words."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import Drawn
from pophealth.views.lettering import wrapped
from pophealth.views.phrases import listed, moment
from pophealth.views.scales import Scale, kept_apart, milliseconds

WIDE, NARROW = 1000, 340
MATTERS, HAPPENS = "matters", "happens"
LOOKS = {
    MATTERS: {"size": 200, "shape": "diamond", "fill": drawing.CARD, "stroke": drawing.INK},
    HAPPENS: {"size": 95, "shape": "circle", "fill": drawing.TEAL, "stroke": drawing.TEAL},
}
ABOUT_TRUST = (
    "Mean of partners' answers from 1 to 7 · open diamond: how much it matters · dot: how often it happens"
)
WIDE_APART = 2.5
"""A spread of answers from which on partners do not see a thing alike, whatever chance has added."""

MOVED = "Each figure is moved a little by chance, so that nobody can work out one person's answer."
CLEAR = 1.0
"""Smaller gaps and changes than this are not put into words: chance and a few people can make them."""


def trust_chart(figures: pd.DataFrame, names: dict[str, str], *, title: str, width: int = WIDE) -> Any:
    """Draw how much each side of trust matters and how often it happens, round by round.

    Read the line between the two shapes first: it is the gap. Then read along a panel: does the gap get
    shorter from round to round?

    Parameters
    ----------
    figures : pandas.DataFrame
        From `stats.trust.published`; rounds that are not shown leave a space.
    names : dict
        What each dimension is called, in the order of the panels.
    title : str
        The finding.
    width : int
        Of the whole drawing, in pixels; one for phones goes along.

    Returns
    -------
    altair chart or None
        None when no round is shown.
    """
    shown = figures[figures["shown"].astype(bool)].assign(x=lambda rows: milliseconds(rows["round"]))
    if shown.empty:
        return None
    parts = {name: shown[shown["dimension"] == dimension] for dimension, name in names.items()}
    wide = _panels(parts, shown, title=title, width=width)
    narrow = _panels(parts, shown, title=title, width=NARROW)
    notes = {"title": title, "alt": f"{title}. {ABOUT_TRUST}", "unit": "number", "kinds": [], "marks": []}
    return Drawn(**wide, usermeta=notes | {"narrow": narrow})


def _panels(parts: dict[str, pd.DataFrame], shown: pd.DataFrame, *, title: str, width: int) -> dict[str, Any]:
    narrow = width < 500
    each = width - 90 if narrow else (width - 100) // len(parts) - 18
    drawn = [
        _panel(name, rows, shown, width=each, height=96 if narrow else 210, first=place == 0 or narrow)
        for place, (name, rows) in enumerate(parts.items())
    ]
    heading = {
        "text": wrapped(title, width=width, size=17),
        "subtitle": wrapped(ABOUT_TRUST, width=width, size=13),
    }
    return {"vconcat" if narrow else "hconcat": drawn, "spacing": 18, "title": heading | {"offset": 16}}


def _panel(
    name: str, rows: pd.DataFrame, shown: pd.DataFrame, *, width: int, height: int, first: bool
) -> dict[str, Any]:
    axes = _axes(shown["x"], width=width, labelled=first)
    layers = [_gap_lines(rows, axes), *(_shapes(rows, column, look, axes) for column, look in _SHAPES)]
    offset = 10 if first else 16  # the labels of the first axis stand out above its panel
    heading = {"text": name[:1].upper() + name[1:], "fontSize": 14, "frame": "group", "offset": offset}
    layers += [_last_values(rows, axes, height=height)]
    return {"layer": layers, "width": width, "height": height, "title": heading}


_SHAPES = (("importance", LOOKS[MATTERS]), ("occurrence", LOOKS[HAPPENS]))


def _axes(moments: pd.Series, *, width: int, labelled: bool) -> dict[str, Any]:
    first, last = int(moments.min()), int(moments.max())
    room = max((last - first) * 0.35, 20 * 86_400_000)
    ticks = _every_few(sorted({int(moment) for moment in moments}), most=max(2, width // 56))
    words = "{" + ",".join(f"'{tick}': {label}" for tick, label in ticks.items()) + "}"
    dates = {"values": list(ticks), "labelExpr": f"{words}[toNumber(datum.value)]", "title": None}
    end = last + room * (1.6 if width < 200 else 0.6)
    x = {"type": "utc", "domain": [first - room * 0.6, end], "nice": False}
    marks = {"values": [1, 3, 5, 7], "labels": labelled, "title": None, "minExtent": 18 if labelled else 0}
    return {
        "x": {"field": "x", "type": "temporal", "scale": x, "axis": dates},
        "y": {
            "field": "y",
            "type": "quantitative",
            "scale": {"domain": [1, 7], "nice": False},
            "axis": marks,
        },
    }


def _every_few(moments: list[int], *, most: int) -> dict[int, list[str]]:
    """Name the rounds under a panel, every second or third where they would touch."""
    step = -(-len(moments) // most)
    stamps = {moment: pd.Timestamp(moment, unit="ms") for moment in moments[:: step or 1]}
    return {moment: [f"{stamp:%b}", str(stamp.year)] for moment, stamp in stamps.items()}


def _layer(rows: pd.DataFrame, mark: str, encoding: dict[str, Any], **look: Any) -> dict[str, Any]:
    return {"data": {"values": rows.to_dict("records")}, "mark": {"type": mark, **look}, "encoding": encoding}


def _gap_lines(rows: pd.DataFrame, axes: dict[str, Any]) -> dict[str, Any]:
    lines = rows[["x", "importance", "occurrence"]].set_axis(["x", "y", "y2"], axis=1)
    return _layer(lines, "rule", axes | {"y2": {"field": "y2"}}, color=drawing.THREAD, strokeWidth=3)


def _shapes(rows: pd.DataFrame, column: str, look: dict[str, Any], axes: dict[str, Any]) -> dict[str, Any]:
    points = rows[["x", column]].set_axis(["x", "y"], axis=1)
    return _layer(points, "point", axes, filled=True, strokeWidth=2, opacity=1, **look)


def _last_values(rows: pd.DataFrame, axes: dict[str, Any], *, height: int) -> dict[str, Any]:
    """Write word and value beside the two shapes of the last round, kept apart."""
    last = rows.tail(1)
    scale = Scale(1, 7, (), ())
    labels = [
        (float(last.iloc[0][column]), f"{last.iloc[0][column]:.1f} {word}")
        for column, word in (("importance", MATTERS), ("occurrence", HAPPENS))
        if len(last)
    ]
    places = kept_apart([scale.pixel(value, height) for value, _ in labels], room=15, low=0, high=height)
    table = pd.DataFrame(
        [
            {"x": int(last.iloc[0]["x"]), "y": scale.value(place, height), "text": text}
            for place, (_, text) in zip(places, labels, strict=True)
        ]
    )
    look = {"align": "left", "baseline": "middle", "dx": 11, "fontSize": 12, "fontWeight": 600}
    return _layer(table, "text", axes | {"text": {"field": "text"}}, **look)


def trust_finding(figures: pd.DataFrame, names: dict[str, str]) -> str:
    """Say in one line where what matters and what happens lie furthest apart.

    Examples
    --------
    >>> row = {"round": pd.Timestamp("2021-05-01"), "dimension": ["open"], "importance": [6.4]}
    >>> figures = pd.DataFrame(row).assign(occurrence=4.8, gap=1.6, gap_lower=0.6, gap_upper=2.6, shown=True)
    >>> trust_finding(figures, {"open": "being open"})
    'Being open lies furthest behind: it matters 6.4 of 7 and happens 4.8'
    """
    widest = _latest(figures).sort_values("gap", ascending=False, kind="stable").iloc[0]
    name = names[widest["dimension"]]
    if widest["gap"] < CLEAR:
        return "What matters to partners happens about as often as they wish"
    return (
        f"{name[:1].upper()}{name[1:]} lies furthest behind: it matters {widest['importance']:.1f} of 7 "
        f"and happens {widest['occurrence']:.1f}"
    )


def trust_says(figures: pd.DataFrame, names: dict[str, str]) -> tuple[str, ...]:
    """Say in up to three sentences what partners answered.

    Examples
    --------
    >>> row = {"round": pd.Timestamp("2021-05-01"), "dimension": ["open"], "importance": [6.4]}
    >>> figures = pd.DataFrame(row).assign(occurrence=4.8, gap=1.6, gap_lower=0.6, gap_upper=2.6, shown=True)
    >>> trust_says(figures, {"open": "being open"})
    ('Partners say being open matters most (6.4 of 7) but happens less (4.8).',)
    """
    latest = _latest(figures)
    top = latest.sort_values("importance", ascending=False, kind="stable").iloc[0]
    less = "but happens less" if top["gap"] >= CLEAR else "and happens about as often"
    first = (
        f"Partners say {names[top['dimension']]} matters most ({top['importance']:.1f} of 7) "
        f"{less} ({top['occurrence']:.1f})."
    )
    return tuple(sentence for sentence in (first, _apart(latest, names), _since(figures, names)) if sentence)


def _latest(figures: pd.DataFrame) -> pd.DataFrame:
    shown = figures[figures["shown"].astype(bool)]
    return shown[shown["round"] == shown["round"].max()]


def _apart(latest: pd.DataFrame, names: dict[str, str]) -> str:
    """Name where partners differ widely among themselves."""
    if "occurrence_sd" not in latest:
        return ""
    wide = [names[one] for one in latest.loc[latest["occurrence_sd"] >= WIDE_APART, "dimension"]]
    return f"They do not see {listed(wide)} alike: ask each other why." if wide else ""


def _since(figures: pd.DataFrame, names: dict[str, str]) -> str:
    """Name the largest move of a gap since the round before, if it is more than chance moves figures."""
    shown = figures[figures["shown"].astype(bool)]
    gaps, reach = (
        shown.assign(reach=shown["gap_upper"] - shown["gap"])
        .pivot_table(index="round", columns="dimension", values=values)
        .sort_index()
        for values in ("gap", "reach")
    )
    if len(gaps) < 2:
        return ""
    moves = gaps.iloc[-1] - gaps.iloc[-2]
    clear = moves[moves.abs() > (reach.iloc[-1] ** 2 + reach.iloc[-2] ** 2) ** 0.5]
    before = moment(gaps.index[-2])
    if clear.empty:
        return f"Since {before} no gap has moved by more than chance and a few answers can."
    name = clear.abs().idxmax()
    word = "smaller" if clear[name] < 0 else "wider"
    return (
        f"The gap in {names[str(name)]} is {word} than in {before}: {_size(gaps[name].iloc[-2])} then, "
        f"{_size(gaps[name].iloc[-1])} now."
    )


def _size(gap: float) -> str:
    return f"{gap:.1f}".replace("-", "−")


def few(answered: Sequence[tuple[pd.Timestamp, int]], *, least: int) -> str:
    """Say which rounds have too few answers to show.

    Examples
    --------
    >>> few([(pd.Timestamp("2021-04-01"), 4)], least=5)
    'April 2021: too few answers to show (4 of 5).'
    """
    return " ".join(
        f"{moment(when)}: too few answers to show ({count} of {least})." for when, count in answered
    )


def trust_numbers(figures: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Put the figures into a table with words people read."""
    shown = figures[figures["shown"].astype(bool)]
    limits = [
        f"{_size(row.gap)} ({_size(row.gap_lower)} to {_size(row.gap_upper)})" for row in shown.itertuples()
    ]
    return pd.DataFrame(
        {
            "Round": shown["round"].map(moment),
            "Partners say": shown["dimension"].map(names),
            "Answers": [f"{count} to {count + 4}" for count in shown["answers"]],
            "Matters": [f"{value:.1f}" for value in shown["importance"]],
            "Matters, spread": [f"{value:.1f}" for value in shown["importance_sd"]],
            "Happens": [f"{value:.1f}" for value in shown["occurrence"]],
            "Happens, spread": [f"{value:.1f}" for value in shown["occurrence_sd"]],
            "Gap (95% limits)": limits,
        }
    )

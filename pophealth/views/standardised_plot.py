"""Groups before and after their ages were made alike: two dots for each."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.groups import groups_of, people_of, with_reach, worst_first
from pophealth.views.row_marks import range_layers
from pophealth.views.row_sheet import RowSheet, key_layers, row_layers, row_sheet
from pophealth.views.sheet import Layer
from pophealth.views.suppressed import TOO_FEW

APART = 6
"""How far the two dots of a group stand above and below the middle of its row."""

KINDS = (("crude", drawing.CARD, drawing.GREY), ("standardized", drawing.TEAL, drawing.TEAL))


def standardised_plot(
    standardised: pd.DataFrame,
    *,
    crude: pd.DataFrame,
    by: str | Iterable[str],
    better: str,
    title: str = "",
    subtitle: str = "",
    unit: str = "per 100,000",
    people: str = "people",
    width: int = WIDE,
) -> Any:
    """Draw each group as it was counted, and as it would be if all groups had the same ages.

    Read the filled dots to compare groups, and the hollow ones to know what was there. Where the two lie far
    apart, the ages of a group have much to do with its crude number. A group too small to be shown in one of
    the tables is shown in neither.

    Parameters
    ----------
    standardised
        A row per group from `stats.rates.directly_standardised`.
    crude
        The same groups from `stats.rates.rate` or `proportion`.
    by
        Column or columns that name the group.
    better
        ``higher``, ``lower`` or ``neither``; groups furthest behind once standardised come first.
    title, subtitle, unit, width
        As in `charts.control_chart`.
    people
        As in `dot_plot.dot_plot`.

    Returns
    -------
    altair.LayerChart or None
        None when the table is empty.

    Examples
    --------
    >>> crude = pd.DataFrame({"county": ["East", "West"], "value": [310.0, 280.0]})
    >>> chart = standardised_plot(
    ...     crude.assign(value=[250.0, 290.0]), crude=crude, by="county", better="lower"
    ... )
    >>> [layer["data"]["values"][0]["text"] for layer in chart.layer if layer["mark"]["type"] == "text"][-1]
    'crude'
    """
    if standardised.empty:
        return None
    pairs = worst_first(pairs_of(standardised, crude, by=by, better=better), better=better)
    parts = {"unit": unit, "people": people, "title": title, "subtitle": subtitle}
    wide, narrow = (_drawn(pairs, **parts, width=size) for size in (width, NARROW))
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": unit, "narrow": narrow}
    return Drawn(**wide, usermeta=notes)


def pairs_of(
    standardised: pd.DataFrame, crude: pd.DataFrame, *, by: str | Iterable[str], better: str
) -> pd.DataFrame:
    """Put crude and standardised values of each group side by side, with its place in either order.

    Returns
    -------
    DataFrame
        The columns of `groups.groups_of` for the standardised values; `crude`, `crude_lower`, `crude_upper`;
        `place` and `crude_place`, counted from the group furthest behind among those shown.
    """
    groups = groups_of(standardised, by=by)
    before = groups_of(crude, by=by).set_index("name").reindex(groups["name"]).reset_index()
    blank = groups["blank"].mask(before["blank"].eq(TOO_FEW), TOO_FEW)
    pairs = groups.assign(
        blank=blank,
        denominator=before["denominator"].fillna(groups["denominator"]),
        crude=before["value"],
        crude_lower=before["lower"],
        crude_upper=before["upper"],
    )
    numbers = pairs.columns.difference(["name", "blank"])
    pairs.loc[blank.ne(""), numbers] = float("nan")
    ascending = better == "higher"
    return pairs.assign(
        place=pairs["value"].rank(method="min", ascending=ascending),
        crude_place=pairs["crude"].where(pairs["value"].notna()).rank(method="min", ascending=ascending),
    )


def _drawn(
    pairs: pd.DataFrame, *, unit: str, people: str, title: str, subtitle: str, width: int
) -> dict[str, Any]:
    cells = _cells(pairs, unit)
    note = people_of(pairs, people=people)
    told = [_told(*texts) for texts in zip(note, *(cells[name] for name in cells), strict=True)]
    rows = pairs.assign(note=note, told=told)
    drawn = ["value", "lower", "upper", "crude", "crude_lower", "crude_upper"]
    values = pairs[drawn].to_numpy().ravel().tolist()
    paper = row_sheet(rows, cells=cells, values=values, unit=unit, width=width, key=True)
    layers = [*row_layers(paper, cells), *_dots(paper), *key_layers(paper, KINDS)]
    return paper.sheet.spec(layers, title=title, subtitle=subtitle)


def _cells(pairs: pd.DataFrame, unit: str) -> pd.DataFrame:
    def texts(names: list[str]) -> list[str]:
        return [with_reach(row[0], row[1:], unit) for row in pairs[names].to_numpy()]

    places = [
        "" if pd.isna(place) or pd.isna(before) else f"{place:.0f} ({before:.0f})"
        for place, before in pairs[["place", "crude_place"]].to_numpy()
    ]
    return pd.DataFrame(
        {
            "Crude (luck)": texts(["crude", "crude_lower", "crude_upper"]),
            "Standardized (luck)": texts(["value", "lower", "upper"]),
            "Place (crude)": places,
        }
    )


def _told(note: str, crude: str, standardised: str, place: str) -> str:
    first = " · ".join(filter(None, [note, place and f"place {place.replace('(', '(crude ')}"]))
    return "\n".join(
        filter(None, [first, crude and f"crude {crude}", standardised and f"standardized {standardised}"])
    )


def _dots(paper: RowSheet) -> list[Layer]:
    crude = paper.rows.assign(
        **{
            name: paper.rows[f"crude{end}"]
            for name, end in (("value", ""), ("lower", "_lower"), ("upper", "_upper"))
        }
    )
    crude["middle"] -= APART
    after = paper.rows.assign(middle=paper.rows["middle"] + APART)
    layers = [*range_layers(paper, crude, thick=1.6), *range_layers(paper, after)]
    for rows, (_, fill, edge) in zip((crude, after), KINDS, strict=True):
        dots = [
            {"x": paper.plot.x(row.value), "y": row.middle}
            for row in rows.dropna(subset=["value"]).itertuples()
        ]
        layers.append(paper.sheet.dots(dots, shape="circle", fill=fill, stroke=edge, size=80))
    return layers

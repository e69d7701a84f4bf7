"""Who is in a team, side by side: those who work in care, who connect, and who live with it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.lettering import cut, wrapped
from pophealth.views.phrases import first_capital
from pophealth.views.sheet import NAME, SMALL, Row, Sheet

HEAD, LINE, GAP = 20, 42, 26
DOT, BESIDE = 9, 26
NOBODY = "nobody yet"


def team_picture(
    people: pd.DataFrame, *, sides: Mapping[str, str], title: str = "", width: int = WIDE
) -> Any:
    """Draw everyone in a team under the side from which she sees it.

    Read the empty rings first: a ring is a side from which nobody has come yet. The number of dots says
    nothing about whose word counts.

    Parameters
    ----------
    people
        name, role, side; one row a person.
    sides
        Each side and the words that stand above it.
    title, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when nobody is there yet.

    Examples
    --------
    >>> ana = pd.DataFrame({"name": ["Ana"], "role": ["nurse"], "side": ["institution"]})
    >>> team_picture(ana, sides={"institution": "works in care"}, title="One person").title["text"]
    ['One person']
    """
    if people.empty:
        return None
    wide, narrow = (_drawn(people, sides, title, size) for size in (width, NARROW))
    return Drawn(**wide, usermeta={"title": title, "alt": title, "unit": "number", "narrow": narrow})


def _drawn(people: pd.DataFrame, sides: Mapping[str, str], title: str, width: int) -> dict[str, Any]:
    across = width > 2 * NARROW
    room = width / len(sides) - GAP if across else width
    heads: list[Row] = []
    there: list[Row] = []
    left, top, deepest = 0.0, 10.0, 0.0
    for side, words in sides.items():
        lines = wrapped(first_capital(words), width=room, size=NAME, bold=True)
        heads += [{"x": left, "y": top + HEAD * place, "text": line} for place, line in enumerate(lines)]
        start = top + HEAD * (2 if across else len(lines)) + 8
        rows = _column(people[people["side"].eq(side)], left, start, room)
        there += rows
        end = start + LINE * len(rows)
        deepest = max(deepest, end)
        left, top = (left + room + GAP, top) if across else (left, end + GAP / 2)
    sheet = Sheet(width, deepest)
    return sheet.spec(_layers(sheet, heads, there), title=title, subtitle="")


def _column(people: pd.DataFrame, left: float, top: float, room: float) -> list[Row]:
    """Place one person under the other, or a ring where nobody is."""
    told = list(people[["name", "role"]].itertuples(index=False, name=None)) or [(NOBODY, "")]
    ring = people.empty
    fits = room - BESIDE
    return [
        {
            "x": left + DOT,
            "y": top + LINE * place,
            "name": cut(name, width=fits, size=NAME),
            "role": cut(role, width=fits, size=SMALL),
            "ring": ring,
        }
        for place, (name, role) in enumerate(told)
    ]


def _layers(sheet: Sheet, heads: list[Row], there: list[Row]) -> list[dict[str, Any]]:
    people = [row for row in there if not row["ring"]]
    rings = [row for row in there if row["ring"]]
    beside = [row | {"x": row["x"] + BESIDE - DOT} for row in there]
    names = [row | {"text": row["name"]} for row in beside]
    roles = [row | {"text": row["role"], "y": row["y"] + 17} for row in beside if row["role"]]
    return [
        sheet.texts(heads, size=NAME, bold=True),
        sheet.dots(people, shape="circle", size=190, fill=drawing.TEAL, stroke=drawing.TEAL),
        sheet.dots(
            rings, shape="circle", size=190, fill=drawing.CARD, stroke=drawing.ORANGE, strokeDash=[3, 2]
        ),
        sheet.texts(names, size=NAME),
        sheet.texts(roles, size=SMALL, color=drawing.MUTED),
    ]

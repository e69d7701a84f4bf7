"""What care teams and people spoke about: a bar for each theme, as long as it was often named."""

from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import NARROW, WIDE, Drawn
from pophealth.views.phrases import many
from pophealth.views.row_sheet import KEY, RowSheet, key_layers, row_layers, row_sheet
from pophealth.views.sheet import Layer

LOOKS = {"people": drawing.TEAL, "care teams": drawing.GREY}
"""Who spoke, and the color of the part of a bar."""


def theme_bars(themes: pd.DataFrame, *, title: str = "", subtitle: str = "", width: int = WIDE) -> Any:
    """Draw each theme as a bar: first the talks with people, then the care teams that named it.

    Read long bars as what comes back again and again. A short bar is not a small matter: it may be what only
    one person dared to say.

    Parameters
    ----------
    themes
        `theme`, and how many talks named it: `people` and `care teams`.
    title, subtitle, width
        As in `charts.control_chart`.

    Returns
    -------
    altair.LayerChart or None
        None when there are no themes.

    Examples
    --------
    >>> themes = pd.DataFrame({"theme": ["A ride"], "people": [3], "care teams": [1]})
    >>> theme_bars(themes, title="One theme comes back").title["text"]
    ['One theme comes back']
    """
    if themes.empty:
        return None
    wide, narrow = (_drawn(themes, title, subtitle, size) for size in (width, NARROW))
    notes = {"title": title, "alt": f"{title}. {subtitle}".strip(". "), "unit": "number", "narrow": narrow}
    return Drawn(**wide, usermeta=notes)


def _drawn(themes: pd.DataFrame, title: str, subtitle: str, width: int) -> dict[str, Any]:
    cells = pd.DataFrame({"Named by": [_named_by(row) for _, row in themes.iterrows()]})
    rows = themes.rename(columns={"theme": "name"}).assign(note="", told=cells["Named by"], blank="")
    longest = float(themes[list(LOOKS)].sum(axis="columns").max())
    paper = row_sheet(rows, cells=cells, values=[0.0, longest], unit="number", width=width, head=KEY)
    layers = [*row_layers(paper, cells), *_key(paper), *_bars(paper)]
    return paper.sheet.spec(layers, title=title, subtitle=subtitle)


def _named_by(row: pd.Series) -> str:
    people = {1: "one person"}.get(int(row["people"]), f"{row['people']} people")
    teams = many(int(row["care teams"]), "care team")
    return " and ".join(
        said for said, count in ((people, row["people"]), (teams, row["care teams"])) if count
    )


def _key(paper: RowSheet) -> list[Layer]:
    return key_layers(paper, [(name, color, color) for name, color in LOOKS.items()])


def _bars(paper: RowSheet) -> list[Layer]:
    layers, starts = [], pd.Series(0, index=paper.rows.index)
    for name, color in LOOKS.items():
        ends = starts + paper.rows[name]
        bars = [
            {"x": paper.plot.x(start), "x2": paper.plot.x(end), "y": middle - 9, "y2": middle + 9}
            for start, end, middle in zip(starts, ends, paper.rows["middle"], strict=True)
            if end > start
        ]
        layers.append(paper.sheet.bars(bars, color=color, stroke=drawing.CARD, strokeWidth=1))
        starts = ends
    return layers

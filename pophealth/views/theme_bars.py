"""What care teams and people spoke about: a bar for each theme, as long as it was often named."""

from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import WIDE
from pophealth.views.part_bars import part_bars
from pophealth.views.phrases import many

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
    cells = pd.DataFrame({"Named by": [_named_by(row) for _, row in themes.iterrows()]})
    rows = themes.rename(columns={"theme": "name"}).assign(note="", told=cells["Named by"], blank="")
    return part_bars(rows, looks=LOOKS, cells=cells, title=title, subtitle=subtitle, width=width)


def _named_by(row: pd.Series) -> str:
    people = {1: "one person"}.get(int(row["people"]), f"{row['people']} people")
    teams = many(int(row["care teams"]), "care team")
    return " and ".join(
        said for said, count in ((people, row["people"]), (teams, row["care teams"])) if count
    )

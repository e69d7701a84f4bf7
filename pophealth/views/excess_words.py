"""What the bars of excess say: how many people a gap is."""

from collections.abc import Iterable

import pandas as pd

from pophealth.views.compared import reference_of
from pophealth.views.excess_bars import NEVER_ADDED, excess_of
from pophealth.views.group_phrases import blank_notes, counted, hidden_names, line_notes, luck_moves, too_few
from pophealth.views.phrases import first_capital, short, some
from pophealth.views.readings import Reading, at_most

TWICE = f"These numbers are {NEVER_ADDED}: the same people would count twice."
MOST = 0.8
"""Groups are named until they make up four fifths of all excess."""


def excess_reading(
    table: pd.DataFrame, *, by: str | Iterable[str], name: str, reference: str | None = None
) -> Reading:
    """Say how many more people it is in each group than if it had fared like the reference.

    Parameters
    ----------
    table, by
        As in `excess_bars.excess_bars`.
    name
        What people have, or lack, such as "Without blood pressure control".
    reference
        What the reference is called, by default as the table says.

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.

    Examples
    --------
    >>> rows = {"group": ["A", "B"], "value": [0.5, 0.3], "excess": [42.0, 0.0], "reference": "B"}
    >>> excess_reading(pd.DataFrame(rows), by="group", name="Without control").finding
    'Without control: 42 more people among A than if they had fared like B'
    """
    if table.empty:
        words = ("The bars and their words will stand here once the first numbers are in.",)
        return Reading(f"{name}: no numbers yet", words, f"{name}: no numbers yet.", "")
    reference = reference_of(table, reference) or "the reference"
    groups = excess_of(table, by=by)
    finding, said = _told(groups, reference)
    sentences, over = at_most([*said, *too_few(hidden_names(groups))])
    notes = (*over, *_rest(groups), *blank_notes(groups), *line_notes(groups, lower="excess_lower"), TWICE)
    subtitle = f"{counted(groups)} · more people than if each group had fared like {reference}"
    alt = f"Bars of {counted(groups)}. {name}: {finding}. {' '.join(sentences)} {TWICE}"
    return Reading(f"{name}: {finding}", sentences, alt, subtitle, notes)


def _told(groups: pd.DataFrame, reference: str) -> tuple[str, list[str]]:
    if groups["excess"].isna().all():
        lost = groups["name"].eq(reference) & groups["blank"].ne("")
        if lost.any():
            return "no excess can be told", [f"{reference}, the reference, is too small to show."]
        return "too few people to tell in any group", []
    first = groups.iloc[0]
    if not first["excess"] > 0 or first["kind"] == "reference":
        return f"no group has more people than if it had fared like {reference}", _moves(groups)
    if first["kind"] != "more" and pd.notna(first["excess_lower"]):
        if not groups["kind"].eq("more").any():
            return f"luck could explain all that lies above {reference}", _moves(groups)
        first = groups[groups["kind"].eq("more")].iloc[0]
    count = short(round(first["excess"]), "number")
    finding = f"{count} more people among {first['name']} than if they had fared like {reference}"
    return finding, [*_moves(groups[groups["name"].eq(first["name"])]), *_together(groups)]


def _moves(groups: pd.DataFrame) -> list[str]:
    known = groups.dropna(subset=["excess_lower", "excess_upper"])
    if known.empty:
        return []
    row = known.iloc[0]
    limits = row[["excess_lower", "excess_upper"]].to_numpy(dtype=float).round()
    what = f"the number for {row['name']}"
    return [luck_moves(what, limits, "people", ways=("fewer", "more"))]


def _together(groups: pd.DataFrame) -> list[str]:
    """Say which groups make up most of the excess that is shown."""
    above = groups.dropna(subset=["together"])
    if len(above) < 2:
        return []
    lead = above.head(int((above["together"] < MOST).sum()) + 1)
    share = short(lead["together"].iloc[-1], "percent")
    names = lead["name"].tolist()
    if len(lead) == len(above):
        return [f"The excess is spread over {some(names, 'group')}."]
    together = f"{some(names, 'group')} together make" if names[1:] else f"{names[0]} alone makes"
    return [f"{first_capital(together)} up {share} of the excess that is shown."]


def _rest(groups: pd.DataFrame) -> list[str]:
    """Name the groups with fewer people, and those where luck could explain it."""
    fewer = groups[groups["kind"].eq("fewer")]
    unclear = groups[groups["kind"].eq("unclear") & groups["excess_lower"].notna()]
    fewer_names, unclear_names = fewer["name"].tolist(), unclear["name"].tolist()
    told = [f"Among {some(fewer_names, 'group')}, it is fewer people."] if fewer_names else []
    luck = [f"Among {some(unclear_names, 'group')}, luck alone could explain it."] if unclear_names else []
    return [*told, *luck]

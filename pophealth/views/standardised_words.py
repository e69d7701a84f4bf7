"""What crude and standardized numbers of groups say beside each other."""

from collections.abc import Iterable

import pandas as pd

from pophealth.views.group_phrases import blank_notes, counted, hidden_names, line_notes, too_few
from pophealth.views.groups import worst_first
from pophealth.views.phrases import short, some
from pophealth.views.readings import Reading, at_most
from pophealth.views.standardised_plot import pairs_of

LEAD = {"higher": "furthest behind", "lower": "furthest behind", "neither": "highest"}
WHAT_FOR = "Standardized numbers are for comparing groups; crude ones say how many people there are to help."


def standardised_reading(
    standardised: pd.DataFrame,
    *,
    crude: pd.DataFrame,
    by: str | Iterable[str],
    name: str,
    better: str,
    standard: str = "",
    unit: str = "per 100,000",
) -> Reading:
    """Say whether the order of groups changes once all have the same ages, and which number moves most.

    Parameters
    ----------
    standardised, crude, by, better, unit
        As in `standardised_plot.standardised_plot`.
    name
        What is measured.
    standard
        What the standard population is called.

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.

    Examples
    --------
    >>> crude = pd.DataFrame({"county": ["East", "West"], "value": [310.0, 280.0]})
    >>> after = crude.assign(value=[250.0, 290.0])
    >>> standardised_reading(after, crude=crude, by="county", name="Stays", better="lower").finding
    'Stays: with ages made alike, West stands furthest behind, not East'
    """
    if standardised.empty:
        words = ("The chart and its words will stand here once the first numbers are in.",)
        return Reading(f"{name}: no numbers yet", words, f"{name}: no numbers yet.", "")
    pairs = worst_first(pairs_of(standardised, crude, by=by, better=better), better=better)
    known = pairs.dropna(subset=["value", "crude"])
    finding, said = _told(known, better, unit)
    sentences, over = at_most([*said, *too_few(hidden_names(pairs))])
    notes = (*over, *blank_notes(pairs), *line_notes(known), WHAT_FOR)
    to = f" to {standard}" if standard else ""
    subtitle = f"{counted(pairs)} · crude: as counted · standardized{to}: as if all had the same ages"
    alt = f"Two dots for each of {counted(pairs)}. {name}: {finding}. {' '.join(sentences)}"
    return Reading(f"{name}: {finding}", sentences, alt, subtitle, notes)


def _told(known: pd.DataFrame, better: str, unit: str) -> tuple[str, list[str]]:
    if known.empty:
        return "too few people to tell in any group", []
    first, before = known.iloc[0], known.loc[known["crude_place"].idxmin()]
    moved = known[known["place"] != known["crude_place"]]
    change = _largest(known, unit)
    if len(known) == 1:
        return f"{_pair(first, unit)} among {first['name']}", [change]
    if first["name"] != before["name"] and first["crude_place"] > 1:
        finding = f"with ages made alike, {first['name']} stands {LEAD[better]}, not {before['name']}"
    elif len(moved):
        finding = "with ages made alike, the order of the groups changes"
    else:
        finding = "with ages made alike, the order of the groups stays"
    return finding, [change, _order(moved)]


def _pair(row: pd.Series, unit: str) -> str:
    return f"{short(row['crude'], unit)} crude, {short(row['value'], unit)} standardized"


def _largest(known: pd.DataFrame, unit: str) -> str:
    row = known.loc[(known["value"] - known["crude"]).abs().idxmax()]
    both = [short(row[one], unit).removesuffix(f" {unit}") for one in ("crude", "value")]
    if both[0] == both[1]:
        return "The crude and the standardized numbers are alike."
    rest = f" {unit}" if unit not in ("percent", "number") else ""
    change = f"from {both[0]} as counted to {both[1]}{rest} with ages made alike"
    return f"Most changes among {row['name']}: {change}."


def _order(moved: pd.DataFrame) -> str:
    if moved.empty:
        return "No group changes its place."
    return f"The place changes for {some(moved['name'].tolist(), 'group')}, so look at both numbers."

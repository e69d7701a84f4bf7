"""What the table of segments says: who fares worst beyond luck, and where most people are."""

from collections.abc import Iterable

import pandas as pd

from pophealth.views.compared import reference_of
from pophealth.views.excess_words import TWICE
from pophealth.views.group_phrases import (
    blank_notes,
    confidence_of,
    counted,
    hidden_names,
    line_notes,
    stands_out,
    too_few,
)
from pophealth.views.phrases import short, some
from pophealth.views.readings import Reading, at_most
from pophealth.views.segment_picture import segments_of

NEXT_TIME = "The group that looks worst of many looks a little less bad next time, by luck alone."


def segment_picture_reading(
    table: pd.DataFrame, *, by: str | Iterable[str], name: str, better: str, unit: str = "percent"
) -> Reading:
    """Say which group fares worst once luck is allowed for, how far behind it is, and where most people are.

    Parameters
    ----------
    table, by, better, unit
        As in `segment_picture.segment_picture`.
    name
        What is measured.

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.

    Examples
    --------
    >>> rows = {"group": ["A", "B"], "value": [0.5, 0.3], "rank": [1, 2], "reference": "B"}
    >>> segment_picture_reading(pd.DataFrame(rows), by="group", name="Stays", better="lower").finding
    'Stays: A fares worst, with luck allowed for'
    """
    if table.empty:
        words = ("The table and its words will stand here once the first numbers are in.",)
        return Reading(f"{name}: no numbers yet", words, f"{name}: no numbers yet.", "")
    reference = reference_of(table, None) or "the reference"
    segments = segments_of(table, by=by, better=better, unit=unit)
    finding, said = _told(segments, reference, unit)
    sentences, over = at_most([*said, *too_few(hidden_names(segments))])
    alone = stands_out(int(segments["gap_lower"].notna().sum()), confidence_of(table))
    notes = (*over, *blank_notes(segments), NEXT_TIME, *alone, *line_notes(segments, lower="lower"), TWICE)
    subtitle = f"{counted(segments)} · held against {reference} · place 1 fares worst, with luck allowed for"
    alt = f"Table of {counted(segments)}. {name}: {finding}. {' '.join(sentences)}"
    return Reading(f"{name}: {finding}", sentences, alt, subtitle, notes)


def _told(segments: pd.DataFrame, reference: str, unit: str) -> tuple[str, list[str]]:
    known = segments[segments["place"].notna()]
    if known.empty:
        return "too few people to tell in any group", []
    first = known[known["place"].eq(known["place"].min())]
    if len(first) == len(known):
        finding = (
            "luck alone may have parted the groups" if len(known) > 1 else f"only {first['name'].iloc[0]}"
        )
        return finding, [*_behind(known, unit, reference), *_most(segments, reference)]
    names = some(first["name"].tolist(), "group")
    finding = f"{names} {'fare' if len(first) > 1 else 'fares'} worst, with luck allowed for"
    return finding, [*_behind(first, unit, reference), *_most(segments, reference)]


def _behind(first: pd.DataFrame, unit: str, reference: str) -> list[str]:
    """Say how far the first group lies from the reference, and whether luck could explain that."""
    others = first[first["kind"].ne("reference")]
    if others.empty:
        return []
    row = others.loc[others["gap"].abs().idxmax()] if others["gap"].notna().any() else others.iloc[0]
    size = f"It is {short(row['value'], unit)} among {row['name']}"
    if pd.isna(row["gap"]):
        return [f"{size}."]
    apart = short(abs(row["gap"]), "points" if unit == "percent" else unit)
    side = "above" if row["gap"] > 0 else "below"
    luck = {"unclear": ": luck alone could explain that", "group": ""}
    return [
        f"{size}, {apart} {side} {reference}{luck.get(row['kind'], ': more than luck alone would make it')}."
    ]


def _most(segments: pd.DataFrame, reference: str) -> list[str]:
    """Say in which group most people are affected."""
    above = segments[segments["excess"] > 0]
    if above.empty:
        return []
    row = above.loc[above["excess"].idxmax()]
    count = short(round(row["excess"]), "number")
    return [f"Most people are among {row['name']}: {count} more than if they had fared like {reference}."]

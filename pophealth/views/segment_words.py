"""What the table of segments says: who fares worst, how many people that is, and what luck could do."""

from collections.abc import Iterable

import pandas as pd

from pophealth.stats import columns
from pophealth.views.ladder_words import group_name
from pophealth.views.phrases import listed, many, short, some
from pophealth.views.readings import Reading, at_most

NEVER_ADDED = "never add such counts over two ways to group"


def segment_reading(compared: pd.DataFrame, *, by: str | Iterable[str], name: str) -> Reading:
    """Say which group fares worst, how far from the reference, and how many people that is.

    Groups that luck alone may have parted are not set in order. Nothing here says why a group fares worse.

    Parameters
    ----------
    compared
        From `stats.segments.compare`.
    by
        The column or columns that name the group.
    name
        What is measured, such as "Blood pressure control".

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.

    Examples
    --------
    >>> from pophealth.stats import segments
    >>> table = pd.DataFrame({"language": ["English", "Spanish"], "numerator": [600, 210]})
    >>> table["denominator"] = [1000, 500]
    >>> found = segments.compare(table, by="language", reference="English", better="higher")
    >>> print(segment_reading(found, by="language", name="Blood pressure control"))
    Blood pressure control is 42% among Spanish and 60% among English. That is about 90 more people left
    behind than if Spanish had fared like English. Luck could make it 63 to 116; never add such counts over
    two ways to group.
    """
    rows = compared.assign(_name=_names(compared, columns.names(by)))
    known = rows[rows["rank"].notna()]
    if len(known) < 2:
        return _nothing(known, name)
    first = known[known["rank"] == 1]
    worst = first.iloc[0] if len(first) == 1 and first["difference_lower"].notna().all() else None
    finding, sentences = _clear(worst, name) if worst is not None else _open(known, first, name)
    told, over = at_most(sentences)
    alt = f"Table of {many(len(rows), 'group')}. {name}: {finding}. {' '.join(told)}"
    notes = (*over, *_part(worst, known), *_next_time(worst), *_missing(rows))
    return Reading(f"{name}: {finding}", told, alt, _subtitle(rows), notes)


def _nothing(known: pd.DataFrame, name: str) -> Reading:
    finding = "one group only" if len(known) else "no numbers yet"
    sentence = "The table will stand here once the counts of two or more groups are in."
    return Reading(f"{name}: {finding}", (sentence,), f"{name}: {finding}.", "")


def _names(compared: pd.DataFrame, group: list[str]) -> list[str]:
    return [" x ".join(map(group_name, labels)) for labels in compared[group].itertuples(index=False)]


def _clear(worst: pd.Series, name: str) -> tuple[str, list[str]]:
    group, other = worst["_name"], worst["reference"]
    here, there = short(worst["value"], "percent"), short(worst["reference_value"], "percent")
    finding = f"{here} among {group}, {there} among {other}"
    if worst["excess"] <= 0:
        return finding, [f"{name} is worst among {group}, {here}, yet no worse than among {other}, {there}."]
    return finding, [
        f"{name} is {here} among {group} and {there} among {other}.",
        *_people(worst),
    ]


def _people(worst: pd.Series) -> list[str]:
    """Say how many people a gap is, and how far luck could move that number."""
    group, other, count = worst["_name"], worst["reference"], _count(worst["excess"])
    who = "person" if count == "1" else "people"
    low, high = worst["excess_lower"], worst["excess_upper"]
    luck = f"Luck could make it {_count(low)} to {_count(high)}"
    if low <= 0:
        luck = f"Luck alone could do that ({_count(-low)} fewer to {_count(high)} more)"
    more = f"That is about {count} more {who} left behind than if {group} had fared like {other}."
    return [more, f"{luck}; {NEVER_ADDED}."]


def _count(people: float) -> str:
    return f"{people:,.0f}" if round(people) else "0"


def _open(known: pd.DataFrame, first: pd.DataFrame, name: str) -> tuple[str, list[str]]:
    """Say that no group comes first, or that the reference itself does."""
    if len(first) == 1:
        itself, share = first["_name"].iloc[0], short(first["value"].iloc[0], "percent")
        return f"no group fares worse than {itself}", [
            f"{name} is worst among {itself}, {share}, the group that all others are held against."
        ]
    low, high = known.loc[known["value"].idxmin()], known.loc[known["value"].idxmax()]
    ends = [f"{short(end['value'], 'percent')} ({end['_name']})" for end in (low, high)]
    return "no group stands out as worst", [
        f"{name} lies between {listed(ends)}.",
        "Luck alone may have put one of these groups before another, so none comes first.",
    ]


def _part(worst: pd.Series | None, known: pd.DataFrame) -> list[str]:
    if worst is None or not worst["excess"] > 0 or (known["excess"] > 0).sum() < 2:
        return []
    part = short(worst["share_of_excess"], "percent")
    return [f"Of all people in this table left behind, {part} are among {worst['_name']}."]


def _next_time(worst: pd.Series | None) -> list[str]:
    """Warn that the worst of many groups looks less bad next time, and give the best guess."""
    if worst is None:
        return []
    guess = short(worst["shrunk"], "percent")
    return [
        f"The group that looks worst of many often looks less bad next time: expect about {guess} among "
        f"{worst['_name']}."
    ]


def _missing(rows: pd.DataFrame) -> list[str]:
    names = rows.loc[rows["rank"].isna(), "_name"].tolist()
    return [f"There are no counts to compare for {some(names, 'group')}."] if names else []


def _subtitle(rows: pd.DataFrame) -> str:
    reference = rows["reference"].iloc[0]
    return f"{many(len(rows), 'group')}, each held against {reference}"

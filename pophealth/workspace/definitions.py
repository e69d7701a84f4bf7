"""How each measure was counted and since when: its definitions, read from what people wrote over time."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from pophealth.workspace.entries import Entry, folded
from pophealth.workspace.records import Measure
from pophealth.workspace.team_book import TeamBook

COUNTED = ("numerator", "denominator", "covers", "source", "period", "window", "people")
"""The fields that say how something is counted; the others may change without a new definition."""

AIMED = ("target", "unit", "target_by", "owner")
COLUMNS = ["key", "name", "family", *COUNTED, *AIMED, "since", "until", "in_force"]


class Definition(NamedTuple):
    """A measure as it was counted for a time.

    Attributes
    ----------
    measure : Measure
        As it was written last in that time.
    until : datetime.date or None
        The first month that is counted in another way; None while this one is in force.
    """

    measure: Measure
    until: date | None = None


def definitions(revisions: Iterable[Entry]) -> list[Definition]:
    """Find the definitions that a measure has had, by the months from which people say they held.

    Words may be corrected at any time. Only another month under "Counted this way since", with another way
    of counting, ends a definition. A month that was moved or taken back leaves no trace.

    Parameters
    ----------
    revisions : iterable of Entry
        Of one measure, newest first, as `TeamBook.history` gives them.

    Returns
    -------
    list of Definition
        Newest first.

    Examples
    --------
    >>> definitions([])
    []
    """
    written = [entry for entry in folded(revisions) if not entry.refused]
    found: list[Definition] = []
    seen: set[tuple[Any, ...]] = set()
    for measure in (Measure.from_body(entry.body, entry.key) for entry in written):
        newer = found[-1].measure if found else None
        if newer is None or (_since(measure) < _since(newer) and _way(measure) not in seen):
            found.append(Definition(measure, newer.since if newer else None))
            seen = {_way(measure)}
        elif measure.since == newer.since:
            seen.add(_way(measure))
    return found


def starts(book: TeamBook, measure: Measure) -> list[date]:
    """List the months from which a measure was counted in another way than before.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    measure : Measure
        As it stands now.

    Returns
    -------
    list of datetime.date
        Oldest first. Who may not see what a team wrote before still sees the last one.
    """
    known = definitions(book.history("measure", measure.key)) if measure.key else []
    return sorted({one.measure.since for one in known if one.measure.since} | set(start_of(measure)))


def start_of(measure: Measure) -> list[date]:
    """Give the month since which a measure is counted as it is now; none when nobody wrote one."""
    return [measure.since] if measure.since else []


def table(book: TeamBook) -> pd.DataFrame:
    """List how each measure is counted, and how it was counted before.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        One row a definition, the one in force first: key, name, family, numerator, denominator, covers,
        source, period, window, people, target, unit (percent, number, days, or such as per 1,000),
        target_by, owner, since, until (the first month counted in another way; missing while it is in
        force), in_force.
    """
    measures = [one for one in book.records("measure") if isinstance(one, Measure)]
    rows = [_row(one) for measure in measures for one in _known(book, measure)]
    found = pd.DataFrame(rows, columns=COLUMNS)
    days = {name: pd.to_datetime(found[name]) for name in ("since", "until", "target_by")}
    types = dict.fromkeys(days, "datetime64[ns]") | {"in_force": "bool", "target": "float64"}
    return found.assign(**days).astype(types)


def unsaid(measure: Measure) -> list[str]:
    """Name what a definition does not say yet, by the labels of its form.

    Examples
    --------
    >>> unsaid(Measure(numerator="Calls", denominator="People due", source="Call sheet", owner="Ana"))
    ['Who is in, and who is left out', 'Family']
    """
    needed = ("numerator", "denominator", "covers", "source", "owner", "family")
    labels = {question.name: question.label for question in Measure.fields()}
    return [labels[name] for name in needed if not getattr(measure, name)]


def _known(book: TeamBook, measure: Measure) -> Sequence[Definition]:
    """Give at least the definition in force, also to who may not see what stood before."""
    return definitions(book.history("measure", measure.key)) or [Definition(measure)]


def _row(one: Definition) -> tuple[Any, ...]:
    measure = one.measure
    said = [getattr(measure, name) for name in COUNTED]
    place = [measure.key, measure.name, measure.family]
    aimed = [measure.target, measure.said_in, measure.target_by, measure.owner]
    return (*place, *said, *aimed, measure.since, one.until, one.until is None)


def _since(measure: Measure) -> date:
    return measure.since or date.min


def _way(measure: Measure) -> tuple[Any, ...]:
    return tuple(str(getattr(measure, name)).strip().lower() for name in COUNTED)

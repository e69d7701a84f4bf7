"""Lead measures that count: one for each team, named before its chart showed anything."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import takewhile

import pandas as pd

from pophealth.workspace.entries import Entry
from pophealth.workspace.records import Measure
from pophealth.workspace.signs import Sign
from pophealth.workspace.store import Workspace

WAIT = pd.DateOffset(months=1)
"""Counts of a month come in when it is over, so a measure may be named until then."""


def shared_leads(workspace: Workspace) -> Iterator[tuple[Entry, Measure]]:
    """Give the lead measure of each team that has shared one, in the order of teams.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks.

    Yields
    ------
    tuple of Entry and Measure
        The first that a team calls its lead measure; more than one chance to be lucky is not given.
    """
    found: dict[str, tuple[Entry, Measure]] = {}
    for entry in workspace.shared("measure"):
        if isinstance(entry.record, Measure) and entry.record.lead:
            found.setdefault(entry.team, (entry, entry.record))
    yield from (found[team.slug] for team in workspace.cohort() if team.slug in found)


def named_on(workspace: Workspace, team: str, measure: str) -> date | None:
    """Give the day from which a measure has been the team's lead measure without a break.

    Parameters
    ----------
    workspace : Workspace
        Only a day comes out, so it is the same for everyone who looks.
    team, measure : str
        Short names.

    Returns
    -------
    datetime.date or None
        None when it is no lead measure.
    """
    with workspace._file.reading() as ledger:
        revisions = ledger.revisions(team, "measure", measure)
    return _since(entry for entry in revisions if not entry.refused)


def counts(sign: Sign, named: date | None) -> bool:
    """Tell whether a signal counts: it stands in the phase in force, and was not picked after it was seen.

    Parameters
    ----------
    sign : Sign
        Of the chart's latest points.
    named : datetime.date or None
        As `named_on` gives it.

    Returns
    -------
    bool
        True for a signal of a measure that was named before the first month of the signal was over.

    Examples
    --------
    >>> sign = Sign("improvement", pd.Timestamp("2020-11-01"), True, 24)
    >>> counts(sign, date(2020, 10, 6)), counts(sign, date(2021, 3, 1))
    (True, False)
    """
    if not sign.direction or sign.since is None or named is None:
        return False
    return pd.Timestamp(named) < sign.since + WAIT


def _since(revisions: Iterable[Entry]) -> date | None:
    led = takewhile(lambda entry: getattr(entry.record, "lead", False) and not entry.deleted, revisions)
    days = [entry.saved_at.date() for entry in led]
    return days[-1] if days else None

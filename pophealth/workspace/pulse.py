"""The team's pulse over months, as tables that may be shown to the whole team."""

from datetime import date
from typing import Any

import pandas as pd

from pophealth.stats import pulse
from pophealth.workspace.records_pulse import DOMAINS
from pophealth.workspace.rounds import Round, rounds
from pophealth.workspace.store import TeamBook

COLUMNS = ["month", "domain", "answers", "mean", "spread", "shown"]


def pulse_rounds(book: TeamBook, *, as_of: date) -> list[Round]:
    """Sum up the team's pulse, month by month, so that nobody can work out one answer.

    Parameters
    ----------
    book : TeamBook
        The team; only the team itself and its coach see figures.
    as_of : datetime.date
        Later months are left out.

    Returns
    -------
    list of Round
        Oldest first; figures as `stats.pulse.published` gives them, no row until the month is summed up.

    Raises
    ------
    Problem
        When this person may not see the figures.
    """
    return rounds(book, "pulse", as_of=as_of, least=pulse.LEAST, figures=_figures)


def over_time(found: list[Round]) -> pd.DataFrame:
    """Put the figures of all months that may be shown into one table.

    Parameters
    ----------
    found : list of Round
        From `pulse_rounds`.

    Returns
    -------
    pandas.DataFrame
        month, domain, answers, mean, spread, shown; only rows that may be shown.

    Examples
    --------
    >>> over_time([]).columns.tolist()
    ['month', 'domain', 'answers', 'mean', 'spread', 'shown']
    """
    tables = [one.figures[one.figures["shown"]] for one in found if len(one.figures)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)


def _figures(month: date, answers: dict[str, Any]) -> pd.DataFrame:
    """Sum up a month; keys are drawn at random and seen by their authors alone, so they make the seed."""
    rows = [(pd.Timestamp(month), name, one.taps.get(name)) for one in answers.values() for name in DOMAINS]
    if not rows:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.DataFrame(rows, columns=["month", "domain", "mark"])
    return pulse.published(table, seed=" ".join(sorted(answers)))

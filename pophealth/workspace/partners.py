"""What partners answered and what the work costs the climate, as tables that may be shown."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from pophealth.stats import carbon, trust
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Activity, Factor, Trust
from pophealth.workspace.records_partners import SIDES_OF_TRUST
from pophealth.workspace.rounds import Round, refuse_others, rounds
from pophealth.workspace.store import TeamBook

COLUMNS = ["round", "dimension", "answers", *trust.FIGURES, "shown"]


def trust_rounds(book: TeamBook, *, as_of: date) -> list[Round]:
    """Sum up what partners answered, round by round, so that nobody can work out one answer.

    Parameters
    ----------
    book : TeamBook
        The team; only the team itself and its coach see figures.
    as_of : datetime.date
        Rounds of later months are left out.

    Returns
    -------
    list of Round
        Oldest first. `answered` counts up to 5 and no further; `figures` has a row for each side of trust as
        `stats.trust.published` gives it, and no row as long as the round is not summed up.

    Raises
    ------
    Problem
        When this person may not see the figures.
    """
    return rounds(book, "trust", as_of=as_of, least=trust.LEAST, figures=_figures)


def _figures(month: date, answers: dict[str, Trust]) -> pd.DataFrame:
    """Sum up a round; keys are drawn at random and seen by their authors alone, so they make the seed."""
    rows = [
        (pd.Timestamp(month), name, one.matters.get(name), one.happens.get(name))
        for one in answers.values()
        for name in SIDES_OF_TRUST
    ]
    if not rows:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.DataFrame(rows, columns=["round", "dimension", "importance", "occurrence"])
    return trust.published(table, seed=" ".join(sorted(answers)))


def footprint(book: TeamBook, *, as_of: date | None = None) -> pd.DataFrame:
    """Work out what the team's work cost the climate, month by month and activity by activity.

    Parameters
    ----------
    book : TeamBook
        The team; only the team itself and its coach see it.
    as_of : datetime.date, optional
        Later months are left out; by default none is.

    Returns
    -------
    DataFrame
        As `stats.carbon.footprint` gives it with contacts; empty without any whole record of work.

    Raises
    ------
    Problem
        When this person may not see it, or a factor is missing or does not fit; one sentence says which.
    """
    refuse_others(book)
    done = _done(one for one in book.records("activity") if isinstance(one, Activity) and one.complete)
    done = done[done["period"] <= pd.Timestamp(as_of)] if as_of else done
    if done.empty:
        return done
    known = _known(one for one in book.records("factor") if isinstance(one, Factor) and one.complete)
    try:
        return carbon.footprint(done, known, contacts="contacts")
    except ValueError as problem:
        raise Problem(str(problem)) from None


def _done(records: Iterable[Activity]) -> pd.DataFrame:
    rows = [
        (pd.Timestamp(one.month or 0), _plain(one.activity), one.amount, _plain(one.unit), one.contacts)
        for one in records
    ]
    return pd.DataFrame(rows, columns=["period", "activity", "amount", "unit", "contacts"]).astype(
        {"amount": "float64", "contacts": "float64"}
    )


def _known(records: Iterable[Factor]) -> pd.DataFrame:
    rows = [
        (_plain(one.activity), one.factor, one.lower, one.upper, _plain(one.unit), one.source, one.year)
        for one in records
    ]
    return pd.DataFrame(rows, columns=["activity", "factor", "lower", "upper", "unit", "source", "year"])


def _plain(words: str) -> str:
    """Take two ways of writing the same words for one."""
    return " ".join(words.lower().split())

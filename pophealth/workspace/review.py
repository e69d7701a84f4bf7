"""What step 5 holds as tables: answers on the ladder, what was heard, possible causes, strengths.

Every table has only what the person who looks may read, up to the day she looks from.
"""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from pophealth.stats import labels
from pophealth.workspace.records import Cause, Conversation, Ladder, Staff
from pophealth.workspace.store import TeamBook

STAFF, PEOPLE = "care teams", "people"


def answers(book: TeamBook, *, as_of: date) -> pd.DataFrame:
    """List the answers on the ladder, without any hint at the people who gave them.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    as_of : datetime.date
        Later months are left out.

    Returns
    -------
    DataFrame
        month, group, now, future; one row an answer, missing where a question was left out.
    """
    rows = [
        (pd.Timestamp(one.month or 0), one.group, *pair)
        for one in _ladders(book, as_of)
        for pair in one.pairs
    ]
    table = pd.DataFrame(rows, columns=["month", "group", "now", "future"])
    return table.astype({"month": "datetime64[ns]", "now": "Int64", "future": "Int64"})


def invited(book: TeamBook, *, as_of: date) -> pd.DataFrame:
    """Say how many people were asked the ladder questions.

    Parameters
    ----------
    book, as_of
        As in `answers`.

    Returns
    -------
    DataFrame
        month, group, invited; one row a group and month.
    """
    rows = [(pd.Timestamp(one.month or 0), one.group, one.invited) for one in _ladders(book, as_of)]
    table = pd.DataFrame(rows, columns=["month", "group", "invited"])
    return table.astype({"month": "datetime64[ns]", "invited": "float64"})


def heard(book: TeamBook, *, as_of: date) -> pd.DataFrame:
    """List what care teams and people spoke about, theme by theme, in the order they were heard.

    Parameters
    ----------
    book, as_of
        As in `answers`.

    Returns
    -------
    DataFrame
        source (care teams or people), talk (1, 2, ... within a source), segment, theme. A conversation
        without consent is not there; one without a theme has a row with a blank. The first way to write a
        theme stands for all.
    """
    staff = [one for one in book.records("staff") if isinstance(one, Staff) and _by(one.month, as_of)]
    talks = [(one, "") for one in staff] + [(one, one.segment) for one in conversations(book, as_of=as_of)]
    rows = [
        (PEOPLE if segment else STAFF, one.key, segment, theme)
        for one, segment in talks
        for theme in split(one.themes) or [""]
    ]
    table = pd.DataFrame(rows, columns=["source", "key", "segment", "theme"])
    table["theme"] = labels.first_written(table["theme"]).fillna("")
    table["talk"] = table.groupby("source")["key"].transform(lambda keys: pd.factorize(keys)[0] + 1)
    return table[["source", "talk", "segment", "theme"]].drop_duplicates(ignore_index=True)


def conversations(book: TeamBook, *, as_of: date) -> list[Conversation]:
    """List the conversations that may be used: those with a yes, up to a day, in the order they were begun.

    Parameters
    ----------
    book, as_of
        As in `answers`.

    Returns
    -------
    list of Conversation
        Empty for whoever may not read them.
    """
    talks = [one for one in book.records("conversation") if isinstance(one, Conversation)]
    months = sorted(talks, key=lambda one: str(one.month or date.max))
    return [one for one in months if one.consent and one.segment and _by(one.month, as_of)]


def causes(book: TeamBook) -> pd.DataFrame:
    """List possible causes, with what each source says.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        cause, pillar, segment, numbers, staff, people (supports, contradicts, silent; blank while nobody has
        said), because, asset.
    """
    names = ["cause", "pillar", "segment", "numbers", "staff", "people", "because", "asset"]
    found = [one for one in book.records("cause") if isinstance(one, Cause) and one.cause]
    return pd.DataFrame([[getattr(one, name) for name in names] for one in found], columns=names)


def said(causes: pd.DataFrame) -> pd.DataFrame:
    """Give what each source says about each cause, one row each, as `stats.segments.triangulate` takes it.

    Parameters
    ----------
    causes : DataFrame
        As `causes` gives them.

    Returns
    -------
    DataFrame
        cause, source, says.

    Examples
    --------
    >>> one = {"cause": ["no ride"], "numbers": ["silent"], "staff": [""], "people": ["supports"]}
    >>> said(pd.DataFrame(one))["says"].tolist()
    ['silent', '', 'supports']
    """
    sources = ["numbers", "staff", "people"]
    return causes.melt(id_vars="cause", value_vars=sources, var_name="source", value_name="says")


def split(themes: str) -> list[str]:
    """Split themes as people write them, with commas or semicolons between.

    Parameters
    ----------
    themes : str
        As typed.

    Returns
    -------
    list of str
        Without blanks and without doubles.

    Examples
    --------
    >>> split("What pills cost, a face I know; what pills cost")
    ['What pills cost', 'a face I know']
    """
    parts = (" ".join(part.split()) for part in themes.replace(";", ",").split(","))
    found: dict[str, str] = {}
    for part in filter(None, parts):
        found.setdefault(part.casefold(), part)
    return [*found.values()]


def _ladders(book: TeamBook, as_of: date) -> Iterator[Ladder]:
    """Give the rounds that are whole: half a round would say that fewer answered than did."""
    for one in book.records("ladder"):
        if isinstance(one, Ladder) and one.complete and _by(one.month, as_of):
            yield one


def _by(month: date | None, as_of: date) -> bool:
    return month is not None and month <= as_of

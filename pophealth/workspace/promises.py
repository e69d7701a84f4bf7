"""What step 3 holds as tables: promises, which of them overlap, what they lack, and which are due."""

from datetime import date

import pandas as pd

from pophealth.stats import labels
from pophealth.workspace.records import Anchor, Priority
from pophealth.workspace.records_team import PORTFOLIOS
from pophealth.workspace.store import TeamBook

DECISIONS = ("keep", "join", "stop")
AHEAD = 183
"""Days ahead in which a deadline is said to come up: half a year."""

NOBODY = {"", "-", "–", "?", "none", "nobody", "nobody yet", "no one", "no one yet", "open"}
"""Ways to write that there is no owner."""

PROMISES = [
    *("name", "owner", "portfolio", "population", "decision", "reason"),
    *("sort", "deadline", "money", "funds", "fit"),
]
ANCHORS = ["action", "sort", "gains", "owner", "state", "size"]


def promises(book: TeamBook) -> pd.DataFrame:
    """List the promises a team wrote down, one row each.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        name, owner (blank when nobody answers for it), portfolio, population (the first way to write a group
        stands for all), decision (keep, join, stop or blank), reason, sort, deadline, money (enough, part,
        none or blank), funds, fit.
    """
    found = [one for one in book.records("priority") if isinstance(one, Priority) and one.name]
    table = pd.DataFrame([[getattr(one, name) for name in PROMISES] for one in found], columns=PROMISES)
    return table.assign(
        owner=_owners(table["owner"]),
        population=labels.first_written(table["population"]).fillna(""),
        deadline=pd.to_datetime(table["deadline"]),
    )


def anchors(book: TeamBook) -> pd.DataFrame:
    """List the anchor actions a team wrote down, one row each.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        action, sort (hire, buy, invest, lend or blank), gains, owner, state, size.
    """
    found = [one for one in book.records("anchor") if isinstance(one, Anchor) and one.action]
    table = pd.DataFrame([[getattr(one, name) for name in ANCHORS] for one in found], columns=ANCHORS)
    return table.assign(owner=_owners(table["owner"]))


def by_portfolio(table: pd.DataFrame) -> pd.DataFrame:
    """Count promises in each of the four portfolios, with those that hold none.

    Parameters
    ----------
    table : DataFrame
        portfolio and decision, one row a promise.

    Returns
    -------
    DataFrame
        portfolio, keep, join, stop, open (not decided); four rows. A promise without a portfolio is in none.

    Examples
    --------
    >>> one = pd.DataFrame({"portfolio": ["social"], "decision": ["join"]})
    >>> by_portfolio(one)["join"].tolist()
    [0, 1, 0, 0]
    """
    return whole(pd.crosstab(table["portfolio"], table["decision"]))


def whole(counts: pd.DataFrame) -> pd.DataFrame:
    """Add the portfolios and decisions that a count of promises does not hold, with a 0 each.

    Parameters
    ----------
    counts : DataFrame
        As `pandas.crosstab` counts promises by portfolio and decision.

    Returns
    -------
    DataFrame
        As `by_portfolio` gives it.
    """
    named = counts.rename(columns={"": "open"})
    named = named.reindex(index=[*PORTFOLIOS], columns=[*DECISIONS, "open"], fill_value=0).astype("int64")
    return named.rename_axis(index="portfolio", columns=None).reset_index()


def going_on(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the promises that nobody stops.

    Examples
    --------
    >>> going_on(pd.DataFrame({"name": ["a", "b"], "decision": ["stop", ""]}))["name"].tolist()
    ['b']
    """
    return table[table["decision"].ne("stop")].reset_index(drop=True)


def overlapping(table: pd.DataFrame) -> pd.DataFrame:
    """Find promises that go on for the same people in the same portfolio.

    Parameters
    ----------
    table : DataFrame
        As `promises` gives it.

    Returns
    -------
    DataFrame
        The same columns; at least two rows for each group of people and portfolio.

    Examples
    --------
    >>> rows = [("a", "social", "Elders", "keep"), ("b", "social", "Elders", "join")]
    >>> found = overlapping(pd.DataFrame(rows, columns=["name", "portfolio", "population", "decision"]))
    >>> found["name"].tolist()
    ['a', 'b']
    """
    both = ["portfolio", "population"]
    found = going_on(table)
    found = found[found[both].ne("").all(axis="columns")]
    return found[found.duplicated(both, keep=False)].reset_index(drop=True)


def unresourced(table: pd.DataFrame) -> pd.DataFrame:
    """Find promises that go on and have no owner, or no money, or money for a part only.

    Parameters
    ----------
    table : DataFrame
        As `promises` gives it.

    Returns
    -------
    DataFrame
        The same columns. A promise of which nobody wrote whether there is money is not among them.

    Examples
    --------
    >>> rows = [("a", "", "enough", "keep"), ("b", "Ana", "", "keep"), ("c", "Ana", "none", "stop")]
    >>> unresourced(pd.DataFrame(rows, columns=["name", "owner", "money", "decision"]))["name"].tolist()
    ['a']
    """
    found = going_on(table)
    return found[found["owner"].eq("") | found["money"].isin(["none", "part"])].reset_index(drop=True)


def coming(table: pd.DataFrame, *, as_of: date, ahead: int = AHEAD) -> pd.DataFrame:
    """Find promises that go on and are due soon, or were due already, the earliest first.

    Parameters
    ----------
    table : DataFrame
        As `promises` gives it.
    as_of : datetime.date
        The day to look from.
    ahead : int
        How many days ahead to look.

    Returns
    -------
    DataFrame
        The same columns and `days` from the day you look from; below 0 when the day has passed.

    Examples
    --------
    >>> one = pd.DataFrame({"name": ["a"], "decision": ["keep"], "deadline": pd.to_datetime(["2021-07-10"])})
    >>> coming(one, as_of=date(2021, 6, 30))["days"].tolist()
    [10]
    """
    found = going_on(table)
    days = (found["deadline"] - pd.Timestamp(as_of)).dt.days
    soon = found.assign(days=days)[days.le(ahead)]
    return soon.astype({"days": "int64"}).sort_values("days", kind="stable", ignore_index=True)


def _owners(written: pd.Series) -> pd.Series:
    plain = written.astype(str).str.strip(" .").str.casefold()
    return written.where(~plain.isin(NOBODY), "")

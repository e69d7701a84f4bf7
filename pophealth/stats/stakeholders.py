"""Partners and groups: where each stands, how far commitment has to grow, who is missing, who is due."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns

CUT = 3
"""The middle of a scale from 1 to 5; from it on a mark counts as much."""

AFFECTED = "shape it together"
NOT_RATED = "not rated yet"
PLACES = (AFFECTED, "work closely", "keep content", "keep informed", "look in on", NOT_RATED)
"""The places on the map, people who are affected first."""


def mapped(
    table: pd.DataFrame,
    *,
    influence: str = "influence",
    interest: str = "interest",
    affected: str = "affected",
) -> pd.DataFrame:
    """Place each partner or group on the map of influence and interest, people who are affected on top.

    Read the first place first. Whoever lives with what you want to change belongs there, whatever the two
    marks say: a map by power alone would file them under "low priority".

    Parameters
    ----------
    table : DataFrame
        A row for each partner or group.
    influence, interest : str
        Columns: marks from 1 (little) to 5 (much); from 3 on they count as much. A blank is not rated.
    affected : str
        Column of True and False; a blank is False.

    Returns
    -------
    DataFrame
        The table with ``place`` (one of `PLACES`), in the order of the places, then from high marks to low.

    Raises
    ------
    ValueError
        If a column is missing, a mark is no number from 1 to 5, or affected is not True or False.

    Notes
    -----
    The grid is the usual one of power and interest; that affected people stand apart from it is ours.

    Examples
    --------
    >>> marks = {"influence": [1, 5, 4], "interest": [2, 2, 4], "affected": [True, False, False]}
    >>> mapped(pd.DataFrame({"name": ["Tenants", "Council", "School"]} | marks))[["name", "place"]]
          name              place
    0  Tenants  shape it together
    1   School       work closely
    2  Council       keep content
    """
    columns.require(table, [influence, interest, affected])
    power, care = (_marks(table, name) for name in (influence, interest))
    apart = columns.flags(table, affected).to_numpy(dtype=bool)
    strong, keen = power.ge(CUT), care.ge(CUT)
    cases = [apart, power.isna() | care.isna(), strong & keen, strong, keen]
    names = [AFFECTED, NOT_RATED, "work closely", "keep content", "keep informed"]
    found = table.reset_index(drop=True).assign(place=np.select(cases, names, default="look in on"))
    order = pd.DataFrame({"place": found["place"].map(PLACES.index), "marks": -(power + care)})
    return found.loc[order.sort_values(["place", "marks"], kind="stable").index].reset_index(drop=True)


def commitment(table: pd.DataFrame, *, now: str = "now", needed: str = "needed") -> pd.DataFrame:
    """Tell how far the commitment of each partner has to grow for the work to succeed.

    Look at the largest gap first: that is where the next talk is worth most. A gap below 0 means that a
    partner gives more than you planned for; thank them.

    Parameters
    ----------
    table : DataFrame
        A row for each partner.
    now, needed : str
        Columns: commitment today and as needed, from 0 (works against it) to 4 (makes it happen with you).

    Returns
    -------
    DataFrame
        The rows with both marks and ``gap`` (steps from `now` to `needed`), the largest gap first.

    Raises
    ------
    ValueError
        If a column is missing, or a mark is no number from 0 to 4.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["School", "Council"], "now": [3, 1], "needed": [3, 4]})
    >>> commitment(table)
          name  now  needed  gap
    0  Council  1.0     4.0  3.0
    1   School  3.0     3.0  0.0
    """
    columns.require(table, [now, needed])
    marks = {name: _marks(table, name, low=0, high=4) for name in (now, needed)}
    found = table.reset_index(drop=True).assign(**marks, gap=marks[needed] - marks[now])
    return found.dropna(subset=["gap"]).sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def due(table: pd.DataFrame, *, as_of: object, when: str = "next_contact", days: int = 14) -> pd.DataFrame:
    """List the partners to be in touch with: overdue, soon, or without a date.

    Start at the top. A partner without a date is a partner nobody plans to call.

    Parameters
    ----------
    table : DataFrame
        A row for each partner.
    as_of : date
        The day to look from.
    when : str
        Column: the day of the next contact.
    days : int
        How many days ahead count as soon.

    Returns
    -------
    DataFrame
        The rows in question with ``due``: overdue (before `as_of`), soon, or no date; the oldest first.

    Raises
    ------
    ValueError
        If the column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["School", "Council"], "next_contact": ["2021-05-02", None]})
    >>> due(table, as_of="2021-06-30")[["name", "due"]]
          name      due
    0   School  overdue
    1  Council  no date
    """
    columns.require(table, [when])
    day, today = pd.to_datetime(table[when].reset_index(drop=True)), pd.Timestamp(str(as_of))
    cases = [day.isna(), day.lt(today), day.le(today + pd.Timedelta(days=days))]
    found = table.reset_index(drop=True).assign(
        **{when: day}, due=np.select(cases, ["no date", "overdue", "soon"], default="later")
    )
    return found[found["due"].ne("later")].sort_values(when, kind="stable", ignore_index=True)


def missing(table: pd.DataFrame, *, kinds: Iterable[str], kind: str = "sector") -> pd.DataFrame:
    """Count how often each kind is there, and keep those that nobody has named.

    A kind with 0 is a question: who is that here, and who could ask them?

    Parameters
    ----------
    table : DataFrame
        A row for each partner, strength or other thing.
    kinds : iterable of str
        All kinds that there could be.
    kind : str
        Column of the kind.

    Returns
    -------
    DataFrame
        A row for each of `kinds`, in their order: the kind, ``count`` and ``there``.

    Raises
    ------
    ValueError
        If the column is missing.

    Examples
    --------
    >>> missing(pd.DataFrame({"sector": ["school", "school"]}), kinds=["school", "police"])
       sector  count  there
    0  school      2   True
    1  police      0  False
    """
    columns.require(table, [kind])
    order = list(kinds)
    counts = table[kind].value_counts().reindex(order, fill_value=0).to_numpy(dtype=int)
    return pd.DataFrame({kind: order, "count": counts, "there": counts > 0})


def _marks(table: pd.DataFrame, name: str, *, low: int = 1, high: int = 5) -> pd.Series:
    marks = columns.numbers(table, name)
    outside = marks.notna() & ~marks.between(low, high)
    columns.refuse(outside, f"column {name!r} is not from {low} to {high}", "write a mark on that scale")
    return marks

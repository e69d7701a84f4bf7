"""The ladder of life: how many people are thriving, struggling and suffering, now and as they hope."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from pophealth.stats import columns, rates, rungs
from pophealth.stats.intervals import level

_EVERYONE = "everyone"


def ladder(
    table: pd.DataFrame,
    *,
    now: str,
    future: str,
    by: str | Iterable[str] | None = None,
    when: str | None = None,
    count: str | None = None,
    invited: pd.DataFrame | str | float | None = None,
    confidence: float | tuple[float, ...] = 0.95,
) -> pd.DataFrame:
    """Work out which share of people is thriving, struggling and suffering, in each group and round.

    Read first how many answered of those invited: the shares are those of the people who answered, and
    nobody knows how the others stand. Do not hold them against figures from another survey. Where `by` is
    given without `when`, people who answered in several rounds count once for each.

    Parameters
    ----------
    table : DataFrame
        A row for each answer, or for each pair of rungs with a column that counts people.
    now, future : str
        Columns: the rung on which a person stands today, and the one expected in about five years; whole
        numbers from 0 (worst) to 10 (best), blank when left out.
    by : str or list of str, optional
        Columns that name the group.
    when : str, optional
        Column of the round; rounds stand in the order of time.
    count : str, optional
        Column: how many people gave this answer. None: each row is one person.
    invited : DataFrame, str or number, optional
        How many were asked: a table with the columns of `by` and `when` and a column ``invited``; a column
        that holds the same number in all rows of a group; or one number when there are no groups.
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.

    Returns
    -------
    DataFrame
        Three rows for each group and round: the group, the round, ``ladder`` (thriving, struggling or
        suffering), ``numerator`` (people), ``denominator`` and ``answered`` (people who answered both
        questions), ``not_answered`` (people who left one or both out), ``invited`` if given, ``value``,
        ``lower``, ``upper``, ``confidence``, ``method`` and ``reason`` (why a value is missing, or ""). A
        group that was invited and never answered has its rows too.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a rung is not a whole number from 0 to 10, a count is no whole
        number of people, or more people answered than were invited.

    Notes
    -----
    H. Cantril, The Pattern of Human Concerns, 1965. Thriving: now 7 or more and future 8 or more; suffering:
    both 4 or less; struggling: all others who answered both (Gallup). A rung left out is never guessed. The
    limits are Wilson's.

    Examples
    --------
    >>> answers = pd.DataFrame({"now": [8, 7, 5, 3, None], "future": [9, 8, 7, 4, 8]})
    >>> found = ladder(answers, now="now", future="future", invited=9)
    >>> found[["ladder", "numerator", "answered", "not_answered", "invited", "value"]]
           ladder  numerator  answered  not_answered  invited  value
    0    thriving        2.0       4.0           1.0      9.0   0.50
    1  struggling        1.0       4.0           1.0      9.0   0.25
    2   suffering        1.0       4.0           1.0      9.0   0.25
    """
    groups = rungs.groups_of(table, by, when)
    counted = rungs.counted(table, groups, now=now, future=future, count=count)
    if invited is not None:
        counted = _beside(counted, _invited(invited, table, groups=groups, when=when), groups)
    rows = rungs.in_time(counted, groups, when)
    rows = rows.assign(denominator=rows["answered"])
    spread = rows.loc[rows.index.repeat(len(rungs.STANDINGS))].reset_index(drop=True)
    spread["ladder"] = np.tile(np.array(rungs.STANDINGS, dtype=object), len(rows))
    spread["numerator"] = rows[[*rungs.STANDINGS]].to_numpy().ravel()
    beside = ["answered", rungs.BLANK, *(["invited"] if invited is not None else [])]
    named = [*groups, "ladder", "numerator", "denominator", *beside]
    return rates.proportion(spread[named], confidence=confidence)


def net(
    table: pd.DataFrame,
    *,
    now: str,
    future: str,
    by: str | Iterable[str] | None = None,
    when: str | None = None,
    count: str | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Work out how many more people in a hundred are thriving than suffering, as one number.

    Above 0 more people thrive than suffer; 1 means that everybody thrives, -1 that everybody suffers. Look
    at the three shares of `ladder` too: 0 can mean that all struggle, or that half thrive and half suffer.

    Parameters
    ----------
    table, now, future, by, when, count
        As in `ladder`.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    DataFrame
        A row for each group and round: the group, the round, ``thriving`` and ``suffering`` (people),
        ``denominator`` (people who answered both questions), ``value`` (share thriving minus share
        suffering), ``lower``, ``upper``, ``confidence``, ``method`` and ``reason``.

    Raises
    ------
    ValueError
        As in `ladder`, or if the confidence cannot be.

    Notes
    -----
    The two shares come from the same people, so they lean on each other: their covariance is minus their
    product over the number of people (multinomial). The limits join the Wilson limits of both shares with
    that correlation: R. G. Newcombe, Statistics in Medicine 17, 1998, 2635-2650; G. Y. Zou and A. Donner,
    Statistics in Medicine 27, 2008, 1693-1702.

    Examples
    --------
    >>> answers = pd.DataFrame({"now": [8, 7, 5, 3], "future": [9, 8, 7, 4], "count": [40, 22, 60, 12]})
    >>> found = net(answers, now="now", future="future", count="count")
    >>> found[["thriving", "suffering", "denominator", "value", "lower", "upper"]].round(3)
       thriving  suffering  denominator  value  lower  upper
    0      62.0       12.0        134.0  0.373  0.258  0.475
    """
    confidence = level(confidence)
    groups = rungs.groups_of(table, by, when)
    counted = rungs.in_time(rungs.counted(table, groups, now=now, future=future, count=count), groups, when)
    rows = counted.rename(columns={"answered": "denominator"})
    rows = rows[[*groups, "thriving", "suffering", "denominator"]]
    return rows.assign(
        **_net(rows, confidence),
        confidence=confidence,
        method="newcombe, multinomial",
        reason=np.where(rows["denominator"] > 0, "", "no people counted"),
    )


def _net(rows: pd.DataFrame, confidence: float) -> dict[str, np.ndarray]:
    thriving, suffering = rows["thriving"].to_numpy(), rows["suffering"].to_numpy()
    people = rows["denominator"].where(rows["denominator"] > 0).to_numpy()
    up, down = thriving / people, suffering / people
    up_low, up_high = rates.wilson(thriving, people, confidence)
    down_low, down_high = rates.wilson(suffering, people, confidence)
    lean = _lean(thriving, suffering, people)
    return {
        "value": up - down,
        "lower": up - down - _joined(up - up_low, down_high - down, lean),
        "upper": up - down + _joined(up_high - up, down - down_low, lean),
    }


def _lean(thriving: np.ndarray, suffering: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Give the correlation of two shares of the same people: -1 where nobody has a third answer."""
    whole = thriving + suffering == people
    others = np.where(whole, 1, (people - thriving) * (people - suffering))
    return np.where(whole, -1, -np.sqrt(thriving * suffering / others))


def _joined(one: np.ndarray, other: np.ndarray, lean: np.ndarray) -> np.ndarray:
    return np.sqrt(one**2 - 2 * lean * one * other + other**2)


def _invited(invited: Any, table: pd.DataFrame, *, groups: list[str], when: str | None) -> pd.DataFrame:
    """Give how many people were asked in each group, however that was told."""
    if isinstance(invited, pd.DataFrame):
        columns.require(invited, [*groups, "invited"])
        rungs.check_rounds(invited, when)
        people = rungs.people_in(invited, "invited").to_numpy()
        return rungs.summed(invited[groups].assign(invited=people), groups)
    if isinstance(invited, str):
        return _repeated(table, invited, groups)
    if groups:
        raise ValueError(
            f"invited is {columns.told(invited)}, one number for several groups; give a table with "
            f"{', '.join(map(repr, groups))} and a column 'invited'"
        )
    return pd.DataFrame({"invited": rungs.people_in(pd.DataFrame({"invited": [invited]}), "invited")})


def _repeated(table: pd.DataFrame, name: str, groups: list[str]) -> pd.DataFrame:
    """Read a column that repeats, in every row of a group, how many people were asked."""
    columns.require(table, [name])
    told = table[groups].assign(invited=rungs.people_in(table, name).to_numpy()).drop_duplicates()
    twice = told[told.duplicated(groups) if groups else np.arange(len(told)) > 0]
    if len(twice):
        raise ValueError(
            f"column {name!r} holds different numbers of invited people for {_named(twice, groups)}; "
            "give the same in each row of a group, or a table of groups with a column 'invited'"
        )
    return told


def _named(rows: pd.DataFrame, groups: list[str]) -> str:
    return ", ".join(repr(label) for label in rows[groups].iloc[0]) or _EVERYONE


def _beside(counted: pd.DataFrame, asked: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """Put those who answered beside those asked, with the groups of which nobody answered."""
    how = {"on": groups, "how": "outer"} if groups else {"how": "cross"}
    both = counted.merge(asked, **how)
    counts = [*rungs.STANDINGS, rungs.BLANK, "answered"]
    both[counts] = both[counts].fillna(0.0)
    more = both[both["answered"] + both[rungs.BLANK] > both["invited"]]
    if len(more):
        raise ValueError(
            f"more people answered than were invited among {_named(more, groups)}; "
            "correct the number of invited people, or leave it out"
        )
    return both

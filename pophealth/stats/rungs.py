"""Reading the rungs people gave, and counting people by where they stand."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns, dates

STANDINGS = ("thriving", "struggling", "suffering")
BLANK = "not_answered"
TOP = 10
THRIVING_NOW, THRIVING_LATER, SUFFERING = 7, 8, 4


def groups_of(table: pd.DataFrame, by: str | Iterable[str] | None, when: str | None) -> list[str]:
    """Name the columns that tell groups and rounds apart, all of which are there.

    >>> groups_of(pd.DataFrame({"group": ["a"], "month": ["2021-05"]}), "group", "month")
    ['group', 'month']
    """
    groups = columns.names([*columns.names(by), *columns.names(when)])
    columns.require(table, groups)
    check_rounds(table, when)
    return groups


def check_rounds(table: pd.DataFrame, when: str | None) -> None:
    """Raise a ValueError that names the rows without a round.

    >>> check_rounds(pd.DataFrame({"month": ["2021-05", None]}), "month")
    Traceback (most recent call last):
    ValueError: column 'month' is blank in row 1 (rows are counted from 0); fill it in
    """
    if when is not None:
        columns.refuse(table[when].isna(), f"column {when!r} is blank", "fill it in")


def counted(
    table: pd.DataFrame, groups: list[str], *, now: str, future: str, count: str | None
) -> pd.DataFrame:
    """Count the people of each group by where they stand, with those who left a rung out.

    >>> answers = pd.DataFrame({"now": [8, 3, None], "future": [9, 4, 8]})
    >>> counted(answers, [], now="now", future="future", count=None)
       thriving  struggling  suffering  not_answered  answered
    0       1.0         0.0        1.0           1.0       2.0
    """
    columns.require(table, [now, future, *columns.names(count)])
    people = people_in(table, count) if count is not None else pd.Series(1.0, index=range(len(table)))
    standing = _standing(_rungs(table, now), _rungs(table, future))
    split = {name: people.where(standing == name, 0.0).to_numpy() for name in (*STANDINGS, BLANK)}
    found = summed(table[groups].assign(**split), groups)
    return found.assign(answered=found[[*STANDINGS]].sum(axis="columns"))


def summed(rows: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """Add up the counts of each group; without groups, of all rows.

    >>> summed(pd.DataFrame({"group": ["a", "a"], "people": [1.0, 2.0]}), ["group"])
      group  people
    0     a     3.0
    """
    if not groups:
        return rows.sum().to_frame().T
    return rows.groupby(groups, dropna=False, observed=True).sum().reset_index()


def _rungs(table: pd.DataFrame, name: str) -> pd.Series:
    read = columns.numbers(table, name)
    columns.refuse(
        read.notna() & ~read.isin(range(TOP + 1)),
        f"column {name!r} holds a rung that is no whole number from 0 to 10",
        "correct it, or leave it blank",
    )
    return read


def _standing(now: pd.Series, future: pd.Series) -> np.ndarray:
    blank = now.isna() | future.isna()
    thriving = (now >= THRIVING_NOW) & (future >= THRIVING_LATER)
    suffering = (now <= SUFFERING) & (future <= SUFFERING)
    return np.select([blank, thriving, suffering], [BLANK, "thriving", "suffering"], "struggling")


def people_in(table: pd.DataFrame, name: str) -> pd.Series:
    """Read how many people a row stands for; a blank adds nobody.

    >>> people_in(pd.DataFrame({"count": [3, None]}), "count").tolist()
    [3.0, 0.0]
    """
    people = columns.numbers(table, name)
    columns.check_not_negative(people)
    columns.refuse(
        people.notna() & (people % 1 != 0),
        f"column {name!r} holds a part of a person",
        "write whole numbers of people",
    )
    return people.fillna(0)


def in_time(found: pd.DataFrame, groups: list[str], when: str | None) -> pd.DataFrame:
    """Put the rounds of each group in the order of time.

    >>> in_time(pd.DataFrame({"month": ["10/2020", "9/2020"]}), ["month"], "month")["month"].tolist()
    ['9/2020', '10/2020']
    """
    if when is None:
        return found.reset_index(drop=True)
    place = dates.in_time(found[when], when)
    order = [*[name for name in groups if name != when], "place"]
    placed = found.assign(place=place).sort_values(order, kind="stable", ignore_index=True)
    return placed.drop(columns="place")

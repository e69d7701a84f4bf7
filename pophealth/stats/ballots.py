"""Ballots as a table: who gave which item how many points on which criterion, read and checked once."""

from collections.abc import Mapping
from numbers import Real
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns


class Names(NamedTuple):
    """Which columns of the caller's table hold what."""

    person: str = "person"
    item: str = "item"
    criterion: str = "criterion"
    score: str = "score"


def read(table: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Read ballots into the columns person, item, criterion, score; a blank score is left out.

    >>> table = pd.DataFrame({"who": ["oak"], "item": ["sleep"], "criterion": ["size"], "score": [4]})
    >>> read(table, Names(person="who"))["score"].tolist()
    [4.0]
    """
    columns.require(table, names)
    read = pd.DataFrame({name: table[getattr(names, name)].to_numpy() for name in Names._fields})
    read["score"] = columns.numbers(table, names.score)
    for name in ("person", "item", "criterion"):
        unnamed = read[name].isna() | read[name].astype(str).str.strip().eq("")
        columns.refuse(unnamed, f"column {getattr(names, name)!r} is blank", "write who, what, or by what")
    twice = read.duplicated(["person", "item", "criterion"])
    columns.refuse(twice, "the same person scores the same item twice on one criterion", "keep one of them")
    return read


def check_scores(ballots: pd.DataFrame, wanted: Mapping[str, tuple[float, float]]) -> None:
    """Raise a ValueError naming the rows whose score lies outside its criterion's ends.

    >>> table = pd.DataFrame({"criterion": ["size"], "score": [11.0]})
    >>> check_scores(table, {"size": (0, 10)})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: a score for 'size' is not from 0 to 10 in row 0 (rows are counted from 0); ...
    """
    for criterion, (low, high) in wanted.items():
        here = ballots["criterion"].eq(criterion) & ballots["score"].notna()
        outside = here & ~ballots["score"].between(low, high)
        what = f"a score for {criterion!r} is not from {low:g} to {high:g}"
        columns.refuse(outside, what, "correct it, or leave it blank")


def check_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """Give the weights above zero, or say in one sentence what is wrong with them.

    >>> check_weights({"size": 2, "cost": 0})
    {'size': 2.0}
    """
    if not isinstance(weights, Mapping) or not weights:
        raise ValueError(f"weights is {columns.told(weights)}; give a number for each criterion")
    odd = [name for name, weight in weights.items() if not _is_weight(weight)]
    if odd:
        raise ValueError(f"the weight of {odd[0]!r} is {weights[odd[0]]!r}; give a number of 0 or more")
    used = {name: float(weight) for name, weight in weights.items() if weight > 0}
    if not used:
        raise ValueError("every weight is 0; give at least one criterion a weight above 0")
    return used


def _is_weight(weight: object) -> bool:
    return isinstance(weight, Real) and not isinstance(weight, bool) and 0 <= float(weight) < np.inf


def items_of(ballots: pd.DataFrame) -> pd.Index:
    """List the items in the order in which they first appear.

    >>> items_of(pd.DataFrame({"item": ["b", "a", "b"]})).tolist()
    ['b', 'a']
    """
    return pd.Index(ballots["item"].unique(), name="item")


def means(ballots: pd.DataFrame, criteria: list[str]) -> pd.DataFrame:
    """Give the mean score of each item on each criterion; missing where nobody gave one.

    >>> table = pd.DataFrame({"item": ["a", "a"], "criterion": "size", "score": [2.0, 4.0]})
    >>> means(table, ["size", "cost"]).loc["a"].tolist()
    [3.0, nan]
    """
    table = ballots.pivot_table("score", "item", "criterion", aggfunc="mean", observed=True)
    return table.reindex(index=items_of(ballots), columns=criteria).astype("float64")


def weighed(scores: pd.DataFrame, weights: Mapping[str, float]) -> pd.Series:
    """Weigh the scores of each row; missing where one of them is.

    >>> weighed(pd.DataFrame({"size": [4.0], "cost": [1.0]}), {"size": 2, "cost": 1}).tolist()
    [3.0]
    """
    parts = pd.Series(weights, dtype="float64")
    summed = (scores[parts.index] * parts).sum(axis=1, skipna=False)
    return (summed / parts.sum()).round(12)


def places(values: pd.Series) -> pd.Series:
    """Rank values, 1 for the highest; equals share the better place, missing values have none.

    >>> places(pd.Series([3.0, 5.0, 3.0, None])).tolist()
    [2.0, 1.0, 2.0, nan]
    """
    return values.rank(ascending=False, method="min")

"""How far people, sides and methods agree on what comes first."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.ballots import Names, check_weights, items_of, means, places, read, weighed

LEAST = 3
"""Fewer people than this are not shown as a side: a mean of two is nearly one person's ballot."""

WORDS = ((0.3, "hardly agree"), (0.5, "agree a little"), (0.7, "agree in part"), (np.inf, "agree well"))


def by_person(
    table: pd.DataFrame,
    *,
    weights: Mapping[str, float],
    person: str = "person",
    item: str = "item",
    criterion: str = "criterion",
    score: str = "score",
) -> pd.DataFrame:
    """Rank the items as each person's own weighted scores rank them.

    Parameters
    ----------
    table, weights, person, item, criterion, score
        As in `priorities.weighted`.

    Returns
    -------
    DataFrame
        A row for each person and item: person, item, value, rank (1 is first; equals share the mean of
        their places). Missing where the person left out one of the criteria for the item.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, or no weight is above 0.

    Notes
    -----
    As in the nominal group technique, each person ranks alone before anything is added up.

    Examples
    --------
    >>> table = pd.DataFrame({"person": "oak", "item": ["sleep", "pain"], "criterion": "size"})
    >>> by_person(table.assign(score=[2, 4]), weights={"size": 1})["rank"].tolist()
    [2.0, 1.0]
    """
    used = check_weights(weights)
    ballots = read(table, Names(person, item, criterion, score))
    wide = ballots.pivot_table("score", ["person", "item"], "criterion", observed=True)
    people = pd.Index(ballots["person"].unique(), name="person")
    every = pd.MultiIndex.from_product([people, items_of(ballots)])
    value = weighed(wide.reindex(index=every, columns=[*used]).astype("float64"), used)
    ranks = value.groupby("person", sort=False).rank(ascending=False)
    return pd.DataFrame({"value": value, "rank": ranks}).reset_index()


def mean_ranks(table: pd.DataFrame, *, weights: Mapping[str, float], **names: str) -> pd.DataFrame:
    """Average the places that people give to each item.

    Read the best and the worst place first: where they lie far apart, talk before you choose.

    Parameters
    ----------
    table, weights
        As in `priorities.weighted`.
    **names
        person, item, criterion, score, as there.

    Returns
    -------
    DataFrame
        A row for each item, in the order in which items first appear: item, people (who ranked it), value
        (their mean rank, low is good), sd, best, worst, rank.

    Raises
    ------
    ValueError
        As `by_person` does.

    Notes
    -----
    The nominal group technique with ranks from each person's own scores.

    Examples
    --------
    >>> table = pd.DataFrame({"person": ["oak"] * 2 + ["elm"] * 2, "item": ["sleep", "pain"] * 2})
    >>> found = mean_ranks(table.assign(criterion="size", score=[2, 4, 5, 1]), weights={"size": 1})
    >>> found[["item", "value", "best", "worst"]]
        item  value  best  worst
    0  sleep    1.5   1.0    2.0
    1   pain    1.5   1.0    2.0
    """
    ranked = by_person(table, weights=weights, **names).groupby("item", sort=False)["rank"]
    found = ranked.agg(people="count", value="mean", sd="std", best="min", worst="max").reset_index()
    return found.assign(rank=places(-found["value"]))


def agreement(table: pd.DataFrame, *, weights: Mapping[str, float], **names: str) -> pd.DataFrame:
    """Measure how far people agree on the order of the items, with Kendall's W.

    Read 0 as no agreement at all and 1 as the same order by everyone. With few people chance alone makes it
    larger than 0. High agreement does not make a choice right: ask who was not there.

    Parameters
    ----------
    table, weights, **names
        As in `mean_ranks`.

    Returns
    -------
    DataFrame
        One row: people (who scored every item in full), left_out (who did not), items, w, reading (one
        sentence). An item that nobody scored in full is not among the items. W is missing with fewer than
        two people or items, or when everyone scores all alike.

    Raises
    ------
    ValueError
        As `by_person` does.

    Notes
    -----
    W = 12 S / (m^2 (n^3 - n) - m T), m people, n items, S the sum of squared deviations of the rank sums,
    T the sum of t^3 - t over all ties. Kendall MG, Babington Smith B. The problem of m rankings. Annals of
    Mathematical Statistics 1939;10:275. The words lean on Schmidt RC, Decision Sciences 1997;28:763.

    Examples
    --------
    >>> table = pd.DataFrame({"person": ["oak"] * 3 + ["elm"] * 3, "item": ["a", "b", "c"] * 2})
    >>> found = agreement(table.assign(criterion="size", score=[1, 2, 3, 1, 3, 5]), weights={"size": 1})
    >>> float(found["w"].iloc[0]), found["reading"].iloc[0]
    (1.0, '2 people agree well on the order of 3 items (W = 1.0 on a scale from 0 to 1).')
    """
    ranks = by_person(table, weights=weights, **names)
    wide = ranks.pivot_table("rank", "person", "item", dropna=False, observed=True)
    wide = wide.loc[:, wide.notna().any()]
    whole = wide.dropna() if wide.shape[1] else wide.iloc[:0]
    w = _kendall(whole.to_numpy())
    about = {"people": len(whole), "left_out": len(wide) - len(whole), "items": wide.shape[1], "w": w}
    return pd.DataFrame([about | {"reading": _reading(**about)}])


def _kendall(ranks: np.ndarray) -> float:
    """Work out W from a row of ranks for each person, corrected for ties."""
    people, items = ranks.shape
    if people < 2 or items < 2:
        return np.nan
    sums = ranks.sum(axis=0)
    same = ranks[:, :, None] == ranks[:, None, :]
    ties = (same.sum(axis=2) ** 2 - 1).sum()  # a group of t equals gives t (t^2 - 1)
    most = people**2 * (items**3 - items) - people * ties
    return float(12 * ((sums - sums.mean()) ** 2).sum() / most) if most > 0 else np.nan


def _reading(*, people: int, left_out: int, items: int, w: float) -> str:
    missing = f" {left_out} left something out and {'is' if left_out == 1 else 'are'} not counted here."
    rest = missing if left_out else ""
    if people < 2:
        count = "One whole ballot" if people else "No whole ballot"
        return f"{count} so far: there is nothing to agree with yet.{rest}"
    if np.isnan(w):
        return f"There is no order to agree on: the {items} items score alike.{rest}"
    said = next(words for below, words in WORDS if w < below)
    order = f"the order of {items} items (W = {w:.1f} on a scale from 0 to 1)."
    return f"{people} people {said} on {order}{rest}"


def methods(ranks: Mapping[str, pd.DataFrame], *, top: int = 3) -> pd.DataFrame:
    """Set the ranks of several methods side by side, on one list of items.

    Read a row: an item that every method puts on top is a safe start; where methods part, look at why.

    Parameters
    ----------
    ranks : mapping
        For each method its table with item and rank, such as `weighted`, `hanlon` and `votes` give.
    top : int
        How many places count as the top.

    Returns
    -------
    DataFrame
        A row for each item: item, a column with the rank for each method, mean (of its ranks), on_top (how
        many methods put it in the top), methods (how many rank it). By on_top, then by mean rank.

    Raises
    ------
    ValueError
        If a table is missing a column, or there is no method.

    Notes
    -----
    No method is best always, so the same ballots are counted in several ways: County Health Rankings and
    Roadmaps, Prioritize Issues.

    Examples
    --------
    >>> one = pd.DataFrame({"item": ["sleep", "pain"], "rank": [1.0, 2.0]})
    >>> methods({"weighted": one, "votes": one.assign(rank=[2.0, 1.0])}, top=1)["on_top"].tolist()
    [1, 1]
    """
    if not ranks:
        raise ValueError("there is no method; give at least one table with item and rank")
    for table in ranks.values():
        columns.require(table, ["item", "rank"])
    wide = pd.DataFrame({name: table.set_index("item")["rank"] for name, table in ranks.items()})
    items = pd.unique(pd.concat([table["item"] for table in ranks.values()]))
    wide = wide.reindex(pd.Index(items, name="item"))
    about = {
        "mean": wide.mean(axis=1),
        "on_top": wide.le(top).sum(axis=1),
        "methods": wide.notna().sum(axis=1),
    }
    found = wide.assign(**about).sort_values(["on_top", "mean"], ascending=[False, True], kind="stable")
    return found.reset_index()


def sides(
    table: pd.DataFrame,
    *,
    weights: Mapping[str, float],
    sides: Sequence[str] = ("resident", "staff"),
    side: str = "side",
    least: int = LEAST,
    person: str = "person",
    item: str = "item",
    criterion: str = "criterion",
    score: str = "score",
) -> pd.DataFrame:
    """Set the scores of two sides beside each other, the item on which they differ most first.

    Read the first row: what the two sides see differently is what to talk about before anything is chosen.

    Parameters
    ----------
    table : DataFrame
        As in `priorities.weighted`, with a column that says which side a person is on.
    weights : mapping
        As there.
    sides : sequence of str
        Two values of the column `side`; whoever is on neither is left out.
    side : str
        Column.
    least : int
        With fewer people on either side there is no row, so that no single ballot can be read from it.
    person, item, criterion, score : str
        Columns.

    Returns
    -------
    DataFrame
        item, first and second (the weighted means of the two sides), first_rank, second_rank, difference
        (first minus second). Without enough people it has no rows.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, no weight is above 0, or `sides` are not two.

    Notes
    -----
    The weighted score of `priorities.weighted`, within each side.

    Examples
    --------
    >>> table = pd.DataFrame({"person": ["oak"] * 2 + ["elm"] * 2, "item": ["sleep", "pain"] * 2})
    >>> table = table.assign(criterion="size", side=["resident"] * 2 + ["staff"] * 2, score=[5, 3, 1, 4])
    >>> sides(table, weights={"size": 1}, least=1)[["item", "first_rank", "second_rank", "difference"]]
        item  first_rank  second_rank  difference
    0  sleep         1.0          2.0         4.0
    1   pain         2.0          1.0        -1.0
    """
    if isinstance(sides, str) or len(sides) != 2 or sides[0] == sides[1]:
        raise ValueError(f"sides is {columns.told(sides)}; give the names of two sides")
    used = check_weights(weights)
    columns.require(table, [side])
    ballots = read(table, Names(person, item, criterion, score)).assign(side=table[side].to_numpy())
    here = [ballots[ballots["side"].eq(name)] for name in sides]
    items = items_of(ballots)
    if min(len(one.loc[one["score"].notna(), "person"].unique()) for one in here) < least:
        items = items[:0]
    first, second = (weighed(means(one, [*used]), used).reindex(items) for one in here)
    found = pd.DataFrame({"first": first, "second": second, "difference": first - second})
    found = found.assign(first_rank=places(first), second_rank=places(second)).rename_axis("item")
    order = found["difference"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order, ["first", "second", "first_rank", "second_rank", "difference"]].reset_index()

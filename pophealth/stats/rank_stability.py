"""Whether a ranking stays when the weights are a little different."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pophealth.stats.ballots import Names, check_weights, means, places, read, weighed


def stability(
    table: pd.DataFrame,
    *,
    weights: Mapping[str, float],
    spread: float = 0.25,
    draws: int = 2000,
    seed: int = 1,
    top: int = 3,
    person: str = "person",
    item: str = "item",
    criterion: str = "criterion",
    score: str = "score",
) -> pd.DataFrame:
    """Draw the weights anew many times, and count how often each item keeps its place.

    Read a place kept in nearly every draw as sound. An item that leaves the top in many draws is there
    because of the weights, and weights are an opinion.

    Parameters
    ----------
    table, weights, person, item, criterion, score
        As in `priorities.weighted`.
    spread : float
        How far a weight may move, as a share of itself: 0.25 is plus or minus a quarter.
    draws : int
        How many times; 2,000 or more.
    seed : int
        The same seed always gives the same shares.
    top : int
        How many places count as the top.

    Returns
    -------
    DataFrame
        A row for each item with a score, the first place first: item, rank, stays (share of the draws in
        which it keeps this rank), first (in which it is first), in_top, best, worst (its places over all
        draws).

    Raises
    ------
    ValueError
        If a column is missing or unreadable, no weight is above 0, `spread` is not between 0 and 1, or
        there are fewer than 2,000 draws.

    Notes
    -----
    Each weight is multiplied by its own draw from the even distribution on 1 - spread to 1 + spread (Monte
    Carlo). With 2,000 draws a share is sure to about two percentage points.

    Examples
    --------
    >>> table = pd.DataFrame({"person": "oak", "item": ["sleep", "sleep", "pain", "pain"]})
    >>> table = table.assign(criterion=["size", "harm"] * 2, score=[5, 4, 3, 3])
    >>> stability(table, weights={"size": 1, "harm": 1})[["item", "rank", "stays"]]
        item  rank  stays
    0  sleep   1.0    1.0
    1   pain   2.0    1.0
    """
    used = check_weights(weights)
    if not 0 < spread < 1:
        raise ValueError(f"spread is {spread!r}; give a share between 0 and 1, such as 0.25")
    if draws < 2000:
        raise ValueError(f"draws is {draws!r}; draw 2,000 times or more, so that shares are not luck")
    scores = means(read(table, Names(person, item, criterion, score)), [*used]).dropna()
    rank = places(weighed(scores, used))
    drawn = _drawn(scores.to_numpy(), np.array([*used.values()]), (1 - spread, 1 + spread), draws, seed)
    about = {
        "rank": rank.to_numpy(),
        "stays": (drawn == rank.to_numpy()).mean(axis=0),
        "first": (drawn == 1).mean(axis=0),
        "in_top": (drawn <= top).mean(axis=0),
        "best": drawn.min(axis=0, initial=len(scores)),
        "worst": drawn.max(axis=0, initial=0),
    }
    found = pd.DataFrame(about, index=scores.index).reset_index()
    return found.sort_values("rank", kind="stable", ignore_index=True)


def _drawn(
    scores: np.ndarray, weights: np.ndarray, ends: tuple[float, float], draws: int, seed: int
) -> np.ndarray:
    """Rank the items in each draw, 1 for the highest; equals share the better place."""
    moved = weights * np.random.default_rng(seed).uniform(*ends, (draws, len(weights)))
    values = (moved @ scores.T / moved.sum(axis=1, keepdims=True)).round(12)
    return 1 + (values[:, np.newaxis, :] > values[:, :, np.newaxis]).sum(axis=2)

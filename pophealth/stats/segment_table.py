"""The table of segments: who fares how, how many people that is, and who fares worst beyond luck."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns, rates
from pophealth.stats.contrasts import Pair, difference, newcombe, people
from pophealth.stats.references import ENOUGH, WORDS, Held, hold, sign_of
from pophealth.stats.shrinkage import shrunk

_COUNTS = ["numerator", "denominator"]


def compare(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    reference: str | tuple[str, ...],
    better: str,
    numerator: str = "numerator",
    denominator: str = "denominator",
    least: int = ENOUGH,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Set all groups side by side: how they fare, how far from a reference, and how many people that is.

    Read the rank and the excess together. The rank says who fares worst once luck is allowed for, so that a
    group of three does not come first; equal ranks mean that luck alone may have parted the groups. The
    excess says how many people it is. Excess is never added up over several ways to group: the same people
    would count twice. The group that looks worst of many will look a little less bad next time.

    Parameters
    ----------
    table : DataFrame
        Counts of people: rows of one group are summed.
    by : str or list of str
        Column or columns that name the group.
    reference : str or tuple
        The label of a group (a tuple when `by` names several columns); ``best``: the group that fares best of
        those with enough people; ``largest``: the group with most people; or ``overall``: everyone, which for
        each group means all the others, because it is part of everyone itself.
    better : str
        ``higher`` or ``lower``: which way is better for the share.
    numerator, denominator : str
        Columns: people of whom it is true, and all people.
    least : int
        People a group needs to be ``best``; a tiny group is best by luck.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    DataFrame
        A row for each group, by rank: the group; ``numerator``, ``denominator``; ``value``, ``lower``,
        ``upper`` (its share and limits); ``reference`` (the label, or "everyone else") and
        ``reference_value``; ``difference`` (group minus reference), ``difference_lower``,
        ``difference_upper``; ``excess`` (how many more of its people fare badly than if it had fared like
        the reference; below 0: fewer), ``excess_lower``, ``excess_upper``; ``share_of_excess`` (its part of
        all excess above 0); ``shrunk`` (its share with luck allowed for) and ``rank`` (1 = fares worst; where
        luck alone may have parted groups, they share a rank and the largest stands first);
        ``confidence``, ``method`` and ``reason`` (why a number is missing, or ""). The reference itself has
        a difference and an excess of 0 without limits.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a numerator is above its denominator, there is one group only,
        no group has both counts, `better` is no direction, or there is no such reference.

    Notes
    -----
    Difference: R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10; shares: Wilson. Excess is
    the difference times the people of the group, and so are its limits. Rank: the cautious share of
    `stats.shrinkage.shrunk` (beta-binomial, by moments).

    Examples
    --------
    >>> table = pd.DataFrame({"language": ["Somali", "Spanish", "English"], "numerator": [3, 210, 300]})
    >>> table["denominator"] = [3, 500, 1000]
    >>> found = compare(table, by="language", reference="English", better="lower")
    >>> found[["rank", "language", "value", "excess", "excess_lower", "excess_upper", "shrunk"]].round(2)
       rank language  value  excess  excess_lower  excess_upper  shrunk
    0     1  Spanish   0.42    60.0         34.24         85.85    0.42
    1     2   Somali   1.00     2.1          0.41          2.18    0.41
    2     3  English   0.30     0.0           NaN           NaN    0.30
    """
    group = columns.names(by)
    worse = -sign_of(better)
    rows = rates.proportion(
        table, numerator=numerator, denominator=denominator, by=group, confidence=confidence
    )
    _check_groups(rows, group)
    held = hold(rows[[*group, numerator, denominator]], group, reference, better=better, enough=least)
    rows = rows.rename(columns={numerator: "numerator", denominator: "denominator"})
    _check_people(rows, group, held)
    found = rows.assign(**_against(rows, held, confidence))
    return _ordered(found.assign(**_excess(found, held.pair, worse), **_rank(found, worse)), group)


def _check_groups(rows: pd.DataFrame, group: list[str]) -> None:
    named = ", ".join(map(repr, group))
    called = rows[group].isin(WORDS).any(axis="columns")
    if called.any():
        word = rows.loc[called, group].to_numpy().ravel()[0]
        raise ValueError(
            f"a group in column {named} is called {word!r}, which also names a way to choose a "
            "reference; rename the group, or leave out rows that stand for everyone"
        )


def _check_people(rows: pd.DataFrame, group: list[str], held: Held) -> None:
    if held.itself.any() and not rows["value"].notna()[held.itself].any():
        named = ", ".join(map(repr, group))
        raise ValueError(
            f"no row with people has {held.name!r} in {named}; choose another reference, or correct its "
            "counts"
        )


def _against(rows: pd.DataFrame, held: Held, confidence: float) -> dict[str, object]:
    """Give the difference from the reference, with limits but for the reference itself."""
    pair = held.pair
    lower, upper = newcombe(pair, confidence)
    alone = np.where(pair.other_denominator > 0, "", "nobody to compare with")
    return {
        "reference": held.name,
        "reference_value": pair.shares[1],
        "difference": difference(pair),
        "difference_lower": np.where(held.itself, np.nan, lower),
        "difference_upper": np.where(held.itself, np.nan, upper),
        "method": "wilson, newcombe",
        "reason": np.where(rows["reason"] == "", alone, rows["reason"]),
    }


def _excess(found: pd.DataFrame, pair: Pair, sign: int) -> dict[str, object]:
    """Turn differences into people; above 0 always means that more people fare badly."""
    ends = (found["difference_lower"].to_numpy(), found["difference_upper"].to_numpy())
    lower, upper = (sign * each for each in people(pair, ends[::sign]))
    excess = sign * pair.denominator * found["difference"]
    above = excess.clip(lower=0)
    return {
        "excess": excess,
        "excess_lower": lower,
        "excess_upper": upper,
        "share_of_excess": above / (above.sum() or np.nan),
    }


def _rank(found: pd.DataFrame, worse: int) -> dict[str, object]:
    estimate = shrunk(found["numerator"].to_numpy(), found["denominator"].to_numpy())
    place = pd.Series(estimate.cautious, index=found.index).rank(method="min", ascending=worse < 0)
    return {"shrunk": estimate.value, "rank": place.astype("Int64")}


def _ordered(found: pd.DataFrame, group: list[str]) -> pd.DataFrame:
    """Put the group that fares worst first, and of equals the largest."""
    ends = ("", "_lower", "_upper")
    named = [
        *(*group, *_COUNTS, "value", "lower", "upper", "reference", "reference_value"),
        *(f"difference{end}" for end in ends),
        *(f"excess{end}" for end in ends),
        *("share_of_excess", "shrunk", "rank", "confidence", "method", "reason"),
    ]
    return found[named].sort_values(
        ["rank", "denominator"], ascending=[True, False], kind="stable", ignore_index=True
    )

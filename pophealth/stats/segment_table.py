"""The table of segments: who fares how, how many people that is, and who fares worst beyond luck."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns, rates
from pophealth.stats.shrinkage import shrunk

REFERENCES = ("best", "largest", "overall")
EVERYONE_ELSE = "everyone else"
_SIGNS = {"lower": 1, "higher": -1}
_COUNTS = ["numerator", "denominator"]


def compare(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    reference: str | tuple[str, ...],
    better: str,
    numerator: str = "numerator",
    denominator: str = "denominator",
    least: int = 30,
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
    if not group or better not in _SIGNS:
        raise ValueError(
            f"better is {better!r}; choose higher or lower" if group else "by names no column of groups"
        )
    rows = rates.proportion(
        table, numerator=numerator, denominator=denominator, by=group, confidence=confidence
    ).rename(columns={numerator: "numerator", denominator: "denominator"})
    _check_groups(rows, group)
    held = _reference(rows, group, reference, better=better, least=least)
    found = rows.assign(**_against(rows, held, confidence))
    return _ordered(found.assign(**_excess(found, better), **_rank(found, better)), group)


class _Reference(NamedTuple):
    """What each group is held against, and which row is the reference itself."""

    label: str
    cases: np.ndarray
    people: np.ndarray
    itself: np.ndarray


def _check_groups(rows: pd.DataFrame, group: list[str]) -> None:
    named = ", ".join(map(repr, group))
    called = rows[group].isin(REFERENCES).any(axis="columns")
    if called.any():
        word = rows.loc[called, group].to_numpy().ravel()[0]
        raise ValueError(
            f"a group in column {named} is called {word!r}, which also names a way to choose a "
            "reference; rename the group, or leave out rows that stand for everyone"
        )
    if len(rows) == 1:
        raise ValueError(f"column {named} holds one group only, so there is nothing to compare it with")
    if len(rows) and rows["value"].isna().all():
        raise ValueError(f"no group in {named} has both counts; join groups until their counts can be shown")


def _reference(
    rows: pd.DataFrame, group: list[str], asked: str | tuple[str, ...], *, better: str, least: int
) -> _Reference:
    cases, people = (rows[name].where(rows["value"].notna(), 0).to_numpy() for name in _COUNTS)
    if asked == "overall":
        nobody = np.zeros(len(rows), dtype=bool)
        return _Reference(EVERYONE_ELSE, cases.sum() - cases, people.sum() - people, nobody)
    itself = _itself(rows, group, asked, better=better, least=least)
    label = " x ".join(map(str, rows.loc[itself, group].to_numpy().ravel()))
    everywhere = np.ones(len(rows))
    return _Reference(label, everywhere * cases[itself].sum(), everywhere * people[itself].sum(), itself)


def _itself(
    rows: pd.DataFrame, group: list[str], asked: str | tuple[str, ...], *, better: str, least: int
) -> np.ndarray:
    """Mark the row of the group that the others are held against."""
    if asked in ("best", "largest"):
        named = rows[group].notna().all(axis="columns") & rows["value"].notna()
        enough = rows[named & (rows["denominator"] >= (least if asked == "best" else 0))]
        if enough.empty and len(rows):
            raise ValueError(f"no group has {least} people or more; name a reference, or set least lower")
        order = ["value", "denominator"] if asked == "best" else ["denominator", "value"]
        first = enough.sort_values(order, ascending=[better == "lower" and asked == "best", False])
        return rows.index.isin(first.index[:1])
    wanted = asked if isinstance(asked, tuple) else (asked,)
    if len(wanted) != len(group):
        raise ValueError(f"reference is {asked!r}; give one label for each of {', '.join(map(repr, group))}")
    itself = (rows[group] == list(wanted)).all(axis="columns").to_numpy()
    if len(rows) and not rows["value"].notna()[itself].any():
        raise ValueError(
            f"no row with people has {asked!r} in {', '.join(map(repr, group))}; choose another reference, "
            f"or one of {', '.join(REFERENCES)}"
        )
    return itself


def _against(rows: pd.DataFrame, held: _Reference, confidence: float) -> dict[str, object]:
    """Give the difference from the reference, with limits but for the reference itself."""
    known = held.people > 0
    other = held.cases / np.where(known, held.people, np.nan)
    low, high = rates.wilson(held.cases, held.people, confidence)
    share = rows["value"]
    down = np.hypot(share - rows["lower"], high - other)
    up = np.hypot(rows["upper"] - share, other - low)
    missing = np.where(known, rows["reason"], "nobody to compare with")
    return {
        "reference": held.label,
        "reference_value": other,
        "difference": share - other,
        "difference_lower": (share - other - down).mask(held.itself),
        "difference_upper": (share - other + up).mask(held.itself),
        "method": "wilson, newcombe",
        "reason": np.where(rows["reason"] == "", missing, rows["reason"]),
    }


def _excess(found: pd.DataFrame, better: str) -> dict[str, pd.Series]:
    """Turn differences into people; above 0 always means that more people fare badly."""
    sign = _SIGNS[better]
    ends = ["difference_lower", "difference_upper"][::sign]
    people = found["denominator"] * sign
    excess = people * found["difference"]
    above = excess.clip(lower=0)
    return {
        "excess": excess,
        "excess_lower": people * found[ends[0]],
        "excess_upper": people * found[ends[1]],
        "share_of_excess": above / (above.sum() or np.nan),
    }


def _rank(found: pd.DataFrame, better: str) -> dict[str, object]:
    estimate = shrunk(found["numerator"].to_numpy(), found["denominator"].to_numpy())
    place = pd.Series(estimate.cautious, index=found.index).rank(method="min", ascending=better == "higher")
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

"""References: the group that others are held against, and the counts that stand for it."""

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np
import pandas as pd

REST = "everyone else"
ENOUGH = 30
WORDS = ("best", "largest", "overall")


class Held(NamedTuple):
    """Groups, and beside each the reference's name and counts."""

    rows: pd.DataFrame
    name: str
    numerator: np.ndarray
    denominator: np.ndarray


def hold(
    counts: pd.DataFrame,
    by: list[str],
    reference: Hashable,
    *,
    better: str | None = None,
    enough: float = ENOUGH,
) -> Held:
    """Put the reference's counts beside each group.

    Parameters
    ----------
    counts : DataFrame
        A row per group: the columns of `by`, then the numerator and the denominator.
    by : list of str
        Columns that name the group.
    reference : label or str
        A group's label (a tuple where `by` names several columns); ``best``: the group with the best share
        among those with enough people; ``largest``: the one with most people; ``overall``: for each group
        all the others together, since a group that is part of everyone would be held against itself.
    better : str, optional
        ``higher`` or ``lower``, needed for ``best``.
    enough : float
        The fewest people with whom a group can be ``best``: of many small groups one looks best by luck.

    Returns
    -------
    Held
        Every group but the reference (with ``overall`` every group), the reference's name and its counts.

    Raises
    ------
    ValueError
        If there is one group only, no group has counts, or the reference cannot be found.

    Examples
    --------
    >>> counts = pd.DataFrame({"team": ["a", "b", "c"], "seen": [9, 40, 30], "all": [10, 50, 50]})
    >>> held = hold(counts, ["team"], "best", better="higher")
    >>> held.name, held.rows["team"].tolist(), held.denominator.tolist()
    ('b', ['a', 'c'], [50.0, 50.0])
    """
    seen, people = (counts.iloc[:, place].to_numpy(float) for place in (-2, -1))
    _check(counts, by, seen, people)
    if counts.empty:
        return Held(counts, str(reference), seen, people)
    if isinstance(reference, str) and reference in WORDS:
        _check_word(counts, by, reference)
        if reference == "overall":
            rest = (np.nansum(each) - np.nan_to_num(each) for each in (seen, people))
            return Held(counts, REST, *rest)
        at = _largest(people) if reference == "largest" else _best(seen, people, better, enough)
    else:
        at = _labelled(counts, by, reference)
    others = counts.drop(index=counts.index[at]).reset_index(drop=True)
    name = _named(counts[by].iloc[at])
    return Held(others, name, np.full(len(others), seen[at]), np.full(len(others), people[at]))


def _check(counts: pd.DataFrame, by: list[str], seen: np.ndarray, people: np.ndarray) -> None:
    named = " and ".join(repr(name) for name in by)
    if not by:
        raise ValueError("by names no column; name the column that tells the groups apart")
    if len(counts) == 1:
        label = _named(counts[by].iloc[0])
        raise ValueError(f"column {named} holds only {label!r} in all rows; a comparison needs two groups")
    if len(counts) and np.isnan(seen + people).all():
        held = " and ".join(repr(name) for name in counts.columns[-2:])
        raise ValueError(f"columns {held} hold no row with both counts, so no groups can be compared")


def _named(labels: pd.Series) -> str:
    return " x ".join("not recorded" if pd.isna(label) else str(label) for label in labels)


def _check_word(counts: pd.DataFrame, by: list[str], word: str) -> None:
    if len(by) == 1 and (counts[by[0]] == word).any():
        raise ValueError(
            f"column {by[0]!r} holds a group {word!r}, which is also a word for a reference; rename that "
            "group or leave its rows out"
        )


def _largest(people: np.ndarray) -> int:
    return int(np.nan_to_num(people, nan=-1.0).argmax()) if len(people) else 0


def _best(seen: np.ndarray, people: np.ndarray, better: str | None, enough: float) -> int:
    if better not in ("higher", "lower"):
        raise ValueError(f"better is {better!r}; say higher or lower, so that the best group can be found")
    share = np.where(people >= max(enough, 1), seen / np.where(people > 0, people, np.nan), np.nan)
    if np.isnan(share).all():
        raise ValueError(
            f"no group has {enough:g} people or more, so none can be called best; name a reference, or give "
            "a smaller number as enough"
        )
    ends = share == (np.nanmax(share) if better == "higher" else np.nanmin(share))
    return _largest(np.where(ends, people, np.nan))


def _labelled(counts: pd.DataFrame, by: list[str], reference: Hashable) -> int:
    wanted = reference if isinstance(reference, tuple) and len(by) > 1 else (reference,)
    if len(wanted) != len(by):
        raise ValueError(f"by names {len(by)} columns; give the reference as a tuple of {len(by)} labels")
    hit = np.logical_and.reduce([counts[name] == label for name, label in zip(by, wanted, strict=True)])
    if not hit.any():
        named = ", ".join(repr(name) for name in by)
        raise ValueError(f"no row has {reference!r} in {named}; choose another reference")
    return int(hit.argmax())

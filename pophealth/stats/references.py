"""References: the group that others are held against, and the counts that stand for it."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats.contrasts import Pair, some

REST = "everyone else"
ENOUGH = 30
_FEW = 5
WORDS = ("best", "largest", "overall")
DIRECTIONS = {"higher": 1, "lower": -1}


class Held(NamedTuple):
    """Groups with their counts, beside each those of the reference, and which group is the reference."""

    rows: pd.DataFrame
    name: str
    pair: Pair
    itself: np.ndarray

    @property
    def others(self) -> "Held":
        """Give all groups but the reference."""
        rows = self.rows[~self.itself].reset_index(drop=True)
        pair = Pair(*(counts[~self.itself] for counts in self.pair))
        return Held(rows, self.name, pair, np.zeros(len(rows), dtype=bool))


def sign_of(better: str | None) -> int:
    """Give 1 where higher is better and -1 where lower is.

    >>> sign_of("higher"), sign_of("lower")
    (1, -1)
    """
    if not isinstance(better, str) or better not in DIRECTIONS:
        raise ValueError(f"better is {better!r}; say 'higher' or 'lower', for one end must be the better one")
    return DIRECTIONS[better]


def best(among: np.ndarray, standing: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Find, in each row, the group that stands highest; of those alike the one with most people.

    Parameters
    ----------
    among : ndarray of bool
        Groups that may be chosen: a row for each setting, a place for each group.
    standing, people : ndarray
        How high each group stands, and its people.

    Returns
    -------
    ndarray of int
        A place in each row; -1 where no group may be chosen.

    Examples
    --------
    >>> best(np.array([[True, True, False]]), np.array([[0.4, 0.4, 0.9]]), np.array([[20, 30, 10]])).tolist()
    [1]
    """
    high = np.where(among, standing, -np.inf)
    return first(among & (high == high.max(axis=1, initial=-np.inf, keepdims=True)), people)


def first(among: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Find the place with the most of something among some; -1 where there is none.

    >>> first(np.array([[True, True, False]]), np.array([[1.0, 2, 3]])).tolist()
    [1]
    """
    if not among.shape[1]:
        return np.full(len(among), -1)
    return np.where(among.any(axis=1), np.where(among, most, -np.inf).argmax(axis=1), -1)


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
    by, reference, better, enough
        As in `place`. With ``overall`` each group is held against all the others together, since a group that
        is part of everyone would be held against itself.

    Returns
    -------
    Held
        Every group with its counts, the reference's name and its counts.

    Raises
    ------
    ValueError
        If there is one group only, no group has counts, or the reference cannot be found.

    Examples
    --------
    >>> counts = pd.DataFrame({"team": ["a", "b", "c"], "seen": [9, 40, 30], "all": [10, 50, 50]})
    >>> held = hold(counts, ["team"], "best", better="higher")
    >>> held.name, held.others.rows["team"].tolist(), held.pair.other.tolist()
    ('b', ['a', 'c'], [40.0, 40.0, 40.0])
    """
    seen, people = (counts.iloc[:, column].to_numpy(float) for column in (-2, -1))
    _check(counts, by, seen, people)
    at = place(counts, by, reference, better=better, enough=enough)
    itself = np.arange(len(counts)) == at
    if at < 0:
        rest = (np.nansum(each) - np.nan_to_num(each) for each in (seen, people))
        return Held(counts, REST, Pair(seen, people, *rest), itself)
    theirs = (np.full(len(counts), each[at]) for each in (seen, people))
    return Held(counts, _named(counts[by].iloc[at]), Pair(seen, people, *theirs), itself)


def place(
    counts: pd.DataFrame,
    by: list[str],
    reference: Hashable,
    *,
    better: str | None = None,
    enough: float = ENOUGH,
) -> int:
    """Find the row of the group that others are held against.

    Parameters
    ----------
    counts : DataFrame
        A row per group: the columns of `by`, then the numerator and the denominator.
    by : list of str
        Columns that name the group.
    reference : label or str
        A group's label (a tuple where `by` names several columns); ``best``: the group with the best share
        among those with enough people, of those alike the largest; ``largest``: the one with most people;
        ``overall``: everyone. People whose group was not recorded are never the best or the largest group.
    better : str, optional
        ``higher`` or ``lower``, needed for ``best``.
    enough : float
        The fewest people with whom a group can be ``best``: of many small groups one looks best by luck.

    Returns
    -------
    int
        The place of the row; -1 for everyone, and where there are no rows.

    Raises
    ------
    ValueError
        If there is no such group, no group has enough people, or `better` is no direction.

    Notes
    -----
    30 people is the least for which the US National Center for Health Statistics shows a proportion (Vital
    and Health Statistics 2(175), 2017).

    Examples
    --------
    >>> counts = pd.DataFrame({"team": ["a", "b", "c"], "seen": [9, 40, 30], "all": [10, 50, 50]})
    >>> place(counts, ["team"], "c"), place(counts, ["team"], "largest"), place(counts, ["team"], "overall")
    (2, 1, -1)
    """
    if counts.empty:
        return -1
    if not isinstance(reference, str) or reference not in WORDS:
        return _labelled(counts, by, reference)
    _check_word(counts, by, reference)
    if reference == "overall":
        return -1
    sign = sign_of(better) if reference == "best" else 0
    seen, people = (counts.iloc[:, column].to_numpy(float) for column in (-2, -1))
    among = counts[by].notna().all(axis="columns").to_numpy() & (people >= (max(enough, 1) if sign else 1))
    if not among.any():
        few = f"no group has {enough:g} people or more" if sign else "no group has people"
        raise ValueError(f"{few}, so none can be the {reference}; name a group as the reference")
    share = sign * seen / some(people)
    return int(best(among[None], share[None], people[None])[0])


def _check(counts: pd.DataFrame, by: list[str], seen: np.ndarray, people: np.ndarray) -> None:
    check_several(counts, by)
    check_known(seen, people, counts.columns[-2:])


def check_known(seen: np.ndarray, people: np.ndarray, names: Iterable[Hashable]) -> None:
    """Raise a ValueError naming both columns of counts where no row has the two of them.

    >>> check_known(np.array([np.nan]), np.array([9]), ["ill", "people"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: columns 'ill' and 'people' hold no row with both counts, so no groups can be compared; ...
    """
    if len(seen) and np.isnan(seen + people).all():
        held = " and ".join(map(repr, names))
        raise ValueError(
            f"columns {held} hold no row with both counts, so no groups can be compared; fill them in, or "
            "join groups until their counts can be shown"
        )


def check_several(counts: pd.DataFrame, by: list[str]) -> None:
    """Raise a ValueError where there is one group only, or no column that names it.

    >>> check_several(pd.DataFrame({"team": ["a"]}), ["team"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: column 'team' holds only 'a' in all rows; name a column with two groups or more, so ...
    """
    if not by:
        raise ValueError("by names no column; name the column that tells the groups apart")
    if len(counts) == 1:
        named = " and ".join(repr(name) for name in by)
        label = _named(counts[by].iloc[0])
        raise ValueError(
            f"column {named} holds only {label!r} in all rows; name a column with two groups or more, so "
            "that they can be compared"
        )


def _named(labels: pd.Series) -> str:
    return " x ".join("not recorded" if pd.isna(label) else str(label) for label in labels)


def _check_word(counts: pd.DataFrame, by: list[str], word: str) -> None:
    if len(by) == 1 and (counts[by[0]] == word).any():
        raise ValueError(
            f"column {by[0]!r} holds a group {word!r}, which is also a word for a reference; rename that "
            "group or leave its rows out"
        )


def _labelled(counts: pd.DataFrame, by: list[str], reference: Hashable) -> int:
    wanted = reference if isinstance(reference, tuple) else (reference,)
    named = " and ".join(repr(name) for name in by)
    if len(wanted) != len(by):
        raise ValueError(f"reference is {reference!r}; give one label for each column in by: {named}")
    hit = np.logical_and.reduce([counts[name] == label for name, label in zip(by, wanted, strict=True)])
    if not hit.any():
        raise ValueError(
            f"no row has {reference!r} in {named}; choose one of {', '.join(WORDS)}, or a group that is "
            f"there: {_there(counts[by])}"
        )
    return int(hit.argmax())


def _there(labels: pd.DataFrame) -> str:
    """Name the first few groups."""
    groups = list(labels.dropna().head(_FEW).itertuples(index=False, name=None))
    more = ", and others" if len(labels) > len(groups) else ""
    return ", ".join(repr(group if len(group) > 1 else group[0]) for group in groups) + more

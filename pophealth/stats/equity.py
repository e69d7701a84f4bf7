"""Gaps between groups of people, and how they change over time."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.special import ndtri

from pophealth.stats import columns
from pophealth.stats.rates import wilson

_COUNTS = ["numerator", "denominator"]


def gap(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    reference: str | tuple[str, ...],
    when: str = "period",
    numerator: str = "numerator",
    denominator: str = "denominator",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Work out, for each period, how far each group's share lies from a reference group's share.

    A difference of 0, or a ratio of 1, means that both groups fare alike. Limits that hold 0 (or 1) leave
    open whether there is a gap at all. A gap can close because one group gained or because the other lost:
    look at both shares before calling it good news.

    Parameters
    ----------
    table : DataFrame
        Counts of people: rows of one period and group are summed.
    by : str or list of str
        Column or columns that name the group.
    reference : str or tuple
        The group that others are held against (a tuple when `by` names several columns).
    when, numerator, denominator : str
        Columns of the period and the counts.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    DataFrame
        One row per period and other group: the period, the group, ``value`` and ``reference_value``
        (shares), ``difference`` (group minus reference), ``difference_lower``, ``difference_upper``,
        ``ratio`` (group over reference), ``ratio_lower``, ``ratio_upper``, ``effective_n``,
        ``confidence`` and ``method``. What cannot be worked out is a missing value.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a numerator is above its denominator, or no row has the
        reference group.

    Notes
    -----
    Difference: R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10. Ratio: D. Katz and
    others, Biometrics 34, 1978, 469-474. ``effective_n`` is 1 / (1/n1 + 1/n2): the people a single group
    would need to be as sure.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "period": ["1846", "1846"],
    ...         "clinic": ["first", "second"],
    ...         "numerator": [459, 105],
    ...         "denominator": [4010, 3754],
    ...     }
    ... )
    >>> found = gap(table, by="clinic", reference="second")
    >>> found[["period", "clinic", "difference", "difference_lower", "difference_upper", "ratio"]].round(3)
      period clinic  difference  difference_lower  difference_upper  ratio
    0   1846  first       0.086             0.075             0.098  4.092
    """
    group = columns.names(by)
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence!r}; give a number above 0 and below 1, such as 0.95")
    counts = _summed(table, group, when, numerator, denominator)
    wanted = (reference,) if isinstance(by, str) or not isinstance(reference, tuple) else reference
    held = (counts[group] == list(wanted)).all(axis="columns")
    if not held.any() and len(table):
        raise ValueError(
            f"no row has {reference!r} in {', '.join(map(repr, group))}; choose another reference"
        )
    pairs = counts[~held].merge(
        counts[held].drop(columns=group), on=when, how="left", suffixes=("", "_reference")
    )
    pairs = pairs.sort_values([*group, when], kind="stable", ignore_index=True)
    return pairs[[when, *group]].assign(
        **_compared(pairs, confidence), confidence=confidence, method="newcombe, log"
    )


def _summed(
    table: pd.DataFrame, group: list[str], when: str, numerator: str, denominator: str
) -> pd.DataFrame:
    columns.require(table, [when, *group, numerator, denominator])
    cases, people = columns.numbers(table, numerator), columns.numbers(table, denominator)
    columns.check_counts(cases, people)
    usable = cases.notna() & (people > 0)
    read = {"numerator": cases.where(usable).to_numpy(), "denominator": people.where(usable).to_numpy()}
    rows = table[[when, *group]].assign(**read)
    return rows.groupby([when, *group], dropna=False, observed=True)[_COUNTS].sum(min_count=1).reset_index()


def _compared(pairs: pd.DataFrame, confidence: float) -> dict[str, np.ndarray]:
    ours, n_ours = pairs["numerator"].to_numpy(), pairs["denominator"].to_numpy()
    theirs, n_theirs = pairs["numerator_reference"].to_numpy(), pairs["denominator_reference"].to_numpy()
    share, other = ours / n_ours, theirs / n_theirs
    low, high = wilson(ours, n_ours, confidence)
    other_low, other_high = wilson(theirs, n_theirs, confidence)
    difference = share - other
    ratio = share / np.where(theirs > 0, other, np.nan)
    factor = _ratio_factor(ours, n_ours, theirs, n_theirs, confidence)
    return {
        "value": share,
        "reference_value": other,
        "difference": difference,
        "difference_lower": difference - np.hypot(share - low, other_high - other),
        "difference_upper": difference + np.hypot(high - share, other - other_low),
        "ratio": ratio,
        "ratio_lower": ratio / factor,
        "ratio_upper": ratio * factor,
        "effective_n": 1 / (1 / n_ours + 1 / n_theirs),
    }


def _ratio_factor(
    ours: np.ndarray, n_ours: np.ndarray, theirs: np.ndarray, n_theirs: np.ndarray, confidence: float
) -> np.ndarray:
    cases, other_cases = np.where(ours > 0, ours, np.nan), np.where(theirs > 0, theirs, np.nan)
    spread = np.sqrt(1 / cases - 1 / n_ours + 1 / other_cases - 1 / n_theirs)
    return np.exp(ndtri(0.5 + confidence / 2) * spread)

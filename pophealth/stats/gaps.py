"""Gaps: how far a group's share lies from a reference, and how that changes over time."""

from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from pophealth.stats import columns, spc
from pophealth.stats.contrasts import Pair, difference, log_risk_ratio, newcombe, ratio
from pophealth.stats.intervals import level
from pophealth.stats.references import check_known, check_several, place
from pophealth.stats.tallies import reasons, tally

_COUNTS = ["numerator", "denominator"]
_BOTH = [*_COUNTS, *(f"{name}_reference" for name in _COUNTS)]
_SIZES = [
    *("difference", "difference_lower", "difference_upper"),
    *("ratio", "ratio_lower", "ratio_upper", "effective_n"),
]


def gap(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    reference: str | tuple[str, ...],
    when: str = "period",
    numerator: str = "numerator",
    denominator: str = "denominator",
    confidence: float = 0.95,
    better: str | None = None,
) -> pd.DataFrame:
    """Work out, for each period, how far each group's share lies from the share of a reference.

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
        What others are held against: a group's label (a tuple when `by` names several columns); ``best``,
        of the groups with 30 people or more over all periods; ``largest``; or ``overall``, everybody in the
        period, the group itself among them. The same group is the reference in every period.
    when, numerator, denominator : str
        Columns of the period and the counts.
    confidence : float
        Above 0 and below 1.
    better : str, optional
        ``higher`` or ``lower``: which share is better; ``best`` needs it.

    Returns
    -------
    DataFrame
        One row per period and other group: the period, the group, ``value``, ``reference`` (the label of
        what it is held against) and ``reference_value`` (shares), ``difference`` (group minus reference),
        ``difference_lower``, ``difference_upper``,
        ``ratio`` (group over reference), ``ratio_lower``, ``ratio_upper``, ``effective_n``,
        ``confidence``, ``method`` and ``reason``: why there is no gap, or "". What cannot be worked out is a
        missing value.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a count is not whole or a numerator is above its denominator,
        no row has both counts, there is one group only, no row has the reference group, or ``best`` is asked
        for without `better` or without a group of 30 people.

    Notes
    -----
    Difference: R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10. Ratio: D. Katz and
    others, Biometrics 34, 1978, 469-474. ``effective_n`` is 1 / (1/n1 + 1/n2): the people a single group
    would need to be as sure. Held against everybody, a group is first held against the rest, for it cannot
    differ from itself; both are then scaled by the rest's part of all people, which takes nothing from the
    limits. 30 people: see `stats.references.place`.

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
    confidence = level(confidence)
    counts = _summed(table, group, when, numerator, denominator)
    whole = tally(counts, group, _COUNTS)
    check_several(whole, group)
    at = place(whole, group, reference, better=better)
    label = None if at < 0 else tuple(whole[group].iloc[at])
    pairs = _with_rest(counts, when) if label is None else _with_group(counts, group, when, label)
    pairs = pairs.sort_values([*group, when], kind="stable", ignore_index=True)
    reason = _reasons(pairs)
    for side in (_BOTH[:2], _BOTH[2:]):
        pairs[side] = pairs[side].where(pairs[side[1]] > 0)
    compared = _compared(pairs, confidence)
    return pairs[[when, *group]].assign(
        value=compared.pop("value"),
        reference="overall" if label is None else ", ".join(map(str, label)),
        **(_with_everybody(pairs, compared) if label is None else compared),
        confidence=confidence,
        method="newcombe, log",
        reason=reason,
    )


def charted_gap(
    gaps: pd.DataFrame,
    *,
    better: str | None,
    when: str = "period",
    by: str | Iterable[str] | None = None,
    rules: str = "anhoej",
    **noted: Any,
) -> pd.DataFrame:
    """Chart how far one group is behind another over time, so that a signal in the gap itself can be seen.

    ``value`` is how far the group is behind: 0 when both fare alike, below 0 while the group is ahead. A
    smaller gap is an improvement. Limits are wider in periods with fewer people. Look at ``ratio`` beside
    it: when both groups fall, the difference can shrink while the ratio grows.

    Parameters
    ----------
    gaps : DataFrame
        Rows of one group, as `gap` returns them, with the columns named in `noted`; of several groups when
        `by` is given.
    better : str or None
        ``higher`` or ``lower``: which way is better for the share. With ``neither`` or None the difference
        stands as it is, and signals say high or low.
    when : str
        Column of the period.
    by : str or list of str, optional
        Columns that tell groups apart.
    rules : str
        As in `stats.spc.signals`.
    **noted
        ``phase``, ``baseline``, ``exclude``, ``screen``, as in `stats.spc.limits`.

    Returns
    -------
    DataFrame
        The columns of `stats.spc.control_chart`, and beside them ``difference`` and ``ratio`` (group minus
        and over reference, as in `gap`) with their limits, ``effective_n``, and ``reference`` where `gaps`
        tells it. Of ``numerator`` over ``denominator``, the denominator is ``effective_n``.

    Raises
    ------
    ValueError
        If a column is missing, or a period comes twice although `by` is not given.

    Notes
    -----
    An i' chart (Taylor, as in qicharts2 0.8.1) weighted by the effective number of people in each period.
    With the same number in every period it is the i chart, but for the constant 1.128, which the i chart
    rounds.

    Examples
    --------
    >>> years = [1841, 1842, 1843, 1844, 1845, 1846]
    >>> first = {"clinic": "first", "numerator": [237, 518, 274, 260, 241, 459]}
    >>> first["denominator"] = [3036, 3287, 3060, 3157, 3492, 4010]
    >>> second = {"clinic": "second", "numerator": [86, 202, 164, 68, 66, 105]}
    >>> second["denominator"] = [2442, 2659, 2739, 2956, 3241, 3754]
    >>> table = pd.concat([pd.DataFrame({"year": years, **clinic}) for clinic in (first, second)])
    >>> gaps = gap(table, by="clinic", reference="second", when="year")
    >>> found = charted_gap(gaps, better="lower", when="year")
    >>> found[["year", "value", "centre", "lower", "upper", "ratio"]].round(3).tail(2)
       year  value  centre  lower  upper  ratio
    4  1845  0.049    0.06 -0.026  0.145  3.389
    5  1846  0.086    0.06 -0.020  0.139  4.092
    """
    groups = [*columns.names(by), when]
    columns.require(gaps, [*groups, *_SIZES])
    if gaps.duplicated(groups).any():
        raise ValueError(
            f"column {when!r} holds a period twice; give the rows of one group, or name it in by"
        )
    behind = gaps["difference"] * (-1 if better == "higher" else 1)
    weighed = gaps.assign(numerator=behind * gaps["effective_n"], denominator=gaps["effective_n"])
    smaller_is = "lower" if better in ("higher", "lower") else None
    chart = spc.control_chart(weighed, chart="i'", when=when, by=by, rules=rules, better=smaller_is, **noted)
    shown = [name for name in ("reference", *_SIZES) if name in gaps]
    return chart.merge(gaps[[*groups, *shown]], on=groups, how="left")


def _summed(
    table: pd.DataFrame, group: list[str], when: str, numerator: str, denominator: str
) -> pd.DataFrame:
    columns.require(table, [when, *group, numerator, denominator])
    cases, people = columns.numbers(table, numerator), columns.numbers(table, denominator)
    columns.check_counts(cases, people)
    columns.check_whole(cases, people)
    check_known(cases.to_numpy(), people.to_numpy(), [numerator, denominator])
    usable = cases.notna() & people.notna()
    read = {"numerator": cases.where(usable).to_numpy(), "denominator": people.where(usable).to_numpy()}
    rows = table[[when, *group]].assign(**read)
    return rows.groupby([when, *group], dropna=False, observed=True)[_COUNTS].sum(min_count=1).reset_index()


def _with_group(
    counts: pd.DataFrame, group: list[str], when: str, label: tuple[Hashable, ...]
) -> pd.DataFrame:
    held = (counts[group] == list(label)).all(axis="columns")
    theirs = counts[held].drop(columns=group)
    return counts[~held].merge(theirs, on=when, how="left", suffixes=("", "_reference"))


def _with_rest(counts: pd.DataFrame, when: str) -> pd.DataFrame:
    everybody = counts.groupby(when, dropna=False, observed=True)[_COUNTS].transform("sum")
    return counts.join((everybody - counts[_COUNTS]).add_suffix("_reference"))


def _reasons(pairs: pd.DataFrame) -> np.ndarray:
    own, other = (reasons(*(pairs[name].to_numpy() for name in names)) for names in (_BOTH[:2], _BOTH[2:]))
    return np.where((own == "") & (other != ""), np.char.add("the reference: ", other), own)


def _with_everybody(pairs: pd.DataFrame, compared: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Turn a comparison with the rest into one with everybody."""
    own, rest = pairs["denominator"].to_numpy(), pairs["denominator_reference"].to_numpy()
    part = own / (own + rest)
    cases = pairs["numerator"].to_numpy() + pairs["numerator_reference"].to_numpy()
    found = {name: compared[name] * (1 - part) for name in _SIZES[:3]}
    found |= {name: compared[name] / (part * compared[name] + 1 - part) for name in _SIZES[3:6]}
    found["reference_value"] = cases / (own + rest)
    share = pairs["numerator"].to_numpy() / own
    found["ratio"] = share / np.where(cases > 0, found["reference_value"], np.nan)
    found["effective_n"] = np.where(rest > 0, compared["effective_n"] / (1 - part) ** 2, np.nan)
    return {name: found[name] for name in ("reference_value", *_SIZES)}


def _compared(pairs: pd.DataFrame, confidence: float) -> dict[str, np.ndarray]:
    pair = Pair(*(pairs[name].to_numpy() for name in _BOTH))
    share, other = pair.shares
    gap_limits, ratio_limits = newcombe(pair, confidence), log_risk_ratio(pair, confidence)
    return {
        "value": share,
        "reference_value": other,
        "difference": difference(pair),
        **dict(zip(_SIZES[1:3], gap_limits, strict=True)),
        "ratio": ratio(pair),
        **dict(zip(_SIZES[4:6], ratio_limits, strict=True)),
        "effective_n": 1 / (1 / pair.denominator + 1 / pair.other_denominator),
    }

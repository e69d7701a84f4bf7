"""Verdict: what the latest point of each series says, and whether a target is likely to be met."""

from math import isfinite
from numbers import Real

import numpy as np
import pandas as pd

from pophealth.stats import columns, runs, spans
from pophealth.stats.signals import signals


def verdict(
    charted: pd.DataFrame, *, better: str | None, target: float | pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say for each series whether its latest point is a signal, and whether its limits meet the target.

    It is about the latest point alone, by the rules ``nhs``. ``inconsistent`` means that the target lies
    within what luck alone would draw: it will be met in some periods and not in others, if nothing changes.

    Parameters
    ----------
    charted : DataFrame
        What `limits` returned.
    better : str or None
        ``higher``, ``lower`` or ``neither``: which way is good.
    target : float or DataFrame, optional
        On the scale of the chart: a number for all series, or a table with the `by` columns and ``target``.

    Returns
    -------
    DataFrame
        One row per series: the `by` columns, the date and ``value`` of the latest point, ``variation``
        and ``assurance``. ``variation``: ``improvement``, ``concern``, ``high``, ``low`` or
        ``common_cause``; "" where the series has no value at all. ``assurance``: ``consistent_pass``,
        ``consistent_fail`` or ``inconsistent``; "" without a target, or where no side is good.
        Limits that are missing or equal are ``inconsistent``.

    Raises
    ------
    ValueError
        If a target cannot be read, or the table is not one that `limits` made.

    Notes
    -----
    NHS England, Making Data Count, as in the R package NHSRplotthedots 0.2.2. The latest point is the
    latest row that is not excluded, also where its value is missing; its variation is then
    ``common_cause``.

    Examples
    --------
    >>> from pophealth.stats import spc
    >>> table = pd.DataFrame({"period": range(9), "value": [5, 6, 5, 6, 5, 6, 5, 6, 19]})
    >>> verdict(spc.limits(table, chart="i"), better="lower", target=25)
       period  value variation        assurance
    0       8   19.0   concern  consistent_pass
    """
    marked = signals(charted, rules="nhs", better=better)
    series = spans.series_columns(charted)
    last, valued = _latest(marked, series)
    found = last[[*series, charted.columns[len(series)], "value"]].reset_index(drop=True)
    variation = last["direction"].where(last["direction"] != "", "common_cause").where(valued, "")
    aimed = _targets(last, series, target)
    return found.assign(variation=variation.to_numpy(), assurance=_assurance(last, aimed, better))


def _latest(marked: pd.DataFrame, series: list[str]) -> tuple[pd.DataFrame, np.ndarray]:
    """Give the latest row of each series that is not excluded, and whether the series has any value."""
    rows = marked.iloc[spans.in_order(marked)["row"]]
    rows = rows.sort_values("excluded", ascending=False, kind="stable")
    number = _numbered(rows, series)
    valued = rows["value"].notna().groupby(number).any()
    last = ~pd.Series(number).duplicated(keep="last").to_numpy()
    return rows[last], valued.loc[number[last]].to_numpy()


def _numbered(rows: pd.DataFrame, series: list[str]) -> np.ndarray:
    if not series:
        return np.zeros(len(rows), dtype=int)
    return rows.groupby(series, dropna=False, observed=True).ngroup().to_numpy()


def _targets(last: pd.DataFrame, series: list[str], target: float | pd.DataFrame | None) -> np.ndarray:
    if target is None:
        return np.full(len(last), np.nan)
    if isinstance(target, pd.DataFrame):
        return _looked_up(last, series, target)
    if isinstance(target, bool) or not isinstance(target, Real) or not isfinite(target):
        raise ValueError(
            f"target is {columns.told(target)}; give a number, or a table with a column 'target'"
        )
    return np.full(len(last), float(target))


def _looked_up(last: pd.DataFrame, series: list[str], target: pd.DataFrame) -> np.ndarray:
    if not series:
        raise ValueError("the chart has one series, so it needs no table of targets; give target as a number")
    columns.require(target, [*series, "target"])
    twice = target[series][pd.Series(columns.series_numbers(target, series)).duplicated().to_numpy()]
    if len(twice):
        named = ", ".join(str(key) for key in twice.iloc[0])
        raise ValueError(f"{named} has two targets; give each series one")
    keyed = target[series].astype(object).assign(target=columns.numbers(target, "target").to_numpy())
    found = last[series].astype(object).merge(keyed, on=series, how="left", indicator=True)
    if len(last) and len(target) and found["_merge"].eq("left_only").all():
        there = ", ".join(repr(key) for key in last[series].astype(object).iloc[0])
        raise ValueError(f"target names no series of the chart; write them as in the chart, such as {there}")
    return found["target"].to_numpy()


def _assurance(last: pd.DataFrame, target: np.ndarray, better: str | None) -> np.ndarray:
    if better not in ("higher", "lower"):
        return np.full(len(last), "")
    lower, upper = last["lower"].to_numpy(), last["upper"].to_numpy()
    wide = ~runs.same(lower, upper)
    above = wide & (target > upper) & ~runs.same(target, upper)
    below = wide & (target < lower) & ~runs.same(target, lower)
    fails, passes = (above, below) if better == "higher" else (below, above)
    words = np.where(fails, "consistent_fail", np.where(passes, "consistent_pass", "inconsistent"))
    return np.where(np.isnan(target), "", words)

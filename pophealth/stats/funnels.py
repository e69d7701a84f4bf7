"""Funnels: how far places of each size may lie from a target by luck alone."""

from collections.abc import Callable, Iterable
from numbers import Real
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import gdtrib

from pophealth.stats import columns
from pophealth.stats.estimates import check_scale
from pophealth.stats.intervals import Limits, chosen, levels, z_score
from pophealth.stats.tallies import reasons, tally

OVERDISPERSION = ("multiplicative", "additive")
_EXTREME = 0.1  # at either end, the part of the places whose distance is drawn in


class Kind(NamedTuple):
    """What sets one kind of funnel apart."""

    limits: Callable[[np.ndarray, float, float], Limits]
    variance: Callable[[float], float]  # of one person's or one unit's value, at a level
    most: float
    method: str


class Funnel(NamedTuple):
    """A target, and how much more places differ than luck makes them."""

    kind: str
    target: float
    dispersion: float
    between: float  # standard deviation between places that luck does not explain
    added: str | None


def funnel_limits(
    table: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    by: str | Iterable[str] | None = None,
    kind: str = "proportion",
    target: float | None = None,
    overdispersion: str | None = None,
    confidence: float | tuple[float, ...] = (0.95, 0.998),
    scale: float | None = None,
) -> pd.DataFrame:
    """Work out between which limits places of each size would lie if all of them shared one true level.

    A place within the limits may differ from the target by luck alone; one outside is worth a question,
    not a verdict. Of many places a few lie outside the 95% limits by luck; 99.8% limits are crossed by
    luck by 1 place in 500. Small places are not ranked high or low for being small.

    Parameters
    ----------
    table : DataFrame
        Counts of places.
    numerator, denominator : str
        Columns: people of whom it is true, and all people; events, and people or time; or, for ``ratio``,
        observed and expected events.
    by : str or list of str, optional
        None: each row is a place. Columns: counts summed within each place.
    kind : str
        ``proportion``, ``rate``, or ``ratio`` (of observed to expected events).
    target : float, optional
        The level all are held against, before scaling; unless given, that of all places together, and 1
        for a ratio.
    overdispersion : str, optional
        For places that differ by more than luck, so that nearly all lie outside: ``multiplicative`` widens
        all limits alike; ``additive`` takes it that true levels differ, which widens those of large places
        most. Limits are never narrowed.
    confidence : float or tuple of float
        Above 0 and below 1; a tuple gives a row for each level.
    scale : float, optional
        Multiplies value, centre and limits; 100,000 for a rate and 1 for the others unless given.

    Returns
    -------
    DataFrame
        The rows, or the places with their sums, and ``value``, ``centre``, ``lower``, ``upper``,
        ``confidence``, ``method``, ``outside`` (above, below or ""), ``dispersion`` (how many times more
        places vary than by luck; about 1 is luck alone), ``between`` (the spread of true levels, when
        additive), and ``reason``: why a value is missing, or "".

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a count cannot be, no place has counts, one place alone is
        to be held against itself, or another option cannot be.

    Notes
    -----
    D. J. Spiegelhalter, Statistics in Medicine 24, 2005, 1185-1202. ``proportion``: the target and z
    sqrt(t (1 - t) / n) to either side, cut at 0 and 1, which turns Wilson's interval round. ``rate`` and
    ``ratio``: the counts whose exact Poisson limit is the expected number. Overdispersion: the squared
    distances from the target in standard errors, the outer tenth at either end drawn in, on average.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"place": ["a", "b", "c"], "numerator": [30, 45, 160], "denominator": [100, 200, 400]}
    ... )
    >>> found = funnel_limits(table, confidence=0.95, scale=100)
    >>> found[["place", "value", "centre", "lower", "upper", "outside"]].round(1)
      place  value  centre  lower  upper outside
    0     a   30.0    33.6   24.3   42.8
    1     b   22.5    33.6   27.0   40.1   below
    2     c   40.0    33.6   28.9   38.2   above
    """
    group = columns.names(by)
    rows = _rows(table, None if by is None else group, numerator, denominator, kind)
    seen, room = (columns.numbers(rows, name).to_numpy() for name in (numerator, denominator))
    funnel = _funnel(seen, room, kind, target, overdispersion)
    scale = _scale(kind, scale)
    size = np.where(room > 0, room, np.nan)
    found = _drawn(rows.assign(value=seen / size), size, funnel, levels(confidence))
    outside = np.select(
        [found["value"] > found["upper"], found["value"] < found["lower"]], ["above", "below"], default=""
    )
    scaled = {name: found[name] * scale for name in ("value", "centre", "lower", "upper")}
    told = np.repeat(reasons(seen, room), len(levels(confidence)))
    return found.assign(
        **scaled,
        outside=outside,
        dispersion=funnel.dispersion,
        between=funnel.between * scale,
        reason=told,
    )


def funnel_curve(
    table: pd.DataFrame,
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    by: str | Iterable[str] | None = None,
    kind: str = "proportion",
    target: float | None = None,
    overdispersion: str | None = None,
    confidence: float | tuple[float, ...] = (0.95, 0.998),
    scale: float | None = None,
    points: int = 100,
) -> pd.DataFrame:
    """Give the lines of a funnel, from below the smallest place to above the largest.

    Parameters
    ----------
    table, numerator, denominator, by, kind, target, overdispersion, confidence, scale
        As in `funnel_limits`.
    points : int
        How many points make a line.

    Returns
    -------
    DataFrame
        The denominator, ``centre``, ``lower``, ``upper``, ``confidence`` and ``method``.

    Raises
    ------
    ValueError
        As `funnel_limits`.

    Notes
    -----
    As `funnel_limits`.

    Examples
    --------
    >>> table = pd.DataFrame({"numerator": [30, 160], "denominator": [100, 400]})
    >>> funnel_curve(table, points=3, confidence=0.95).round(2)
       denominator  centre  lower  upper  confidence method
    0        90.00    0.38   0.28   0.48        0.95  score
    1       194.42    0.38   0.31   0.45        0.95  score
    2       420.00    0.38   0.33   0.43        0.95  score
    """
    rows = _rows(table, None if by is None else columns.names(by), numerator, denominator, kind)
    seen, room = (columns.numbers(rows, name).to_numpy() for name in (numerator, denominator))
    funnel = _funnel(seen, room, kind, target, overdispersion)
    some = room[room > 0]
    size = np.geomspace(0.9 * some.min(), 1.05 * some.max(), points)
    found = _drawn(pd.DataFrame({denominator: size}), size, funnel, levels(confidence))
    lines = ["centre", "lower", "upper"]
    return found.assign(**{name: found[name] * _scale(kind, scale) for name in lines}).reset_index(drop=True)


def _rows(
    table: pd.DataFrame, by: list[str] | None, numerator: str, denominator: str, kind: str
) -> pd.DataFrame:
    chosen(_KINDS, kind, "kind of funnel")
    columns.require(table, [*(by or []), numerator, denominator])
    seen, room = columns.numbers(table, numerator), columns.numbers(table, denominator)
    if kind == "proportion":
        columns.check_counts(seen, room)
        columns.check_whole(seen, room)
    else:
        columns.check_not_negative(seen, room)
    if not (seen.notna() & (room > 0)).any():
        raise ValueError(
            f"columns {numerator!r} and {denominator!r} hold no row with both counts, so there is no funnel; "
            "fill them in, or join places until their counts can be shown"
        )
    return table if by is None else tally(table, by, [numerator, denominator])


def _scale(kind: str, scale: float | None) -> float:
    chosen_scale = (100_000 if kind == "rate" else 1) if scale is None else scale
    check_scale(chosen_scale)
    return chosen_scale


def _funnel(
    seen: np.ndarray, room: np.ndarray, kind: str, target: float | None, overdispersion: str | None
) -> Funnel:
    if overdispersion is not None and overdispersion not in OVERDISPERSION:
        raise ValueError(f"overdispersion is {overdispersion!r}; choose None, {' or '.join(OVERDISPERSION)}")
    used = ~np.isnan(seen) & (room > 0)
    seen, room = seen[used], room[used]
    if target is None and kind != "ratio" and len(seen) == 1:
        raise ValueError("only one place has counts, so a funnel would hold it against itself; give a target")
    level = _target(seen, room, kind, target)
    error = np.sqrt(_KINDS[kind].variance(level) / room)
    dispersion, between = _spread(seen / room - level, error)
    return Funnel(kind, level, dispersion, between if overdispersion == "additive" else 0.0, overdispersion)


def _target(seen: np.ndarray, room: np.ndarray, kind: str, target: float | None) -> float:
    if target is None:
        return 1.0 if kind == "ratio" else float(seen.sum() / room.sum())
    most = 1 if kind == "proportion" else np.inf
    if isinstance(target, bool) or not isinstance(target, Real) or not 0 < target < most:
        ends = "between 0 and 1" if kind == "proportion" else "above 0"
        raise ValueError(f"target is {target!r}; give a number {ends}, before scaling")
    return float(target)


def _spread(distance: np.ndarray, error: np.ndarray) -> tuple[float, float]:
    """Give the dispersion, and the standard deviation between places that would explain it."""
    if len(distance) < 2 or not error.all():
        return 1.0, 0.0
    z = distance / error
    drawn_in = np.clip(z, *np.quantile(z, [_EXTREME, 1 - _EXTREME]))
    dispersion, weight = float(np.mean(drawn_in**2)), 1 / error**2
    spare = len(z) * dispersion - (len(z) - 1)
    room = weight.sum() - (weight**2).sum() / weight.sum()
    return dispersion, float(np.sqrt(max(spare / room, 0)))


def _drawn(
    rows: pd.DataFrame, size: np.ndarray, funnel: Funnel, confidence: tuple[float, ...]
) -> pd.DataFrame:
    """Put centre and limits beside rows of each size, once for each level of confidence."""
    plain = [_KINDS[funnel.kind].limits(size, funnel.target, level) for level in confidence]
    wider = _widening(size, funnel)
    lower, upper = (
        np.stack([funnel.target + wider * (each[side] - funnel.target) for each in plain], axis=-1).ravel()
        for side in (0, 1)
    )
    again = rows.iloc[np.repeat(np.arange(len(rows)), len(confidence))]
    return again.assign(
        centre=funnel.target,
        lower=np.maximum(lower, 0),
        upper=np.minimum(upper, _KINDS[funnel.kind].most),
        confidence=np.tile(confidence, len(rows)),
        method=", ".join(filter(None, (_KINDS[funnel.kind].method, funnel.added))),
    )


def _widening(size: np.ndarray, funnel: Funnel) -> np.ndarray:
    if funnel.added == "multiplicative":
        return np.full(len(size), np.sqrt(max(funnel.dispersion, 1)))
    variance = _KINDS[funnel.kind].variance(funnel.target) / size
    return np.sqrt(1 + funnel.between**2 / np.where(variance > 0, variance, np.inf))


def _score_limits(size: np.ndarray, target: float, confidence: float) -> Limits:
    reach = z_score(confidence) * np.sqrt(target * (1 - target) / size)
    return target - reach, target + reach


def _poisson_limits(size: np.ndarray, target: float, confidence: float) -> Limits:
    """Give the counts, over the size, whose exact limits are what is expected."""
    tail, expected = (1 - confidence) / 2, size * target
    some = np.where(expected > 0, expected, 1)
    lower, upper = np.maximum(gdtrib(1.0, 1 - tail, some) - 1, 0), gdtrib(1.0, tail, some)
    lower, upper = (np.where(expected == 0, 0, each) / size for each in (lower, upper))
    return lower, upper


_KINDS = {
    "proportion": Kind(_score_limits, lambda level: level * (1 - level), 1.0, "score"),
    "rate": Kind(_poisson_limits, lambda level: level, np.inf, "exact"),
    "ratio": Kind(_poisson_limits, lambda level: level, np.inf, "exact"),
}

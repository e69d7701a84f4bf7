"""Contrasts: differences and ratios of two groups, with limits; arrays in, arrays out."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from pophealth.stats.intervals import Limits, byar_from_ten, exact_share, wilson, z_score


class Pair(NamedTuple):
    """Counts of groups and of what they are held against."""

    numerator: np.ndarray
    denominator: np.ndarray
    other: np.ndarray
    other_denominator: np.ndarray

    @property
    def shares(self) -> Limits:
        """Give numerator over denominator on both sides, missing where nobody was counted."""
        return self.numerator / some(self.denominator), self.other / some(self.other_denominator)


def some(counts: np.ndarray) -> np.ndarray:
    """Give counts with missing values in place of 0.

    >>> some(np.array([0, 4]))
    array([nan,  4.])
    """
    return np.where(counts > 0, counts, np.nan)


def difference(pair: Pair) -> np.ndarray:
    """Give the share of the group less that of the other."""
    share, other = pair.shares
    return share - other


def ratio(pair: Pair) -> np.ndarray:
    """Give the share of the group over that of the other."""
    share, other = pair.shares
    return share / some(other)


def odds_ratio(pair: Pair) -> np.ndarray:
    """Give the odds of the group over those of the other."""
    without, other_without = pair.denominator - pair.numerator, pair.other_denominator - pair.other
    return pair.numerator * other_without / some(without * pair.other)


def newcombe(pair: Pair, confidence: float) -> Limits:
    """Give the limits of a difference of shares from Wilson's limits of both.

    >>> lower, upper = newcombe(Pair(*map(np.array, ([56], [70], [48], [80]))), 0.95)
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.0524], [0.3339])
    """
    ours = wilson(pair.numerator, pair.denominator, confidence)
    theirs = wilson(pair.other, pair.other_denominator, confidence)
    return _squared_and_added(pair, ours, theirs)


def byar_difference(pair: Pair, confidence: float) -> Limits:
    """Give the limits of a difference of rates from Byar's limits of both."""
    room, other_room = some(pair.denominator), some(pair.other_denominator)
    low, high = byar_from_ten(pair.numerator, confidence)
    other_low, other_high = byar_from_ten(pair.other, confidence)
    return _squared_and_added(
        pair, (low / room, high / room), (other_low / other_room, other_high / other_room)
    )


def _squared_and_added(pair: Pair, ours: Limits, theirs: Limits) -> Limits:
    """Combine the limits of two shares: the distances to each are squared and added."""
    share, other = pair.shares
    lower = share - other - np.hypot(share - ours[0], theirs[1] - other)
    return lower, share - other + np.hypot(ours[1] - share, other - theirs[0])


def people(pair: Pair, limits: Limits) -> Limits:
    """Turn the limits of a difference into how many more people of the group it is.

    >>> pair = Pair(*map(np.array, ([56], [70], [48], [80])))
    >>> lower, upper = people(pair, newcombe(pair, 0.95))
    >>> lower.round().tolist(), upper.round().tolist()
    ([4.0], [23.0])
    """
    return limits[0] * pair.denominator, limits[1] * pair.denominator


def wald_difference(pair: Pair, confidence: float) -> Limits:
    """Give the textbook limits of a difference of shares."""
    share, other = pair.shares
    ours, theirs = share * (1 - share) / pair.denominator, other * (1 - other) / pair.other_denominator
    reach = z_score(confidence) * np.sqrt(ours + theirs)
    return share - other - reach, share - other + reach


def log_risk_ratio(pair: Pair, confidence: float) -> Limits:
    """Give the limits of a ratio of shares on its logarithm; none without cases on both sides."""
    parts = 1 / some(pair.numerator) - 1 / some(pair.denominator)
    return _on_logarithm(
        ratio(pair), parts + 1 / some(pair.other) - 1 / some(pair.other_denominator), confidence
    )


def log_rate_ratio(pair: Pair, confidence: float) -> Limits:
    """Give the limits of a ratio of rates on its logarithm; none without events on both sides."""
    return _on_logarithm(ratio(pair), 1 / some(pair.numerator) + 1 / some(pair.other), confidence)


def log_odds_ratio(pair: Pair, confidence: float) -> Limits:
    """Give the limits of a ratio of odds on its logarithm; none where one of the four counts is 0."""
    without, other_without = pair.denominator - pair.numerator, pair.other_denominator - pair.other
    four = np.stack([some(count) for count in (pair.numerator, without, pair.other, other_without)])
    return _on_logarithm(odds_ratio(pair), (1 / four).sum(axis=0), confidence)


def _on_logarithm(value: np.ndarray, variance: np.ndarray, confidence: float) -> Limits:
    factor = np.exp(z_score(confidence) * np.sqrt(variance))
    return value / factor, value * factor


def exact_rate_ratio(pair: Pair, confidence: float) -> Limits:
    """Give the exact limits of a ratio of rates, from the group's part of all events.

    >>> lower, upper = exact_rate_ratio(Pair(*map(np.array, ([0], [10], [5], [10]))), 0.95)
    >>> lower.tolist(), upper.round(3).tolist()
    ([0.0], [1.091])
    """
    low, high = exact_share(pair.numerator, pair.numerator + pair.other, confidence)
    room = some(pair.other_denominator) / some(pair.denominator)
    return low / some(1 - low) * room, high / some(1 - high) * room


Value = Callable[[Pair], np.ndarray]
Method = Callable[[Pair, float], Limits]
VALUES: dict[str, Value] = {
    "difference": difference,
    "risk_ratio": ratio,
    "rate_ratio": ratio,
    "odds_ratio": odds_ratio,
}
METHODS: dict[str, dict[str, Method]] = {
    "difference": {"newcombe": newcombe, "wald": wald_difference, "byar": byar_difference},
    "risk_ratio": {"log": log_risk_ratio},
    "rate_ratio": {"log": log_rate_ratio, "exact": exact_rate_ratio},
    "odds_ratio": {"log": log_odds_ratio},
}

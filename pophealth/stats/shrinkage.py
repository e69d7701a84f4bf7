"""Pulling the shares of small groups towards the share of all, as far as luck alone may have moved them."""

from typing import NamedTuple

import numpy as np

_MOST_ALIKE = 1 / 3  # the share of all then weighs as much as two people, even for a group of three


class Shrunk(NamedTuple):
    """Shares with luck allowed for.

    Attributes
    ----------
    value
        The share of each group, pulled towards the share of all: the fewer its people, the further.
    cautious
        The same, pulled one standard deviation further, and never beyond the share of all.
    """

    value: np.ndarray
    cautious: np.ndarray


def shrunk(numerator: np.ndarray, denominator: np.ndarray) -> Shrunk:
    """Estimate the share of each group from its own people and, the fewer they are, from all groups.

    A group of three lands close to the share of all; a group of thousands stays where it is. Where groups
    lie no further apart than luck alone would put them, all get the share of all. ``value`` is also the best
    guess of what a group will show next time. Order groups by ``cautious``: those of which too little is
    known then stand in the middle, and neither first nor last.

    Parameters
    ----------
    numerator, denominator : ndarray
        Counts of people in each group; a missing count or a denominator of 0 gives a missing share.

    Returns
    -------
    Shrunk
        Shares from 0 to 1.

    Notes
    -----
    Empirical Bayes with a beta-binomial model. With p the share of all, n the people of a group and r the
    correlation of two people of one group, a share moves to v = p + (share - p) n r / (1 - r + n r), with the
    standard deviation sqrt(v (1 - v) r / (1 + n r)). The correlation is that of moments with each group
    weighed by its people, cut at 0 and at 1/3, so that the share of all weighs at least as much as two
    people: J. C. Kleinman, Journal of the American Statistical Association 68, 1973, 46-54.

    Examples
    --------
    >>> found = shrunk(np.array([3, 300, 450]), np.array([3, 1000, 1000]))
    >>> found.value.round(3).tolist(), found.cautious.round(3).tolist()
    ([0.462, 0.301, 0.449], [0.376, 0.316, 0.433])
    """
    known = np.isfinite(numerator) & (denominator > 0)
    cases, people = np.where(known, numerator, 0.0), np.where(known, denominator, 0.0)
    share = cases / np.where(known, people, np.nan)
    if not known.any():
        return Shrunk(share, share)
    middle = cases.sum() / people.sum()
    alike = _correlation(share[known], people[known], middle)
    away = (share - middle) * people * alike / (1 - alike + people * alike)
    value = middle + away
    doubt = np.sqrt(np.clip(value * (1 - value), 0, None) * alike / (1 + people * alike))
    return Shrunk(value, middle + np.sign(away) * np.maximum(np.abs(away) - doubt, 0))


def _correlation(share: np.ndarray, people: np.ndarray, middle: float) -> float:
    """Tell how much two people of one group are alike, from how far the groups lie apart."""
    luck = len(people) - 1
    room = people.sum() - (people**2).sum() / people.sum() - luck
    spread = middle * (1 - middle)
    if spread <= 0 or room <= 0:
        return 0.0
    apart = (people * (share - middle) ** 2).sum() / spread
    return float(np.clip((apart - luck) / room, 0, _MOST_ALIKE))

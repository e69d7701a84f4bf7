"""Limits of shares of people and of counts of events: arrays in, arrays out."""

from collections.abc import Callable, Mapping
from numbers import Real
from typing import TypeVar

import numpy as np
from scipy.special import betaincinv, gammainccinv, gammaincinv, ndtri

FEW = 10  # below so many events Byar's limits are too rough, and the exact ones are used

Limits = tuple[np.ndarray, np.ndarray]
Interval = Callable[[np.ndarray, np.ndarray, float], Limits]
Chosen = TypeVar("Chosen")


def level(confidence: object) -> float:
    """Give the one level of confidence that was asked for.

    >>> level("95%")
    Traceback (most recent call last):
    ValueError: confidence is '95%'; give a number above 0 and below 1, such as 0.95
    """
    if not isinstance(confidence, Real) or not 0 < float(confidence) < 1:
        raise ValueError(f"confidence is {confidence!r}; give a number above 0 and below 1, such as 0.95")
    return float(confidence)


def levels(confidence: float | tuple[float, ...]) -> tuple[float, ...]:
    """Give the levels of confidence that were asked for, one or several.

    >>> levels(0.95), levels((0.95, 0.998))
    ((0.95,), (0.95, 0.998))
    """
    if isinstance(confidence, tuple | list) and confidence:
        return tuple(level(each) for each in confidence)
    return (level(confidence),)


def chosen(methods: Mapping[str, Chosen], method: str, what: str = "method") -> Chosen:
    """Give what a name stands for, or say which names there are.

    >>> chosen({"wilson": 1}, "guess")
    Traceback (most recent call last):
    ValueError: there is no method 'guess'; choose one of wilson
    """
    if not isinstance(method, str) or method not in methods:
        raise ValueError(f"there is no {what} {method!r}; choose one of {', '.join(methods)}")
    return methods[method]


def z_score(confidence: float) -> float:
    """Give how many standard errors to either side hold so much of a normal distribution.

    >>> round(z_score(0.95), 4)
    1.96
    """
    return float(ndtri(0.5 + confidence / 2))


def wilson(numerator: np.ndarray, denominator: np.ndarray, confidence: float) -> Limits:
    """Give Wilson's limits for shares of people.

    Parameters
    ----------
    numerator, denominator : ndarray
        Counts of people; a denominator of 0 gives missing limits.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    tuple of ndarray
        Lower and upper limits, from 0 to 1.

    Notes
    -----
    E. B. Wilson, Journal of the American Statistical Association 22, 1927, 209-212.

    Examples
    --------
    >>> lower, upper = wilson(np.array([15]), np.array([148]), 0.95)
    >>> round(float(lower[0]), 4), round(float(upper[0]), 4)
    (0.0624, 0.1605)
    """
    z = z_score(confidence)
    people = np.where(denominator > 0, denominator, np.nan)
    middle = numerator + z**2 / 2
    reach = z * np.sqrt(numerator * (people - numerator) / people + z**2 / 4)
    lower = np.where(numerator == 0, people * 0, (middle - reach) / (people + z**2))
    upper = np.where(numerator == people, 1, (middle + reach) / (people + z**2))
    return lower, upper


def exact_share(numerator: np.ndarray, denominator: np.ndarray, confidence: float) -> Limits:
    """Give the limits of Clopper and Pearson for shares of people.

    >>> lower, upper = exact_share(np.array([0]), np.array([10]), 0.95)
    >>> float(lower[0]), round(float(upper[0]), 4)
    (0.0, 0.3085)
    """
    tail = (1 - confidence) / 2
    people = np.where(denominator > 0, denominator, np.nan)
    lower = np.where(numerator == 0, people * 0, betaincinv(numerator, people - numerator + 1, tail))
    upper = np.where(numerator == people, 1, betaincinv(numerator + 1, people - numerator, 1 - tail))
    return lower, upper


def wald(numerator: np.ndarray, denominator: np.ndarray, confidence: float) -> Limits:
    """Give the textbook limits for shares of people, cut at 0 and 1.

    >>> lower, upper = wald(np.array([50]), np.array([100]), 0.95)
    >>> round(float(lower[0]), 3), round(float(upper[0]), 3)
    (0.402, 0.598)
    """
    people = np.where(denominator > 0, denominator, np.nan)
    share = numerator / people
    reach = z_score(confidence) * np.sqrt(share * (1 - share) / people)
    return np.maximum(share - reach, 0), np.minimum(share + reach, 1)


def byar(events: np.ndarray, confidence: float) -> Limits:
    """Give Byar's limits for counts of events, however few.

    Parameters
    ----------
    events : ndarray
        Counts from 0; they need not be whole.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    tuple of ndarray
        Lower and upper limits of the count.

    Notes
    -----
    N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II, 1987, 69.

    Examples
    --------
    >>> lower, upper = byar(np.array([20]), 0.95)
    >>> round(float(lower[0]), 2), round(float(upper[0]), 2)
    (12.21, 30.89)
    """
    z, one_more = z_score(confidence), events + 1
    some = np.where(events > 0, events, np.nan)
    lower = some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3
    upper = one_more * (1 - 1 / (9 * one_more) + z / (3 * np.sqrt(one_more))) ** 3
    return np.where(events == 0, 0.0, lower), upper


def exact_events(events: np.ndarray, confidence: float) -> Limits:
    """Give the exact limits of Poisson counts of events.

    >>> lower, upper = exact_events(np.array([0, 5]), 0.95)
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([0.0, 1.623], [3.689, 11.668])
    """
    tail = (1 - confidence) / 2
    some = np.where(events > 0, events, np.nan)
    lower = np.where(events == 0, 0.0, gammaincinv(some, tail))
    return lower, gammainccinv(events + 1, tail)


def byar_from_ten(events: np.ndarray, confidence: float) -> Limits:
    """Give Byar's limits from 10 events on, and the exact ones below.

    >>> lower, upper = byar_from_ten(np.array([5, 20]), 0.95)
    >>> lower.round(2).tolist(), upper.round(2).tolist()
    ([1.62, 12.21], [11.67, 30.89])
    """
    rough, sure = byar(events, confidence), exact_events(events, confidence)
    lower, upper = (np.where(events < FEW, few, many) for few, many in zip(sure, rough, strict=True))
    return lower, upper


def event_methods(events: np.ndarray, method: str) -> np.ndarray:
    """Name the method that made the limits of each count of events.

    >>> event_methods(np.array([5, 20]), "byar").tolist()
    ['exact', 'byar']
    """
    return np.where(events < FEW, "exact", method)


SHARES: dict[str, Interval] = {"wilson": wilson, "exact": exact_share, "wald": wald}
EVENTS: dict[str, Callable[[np.ndarray, float], Limits]] = {"byar": byar_from_ten, "exact": exact_events}

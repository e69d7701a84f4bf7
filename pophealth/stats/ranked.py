"""Measures over ranked groups: a line, or an index, from the most disadvantaged to the least."""

from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from pophealth.stats.findings import Finding, Question, found
from pophealth.stats.settings import Settings, why_not

_STEPS = 50
_SETTLED = 1e-12
_STILL = 1e-8
_NO_SCATTER = 1e-10

FLAT = "the groups lie on the line, so their scatter gives no limits"
FEW = "limits need three groups or more"


class Line(NamedTuple):
    """A line through ranked groups: what it says at both ends, and how unsure its two numbers are."""

    start: np.ndarray
    end: np.ndarray
    spread: np.ndarray
    slopes: tuple[np.ndarray, np.ndarray]
    reason: np.ndarray


def sii(settings: Settings, question: Question) -> Finding:
    """Work out the slope index: how far the fitted line rises from the first end of the order to the last.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"fifth": [1, 2, 3], "rate": [40.0, 50.0, 66.0]})
    >>> settings = read(table, Layout("fifth", "rate", [], order="fifth"))
    >>> sii(settings, Question(1, model="linear")).value.round(6).tolist()
    [39.0]
    """
    line = _line(settings, question)
    grow = line.slopes[1] - line.slopes[0]
    se = _error(line, grow)
    small = ~(se > _NO_SCATTER * np.abs(line.start + line.end))
    return found(
        (line.end - line.start) * question.scale,
        np.where(small, np.nan, se) * question.scale,
        line.reason,
        question=question,
        method=f"{question.model} line, HC1",
        unsure=_unsure(settings),
        facts={"start": line.start * question.scale, "end": line.end * question.scale},
    )


def rii(settings: Settings, question: Question) -> Finding:
    """Work out the relative index: the fitted line at the last end of the order over its first end.

    The standard error is that of the logarithm.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"fifth": [1, 2, 3], "rate": [40.0, 50.0, 66.0]})
    >>> settings = read(table, Layout("fifth", "rate", [], order="fifth"))
    >>> rii(settings, Question(1, model="linear")).value.round(3).tolist()
    [2.2]
    """
    line = _line(settings, question)
    positive = (line.start > 0) & (line.end > 0)
    start, end = np.where(positive, line.start, np.nan), np.where(positive, line.end, np.nan)
    se = _error(line, line.slopes[1] / end[:, None] - line.slopes[0] / start[:, None])
    below = (line.reason == "") & ~positive
    return found(
        end / start,
        np.where(se > _NO_SCATTER, se, np.nan),
        np.where(below, "the line reaches zero or below, so it has no ratio", line.reason).astype(object),
        question=question,
        method=f"{question.model} line, HC1, on the logarithm",
        logarithm=True,
        unsure=_unsure(settings),
        facts={"start": line.start * question.scale, "end": line.end * question.scale},
    )


def aci(settings: Settings, question: Question) -> Finding:
    """Work out the absolute concentration index: at which end of the order the figure gathers.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"fifth": [1, 2, 3], "rate": [40.0, 50.0, 66.0]})
    >>> aci(read(table, Layout("fifth", "rate", [], order="fifth")), Question(1)).value.round(3).tolist()
    [5.778]
    """
    value, se, _, reason = _concentration(settings, question)
    method = "weighted line, scatter of the groups"
    return found(value, se, reason, question=question, method=method, unsure=_unsure(settings))


def rci(settings: Settings, question: Question) -> Finding:
    """Work out the relative concentration index: the absolute one over the average, or a bounded variant.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"fifth": [1, 2, 3], "rate": [40.0, 50.0, 66.0]})
    >>> rci(read(table, Layout("fifth", "rate", [], order="fifth")), Question(1)).value.round(4).tolist()
    [0.1111]
    """
    value, se, mean, reason = _concentration(settings, question)
    zero = (reason == "") & ~(mean > 0)
    times = {"standard": 1 / mean, "wagstaff": 1 / (mean * (1 - mean)), "erreygers": 4 + 0 * mean}
    reason = np.where(zero, "the average is zero or below", reason).astype(object)
    method = "weighted line, scatter of the groups"
    method += "" if question.rci == "standard" else f", {question.rci}"
    factor = times[question.rci]
    return found(
        value * factor, se * factor, reason, question=question, method=method, unsure=_unsure(settings)
    )


def _unsure(settings: Settings) -> np.ndarray:
    return np.where(settings.used.sum(axis=1) < 3, FEW, FLAT)


def _why_not(settings: Settings) -> np.ndarray:
    reason = why_not(settings, people=False, every=True)
    unordered = (settings.used & np.isnan(settings.order)).any(axis=1)
    alike = np.where(settings.used, settings.order, np.nan)
    low, high = (
        edge(np.nan_to_num(alike, nan=end), axis=1) for edge, end in ((np.min, np.inf), (np.max, -np.inf))
    )
    return np.select(
        [reason != "", unordered, low >= high],
        [reason, "the place of a group in the order is not known", "all groups share one place in the order"],
        default="",
    ).astype(object)


def _weights(settings: Settings) -> np.ndarray:
    """Give the people in each group; groups count alike where people are not known."""
    known = ~(settings.used & np.isnan(settings.people)).any(axis=1, keepdims=True)
    return np.where(settings.used, np.where(known, settings.people, 1.0), 0.0)


def _ranks(weights: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Give the middle of each group's stretch when all people stand in a line from 0 to 1."""
    order = np.nan_to_num(order)
    before = (order[:, None, :] < order[:, :, None]) + 0.5 * (order[:, None, :] == order[:, :, None])
    total = weights.sum(axis=1, keepdims=True)
    return (before @ weights[:, :, None])[:, :, 0] / np.where(total > 0, total, np.nan)


def _line(settings: Settings, question: Question) -> Line:
    weights = _weights(settings)
    people = (weights >= 1) | ~settings.used
    whole = np.where(people.all(axis=1, keepdims=True), np.ceil(weights), weights)
    counted = ~np.isnan(settings.share).any(axis=1, keepdims=True) & people.all(axis=1, keepdims=True)
    share = settings.known(settings.estimate) / question.scale
    ranks = np.nan_to_num(_ranks(whole, settings.order))
    reason = _why_not(settings)
    if question.model == "linear":
        return _linear(whole, ranks, share, reason)
    outside = (settings.used & ((share < 0) | (share > 1))).any(axis=1)
    text = f"an estimate lies outside 0 to {question.scale:g}; set scale, or use model='linear'"
    reason = np.where((reason == "") & outside, text, reason).astype(object)
    events = np.where(counted, np.round(share * whole), share * whole)
    return _logistic(whole, ranks, np.where(whole > 0, events / whole, 0.0), reason)


def _linear(weights: np.ndarray, ranks: np.ndarray, share: np.ndarray, reason: np.ndarray) -> Line:
    inverse = _inverse(weights, ranks)
    numbers = _times(inverse, _both(weights * share, ranks))
    residual = share - numbers[:, :1] - numbers[:, 1:] * ranks
    spread = _sandwich(inverse, weights * residual, ranks, weights > 0)
    flat = np.ones(len(weights))
    slopes = (np.stack([flat, 0 * flat], axis=1), np.stack([flat, flat], axis=1))
    return Line(numbers[:, 0], numbers.sum(axis=1), spread, slopes, reason)


def _logistic(weights: np.ndarray, ranks: np.ndarray, share: np.ndarray, reason: np.ndarray) -> Line:
    """Fit a logistic line, each person counted once; where nobody or everybody is counted, it is flat."""
    total = weights.sum(axis=1)
    middle = (weights * share).sum(axis=1) / np.where(total > 0, total, np.nan)
    flat = ~((middle > 0) & (middle < 1))
    share = np.where(flat[:, None], 0.5, share)
    numbers, loose = _settled(weights, ranks, share, np.where(flat, 0.5, middle))
    fitted = expit(numbers[:, :1] + numbers[:, 1:] * ranks)
    inverse = _inverse(weights * fitted * (1 - fitted), ranks)
    spread = _sandwich(inverse, weights * (share - fitted), ranks, weights > 0)
    lost = (reason == "") & loose
    text = "the logistic line does not settle; use model='linear'"
    start, end = (np.where(flat, middle, expit(at)) for at in (numbers[:, 0], numbers.sum(axis=1)))
    slopes = (
        np.stack([start * (1 - start), 0 * start], axis=1),
        np.stack([end * (1 - end), end * (1 - end)], axis=1),
    )
    return Line(start, end, spread, slopes, np.where(lost, text, reason).astype(object))


def _settled(
    weights: np.ndarray, ranks: np.ndarray, share: np.ndarray, middle: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Take Newton's steps until none moves the line; tell which lines still move."""
    numbers = np.stack([logit(middle), np.zeros(len(middle))], axis=1)
    step = np.zeros_like(numbers)
    for _ in range(_STEPS):
        fitted = expit(numbers[:, :1] + numbers[:, 1:] * ranks)
        inverse = _inverse(weights * fitted * (1 - fitted), ranks)
        step = _times(inverse, _both(weights * (share - fitted), ranks))
        numbers = numbers + step
        if not (np.abs(step) > _SETTLED).any():
            break
    return numbers, ~(np.abs(step).max(axis=1, initial=0) < _STILL)


def _both(amounts: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    return np.stack([amounts.sum(axis=1), (amounts * ranks).sum(axis=1)], axis=1)


def _times(matrix: np.ndarray, vector: np.ndarray) -> np.ndarray:
    return (matrix @ vector[:, :, None])[:, :, 0]


def _products(weights: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """Sum weight x (1, rank) x (1, rank)' over the groups of each setting."""
    sums = [(weights * ranks**power).sum(axis=1) for power in range(3)]
    return np.stack([np.stack(sums[:2], axis=1), np.stack(sums[1:], axis=1)], axis=1)


def _inverse(weights: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    (a, b), (_, c) = np.moveaxis(_products(weights, ranks), 0, -1)
    bottom = a * c - b * b
    bottom = np.where(bottom > 0, bottom, np.nan)
    return np.moveaxis(np.array([[c, -b], [-b, a]]) / bottom, -1, 0)


def _sandwich(inverse: np.ndarray, scores: np.ndarray, ranks: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """Give the spread of the line's two numbers that holds although groups scatter unevenly (HC1)."""
    groups = counted.sum(axis=1)
    small = np.where(groups > 2, groups / np.where(groups > 2, groups - 2, 1), np.nan)
    return small[:, None, None] * (inverse @ _products(scores**2, ranks) @ inverse)


def _error(line: Line, slopes: np.ndarray) -> np.ndarray:
    variance = (slopes[:, None, :] @ line.spread @ slopes[:, :, None])[:, 0, 0]
    return np.sqrt(np.maximum(variance, 0))


def _concentration(
    settings: Settings, question: Question
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    low, high = question.bounds or (0.0, 1.0)
    weights, share = _weights(settings), settings.known((settings.estimate - low) / (high - low))
    ranks = np.nan_to_num(_ranks(weights, settings.order))
    total = weights.sum(axis=1, keepdims=True)
    part = weights / np.where(total > 0, total, np.nan)
    mean = (part * share).sum(axis=1)
    wide = (part * (ranks - 0.5) ** 2).sum(axis=1)
    value = 2 * (part * share * (ranks - 0.5)).sum(axis=1)
    slope = value / (2 * wide)
    residual = np.where(settings.used, share - mean[:, None] - slope[:, None] * (ranks - 0.5), 0.0)
    free = (weights > 0).sum(axis=1) - 2
    scatter = (part * residual**2).sum(axis=1) / np.where(free > 0, free, np.nan)
    se = 2 * np.sqrt(wide * scatter)
    return value, np.where(se > _NO_SCATTER * np.abs(mean), se, np.nan), mean, _why_not(settings)

"""Difference and ratio: two groups held side by side."""

from typing import NamedTuple

import numpy as np

from pophealth.stats.findings import Finding, Question, found
from pophealth.stats.settings import Settings, too_few
from pophealth.stats.yardsticks import best, held


class Pair(NamedTuple):
    """Two groups, or a group and the average: the one held up, and the other; which is better is open."""

    one: np.ndarray
    other: np.ndarray
    weights: np.ndarray
    counterweights: np.ndarray
    labels: tuple[np.ndarray, np.ndarray]
    reason: np.ndarray


def pair(settings: Settings, question: Question) -> Pair:
    """Find the two that are compared.

    Parameters
    ----------
    settings : Settings
        From `stats.settings.read`.
    question : Question
        With an order: the two ends. Else: the reference and the group that fares worst of the others.

    Returns
    -------
    Pair
        Their values, how much of each group's estimate goes into them, and their labels.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"place": ["a", "b", "c"], "rate": [40.0, 60.0, 50.0]})
    >>> found = pair(read(table, Layout("place", "rate", [])), Question(1, reference="c"))
    >>> found.one.tolist(), found.other.tolist()
    ([50.0], [40.0])
    """
    return _ends(settings) if question.ordered else _held_up(settings, question)


def difference(settings: Settings, question: Question) -> Finding:
    """Work out the difference: 0 when both fare alike, above 0 when the one held up fares better.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 60.0], "se": [3.0, 4.0]})
    >>> found = difference(read(table, Layout("place", "rate", [], se="se")), Question(1))
    >>> found.value.tolist(), found.se.tolist()
    ([20.0], [5.0])
    """
    both = pair(settings, question)
    se = _spread(settings, both.weights - both.counterweights)
    value = question.sign * (both.one - both.other)
    return found(
        value,
        se,
        both.reason,
        question=question,
        method="normal",
        reference=both.labels[0],
        facts=_facts(both, settings, question),
    )


def ratio(settings: Settings, question: Question) -> Finding:
    """Work out the ratio: 1 when both fare alike, above 1 when the one held up fares better.

    The standard error is that of the logarithm.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 60.0], "se": [3.0, 4.0]})
    >>> found = ratio(read(table, Layout("place", "rate", [], se="se")), Question(1))
    >>> found.value.tolist(), found.se.round(4).tolist()
    ([1.5], [0.1003])
    """
    both = pair(settings, question)
    upper, lower = (both.one, both.other) if question.sign > 0 else (both.other, both.one)
    none = (both.reason == "") & (~(lower > 0) | (upper < 0))
    zero = (both.reason == "") & (upper == 0)
    value = upper / lower
    parts = both.weights / both.one[:, None] - both.counterweights / both.other[:, None]
    return found(
        value,
        np.where(zero, np.nan, _spread(settings, parts)),
        np.where(none, "there is no ratio to a figure of zero or below", both.reason).astype(object),
        question=question,
        method="normal on the logarithm",
        logarithm=True,
        unsure=np.where(zero, "a ratio of zero has no limits", "a standard error is missing"),
        reference=both.labels[0],
        facts=_facts(both, settings, question),
    )


def _facts(both: Pair, settings: Settings, question: Question) -> dict[str, np.ndarray]:
    """Tell the two apart, and whether one of them was picked because of its figure."""
    looked = question.reference in (None, "best", "overall")
    picked = (looked | (settings.used.sum(axis=1) > 2)) & (not question.ordered)
    labels = dict(zip(("label", "other_label"), both.labels, strict=True))
    return {"one": both.one, "other": both.other, "picked": picked} | labels


def _spread(settings: Settings, weights: np.ndarray) -> np.ndarray:
    """Give the standard error of a weighted sum of estimates; groups without weight need none."""
    return np.sqrt((np.where(weights == 0, 0.0, weights * settings.se) ** 2).sum(axis=1))


def _one_hot(settings: Settings, place: np.ndarray) -> np.ndarray:
    return (np.arange(settings.given.shape[1]) == place[:, None]) * 1.0


def _ends(settings: Settings) -> Pair:
    order = np.where(settings.given & (settings.people != 0), settings.order, np.nan)
    low, high = (_only(order, edge(np.nan_to_num(order, nan=end), axis=1)) for edge, end in _EDGES)
    one, other = settings.at(settings.estimate, high), settings.at(settings.estimate, low)
    few = too_few(settings)
    unordered = (settings.given & np.isnan(settings.order)).any(axis=1)
    tied = (low < 0) | (high < 0)
    reasons = {
        "the place of a group in the order is not known": unordered,
        "several groups share an end of the order": tied,
        "the estimate of an end of the order is missing": np.isnan(one) | np.isnan(other),
    }
    reason = np.select([few != "", *reasons.values()], [few, *reasons], default="").astype(object)
    labels = (settings.at(settings.labels, high), settings.at(settings.labels, low))
    return Pair(one, other, _one_hot(settings, high), _one_hot(settings, low), labels, reason)


_EDGES = ((np.min, np.inf), (np.max, -np.inf))


def _only(order: np.ndarray, edge: np.ndarray) -> np.ndarray:
    """Find the one group at an end of the order; -1 where several share it."""
    there = order == edge[:, None]
    return np.where(there.sum(axis=1) == 1, there.argmax(axis=1), -1)


def _held_up(settings: Settings, question: Question) -> Pair:
    reference = held(settings, question.reference, question.sign)
    weights = settings.share if reference.average else _one_hot(settings, reference.place)
    others = settings.used & (reference.average | (_one_hot(settings, reference.place) == 0))
    worst = best(settings, others, -question.sign)
    few = too_few(settings)
    return Pair(
        one=reference.value,
        other=settings.at(settings.estimate, worst),
        weights=np.where(np.isnan(weights), 0.0, weights),
        counterweights=_one_hot(settings, worst),
        labels=(reference.label, settings.at(settings.labels, worst)),
        reason=np.where(few != "", few, reference.reason).astype(object),
    )

"""What everybody would gain if all groups fared like the reference: risk and fraction for a population."""

from typing import NamedTuple

import numpy as np

from pophealth.stats.findings import Finding, Question, found
from pophealth.stats.references import first
from pophealth.stats.settings import Settings, why_not
from pophealth.stats.yardsticks import Held, held

NO_COUNTS = "limits need the number of people in each group, and figures between 0 and scale"


class Gain(NamedTuple):
    """The gain and its relative standard error, and what it is measured from."""

    value: np.ndarray
    mean: np.ndarray
    error: np.ndarray
    reference: Held
    reason: np.ndarray


def par(settings: Settings, question: Question) -> Finding:
    """Work out how far the average would move if all groups had the figure of the reference.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 60.0], "people": [300, 100]})
    >>> par(read(table, Layout("place", "rate", [], population="people")), Question(1)).value.tolist()
    [15.0]
    """
    return _found(gain(settings, question), question, 1.0)


def paf(settings: Settings, question: Question) -> Finding:
    """Work out the same in percent of the average.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 60.0], "people": [300, 100]})
    >>> paf(read(table, Layout("place", "rate", [], population="people")), Question(1)).value.round(
    ...     2
    ... ).tolist()
    [33.33]
    """
    found = gain(settings, question)
    zero = (found.reason == "") & ~(found.mean > 0)
    reason = np.where(zero, "the average is zero or below", found.reason).astype(object)
    return _found(found._replace(reason=reason), question, 100 / found.mean)


def gain(settings: Settings, question: Question) -> Gain:
    """Find the reference and how far the average lies from it; no gain where the average is better.

    Parameters
    ----------
    settings : Settings
        From `stats.settings.read`.
    question : Question
        Without a reference: the last end of the order, or else the best group.

    Returns
    -------
    Gain
        With the standard error of the gain over the average (S. D. Walter, International Journal of
        Epidemiology 7, 1978, 175-182).

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 60.0], "people": [300, 100]})
    >>> found = gain(read(table, Layout("place", "rate", [], population="people")), Question(-1))
    >>> found.value.tolist(), found.error.round(4).tolist()
    ([-5.0], [0.0331])
    """
    reference = _reference(settings, question)
    mean = settings.level
    moved = reference.value - mean
    people = np.isnan(settings.average)
    reason = why_not(settings, people=False, every=question.ordered and question.reference is None)
    unknown = (reason == "") & np.isnan(mean)
    text = np.where(people, "the number of people in a group is not known", "the average is not known")
    reason = np.where(unknown, text, np.where(reason != "", reason, reference.reason))
    value = np.where(question.sign * moved > 0, moved, np.where(np.isnan(moved), np.nan, 0.0))
    return Gain(
        value, mean, _walter(settings, reference, mean, question.scale), reference, reason.astype(object)
    )


def _reference(settings: Settings, question: Question) -> Held:
    if question.reference is not None or not question.ordered:
        found = held(settings, question.reference, question.sign)
        itself = np.full(len(found.place), "the average held against itself shows no gain", dtype=object)
        return found._replace(reason=itself) if found.average else found
    order = np.where(settings.given & (settings.people != 0), settings.order, np.nan)
    last = first(~np.isnan(order), order)
    value = settings.at(settings.estimate, last)
    shared = (order == np.nan_to_num(order, nan=-np.inf).max(axis=1, initial=-np.inf, keepdims=True)).sum(
        axis=1
    ) > 1
    reason = np.select(
        [last < 0, shared, np.isnan(value)],
        [
            "the place of the groups in the order is not known",
            "several groups share the last place in the order",
            "the estimate of the last group in the order is missing",
        ],
        default="",
    )
    return Held(last, value, settings.at(settings.labels, last), reason.astype(object))


def _walter(settings: Settings, reference: Held, mean: np.ndarray, scale: float) -> np.ndarray:
    """Give the standard error of the gain over the average, from a table of two by two."""
    people = np.where(settings.used, settings.people, 0.0).sum(axis=1)
    there = settings.at(settings.people, reference.place)
    cases = reference.value / scale * there
    others = mean / scale * people - cases
    well, others_well = there - cases, people - there - others
    inner = others * well * (people - cases) + others_well * cases**2
    bottom = (others + cases) ** 3 * there**3
    error = np.sqrt(cases * people * inner / bottom)
    return np.where(error > 0, error, np.nan)


def _found(gained: Gain, question: Question, times: np.ndarray | float) -> Finding:
    return found(
        gained.value * times,
        np.abs(gained.mean * times) * gained.error,
        gained.reason,
        question=question,
        method="normal, Walter",
        unsure=NO_COUNTS,
        reference=gained.reference.label,
        facts={"mean": gained.mean, "goal": gained.reference.value},
    )

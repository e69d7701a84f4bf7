"""Yardsticks: the group, or the average, that many settings at once are held against; never hidden."""

from typing import NamedTuple

import numpy as np

from pophealth.stats import references
from pophealth.stats.references import ENOUGH, WORDS, first
from pophealth.stats.settings import Settings


class Held(NamedTuple):
    """What a setting is held against: a place among its groups, or -1 for the average or for none."""

    place: np.ndarray
    value: np.ndarray
    label: np.ndarray
    reason: np.ndarray
    average: bool = False


def held(settings: Settings, reference: object, sign: int) -> Held:
    """Find what each setting is held against.

    Parameters
    ----------
    settings : Settings
        From `stats.settings.read`.
    reference : str
        ``best`` (of the groups with 30 people or more, where people are known), ``largest``, ``overall``
        (the average), or a group's label. None: the best of all groups, few people or not.
    sign : int
        1 where higher is better, -1 where lower is.

    Returns
    -------
    Held
        Place, value and label of the reference, and why a setting has none, or "".

    Raises
    ------
    ValueError
        If no setting has a group with this label.

    Notes
    -----
    30 people: see `stats.references.place`.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 60.0], "people": [90, 12]})
    >>> settings = read(table, Layout("place", "rate", [], population="people"))
    >>> held(settings, "best", 1).label.tolist(), held(settings, None, 1).label.tolist()
    (['a'], ['b'])
    """
    if reference == "overall":
        label = np.full(len(settings.labels), "overall", dtype=object)
        reason = np.where(np.isnan(settings.level), "the average is not known", "").astype(object)
        return Held(np.full(len(label), -1), settings.level, label, reason, average=True)
    if reference is None or reference == "best":
        enough = settings.used & ~(settings.people < (ENOUGH if reference else 0))
        return _held(settings, best(settings, enough, sign), f"no group has {ENOUGH} people or more")
    if reference == "largest":
        known = settings.used & ~np.isnan(settings.people)
        every = ~(settings.used & np.isnan(settings.people)).any(axis=1, keepdims=True)
        return _held(settings, first(known & every, settings.people), "the largest group is not known")
    return _named(settings, str(reference))


def best(settings: Settings, among: np.ndarray, sign: int) -> np.ndarray:
    """Find the best group of each setting; of those alike the one with most people; -1 where there is none.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> settings = read(pd.DataFrame({"place": ["a", "b"], "rate": [4.0, 6.0]}), Layout("place", "rate", []))
    >>> best(settings, settings.used, -1).tolist()
    [0]
    """
    return references.best(among, sign * settings.known(settings.estimate), np.nan_to_num(settings.people))


def _held(settings: Settings, place: np.ndarray, otherwise: str) -> Held:
    reason = np.where(place < 0, otherwise, "").astype(object)
    return Held(place, settings.at(settings.estimate, place), settings.at(settings.labels, place), reason)


def _named(settings: Settings, label: str) -> Held:
    named = settings.given & (settings.labels == label)
    if len(named) and not named.any():
        there = ", ".join(sorted(set(settings.labels[settings.given]))[:5])
        raise ValueError(
            f"no group is called {label!r}; choose one of {', '.join(WORDS)} or a label: {there}"
        )
    found = _held(settings, first(named & settings.used, named * 1.0), f"{label} has no estimate here")
    return found._replace(label=np.full(len(named), label, dtype=object))

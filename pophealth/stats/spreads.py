"""Spreads: how far all groups of a setting lie from their average, the best of them or a reference."""

from typing import NamedTuple

import numpy as np

from pophealth.stats.findings import Question
from pophealth.stats.settings import Settings
from pophealth.stats.yardsticks import held

FLOOR = 1e-6


class Groups(NamedTuple):
    """Groups of all settings; figures are counted from `base`, which keeps small gaps exact."""

    base: np.ndarray
    share: np.ndarray
    even: np.ndarray
    used: np.ndarray
    sign: int
    average: np.ndarray
    reference: np.ndarray
    overall: bool


def groups_of(settings: Settings, question: Question) -> Groups:
    """Lay the groups of all settings out for arithmetic on many drawn figures at once.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> settings = read(pd.DataFrame({"place": ["a", "b"], "rate": [4.0, 6.0]}), Layout("place", "rate", []))
    >>> groups_of(settings, Question(1)).base.tolist()
    [[5.0]]
    """
    count = settings.used.sum(axis=1, keepdims=True)
    even = settings.used / np.where(count > 0, count, np.nan)
    base = (even * settings.known(settings.estimate)).sum(axis=1, keepdims=True)
    reference = held(settings, question.reference, question.sign) if question.reference is not None else None
    nowhere = np.full(len(base), -1)
    return Groups(
        base=base,
        share=settings.share,
        even=even,
        used=settings.used,
        sign=question.sign,
        average=settings.average[:, None],
        reference=nowhere if reference is None else reference.place,
        overall=reference is not None and reference.average,
    )


def some(groups: Groups, rows: slice) -> Groups:
    """Take some of the settings.

    >>> one = np.ones((2, 1))
    >>> groups = Groups(one, one, one, one > 0, 1, one, np.zeros(2, dtype=int), False)
    >>> some(groups, slice(1)).base.tolist()
    [[1.0]]
    """
    arrays = ("base", "share", "even", "used", "average", "reference")
    return groups._replace(**{name: getattr(groups, name)[rows] for name in arrays})


def spreads(groups: Groups, figures: np.ndarray, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Work out measures of spread.

    Parameters
    ----------
    groups : Groups
        From `groups_of`.
    figures : ndarray
        Setting x group x draw: each group's figure less `base`, and 0 where there is no group.
    names : tuple of str
        Which measures.

    Returns
    -------
    dict of ndarray
        Setting x draw for each measure.

    Examples
    --------
    >>> one = np.array([[0.25, 0.75]])
    >>> groups = Groups(one[:, :1], one, one, one > 0, 1, one[:, :1] * np.nan, np.array([-1]), False)
    >>> spreads(groups, np.array([[[0.0], [2.0]]]), ("mdmw", "bgv"))["bgv"].tolist()
    [[0.75]]
    """
    share, even = groups.share.astype(figures.dtype), groups.even.astype(figures.dtype)
    base, mean = groups.base.astype(figures.dtype), _sum(figures, share)
    level = np.where(base + mean > 0, base + mean, np.nan)
    drawn = _Drawn(groups, figures, base, share, even, mean, level)
    return {
        name: found for family in _FAMILIES for name, found in family(drawn, names).items() if name in names
    }


class _Drawn(NamedTuple):
    groups: Groups
    figures: np.ndarray
    base: np.ndarray
    share: np.ndarray
    even: np.ndarray
    mean: np.ndarray
    level: np.ndarray


def _sum(figures: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.einsum("sgk,sg->sk", figures, weights)


def _around_mean(drawn: _Drawn, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    if not {"mdmw", "idisw", "bgv", "bgsd", "cov"} & set(names):
        return {}
    away = np.abs(drawn.figures - drawn.mean[:, None])
    found = {"mdmw": _sum(away, drawn.share)}
    found["idisw"] = 100 * found["mdmw"] / drawn.level
    if {"bgv", "bgsd", "cov"} & set(names):
        found["bgv"] = _sum(np.square(away), drawn.share)
        found["bgsd"] = np.sqrt(found["bgv"])
        found["cov"] = 100 * found["bgsd"] / drawn.level
    return found


def _around_average(drawn: _Drawn, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Take the given average where there is one; groups count alike."""
    if not {"mdmu", "idisu"} & set(names):
        return {}
    given = drawn.groups.average.astype(drawn.base.dtype)
    centre = np.where(np.isnan(given), drawn.mean, given - drawn.base)
    apart = _sum(np.abs(drawn.figures - centre[:, None]), drawn.even)
    return {"mdmu": apart, "idisu": 100 * apart / np.where(given > 0, given, drawn.level)}


def _below_best(drawn: _Drawn, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    if not {"mdbu", "mdbw", "range"} & set(names):
        return {}
    standing = drawn.groups.sign * drawn.figures
    used = drawn.groups.used[:, :, None]
    best = standing.max(axis=1, where=used, initial=-np.inf)
    found = {"mdbu": best - drawn.groups.sign * _sum(drawn.figures, drawn.even)}
    found["mdbw"] = best - drawn.groups.sign * drawn.mean
    if "range" in names:
        found["range"] = best - standing.min(axis=1, where=used, initial=np.inf)
    return found


def _from_reference(drawn: _Drawn, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    if not {"mdru", "mdrw", "behind", "gain"} & set(names):
        return {}
    place = np.maximum(drawn.groups.reference, 0)[:, None, None]
    there = drawn.mean if drawn.groups.overall else np.take_along_axis(drawn.figures, place, axis=1)[:, 0]
    away = np.abs(drawn.figures - there[:, None])
    found = {"mdru": _sum(away, drawn.even), "mdrw": _sum(away, drawn.share)}
    if "behind" in names:
        others = drawn.groups.used & (np.arange(drawn.figures.shape[1]) != drawn.groups.reference[:, None])
        standing = drawn.groups.sign * drawn.figures
        worst = standing.min(axis=1, where=others[:, :, None], initial=np.inf)
        found["behind"] = np.abs(drawn.groups.sign * there - worst)
    if "gain" in names:
        found["gain"] = np.maximum(drawn.groups.sign * (there - drawn.mean), 0)
    return found


def _logarithms(drawn: _Drawn, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Take a figure of zero as a millionth, for zero has no logarithm."""
    if not {"mld", "ti"} & set(names):
        return {}
    figures = drawn.figures + drawn.base[:, None]
    figures = np.where(figures == 0, FLOOR, np.where(figures > 0, figures, np.nan))
    figures = np.where(drawn.groups.used[:, :, None], figures, 1.0)
    part = figures / _sum(figures, drawn.share)[:, None]
    logarithm = np.log(part)
    return {
        "mld": -1000 * _sum(logarithm, drawn.share),
        "ti": 1000 * _sum(part * logarithm, drawn.share),
    }


_FAMILIES = (_around_mean, _around_average, _below_best, _from_reference, _logarithms)

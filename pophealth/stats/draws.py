"""Draws: how far luck moves a measure, by 10,000 seeded draws that are the same for every setting."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from pophealth.stats.settings import Settings
from pophealth.stats.spreads import Groups, some, spreads

SEED = 20_200_801
DRAWS = 10_000
NULL_DRAWS = 2_000
_PER_BIN = 4
_AT_ONCE = 400_000

Draw = Callable[[slice, slice], np.ndarray]


class Drawn(NamedTuple):
    """How a measure falls over all draws: two points of its spread, and its standard deviation."""

    lower: np.ndarray
    upper: np.ndarray
    sd: np.ndarray


def around_estimates(
    settings: Settings, groups: Groups, names: tuple[str, ...], *, scale: float, confidence: float
) -> dict[str, Drawn]:
    """Draw every group's figure around its estimate, and give limits for measures that have no formula.

    A figure is drawn from the normal curve of its estimate and standard error, within 0 and `scale` where
    all estimates are.

    Parameters
    ----------
    settings, groups
        From `stats.settings.read` and `stats.spreads.groups_of`.
    names : tuple of str
        Measures of `stats.spreads.spreads`.
    scale : float
        The highest figure there can be.
    confidence : float
        Share of draws between the limits.

    Returns
    -------
    dict of Drawn
        A place for each setting; missing where a standard error is.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.findings import Question
    >>> from pophealth.stats.settings import Layout, read
    >>> from pophealth.stats.spreads import groups_of
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 60.0], "se": [1.0, 1.0]})
    >>> settings = read(table, Layout("place", "rate", [], se="se"))
    >>> found = around_estimates(
    ...     settings, groups_of(settings, Question(1)), ("mdbu",), scale=100, confidence=0.95
    ... )
    >>> found["mdbu"].lower.round(1).tolist(), found["mdbu"].upper.round(1).tolist()
    ([8.6], [11.4])
    """
    middle = settings.known(settings.estimate - groups.base)
    sd = settings.known(settings.se)
    ends = _ends(settings, scale) - groups.base
    shape = (sd.shape[1], DRAWS)
    normal = np.random.default_rng(SEED).standard_normal(shape, dtype="float32")
    spare = np.random.default_rng([SEED, 1]).random(shape, dtype="float32")

    def draw(rows: slice, some_draws: slice) -> np.ndarray:
        wide = sd[rows, :, None].astype("float32")
        figures = middle[rows, :, None].astype("float32") + wide * normal[:, some_draws]
        return _within(figures, middle[rows], sd[rows], ends[rows], spare[:, some_draws])

    levels = ((1 - confidence) / 2, (1 + confidence) / 2)
    return _over_all(groups, draw, names, levels, DRAWS)


def if_all_alike(
    settings: Settings, groups: Groups, names: tuple[str, ...], *, scale: float
) -> dict[str, Drawn]:
    """Draw groups of this size that all share one rate: how far luck alone moves a measure.

    Counts are drawn as binomial, by the normal curve with its skewness put right. Where a standard error
    says that an estimate rests on fewer people than are in the group, as in a survey, so many are drawn.

    Parameters
    ----------
    settings, groups, names, scale
        As in `around_estimates`.

    Returns
    -------
    dict of Drawn
        ``lower`` is the middle of all draws, ``upper`` is passed by one draw of 20. Missing where people
        are not known, or the average is no share of `scale`.

    Notes
    -----
    E. A. Cornish and R. A. Fisher, Revue de l'Institut International de Statistique 5, 1938, 307-320.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.findings import Question
    >>> from pophealth.stats.settings import Layout, read
    >>> from pophealth.stats.spreads import groups_of
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 60.0], "people": [50, 50]})
    >>> settings = read(table, Layout("place", "rate", [], population="people"))
    >>> found = if_all_alike(settings, groups_of(settings, Question(1)), ("mdbw",), scale=100)["mdbw"]
    >>> found.lower.round().tolist(), found.upper.round().tolist()
    ([3.0], [10.0])
    """
    rate = settings.mean / scale
    people = _resting_on(settings, scale)
    known = (rate >= 0) & (rate <= 1) & ~(settings.used & ~(settings.people >= 1)).any(axis=1)
    rate = np.where(known, rate, np.nan)
    shape = (people.shape[1], NULL_DRAWS)
    normal = np.random.default_rng(SEED).standard_normal(shape, dtype="float32")

    def draw(rows: slice, some_draws: slice) -> np.ndarray:
        luck = normal[:, some_draws]
        chance, size = rate[rows, None, None].astype("float32"), people[rows, :, None].astype("float32")
        wide = np.sqrt(size * chance * (1 - chance))
        cases = np.rint(size * chance + wide * luck + (1 - 2 * chance) * (luck**2 - 1) / 6)
        figures = (np.minimum(np.maximum(cases, 0), size) / size - chance) * np.float32(scale)
        return np.where(settings.used[rows, :, None], figures, np.float32(0))

    at_rate = groups._replace(base=rate[:, None] * scale, average=np.full_like(groups.average, np.nan))
    return _over_all(at_rate, draw, names, (0.5, 0.95), NULL_DRAWS)


def _resting_on(settings: Settings, scale: float) -> np.ndarray:
    """Give the people an estimate rests on; never more than are in the group."""
    estimate, people = settings.estimate, np.where(settings.used, settings.people, 1.0)
    effective = estimate * (scale - estimate) / settings.se**2
    smaller = (effective > 0) & (effective < people)
    return np.maximum(np.where(smaller, effective, people), 1.0)


def _ends(settings: Settings, scale: float) -> np.ndarray:
    """Give the lowest and highest figure there can be; none where an estimate lies outside 0 to scale."""
    estimate = settings.known(settings.estimate)
    outside = np.any((estimate < 0) | (estimate > scale), axis=1, keepdims=True)
    return np.where(outside, np.array([[-np.inf, np.inf]]), np.array([[0.0, scale]]))


def _within(
    figures: np.ndarray, middle: np.ndarray, sd: np.ndarray, ends: np.ndarray, spare: np.ndarray
) -> np.ndarray:
    """Draw again, from within the ends, what fell outside them."""
    out = (figures < ends[:, :1, None]) | (figures > ends[:, 1:, None])
    if not out.any():
        return figures
    row, group, draw = np.nonzero(out & (sd[:, :, None] > 0))
    mean, wide = middle[row, group], sd[row, group]
    low, high = (ndtr((ends[row, side] - mean) / wide) for side in (0, 1))
    figures[row, group, draw] = mean + wide * ndtri(low + spare[group, draw] * (high - low))
    return figures


def _over_all(
    groups: Groups, draw: Draw, names: tuple[str, ...], levels: tuple[float, float], draws: int
) -> dict[str, Drawn]:
    """Work through some settings, or some draws of one, at a time, so that memory stays small."""
    settings, places = groups.used.shape
    step = max(1, _AT_ONCE // (draws * max(places, 1)))
    wide = max(1, min(draws, _AT_ONCE // max(places, 1)))
    parts = [slice(start, start + wide) for start in range(0, draws, wide)]
    found = {name: np.full((3, settings), np.nan) for name in names}
    for start in range(0, settings, step):
        rows = slice(start, start + step)
        drawn = [spreads(some(groups, rows), draw(rows, part), names) for part in parts]
        for name in names:
            figures = np.concatenate([each[name] for each in drawn], axis=1)
            found[name][:, rows] = _summed_up(figures, levels)
    return {name: Drawn(*numbers) for name, numbers in found.items()}


def _summed_up(figures: np.ndarray, levels: tuple[float, float]) -> np.ndarray:
    """Give two quantiles of each row and its standard deviation, read from bins: one for every four draws.

    Sorting would take longer than all the rest; a bin is far narrower than luck moves a quantile.
    """
    many = figures.shape[1] // _PER_BIN
    low, high = figures.min(axis=1), figures.max(axis=1)
    known = np.isfinite(low) & np.isfinite(high)
    width = np.where(high > low, high - low, 1).astype(figures.dtype) / (many - 1)
    figures = figures if known.all() else np.where(known[:, None], figures, low.dtype.type(0))
    bins = (figures - np.where(known, low, 0)[:, None]) / np.where(known, width, 1)[:, None]
    bins += (np.arange(len(figures)) * many).astype(figures.dtype)[:, None]
    counts = np.bincount(bins.astype(np.intp).ravel(), minlength=many * len(figures)).reshape(-1, many)
    below = counts.cumsum(axis=1)
    step = np.where(high > low, width, 0)
    places = [low + step * _place(below, level * figures.shape[1]) for level in levels]
    middles = np.arange(many)
    mean = counts @ middles / figures.shape[1]
    spread = np.sqrt(np.maximum(counts @ middles**2 / figures.shape[1] - mean**2, 0))
    return np.where(known, np.array([*places, step * spread]), np.nan)


def _place(below: np.ndarray, wanted: float) -> np.ndarray:
    """Tell in which bin, and how far into it, so many draws lie below."""
    bins = np.minimum((below < wanted).sum(axis=1), below.shape[1] - 1)
    at = np.arange(len(below))
    before = np.where(bins > 0, below[at, bins - 1], 0)
    return bins + (wanted - before) / (below[at, bins] - before)

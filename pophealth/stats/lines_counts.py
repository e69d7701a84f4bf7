"""Lines of charts of counts: p, u, c, the prime charts p' and u', and i' with its weights."""

import numpy as np
import pandas as pd

from pophealth.stats.centres import Given, Lines, average_centre, per_point, pooled_centre
from pophealth.stats.moving_ranges import WIDTH_OF_TWO, mean_moving_range, mean_step, steps
from pophealth.stats.runs import same

PRIME_RANGE_LIMIT = 3.2665  # upper limit of a step on an i' chart, in mean steps
STEP_TO_DEVIATION = np.sqrt(np.pi / 2)


def shares(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the pooled share, and limits of the binomial distribution within 0 and 1."""
    centre = pooled_centre(points, given)
    return _within(centre, _binomial(points, centre), most=1)


def prime_shares(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the pooled share, and binomial limits widened or narrowed to how the points move."""
    centre = pooled_centre(points, given)
    deviation = _binomial(points, centre)
    return _within(centre, deviation * _spread_of_z(points, centre, deviation, given), most=1)


def rates(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the pooled rate, and limits of the Poisson distribution from 0."""
    centre = pooled_centre(points, given)
    return _within(centre, _poisson(points, centre))


def prime_rates(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the pooled rate, and Poisson limits widened or narrowed to how the points move."""
    centre = pooled_centre(points, given)
    deviation = _poisson(points, centre)
    return _within(centre, deviation * _spread_of_z(points, centre, deviation, given))


def counts(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the mean count, and limits of the Poisson distribution from 0."""
    centre = average_centre(points, given)
    return _within(centre, np.sqrt(centre))


def prime_individuals(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the pooled value, and limits from steps weighed by the denominators on both sides."""
    centre = pooled_centre(points, given)
    counted = points[points["counted"]]
    people = _people(counted)
    weighed = np.sqrt(1 / people + 1 / people.shift())
    deviations = STEP_TO_DEVIATION * steps(counted["value"], counted["span"]) / weighed
    typical = mean_step(deviations, counted["span"], screen=given.screen, limit=PRIME_RANGE_LIMIT)
    reach = 3 * per_point(points, typical) / np.sqrt(_people(points).to_numpy())
    return Lines(centre, centre - reach, centre + reach)


def _people(points: pd.DataFrame) -> pd.Series:
    return points["denominator"].where(points["value"].notna())


def _binomial(points: pd.DataFrame, centre: np.ndarray) -> np.ndarray:
    return np.sqrt(centre * (1 - centre) / _people(points).to_numpy())


def _poisson(points: pd.DataFrame, centre: np.ndarray) -> np.ndarray:
    return np.sqrt(centre / _people(points).to_numpy())


def _spread_of_z(points: pd.DataFrame, centre: np.ndarray, deviation: np.ndarray, given: Given) -> np.ndarray:
    """Hold how far the points move against how far luck alone would move them: 1 is as far."""
    value = points["value"].to_numpy()
    away = np.where(same(value, centre), 0, value - centre)
    z = away / np.where(deviation > 0, deviation, np.nan)
    return per_point(points, mean_moving_range(points, z, screen=given.screen)) / WIDTH_OF_TWO


def _within(centre: np.ndarray, deviation: np.ndarray, most: float = np.inf) -> Lines:
    reach = 3 * deviation
    return Lines(centre, np.clip(centre - reach, 0, most), np.clip(centre + reach, 0, most))

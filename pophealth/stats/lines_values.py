"""Lines of charts of single values: run, i and mr."""

import numpy as np
import pandas as pd

from pophealth.stats.centres import Given, Lines, average_centre, per_point
from pophealth.stats.moving_ranges import RANGE_LIMIT, WIDTH_OF_TWO, mean_moving_range


def run(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the median, and no limits."""
    nothing = np.full(len(points), np.nan)
    return Lines(average_centre(points, given, "median"), nothing, nothing)


def individuals(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the mean, and limits from the mean moving range."""
    centre = average_centre(points, given)
    typical = mean_moving_range(points, points["value"].to_numpy(), screen=given.screen)
    reach = 3 * per_point(points, typical) / WIDTH_OF_TWO
    return Lines(centre, centre - reach, centre + reach)


def ranges(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the mean of the moving ranges, with 0 below and 3.267 means above."""
    centre = average_centre(points, given)
    return Lines(centre, np.where(np.isnan(centre), np.nan, 0), RANGE_LIMIT * centre)

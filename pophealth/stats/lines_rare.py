"""Lines of charts of rare events: g for what happens between them, t for the time between them."""

import numpy as np
import pandas as pd

from pophealth.stats.centres import Given, Lines, average_centre
from pophealth.stats.lines_values import individuals

NEAR_NORMAL = 3.6  # times between events, raised to 1/3.6, are close to normal
MEDIAN_OF_MEAN = 0.693  # median of waiting times, in means (the natural logarithm of 2)


def between(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the median, and limits of the geometric distribution about the mean, from 0."""
    mean = average_centre(points, given)
    middle = average_centre(points, given, "median") * (1 if given.centre is None else MEDIAN_OF_MEAN)
    reach = 3 * np.sqrt(mean) * np.sqrt(mean + 1)
    return Lines(middle, np.clip(mean - reach, 0, None), mean + reach)


def times(points: pd.DataFrame, given: Given) -> Lines:
    """Draw the lines of an i chart of the values raised to 1/3.6, and raise them back."""
    lines = individuals(points.assign(value=points["value"] ** (1 / NEAR_NORMAL)), given)
    return Lines(*(np.clip(line, 0, None) ** NEAR_NORMAL for line in lines))

"""Proportions, rates, means, standardisation, comparisons, funnels and life expectancy.

Each result says how it was made: value, lower, upper, confidence, method, and a reason where one is missing.
"""

from pophealth.stats.event_rates import rate
from pophealth.stats.intervals import wilson
from pophealth.stats.means import mean
from pophealth.stats.proportions import proportion

__all__ = ["mean", "proportion", "rate", "wilson"]

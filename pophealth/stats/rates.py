"""Proportions, rates, means, standardisation, comparisons, funnels and life expectancy.

Each result says how it was made: value, lower, upper, confidence, method, and a reason where one is missing.
"""

from pophealth.stats.comparisons import compare, excess
from pophealth.stats.direct_rates import directly_standardised
from pophealth.stats.event_rates import rate
from pophealth.stats.funnels import funnel_curve, funnel_limits
from pophealth.stats.indirect_rates import indirectly_standardised
from pophealth.stats.intervals import wilson
from pophealth.stats.life_tables import life_expectancy
from pophealth.stats.means import mean
from pophealth.stats.proportions import proportion
from pophealth.stats.quantiles import quantile

__all__ = [
    "compare",
    "directly_standardised",
    "excess",
    "funnel_curve",
    "funnel_limits",
    "indirectly_standardised",
    "life_expectancy",
    "mean",
    "proportion",
    "quantile",
    "rate",
    "wilson",
]

"""Charts of groups and the tables beside them: one table in, one chart out; the one door to all of them."""

from pophealth.views.dot_plot import dot_plot
from pophealth.views.equity_tables import (
    dot_numbers,
    excess_numbers,
    funnel_numbers,
    ladder_numbers,
    segment_numbers,
    standardised_numbers,
)
from pophealth.views.excess_bars import excess_bars
from pophealth.views.funnel_plot import funnel_plot
from pophealth.views.ladder_bars import ladder_bars
from pophealth.views.segment_picture import segment_picture
from pophealth.views.standardised_plot import standardised_plot

__all__ = [
    "dot_numbers",
    "dot_plot",
    "excess_bars",
    "excess_numbers",
    "funnel_numbers",
    "funnel_plot",
    "ladder_bars",
    "ladder_numbers",
    "segment_numbers",
    "segment_picture",
    "standardised_numbers",
    "standardised_plot",
]

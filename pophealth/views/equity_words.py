"""What charts of groups say in plain words: the one door to their readings."""

from pophealth.views.dot_words import dots_reading
from pophealth.views.excess_words import excess_reading
from pophealth.views.funnel_words import funnel_reading
from pophealth.views.ladder_bar_words import ladder_bars_reading
from pophealth.views.readings import Reading
from pophealth.views.segment_picture_words import segment_picture_reading
from pophealth.views.standardised_words import standardised_reading

__all__ = [
    "Reading",
    "dots_reading",
    "excess_reading",
    "funnel_reading",
    "ladder_bars_reading",
    "segment_picture_reading",
    "standardised_reading",
]

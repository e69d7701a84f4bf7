"""What charts of groups say in plain words: the one door to their readings."""

from pophealth.views.dot_words import dots_reading
from pophealth.views.excess_words import excess_reading
from pophealth.views.funnel_words import funnel_reading
from pophealth.views.ladder_words import ladder_reading
from pophealth.views.readings import Reading
from pophealth.views.segment_words import segments_reading
from pophealth.views.standardised_words import standardised_reading

__all__ = [
    "Reading",
    "dots_reading",
    "excess_reading",
    "funnel_reading",
    "ladder_reading",
    "segments_reading",
    "standardised_reading",
]

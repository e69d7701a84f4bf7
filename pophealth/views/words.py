"""What charts say in plain words: the one door to all readings."""

from pophealth.views.completeness import completeness_pointer, completeness_sentence, completeness_untold
from pophealth.views.gaps import gap_reading
from pophealth.views.luck_on_a_page import many_charts
from pophealth.views.new_limits import rebase_reading
from pophealth.views.phases import two_phase_reading
from pophealth.views.phrases import short
from pophealth.views.readings import Reading, reading
from pophealth.views.review_words import (
    pillars_reading,
    saturation_reading,
    triangulation_reading,
    voices_reading,
)
from pophealth.views.tables import numbers
from pophealth.views.tied_lines import line_reading

__all__ = [
    "Reading",
    "completeness_pointer",
    "completeness_sentence",
    "completeness_untold",
    "gap_reading",
    "line_reading",
    "many_charts",
    "numbers",
    "pillars_reading",
    "reading",
    "rebase_reading",
    "saturation_reading",
    "short",
    "triangulation_reading",
    "two_phase_reading",
    "voices_reading",
]

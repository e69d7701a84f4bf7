"""What charts say in plain words: the one door to all readings."""

from pophealth.views.completeness import completeness_sentence
from pophealth.views.gaps import gap_reading
from pophealth.views.luck_on_a_page import many_charts
from pophealth.views.new_limits import rebase_reading
from pophealth.views.phases import two_phase_reading
from pophealth.views.phrases import short
from pophealth.views.readings import Reading, reading
from pophealth.views.tables import numbers
from pophealth.views.tied_lines import line_reading

__all__ = [
    "Reading",
    "completeness_sentence",
    "gap_reading",
    "line_reading",
    "many_charts",
    "numbers",
    "reading",
    "rebase_reading",
    "short",
    "two_phase_reading",
]

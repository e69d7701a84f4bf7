"""Who is not thriving: the ladder, the table of segments, and what numbers, staff and people say together."""

from pophealth.stats.ladder import ladder, net
from pophealth.stats.pillars import PILLARS, pillars
from pophealth.stats.rungs import STANDINGS
from pophealth.stats.saturation import saturation, voices
from pophealth.stats.segment_table import compare
from pophealth.stats.triangulation import triangulate

__all__ = [
    "PILLARS",
    "STANDINGS",
    "compare",
    "ladder",
    "net",
    "pillars",
    "saturation",
    "triangulate",
    "voices",
]

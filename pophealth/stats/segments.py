"""Who is not thriving: the ladder, the table of segments, and what numbers, staff and people say together."""

from pophealth.stats.ladder import ladder, net

__all__ = ["ladder", "net"]

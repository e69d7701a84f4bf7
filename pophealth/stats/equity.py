"""Inequality between groups of people: the gap to a reference over time, and the measures that sum it up."""

from pophealth.stats.gaps import charted_gap, gap
from pophealth.stats.inequality import measures

__all__ = ["charted_gap", "gap", "measures"]

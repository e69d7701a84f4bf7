"""Small numbers: which may be shown, what has to go with them, and a proof that nobody can work them out."""

from pophealth.stats.audit import audit
from pophealth.stats.identifiers import find_identifiers
from pophealth.stats.periods import LENGTHS, join_periods, protected
from pophealth.stats.policies import POLICIES
from pophealth.stats.releases import audit_releases
from pophealth.stats.suppression import for_others, suppress

__all__ = [
    "LENGTHS",
    "POLICIES",
    "audit",
    "audit_releases",
    "find_identifiers",
    "for_others",
    "join_periods",
    "protected",
    "suppress",
]

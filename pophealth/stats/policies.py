"""Which counts are too small to show: policies by name, and one's own threshold."""

from numbers import Real
from typing import NamedTuple

import numpy as np


class Policy(NamedTuple):
    """What may be shown: 0, and counts from ``smallest`` up, to the nearest multiple of ``step``."""

    smallest: int
    step: int = 1


POLICIES = {"cms11": Policy(11), "ons3": Policy(3), "opensafely": Policy(8, 5), "none": Policy(0)}


def policy_of(policy: str | float) -> Policy:
    """Give what a policy allows.

    Parameters
    ----------
    policy : str or number
        ``cms11``, ``ons3``, ``opensafely``, ``none``, or a team's own smallest count that may be shown.

    Returns
    -------
    Policy
        The smallest count above 0 that may be shown, and what counts are rounded to.

    Raises
    ------
    ValueError
        If there is no such policy, or the number is no whole number of 2 or more.

    Notes
    -----
    ``cms11``: cell size suppression policy of the Centers for Medicare & Medicaid Services (ResDAC, 2024).
    ``ons3``: Office for National Statistics, deaths of fewer than 3 are not shown (policy on protecting
    confidentiality in tables of birth and death statistics; reply to request FOI/2021/3301).
    ``opensafely``: OpenSAFELY documentation, statistical disclosure control (counts of 7 or fewer are
    redacted, then all are rounded to the nearest 5). Here 0 stays 0 under every policy.

    Examples
    --------
    >>> policy_of("opensafely"), policy_of(6)
    (Policy(smallest=8, step=5), Policy(smallest=6, step=1))
    """
    if isinstance(policy, str):
        if policy not in POLICIES:
            raise ValueError(f"there is no policy {policy!r}; choose one of {', '.join(POLICIES)}")
        return POLICIES[policy]
    if not isinstance(policy, Real) or isinstance(policy, bool) or not policy >= 2 or policy % 1:
        raise ValueError(
            f"policy is {policy!r}; name one of {', '.join(POLICIES)}, or give the smallest count above 0 "
            "that may be shown: a whole number, 2 or more"
        )
    return Policy(int(policy))


def small(counts: np.ndarray, policy: Policy) -> np.ndarray:
    """Tell which counts are too small to show; 0 and a missing count are not.

    >>> small(np.array([0, 1, 10, 11, np.nan]), policy_of("cms11")).tolist()
    [False, True, True, False, False]
    """
    return (counts > 0) & (counts < policy.smallest)


def rounded(counts: np.ndarray, policy: Policy) -> np.ndarray:
    """Round counts as the policy wants it.

    >>> rounded(np.array([0, 8, 12, 13]), policy_of("opensafely")).tolist()
    [0.0, 10.0, 10.0, 15.0]
    """
    return np.floor(counts / policy.step + 0.5) * policy.step

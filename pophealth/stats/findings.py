"""Findings: what one measure of inequality says of every setting, before it is put into words."""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri


class Question(NamedTuple):
    """What is asked of the settings."""

    sign: int
    reference: object = None
    ordered: bool = False
    model: str = "logistic"
    rci: str = "standard"
    bounds: tuple[float, float] | None = None
    scale: float = 100
    confidence: float = 0.95

    @property
    def z(self) -> float:
        """How many standard errors the limits reach to either side."""
        return float(ndtri(0.5 + self.confidence / 2))


class Finding(NamedTuple):
    """One measure, a place for each setting; `facts` are what its sentence needs beside the numbers."""

    value: np.ndarray
    se: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    reason: np.ndarray
    method: str
    reference: np.ndarray | None = None
    facts: dict[str, np.ndarray] | None = None


def found(
    value: np.ndarray,
    se: np.ndarray,
    reason: np.ndarray,
    *,
    question: Question,
    method: str,
    logarithm: bool = False,
    unsure: str | np.ndarray = "a standard error is missing",
    reference: np.ndarray | None = None,
    facts: dict[str, np.ndarray] | None = None,
) -> Finding:
    """Put limits around a value, and say what is missing and why.

    Parameters
    ----------
    value, se : ndarray
        The measure in each setting and its standard error; of its logarithm where `logarithm`.
    reason : ndarray of str
        Why there is no value, or "".
    question : Question
        Holds the confidence of the limits.
    method : str
        How the limits were made.
    logarithm : bool
        Whether limits are even on the logarithm.
    unsure : str or ndarray of str
        Why there are no limits where the standard error is missing.
    reference, facts
        Passed on.

    Returns
    -------
    Finding
        Nothing stands where there is a reason.

    Examples
    --------
    >>> one = found(np.array([4.0]), np.array([1.0]), np.array([""]), question=Question(1), method="normal")
    >>> one.lower.round(2).tolist(), one.upper.round(2).tolist()
    ([2.04], [5.96])
    """
    bad = (reason != "") | ~np.isfinite(value)
    value, se = np.where(bad, np.nan, value + 0.0), np.where(bad | ~np.isfinite(se), np.nan, se)
    reach = question.z * se
    lower, upper = (
        (value * np.exp(-reach), value * np.exp(reach)) if logarithm else (value - reach, value + reach)
    )
    lost = np.where(bad, "it cannot be worked out from these numbers", np.where(np.isnan(se), unsure, ""))
    return Finding(
        value=value,
        se=se,
        lower=lower,
        upper=upper,
        reason=np.where(reason != "", reason, lost).astype(object),
        method=method,
        reference=reference,
        facts=facts,
    )

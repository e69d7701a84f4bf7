"""Small chance amounts that hide what one person said, always the same for the same secret."""

import hashlib
from collections.abc import Iterable

import numpy as np


def laplace(names: Iterable[str]) -> np.ndarray:
    """Draw a number from the Laplace distribution of scale 1 for each name.

    Parameters
    ----------
    names : iterable of str
        One secret text for each number; the same text always gives the same number.

    Returns
    -------
    numpy.ndarray
        As many numbers, around 0 and without an end on either side.

    Notes
    -----
    Every possible answer can lead to every possible figure, as in differential privacy (Dwork, McSherry,
    Nissim and Smith, Theory of Cryptography, 2006, 265-284).

    Examples
    --------
    >>> laplace(["one", "two", "one"]).round(2)
    array([-0.08, -0.7 , -0.08])
    """
    signs = [hashlib.sha256(name.encode()).digest() for name in names]
    share = (np.array([int.from_bytes(sign[:6], "big") for sign in signs], dtype="float64") + 0.5) / 2**48
    return np.where(share < 0.5, np.log(2 * share), -np.log(2 * (1 - share)))

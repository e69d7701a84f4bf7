"""The heading of a notebook, where the page around it says the step already."""

import re

_STEP = re.compile(r"\A# Step \d+: ")


def unnumbered(source: str) -> str:
    """Leave the number of the step out of a notebook's title.

    Parameters
    ----------
    source : str
        The words of a cell.

    Returns
    -------
    str
        The same, without "Step 9: " at the start of a title.

    Examples
    --------
    >>> unnumbered("# Step 9: Measure over time")
    '# Measure over time'
    """
    return _STEP.sub("# ", source)

"""Tables for people who do not type the names of their columns."""

from typing import Any

import pandas as pd

HEADINGS = {
    "stratum": "group",
    "numerator": "counted",
    "denominator": "out of",
    "lower": "at least",
    "upper": "at most",
    "centre": "middle",
}
_YES = {True: "yes", False: "no"}


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table headings in plain words, and yes and no instead of true and false.

    Parameters
    ----------
    table : DataFrame
        Any table that a page shows.

    Returns
    -------
    DataFrame
        The same rows; names of columns that statistics use become words, the others begin with a capital.

    Examples
    --------
    >>> plain(pd.DataFrame({"stratum": ["Spanish"], "late": [True]})).to_dict("records")
    [{'Group': 'Spanish', 'Late': 'yes'}]
    """
    said = {name: table[name].map(_YES) for name in table if table[name].dtype == bool}
    return table.assign(**said).rename(columns=_heading)


def _heading(name: Any) -> str:
    words = HEADINGS.get(str(name), str(name).replace("_", " "))
    return words[:1].upper() + words[1:]

"""Groups too small to be shown: their numbers leave the table before anything is drawn or said."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

TOO_FEW = "too few to show"


def hidden(table: pd.DataFrame) -> pd.Series:
    """Tell which rows must not be shown: those that `stats.privacy` marked, for whatever reason.

    It marks them in the column ``suppressed``, or, in tables made for others, in the column ``hidden``.
    Without either, as in a team's own view, every row may be shown.

    Examples
    --------
    >>> hidden(pd.DataFrame({"suppressed": ["", "secondary", None]})).tolist()
    [False, True, False]
    >>> hidden(pd.DataFrame({"hidden": [True, False]})).tolist()
    [True, False]
    """
    protected = pd.Series(False, index=table.index)
    if "suppressed" in table:
        protected |= table["suppressed"].astype("string").fillna("").ne("").astype(bool)
    if "hidden" in table:
        protected |= table["hidden"].fillna(False).astype(bool)
    return protected


def shown(table: pd.DataFrame, *, keep: Iterable[str] = ()) -> pd.DataFrame:
    """Empty every number of the rows that must not be shown; their names and dates stay.

    Read a row without numbers as "too few to show": there is somebody, but the group is small enough to
    tell who.

    Parameters
    ----------
    table
        Rows, of which a column says whether they may be shown, as `hidden` has it.
    keep
        Columns of numbers that count nobody, such as a year.

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["A", "B"], "value": [0.5, 0.2], "suppressed": ["", "primary"]})
    >>> shown(rows)["value"].tolist()
    [0.5, nan]
    """
    protected = hidden(table).to_numpy()
    if not protected.any():
        return table
    kept = set(keep)
    emptied = {name: _emptied(column, protected) for name, column in table.items() if name not in kept}
    return table.assign(**emptied)


def shown_series(charted: pd.DataFrame) -> pd.DataFrame:
    """Empty the numbers of the periods of a charted series that must not be shown."""
    return shown(charted, keep=["phase", str(charted.columns[charted.columns.get_loc("value") - 1])])


def _emptied(column: pd.Series, protected: np.ndarray) -> pd.Series:
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return column
    if pd.api.types.is_numeric_dtype(column):
        return column.astype("float64").mask(protected)
    number = pd.to_numeric(column, errors="coerce").notna()
    return column.mask(protected & number)

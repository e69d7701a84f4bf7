"""Groups too small to be shown: their numbers leave the table before anything is drawn or said."""

import pandas as pd

TOO_FEW = "too few to show"


def hidden(table: pd.DataFrame) -> pd.Series:
    """Tell which rows must not be shown: those that `stats.privacy.suppress` marked, for whatever reason.

    Without the column ``suppressed``, as in a team's own view, every row may be shown.

    Examples
    --------
    >>> hidden(pd.DataFrame({"suppressed": ["", "secondary", None]})).tolist()
    [False, True, False]
    """
    if "suppressed" not in table:
        return pd.Series(False, index=table.index)
    return table["suppressed"].astype("string").fillna("").ne("")


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """Empty every number of the rows that must not be shown; their names stay.

    Read a row without numbers as "too few to show": there is somebody, but the group is small enough to
    tell who.

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["A", "B"], "value": [0.5, 0.2], "suppressed": ["", "primary"]})
    >>> shown(rows)["value"].tolist()
    [0.5, nan]
    """
    protected = hidden(table).to_numpy()
    if not protected.any():
        return table
    return table.apply(lambda column: _emptied(column, protected))


def _emptied(column: pd.Series, protected: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return column
    if pd.api.types.is_numeric_dtype(column):
        return column.astype("float64").mask(protected)
    number = pd.to_numeric(column, errors="coerce").notna()
    return column.mask(protected & number)

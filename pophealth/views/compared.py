"""Which groups truly differ from the reference: told by the limits of the difference itself."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.views.groups import groups_of, reach
from pophealth.views.phrases import short

WAYS = {
    "higher": ("ahead", "behind"),
    "lower": ("behind", "ahead"),
    "neither": ("above", "below"),
}
"""What a group is called that lies above, or below, the reference."""

LIMITS = {"value": "difference", "lower": "difference_lower", "upper": "difference_upper"}


def reference_of(table: pd.DataFrame, reference: str | None) -> str | None:
    """Return what the reference is called: as it was asked for, or as the table says.

    Examples
    --------
    >>> reference_of(pd.DataFrame({"reference": ["English", "English"]}), None)
    'English'
    """
    if reference is not None or "reference" not in table or table.empty:
        return reference
    return str(table["reference"].iloc[0])


def gaps_of(
    table: pd.DataFrame, compared: pd.DataFrame | None, *, by: str | Iterable[str], reference: str | None
) -> pd.DataFrame:
    """Return how far each group lies from the reference, with the limits of that distance.

    Nothing is left of groups that may not be shown; and nothing of any group when the reference itself may
    not, for its value could be worked out from the others.

    Parameters
    ----------
    table
        Groups from `stats.rates`, or from `stats.segments.compare`, which holds the differences as well.
    compared
        Groups from `stats.rates.compare`: `value`, `lower`, `upper` of the difference, or of the ratio, as
        its column `measure` says. It goes before the columns of the table.
    by
        Column or columns that name the group.
    reference
        What the reference is called.

    Returns
    -------
    DataFrame
        A row for each group of `table`: `name`, `value`, `lower`, `upper`, and `even`: the value that means
        no gap.
    """
    groups = groups_of(table, by=by)
    blank = groups["blank"].ne("") | groups["blank"].where(groups["name"].eq(reference), "").ne("").any()
    if compared is None:
        compared = _differences(table)
    even = 1.0 if _is_ratio(compared) else 0.0
    found = groups_of(compared, by=by).set_index("name")[list(LIMITS)].reindex(groups["name"])
    return found.mask(blank.to_numpy()[:, None] & np.ones(len(LIMITS), bool)).reset_index().assign(even=even)


def _differences(table: pd.DataFrame) -> pd.DataFrame:
    """Read the differences that a table holds beside its values; where there are none, all are missing."""
    blank = pd.Series(np.nan, index=table.index)
    return table.assign(**{name: table.get(column, blank) for name, column in LIMITS.items()})


def _is_ratio(compared: pd.DataFrame) -> bool:
    """Tell whether groups were compared by a ratio, as the column `measure` says."""
    return "measure" in compared and compared["measure"].astype(str).str.endswith("ratio").any()


def kinds_of(gaps: pd.DataFrame, *, better: str, reference: str | None) -> list[str]:
    """Say for each group whether more than luck sets it ahead of the reference, or behind.

    Parameters
    ----------
    gaps
        From `gaps_of`.
    better, reference
        As in `dot_plot.dot_plot`.

    Returns
    -------
    list of str
        ``ahead``, ``behind``, ``above``, ``below``, ``unclear``, ``reference``, or ``group`` where nothing
        was compared.

    Raises
    ------
    ValueError
        If `better` is none of ours.

    Examples
    --------
    >>> gaps = pd.DataFrame({"name": ["A", "B"], "lower": [-0.2, -0.1], "upper": [-0.1, 0.1], "even": 0})
    >>> kinds_of(gaps, better="higher", reference="C")
    ['behind', 'unclear']
    """
    if better not in WAYS:
        raise ValueError(f"better is {better!r}; use one of {', '.join(WAYS)}")
    above, below = WAYS[better]
    known = gaps["lower"].notna() & gaps["upper"].notna()
    tests = [gaps["name"].eq(reference), gaps["lower"] > gaps["even"], gaps["upper"] < gaps["even"], known]
    return np.select(tests, ["reference", above, below, "unclear"], default="group").tolist()


def gap_words(gaps: pd.DataFrame, *, unit: str) -> list[str]:
    """Write each distance from the reference with the range in which luck could move it.

    Examples
    --------
    >>> gaps = pd.DataFrame({"value": [-0.14], "lower": [-0.19], "upper": [-0.09], "even": 0.0})
    >>> gap_words(gaps, unit="percent")
    ['−14 points (−19 to −9)']
    """
    ratio = bool(gaps["even"].eq(1).any())
    unit = "ratio" if ratio else "points" if unit == "percent" else unit
    return [
        f"{short(value, unit)} ({reach(limits, unit)})" if reach(limits, unit) else ""
        for value, *limits in gaps[["value", "lower", "upper"]].to_numpy()
    ]

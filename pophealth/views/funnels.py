"""A funnel as people look at it: which groups lie outside, by which limit, and which may be shown."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from pophealth.views.compared import WAYS
from pophealth.views.groups import groups_of, names_of, require
from pophealth.views.suppressed import hidden, shown


class Funnel(NamedTuple):
    """The points and lines of a funnel.

    `points` has a row for each group that may be shown: the columns of `groups.groups_of`, `kind` (``ahead``,
    ``behind``, ``above``, ``below``, ``unclear``) and `far` (outside the outermost limits). `curve` has
    `denominator`, `lower`, `upper`, `confidence`. `few` names the groups too small to show, `blank` those
    without a value.
    """

    points: pd.DataFrame
    curve: pd.DataFrame
    centre: float
    few: tuple[str, ...]
    blank: tuple[str, ...]


def funnel_of(
    table: pd.DataFrame, *, by: str | Iterable[str], better: str, curve: pd.DataFrame | None = None
) -> Funnel:
    """Read a funnel, without the groups that may not be shown.

    Its lines reach no further than the groups that are shown, for their ends would tell how large the
    smallest group is.

    Parameters
    ----------
    table
        From `stats.rates.funnel_limits`: a row for each group and level of confidence.
    by
        Column or columns that name the group.
    better
        ``higher``, ``lower`` or ``neither``.
    curve
        From `stats.rates.funnel_curve`; by default lines from group to group.

    Raises
    ------
    ValueError
        If a column is missing, or `better` is none of ours.
    """
    require(table, ["value", "denominator", "lower", "upper", "confidence", "outside", "centre"])
    if better not in WAYS:
        raise ValueError(f"better is {better!r}; use one of {', '.join(WAYS)}")
    table = table.reset_index(drop=True)
    protected = hidden(table)
    safe = shown(table).assign(_name=names_of(table, by))
    outside = safe["outside"].where(~protected, "").fillna("").ne("")
    furthest = safe["confidence"].where(outside).groupby(safe["_name"]).max()
    nearest = safe.sort_values("confidence", kind="stable").drop_duplicates("_name").sort_index()
    groups = groups_of(nearest, by="_name", beside=["centre"])
    above, below = WAYS[better]
    way = nearest["outside"].map({"above": above, "below": below}).fillna("unclear").to_numpy()
    level = groups["name"].map(furthest)
    points = groups.assign(kind=way, far=level.eq(safe["confidence"].max()))
    points = points[points["blank"].eq("") & points["denominator"].gt(0)].reset_index(drop=True)
    few = nearest.loc[protected.reindex(nearest.index), "_name"]
    empty = groups.loc[~groups["name"].isin([*points["name"], *few]), "name"]
    lines = _curve(safe if curve is None else curve, points)
    return Funnel(points, lines, float(points["centre"].max()), tuple(few), tuple(empty))


def _curve(lines: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    names = ["denominator", "lower", "upper", "confidence"]
    known = lines[names].dropna().drop_duplicates().sort_values(["confidence", "denominator"])
    first, last = points["denominator"].min() * 0.9, points["denominator"].max() * 1.05
    return known[known["denominator"].between(first, last)].reset_index(drop=True)

"""Groups of one split: which months to look at, who is compared with whom."""

import pandas as pd

from pophealth.workspace.records import Focus, Measure

BY_AGE = " x age"
"""The end of the name of a split by group and age together, such as language x age."""

MANY = 5
"""Groups it takes before it is worth asking which lie further from everyone than luck takes them."""

ENOUGH = 30
"""People a group needs to be compared with because it fares best; a tiny group is best by luck."""


def latest(points: pd.DataFrame, periods: int) -> pd.DataFrame:
    """Keep the last periods that have people and were not left out.

    Parameters
    ----------
    points : DataFrame
        As `timeline.points` gives them.
    periods : int
        How many.

    Returns
    -------
    DataFrame
        The rows of those periods.

    Examples
    --------
    >>> table = pd.DataFrame({"period": [1, 2, 3], "denominator": [9, 9, 0], "excluded": False})
    >>> latest(table, 1)["period"].tolist()
    [2]
    """
    used = usable(points)
    last = used["period"].drop_duplicates().nlargest(periods)
    return used[used["period"].isin(last)].reset_index(drop=True)


def chosen_by(points: pd.DataFrame, focus: Focus) -> pd.DataFrame:
    """Keep the periods a team chose its group by, as written in step 5.

    Parameters
    ----------
    points : DataFrame
        As `timeline.points` gives them.
    focus : Focus
        The group that was chosen.

    Returns
    -------
    DataFrame
        Empty when no months are written, or there are no counts of them.
    """
    first, last = focus.picked_from, focus.picked_to
    if not (first and last):
        return points.iloc[:0]
    used = usable(points)
    return used[used["period"].between(pd.Timestamp(first), pd.Timestamp(last))].reset_index(drop=True)


def usable(points: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows with people that were not left out with a reason."""
    return points[points["denominator"].gt(0) & ~points["excluded"].astype(bool)].reset_index(drop=True)


def shares(groups: pd.DataFrame) -> pd.Series:
    """Work out the share of each group over all periods; only of groups with people.

    Parameters
    ----------
    groups : DataFrame
        Counts with a column stratum.

    Returns
    -------
    Series
        A share for each stratum.

    Examples
    --------
    >>> shares(pd.DataFrame({"stratum": ["a", "a"], "numerator": [1, 2], "denominator": [3, 3]})).to_dict()
    {'a': 0.5}
    """
    sums = groups[groups["stratum"].ne("")].groupby("stratum")[["numerator", "denominator"]].sum()
    return (sums["numerator"] / sums["denominator"].where(sums["denominator"] > 0)).dropna()


def reference(groups: pd.DataFrame, focus: Focus, better: str) -> str:
    """Name the group to compare with: the one written down in step 5, or the best with enough people.

    Parameters
    ----------
    groups : DataFrame
        Counts with a column stratum.
    focus : Focus
        The group that was chosen.
    better : str
        Which way is better.

    Returns
    -------
    str
        A stratum; empty when there are none.
    """
    if focus.reference and focus.reference in set(groups["stratum"]):
        return focus.reference
    people = groups.groupby("stratum")["denominator"].sum()
    every = shares(groups)
    enough = every[people.reindex(every.index).ge(ENOUGH)]
    found = every if enough.empty else enough
    return "" if found.empty else str(found.idxmin() if better == "lower" else found.idxmax())


def left_behind(groups: pd.DataFrame, focus: Focus, better: str) -> str:
    """Name the group of step 5, or the one furthest behind the group to compare with.

    Parameters
    ----------
    groups, focus, better
        As in `reference`.

    Returns
    -------
    str
        A stratum; empty when there are no two groups.
    """
    found = shares(groups).drop(reference(groups, focus, better), errors="ignore")
    if found.empty or focus.stratum in found.index:
        return focus.stratum if len(found) else ""
    return str(found.idxmax() if better == "lower" else found.idxmin())


def ways(every: pd.DataFrame) -> list[str]:
    """List the ways to split people, without those by group and age together.

    >>> ways(pd.DataFrame({"stratifier": ["", "language", "language x age"]}))
    ['language']
    """
    return [name for name in every["stratifier"].unique() if name and not name.endswith(BY_AGE)]


def side_by_side(every: pd.DataFrame) -> pd.DataFrame:
    """Put the groups of all ways to split people into one list, each once over all periods.

    Parameters
    ----------
    every : DataFrame
        Counts of everyone and of all groups, in the periods in question.

    Returns
    -------
    DataFrame
        group, numerator, denominator; a name that says little alone, such as 280, has its split before it.
        Empty with fewer than five groups, or where all share one end of the scale. People stand in one group
        of each split, so the rows are never added up.

    Examples
    --------
    >>> table = pd.DataFrame({"stratifier": ["", *["area"] * 5], "stratum": ["", *"12345"]})
    >>> found = side_by_side(table.assign(numerator=[50, *[10] * 5], denominator=[100, *[20] * 5]))
    >>> found["group"].tolist()
    ['area 1', 'area 2', 'area 3', 'area 4', 'area 5']
    """
    parts = every[every["stratifier"].isin(ways(every))]
    keys = ["stratifier", "stratum"]
    found = parts.groupby(keys, sort=False)[["numerator", "denominator"]].sum().reset_index()
    alone = found["stratum"].str.contains("[A-Za-z]") & ~found["stratum"].duplicated(keep=False)
    names = found["stratum"].where(alone, found["stratifier"] + " " + found["stratum"])
    listed = pd.DataFrame({"group": names}).assign(**found[["numerator", "denominator"]])
    return listed if len(listed) >= MANY and 0 < average(every) < 1 else listed.iloc[:0]


def average(every: pd.DataFrame) -> float:
    """Work out the share among everyone; where everyone was not counted, among all groups together.

    Parameters
    ----------
    every : DataFrame
        As in `side_by_side`.

    Returns
    -------
    float
        0 while there are no people.

    Examples
    --------
    >>> average(pd.DataFrame({"stratum": ["", "a"], "numerator": [3, 3], "denominator": [4, 3]}))
    0.75
    """
    whole = every[every["stratum"].eq("")]
    counts = (every if whole.empty else whole)[["numerator", "denominator"]].sum()
    return float(counts["numerator"] / counts["denominator"]) if counts["denominator"] else 0.0


def comparable(groups: pd.DataFrame, measure: Measure) -> bool:
    """Tell whether groups can be set side by side: two or more, with shares, and a way that is better.

    Parameters
    ----------
    groups : DataFrame
        Counts of one split.
    measure : Measure
        Its definition.

    Returns
    -------
    bool
        False also where more are counted than there are people, as in a rate.
    """
    return measure.better in ("higher", "lower") and of_people(groups) and len(shares(groups)) > 1


def of_people(groups: pd.DataFrame) -> bool:
    """Tell whether counts are people among people, so that groups can be held against each other as shares.

    Parameters
    ----------
    groups : DataFrame
        Counts of one split.

    Returns
    -------
    bool
        False where more are counted than there are people, as in a rate, where sums are not whole, as in a
        mean of minutes, and where no count is known.

    Examples
    --------
    >>> of_people(pd.DataFrame({"numerator": [3, 4], "denominator": [9, 8]}))
    True
    >>> of_people(pd.DataFrame({"numerator": [3.5, 4], "denominator": [9, 8]}))
    False
    """
    counts = groups[["numerator", "denominator"]]
    known, whole = counts.notna().all(axis="columns").any(), counts.isna() | counts.round().eq(counts)
    above = groups["numerator"].gt(groups["denominator"])
    return bool(known and whole.all(axis=None) and not above.any())

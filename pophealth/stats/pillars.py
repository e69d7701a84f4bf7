"""The four pillars of a population's health, with those nobody has written anything under."""

from collections.abc import Iterable

import pandas as pd

from pophealth.stats import columns, labels

PILLARS = ("behavior", "place and community", "integrated care", "wider determinants")
NOT_PLACED = "not placed"


def pillars(
    table: pd.DataFrame, *, pillar: str = "pillar", by: str | Iterable[str] | None = None
) -> pd.DataFrame:
    """Count what stands under each of the four pillars of a population's health, none left out.

    Look at the pillars with 0 first: most of what makes people well lies outside of care, and what nobody
    wrote down nobody plans for.

    Parameters
    ----------
    table : DataFrame
        A row for each thing, such as a need or an asset.
    pillar : str
        Column: ``behavior``, ``place and community``, ``integrated care`` or ``wider determinants``.
    by : str or list of str, optional
        Columns to count apart, such as one that tells needs from assets.

    Returns
    -------
    DataFrame
        A row for each pillar, in this order, and in each for all of `by` that is in the table: ``pillar``,
        `by` and ``count``. Rows with a blank pillar come last, as "not placed"; without any, no such row.

    Raises
    ------
    ValueError
        If a column is missing, or a word is none of the four.

    Notes
    -----
    D. Buck, B. Baylis, D. Dougall and R. Robertson, A vision for population health, The King's Fund, 2018.

    Examples
    --------
    >>> table = pd.DataFrame({"pillar": ["integrated care", "behavior", "integrated care"]})
    >>> pillars(table)
                    pillar  count
    0             behavior      1
    1  place and community      0
    2      integrated care      2
    3   wider determinants      0
    """
    apart = columns.names(by)
    columns.require(table, [pillar, *apart])
    placed = labels.one_of(table, pillar, PILLARS).fillna(NOT_PLACED)
    rows = table[apart].reset_index(drop=True).assign(_pillar=placed.to_numpy())
    order = [*PILLARS, *([NOT_PLACED] if placed.eq(NOT_PLACED).any() else [])]
    kinds = rows[apart].drop_duplicates().sort_values(apart) if apart else pd.DataFrame(index=[0])
    every = pd.DataFrame({"_pillar": order}).merge(kinds, how="cross")
    counted = (
        rows.groupby(["_pillar", *apart], dropna=False, observed=True).size().rename("count").reset_index()
    )
    found = every.merge(counted, on=["_pillar", *apart], how="left")
    return found.assign(count=found["count"].fillna(0).astype(int)).rename(columns={"_pillar": pillar})

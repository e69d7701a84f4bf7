"""Of how many people it is written down which group they belong to."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns, dates, rates
from pophealth.stats.categories import is_unknown
from pophealth.stats.category_labels import DECLINED, UNKNOWN

_PARTS = ["numerator", "denominator", "not_recorded", "declined"]


def completeness(
    table: pd.DataFrame,
    *,
    when: str | None = "period",
    together: bool = False,
    exclusive: Iterable[str] = (),
    denominator: str = "denominator",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Work out of how many of the people counted the group is written down, for each way of splitting them.

    Read it beside every chart by group. Where the share is low, or falls, a gap between groups may be a gap
    in what is written down. A measure of its own: chart it over time with ``chart="p"``.

    What is known of a split decides how it is worked out. With a row for everyone and a split in which each
    person has one group, whoever is in no group is not recorded. With groups called ``not recorded`` and
    ``declined`` (or unknown, refused and the like), these are taken from everyone. Where neither tells, the
    split is left out; and so is, in a period, a split of which a group has no count.

    Parameters
    ----------
    table : DataFrame
        Counts of one measure in the counts layout; blank stratifier and stratum mean everyone.
    when : str, optional
        Column of the period; None where the table has none.
    together : bool
        Add up all periods in which it can be told, instead of a row for each.
    exclusive : iterable of str
        Splits in which each person has one group.
    denominator : str
        Column of the people counted.
    confidence : float
        Above 0 and below 1.

    Returns
    -------
    DataFrame
        One row per split and period: ``stratifier``, the period, ``numerator`` (recorded) and
        ``denominator`` (people), ``not_recorded``, ``declined``, and the columns of `rates.proportion`.
        A period in which it cannot be told is a row of missing values.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, or groups of which each person has one hold more than everyone.

    Notes
    -----
    Limits as in `rates.proportion`: Wilson, 1927.

    Examples
    --------
    >>> table = pd.DataFrame({"period": "2021-01", "stratifier": ["", "language", "language", "language"]})
    >>> table = table.assign(stratum=["", "English", "Spanish", "declined"], denominator=[200, 120, 60, 4])
    >>> found = completeness(table, together=True, exclusive=["language"])
    >>> found[["stratifier", "numerator", "denominator", "not_recorded", "declined", "value"]]
      stratifier  numerator  denominator  not_recorded  declined  value
    0   language      180.0        200.0          16.0       4.0    0.9
    """
    columns.require(table, ["stratifier", "stratum", denominator, *columns.names(when)])
    counts = _read(table, when, denominator)
    split = counts[counts["stratifier"].ne("")]
    everyone = counts[counts["stratifier"].eq("")].groupby("when")["people"].sum(min_count=1)
    parts = _parts(split, everyone, set(exclusive))
    told = parts["denominator"].notna() & parts["numerator"].notna()
    shown = parts.assign(**{name: parts[name].where(told) for name in _PARTS})
    shown = shown[told.groupby(parts["stratifier"]).transform("any")]
    if together or when is None:
        shown = shown.groupby("stratifier", as_index=False)[_PARTS].sum()
    return rates.proportion(
        shown.rename(columns={"when": when}).reset_index(drop=True), confidence=confidence
    )


def _read(table: pd.DataFrame, when: str | None, denominator: str) -> pd.DataFrame:
    texts = {
        name: table[name].astype(object).where(table[name].notna(), "") for name in ("stratifier", "stratum")
    }
    counts = pd.DataFrame(texts).reset_index(drop=True).assign(people=columns.numbers(table, denominator))
    columns.check_not_negative(counts["people"].rename(denominator))
    return counts.assign(when=0 if when is None else table[when].reset_index(drop=True))


def _parts(split: pd.DataFrame, everyone: pd.Series, exclusive: set[str]) -> pd.DataFrame:
    """Lay out recorded, not recorded and declined for each split and period."""
    unknown = is_unknown(split["stratum"])
    states = {name: split["people"].where(unknown.eq(name)) for name in UNKNOWN}
    recorded = split["people"].where(unknown.eq(""))
    rows = split.assign(recorded=recorded, known=recorded.notna(), **states)
    groups = rows.groupby(["stratifier", "when"])
    found = groups[["recorded", *UNKNOWN]].sum(min_count=1).assign(known=groups["known"].sum()).reset_index()
    strata = rows[unknown.eq("")].groupby("stratifier")["stratum"].nunique()
    found["recorded"] = found["recorded"].where(found["known"].eq(found["stratifier"].map(strata)))
    found["everyone"] = found["when"].map(everyone)
    named = found.groupby("stratifier")[[*UNKNOWN]].transform("count").sum(axis="columns") > 0
    return _told(found, once=found["stratifier"].isin(exclusive), named=named)


def _told(found: pd.DataFrame, *, once: pd.Series, named: pd.Series) -> pd.DataFrame:
    """Take from everyone what is known of each split: its groups, or those whose group is not known."""
    unknown = found[[*UNKNOWN]].fillna(0)
    missing = unknown.sum(axis="columns")
    people = found["everyone"].fillna((found["recorded"] + missing).where(once & named))
    recorded = found["recorded"].where(once, (people - missing).where(named))
    over = recorded + missing > people
    if over.any():
        first = found[over].iloc[0]
        raise ValueError(
            f"the groups of {first['stratifier']!r} hold more people than everyone in {first['when']}; "
            "correct the counts, or leave it out of exclusive if one person can have two groups"
        )
    told = found[["stratifier", "when"]].assign(numerator=recorded, denominator=people)
    told = told.assign(not_recorded=people - recorded - unknown[DECLINED], declined=unknown[DECLINED])
    place = dates.in_time(told["when"], "period") if len(told) else np.array([])
    return told.assign(place=place).sort_values(["stratifier", "place"]).drop(columns="place")

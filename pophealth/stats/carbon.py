"""How much carbon dioxide the work costs: what was done, times what one unit of it gives off.

No emission factor comes with this workbook: each is brought by the people who use it, with source and year.
"""

import numpy as np
import pandas as pd

from pophealth.stats import columns

BOUNDS = ("kg", "lower", "upper")


def footprint(
    activities: pd.DataFrame,
    factors: pd.DataFrame,
    *,
    when: str = "period",
    activity: str = "activity",
    amount: str = "amount",
    contacts: str | None = None,
) -> pd.DataFrame:
    """Work out the kilograms of CO2e that each activity gave off in each period.

    Read `lower` and `upper` beside `kg`: factors are rough, and the true figure may be anywhere between. Each
    period takes the newest factor that was in force in its year, so an old period keeps its old factor.

    Parameters
    ----------
    activities : DataFrame
        A row for each thing done in a period, with a column ``unit``. Rows of one activity and period are
        added up.
    factors : DataFrame
        activity, ``factor`` (kg CO2e for one unit), ``lower``, ``upper``, ``unit``, ``source``, ``year`` (the
        first year in which it counts).
    when, activity, amount : str
        Columns of `activities`: the period, what was done, how much of it in its unit. `activity` is the name
        of the column in both tables.
    contacts : str, optional
        Column: how many people were met by it.

    Returns
    -------
    DataFrame
        A row for each period and activity, by period: `when`, `activity`, ``amount``, ``unit``, ``factor``,
        ``source``, ``year``, ``kg``, ``lower``, ``upper``; with `contacts` also ``contacts``,
        ``per_contact``, ``per_contact_lower``, ``per_contact_upper``. Limits are missing where the factor has
        no range.

    Raises
    ------
    ValueError
        Naming the activity, when it has no factor, another unit, an amount below 0, or a factor without
        source or year; or when a column is missing or unreadable.

    Notes
    -----
    kg CO2e = amount x factor, as in the GHG Protocol Corporate Standard (revised edition, 2004), chapter 6.

    Examples
    --------
    >>> done = pd.DataFrame(
    ...     {"period": ["2021-01"], "activity": "visit by car", "amount": 300.0, "unit": "km"}
    ... )
    >>> factors = pd.DataFrame(
    ...     {"activity": ["visit by car"], "factor": 0.2, "lower": 0.15, "upper": 0.25, "unit": "km"}
    ... )
    >>> factors = factors.assign(source="made up for this example", year=2020)
    >>> footprint(done, factors)[["kg", "lower", "upper", "year"]]
         kg  lower  upper  year
    0  60.0   45.0   75.0  2020
    """
    named = {when: "when", activity: "activity", amount: "amount", "unit": "unit"}
    named |= {contacts: "contacts"} if contacts else {}
    rows = _priced(_done(activities, named), _known(factors, activity))
    rows = rows.assign(kg=rows["amount"] * rows["factor"])
    rows = rows.assign(lower=rows["amount"] * rows["lower"], upper=rows["amount"] * rows["upper"])
    order = ["when", "activity", "amount", "unit", "factor", "source", "year", *BOUNDS]
    rows = rows[[*order, *(["contacts"] if contacts else [])]]
    return (_per_contact(rows) if contacts else rows).rename(columns={"when": when, "activity": activity})


def total(rows: pd.DataFrame, *, when: str = "period") -> pd.DataFrame:
    """Add up the activities of each period.

    Read the limits as the two ends: all factors at their low end, or all at their high end. Where one factor
    has no range the sum has none.

    Parameters
    ----------
    rows : DataFrame
        From `footprint`.
    when : str
        Column: the period.

    Returns
    -------
    DataFrame
        A row for each period: ``kg``, ``lower``, ``upper``; where `rows` has contacts also ``contacts``,
        ``per_contact``, ``per_contact_lower``, ``per_contact_upper``, missing where nobody was met.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {"period": ["2021-01"] * 2, "kg": [60.0, 4], "lower": [45.0, 3], "upper": [75.0, 5]}
    ... )
    >>> total(rows.assign(contacts=[20, 12]))[["kg", "contacts", "per_contact"]]
         kg  contacts  per_contact
    0  64.0      32.0          2.0
    """
    columns.require(rows, [when, *BOUNDS])
    groups = rows.groupby(when, sort=True)
    sums = pd.DataFrame({name: groups[name].sum(min_count=1) for name in BOUNDS})
    sums[["lower", "upper"]] = sums[["lower", "upper"]].where(
        groups["lower"].count() == groups.size(), axis=0
    )
    if "contacts" in rows:
        sums["contacts"] = groups["contacts"].sum(min_count=1).astype("float64")
        sums = _per_contact(sums)
    return sums.reset_index()


def compare(
    rows: pd.DataFrame, *, since: object, when: str = "period", activity: str = "activity"
) -> pd.DataFrame:
    """Set the periods before a change beside those since.

    Read `same_factors` first: where it is False, a factor changed in between, and part of the difference is
    the factor's and not the work's. The limits move together: a factor that is too high is so before and
    after.

    Parameters
    ----------
    rows : DataFrame
        From `footprint`.
    since : object
        The first period that counts as after.
    when, activity : str
        Columns: the period, and what was done.

    Returns
    -------
    DataFrame
        A row each for ``kg`` a period and, where `rows` has contacts, ``kg a contact``: ``measure``,
        ``before``, ``after``, ``change`` (after minus before), ``lower``, ``upper`` (of the change),
        ``same_factors``.

    Raises
    ------
    ValueError
        If a column is missing, or there is no period before or none since.

    Examples
    --------
    >>> rows = pd.DataFrame({"period": ["2021-01", "2021-02"], "activity": "visit", "kg": [60.0, 40.0]})
    >>> rows = rows.assign(lower=rows["kg"] * 0.75, upper=rows["kg"] * 1.25, factor=0.2)
    >>> compare(rows, since="2021-02")[["measure", "before", "after", "change", "lower", "upper"]]
      measure  before  after  change  lower  upper
    0      kg    60.0   40.0   -20.0  -25.0  -15.0
    """
    sums = total(rows, when=when)
    after = sums[when] >= since
    if after.all() or not after.any():
        raise ValueError(f"there is no period {'before' if after.any() else 'since'} {since}; choose another")
    found = [_change("kg", sums[~after][[*BOUNDS]].mean(), sums[after][[*BOUNDS]].mean())]
    if "contacts" in sums:
        found.append(_change("kg a contact", _pooled(sums[~after]), _pooled(sums[after])))
    return pd.DataFrame(found).assign(same_factors=_same_factors(rows, activity))


def _done(activities: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    """Read what was done, one row for each period, activity and unit."""
    columns.require(activities, named)
    done = activities[list(named)].rename(columns=named).reset_index(drop=True)
    counted = [name for name in ("amount", "contacts") if name in done]
    done = done.assign(
        **{new: columns.numbers(activities, old) for old, new in named.items() if new in counted}
    )
    _refuse(done, done["amount"].lt(0), "has an amount below 0. Check it")
    _refuse(done, done["amount"].isna(), "has no amount. Fill it in")
    return done.groupby(["when", "activity", "unit"], sort=False)[counted].sum(min_count=1).reset_index()


def _known(factors: pd.DataFrame, activity: str) -> pd.DataFrame:
    """Read the factors, newest last; each must say where it is from and since when it counts."""
    columns.require(factors, [activity, "factor", "lower", "upper", "unit", "source", "year"])
    known = factors.rename(columns={activity: "activity"}).reset_index(drop=True)
    known = known.assign(
        **{name: columns.numbers(factors, name) for name in ("factor", "lower", "upper", "year")}
    )
    source = known["source"].fillna("").astype(str).str.strip()
    _refuse(known, source.eq(""), "has a factor without a source. Say where it is from")
    _refuse(known, known["year"].isna(), "has a factor without a year. Say since when it counts")
    _refuse(
        known,
        known["factor"].isna() | known["factor"].lt(0),
        "has a factor that is blank or below 0. Check it",
    )
    outside = known["lower"].gt(known["factor"]) | known["upper"].lt(known["factor"])
    _refuse(known, outside, "has a factor outside its own range. Check the three numbers")
    _refuse(known, known.duplicated(["activity", "year"]), "has two factors for one year. Keep one of them")
    return known[["activity", "factor", "lower", "upper", "unit", "source", "year"]].astype({"year": "int64"})


def _priced(done: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Put the factor in force beside what was done."""
    _refuse(
        done, ~done["activity"].isin(known["activity"]), "has no factor. Add one with its source and year"
    )
    years = pd.PeriodIndex(done["when"].astype(str), freq="Y").year
    both = done.assign(row=range(len(done)), now=years).merge(known, on="activity", suffixes=("", "_factor"))
    both = (
        both[both["year"] <= both["now"]]
        .sort_values("year", kind="stable")
        .drop_duplicates("row", keep="last")
    )
    late = ~done.index.isin(both["row"])
    _refuse(
        done, pd.Series(late, index=done.index), "has no factor for its first periods. Add one for that year"
    )
    other = both["unit"].astype(str).ne(both["unit_factor"].astype(str))
    _refuse(both, other, "is not counted in the unit of its factor. Use one unit for both")
    return both.sort_values(["when", "row"], kind="stable", ignore_index=True)


def _refuse(table: pd.DataFrame, bad: pd.Series, what: str) -> None:
    if bad.any():
        raise ValueError(f"“{table.loc[bad.idxmax(), 'activity']}” {what}.")


def _per_contact(sums: pd.DataFrame) -> pd.DataFrame:
    met = sums["contacts"].where(sums["contacts"] > 0)
    each = dict(zip(("per_contact", "per_contact_lower", "per_contact_upper"), BOUNDS, strict=True))
    return sums.assign(**{new: sums[name] / met for new, name in each.items()})


def _pooled(sums: pd.DataFrame) -> pd.Series:
    met = sums["contacts"].sum()
    return sums[[*BOUNDS]].sum(min_count=len(sums)) / (met if met > 0 else np.nan)


def _change(measure: str, before: pd.Series, after: pd.Series) -> dict[str, object]:
    moved = after - before
    ends = sorted([moved["lower"], moved["upper"]])
    found = {"measure": measure, "before": before["kg"], "after": after["kg"], "change": moved["kg"]}
    return found | {"lower": ends[0], "upper": ends[1]}


def _same_factors(rows: pd.DataFrame, activity: str) -> bool:
    """Say whether every activity kept its factor."""
    return bool(rows.groupby(activity)["factor"].nunique().le(1).all())

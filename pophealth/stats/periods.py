"""Small numbers over time: which periods may not be shown, and how to join them until all may."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.policies import Policy, policy_of, rounded, small

LENGTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
LAYOUT = ["measure", "period", "numerator", "denominator", "value", "stratifier", "stratum", "note"]
EVERYONE = "everyone"
_CROSS = " x "
_COUNTS = ["numerator", "denominator"]


def protected(table: pd.DataFrame, *, policy: str | float = "cms11") -> pd.Series:
    """Tell which rows hold a count that could point at a person.

    A row is protected when its numerator, the people left over (denominator less numerator) or its
    denominator is a small number. Zero is not protected, and neither is a missing value.

    Parameters
    ----------
    table : DataFrame
        Rows with ``numerator`` and ``denominator``.
    policy : str or number
        ``cms11``: 1 to 10 is protected; ``ons3``: 1 and 2; ``opensafely``: 1 to 7; ``none``: nothing; a
        number: what is above 0 and below it.

    Returns
    -------
    Series
        True and False, with the index of the table.

    Raises
    ------
    ValueError
        If the policy is unknown, or a column is missing or unreadable.

    Notes
    -----
    Cell size suppression policy of the Centers for Medicare & Medicaid Services: no cell of 1 to 10 may be
    shown, nor anything from which one can be worked out (ResDAC, 2024). The other policies are told in
    `stats.policies.policy_of`.

    Examples
    --------
    >>> table = pd.DataFrame({"numerator": [0, 10, 11, 95], "denominator": [50, 50, 50, 100]})
    >>> protected(table).tolist()
    [False, True, False, True]
    """
    allowed = policy_of(policy)
    columns.require(table, _COUNTS)
    counts = np.stack([columns.numbers(table, name) for name in _COUNTS])
    return pd.Series(_small(counts, allowed), index=table.index)


def join_periods(
    table: pd.DataFrame, *, policy: str | float = "cms11", exclusive: Iterable[str] = ()
) -> pd.DataFrame:
    """Join the periods of one measure until no count in it, shown or worked out, is small.

    The whole measure gets one length of period: as it is, or calendar quarters, half-years or years, the
    shortest that is safe. Safe means that no cell is protected, and that nobody can find one by taking the
    strata shown from everyone, or the cells of a cross-classification from its own strata. Where a
    stratifier is not safe at any length, it is left out as a whole; where everyone is not, nothing is shown.

    Parameters
    ----------
    table : DataFrame
        Counts of one measure in the counts layout; blank stratifier and stratum mean everyone.
    policy : str or number
        As in `protected`. Under ``opensafely`` the joined counts are rounded to the nearest 5.
    exclusive : iterable of str
        Stratifiers in which each person has exactly one stratum, so that their sum is everyone too.

    Returns
    -------
    DataFrame
        The counts layout and ``length`` (month, quarter, half-year or year), ordered by stratifier,
        stratum and period. Under a policy that protects, ``value`` and ``note`` are blank and a row with
        only one of its two counts loses it. A first or last joined period that is not complete is left
        out. ``.attrs["too_few"]`` names what was left out: stratifiers, and ``everyone`` if nothing is shown.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, the policy is unknown, or there are several measures.

    Notes
    -----
    The policy is that of `protected`; joining periods is the complementary part of it for a series in time.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "measure": "falls",
    ...         "period": pd.date_range("2020-01-01", periods=6, freq="MS"),
    ...         "numerator": [9, 12, 14, 11, 13, 12],
    ...         "denominator": 200,
    ...         "value": None,
    ...         "stratifier": "",
    ...         "stratum": "",
    ...         "note": "",
    ...     }
    ... )
    >>> join_periods(table)[["period", "numerator", "denominator", "length"]]
          period  numerator  denominator   length
    0 2020-01-01       35.0        600.0  quarter
    1 2020-04-01       36.0        600.0  quarter
    """
    allowed = policy_of(policy)
    counts = _read(table)
    months = _native_length(counts["month"])
    if not allowed.smallest:
        return _finished(counts.assign(start=counts["period"]), months, too_few=())
    whole = counts["numerator"].notna() & counts["denominator"].notna()
    hidden = counts.assign(value=np.nan, note="", **{name: counts[name].where(whole) for name in _COUNTS})
    shown = _finest(hidden, months, allowed, tuple(exclusive))
    return shown.assign(**{name: rounded(shown[name].to_numpy(), allowed) for name in _COUNTS})


def _small(counts: np.ndarray, allowed: Policy) -> np.ndarray:
    """Tell where numerators and denominators, stacked, are small or leave a small rest."""
    cases, people = counts
    return np.any(small(np.stack([cases, people, people - cases]), allowed), axis=0)


def _read(table: pd.DataFrame) -> pd.DataFrame:
    columns.require(table, LAYOUT)
    if len(set(table["measure"].dropna())) > 1:
        raise ValueError("the table holds several measures; join the periods of one measure at a time")
    counts = table[LAYOUT].reset_index(drop=True)
    counts["period"] = pd.to_datetime(counts["period"], errors="coerce", format="ISO8601")
    unread = np.flatnonzero(counts["period"].isna().to_numpy())
    if len(unread):
        raise ValueError(
            f"the period in row {unread[0]} (rows are counted from 0) is no date; write it as 2021-06-01"
        )
    counts["month"] = counts["period"].dt.year * 12 + counts["period"].dt.month - 1
    for name in _COUNTS:
        counts[name] = columns.numbers(counts, name)
        columns.check_not_negative(counts[name])
    for name in ("stratifier", "stratum", "note"):
        counts[name] = counts[name].astype(object).where(counts[name].notna(), "")
    return counts


def _native_length(month: pd.Series) -> int:
    """Give the months that a period of this measure lasts, from the steps between its periods."""
    step = int(np.gcd.reduce(np.diff(np.unique(month.to_numpy(dtype=int))), initial=0))
    return next((months for months in (12, 6, 3) if step and step % months == 0), 1)


def _finest(counts: pd.DataFrame, native: int, allowed: Policy, exclusive: tuple[str, ...]) -> pd.DataFrame:
    """Try every length; keep the most stratifiers, and of such lengths the shortest."""
    stratifiers = sorted(set(counts["stratifier"]))
    best, kept = counts.iloc[:0].assign(start=counts["period"].iloc[:0]), set()
    length = native
    for months in (months for months in LENGTHS.values() if months >= native):
        joined = _joined(counts, native, months)
        safe = _safe_stratifiers(joined, allowed, exclusive)
        if len(safe) > len(kept):
            best, kept, length = joined[joined["stratifier"].isin(safe)], safe, months
        if len(safe) == len(stratifiers):
            break
    left_out = tuple(name or EVERYONE for name in stratifiers if name not in kept)
    return _finished(best, length, too_few=left_out)


def _joined(counts: pd.DataFrame, native: int, months: int) -> pd.DataFrame:
    """Sum counts within periods of so many months, leaving out an incomplete first and last one."""
    if months == native:
        start = counts["period"]
        complete = pd.Series(True, index=counts.index)
    else:
        offset = counts["month"].min() % native
        first = (counts["month"] - offset) // months * months + offset
        start = pd.to_datetime({"year": first // 12, "month": first % 12 + 1, "day": 1})
        known = counts["month"][counts["numerator"].notna()]
        complete = (first >= known.min()) & (first + months <= known.max() + native)
    groups = counts.assign(start=start)[complete].groupby(["stratifier", "stratum", "start"])
    summed = groups[_COUNTS].sum(min_count=1)
    return summed.join(groups[["measure"]].first()).reset_index().assign(value=np.nan, note="")


def _safe_stratifiers(joined: pd.DataFrame, allowed: Policy, exclusive: tuple[str, ...]) -> set[str]:
    """Take in everyone first and then each stratifier that gives nothing away beside those taken in."""
    known = joined.dropna(subset=_COUNTS)
    series = known.drop_duplicates(["stratifier", "stratum"])
    leaks = _leaks(
        _cube(known), series["stratifier"].to_numpy(), series["stratum"].to_numpy(), allowed, exclusive
    )
    safe: set[str] = set()
    for name in series["stratifier"].unique():
        if not any(leak <= {*safe, name} for leak in leaks):
            safe.add(name)
    return safe if "" in safe or "" not in set(joined["stratifier"]) else set()


def _cube(known: pd.DataFrame) -> np.ndarray:
    """Lay counts out as numerators and denominators, by series (in their order), by period."""
    series = known.groupby(["stratifier", "stratum"], sort=False).ngroup().to_numpy()
    start = pd.factorize(known["start"])[0]
    cube = np.full((2, series.max(initial=-1) + 1, start.max(initial=-1) + 1), np.nan)
    cube[:, series, start] = known[_COUNTS].to_numpy().T
    return cube


def _leaks(
    counts: np.ndarray, names: np.ndarray, strata: np.ndarray, allowed: Policy, exclusive: tuple[str, ...]
) -> set[frozenset[str]]:
    """Name the sets of stratifiers that, shown together, give a small count away."""
    leaks = {frozenset([name]) for name in names[_small(counts, allowed).any(axis=1)]}
    for name in set(names) - {""}:
        rest = {total: counts[:, names == total].sum(axis=1) for total in ("", *exclusive) if total in names}
        pairs = [
            (total, sums - _sum(counts[:, names == name])) for total, sums in rest.items() if total != name
        ]
        pairs += _crossed(name, names, strata, counts)
        leaks |= {frozenset([total, name]) for total, rest in pairs if _small_rest(rest, allowed)}
    return leaks


def _crossed(
    name: str, names: np.ndarray, strata: np.ndarray, counts: np.ndarray
) -> Iterator[tuple[str, np.ndarray]]:
    """Take the cells of a cross-classification from each stratum that they lie in."""
    cells = np.flatnonzero(names == name)
    for place, parent in enumerate(name.split(_CROSS)):
        for outer in np.flatnonzero((names == parent) & (parent != name)):
            inner = [
                cell for cell in cells if strata[cell].split(_CROSS)[place : place + 1] == [strata[outer]]
            ]
            yield parent, counts[:, outer] - _sum(counts[:, inner])


def _sum(counts: np.ndarray) -> np.ndarray:
    """Add up the series that are known at each period; none known is a missing value."""
    return np.where(np.isnan(counts).all(axis=1), np.nan, np.nansum(counts, axis=1))


def _small_rest(rest: np.ndarray, allowed: Policy) -> bool:
    """Tell whether what is left over is small, or the parts overlap by a small number."""
    return bool(np.any(_small(rest, allowed) | _small(-rest, allowed)))


def _finished(counts: pd.DataFrame, months: int, *, too_few: tuple[str, ...]) -> pd.DataFrame:
    names = {length: name for name, length in LENGTHS.items()}
    shown = counts.assign(period=counts["start"], length=names[months])
    shown = shown.sort_values(["stratifier", "stratum", "period"], ignore_index=True)[[*LAYOUT, "length"]]
    shown.attrs["too_few"] = too_few
    return shown

"""A table of groups as people look at it: names, people, values, and what may not be shown."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from pophealth.views.phrases import first_capital, short
from pophealth.views.suppressed import TOO_FEW, hidden, shown

NUMBERS = ("value", "lower", "upper", "numerator", "denominator")


def groups_of(table: pd.DataFrame, *, by: str | Iterable[str], beside: Iterable[str] = ()) -> pd.DataFrame:
    """Return a row per group, without the numbers of groups that may not be shown.

    Parameters
    ----------
    table
        Groups as `stats.rates` returns them, perhaps after `stats.privacy.suppress`.
    by
        Column or columns that name the group.
    beside
        More columns of numbers.

    Returns
    -------
    DataFrame
        `name`, `blank` (why there is nothing to draw, or ""), `value`, `lower`, `upper`, `numerator`,
        `denominator` and the columns `beside`; what the table does not have is missing.

    Raises
    ------
    ValueError
        If a column is missing, or a group comes twice.

    Examples
    --------
    >>> table = pd.DataFrame({"language": ["Spanish"], "value": [0.2], "suppressed": ["primary"]})
    >>> groups_of(table, by="language")[["name", "value", "blank"]]
          name  value            blank
    0  Spanish    NaN  too few to show
    """
    names = names_of(table, by).reset_index(drop=True)
    if names.duplicated().any():
        twice = names[names.duplicated()].iloc[0]
        raise ValueError(f"group {twice!r} comes twice; give one row per group and one level of confidence")
    require(table, ["value"])
    read = [name for name in (*NUMBERS, *beside, "suppressed", "hidden") if name in table]
    safe = shown(table[read]).reset_index(drop=True)
    found = {name: _numeric(safe, name) for name in (*NUMBERS, *beside)}
    return pd.DataFrame({"name": names, "blank": _blank(table, found["value"]), **found})


def names_of(table: pd.DataFrame, by: str | Iterable[str]) -> pd.Series:
    """Return what the group of each row is called; a group without a name was not recorded.

    Examples
    --------
    >>> names_of(pd.DataFrame({"race": ["White", None], "sex": ["women", "men"]}), ["race", "sex"]).tolist()
    ['White, women', 'not recorded, men']
    """
    keys = [by] if isinstance(by, str) else list(by)
    require(table, keys)
    names = table[keys].astype("string").fillna("not recorded")
    return names.agg(", ".join, axis="columns").astype(object)


def require(table: pd.DataFrame, names: Iterable[str]) -> None:
    """Raise a ValueError that names the first column that is not there."""
    absent = [name for name in names if name not in table]
    if absent:
        raise ValueError(f"the table has no column {absent[0]!r}; it has {', '.join(map(str, table))}")


def _numeric(table: pd.DataFrame, name: str) -> pd.Series:
    values = table[name] if name in table else pd.Series(np.nan, index=table.index)
    return pd.to_numeric(values, errors="coerce").astype("float64").replace([np.inf, -np.inf], np.nan)


def _blank(table: pd.DataFrame, value: pd.Series) -> pd.Series:
    protected = hidden(table).reset_index(drop=True)
    reason = table["reason"] if "reason" in table else pd.Series("", index=table.index)
    reason = reason.reset_index(drop=True).astype("string").fillna("").replace("", "no value yet")
    return reason.astype(object).where(value.isna(), "").mask(protected, TOO_FEW)


def worst_first(groups: pd.DataFrame, *, better: str, value: str = "value") -> pd.DataFrame:
    """Order groups from the one furthest behind; those without a value come last, by name.

    Examples
    --------
    >>> groups = pd.DataFrame({"name": ["A", "B", "C"], "value": [0.7, None, 0.5]})
    >>> worst_first(groups, better="higher")["name"].tolist()
    ['C', 'A', 'B']
    """
    named = groups.sort_values("name", kind="stable")
    return named.sort_values(value, ascending=better == "higher", kind="stable", ignore_index=True)


def people_of(groups: pd.DataFrame, *, people: str) -> list[str]:
    """Say how many people stand behind each value."""
    return ["" if np.isnan(count) else f"{count:,.0f} {people}" for count in groups["denominator"]]


def bare(value: float, unit: str) -> str:
    """Write a value without the words of its unit.

    Examples
    --------
    >>> bare(0.51, "percent"), bare(12.34, "per 1,000"), bare(float("nan"), "percent")
    ('51%', '12.3', '')
    """
    return "" if np.isnan(value) else short(value, unit).split(" ")[0]


def reach(limits: Sequence[float] | np.ndarray, unit: str) -> str:
    """Write an interval without the words of its unit.

    Examples
    --------
    >>> reach((0.512, 0.61), "percent"), reach((-0.02, 0.09), "points")
    ('51% to 61%', '−2 to 9')
    """
    return "" if np.isnan(limits).any() else " to ".join(bare(limit, unit) for limit in limits)


def with_reach(value: float, limits: Sequence[float] | np.ndarray, unit: str) -> str:
    """Write a value with its interval in brackets, if there is one.

    Examples
    --------
    >>> with_reach(0.56, (0.51, 0.61), "percent")
    '56% (51% to 61%)'
    """
    far = reach(limits, unit)
    return f"{bare(value, unit)} ({far})" if far else bare(value, unit)


def head_of(unit: str) -> str:
    """Name a column of values: by its unit, where the values do not carry it themselves.

    Examples
    --------
    >>> head_of("percent"), head_of("per 100,000")
    ('Value', 'Per 100,000')
    """
    return "Value" if unit in ("percent", "number") else first_capital(unit)

"""Counts as one table, with its gaps, and the view of it that others may see."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pophealth.workspace.entries import Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.slugs import checked_slug, shown

COLUMNS = ("measure", "period", "numerator", "denominator", "value", "stratifier", "stratum", "note")
STEPS = {"month": "MS", "quarter": "QS", "year": "YS"}
_TEXT = ("stratifier", "stratum", "note")
_NUMBERS = ("numerator", "denominator", "value")
_POINT = ["measure", "stratifier", "stratum", "period"]


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Give counts their columns, types and order, whatever was left out.

    Parameters
    ----------
    table : DataFrame
        Counts; every column but `measure` and `period` may be missing.

    Returns
    -------
    DataFrame
        The counts layout: text, first days of periods, numbers; sorted by stratifier, stratum and period.

    Examples
    --------
    >>> typed(pd.DataFrame(columns=["measure", "period"])).columns.tolist()
    ['measure', 'period', 'numerator', 'denominator', 'value', 'stratifier', 'stratum', 'note']
    """
    blank = pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    whole = pd.concat([blank, table], ignore_index=True)[list(COLUMNS)] if len(table) else blank
    numbers = {name: pd.to_numeric(whole[name]).astype("float64") for name in _NUMBERS}
    words = {name: whole[name].fillna("").astype("str") for name in ("measure", *_TEXT)}
    periods = pd.to_datetime(whole["period"]).astype("datetime64[ns]")
    whole = whole.assign(**numbers, **words, period=periods)
    return whole.sort_values(["stratifier", "stratum", "period"], kind="stable", ignore_index=True)


def filled(table: pd.DataFrame, *, length: str) -> pd.DataFrame:
    """Put a row of missing values wherever a period is missing, so that it shows as a gap.

    Parameters
    ----------
    table : DataFrame
        Counts of one measure.
    length : str
        month, quarter or year: how long each period is.

    Returns
    -------
    DataFrame
        Each group has every period between the measure's first and last; sorted by group and period.

    Examples
    --------
    >>> two = typed(
    ...     pd.DataFrame({"measure": "bp", "period": ["2020-01-01", "2020-03-01"], "numerator": [5, 7]})
    ... )
    >>> filled(two, length="month")["numerator"].tolist()
    [5.0, nan, 7.0]
    """
    if table.empty:
        return table
    start, end = table["period"].min(), table["period"].max()
    days = pd.date_range(start, end, freq=STEPS.get(length, "MS"), unit="ns").union(table["period"].unique())
    groups = table[["stratifier", "stratum"]].drop_duplicates()
    grid = groups.loc[groups.index.repeat(len(days))].assign(period=np.tile(days, len(groups)))
    whole = grid.merge(table, on=["stratifier", "stratum", "period"], how="left")
    whole["measure"] = table["measure"].iloc[0]
    return typed(whole.assign(note=whole["note"].fillna("")))


def checked(table: pd.DataFrame, *, known: Iterable[str]) -> pd.DataFrame:
    """Make sure that counts can be stored, and say in one sentence why not.

    Parameters
    ----------
    table : DataFrame
        Counts in the layout of `typed`.
    known : iterable of str
        Short names of the measures that the team has defined.

    Returns
    -------
    DataFrame
        The counts with their types.

    Raises
    ------
    Problem
        When a column or a period is missing, a measure is unknown, or a point stands there twice.

    Examples
    --------
    >>> len(checked(pd.DataFrame({"measure": ["bp"], "period": ["2020-01-01"]}), known=["bp"]))
    1
    """
    missing = {"measure", "period"} - set(table.columns)
    if missing:
        raise Problem(f"The counts have no column “{min(missing)}”. Use the template, which has them all.")
    if table.empty:
        raise Problem("The counts hold no row. Fill in at least one period, then import again.")
    try:
        counts = typed(table)
    except (ValueError, TypeError):
        raise Problem(
            "The counts hold something that is not a date or a number. Run the check first."
        ) from None
    _refuse_unknown(counts, set(known))
    if counts["period"].isna().any():
        raise Problem("The counts hold a row without a period. Write the first day of the month in each row.")
    twice = counts[counts.duplicated(_POINT)]
    if len(twice):
        raise Problem(f"The counts say {_point(twice.iloc[0])} twice. Keep one of the two rows.")
    return counts


def rows_of(counts: pd.DataFrame, definitions: dict[str, int]) -> list[dict[str, object]]:
    """Turn counts into rows for the store, each with the revision of the definition it was made under.

    Parameters
    ----------
    counts : DataFrame
        As `checked` gives them.
    definitions : dict
        Measure with the revision of its definition.

    Returns
    -------
    list of dict
        One a row; what is missing is None.
    """
    texts = counts.assign(
        period=counts["period"].dt.strftime("%Y-%m-%d"), definition=counts["measure"].map(definitions)
    )
    plain = texts.astype(object).where(texts.notna(), None)
    return plain.to_dict("records")


def definition(measures: Sequence[Entry], key: str) -> Entry | None:
    """Find a measure's definition; without a name, that of the lead measure.

    Parameters
    ----------
    measures : sequence of Entry
        The team's measures.
    key : str
        Short name; blank for the lead measure, or the first when none leads.

    Returns
    -------
    Entry or None
        None when no name is asked for and there is no measure.

    Raises
    ------
    Problem
        When no measure has this name.

    Examples
    --------
    >>> definition([], "") is None
    True
    """
    if not key:
        leading = [entry for entry in measures if entry.body.get("lead")]
        return next(iter([*leading, *measures]), None)
    for entry in measures:
        if entry.key == key:
            return entry
    raise Problem(f"No measure is called “{shown(key)}” here. Choose one of those defined in step 9.")


def refuse_unshared(name: str, *, shared: bool, agreements: Sequence[Entry]) -> None:
    """Stop when a team's numbers may not be shown to others.

    Parameters
    ----------
    name : str
        The team's name.
    shared : bool
        Whether the team shares it.
    agreements : sequence of Entry
        What was asked of those who decide over these numbers; one that is still open stops everything.

    Raises
    ------
    Problem
        With the reason.
    """
    if not shared:
        raise Problem(f"{name} has not shared this measure. It shows here once the team shares it in step 9.")
    if any(entry.body.get("state") != "agreed" for entry in agreements):
        raise Problem(f"{name} waits for an agreement before its numbers are shown. Look again after it.")


def shared_view(table: pd.DataFrame, measure: Entry) -> pd.DataFrame:
    """Give counts as others may see them: periods are joined until no small number is left.

    Parameters
    ----------
    table : DataFrame
        Counts of one measure, as `typed` gives them.
    measure : Entry
        Its definition, with the policy and the stratifiers that add up to everyone.

    Returns
    -------
    DataFrame
        The counts layout; as the team counted when the policy is none and a reason is written.
    """
    from pophealth.stats import privacy

    whole = filled(table, length=measure.body["period"])
    if measure.body["policy"] == "none" and measure.body["policy_reason"]:
        return whole
    names = (name.strip() for name in measure.body["exclusive"].split(","))
    exclusive = tuple(name for name in names if name)
    return typed(privacy.join_periods(whole, policy="cms11", exclusive=exclusive))


def refuse_again(imports: Sequence[Mapping[str, Any]], sha256: str, name_of: Callable[[str], str]) -> None:
    """Stop when the same file was imported before.

    Parameters
    ----------
    imports : sequence of mapping
        What was imported so far.
    sha256 : str
        Of the file.
    name_of : callable
        Gives the name of a person.

    Raises
    ------
    Problem
        With who imported it and when.

    Examples
    --------
    >>> refuse_again([], "0" * 64, str)
    """
    for one in imports:
        if one["sha256"] == sha256:
            raise Problem(
                f"This file is here already: {name_of(one['author'])} imported it as "
                f"{shown(one['file_name'])} on {one['at']:%Y-%m-%d}. Nothing was changed; to bring new "
                "numbers, change the file first."
            )


def _refuse_unknown(counts: pd.DataFrame, known: set[str]) -> None:
    for measure in counts["measure"].unique():
        if measure not in known:
            raise Problem(
                f"No measure is called “{shown(measure)}” here. Define it in step 9, or correct the name."
            )
        checked_slug(measure, "measure")


def _point(row: pd.Series) -> str:
    group = f", {shown(row['stratifier'])} “{shown(row['stratum'])}”" if row["stratifier"] else ""
    return f"{row['measure']} in {row['period']:%Y-%m}{group}"

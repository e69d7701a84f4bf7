"""Counts as one table, with its gaps, and the view of it that others may see."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from pophealth.stats import privacy
from pophealth.workspace.entries import Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Measure
from pophealth.workspace.slugs import checked_slug, shown

COLUMNS = ("measure", "period", "numerator", "denominator", "value", "stratifier", "stratum", "note")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
Row = tuple[Any, ...]
_TEXT = ("stratifier", "stratum", "note")
_NUMBERS = ("numerator", "denominator", "value")
_BLANK = {name: "" if name in _TEXT else None for name in COLUMNS}
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
        The counts layout, in the same order: text, first days of periods, numbers.

    Examples
    --------
    >>> typed(pd.DataFrame(columns=["measure", "period"])).columns.tolist()
    ['measure', 'period', 'numerator', 'denominator', 'value', 'stratifier', 'stratum', 'note']
    """
    there = {name: table[name] if name in table else [_BLANK[name]] * len(table) for name in COLUMNS}
    texts = {name: pd.Series(list(there[name]), dtype="str").fillna("") for name in ("measure", *_TEXT)}
    numbers = {name: _numbers(there[name]) for name in _NUMBERS}
    periods = pd.Series(pd.to_datetime(pd.Series(list(there["period"])))).astype("datetime64[ns]")
    return pd.DataFrame({**texts, **numbers, "period": periods}, columns=list(COLUMNS))


def table_of(rows: Sequence[Row]) -> pd.DataFrame:
    """Make a table of stored counts.

    Parameters
    ----------
    rows : sequence of tuple
        Values in the order of the counts layout; periods as ISO text.

    Returns
    -------
    DataFrame
        The counts layout.

    Examples
    --------
    >>> table_of([("bp", "2020-01-01", 5.0, 9.0, None, "", "", "")])["period"].iloc[0]
    Timestamp('2020-01-01 00:00:00')
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    kinds = {"period": "datetime64[ns]", **dict.fromkeys(_NUMBERS, "float64")}
    return pd.DataFrame(
        {
            name: np.array(values, dtype=kinds[name]) if name in kinds else pd.array(values, dtype="str")
            for name, values in zip(COLUMNS, columns, strict=True)
        }
    )


def filled(rows: Sequence[Row], *, length: str) -> list[Row]:
    """Put a row of missing values wherever a period is missing, so that it shows as a gap.

    Parameters
    ----------
    rows : sequence of tuple
        Stored counts of one measure.
    length : str
        month, quarter or year: how long each period is; day: of an event, and no day is missing.

    Returns
    -------
    list of tuple
        Each group has every period between the measure's first and last; sorted by group and period.

    Examples
    --------
    >>> two = [("bp", day, 5.0, 9.0, None, "", "", "") for day in ("2020-01-01", "2020-03-01")]
    >>> [row[1] for row in filled(two, length="month")]
    ['2020-01-01', '2020-02-01', '2020-03-01']
    """
    there = {(row[5], row[6], row[1]): row for row in rows}
    days = {row[1] for row in rows}
    days |= set(_days_between(min(days), max(days), MONTHS[length])) if days and length in MONTHS else set()
    groups = sorted({point[:2] for point in there})
    points = [(*group, day) for group in groups for day in sorted(days)]
    return [there.get(point) or (rows[0][0], point[2], None, None, None, *point[:2], "") for point in points]


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
    counts = _readable(table)
    _refuse_unknown(counts, set(known))
    if bool(counts["period"].isna().any()):
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
    made_under = [definitions[measure] for measure in counts["measure"]]
    texts = counts.assign(period=counts["period"].dt.strftime("%Y-%m-%d"), definition=made_under)
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


def own_view(rows: Sequence[Row], measure: Entry) -> pd.DataFrame:
    """Give counts as the team made them, with gaps where a period is missing.

    Parameters
    ----------
    rows : sequence of tuple
        Stored counts of one measure.
    measure : Entry
        Its definition.

    Returns
    -------
    DataFrame
        The counts layout; ``.attrs["length"]`` says how long a period is.
    """
    length = measure.body["period"]
    return _told(table_of(filled(rows, length=length)), length=length, too_few=())


def shared_view(rows: Sequence[Row], measure: Entry) -> pd.DataFrame:
    """Give counts as others may see them: periods are joined until no small number is left.

    Parameters
    ----------
    rows : sequence of tuple
        Stored counts of one measure.
    measure : Entry
        Its definition, with the policy and the stratifiers that add up to everyone.

    Returns
    -------
    DataFrame
        The counts layout; as the team counted when the policy is none and a reason is written.
        ``.attrs["length"]`` says how long a period is now, ``.attrs["too_few"]`` what was left out.
    """
    whole = own_view(rows, measure)
    if whole.empty or _open(measure):
        return whole
    names = (name.strip() for name in measure.body["exclusive"].split(","))
    exclusive = tuple(name for name in names if name)
    plain = measure.body.get("chart") == "c"
    counted = _nobody_left(whole) if plain else whole
    joined = privacy.join_periods(counted, policy=_policy(measure), exclusive=exclusive)
    length = str(joined["length"].iloc[0] if len(joined) else measure.body["period"])
    shown = _as_counted(typed(joined), whole, months=privacy.LENGTHS[length]) if plain else typed(joined)
    return _told(shown, length=length, too_few=joined.attrs["too_few"])


def refuse_single_events(measure: Entry) -> None:
    """Stop before others see how far events lie apart, because that tells the day of each single one.

    Parameters
    ----------
    measure : Entry
        Its definition; one whose small numbers may be shown, with a reason, is let through.

    Raises
    ------
    Problem
        With the reason.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> falls = Entry("gull", "measure", "falls", 1, {"chart": "t"}, "ana", datetime(2021, 1, 1, tzinfo=UTC))
    >>> refuse_single_events(falls)
    Traceback (most recent call last):
    pophealth.workspace.errors.Problem: Each point of this chart stands for one event, ...
    """
    between = measure.body.get("chart") in ("g", "t") or measure.body.get("period") == "day"
    if between and not _open(measure):
        raise Problem(
            "Each point of this chart stands for one event, and its day could point at a person. So it is "
            "for the team only. If others may see it, say why in the measure, under small numbers."
        )


def _open(measure: Entry) -> bool:
    """Tell whether others may see small numbers, with a reason."""
    return _policy(measure) == "none"


def _policy(measure: Entry) -> str | int:
    """Give the rule for small numbers that a team chose for a measure."""
    record = measure.record
    return record.policy_in_force if isinstance(record, Measure) else "cms11"


def _nobody_left(counts: pd.DataFrame) -> pd.DataFrame:
    """Let a plain count be judged by itself: it is not counted out of anybody, so nobody is left over."""
    return counts.assign(denominator=counts["numerator"].where(counts["numerator"].isna(), 0.0))


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


def _as_counted(joined: pd.DataFrame, own: pd.DataFrame, *, months: int) -> pd.DataFrame:
    """Give plain counts back without people; a longer period with a gap in it would look like a fall."""
    parts = own[own["numerator"].notna()].merge(joined.reset_index(), on=_POINT[:3], suffixes=("_own", ""))
    inside = parts["period_own"].ge(parts["period"])
    inside &= parts["period_own"].lt(parts["period"] + pd.DateOffset(months=months))
    there = inside.groupby(parts["index"]).sum().reindex(joined.index, fill_value=0)
    whole = there.eq(max(1, months // MONTHS[own.attrs["length"]]))
    return joined.assign(numerator=joined["numerator"].where(whole), denominator=np.nan)


def _told(table: pd.DataFrame, **about: Any) -> pd.DataFrame:
    table.attrs.update(about)
    return table


def _days_between(first: str, last: str, months: int) -> list[str]:
    start, end = (date.fromisoformat(day) for day in (first, last))
    steps = range(start.year * 12 + start.month - 1, end.year * 12 + end.month, months)
    return [f"{step // 12:04d}-{step % 12 + 1:02d}-01" for step in steps]


def _numbers(values: Any) -> pd.Series:
    return pd.Series(pd.to_numeric(pd.Series(list(values), dtype=object)), dtype="float64")


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    try:
        return typed(table)
    except (ValueError, TypeError):
        raise Problem(
            "The counts hold something that is not a date or a number. Run the check first."
        ) from None


def _refuse_unknown(counts: pd.DataFrame, known: set[str]) -> None:
    for measure in counts["measure"].unique():
        if measure not in known:
            raise Problem(
                f"No measure is called “{shown(measure)}” here. Define it in step 9, or correct the name."
            )
        checked_slug(measure, "measure")


def _point(row: pd.Series) -> str:
    group = f", {shown(row['stratifier'])} “{shown(row['stratum'])}”" if str(row["stratifier"]) else ""
    return f"{row['measure']} in {row['period']:%Y-%m}{group}"

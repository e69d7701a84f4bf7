"""What must hold between the cells of a file of counts, each rule said in words."""

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from pophealth.workspace.store import TeamBook

_SHARES = ("p", "p'", "")
_COUNTED = (*_SHARES, "u", "u'", "c")
_BETWEEN = ("g", "t")
_KEY = ["measure", "period", "stratifier", "stratum"]


def listed(problems: list[tuple[int, str, str, str]]) -> pd.DataFrame:
    """Make the table of problems from rows of row, column, what, do.

    Parameters
    ----------
    problems : list of tuple
        Row number, column, what is wrong, what to do.

    Returns
    -------
    DataFrame
        row, column, what, do.

    Examples
    --------
    >>> listed([(2, "period", "The month is missing.", "Write it.")])["row"].tolist()
    [2]
    """
    return pd.DataFrame(problems, columns=["row", "column", "what", "do"])


def marked(where: pd.Series, column: str, what: pd.Series, do: "pd.Series | str") -> pd.DataFrame:
    """List the marked rows of a table as problems.

    Parameters
    ----------
    where : Series
        True for a row that has the problem; the index is the row number.
    column : str
        The column to look at.
    what, do : Series or str
        Words for each row.

    Returns
    -------
    DataFrame
        row, column, what, do.
    """
    frame = pd.DataFrame({"row": where.index, "column": column, "what": what, "do": do}, index=where.index)
    return frame[where].reset_index(drop=True)


def measures_of(book: "TeamBook | None") -> tuple[dict[str, Any], tuple[str, ...]]:
    """List a team's measures by short name, or say that measures were not checked.

    Parameters
    ----------
    book : TeamBook or None
        The team.

    Returns
    -------
    tuple
        Measures by short name; notes in words.

    Examples
    --------
    >>> measures_of(None)
    ({}, ('Measures were not checked, because no team was named.',))
    """
    if book is None:
        return {}, ("Measures were not checked, because no team was named.",)
    return {record.key: record for record in book.records("measure")}, ()


def key_of(text: str, known: dict[str, Any]) -> str:
    """Find a measure's short name from the short name or the full name a person wrote.

    Parameters
    ----------
    text : str
        As it stands in the file.
    known : dict
        Measures by short name; may be empty.

    Returns
    -------
    str
        The short name; the text as a short name when no measure fits.

    Examples
    --------
    >>> key_of("BP Control", {})
    'bp-control'
    """
    short = re.sub(r"[^a-z0-9]+", "-", text.strip().lower()).strip("-")
    names = {record.name.strip().lower(): key for key, record in known.items() if record.name}
    return short if short in known else names.get(text.strip().lower(), short)


def broken(table: pd.DataFrame, *, known: dict[str, Any], checked: bool) -> list[pd.DataFrame]:
    """Hold every rule against the counts.

    Parameters
    ----------
    table : DataFrame
        Counts layout with periods and numbers; the index is the row number.
    known : dict
        Measures by short name.
    checked : bool
        Whether a measure must be one of them.

    Returns
    -------
    list of DataFrame
        row, column, what, do; one table a rule.
    """
    return [
        _unknown_measure(table, known, checked),
        _more_than_all(table, known),
        _half_a_share(table, known),
        _other_number(table, known),
        *_too_low(table, known),
        _half_a_group(table),
        _repeated(table),
        *_sums(table, known),
    ]


def remarks(table: pd.DataFrame, *, known: dict[str, Any]) -> tuple[str, ...]:
    """Say what stops nothing but should be known: empty rows, nobody counted, groups that overlap.

    Parameters
    ----------
    table : DataFrame
        Counts layout with periods and numbers; the index is the row number.
    known : dict
        Measures by short name.

    Returns
    -------
    tuple of str
        Sentences.
    """
    empty = table[["numerator", "denominator", "value"]].isna().all(axis=1)
    nobody = table["denominator"].eq(0)
    notes = []
    if empty.any():
        notes.append(f"No numbers in {_rows(table.index[empty])}. This is shown as a gap.")
    if nobody.any():
        notes.append(f"Nobody was counted in {_rows(table.index[nobody])}. This is shown as a gap.")
    over = [row for row, _, overlaps in _over(table, known) if overlaps]
    if over:
        notes.append(f"Groups overlap near {_rows(over)}, as the measure says they may.")
    return tuple(notes)


def _rows(rows: Any) -> str:
    rows = list(rows)
    shown = ", ".join(str(row) for row in rows[:5])
    more = f" and {len(rows) - 5} more" if len(rows) > 5 else ""
    return f"row{'s' if len(rows) > 1 else ''} {shown}{more}"


def _unknown_measure(table: pd.DataFrame, known: dict[str, Any], checked: bool) -> pd.DataFrame:
    names = table["measure"]
    blank = names.eq("")
    if not checked:
        return marked(
            blank, "measure", names.map(lambda _: "The measure is missing."), "Write its short name."
        )
    there = ", ".join(known) or "none yet: write the first one in step 9"
    what = names.map(lambda name: f"There is no measure {name}." if name else "The measure is missing.")
    return marked(~names.isin(list(known)), "measure", what, f"Your team has: {there}.")


def _more_than_all(table: pd.DataFrame, known: dict[str, Any]) -> pd.DataFrame:
    over = _charts(table, known).fillna("p").isin(_SHARES) & table["numerator"].gt(table["denominator"])
    pairs = zip(table["numerator"], table["denominator"], strict=True)
    words = [f"{upper:.0f} is more than the {lower:.0f} it is counted out of." for upper, lower in pairs]
    what = pd.Series(words, index=table.index, dtype="object")
    return marked(over, "numerator", what, "Check both numbers.")


def _half_a_share(table: pd.DataFrame, known: dict[str, Any]) -> pd.DataFrame:
    alone = table["denominator"].isna() ^ table["numerator"].isna()
    alone &= table["value"].isna()
    alone &= ~(_charts(table, known).eq("c") & table["numerator"].notna())
    which = table["denominator"].isna().map({True: "denominator", False: "numerator"})
    what = which.map(lambda name: f"The {name} is missing while the other number is there.")
    return marked(alone, "denominator", what, "Write both, or leave both empty.").assign(
        column=which[alone].to_list()
    )


def _other_number(table: pd.DataFrame, known: dict[str, Any]) -> pd.DataFrame:
    """Find rows whose only numbers are those that the chart of their measure does not read."""
    charts = _charts(table, known)
    counted = table["numerator"].notna() | table["denominator"].notna()
    valued = table["value"].notna()
    no_counts = charts.isin(_COUNTED) & valued & ~counted
    no_value = charts.isin(_BETWEEN) & counted & ~valued
    column = no_value.map({True: "value", False: "numerator"})
    what = column.map(
        {
            "value": "The value is missing: what lies between this event and the one before.",
            "numerator": "There is a value, but what is counted is missing.",
        }
    )
    do = column.map(
        {
            "value": "Write it in the column value, such as the days since the last event.",
            "numerator": "Write the counts, or choose in the measure the kind that has one number a period.",
        }
    )
    bad = no_counts | no_value
    return marked(bad, "value", what, do).assign(column=column[bad].to_list())


def _too_low(table: pd.DataFrame, known: dict[str, Any]) -> list[pd.DataFrame]:
    charts, value = _charts(table, known), table["value"]
    at_once = charts.eq("t") & value.le(0)
    below = charts.eq("g") & value.lt(0)
    what = value.map(lambda number: f"{number:g} is too low: time between events is above 0.")
    negative = value.map(lambda number: f"{number:g} is below zero.")
    return [
        marked(at_once, "value", what, "Check the two days. Two events on one day are one row, with a note."),
        marked(below, "value", negative, "Count what lies between two events: zero or more."),
    ]


def _charts(table: pd.DataFrame, known: dict[str, Any]) -> pd.Series:
    """Give the chart of each row's measure; missing where the measure is not known."""
    return table["measure"].map(lambda key: known[key].chart if key in known else None).astype("object")


def _half_a_group(table: pd.DataFrame) -> pd.DataFrame:
    half = table["stratifier"].eq("") ^ table["stratum"].eq("")
    what = table["stratum"].map(
        lambda stratum: (
            "The group is named, but not what it is split by."
            if stratum
            else "The split is named, but not the group."
        )
    )
    return marked(half, "stratum", what, "Fill in stratifier and stratum, or leave both empty for everyone.")


def _repeated(table: pd.DataFrame) -> pd.DataFrame:
    readable = table[table["period"].notna()]
    again = readable.duplicated(_KEY)
    if not again.any():
        return listed([])
    first = readable.reset_index().groupby(_KEY)["row"].transform("min")
    what = pd.Series([f"The same measure, month and group stand in row {row}." for row in first])
    what.index = readable.index
    return marked(again, "period", what, "Keep one of the two rows.")


def _sums(table: pd.DataFrame, known: dict[str, Any]) -> list[pd.DataFrame]:
    return [listed([problem]) for _, problem, overlaps in _over(table, known) if not overlaps]


def _over(table: pd.DataFrame, known: dict[str, Any]) -> list[tuple[int, tuple[int, str, str, str], bool]]:
    """Find groups that add up to more than everyone: row, problem, whether the measure lets them overlap."""
    rows = table[table["period"].notna()].reset_index()
    everyone = rows[rows["stratifier"].eq("")].drop_duplicates(_KEY).set_index(["measure", "period"])
    groups = rows[rows["stratifier"].ne("")].groupby(["measure", "stratifier", "period"], sort=False)
    found = []
    for column in ("denominator", "numerator"):
        added = groups.agg(total=(column, "sum"), row=("row", "first")).reset_index()
        if added.empty or everyone.empty:
            continue
        added = added.join(everyone[column].rename("all"), on=["measure", "period"])
        for line in added[added["total"].gt(added["all"])].itertuples():
            found.append(
                (
                    int(line.row),
                    _too_many(line, column),
                    _may_overlap(known.get(line.measure), line.stratifier),
                )
            )
    return found


def _too_many(line: Any, column: str) -> tuple[int, str, str, str]:
    return (
        int(line.row),
        column,
        f"The groups of {line.stratifier} add up to {line.total:.0f} in {line.period:%B %Y}, more than "
        f"the {line.all:.0f} of everyone.",
        "Check these rows. If a person can be in two groups, say in the measure which splits add up.",
    )


def _may_overlap(measure: Any, stratifier: str) -> bool:
    said = [part.strip().lower() for part in (getattr(measure, "exclusive", "") or "").split(",")]
    return said != [""] and stratifier.strip().lower() not in said

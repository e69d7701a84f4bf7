"""A file that may point at a person is refused: people are counted first, where their records are kept."""

import pandas as pd

from pophealth.stats.identifiers import CLASSES, find_identifiers
from pophealth.workspace import rules
from pophealth.workspace.errors import Problem
from pophealth.workspace.sheets import Sheet

_MOST = 5
_COUNT_FIRST = "Count the people where their records are kept, then bring only the counts."
_TAKE_OUT = "Take it out, or bring only counts of people."


def persons_in(sheet: Sheet) -> pd.DataFrame:
    """List what in a file may point at a person: column by column, with what it looks like and where.

    Names of columns, cells and the shape of the table are looked at. Names in free text are not found
    reliably, so this is a help and no guarantee.

    Parameters
    ----------
    sheet : Sheet
        The file as read.

    Returns
    -------
    DataFrame
        row (the first one), column, what, do; the cells themselves are never repeated.

    Examples
    --------
    >>> table = pd.DataFrame({"MRN": ["100482", "100483"], "period": "2020-01"}, index=[2, 3])
    >>> persons_in(Sheet("list.csv", "", table, ",", ()))["what"].tolist()
    ['A medical record number in rows 2 and 3.']
    """
    return _persons(sheet.table)


def refuse_persons(table: pd.DataFrame, name: str) -> None:
    """Stop when something in a table of counts may point at a person; nothing of it is kept.

    Parameters
    ----------
    table : DataFrame
        Counts, as a notebook or a file gives them.
    name : str
        What the person calls it.

    Raises
    ------
    Problem
        With columns and rows; rows are counted from 1, below the names of the columns.

    Examples
    --------
    >>> refuse_persons(pd.DataFrame({"period": ["2020-01"], "note": ["call 555-010-4477"]}), "counts")
    Traceback (most recent call last):
    pophealth.workspace.errors.Problem: counts may point at a person, so nothing was kept. Column note: ...
    """
    found = _persons(table.set_axis(range(1, len(table) + 1), axis="index"))
    if len(found):
        raise Problem(refusal(name, found))


def _persons(table: pd.DataFrame) -> pd.DataFrame:
    """List what may point at a person; the index of the table tells how its rows are counted."""
    found = find_identifiers(table)
    told = zip(found["column"], found["class"], found["rows"], strict=True)
    return rules.listed([_problem(column, held, rows, table.index) for column, held, rows in told])


def refusal(name: str, found: pd.DataFrame) -> str:
    """Say in a few sentences why a file is not kept.

    Parameters
    ----------
    name : str
        Of the file.
    found : DataFrame
        As `persons_in` gives it.

    Returns
    -------
    str
        What was found in the first columns, how many more there are, and what to do.

    Examples
    --------
    >>> refusal("list.csv", rules.listed([(5, "note", "A phone number in row 5.", "Take it out.")]))
    'list.csv may point at a person, so nothing was kept. Column note: a phone number in row 5. Count ...'
    """
    told = [f"Column {one.column}: {one.what[:1].lower()}{one.what[1:]}" for one in found.itertuples()]
    more = [f"There are {len(told) - _MOST} more such places."] if len(told) > _MOST else []
    return " ".join(
        [f"{name} may point at a person, so nothing was kept.", *told[:_MOST], *more, _COUNT_FIRST]
    )


def _problem(column: str, held: str, rows: tuple[int, ...], index: pd.Index) -> tuple[int, str, str, str]:
    numbers = [int(index[row]) for row in rows]
    where = _listed(numbers) if numbers else "the name of the column"
    what = f"{CLASSES[held]} in {where}."
    return numbers[0] if numbers else 1, column, f"{what[:1].upper()}{what[1:]}", _TAKE_OUT


def _listed(rows: list[int]) -> str:
    if len(rows) == 1:
        return f"row {rows[0]}"
    shown = rows[:_MOST] if len(rows) > _MOST else rows[:-1]
    last = f"{len(rows) - _MOST} more" if len(rows) > _MOST else str(rows[-1])
    return f"rows {', '.join(map(str, shown))} and {last}"

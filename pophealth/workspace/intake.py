"""A file of counts, checked in words and brought in whole or not at all."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from pophealth.workspace import rules
from pophealth.workspace.amounts import read_amounts
from pophealth.workspace.errors import Problem
from pophealth.workspace.periods import length_of, missing_between, read_periods
from pophealth.workspace.persons import persons_in, refusal
from pophealth.workspace.sheets import Sheet, Upload, read_sheet

if TYPE_CHECKING:
    from pophealth.workspace.store import Imported, TeamBook

LAYOUT = ("measure", "period", "numerator", "denominator", "value", "stratifier", "stratum", "note")
_ALSO = {
    "measure": "indicator measure_name measure_key metric",
    "period": "month date time when year quarter start period_start month_start",
    "numerator": "num count events n numer upper",
    "denominator": "den denom total population people out_of lower",
    "value": "result rate percent percentage pct",
    "stratifier": "split_by stratification category dimension split",
    "stratum": "group subgroup level strata",
    "note": "notes comment comments remark remarks",
}
_MEANT = {also: name for name, words in _ALSO.items() for also in words.split()}


class Checked(NamedTuple):
    """A file as it was understood: the counts, what is wrong in words, and what should be known."""

    table: pd.DataFrame
    problems: pd.DataFrame
    notes: tuple[str, ...]
    name: str = ""
    sha256: str = ""


class Refused(Problem):
    """A file that was not imported, with all that was found in `checked`."""

    def __init__(self, sentence: str, checked: Checked) -> None:
        super().__init__(sentence)
        self.checked = checked


def read(
    path: str | Path | Upload,
    *,
    period: str = "",
    numerator: str = "",
    denominator: str = "",
    value: str = "",
) -> Sheet:
    r"""Read a file and give its columns the names of the counts layout.

    Parameters
    ----------
    path : str, Path or Upload
        The file, as text with columns.
    period, numerator, denominator, value : str
        Names of columns in the file, where they have other names.

    Returns
    -------
    Sheet
        `table` of text, still unread, with the index a spreadsheet shows; `notes` in words.

    Raises
    ------
    Refused
        When something in the file may point at a person; `checked` on the error lists columns and rows.
    Problem
        When the file cannot be read at all.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "births.csv")
    ...     _ = file.write_text("date,births,deaths\n1841-01-01,254,37\n")
    ...     sheet = read(file, period="date", numerator="deaths", denominator="births")
    >>> list(sheet.table)
    ['period', 'denominator', 'numerator']
    """
    sheet = read_sheet(path)
    found = persons_in(sheet)
    if len(found):
        nothing = pd.DataFrame(columns=list(LAYOUT))
        raise Refused(refusal(sheet.name, found), Checked(nothing, found, sheet.notes, *sheet[:2]))
    asked = {"period": period, "numerator": numerator, "denominator": denominator, "value": value}
    names, notes = _names(sheet, {name: column for name, column in asked.items() if column})
    return sheet._replace(table=sheet.table.rename(columns=names), notes=(*sheet.notes, *notes))


def check(
    path: str | Path | Upload,
    *,
    book: "TeamBook | None" = None,
    measure: str = "",
    period: str = "",
    numerator: str = "",
    denominator: str = "",
    value: str = "",
) -> Checked:
    r"""Read a file of counts and say in words what is wrong with which row.

    No problems means that the file can be imported as it is. Notes tell what was guessed and what will
    show as a gap; they stop nothing.

    Parameters
    ----------
    path : str, Path or Upload
        The file: `measure, period, numerator, denominator, value, stratifier, stratum, note`.
    book : TeamBook, optional
        The team, whose measures are then held against the file.
    measure : str
        Short name of the measure, when the file has no such column.
    period, numerator, denominator, value : str
        Names of columns in the file, where they have other names.

    Returns
    -------
    Checked
        `table` in the counts layout, `problems` with row, column, what, do, `notes`, and which file it was.

    Raises
    ------
    Refused
        When something in the file may point at a person; `checked` on the error lists columns and rows.
    Problem
        When the file cannot be read at all.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "counts.csv")
    ...     _ = file.write_text("measure,month,numerator,denominator\nvisits,2020-01,9,4\n")
    ...     checked = check(file)
    >>> checked.problems.loc[0, ["row", "what"]].tolist()
    [2, '9 is more than the 4 it is counted out of.']
    """
    sheet = read(path, period=period, numerator=numerator, denominator=denominator, value=value)
    known, notes = rules.measures_of(book)
    absent = _absent(sheet, measure, known)
    if len(absent):
        return Checked(pd.DataFrame(columns=list(LAYOUT)), absent, sheet.notes, *sheet[:2])
    table, problems, read_notes = _understood(sheet, measure, known)
    found = [problems, *rules.broken(table, known=known, checked=book is not None)]
    each = pd.concat(found, ignore_index=True).drop_duplicates(["row", "column"])
    problems = each.sort_values(["row", "column"], kind="stable")
    notes = (*sheet.notes, *read_notes, *notes, *rules.remarks(table, known=known), *_gaps(table, known))
    return Checked(table.reset_index(drop=True), problems.reset_index(drop=True), notes, *sheet[:2])


def load(path: str | Path, *, book: "TeamBook", **columns: Any) -> "Imported":
    """Bring a file of counts into a team's book, whole or not at all.

    Parameters
    ----------
    path : str or Path
        The file.
    book : TeamBook
        The team.
    **columns : str
        `measure` and names of columns, as in `check`.

    Returns
    -------
    Imported
        How many rows of which measures are now there.

    Raises
    ------
    Refused
        When a row has a problem or may point at a person; nothing was imported. `checked` on the error
        holds the whole list.
    Problem
        When the file cannot be read, or was imported before.
    """
    return accept(check(path, book=book, **columns), book=book)


def accept(checked: Checked, *, book: "TeamBook") -> "Imported":
    """Bring a file that was checked into a team's book, whole or not at all.

    Parameters
    ----------
    checked : Checked
        From `check` with the same team.
    book : TeamBook
        The team.

    Returns
    -------
    Imported
        How many rows of which measures are now there.

    Raises
    ------
    Refused
        When a row has a problem; nothing was imported.
    Problem
        When it was imported before.
    """
    if len(checked.problems):
        raise Refused(_refusal(checked.name, checked.problems), checked)
    return book.import_counts(checked.table, file_name=checked.name, sha256=checked.sha256)


def _refusal(name: str, problems: pd.DataFrame) -> str:
    first = problems.iloc[0]
    more = f" {len(problems) - 1} more to look at." if len(problems) > 1 else ""
    return (
        f"Nothing was imported from {name}. Row {first['row']}, {first['column']}: "
        f"{first['what']} {first['do']}{more}"
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def _names(sheet: Sheet, asked: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Match the columns of a file with the layout: what was asked for, then names, then other words."""
    columns = {_plain(column): column for column in sheet.table}
    names, notes = {}, []
    for name, column in asked.items():
        if _plain(column) not in columns:
            raise Problem(f"{sheet.name} has no column {column}. It has: {', '.join(sheet.table)}.")
        names[columns[_plain(column)]] = name
    for plain, column in columns.items():
        if plain in LAYOUT and column not in names and plain not in names.values():
            names[column] = plain
    for plain, column in columns.items():
        meant = _MEANT.get(plain, "")
        if meant and column not in names and meant not in names.values():
            names[column] = meant
            notes.append(f"The column {column} was read as {meant}.")
    extra = [column for column in sheet.table if column not in names]
    if extra:
        notes.append(f"Not kept, because the layout has no such column: {', '.join(extra)}.")
    return names, tuple(notes)


def _absent(sheet: Sheet, measure: str, known: dict[str, Any]) -> pd.DataFrame:
    there = set(sheet.table)
    named = [measure] if "measure" not in there else sheet.table["measure"].replace("", measure).unique()
    charts = {getattr(known.get(rules.key_of(text, known)), "chart", "") for text in named}
    wanted = ("numerator",) if charts == {"c"} else ("numerator", "denominator")
    found = []
    if "period" not in there:
        found.append(("period", "There is no column period.", "Add one with the month, like 2020-01."))
    if "measure" not in there and not measure:
        found.append(
            ("measure", "There is no column measure.", "Add one, or name the measure when you import.")
        )
    if "value" not in there:
        found += [
            (name, f"There is no column {name}.", "Add it, or add a column value.")
            for name in wanted
            if name not in there
        ]
    return rules.listed([(1, *problem) for problem in found])


def _understood(
    sheet: Sheet, measure: str, known: dict[str, Any]
) -> tuple[pd.DataFrame, pd.DataFrame, tuple]:
    """Turn the text of a file into periods and numbers, and list the cells that could not be read."""
    raw = sheet.table.reindex(columns=list(LAYOUT), fill_value="")
    table, found, notes = raw.copy(), [], []
    named = raw["measure"].where(raw["measure"].ne(""), measure)
    table["measure"] = named.map(lambda text: rules.key_of(text, known))
    lengths = table["measure"].map(lambda key: getattr(known.get(key), "period", "") or "month")
    for length, texts in raw["period"].groupby(lengths):
        periods = read_periods(texts, length=str(length))
        table.loc[texts.index, "period"] = periods.first
        found.append(_unread(texts, "period", periods.advice))
        notes += _moved(periods.moved, str(length))
    for column in ("numerator", "denominator", "value"):
        amounts = read_amounts(raw[column], whole=column != "value", decimal_comma=sheet.separator == ";")
        table[column] = amounts.numbers
        found.append(rules.marked(amounts.what.ne(""), column, amounts.what, amounts.do))
        if amounts.regrouped:
            notes.append(f"Marks between thousands were dropped in the column {column}.")
        if amounts.commas:
            notes.append(f"Commas were read as decimal points in the column {column}.")
    table["period"] = pd.to_datetime(table["period"]).astype("datetime64[ns]")
    table.index.name = "row"
    return table, pd.concat(found), tuple(notes)


def _unread(texts: pd.Series, column: str, advice: pd.Series) -> pd.DataFrame:
    what = texts.map(
        lambda text: f"“{text[:40]}” is not a month we can read." if text else "The month is missing."
    )
    return rules.marked(advice.ne(""), column, what, advice)


def _moved(moved: pd.Series, length: str) -> list[str]:
    if not moved.any():
        return []
    rows = int(moved.sum())
    return [f"{rows} {'day was' if rows == 1 else 'days were'} moved to the first day of the {length}."]


def _gaps(table: pd.DataFrame, known: dict[str, Any]) -> tuple[str, ...]:
    """Say which periods have no row; a gap stops nothing."""
    notes = []
    for measure, rows in table.groupby("measure"):
        length = getattr(known.get(str(measure)), "period", "") or length_of(rows["period"])
        missing: dict[pd.Timestamp, int] = {}
        for _, series in rows.groupby(["stratifier", "stratum"]):
            for period in missing_between(series["period"], length=length):
                missing[period] = missing.get(period, 0) + 1
        if missing:
            days = sorted(missing)
            shown = ", ".join(f"{day:%B %Y}" for day in days[:4])
            more = f" and {len(days) - 4} more" if len(days) > 4 else ""
            notes.append(f"{measure}: no row for {shown}{more}. This is shown as a gap.")
    return tuple(notes)

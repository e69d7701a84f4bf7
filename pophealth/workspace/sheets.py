"""A file with columns, read into a table of text: what its bytes are, and what is refused at the door."""

import csv
import hashlib
import io
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pophealth.workspace.errors import Problem

MOST_BYTES = 25_000_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
MOST_LETTERS = 32_000

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_NOT_TEXT = {
    b"PK\x03\x04": "a spreadsheet or zip file",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet file",
    b"%PDF": "a PDF",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a packed file",
    b"{": "a JSON file",
    b"<": "a web page or XML file",
}


class Upload(NamedTuple):
    """A file that somebody sent from a page; it never touches the disk."""

    name: str
    content: bytes


class Sheet(NamedTuple):
    """A file as a table of text; the index is the row number a spreadsheet shows, the header being row 1."""

    name: str
    sha256: str
    table: pd.DataFrame
    separator: str
    notes: tuple[str, ...]


def read_sheet(source: str | Path | Upload) -> Sheet:
    r"""Read a text file with columns and say what had to be guessed.

    Commas, semicolons, tabs and upright bars are found by looking at the first row. UTF-8, UTF-16 and
    Latin-1 are read. Nothing is turned into numbers or dates yet.

    Parameters
    ----------
    source : str, Path or Upload
        The file.

    Returns
    -------
    Sheet
        `table` of text with one row per row of the file that is not empty, and notes in words.

    Raises
    ------
    Problem
        When the file is not there, too large, not text, or has no rows.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "counts.csv")
    ...     _ = file.write_text("period;numerator;denominator\n2020-01;4;9\n")
    ...     sheet = read_sheet(file)
    >>> sheet.table.loc[2, "numerator"], sheet.notes
    ('4', ('The columns are separated by semicolons.',))
    """
    name, content = source if isinstance(source, Upload) else _opened(Path(source))
    text, notes = _text(content, name)
    separator, rows = _rows(text, name)
    if separator != ",":
        notes = (*notes, f"The columns are separated by {_SEPARATORS[separator]}.")
    table = _table(rows, name)
    return Sheet(name, hashlib.sha256(content).hexdigest(), table, separator, notes)


def _opened(path: Path) -> Upload:
    try:
        if path.is_dir():
            raise Problem(f"{path.name} is a folder. Choose the file with your counts.")
        if path.stat().st_size > MOST_BYTES:
            raise Problem(
                f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB. "
                "A file of counts is small: count first, or split it by year."
            )
        return Upload(path.name, path.read_bytes())
    except FileNotFoundError:
        raise Problem(f"There is no file {path.name}. Check the name and the folder.") from None
    except OSError as error:
        raise Problem(
            f"{path.name} cannot be read ({error.strerror}). Ask who owns it, or copy it to your own folder."
        ) from None


def _text(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    kind = next((words for start, words in _NOT_TEXT.items() if content.lstrip().startswith(start)), "")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), ("The file is UTF-16 text.",)
    if kind or b"\x00" in content:
        raise Problem(
            f"{name} is {kind or 'not a text file'}. Save your counts as CSV (comma separated values)."
        )
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = "The file is not UTF-8; it was read as Latin-1. Look at letters with accents."
        return content.decode("cp1252", errors="replace"), (note,)


def _rows(text: str, name: str) -> tuple[str, list[list[str]]]:
    lines = text.splitlines()
    if lines and lines[0].strip().lower() in {f"sep={mark}" for mark in _SEPARATORS}:
        text = text.split("\n", 1)[-1]
    header = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                raise Problem(f"{name} has more than {MOST_ROWS:,} rows. Count first, or split it by year.")
    except csv.Error:
        raise Problem(
            f"{name} cannot be read near row {len(rows) + 1}: a cell is too long or a quote is not closed."
        ) from None
    return separator, rows


def _table(rows: list[list[str]], name: str) -> pd.DataFrame:
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        raise Problem(f"{name} is empty. Put the column names in row 1 and one row per month below.")
    (top, header), *body = filled
    if len(header) > MOST_COLUMNS:
        raise Problem(f"{name} has more than {MOST_COLUMNS} columns. Keep only those of the template.")
    if not body:
        raise Problem(f"{name} has column names but no rows below them. Add one row per month.")
    header = [_clean(cell) for cell in header]
    _check_header(header, name, top)
    _check_width(body, len(header), name)
    cells = [[_clean(cell) for cell in [*row, *[""] * len(header)][: len(header)]] for _, row in body]
    table = pd.DataFrame(cells, columns=header, index=[number for number, _ in body], dtype="object")
    return table.drop(columns=[column for column in header if not column])


def _check_header(header: list[str], name: str, top: int) -> None:
    twice = next((cell for cell in header if cell and header.count(cell) > 1), "")
    if twice:
        raise Problem(f"{name} has two columns named {twice} in row {top}. Rename or remove one.")


def _check_width(body: list[tuple[int, list[str]]], width: int, name: str) -> None:
    for number, row in body:
        if any(cell.strip() for cell in row[width:]):
            raise Problem(
                f"{name} has more cells than columns in row {number}. Put quotes around cells that hold "
                "a comma, or choose another separator."
            )
        if any(len(cell) > MOST_LETTERS for cell in row):
            raise Problem(f"{name} has a cell with more than {MOST_LETTERS:,} letters in row {number}.")


def _clean(cell: str) -> str:
    """Strip spaces, and the ' that keeps a spreadsheet from running a cell as a formula."""
    return " ".join(cell.replace("\ufeff", "").split()).removeprefix("'").strip()

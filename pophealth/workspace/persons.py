"""A file with one row per person is refused: people are counted first, where their records are kept."""

import re

import pandas as pd

from pophealth.workspace.errors import Problem
from pophealth.workspace.sheets import Sheet

# fmt: off
_NAMES = frozenset((
    "name", "first_name", "last_name", "given_name", "family_name", "surname", "full_name", "patient",
    "patient_name", "patient_id", "patientid", "person", "person_id", "client", "client_id",
    "client_name", "member_id", "resident_id", "id", "uid", "guid", "dob", "date_of_birth",
    "birth_date", "birthdate", "birthday", "born", "mrn", "medical_record_number", "record_number",
    "chart_number", "ssn", "social_security", "social_security_number", "insurance_number",
    "policy_number", "account_number", "address", "street", "street_address", "home_address", "phone",
    "phone_number", "telephone", "mobile", "cell_phone", "fax", "email", "e_mail", "email_address",
    "license_plate", "ip_address",
))
# fmt: on
_PATTERNS = {
    "a social security number": re.compile(r"\b\d{3}-\d{2}-\d{4}\b"),
    "an e-mail address": re.compile(r"\b[\w.+-]+@[\w-]+\.\w{2,}\b"),
    "a phone number": re.compile(r"(?<!\d)(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}(?!\d)"),
}
_COUNT_FIRST = "Nothing was kept. Count the people first, then bring only the counts."


def refuse_persons(sheet: Sheet) -> None:
    """Stop when a file looks like one row per person or holds what identifies a person.

    Column names, patterns such as an e-mail address, and columns of ones and zeros are looked at. Names in
    free text are not found reliably, so this is a help and no guarantee.

    Parameters
    ----------
    sheet : Sheet
        The file as read.

    Raises
    ------
    Problem
        One sentence that names the column, never the cell.

    Examples
    --------
    >>> table = pd.DataFrame({"mrn": ["1", "2"], "period": ["2020-01", "2020-01"]})
    >>> refuse_persons(Sheet("list.csv", "", table, ",", ()))
    Traceback (most recent call last):
    pophealth.workspace.errors.Problem: list.csv looks like one row per person: it has a column mrn. ...
    """
    column = next((name for name in sheet.table if _plain(name) in _NAMES), "")
    if column:
        raise Problem(f"{sheet.name} looks like one row per person: it has a column {column}. {_COUNT_FIRST}")
    for name in sheet.table:
        _refuse_patterns(sheet, str(name))
    if _all_ones(sheet.table):
        raise Problem(f"{sheet.name} looks like one row per person: every denominator is 1. {_COUNT_FIRST}")


def _refuse_patterns(sheet: Sheet, name: str) -> None:
    cells = pd.Series(sheet.table[name].unique(), dtype="object").astype(str)
    for what, pattern in _PATTERNS.items():
        found = cells.str.contains(pattern)
        if found.any():
            cell = cells[found].iloc[0]
            row = sheet.table.index[sheet.table[name].eq(cell)][0]
            raise Problem(f"{sheet.name} holds {what} in row {row}, column {name}. {_COUNT_FIRST}")


def _all_ones(table: pd.DataFrame) -> bool:
    columns = {_plain(name): name for name in table}
    if "denominator" not in columns or len(table) < 12:
        return False
    return bool(table[columns["denominator"]].isin(["1", "1.0"]).all())


def _plain(name: object) -> str:
    return re.sub(r"[^a-z0-9]+", "_", str(name).strip().lower()).strip("_")

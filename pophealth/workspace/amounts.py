"""Counts and values, read from the ways people and spreadsheets write numbers."""

import math
import re
from typing import NamedTuple

import pandas as pd

_MISSING = {"", "na", "n/a", "nan", "null", "none", "-", "–", "—", ".", "missing", "no data", "#n/a"}
_HIDDEN = re.compile(r"[*†]+|(?:<|<=|≤|under|less than|fewer than) ?\d+|suppressed|too few.*|hidden", re.I)
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,'’ \u00a0\u202f])\d{3})(?:\1\d{3})*", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+", re.ASCII)
_TOO_LARGE = 1e12


class Amounts(NamedTuple):
    """Numbers as read, and where a cell is no number: what is wrong and what to do."""

    numbers: pd.Series
    what: pd.Series
    do: pd.Series
    regrouped: bool
    commas: bool


def read_amounts(texts: pd.Series, *, whole: bool, decimal_comma: bool = False) -> Amounts:
    """Read a column of numbers; an empty cell is a missing number.

    Parameters
    ----------
    texts : Series
        Text such as ``12``, ``1,204``, ``1 204``, ``12,5``.
    whole : bool
        Whether these are counts, which are whole and not below zero.
    decimal_comma : bool
        Whether the file comes from a place that writes 12,5 for 12.5.

    Returns
    -------
    Amounts
        `numbers`; `what` and `do` in words, empty where all is well; whether separators were dropped.

    Examples
    --------
    >>> read_amounts(pd.Series(["1,204", "3.5", "many"]), whole=True).what.tolist()
    ['', '3.5 is not a whole number.', '“many” is not a number.']
    """
    read = {text: _amount(text, whole, decimal_comma) for text in texts.unique()}
    found = pd.DataFrame([read[text] for text in texts], index=texts.index, columns=["number", "what", "do"])
    shapes = [text.removesuffix("%").strip() for text, (_, what, _) in read.items() if not what]
    return Amounts(
        found["number"].astype(float),
        found["what"],
        found["do"],
        any(_GROUPED.fullmatch(text) for text in shapes),
        any(_DECIMAL_COMMA.fullmatch(text) and not _GROUPED.fullmatch(text) for text in shapes),
    )


def _amount(text: str, whole: bool, decimal_comma: bool) -> tuple[float, str, str]:
    if text.lower() in _MISSING:
        return math.nan, "", ""
    if _HIDDEN.fullmatch(text):
        return _not("is a hidden count", text, "Leave the cell empty, or bring your own full count.")
    number = _number(text if whole else text.removesuffix("%").strip(), decimal_comma)
    if number is None:
        return _not("is not a number", text, "Write digits only, or leave the cell empty if you do not know.")
    if not abs(number) < _TOO_LARGE:
        return _not("is too large", text, "Check for digits too many.")
    return _count(number, text) if whole else (number, "", "")


def _count(number: float, text: str) -> tuple[float, str, str]:
    if number != int(number):
        return math.nan, f"{text} is not a whole number.", _whole_advice(text)
    if number < 0:
        return math.nan, f"{text} is below zero.", "A count is zero or more. Check the sign."
    return number, "", ""


def _number(text: str, decimal_comma: bool) -> float | None:
    if grouped := _GROUPED.fullmatch(text):
        mark = grouped[1]
        sure = text.count(mark) > 1 or mark not in ".,"
        if sure or (mark == ".") == decimal_comma:
            return float(text.replace(mark, ""))
        return float(text.replace(",", "."))
    if _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    return float(text) if _PLAIN.fullmatch(text) else None


def _whole_advice(text: str) -> str:
    if _GROUPED.fullmatch(text):
        return f"If it means {re.sub(r'[^0-9]', '', text)}, write it without a point or comma."
    return "Counts are whole people or events. A percent goes into the value column."


def _not(what: str, text: str, do: str) -> tuple[float, str, str]:
    return math.nan, f"“{text[:40]}” {what}.", do

"""Sentences that charts of groups share: too few people, what luck does, what lines do not tell."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pophealth.views.phrases import first_capital, many, short, some, spelled
from pophealth.views.suppressed import TOO_FEW

UNSURE = 0.3
"""A share that luck could move over 30 points or more tells next to nothing (as the U.S. National Center for
Health Statistics has it since 2017)."""

LUCK = "Counted again in a year just like it, each number would differ by luck: the lines show how far."
OVERLAP = "Do not judge a gap by whether two lines overlap: the difference has limits of its own."


def luck_moves(
    what: str, limits: Sequence[float] | np.ndarray, unit: str, *, ways: tuple[str, str] = ("", "")
) -> str:
    """Say how far luck could move a number; `ways` says what lies below 0, and what above.

    Examples
    --------
    >>> luck_moves("that gap", (-0.19, -0.09), "points")
    'Luck could move that gap to anywhere from 9 to 19 points.'
    >>> luck_moves("that gap", (-0.15, 0.01), "points", ways=("behind", "ahead"))
    'Luck could move that gap to anywhere from 15 points behind to 1 point ahead.'
    """
    low, high = sorted(limits)
    if low < 0 < high and ways[0]:
        return f"Luck could move {what} to anywhere from {_way(low, unit, ways)} to {_way(high, unit, ways)}."
    way = f" {ways[0] if high <= 0 else ways[1]}".rstrip()
    if high <= 0:
        low, high = -high, -low
    first = short(low, unit).split(" ")[0]
    return f"Luck could move {what} to anywhere from {first} to {short(high, unit)}{way}."


def _way(size: float, unit: str, ways: tuple[str, str]) -> str:
    return f"{short(abs(size), unit)} {ways[0] if size < 0 else ways[1]}"


def too_few(names: Sequence[str]) -> list[str]:
    """Say of which groups nothing can be told.

    Examples
    --------
    >>> too_few(["Tagalog", "Korean"])
    ['For Tagalog and Korean, there are too few people to tell.']
    """
    return [f"For {some(names, 'group')}, there are too few people to tell."] if names else []


def blank_notes(groups: pd.DataFrame) -> list[str]:
    """Say why a group has no value, unless it is too small to show.

    Examples
    --------
    >>> blank_notes(pd.DataFrame({"name": ["Korean"], "blank": ["no people counted"]}))
    ['Korean has no number: no people counted.']
    """
    other = groups[groups["blank"].ne("") & groups["blank"].ne(TOO_FEW)]
    return [
        f"{first_capital(name)} has no number: {why}." for name, why in other[["name", "blank"]].to_numpy()
    ]


def line_notes(groups: pd.DataFrame, *, lower: str = "lower") -> list[str]:
    """Say what the lines of luck mean, and what they do not tell; nothing where there are none.

    Examples
    --------
    >>> line_notes(pd.DataFrame({"lower": [0.2, 0.3]}))[1]
    'Do not judge a gap by whether two lines overlap: the difference has limits of its own.'
    """
    lines = int(groups[lower].notna().sum())
    return [LUCK, OVERLAP][: min(lines, 2)]


def hidden_names(groups: pd.DataFrame) -> list[str]:
    """Name the groups that are too small to be shown."""
    return groups.loc[groups["blank"].eq(TOO_FEW), "name"].tolist()


def unsure(groups: pd.DataFrame, *, unit: str) -> pd.Series:
    """Tell of which shares luck leaves next to nothing."""
    return (groups["upper"] - groups["lower"]).ge(UNSURE) & (unit == "percent")


def counted(groups: pd.DataFrame) -> str:
    """Count the groups, and those that are too small to be shown.

    Examples
    --------
    >>> counted(pd.DataFrame({"blank": ["", "", "too few to show"]}))
    'three groups, one too few to show'
    """
    few = int(groups["blank"].eq(TOO_FEW).sum())
    word = "all" if few == len(groups) else spelled(few)
    return many(len(groups), "group") + (f", {word} {TOO_FEW}" if few else "")


def stands_out(compared: int, confidence: float) -> list[str]:
    """Say how often luck alone makes one of several groups stand out, from five groups on.

    Examples
    --------
    >>> stands_out(8, 0.95)
    ['Were all eight groups alike, luck alone would make one stand out on about 3 of 10 such charts.']
    """
    tenths = round((1 - confidence**compared) * 10)
    if compared < 5 or tenths < 1:
        return []
    alike = many(compared, "group")
    return [
        f"Were all {alike} alike, luck alone would make one stand out on about {tenths} of 10 such charts."
    ]


def confidence_of(table: pd.DataFrame) -> float:
    """Return the level of confidence of a table, by default 95%."""
    return float(table["confidence"].max()) if "confidence" in table and len(table) else 0.95

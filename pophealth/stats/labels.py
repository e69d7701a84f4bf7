"""Labels people type: the same words, whatever their capitals and spaces."""

from collections.abc import Sequence

import pandas as pd

from pophealth.stats import columns


def plain(labels: pd.Series) -> pd.Series:
    """Bring labels that read alike to one form; a blank is a missing value.

    >>> plain(pd.Series(["Rides  to care", "rides to care ", "  "])).tolist()
    ['rides to care', 'rides to care', nan]
    """
    text = labels.astype("string").str.split().str.join(" ").str.casefold()
    return text.replace("", pd.NA).astype(object).where(text.fillna("").ne(""), float("nan"))


def first_written(labels: pd.Series) -> pd.Series:
    """Give each label the way it was written first, so that what reads alike is one group.

    >>> first_written(pd.Series(["Rides to care", "rides to care ", None])).tolist()
    ['Rides to care', 'Rides to care', nan]
    """
    keys = plain(labels)
    tidy = labels.astype("string").str.split().str.join(" ").astype(object)
    return tidy.groupby(keys).transform("first").where(keys.notna(), float("nan"))


def one_of(table: pd.DataFrame, name: str, words: Sequence[str]) -> pd.Series:
    """Read a column that may hold only some words; a blank is a missing value.

    >>> one_of(pd.DataFrame({"says": ["Supports", "maybe"]}), "says", ["supports", "silent"])
    Traceback (most recent call last):
    ValueError: column 'says' holds 'maybe', which is no word for it, in row 1 (rows are counted from 0);
    write supports or silent
    """
    read = plain(table[name].reset_index(drop=True))
    unknown = read.notna() & ~read.isin(words)
    held = repr(table[name].to_numpy()[unknown.to_numpy().argmax()]) if unknown.any() else ""
    columns.refuse(
        unknown,
        f"column {name!r} holds {held}, which is no word for it,",
        f"write {', '.join(words[:-1])} or {words[-1]}",
    )
    return read

"""Whether talks with people still bring something new, and whose voice has been heard."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns, dates, labels

LAST = 3
"""Conversations in a row without a new theme after which little new is to be expected."""


def saturation(
    table: pd.DataFrame, *, when: str = "date", theme: str = "theme", conversation: str | None = None
) -> pd.DataFrame:
    """Tell how many themes each conversation brought that nobody had named before.

    While new themes keep coming, go on and talk with more people. When three conversations in a row bring
    nothing new, you have probably heard the main themes of those you talk with; others may have others.

    Parameters
    ----------
    table : DataFrame
        A row for each theme named in a conversation; a row with a blank theme is a conversation in which
        none was named.
    when : str
        Column: the date, or the number, of a conversation; conversations stand in the order of time.
    theme : str
        Column: the theme, in the same words each time; capitals and spaces do not matter.
    conversation : str, optional
        Column that tells conversations of one date apart. None: a date is one conversation.

    Returns
    -------
    DataFrame
        A row for each conversation: ``when``, the conversation, ``number`` (1, 2, ...), ``themes`` (named in
        it), ``new`` (never named before), ``cumulative`` (themes named so far), ``new_in_last_three`` (in it
        and the two before; missing for the first two) and ``saturated`` (True where those three
        brought none).

    Raises
    ------
    ValueError
        If a column is missing, a date is blank, or dates cannot be put in order.

    Notes
    -----
    New information over a run of conversations: G. Guest, E. Namey and M. Chen, PLoS ONE 15, 2020, e0232076;
    the run here is three.

    Examples
    --------
    >>> named = ["rides", "cost", "rides", "cost", "rides"]
    >>> table = pd.DataFrame({"date": [1, 1, 2, 3, 4], "theme": named})
    >>> saturation(table)[["date", "themes", "new", "cumulative", "new_in_last_three", "saturated"]]
       date  themes  new  cumulative  new_in_last_three  saturated
    0     1       2    2           2               <NA>      False
    1     2       1    0           2               <NA>      False
    2     3       1    0           2                  2      False
    3     4       1    0           2                  0       True
    """
    told = [when, *columns.names(conversation)]
    columns.require(table, [*told, theme])
    columns.refuse(table[when].isna(), f"column {when!r} is blank", "fill it in")
    rows = _in_order(table, when, told).assign(_theme=lambda ordered: labels.plain(ordered[theme]))
    once = rows.drop_duplicates([*told, "_theme"])
    first = once["_theme"].notna() & ~once["_theme"].duplicated()
    talks = once.assign(themes=once["_theme"].notna().astype(int), new=first.astype(int))
    found = (
        talks.groupby(told, sort=False, dropna=False, observed=True)[["themes", "new"]].sum().reset_index()
    )
    found.insert(len(told), "number", np.arange(1, len(found) + 1))
    recent = found["new"].rolling(LAST).sum().astype("Int64")
    return found.assign(
        cumulative=found["new"].cumsum(),
        new_in_last_three=recent,
        saturated=recent.eq(0).fillna(False).astype(bool),
    )


def _in_order(table: pd.DataFrame, when: str, told: list[str]) -> pd.DataFrame:
    """Put rows in the order of time, and conversations of one date in the order in which they first stand."""
    place = dates.in_time(table[when].reset_index(drop=True), when)
    talk = pd.factorize(table[told[-1]])[0]
    return table.iloc[np.lexsort((talk, place))]


def voices(
    table: pd.DataFrame,
    *,
    segment: str = "segment",
    consent: str = "consent",
    segments: Iterable[str] = (),
) -> pd.DataFrame:
    """Tell of which groups at least one person was heard and agreed that their words are used.

    Look for those not heard: what is planned for them is planned without them. The share of ``heard`` that
    is True is the part of all groups with a voice.

    Parameters
    ----------
    table : DataFrame
        A row for each thing heard.
    segment : str
        Column: the group of the person who said it; capitals and spaces do not matter. A row with a blank
        is left out.
    consent : str
        Column of True and False: they agreed that their words are used. A blank is False.
    segments : iterable of str
        All groups that should be heard, also those of whom nobody was. Groups found only in the table are
        added to them.

    Returns
    -------
    DataFrame
        A row for each group, in the order of `segments` and then as they first appear: the group,
        ``entries``, ``consented`` (entries whose words may be used) and ``heard``.

    Raises
    ------
    ValueError
        If a column is missing, or consent is not True or False.

    Examples
    --------
    >>> table = pd.DataFrame({"segment": ["Spanish", "Spanish", "Somali"], "consent": [True, False, False]})
    >>> voices(table, segments=["English", "Spanish", "Somali"])
       segment  entries  consented  heard
    0  English        0          0  False
    1  Spanish        2          1   True
    2   Somali        1          0  False
    """
    columns.require(table, [segment, consent])
    listed = pd.Series(list(segments), dtype=object)
    agreed = columns.flags(table, consent).astype(int)
    entries = pd.DataFrame({segment: [*listed, *table[segment]]})
    entries["entries"] = np.repeat([0, 1], [len(listed), len(table)])
    entries["consented"] = np.concatenate([np.zeros(len(listed), dtype=int), agreed])
    entries[segment] = labels.first_written(entries[segment])
    found = entries.groupby(segment, sort=False)[["entries", "consented"]].sum().reset_index()
    return found.assign(heard=found["consented"] > 0)

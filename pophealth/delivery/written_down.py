"""Of how many people the group is written down: said in full beside one chart, in short beside the next."""

import pandas as pd

from pophealth.views import words

_PARTS = {
    "recorded": "numerator",
    "people": "denominator",
    "declined": "declined",
    "not_recorded": "not_recorded",
}


def in_full(known: pd.DataFrame, stratifier: str, *, own: bool) -> str:
    """Say in full of how many people the group is written down.

    Parameters
    ----------
    known : pandas.DataFrame
        From `workspace.recorded.recorded_by_split`.
    stratifier : str
        The way people are split on the chart.
    own : bool
        Whether the team itself looks.

    Returns
    -------
    str
        One or two sentences, also where nobody can tell.

    Examples
    --------
    >>> in_full(pd.DataFrame({"stratifier": []}), "language", own=False)
    'For how many people language is written down is not told here.'
    """
    row = known[known["stratifier"].eq(stratifier)]
    if row.empty:
        return words.completeness_untold(what=stratifier, own=own)
    parts = {name: int(row[column].iloc[0]) for name, column in _PARTS.items()}
    return words.completeness_sentence(what=stratifier, **parts)


def as_above(known: pd.DataFrame, *stratifiers: str) -> str:
    """Say in few words what was said in full above.

    Parameters
    ----------
    known : pandas.DataFrame
        As in `in_full`.
    *stratifiers : str
        The ways people are split on the chart.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> as_above(pd.DataFrame({"stratifier": ["age"], "value": [0.9]}), "age")
    'As above, age is written down for 90%.'
    """
    shares = known.set_index("stratifier")["value"].to_dict()
    return words.completeness_pointer({name: shares.get(name) for name in stratifiers})


def on_ladder(ladder: pd.DataFrame) -> str:
    """Say of how many people who answered in the last round the group is written down.

    Parameters
    ----------
    ladder : pandas.DataFrame
        From `stats.segments.ladder` by group and month.

    Returns
    -------
    str
        One or two sentences; "" while nobody has answered.

    Examples
    --------
    >>> one = {"month": "2021-05", "group": "Spanish", "ladder": "thriving", "answered": 87}
    >>> on_ladder(pd.DataFrame([one]))
    'For all 87 people counted, the group is written down.'
    """
    last = ladder[ladder["month"].eq(ladder["month"].max()) & ladder["ladder"].eq("thriving")]
    people = int(last["answered"].sum())
    known = int(last.loc[last["group"].fillna("").ne(""), "answered"].sum())
    missing = {"declined": 0, "not_recorded": people - known}
    return words.completeness_sentence(what="the group", recorded=known, people=people, **missing)

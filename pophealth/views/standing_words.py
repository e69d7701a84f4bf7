"""What several people's answers say about where a team stands, and what moved since the first time."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pophealth.views.phrases import first_capital, listed, many, spelled

STILL, FEW, LOW, EVEN = 10, 3, 34, 0.95
NOBODY_TWICE = "No code is there both times, so nobody can say who moved."
OTHERS = "Most who answer now did not answer then. So a change may come from who was asked."


def finding(summary: pd.DataFrame) -> str:
    """Say in one line where people agree least, or which section stands lowest.

    Parameters
    ----------
    summary : pandas.DataFrame
        section, answered, median, lowest, highest, apart.

    Returns
    -------
    str
        The title of the chart.

    Examples
    --------
    >>> row = {"section": ["Fairness"], "answered": [2], "median": [50.0], "apart": [True]}
    >>> finding(pd.DataFrame(row))
    'You see Fairness differently: talk about it first'
    """
    if summary["answered"].max() < 2:
        return "One answer so far: ask at least two more people"
    far = summary.loc[summary["apart"], "section"].tolist()
    if len(far) > 2:
        return f"You see {len(far)} of {len(summary)} sections differently: talk about those first"
    if far:
        return f"You see {' and '.join(far)} differently: talk about {'them' if far[1:] else 'it'} first"
    lowest = summary.loc[summary["median"].idxmin(), "section"]
    return f"You see it much alike; {lowest} stands lowest"


def says(summary: pd.DataFrame, roles: Sequence[str] = ()) -> tuple[str, ...]:
    """Say what the answers show, without melting them into one number.

    Parameters
    ----------
    summary : pandas.DataFrame
        section, asked, answered, median, lowest, highest, apart.
    roles : sequence of str
        Who took part, apart from what they answered.

    Returns
    -------
    tuple of str
        Up to four sentences.

    Examples
    --------
    >>> row = {"section": ["Fairness"], "asked": [3], "answered": [2], "median": [50.0]}
    >>> table = pd.DataFrame(row | {"lowest": [0.0], "highest": [100.0], "apart": [True]})
    >>> says(table, ["nurse", "resident"])[1:3]
    ('They are: nurse and resident.', 'In Fairness the answers go from 0 to 100.')
    """
    known = summary.dropna(subset=["median"])
    people = int(summary["asked"].max())
    answered = f"{people} {'person' if people == 1 else 'people'} answered."
    widest = known.assign(width=known["highest"] - known["lowest"]).sort_values("width", ascending=False)
    first = widest.iloc[0]
    spread = f"In {first['section']} the answers go from {first['lowest']:.0f} to {first['highest']:.0f}."
    silent = int((summary["answered"] < summary["asked"]).sum())
    unsure = (
        f"In {silent} {'section' if silent == 1 else 'sections'} somebody could not say." if silent else ""
    )
    several = people > 1
    who = f"They are: {listed(roles)}." if several and len(roles) > 1 else ""
    said = (answered, who, spread if several else "", unsure)
    return tuple(sentence for sentence in said if sentence)


def differing_says(found: pd.DataFrame, *, statements: int, shown: int) -> tuple[str, ...]:
    """Say on how many statements people stand far apart.

    Parameters
    ----------
    found : pandas.DataFrame
        From `ratings.differing`.
    statements, shown : int
        How many there are in all, and how many stand in the table.

    Returns
    -------
    tuple of str
        One or two sentences.

    Examples
    --------
    >>> differing_says(pd.DataFrame(), statements=32, shown=5)
    ('On no statement do two of you stand two levels apart.',)
    """
    if found.empty:
        return ("On no statement do two of you stand two levels apart.",)
    first = f"On {len(found)} of {statements} statements two of you stand two levels or more apart."
    ask = "Ask each end what they see. Nobody has to give in."
    return (first, f"The {spelled(shown)} widest stand here. {ask}" if len(found) > shown else ask)


def balance_says(found: Any) -> tuple[str, ...]:
    """Say how even the four portfolios stand, always with how high.

    Parameters
    ----------
    found : ratings.Balance
        Index, level, and both ends.

    Returns
    -------
    tuple of str
        Two or three sentences.
    """
    low, high = f"{found.low:.0f} ({found.lowest})", f"{found.high:.0f} ({found.highest})"
    ends = f"Their middle answers go from {low} to {high}."
    if round(found.low) == round(found.high):
        ends = f"Their middle answers are all {found.low:.0f}."
    index = f"{found.index:.2f}".rstrip("0").rstrip(".")
    even = f"On average they stand at {found.level:.0f}. How even they are: {index}, where 1 is all alike."
    weak = found.index >= EVEN and found.level < LOW
    return (ends, even, *(["Even does not mean strong: all four stand low."] if weak else []))


def moved_title(change: pd.DataFrame, *, first: pd.Timestamp) -> str:
    """Say in one line what moved most since the first round.

    Parameters
    ----------
    change : pandas.DataFrame
        From `rounds.before_after`: section, before, now, change, moved.
    first : pandas.Timestamp
        The month of the first round.

    Returns
    -------
    str
        The title of the chart.

    Examples
    --------
    >>> row = {"section": ["Fairness"], "before": [33.0], "now": [50.0], "change": [17.0], "moved": ["up"]}
    >>> moved_title(pd.DataFrame(row), first=pd.Timestamp("2020-09-01"))
    'Fairness rose most since September 2020: from 33 to 50'
    """
    up, down = (change[change["moved"].eq(way)] for way in ("up", "down"))
    if len(up) and len(down):
        return f"{_most(up)['section']} rose and {_most(down)['section']} fell since {first:%B %Y}"
    if up.empty and down.empty:
        return f"Much as in {first:%B %Y}: no section has clearly moved"
    one, way = (_most(up), "rose") if len(up) else (_most(down), "fell")
    return f"{one['section']} {way} most since {first:%B %Y}: from {one['before']:.0f} to {one['now']:.0f}"


def moved_says(
    change: pd.DataFrame,
    people: Mapping[str, int],
    *,
    rounds: tuple[pd.Timestamp, pd.Timestamp],
    apart: tuple[int, int],
) -> tuple[str, ...]:
    """Say who answered in both rounds, what moved, and how much of it to believe.

    Parameters
    ----------
    change : pandas.DataFrame
        From `rounds.before_after`, by section.
    people : mapping of str to int
        before, now, both.
    rounds : tuple of pandas.Timestamp
        The months of the first and the newest round.
    apart : tuple of int
        In how many sections people saw it differently, then and now.

    Returns
    -------
    tuple of str
        Plain sentences; which way people went is told of three who answered twice, and of no fewer.
    """
    then, now = (f"{month:%B %Y}" for month in rounds)
    both, moved = people["both"], change[change["moved"].ne("")]
    still = len(change.dropna(subset=["change"])) - len(moved)
    said = [
        f"{first_capital(many(people['before'], 'answer'))} in {then}, {spelled(people['now'])} in {now}.",
        f"{first_capital(_persons(both))} took part both times." if both else NOBODY_TWICE,
        OTHERS if both * 2 < people["now"] else "",
        *(_ways(_most(rows)) for _, rows in moved.groupby("moved")),
        _who_was_asked(change),
        f"{first_capital(many(still, 'section'))} did not clearly move." if still and len(moved) else "",
        f"You saw {many(apart[0], 'section')} differently then, and {_as_many(apart)} now."
        if any(apart)
        else "",
    ]
    return tuple(sentence for sentence in said if sentence)


def _most(rows: pd.DataFrame) -> pd.Series:
    return rows.loc[rows["change"].abs().idxmax()]


def _ways(one: pd.Series) -> str:
    """Tell which way those went who answered twice, in the section that moved most."""
    if one["both"] < FEW:
        return ""
    ways = [f"{_none(one[way])} {words}" for way, words in WAYS.items()]
    return f"In {one['section']}, of {_persons(one['both'])} who answered twice, {listed(ways)}."


def _who_was_asked(change: pd.DataFrame) -> str:
    """Name a section whose middle answer moved while those who answered twice did not."""
    far = change[change["change"].abs().ge(STILL) & change["moved"].eq("")]
    if far.empty:
        return ""
    one = _most(far)
    stands = f"{one['section']} stands at {one['now']:.0f} after {one['before']:.0f}"
    return f"{stands}, but those who answered twice did not move that way. It may be who was asked."


WAYS = {"up": "went up", "alike": "stayed", "down": "went down"}


def _persons(count: int) -> str:
    return "one person" if count == 1 else f"{spelled(count)} people"


def _none(count: int) -> str:
    return spelled(count) if count else "none"


def _as_many(apart: tuple[int, int]) -> str:
    return "as many" if apart[0] == apart[1] else _none(apart[1])


def other_statements(count: int) -> str:
    """Say how many answers belong to another version of the statements.

    Examples
    --------
    >>> other_statements(1)
    'One answer is to other statements than those in use now. It is kept, and never mixed with these.'
    """
    said = "is to other statements than those in use now. It is"
    if count > 1:
        said = "are to other statements than those in use now. They are"
    return f"{first_capital(many(count, 'answer'))} {said} kept, and never mixed with these."

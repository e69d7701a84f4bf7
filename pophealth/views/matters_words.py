"""What step 4 says about partners, strengths and what matters, in plain sentences."""

from collections.abc import Sequence

import pandas as pd

from pophealth.stats.stakeholders import AFFECTED, NOT_RATED
from pophealth.views.phrases import first_capital, listed, many, some, spelled

GOOD_START = 3
"""Partners or groups with which the step is done."""


def map_title(mapped: pd.DataFrame) -> str:
    """Say in one line who stands on top of the map.

    Examples
    --------
    >>> map_title(pd.DataFrame({"name": ["Tenants"], "place": ["shape it together"]}))
    'Tenants: shape it together with them'
    >>> map_title(pd.DataFrame({"name": ["School"], "place": ["work closely"]}))
    'Nobody who is affected is on the map yet'
    """
    first = _names(mapped, AFFECTED)
    if not first:
        return "Nobody who is affected is on the map yet"
    return f"{some(first, 'group')}: shape it together with them"


def map_says(mapped: pd.DataFrame) -> tuple[str, ...]:
    """Say how many are affected, with whom to work closely, and who is not rated yet.

    Examples
    --------
    >>> places = ["shape it together", "work closely", "not rated yet"]
    >>> for sentence in map_says(pd.DataFrame({"name": ["Tenants", "School", "Choir"], "place": places})):
    ...     print(sentence)
    One of three is affected and comes first, whatever its power.
    Work closely with School.
    Not rated yet: Choir.
    """
    affected, close, open_ = (_names(mapped, place) for place in (AFFECTED, "work closely", NOT_RATED))
    whole = spelled(len(mapped))
    if not affected:
        first = "Ask first: who lives with what we want to change? Write them down, too."
    elif len(mapped) == 1:
        first = "This group is affected and comes first, whatever its power."
    elif len(affected) == 1:
        first = f"One of {whole} is affected and comes first, whatever its power."
    else:
        part = first_capital(spelled(len(affected)))
        first = f"{part} of {whole} are affected and come first, whatever their power."
    said = [first] + ([f"Work closely with {some(close, 'partner')}."] if close else [])
    return (*said, *([f"Not rated yet: {some(open_, 'partner')}."] if open_ else []))


def sectors_say(sectors: pd.DataFrame, names: dict[str, str]) -> str:
    """Name the sectors of which nobody is there.

    Parameters
    ----------
    sectors
        sector and there, from `stats.stakeholders.missing`.
    names
        What each sector is called.

    Examples
    --------
    >>> sectors = pd.DataFrame({"sector": ["school", "fire"], "there": [True, False]})
    >>> print(sectors_say(sectors, {"school": "schools", "fire": "fire and rescue"}))
    One of two sectors is there. Not yet: fire and rescue. Not all of them are needed: whose help would
    change most?
    """
    there, absent = (
        int(sectors["there"].sum()),
        [names[one] for one in sectors.loc[~sectors["there"], "sector"]],
    )
    verb = "is" if there == 1 else "are"
    first = f"{first_capital(spelled(there))} of {spelled(len(sectors))} sectors {verb} there."
    if not absent:
        return first
    return f"{first} Not yet: {listed(absent)}. Not all of them are needed: whose help would change most?"


def commitment_says(gaps: pd.DataFrame, names: dict[str, str]) -> tuple[str, ...]:
    """Say how many partners need to do more, and where the largest gap is.

    Parameters
    ----------
    gaps
        name, now, needed, gap from `stats.stakeholders.commitment`.
    names
        What each step from 0 to 4 is called, in this order.

    Examples
    --------
    >>> gaps = pd.DataFrame({"name": ["Council"], "now": [0.0], "needed": [1.0], "gap": [1.0]})
    >>> commitment_says(gaps, {"a": "0 · stands aside", "b": "1 · helps"})
    ('One partner needs to do more.', 'The largest step: Council, from “stands aside” to “helps”.')
    """
    more = gaps[gaps["gap"].gt(0)]
    if more.empty:
        return ("No partner needs to do more today.", "Thank those who give most, and ask again next season.")
    part = first_capital(spelled(len(more)))
    of = f"{part} of {many(len(gaps), 'partner')}" if len(gaps) > 1 else "One partner"
    first = f"{of} {'needs' if len(more) == 1 else 'need'} to do more."
    steps = [name.split(" · ")[-1] for name in names.values()]
    top = more[more["gap"].eq(more["gap"].max())]
    if len(top) > 1:
        step = "step" if top["gap"].iloc[0] == 1 else "steps"
        size = spelled(int(top["gap"].iloc[0]))
        return (first, f"The largest gaps, {size} {step} each: {some(top['name'].tolist(), 'partner')}.")
    one = top.iloc[0]
    return (
        first,
        f"The largest step: {one['name']}, from “{steps[int(one['now'])]}” to “{steps[int(one['needed'])]}”.",
    )


def due_says(due: pd.DataFrame, known: int) -> tuple[str, ...]:
    """Say whom to be in touch with, and for whom no day is written down.

    Examples
    --------
    >>> due_says(pd.DataFrame({"name": ["School", "Choir"], "due": ["overdue", "no date"]}), 3)
    ('Overdue: School.', 'No day is written down for one of three: Choir.')
    >>> due_says(pd.DataFrame({"name": [], "due": []}), 3)
    ('Nobody waits for a call in the next two weeks.',)
    """
    late, soon, none = (
        due.loc[due["due"].eq(word), "name"].tolist() for word in ("overdue", "soon", "no date")
    )
    said = [f"Overdue: {some(late, 'partner')}."] if late else []
    said += [f"In the next two weeks: {some(soon, 'partner')}."] if soon else []
    if none:
        of = f"{spelled(len(none))} of {spelled(known)}"
        said.append(f"No day is written down for {of}: {some(none, 'partner')}.")
    return tuple(said) or ("Nobody waits for a call in the next two weeks.",)


def kinds_say(kinds: pd.DataFrame, names: dict[str, str]) -> str:
    """Name the kinds of strength of which nothing is written down.

    Examples
    --------
    >>> kinds = pd.DataFrame({"sort": ["places", "skills"], "count": [2, 0], "there": [True, False]})
    >>> print(kinds_say(kinds, {"places": "places", "skills": "skills and stories"}))
    Two strengths of one kind. Still empty: skills and stories. Ask someone who lives here: what would you
    show a guest?
    """
    there = int(kinds["there"].sum())
    first = f"{first_capital(many(int(kinds['count'].sum()), 'strength'))} of {many(there, 'kind')}."
    empty = [names[one] for one in kinds.loc[~kinds["there"], "sort"]]
    if not empty:
        return f"{first} All kinds hold something."
    return (
        f"{first} Still empty: {'; '.join(empty)}. Ask someone who lives here: what would you show a guest?"
    )


def shared_themes(table: pd.DataFrame) -> str:
    """Say which themes more than one group named.

    Parameters
    ----------
    table
        A row for each theme, a column for each group, and how many talks named it.

    Examples
    --------
    >>> shared_themes(pd.DataFrame({"Parents": [2, 1], "Elders": [1, 0]}, index=["A ride", "Cost"]))
    'More than one group named it: A ride.'
    """
    if table.shape[1] < 2:
        return "All of this comes from one group. Who else should be heard?"
    both = [str(name) for name in table.index[table.gt(0).sum(axis="columns").gt(1)]]
    if not both:
        return "No theme was named by two groups so far. Each group has its own."
    return f"More than one group named it: {some(both, 'theme')}."


def known_rows(known: pd.DataFrame) -> list[tuple[str, bool, str]]:
    """Say of each chosen group which partner knows it, or that nobody does yet.

    Parameters
    ----------
    known
        group, partners (a list), from `workspace.matters.known_by`.

    Examples
    --------
    >>> known_rows(pd.DataFrame({"group": ["Night workers"], "partners": [["The bakery"]]}))
    [('Night workers', True, 'The bakery knows them well.')]
    """
    return [
        (group, bool(names), _known(names))
        for group, names in zip(known["group"], known["partners"], strict=True)
    ]


def _known(names: Sequence[str]) -> str:
    if not names:
        return "No partner on your list knows them well. Whom do they trust already? Begin there."
    return f"{some(names, 'partner')} {'knows' if len(names) == 1 else 'know'} them well."


def waiting(count: int) -> str:
    """Say that words without a yes are kept out.

    Examples
    --------
    >>> waiting(1), waiting(0)
    ('One entry is left out: nobody has agreed yet that we use it.', '')
    """
    if not count:
        return ""
    verb, it = ("is", "it") if count == 1 else ("are", "them")
    entries = "entry" if count == 1 else "entries"
    return (
        f"{first_capital(spelled(count))} {entries} {verb} left out: nobody has agreed yet that we use {it}."
    )


def _names(mapped: pd.DataFrame, place: str) -> Sequence[str]:
    return mapped.loc[mapped["place"].eq(place), "name"].tolist()

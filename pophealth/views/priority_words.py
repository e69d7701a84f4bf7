"""What ballots say when they are counted, in plain sentences; every number in them is computed."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pophealth.views.phrases import first_capital, listed, many, short, some, spelled

ALIKE = 0.5
"""Points of 5 below which two sides are said to see something alike."""

SURE = 0.9
"""Share of draws from which a place is said to stay."""


def list_says(items: pd.DataFrame, called: Mapping[str, str]) -> tuple[str, ...]:
    """Say how many things there are to choose from, and where they come from.

    Examples
    --------
    >>> list_says(pd.DataFrame({"source": ["theme", "theme"]}), {"theme": "what people said"})
    ('Two things to choose from. Where they come from: what people said (two).',)
    """
    counted = items["source"].value_counts(sort=False)
    parts = [f"{called[str(source)]} ({spelled(int(count))})" for source, count in counted.items()]
    things = first_capital(many(len(items), "thing"))
    first = f"{things} to choose from. Where they come from: {listed(parts)}."
    if len(items) > 8:
        return first, "That is a long ballot for a phone. Eight are plenty."
    return (first,)


def quoted(name: str) -> str:
    """Put the name of a thing in quotation marks.

    Examples
    --------
    >>> quoted("Sleep")
    '“Sleep”'
    """
    return f"“{name}”"


def methods_title(table: pd.DataFrame, ways: Sequence[str]) -> str:
    """Say in one line what comes first, and how far the ways to count agree.

    Parameters
    ----------
    table
        name, a column of places for each way, on_top and methods, as `stats.priorities.methods` orders them.
    ways
        The columns.

    Returns
    -------
    str
        The title of the picture.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["Sleep"], "Dots": [1.0], "on_top": [1], "methods": [1]})
    >>> methods_title(table, ["Dots"])
    '“Sleep” comes first'
    """
    used = [way for way in ways if table[way].notna().any()]
    firsts = {way: table.loc[table[way].eq(1), "name"].tolist() for way in used}
    always = [name for name in table["name"] if all(name in names for names in firsts.values())]
    if always and used:
        how = f" in all {spelled(len(used))} ways to count" if len(used) > 1 else ""
        return f"{listed([*map(quoted, always)])} {'comes' if len(always) == 1 else 'come'} first{how}"
    best = table.iloc[0]
    if best["on_top"] == len(used):
        return f"{quoted(best['name'])} is in the top three in all {spelled(len(used))} ways to count"
    return f"The ways to count part: {quoted(best['name'])} is on top in {best['on_top']} of {len(used)}"


def methods_say(table: pd.DataFrame, ways: Sequence[str], people: int) -> tuple[str, ...]:
    """Say how many ballots were counted, what is safely on top, and what the ways to count see differently.

    Examples
    --------
    >>> table = pd.DataFrame({"name": ["Sleep"], "Dots": [1.0], "on_top": [1], "methods": [1]})
    >>> methods_say(table, ["Dots"], 4)[0]
    'Four ballots were counted.'
    """
    used = [way for way in ways if table[way].notna().any()]
    said = [f"{first_capital(many(people, 'ballot'))} {'was' if people == 1 else 'were'} counted."]
    safe = table.loc[table["on_top"].eq(len(used)), "name"].tolist()
    if safe and len(used) > 1:
        said.append(f"On top whichever way you count: {some([*map(quoted, safe)], 'thing')}.")
    spread = table[used].max(axis=1) - table[used].min(axis=1)
    if len(used) > 1 and spread.max() >= 2:
        row = table.loc[spread.idxmax()]
        low, high = row[used].astype(float).idxmin(), row[used].astype(float).idxmax()
        said.append(
            f"{quoted(row['name'])} moves most: place {row[low]:.0f} by {_said(low)}, "
            f"place {row[high]:.0f} by {_said(high)}. Talk about why."
        )
    return tuple(said)


def _said(way: str) -> str:
    return way if way == "Hanlon" else way.lower()


def stopped(hanlon: pd.DataFrame, bars: Mapping[str, str]) -> tuple[str, ...]:
    """Say what the first look stops, and how many people said so.

    Examples
    --------
    >>> row = {"name": ["Rides"], "passes": [False], "stopped_by": ["stop-2"], "said_no": [3], "asked": [4]}
    >>> stopped(pd.DataFrame(row), {"stop-2": "it costs too much"})
    ('Hanlon stops “Rides” for now: 3 of 4 say it costs too much.',)
    """
    out = hanlon[~hanlon["passes"].astype(bool)]
    return tuple(
        f"Hanlon stops {quoted(row.name)} for now: "
        f"{row.said_no} of {row.asked} say {bars[str(row.stopped_by)]}."
        for row in out.itertuples(index=False)
    )


def steady_says(steady: pd.DataFrame, reading: str) -> tuple[str, ...]:
    """Say how far people agree, and whether the first places hold with weights a quarter up or down.

    Parameters
    ----------
    steady
        name, rank, stays, first, in_top from `stats.priorities.stability`.
    reading
        The sentence of `stats.priorities.agreement`.

    Returns
    -------
    tuple of str
        Two or three sentences.

    Examples
    --------
    >>> steady = pd.DataFrame({"name": ["Sleep"], "rank": [1.0], "stays": [1.0], "in_top": [1.0]})
    >>> steady_says(steady.assign(first=1.0), "They agree.")[1]
    'With weights up to a quarter up or down, “Sleep” is first in 100% of the tries.'
    """
    first = steady[steady["rank"].eq(1)]
    share = f"{first['first'].iloc[0]:.0%}"
    said = [reading]
    if len(first) > 1:
        said.append(f"{listed([*map(quoted, first['name'])])} share the first place by points.")
    else:
        name = quoted(first["name"].iloc[0])
        said.append(f"With weights up to a quarter up or down, {name} is first in {share} of the tries.")
    shaky = steady[steady["rank"].le(3) & steady["in_top"].lt(SURE)]
    if len(shaky):
        row = shaky.iloc[-1]
        said.append(
            f"{quoted(row['name'])} is in the top three in {row['in_top']:.0%} of them only, "
            "so its place hangs on the weights."
        )
    return tuple(said)


def sides_title(sides: pd.DataFrame) -> str:
    """Say in one line on what residents and staff differ most.

    Examples
    --------
    >>> sides_title(pd.DataFrame({"name": ["Sleep"], "first": [4.5], "second": [3.0], "difference": [1.5]}))
    'Residents and staff differ most on “Sleep”'
    """
    if sides["difference"].abs().max() < ALIKE:
        return "Residents and staff see it much alike"
    return f"Residents and staff differ most on {quoted(sides.iloc[0]['name'])}"


def sides_say(sides: pd.DataFrame) -> tuple[str, ...]:
    """Say what the two sides score apart, and what each puts first.

    Examples
    --------
    >>> row = {"name": ["Sleep"], "first": [4.5], "second": [3.0], "difference": [1.5]}
    >>> sides_say(pd.DataFrame(row).assign(first_rank=1.0, second_rank=1.0))[0]
    '“Sleep” gets 4.5 of 5 from residents and 3 from staff.'
    """
    row = sides.iloc[0]
    name = quoted(row["name"])
    first = f"{name} gets {short(round(row['first'], 1), '')} of 5 from residents and "
    said = [f"{first}{short(round(row['second'], 1), '')} from staff."]
    tops = [sides.loc[sides[rank].eq(1), "name"].tolist() for rank in ("first_rank", "second_rank")]
    if tops[0] == tops[1]:
        said.append(f"Both put {listed([*map(quoted, tops[0])])} first.")
    else:
        resident, staff = (listed([*map(quoted, names)]) for names in tops)
        said.append(f"Residents put {resident} first, staff {staff}. Ask each other why before you choose.")
    return tuple(said)


def few(count: int, least: int) -> str:
    """Say how many ballots there are while there are too few to count.

    Examples
    --------
    >>> few(1, 2)
    'One ballot so far. From two on, what they say together will stand here.'
    """
    if not count:
        return "What you would all choose will stand here."
    return (
        f"{first_capital(many(count, 'ballot'))} so far. From {spelled(least)} on, what they say together "
        "will stand here."
    )

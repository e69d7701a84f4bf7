"""What step 3 says about promises, in plain sentences; portfolios come with their names on screen."""

from collections.abc import Iterable, Sequence

import pandas as pd

from pophealth.views.phrases import first_capital, listed, many, some, spelled

WHOLE = "The goal is one list of all promises: who else here keeps a list?"
PARTS = {"keep": "keep", "join": "join", "stop": "stop", "open": "decide later on"}
"""What becomes of promises, as it is counted out: keep one, join two."""


def map_title(counts: pd.DataFrame) -> str:
    """Say in one line where most promises are, and how many portfolios hold none.

    Parameters
    ----------
    counts
        portfolio and how many promises: keep, join, stop, open.

    Examples
    --------
    >>> counts = pd.DataFrame({"portfolio": ["Care", "Place"], "keep": [2, 0], "join": [1, 0]})
    >>> map_title(counts.assign(stop=0, open=0))
    'Three of three promises are in Care; one portfolio is empty'
    """
    sums = counts.set_index("portfolio")[[*PARTS]].sum(axis="columns")
    total, empty = int(sums.sum()), int(sums.eq(0).sum())
    if not total:
        return "No promise has a portfolio yet"
    if total == 1:
        return f"One promise so far, in {sums.idxmax()}"
    most = sums[sums.eq(sums.max())].index.tolist()
    each = " each" if len(most) > 1 else ""
    first = f"{spelled(int(sums.max()))} of {many(total, 'promise')} are{each} in {listed(most)}"
    none = {0: "no portfolio is empty", 1: "one portfolio is empty"}
    return first_capital(f"{first}; {none.get(empty, f'{spelled(empty)} portfolios are empty')}")


def map_sentences(counts: pd.DataFrame, promises: int) -> tuple[str, ...]:
    """Say how many promises there are, what becomes of them, and where there is none.

    Parameters
    ----------
    counts
        As in `map_title`.
    promises
        How many are written down, also those without a portfolio.

    Examples
    --------
    >>> counts = pd.DataFrame(
    ...     {"portfolio": ["Care", "Place"], "keep": [1, 0], "join": 0, "stop": 0, "open": 0}
    ... )
    >>> map_sentences(counts, 1)[0]
    'One promise is a good start. The goal is one list of all promises: who else here keeps a list?'
    """
    sums = counts.set_index("portfolio")[[*PARTS]]
    empty = sums.index[sums.sum(axis="columns").eq(0)].tolist()
    said = [f"One promise is a good start. {WHOLE}" if promises == 1 else _becomes(sums.sum(), promises)]
    if empty:
        said.append(
            f"Nothing is promised yet in {_called(empty, 'portfolio')}. Is that so, or has nobody looked?"
        )
    lost = promises - int(sums.to_numpy().sum())
    if lost:
        said.append(first_capital(f"{many(lost, 'promise')} {_has(lost)} no portfolio yet."))
    return tuple(said)


def _becomes(parts: pd.Series, promises: int) -> str:
    told = [f"{PARTS[str(name)]} {spelled(int(count))}" for name, count in parts.items() if count]
    becomes = f": {listed(told)}" if told else ""
    return first_capital(f"{many(promises, 'promise')} are written down{becomes}.")


def _has(count: int) -> str:
    return "has" if count == 1 else "have"


def overlaps(found: pd.DataFrame, unnamed: int) -> tuple[str, ...]:
    """Say which promises go to the same people in the same portfolio.

    Parameters
    ----------
    found
        portfolio, population, name of the promises that overlap.
    unnamed
        How many promises do not say who they are for.

    Examples
    --------
    >>> found = pd.DataFrame({"portfolio": "Care", "population": "Elders", "name": ["A", "B"]})
    >>> overlaps(found, 0)
    ('Two promises for the same people (Elders) in Care: “A” and “B”. Could they become one?',)
    """
    said = [
        first_capital(f"{many(len(names), 'promise')} for the same people ({people}) ")
        + f"in {portfolio}: {_called(names)}. Could they become one?"
        for (portfolio, people), names in found.groupby(["portfolio", "population"], sort=False)["name"]
    ]
    if not said:
        said = ["No two promises are for the same people in the same portfolio."]
    if unnamed:
        for_whom = "does not say who it is for" if unnamed == 1 else "do not say who they are for"
        said.append(first_capital(f"{many(unnamed, 'promise')} {for_whom}."))
    return tuple(said)


def resources(lacking: pd.DataFrame, unknown: Sequence[str]) -> tuple[str, ...]:
    """Say which promises go on without an owner or without money.

    Parameters
    ----------
    lacking
        name, owner, money of promises that lack something.
    unknown
        Names of promises of which nobody wrote whether there is money.

    Examples
    --------
    >>> resources(pd.DataFrame({"name": ["A"], "owner": [""], "money": ["none"]}), [])
    ('Promised, with no owner: “A”.', 'Promised, with no money: “A”.')
    """
    named = {
        "Promised, with no owner": lacking[lacking["owner"].eq("")]["name"],
        "Promised, with no money": lacking[lacking["money"].eq("none")]["name"],
        "Promised, with money for a part only": lacking[lacking["money"].eq("part")]["name"],
    }
    said = [f"{text}: {_called(names)}." for text, names in named.items() if len(names)]
    if unknown:
        said.append(f"Nobody has written yet if there is money for {_called(unknown)}.")
    return tuple(said) or ("Each promise that goes on has an owner and money.",)


def _called(names: Iterable[str], noun: str = "promise") -> str:
    return some([f"“{name}”" for name in names], noun)


def due(found: pd.DataFrame, undated: int) -> tuple[str, ...]:
    """Say which promises are due in the next half year, and which were due already.

    Parameters
    ----------
    found
        name, deadline, days, the earliest first.
    undated
        How many promises that go on have no day.

    Examples
    --------
    >>> found = pd.DataFrame({"name": ["A"], "deadline": pd.to_datetime(["2021-07-10"]), "days": [10]})
    >>> due(found, 0)
    ('“A” is due on July 10, 2021, in ten days.',)
    """
    said = [_due(row.name, row.deadline, int(row.days)) for row in found.itertuples(index=False)]
    if not said:
        said = ["No promise is due in the next six months."]
    if undated:
        said.append(first_capital(f"{many(undated, 'promise')} {_has(undated)} no day written down."))
    return tuple(said)


def _due(name: str, day: pd.Timestamp, days: int) -> str:
    when = f"{day:%B} {day.day}, {day.year}"
    if days < 0:
        return f"“{name}” was due on {when}. Was it kept?"
    if days == 0:
        return f"“{name}” is due today."
    weeks = days // 7
    ahead = many(days, "day") if weeks < 3 else many(weeks, "week")
    return f"“{name}” is due on {when}, in {ahead}."


def decided(table: pd.DataFrame) -> tuple[str, ...]:
    """Say what later steps can serve, what stops, and what still lacks a decision or a reason.

    Examples
    --------
    >>> decided(
    ...     pd.DataFrame({"name": ["A"], "decision": ["join"], "reason": ["It pays for both."], "fit": [""]})
    ... )
    ('Your work can serve “A”. In step 7 your projects can name it.',
     'Nothing stops yet. What could you stop, so that there is time for this?')
    """
    names = {word: table[table["decision"].eq(word)]["name"] for word in ("join", "stop", "")}
    other = table[table["decision"].eq("keep") & table["fit"].eq("not")]["name"]
    bare = table[table["decision"].ne("") & table["reason"].eq("")]["name"]
    them = "it" if len(names["join"]) == 1 else "them"
    said = [
        f"Your work can serve {_called(names['join'])}. In step 7 your projects can name {them}."
        if len(names["join"])
        else "No promise is joined with your work yet. Which one wants the same as you?",
        f"You stop {_called(names['stop'])}. Who tells those who worked on it?"
        if len(names["stop"])
        else "Nothing stops yet. What could you stop, so that there is time for this?",
        f"Kept, and it serves something else: {_called(other)}." if len(other) else "",
        f"Not decided yet: {_called(names[''])}." if len(names[""]) else "",
        f"A reason is still missing for {_called(bare)}." if len(bare) else "",
    ]
    return tuple(filter(None, said))


def anchors(counts: dict[str, int], ownerless: Sequence[str]) -> tuple[str, ...]:
    """Say how many of the four ways to act are in use, and which are not.

    Examples
    --------
    >>> anchors({"hire": 1, "buy": 0, "invest": 0, "lend": 1}, [])
    ('Two of the four ways are in use. Not yet: buy and invest.',)
    """
    unused = [name for name, count in counts.items() if not count]
    used = first_capital(f"{spelled(len(counts) - len(unused))} of the four ways")
    verb = "is" if len(counts) - len(unused) == 1 else "are"
    first = f"{used} {verb} in use. Not yet: {listed(unused)}." if unused else "All four ways are in use."
    owned = [f"With no owner: {_called(ownerless, 'action')}."] if ownerless else []
    return (first, *owned)

"""What step 7 holds as tables: drivers and ideas as a tree, whys, projects, and what to look at again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pophealth.stats.pillars import PILLARS
from pophealth.workspace import review
from pophealth.workspace.records import Cause, Driver, Focus, Project, Test, Why
from pophealth.workspace.records_team import PORTFOLIOS
from pophealth.workspace.store import TeamBook

MOST_MAIN = 7
"""Main drivers a team can keep in mind."""

RANK = {"primary": 0, "secondary": 1, "idea": 2, "": 3}
TEXTS = ["owner", "different", "source", "evidence", "told", "portfolio", "pillar"]
COLUMNS = ["key", "text", "level", "parent", "measure", "tests", "kept", "group", "cause", "asset", *TEXTS]
GUESSES = ["impact", "effort"]


def drivers(book: TeamBook) -> pd.DataFrame:
    """List drivers and ideas in the order of the tree: each followed by what hangs on it.

    Something hangs on the nearest driver above it: an idea that names another idea hangs on the driver of
    that one. What names nothing that is there hangs on nothing.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        key, text, level (primary, secondary, idea), parent (key; blank at the aim or when it hangs on
        nothing), measure (its name), tests, kept (how many tests, and how many of them were adopted), group,
        cause, asset (in words), owner, different, source, evidence, told, portfolio, pillar, impact and
        effort (1 to 5, missing where nobody guessed).
    """
    found = [one for one in book.records("driver") if isinstance(one, Driver) and one.text]
    known = _names(found, "text")
    rows = [_row(one, known, _Named(book)) for one in found]
    table = pd.DataFrame(rows, columns=[*COLUMNS, *GUESSES]).astype(dict.fromkeys(GUESSES, "float64"))
    return table.set_index("key", drop=False).loc[list(_ordered(table))].reset_index(drop=True)


class _Named:
    """The words of the records a driver names, and the tests that name it."""

    def __init__(self, book: TeamBook) -> None:
        self.names = {
            "measure": _names(book.records("measure"), "name"),
            "group": _names(book.records("focus"), "group"),
            "cause": _names(book.records("cause"), "cause"),
            "asset": _names(book.records("asset"), "name"),
        }
        self.tests = [one for one in book.records("test") if isinstance(one, Test) and one.driver]

    def words(self, sort: str, named: str) -> str:
        """Say in words what is named by its key; what is not there stays as it was typed."""
        there = self.names[sort].get(plain(named))
        return there.summary if there else named

    def tried(self, one: Driver) -> tuple[int, int]:
        """Count the tests of a driver or idea, and those of them that were adopted."""
        its = [test for test in self.tests if plain(test.driver) in (one.key, plain(one.text))]
        return len(its), sum(test.decision == "adopt" for test in its)


def _row(one: Driver, known: Mapping[str, Any], named: _Named) -> list[Any]:
    words = [named.words(sort, getattr(one, sort)) for sort in ("group", "cause", "asset")]
    guesses = [float(guess) if guess else None for guess in (one.impact, one.effort)]
    place = [one.key, one.text, one.level, _hangs_on(one, known), named.words("measure", one.measure)]
    return [*place, *named.tried(one), *words, *(getattr(one, name) for name in TEXTS), *guesses]


def _hangs_on(one: Driver, known: Mapping[str, Any]) -> str:
    """Climb from the driver that is named until one stands higher; blank when there is none."""
    above, seen = known.get(plain(one.parent)), {one.key}
    while above and above.key not in seen and RANK[above.level] >= RANK[one.level]:
        seen.add(above.key)
        above = known.get(plain(above.parent))
    return above.key if above and RANK[above.level] < RANK[one.level] else ""


def _ordered(table: pd.DataFrame, parent: str = "") -> Iterator[str]:
    here = table[table["parent"].eq(parent)]
    for key in here.loc[here["level"].map(RANK).sort_values(kind="stable").index, "key"]:
        yield key
        yield from _ordered(table, key)


def _names(records: Iterable[Any], name: str) -> dict[str, Any]:
    """Find records by what they are called, and before that by their key."""
    there = [*records]
    return {plain(getattr(one, name)): one for one in there} | {one.key: one for one in there}


def plain(words: str) -> str:
    """Write words the way they are compared: small, with single spaces.

    Examples
    --------
    >>> plain(" Calls in  Spanish ")
    'calls in spanish'
    """
    return " ".join(words.casefold().split())


def below(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """Keep what hangs on a driver, directly or further down.

    Parameters
    ----------
    table : DataFrame
        From `drivers`.
    key : str
        Of a driver.

    Returns
    -------
    DataFrame
        Rows of the table.

    Examples
    --------
    >>> tree = pd.DataFrame({"key": ["a", "b", "c"], "parent": ["", "a", "b"]})
    >>> below(tree, "a")["key"].tolist()
    ['b', 'c']
    """
    keys = [key]
    for one in keys:
        keys += table.loc[table["parent"].eq(one), "key"].tolist()
    return table[table["key"].isin(keys[1:])]


def loose(table: pd.DataFrame) -> pd.DataFrame:
    """Keep what hangs on nothing, though it should: everything but main drivers.

    Parameters
    ----------
    table : DataFrame
        From `drivers`.

    Returns
    -------
    DataFrame
        Rows of the table.

    Examples
    --------
    >>> tree = pd.DataFrame(
    ...     {"level": ["primary", "idea"], "parent": ["", ""], "text": ["Calls", "Text back"]}
    ... )
    >>> loose(tree)["text"].tolist()
    ['Text back']
    """
    return table[table["parent"].eq("") & table["level"].ne("primary")]


def without_ideas(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the drivers under which no idea hangs, neither directly nor further down."""
    drivers = table[table["level"].isin(["primary", "secondary"])]
    bare = [not below(table, key)["level"].eq("idea").any() for key in drivers["key"]]
    return drivers[np.array(bare, dtype=bool)]


def without_measure(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the main drivers that no measure shows, neither their own nor one of a driver below."""
    main = table[table["level"].eq("primary")]
    under = [below(table, key) for key in main["key"]]
    shown = [
        bool(own) or rows["measure"].ne("").any() for own, rows in zip(main["measure"], under, strict=True)
    ]
    return main[~np.array(shown, dtype=bool)]


def without_own_idea(table: pd.DataFrame, groups: Iterable[str]) -> list[str]:
    """Name the chosen groups for which there is no idea of their own.

    Parameters
    ----------
    table : DataFrame
        From `drivers`.
    groups : iterable of str
        The groups the team chose, in words.

    Returns
    -------
    list of str
        Some of the groups.

    Examples
    --------
    >>> ideas = pd.DataFrame({"level": ["idea"], "group": ["Night workers"]})
    >>> without_own_idea(ideas, ["Night workers", "New parents"])
    ['New parents']
    """
    served = set(table.loc[table["level"].eq("idea"), "group"])
    return [group for group in groups if group not in served]


def groups(book: TeamBook) -> list[str]:
    """Name the groups a team chose in step 5, in words."""
    return [one.group for one in book.records("focus") if isinstance(one, Focus) and one.group]


def whys(book: TeamBook, table: pd.DataFrame) -> pd.DataFrame:
    """List the causes of step 5 with the whys behind each, and the drivers that take them on.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    table : DataFrame
        From `drivers`.

    Returns
    -------
    DataFrame
        cause, supporting (how many of three sources support it), whys (a list, the deepest last), drivers (a
        list of words); those with most support first.
    """
    causes, chains = review.causes(book), [one for one in book.records("why") if isinstance(one, Why)]
    keys = {one.cause: one.key for one in book.records("cause") if isinstance(one, Cause)}
    supporting = causes[["numbers", "staff", "people"]].eq("supports").sum(axis="columns").astype(int)
    answers = [_chain(chains, (keys.get(cause, ""), plain(cause))) for cause in causes["cause"]]
    takers = [table.loc[table["cause"].eq(cause), "text"].tolist() for cause in causes["cause"]]
    found = pd.DataFrame(
        {"cause": causes["cause"], "supporting": supporting, "whys": answers, "drivers": takers}
    )
    return found.sort_values("supporting", ascending=False, kind="stable", ignore_index=True)


def _chain(chains: Sequence[Why], names: tuple[str, str]) -> list[str]:
    return next((one.answers for one in chains if one.cause and plain(one.cause) in names), [])


def carried(table: pd.DataFrame, strengths: Iterable[str]) -> pd.DataFrame:
    """Put the strengths of a place against the main drivers: which strength carries which driver.

    A strength carries a main driver when the driver names it, or an idea or driver below does.

    Parameters
    ----------
    table : DataFrame
        From `drivers`.
    strengths : iterable of str
        The strengths of step 4, by name; those that only a driver names are added.

    Returns
    -------
    DataFrame
        One row a strength, with its name as index; one column a main driver: True where it carries it.

    Examples
    --------
    >>> tree = {"key": ["a", "b"], "parent": ["", "a"], "level": ["primary", "idea"]}
    >>> tree |= {"text": ["Somebody calls", "On the radio"], "asset": ["", "Radio hour"]}
    >>> carried(pd.DataFrame(tree), ["Radio hour", "Parish hall"])["Somebody calls"].tolist()
    [True, False]
    """
    main = table[table["level"].eq("primary")]
    names = list(dict.fromkeys([*strengths, *table.loc[table["asset"].ne(""), "asset"]]))
    used = {
        text: {own, *below(table, key)["asset"]}
        for key, text, own in zip(main["key"], main["text"], main["asset"], strict=True)
    }
    rows = {text: [name in assets for name in names] for text, assets in used.items()}
    return pd.DataFrame(rows, index=pd.Index(names, name="strength", dtype="str"), dtype=bool)


def projects(book: TeamBook) -> pd.DataFrame:
    """List projects with what they work on and which promise of step 3 they serve.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        name, owner, state, driver, priority (both in words), key (of the driver), next.
    """
    drivers, promises = _names(book.records("driver"), "text"), _names(book.records("priority"), "name")
    rows = [
        (
            one.name,
            one.owner,
            one.state,
            *_found(drivers, one.driver),
            _found(promises, one.priority)[0],
            one.next,
        )
        for one in book.records("project")
        if isinstance(one, Project) and one.name
    ]
    return pd.DataFrame(rows, columns=["name", "owner", "state", "driver", "key", "priority", "next"])


def _found(known: Mapping[str, Any], named: str) -> tuple[str, str]:
    there = known.get(plain(named))
    return (there.summary, there.key) if there else (named, "")


def balance(ideas: pd.DataFrame) -> pd.DataFrame:
    """Count the ideas in each of the four portfolios and under each of the four pillars, with the empty ones.

    Read an empty line as a question: is nothing needed there, or did nobody think of it?

    Parameters
    ----------
    ideas : DataFrame
        text, portfolio, pillar.

    Returns
    -------
    DataFrame
        by (portfolio or pillar), name, count, ideas (a list of words).

    Examples
    --------
    >>> ideas = pd.DataFrame({"text": ["Calls"], "portfolio": ["health"], "pillar": ["behavior"]})
    >>> balance(ideas)["count"].tolist()
    [1, 0, 0, 0, 1, 0, 0, 0]
    """
    places = [*(("portfolio", name) for name in PORTFOLIOS), *(("pillar", name) for name in PILLARS)]
    here = [ideas.loc[ideas[by].eq(name), "text"].tolist() for by, name in places]
    table = pd.DataFrame(places, columns=["by", "name"])
    return table.assign(count=[len(texts) for texts in here], ideas=here)

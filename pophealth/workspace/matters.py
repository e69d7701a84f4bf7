"""What step 4 holds as tables: partners and groups, strengths, what matters to people.

Every table has only what the person who looks may read, up to the day she looks from.
"""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from pophealth.stats import labels
from pophealth.workspace.records import Asset, Focus, Stakeholder, Theme
from pophealth.workspace.records_team import COMMITMENT
from pophealth.workspace.review import PEOPLE, STAFF
from pophealth.workspace.store import TeamBook

STEPS = {name: float(place) for place, name in enumerate(COMMITMENT)}


def partners(book: TeamBook) -> pd.DataFrame:
    """List partners and groups, one row each.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        name, sector, affected, influence and interest (1 to 5, missing when not on that scale), now and
        needed (commitment from 0 to 4), owner, next_contact, will, ability, resources.
    """
    known = [one for one in book.records("stakeholder") if isinstance(one, Stakeholder) and one.name]
    given = ["name", "sector", "affected", "influence", "interest", "now", "needed", "owner", "next_contact"]
    given += ["will", "ability", "resources"]
    table = pd.DataFrame([[getattr(one, name) for name in given] for one in known], columns=given)
    marks = table[["influence", "interest"]].astype("float64")
    steps = table[["now", "needed"]].apply(lambda column: column.map(STEPS).astype("float64"))
    day = pd.to_datetime(table["next_contact"])
    on_scale = marks.where(marks.ge(1) & marks.le(5))
    return table.astype({"affected": bool}).assign(**on_scale, **steps, next_contact=day)


def strengths(book: TeamBook) -> pd.DataFrame:
    """List what is strong here, one row each.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        name, sort (one of six kinds, blank when not said), where, offers, contact.
    """
    given = ["name", "sort", "where", "offers", "contact"]
    known = [one for one in book.records("asset") if isinstance(one, Asset) and one.name]
    return pd.DataFrame([[getattr(one, name) for name in given] for one in known], columns=given)


def log(book: TeamBook, *, as_of: date) -> pd.DataFrame:
    """List everything that was heard, in the order of the days, without the words themselves.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    as_of : datetime.date
        Later days are left out.

    Returns
    -------
    DataFrame
        date, source (people or care teams), segment, theme, consent, talk (1, 2, ...: what one group said on
        one day, through one source). The first way to write a theme or a group stands for all.
    """
    known = [one for one in book.records("theme") if isinstance(one, Theme) and one.theme and one.date]
    rows = [
        (one.date, STAFF if one.source == "staff" else PEOPLE, one.segment, one.theme, one.consent)
        for one in sorted(known, key=lambda one: one.date or date.max)
        if one.date and one.date <= as_of
    ]
    table = pd.DataFrame(rows, columns=["date", "source", "segment", "theme", "consent"])
    table["date"] = pd.to_datetime(table["date"])
    for name in ("theme", "segment"):
        table[name] = labels.first_written(table[name]).fillna("")
    talk = table.groupby(["date", "source", "segment"], sort=False).ngroup() + 1
    return table.astype({"consent": bool}).assign(talk=talk.astype("int64"))


def to_hear(book: TeamBook, heard: Iterable[str]) -> list[str]:
    """List the groups to be heard: those heard from, then those chosen in step 5 that nobody spoke for.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    heard : iterable of str
        Groups heard from.

    Returns
    -------
    list of str
        Each group once.
    """
    groups = [name for name in dict.fromkeys(heard) if name]
    chosen = [one for one in book.records("focus") if isinstance(one, Focus) and one.group]
    return groups + [one.group for one in chosen if not any(same_people(one, name) for name in groups)]


def known_by(book: TeamBook) -> pd.DataFrame:
    """List the groups chosen in step 5 with the partners who know them well.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.

    Returns
    -------
    DataFrame
        group, partners (names of partners who say so, and of affected groups that are these people).
    """
    there = [one for one in book.records("stakeholder") if isinstance(one, Stakeholder) and one.name]
    chosen = [one for one in book.records("focus") if isinstance(one, Focus) and one.group]
    rows = [(one.group, [partner.name for partner in there if _knows(partner, one)]) for one in chosen]
    return pd.DataFrame(rows, columns=["group", "partners"])


def _knows(partner: Stakeholder, group: Focus) -> bool:
    named = [*partner.knows.split(","), *([partner.name] if partner.affected else [])]
    return any(same_people(group, words) for words in named)


def same_people(focus: Focus, voice: str) -> bool:
    """Tell whether words came from the people of a group, as far as both are named alike.

    Parameters
    ----------
    focus : Focus
        A group the team chose.
    voice : str
        The group that somebody spoke for.

    Returns
    -------
    bool
        True when one name holds the other, or the voice's name holds the group's label in the counts.

    Examples
    --------
    >>> same_people(Focus(group="Adults who speak Spanish, mostly in Dockside"), "Adults who speak Spanish")
    True
    """
    said, group, stratum = (
        " ".join(words.casefold().split()) for words in (voice, focus.group, focus.stratum)
    )
    return bool(said) and (said in group or group in said or bool(stratum and stratum in said))

"""What a save comes to: kept as it is, merged with what others changed, or refused and still kept."""

from typing import Any, NamedTuple

from pophealth.workspace.entries import Conflict, Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.merge import as_typed, merged
from pophealth.workspace.record import Record
from pophealth.workspace.records import KINDS
from pophealth.workspace.slugs import checked_slug, shown

LONGEST = 200_000


class Outcome(NamedTuple):
    """The body to keep, the fields in conflict, and whether somebody else was there first."""

    body: dict[str, Any]
    fields: tuple[str, ...]
    behind: bool


def settled(mine: dict[str, Any], *, base: dict[str, Any], newest: Entry | None, based_on: int) -> Outcome:
    """Decide what becomes of a save.

    Parameters
    ----------
    mine : dict
        The body to save.
    base : dict
        The body it started from.
    newest : Entry or None
        The newest revision there is.
    based_on : int
        The revision that `base` is.

    Returns
    -------
    Outcome
        With fields in conflict when the save must be refused.

    Examples
    --------
    >>> settled({"what": "sleep"}, base={"what": ""}, newest=None, based_on=0)
    Outcome(body={'what': 'sleep'}, fields=(), behind=False)
    """
    if newest is None or based_on == newest.revision or (newest.deleted and based_on == 0):
        return Outcome(mine, (), behind=False)
    if newest.deleted:
        return Outcome({}, tuple(name for name, value in as_typed(mine).items() if value), behind=True)
    together = merged(base=base, mine=mine, theirs=newest.body)
    return Outcome(together.body, together.fields, behind=True)


def in_conflict(
    mine: dict[str, Any], base: dict[str, Any], newest: Entry, *, fields: tuple[str, ...], who: str
) -> Conflict:
    """Word a conflict, and hand over all versions.

    Parameters
    ----------
    mine, base : dict
        The refused body, and what it started from.
    newest : Entry
        What stands now.
    fields : tuple of str
        The fields that both changed.
    who : str
        The name of the author of what stands now; blank when it is the same person.

    Returns
    -------
    Conflict
        To be raised.
    """
    theirs = {} if newest.deleted else as_typed(newest.body)
    did = "took this away" if newest.deleted else "changed the same words"
    return Conflict(
        f"{KINDS[newest.kind].title}: {who or 'You, in another window,'} {did} while you were writing. "
        "Both versions are kept; look at them and choose.",
        versions=(as_typed(base), as_typed(mine), theirs),
        fields=fields,
        newest=newest,
    )


def unseen(seen: dict[str, Any], newest: Entry, team: str) -> Conflict:
    """Word that somebody acts on words she has not seen.

    Parameters
    ----------
    seen : dict
        The body that she saw last.
    newest : Entry
        What stands now.
    team : str
        The team's name.

    Returns
    -------
    Conflict
        To be raised.
    """
    before, now = as_typed(seen), as_typed(newest.body)
    return Conflict(
        f"{KINDS[newest.kind].title} of {team}: the words have changed since you last saw them. "
        "Look at them again first.",
        versions=(before, before, now),
        fields=tuple(name for name in now if now[name] != before.get(name)),
        newest=newest,
    )


def refused(action: str, model: type[Record], team: str) -> Problem:
    """Say in one sentence that a person may not do something with a team's records.

    >>> str(refused("read", KINDS["aim"], "Gull Harbor"))
    'You cannot read “Our aim” of Gull Harbor. Ask that team or its coach.'
    """
    return Problem(f"You cannot {action} “{model.title}” of {team}. Ask that team or its coach.")


def base_of(entry: Entry | None, *, based_on: int, kind: str, team: str) -> dict[str, Any]:
    """Give the words a save started from; nothing, where it started from nothing.

    Parameters
    ----------
    entry : Entry or None
        The revision it started from, as it was found.
    based_on : int
        The number of that revision; 0 for none.
    kind, team : str
        To name them where that revision is not there.

    Returns
    -------
    dict
        A body.

    Raises
    ------
    Problem
        When there is no such revision, or it was refused.
    """
    if based_on and (entry is None or entry.refused):
        raise Problem(
            f"Revision {based_on} of “{KINDS[kind].title}” of {team} is not here. "
            "Copy your words, load the page again, then save."
        )
    return entry.body if entry and not entry.deleted else KINDS[kind]().body()


def checked_key(kind: str, key: str) -> str:
    """Make sure that an entry's address is one that can be stored.

    Parameters
    ----------
    kind, key : str
        A kind of record, and what tells one of this kind from another.

    Returns
    -------
    str
        The key.

    Raises
    ------
    Problem
        When the kind is unknown, the key is not a slug, or it is missing where there can be several.

    Examples
    --------
    >>> checked_key("aim", "")
    ''
    """
    if kind not in KINDS:
        raise Problem(
            f"“{shown(kind)}” is not something a team can write. Choose one of: {', '.join(KINDS)}."
        )
    if KINDS[kind].many or key:
        checked_slug(key, KINDS[kind].title.lower())
    return key


def checked_length(text: str) -> None:
    """Refuse a record that is longer than anybody can write.

    Parameters
    ----------
    text : str
        The body as it would be stored.

    Raises
    ------
    Problem
        When it is too long.

    Examples
    --------
    >>> checked_length("{}")
    """
    if len(text) > LONGEST:
        raise Problem(f"This is {len(text):,} letters long, and {LONGEST:,} fit. Shorten it and save again.")

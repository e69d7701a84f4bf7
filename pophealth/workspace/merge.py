"""Putting together what two people changed in the same record."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Body = Mapping[str, Any]


class Merge(NamedTuple):
    """What a merge came to; `fields` are those that both changed, and is empty when all went together."""

    body: dict[str, Any]
    fields: tuple[str, ...]


def as_typed(body: Body) -> dict[str, Any]:
    """Give each field as its author typed it, readable or not.

    Parameters
    ----------
    body : mapping
        A stored body.

    Returns
    -------
    dict
        Field names with values; what could not be read as it was typed.

    Examples
    --------
    >>> as_typed({"target": None, "unread": {"target": "most"}})
    {'target': 'most'}
    """
    readable = {name: value for name, value in body.items() if name != "unread"}
    return {**readable, **body.get("unread", {})}


def merged(*, base: Body, mine: Body, theirs: Body) -> Merge:
    """Merge two bodies field by field against the one they both started from.

    A field that only one side changed is taken from that side; changed to the same by both, it is taken once;
    changed to two different things, it is a conflict. Where there is a conflict, the body holds theirs.

    Parameters
    ----------
    base, mine, theirs : mapping
        Bodies as `Record.body()` gives them.

    Returns
    -------
    Merge
        The body, and the names of the fields in conflict.

    Examples
    --------
    >>> base = {"what": "", "target": None}
    >>> merged(base=base, mine={**base, "what": "blood pressure"}, theirs={**base, "target": 70.0})
    Merge(body={'what': 'blood pressure', 'target': 70.0}, fields=())
    """
    started, ours, others = as_typed(base), as_typed(mine), as_typed(theirs)
    names = list(dict.fromkeys([*started, *others, *ours]))
    changed = {name for name in names if not _same(ours.get(name), started.get(name))}
    clash = tuple(
        name
        for name in names
        if name in changed
        and not _same(others.get(name), started.get(name))
        and not _same(ours.get(name), others.get(name))
    )
    sides = {name: mine if name in changed and name not in clash else theirs for name in names}
    return Merge(_body(sides), clash)


def _body(sides: Mapping[str, Body]) -> dict[str, Any]:
    body = {name: side.get(name) for name, side in sides.items()}
    unread = {name: side["unread"][name] for name, side in sides.items() if name in side.get("unread", {})}
    return {**body, "unread": unread} if unread else body


def _same(one: Any, other: Any) -> bool:
    return one == other or (one in (None, "") and other in (None, ""))

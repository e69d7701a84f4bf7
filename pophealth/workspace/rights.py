"""Who may do what, as one table of data.

`sort` says what kind of words it is about: "open" is everything a team writes for its work; "score" a team's
own progress score; "faculty score" and "note" are private; "answer" is what one partner thinks, read by
nobody else; "rating" is how one person sees where the team stands, of which others see sums only; "heard" is
what people told the team in confidence, never shared as it stands. Two sorts belong to no team but to
everyone: "session", the plan of a learning session and what is asked there, and "reply", what somebody in the
room answered, which nobody may read or write as a record: all may "answer". `only` narrows a right: "shared"
to what the team has shared, "mine" to what the person wrote herself. A history team holds a public series for
learning.
"""

from typing import NamedTuple

from pophealth.workspace.people import EVERYONE, ROLES, Person, Team
from pophealth.workspace.record import Record
from pophealth.workspace.records import COMMON, KINDS

TEAMS = ("own", "other", "history")
SIDES = (*TEAMS, "everyone")
SORTS = ("open", "score", "faculty score", "note", "answer", "heard", "rating", "session", "reply")
_FOR_OTHERS = ("open", "score", "faculty score", "note")
ON_RECORDS = ("read", "history", "write", "share")
ON_TEAMS = ("open", "counts", "shared counts", "import", "status", "manage", "answer")
ACTIONS = ON_RECORDS + ON_TEAMS


class Right(NamedTuple):
    """One line of the table; a right that is not in the table is not given."""

    role: str
    action: str
    team: str
    sort: str = ""
    only: str = ""


def _every(role: str, actions: str, teams: tuple[str, ...], sorts: tuple[str, ...] = ("",)) -> list[Right]:
    return [
        Right(role, action, team, sort) for action in actions.split("|") for team in teams for sort in sorts
    ]


RIGHTS: frozenset[Right] = frozenset(
    [
        *_every("member", "open|counts|shared counts|import|status", ("own",)),
        *_every("member", "read|history", ("own",), ("open", "score", "note")),
        *_every("member", "read", ("own",), ("faculty score",)),
        *_every("member", "write", ("own",), ("open", "score")),
        *_every("member", "read|history|write", ("own",), ("heard",)),
        *_every("member", "share", ("own",), ("open",)),
        Right("member", "read", "other", "open", "shared"),
        *_every("member", "shared counts", ("other",)),
        *_every("member", "open|counts|shared counts|status", ("history",)),
        *_every("member", "read", ("history",), ("open",)),
        *_every("coach", "open|counts|shared counts|status", ("own",)),
        *_every("coach", "read|history", ("own",), (*_FOR_OTHERS, "heard")),
        *_every("coach", "write", ("own",), ("faculty score", "note")),
        Right("coach", "read", "other", "open", "shared"),
        *_every("coach", "shared counts", ("other",)),
        *_every("coach", "open|counts|shared counts|status", ("history",)),
        *_every("coach", "read", ("history",), ("open",)),
        *_every("faculty", "open|shared counts|status", TEAMS),
        *_every("faculty", "counts", ("history",)),
        *_every("faculty", "read", ("history",), ("open",)),
        *_every("faculty", "read|history|write", ("own", "other"), ("faculty score",)),
        *_every("faculty", "read", ("own", "other"), ("score",)),
        *(
            Right("faculty", action, team, "note", "mine")
            for action in ("read", "history", "write")
            for team in ("own", "other")
        ),
        *(Right("faculty", "read", team, "open", "shared") for team in ("own", "other")),
        *_every("steward", "open|counts|shared counts|import|status|manage", TEAMS),
        *_every("steward", "read|history|write", TEAMS, (*_FOR_OTHERS, "heard")),
        *(
            Right("member", action, "own", sort, "mine")
            for action in ("read", "history", "write")
            for sort in ("answer", "rating")
        ),
        *_every("steward", "read", TEAMS, ("rating",)),
        *(
            Right("steward", action, team, "rating", "mine")
            for action in ("history", "write")
            for team in TEAMS
        ),
        *(
            Right("steward", action, team, "answer", "mine")
            for action in ("read", "history", "write")
            for team in TEAMS
        ),
        *_every("steward", "share", TEAMS, ("open",)),
        *(Right(role, "read", "everyone", "session") for role in ROLES),
        *(Right(role, "answer", "everyone") for role in ROLES),
        *_every("faculty", "history|write", ("everyone",), ("session",)),
        *_every("steward", "history|write", ("everyone",), ("session",)),
    ]
)


def allowed(
    role: str, action: str, *, team: str, sort: str = "", shared: bool = False, mine: bool = False
) -> bool:
    """Say whether a role may do something; anything not in the table is refused.

    Parameters
    ----------
    role : str
        member, coach, faculty or steward.
    action : str
        One of `ACTIONS`.
    team : str
        own, other, history or everyone, seen from the person.
    sort : str
        One of `SORTS` for actions on records, else blank.
    shared, mine : bool
        Whether the entry is shared with the cohort; whether the person wrote it.

    Returns
    -------
    bool
        True when the table gives the right.

    Examples
    --------
    >>> allowed("member", "read", team="other", sort="open", shared=True)
    True
    >>> allowed("member", "read", team="other", sort="open")
    False
    """
    limits = ["", *(["shared"] if shared else []), *(["mine"] if mine else [])]
    return any(Right(role, action, team, sort, only) in RIGHTS for only in limits)


def sort_of(record: Record) -> str:
    """Say what sort of words a record holds; a score counts as the faculty's unless it says it is the team's.

    Parameters
    ----------
    record : Record
        Any record.

    Returns
    -------
    str
        One of `SORTS`.

    Examples
    --------
    >>> from pophealth.workspace.records import Aim
    >>> sort_of(Aim())
    'open'
    """
    if record.kind == "score":
        return "score" if getattr(record, "by", "") == "team" else "faculty score"
    return sorts_of(record.kind)[0]


def sorts_of(kind: str) -> tuple[str, ...]:
    """List the sorts of words that a kind of record can hold.

    Parameters
    ----------
    kind : str
        As in `records.KINDS`.

    Returns
    -------
    tuple of str
        Some of `SORTS`.

    Examples
    --------
    >>> sorts_of("score")
    ('score', 'faculty score')
    """
    if kind == "score":
        return ("score", "faculty score")
    if kind in COMMON:
        return ("reply",) if COMMON[kind].anonymous else ("session",)
    if kind and KINDS[kind].confidential:
        return ("heard",)
    if kind and KINDS[kind].anonymous:
        return ("rating",) if kind == "rating" else ("answer",)
    return ("note",) if kind and KINDS[kind].private else ("open",)


def side_of(person: Person, team: Team) -> str:
    """Say what a team is to a person: own, other, history, or what is everyone's.

    Parameters
    ----------
    person : Person
        Who asks.
    team : Team
        The team asked about.

    Returns
    -------
    str
        One of `SIDES`.

    Examples
    --------
    >>> side_of(Person("ana", "Ana", "", "member", ("gull-harbor",)), Team("gull-harbor", "Gull Harbor"))
    'own'
    """
    if team.slug == EVERYONE.slug:
        return "everyone"
    if team.slug in person.teams:
        return "own"
    return "history" if team.history else "other"

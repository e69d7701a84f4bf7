"""Who is in a workspace: people, teams, and what the workspace says of itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, Self

from pophealth.workspace.errors import Problem
from pophealth.workspace.slugs import checked_slug, shown

ROLES = ("member", "coach", "faculty", "steward")


class Person(NamedTuple):
    """One person and what she is to which teams."""

    user: str
    name: str
    title: str
    role: str
    teams: tuple[str, ...] = ()


class Team(NamedTuple):
    """One team; a history team holds a public series for learning."""

    slug: str
    name: str
    sort: str = ""
    note: str = ""
    history: bool = False


EVERYONE = Team("*", "The whole community")
"""Where lies what belongs to no team, such as a question for a whole room; no team can have this name."""


class Settings(NamedTuple):
    """What a workspace says of itself."""

    community: str = ""
    start: date | None = None
    months: int = 11
    made_up: bool = False
    last_day: date | None = None
    identity: str = ""

    @classmethod
    def from_text(cls, texts: Mapping[str, str]) -> Self:
        """Read settings back from the words they are stored as."""
        return cls(
            community=texts.get("community", ""),
            start=_day(texts.get("start", "")),
            months=int(texts.get("months", "11")),
            made_up=texts.get("made_up") == "yes",
            last_day=_day(texts.get("last_day", "")),
            identity=texts.get("identity", ""),
        )

    def to_text(self) -> dict[str, str]:
        """Write settings as the words they are stored as."""
        return {
            "community": self.community,
            "start": self.start.isoformat() if self.start else "",
            "months": str(self.months),
            "made_up": "yes" if self.made_up else "no",
            "last_day": self.last_day.isoformat() if self.last_day else "",
            "identity": self.identity,
        }


def newcomer(person: Person, *, known: Sequence[Person], teams: Sequence[Team]) -> Person:
    """Let somebody new pass, and say in one sentence why not.

    Parameters
    ----------
    person : Person
        Who is to be added.
    known : sequence of Person
        Who is there already.
    teams : sequence of Team
        The teams that are there.

    Returns
    -------
    Person
        The same person.

    Raises
    ------
    Problem
        When the short name cannot be used or is taken, the role or a team is unknown, or a team is missing.

    Examples
    --------
    >>> newcomer(Person("lee", "Lee Moss", "", "faculty"), known=[], teams=[]).name
    'Lee Moss'
    """
    users = [there.user for there in known]
    if checked_slug(person.user, "person") in users:
        raise Problem(f"There is a person “{person.user}” already. Taken are: {', '.join(users)}.")
    if person.role not in ROLES:
        raise Problem(f"“{shown(person.role)}” is not a role. Choose one of: {', '.join(ROLES)}.")
    if person.role in ("member", "coach") and not person.teams:
        raise Problem(f"A {person.role} needs a team. Name at least one for {shown(person.name)}.")
    missing = sorted(set(person.teams) - {team.slug for team in teams})
    if missing:
        raise Problem(
            f"There is no team “{shown(missing[0])}”. Add the team first, then {shown(person.name)}."
        )
    return person


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

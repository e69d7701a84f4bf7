"""Who is in a workspace: people, teams, and what the workspace says of itself."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Self

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


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""Ideas that teams have shared, and how another team takes one into its own bank of ideas."""

from hashlib import sha256
from typing import NamedTuple

from pophealth.workspace.entries import Conflict
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Driver
from pophealth.workspace.slugs import shown
from pophealth.workspace.store import TeamBook, Workspace

TOLD = "From {team}, who call it: “{text}”"
GONE = "This idea is no longer shared. Load the page again."


class Idea(NamedTuple):
    """An idea that a team has shared.

    Attributes
    ----------
    team, name, key : str
        Whose it is, and which of its drivers and ideas.
    driver : Driver
        The idea itself.
    """

    team: str
    name: str
    key: str
    driver: Driver


def shared(workspace: Workspace) -> list[Idea]:
    """List the ideas that teams have shared, in the order of teams.

    Parameters
    ----------
    workspace : Workspace
        Bound to whoever looks.

    Returns
    -------
    list of Idea
        Without drivers, which hang on one team's own aim.
    """
    names = {team.slug: team.name for team in workspace.cohort()}
    found = [(entry, entry.record) for entry in workspace.shared("driver")]
    ideas = [
        Idea(entry.team, names[entry.team], entry.key, record)
        for entry, record in found
        if isinstance(record, Driver) and record.level == "idea" and record.text
    ]
    return sorted(ideas, key=lambda idea: list(names).index(idea.team))


def banks(workspace: Workspace) -> list[TeamBook]:
    """List the banks of ideas into which this person may copy: those of the teams she belongs to."""
    books = [workspace.team(slug) for slug in workspace.person.teams]
    return [book for book in books if book.can("write", "driver")]


def take(workspace: Workspace, team: str, key: str, *, into: str) -> Driver:
    """Copy a shared idea into the bank of one's own team, with where it came from.

    What the idea does and where it works comes along. What hangs on the other team's own diagram, people and
    guesses stays there. Copying again changes nothing.

    Parameters
    ----------
    workspace : Workspace
        Bound to a member of the team that takes it.
    team, key : str
        Whose idea, and which.
    into : str
        The team that takes it.

    Returns
    -------
    Driver
        The idea as it stands in the bank.

    Raises
    ------
    Problem
        When the idea is not shared, it is the team's own, or this person does not belong to the team.
    """
    idea = next((one for one in shared(workspace) if (one.team, one.key) == (team, key)), None)
    if idea is None or team == into:
        raise Problem(GONE)
    book = next((one for one in banks(workspace) if one.slug == into), None)
    if book is None:
        raise Problem(f"Only a member of “{shown(into)}” can copy ideas into its bank.")
    copy = Driver.draft(_copied(idea), key_of(idea))
    there = book.get("driver", copy.key)
    if there is None:
        try:
            there = book.save(copy, based_on=0).entry
        except Conflict as conflict:
            there = conflict.theirs_entry
    return there.record if isinstance(there.record, Driver) else copy


def key_of(idea: Idea) -> str:
    """Give the key under which an idea of another team stands in a bank; the same idea has the same key."""
    return f"from-{sha256(f'{idea.team} {idea.key}'.encode()).hexdigest()[:16]}"


def _copied(idea: Idea) -> dict[str, str]:
    driver = idea.driver
    return {
        "text": driver.text,
        "level": "idea",
        "source": "another team",
        "evidence": "elsewhere" if driver.evidence == "here" else "",
        "told": TOLD.format(team=idea.name, text=driver.text),
        "portfolio": driver.portfolio,
        "pillar": driver.pillar,
    }

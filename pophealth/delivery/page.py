"""What stands around a notebook in the app: header, step rail, previous and next, as plain data."""

import os
from datetime import date
from typing import Any
from urllib.parse import quote

from pophealth.workspace.steps import BY_SLUG, PHASES, STEPS, Step
from pophealth.workspace.store import Person, TeamBook, Workspace

MIME = "application/vnd.pophealth.page+json"
WIDE = {"room": "In the room", "faculty": "Faculty"}
MADE_UP = "Made-up data, to try things out. No real person, place or provider."
NOT_SHARED = "Nothing here is shared until you choose to share it"


def page(
    name: str, workspace: Workspace, team: TeamBook | None, *, as_of: date, stop: str = ""
) -> dict[str, Any]:
    """Describe the page around a notebook; every value is raw text.

    Parameters
    ----------
    name : str
        A step's slug, or "start", "room", "faculty".
    workspace : Workspace
        Bound to one person.
    team : TeamBook or None
        The team the page is about.
    as_of : datetime.date
        The day to look from.
    stop : str
        One sentence when the page cannot be shown.

    Returns
    -------
    dict
        What the template turns into header, rail and footer.
    """
    step = BY_SLUG.get(name)
    slug = team.slug if team else ""
    return {
        "kind": "wide" if name in WIDE else "step" if step else "start",
        "title": step.title if step else WIDE.get(name, "Start here"),
        "number": step.number if step else None,
        "eyebrow": f"Step {step.number} · {step.phase}" if step else WIDE.get(name, "Start here"),
        "community": community(workspace, as_of),
        "banner": MADE_UP if workspace.settings.made_up else "",
        "person": called(workspace.person),
        "people": _people(workspace),
        "team": {"slug": slug, "name": team.name} if team else None,
        "teams": _teams(name, workspace, slug),
        "rail": [] if name in WIDE else _rail(name, workspace, slug),
        "start_href": href("START", slug),
        "previous": _beside(step, -1, slug),
        "next": _beside(step, +1, slug),
        "note": "" if name in WIDE else NOT_SHARED,
        "private": _private(name, team),
        "report": _report(name, slug),
        "stop": stop,
    }


def stopped(name: str, sentence: str) -> dict[str, Any]:
    """Describe the page of a workspace that cannot be opened: its title and why.

    Parameters
    ----------
    name : str
        A step's slug, or "start", "room", "faculty".
    sentence : str
        What is wrong, where, and what to do.

    Returns
    -------
    dict
        As `page` gives it, as far as it is known without a workspace.

    Examples
    --------
    >>> stopped("measure", "The disk is full.")["title"]
    'Measure over time'
    """
    step = BY_SLUG.get(name)
    title = step.title if step else WIDE.get(name, "Start here")
    return {"kind": "wide", "title": title, "teams": [], "start_href": href("START"), "stop": sentence}


def href(notebook: str, slug: str = "") -> str:
    """Give the address of a notebook in the app, keeping the team.

    Parameters
    ----------
    notebook : str
        File name without ending.
    slug : str
        The team, or "".

    Returns
    -------
    str
        A path on the same server.

    Examples
    --------
    >>> href("09_measure", "gull-harbor")
    '/voila/render/09_measure.ipynb?team=gull-harbor'
    """
    return f"/voila/render/{notebook}.ipynb" + (f"?team={quote(slug)}" if slug else "")


def community(workspace: Workspace, as_of: date) -> str:
    """Name the action community and how far along it is.

    Parameters
    ----------
    workspace : Workspace
        Knows its name, first day and number of months.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    str
        Such as "Riverbend Action Community · month 10 of 11".
    """
    about = workspace.settings
    if not about.start or not about.community:
        return about.community
    month = (as_of.year - about.start.year) * 12 + as_of.month - about.start.month + 1
    return f"{about.community} · month {min(max(month, 1), about.months)} of {about.months}"


def called(person: Person) -> str:
    """Name a person with her role.

    Parameters
    ----------
    person : Person
        Somebody in the workspace.

    Returns
    -------
    str
        Such as "Ana Reyes, data lead".
    """
    return f"{person.name}, {person.title or person.role}"


def _private(name: str, team: TeamBook | None) -> str:
    if name == "faculty":
        return "Faculty and coaches only · not for the screen"
    return "For the team only" if team and name not in WIDE else ""


def _report(name: str, slug: str) -> dict[str, str] | None:
    if name == "faculty":
        return {"label": "Run all reports", "team": ""}
    return {"label": "Make our report", "team": slug} if slug and name not in WIDE else None


def _people(workspace: Workspace) -> list[dict[str, Any]]:
    if not (workspace.settings.made_up and os.environ.get("POPHEALTH_IDENTITY")):
        return []
    here = workspace.person.user
    return [
        {"user": person.user, "name": called(person), "current": person.user == here}
        for person in workspace.people()
    ]


def _teams(name: str, workspace: Workspace, slug: str) -> list[dict[str, Any]]:
    notebook = _notebook(name)
    return [
        {
            "slug": team.slug,
            "name": team.name,
            "href": href(notebook, team.slug),
            "current": team.slug == slug,
        }
        for team in workspace.teams()
    ]


def _notebook(name: str) -> str:
    step = BY_SLUG.get(name)
    return (step.notebook or "START") if step else "START"


def _rail(name: str, workspace: Workspace, slug: str) -> list[dict[str, Any]]:
    status = workspace.status_of(slug)["steps"] if slug else {}
    rail = {phase: [step for step in STEPS if step.phase == phase] for phase in PHASES}
    return [
        {"phase": phase, "steps": [_entry(step, name, slug, status) for step in steps]}
        for phase, steps in rail.items()
    ]


def _entry(step: Step, name: str, slug: str, status: dict[str, str]) -> dict[str, Any]:
    return {
        "number": step.number,
        "name": step.title,
        "href": href(step.notebook, slug) if step.notebook else None,
        "status": status.get(step.slug, "not started"),
        "current": step.slug == name,
    }


def _beside(step: Step | None, way: int, slug: str) -> dict[str, str] | None:
    if step is None:
        return None
    order = STEPS[step.number :] if way > 0 else STEPS[: step.number - 1][::-1]
    other = next((other for other in order if other.notebook), None)
    if other is None:
        return {"label": "Start here", "href": href("START", slug)} if way < 0 else None
    return {"label": f"{other.number} {other.title}", "href": href(other.notebook or "START", slug)}

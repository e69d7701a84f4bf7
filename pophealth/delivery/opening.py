"""Finds the workspace, the person and the team a notebook is opened for."""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs

from pophealth.workspace.errors import Problem
from pophealth.workspace.fields import SLUG, read_day
from pophealth.workspace.samples import sample_workspace
from pophealth.workspace.store import TeamBook, Workspace

SURFACES = ("lab", "app", "report")


class StopPage(Problem):
    """The page ends here, in one sentence, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Opened(NamedTuple):
    """What a notebook works on, or the sentence that says why it cannot."""

    workspace: Workspace
    team: TeamBook | None
    stop: str = ""


def surface(environment: Mapping[str, str] = os.environ) -> str:
    """Say where this notebook runs: in Lab, as an app, or as a report.

    Parameters
    ----------
    environment : mapping of str to str
        Where `POPHEALTH_SURFACE` stands.

    Returns
    -------
    str
        "lab", "app" or "report".

    Examples
    --------
    >>> surface({"POPHEALTH_SURFACE": "report"}), surface({})
    ('report', 'lab')
    """
    named = environment.get("POPHEALTH_SURFACE", "lab")
    return named if named in SURFACES else "lab"


def find_workspace(address: str = "") -> Workspace:
    """Open the workspace a notebook is about, for the person at the screen.

    The order is: the address given, `POPHEALTH_WORKSPACE`, a workspace beside or above the notebook, the
    built-in made-up sample.

    Parameters
    ----------
    address : str
        A folder, an .sqlite file or an address; empty to look for one.

    Returns
    -------
    Workspace
        Bound to the person named by `POPHEALTH_IDENTITY` or `POPHEALTH_USER`, else to its default person.

    Raises
    ------
    Problem
        When the workspace cannot be opened.
    """
    chosen = address or os.environ.get("POPHEALTH_WORKSPACE", "") or _nearby(Path.cwd())
    return Workspace.open(chosen, user=who()) if chosen else sample_workspace()


def who() -> str | None:
    """Name the person this server works for.

    Returns
    -------
    str or None
        The user; None for the workspace's default person.
    """
    identity = os.environ.get("POPHEALTH_IDENTITY", "")
    if identity and Path(identity).is_file():
        return json.loads(Path(identity).read_text(encoding="utf-8"))["user"]
    return os.environ.get("POPHEALTH_USER") or None


def wish(environment: Mapping[str, str] = os.environ) -> str:
    """Read the team in the address; in a kernel started ahead of a visitor, wait for the visitor first.

    Voila has a helper for it, but a kernel in the folder of the notebooks would load `voila.py` from there
    in its place.

    Parameters
    ----------
    environment : mapping of str to str
        What Voila says of itself and of the visit.

    Returns
    -------
    str
        What stands after `team=` in the address; a wish, not a right.

    Examples
    --------
    >>> wish({"QUERY_STRING": "team=gull-harbor"})
    'gull-harbor'
    """
    visit = _visit(environment) if environment.get("VOILA_PREHEAT") == "True" else environment
    return parse_qs(visit.get("QUERY_STRING", "")).get("team", [""])[0]


def _visit(environment: Mapping[str, str]) -> Mapping[str, str]:
    from websockets.sync.client import connect

    server = f"{environment.get('VOILA_APP_IP', '127.0.0.1')}:{environment['VOILA_APP_PORT']}"
    base = environment.get("VOILA_WS_BASE_URL") or environment.get("VOILA_SERVER_URL", "/")
    with connect(f"ws://{server}{base}voila/query/{environment['VOILA_KERNEL_ID']}", proxy=None) as line:
        return json.loads(line.recv())


def choose_team(workspace: Workspace, wished: str, *, on: str, needed: bool = True) -> Opened:
    """Hold the team that was asked for against the person's rights.

    Parameters
    ----------
    workspace : Workspace
        Bound to one person.
    wished : str
        The team asked for, or "".
    on : str
        The surface: lab, app or report.
    needed : bool
        Whether this notebook is about one team.

    Returns
    -------
    Opened
        With a team, or with a sentence in `stop`.
    """
    if wished:
        return _held(workspace, wished)
    seen = workspace.teams()
    if on == "report" and needed:
        return Opened(workspace, None, "This report needs a team. Name one, such as -p team gull-harbor.")
    if len(seen) == 1 or (on == "lab" and seen and workspace.settings.made_up):
        return Opened(workspace, workspace.team(seen[0].slug))
    return Opened(workspace, None, _which(workspace, on) if needed else "")


def everyone(workspace: Workspace, page: str, wished: str = "") -> Opened | None:
    """Open a page that is about all teams, for those it is for.

    Parameters
    ----------
    workspace : Workspace
        Bound to one person.
    page : str
        A step's slug, or "start", "room", "faculty".
    wished : str
        On the page of faculty: the team to look at more closely, or "".

    Returns
    -------
    Opened or None
        None when the page is about one team.
    """
    if page == "faculty" and workspace.person.role == "member":
        return Opened(workspace, None, "This page is for faculty and coaches. Yours is Start here.")
    if page == "faculty" and wished:
        return _held(workspace, wished)
    return Opened(workspace, None) if page in ("room", "faculty") else None


def day_of(as_of: str, workspace: Workspace) -> date:
    """Say from which day to look: the one asked for, the sample's own last day, or today.

    Parameters
    ----------
    as_of : str
        A day such as 2021-06-30, or "".
    workspace : Workspace
        The sample knows its own last day.

    Returns
    -------
    datetime.date
        The day.

    Raises
    ------
    Problem
        When the text is not a day.
    """
    try:
        asked = read_day(as_of)
    except ValueError as error:
        raise Problem(f"The day to look from (as_of) could not be read: {error}") from None
    return asked or workspace.settings.last_day or date.today()


def _held(workspace: Workspace, wished: str) -> Opened:
    if not SLUG.fullmatch(wished):
        return Opened(workspace, None, "There is no such team. Choose one from the list.")
    try:
        return Opened(workspace, workspace.team(wished))
    except Problem as problem:
        return Opened(workspace, None, str(problem))


def _which(workspace: Workspace, on: str) -> str:
    if not workspace.teams():
        return "There is no team here yet. Add one with: pophealth team add"
    if on == "app":
        return "Which team is this about? Choose one from the list."
    names = ", ".join(team.slug for team in workspace.teams())
    return f"Which team is this about? Write one of these into the cell with team: {names}."


def _nearby(folder: Path) -> str:
    beside = (place / "workspace.sqlite" for place in (folder, *folder.parents))
    return next((str(path) for path in beside if path.is_file()), "")

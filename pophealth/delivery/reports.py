"""Reports: every team's step notebooks as one readable page each, and an index of what changed."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from pophealth.delivery import fanout
from pophealth.delivery.content import content
from pophealth.delivery.facts import Facts, facts
from pophealth.delivery.folder import ReportFolder
from pophealth.delivery.misuse import Misuse
from pophealth.delivery.parameters import checked
from pophealth.delivery.usage import checked_formats, chosen_steps, existing, month_end, opened
from pophealth.workspace.errors import Problem
from pophealth.workspace.slugs import checked_slug
from pophealth.workspace.steps import Step
from pophealth.workspace.store import Workspace

_OURS = {"team", "workspace", "as_of"}
_LOST = {"status": "failed", "sentence": "It ended without an answer, twice.", "html": "", "seconds": 0.0}


class Subject(NamedTuple):
    """One team and what its report is made from."""

    slug: str
    name: str
    facts: Facts


class Order(NamedTuple):
    """Everything that is settled before a notebook runs."""

    workspace: Workspace
    address: str
    subjects: tuple[Subject, ...]
    steps: tuple[tuple[Step, Path], ...]
    given: dict[str, Any]


def run_reports(
    teams: Sequence[str] | None = None,
    *,
    workspace: str | Path = "",
    steps: Iterable[int | str] | None = None,
    out: str | Path = "reports",
    month: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    workers: int | None = None,
    map: Callable[..., Iterable[Any]] | None = None,  # noqa: A002  the name of the built-in it stands for
    formats: Sequence[str] = ("html",),
    user: str | None = None,
    notebooks: str | Path | None = None,
    tell: Callable[[int, int], None] = fanout.quiet,
) -> pd.DataFrame:
    """Write a report for each team into a folder.

    Each report is one HTML file that needs nothing else: no server, no internet. It shows what the person
    who makes it may see. A notebook that fails is named in the team's page and in the index; the other
    pages are written all the same.

    Parameters
    ----------
    teams
        Short names; every team this person may see when left out.
    workspace
        Folder, file or address of the workspace; blank looks where the command line looks.
    steps
        Step numbers or short names; every step that has a notebook when left out.
    out
        Folder for the reports.
    month
        ``YYYY-MM`` to look back from the end of that month.
    parameters
        Further parameters of the notebooks; each must be declared in every notebook that is run.
    workers
        How many notebooks at a time; as many as there are cores when left out, never more.
    map
        Your own ``map(function, batches)`` to run the batches elsewhere.
    formats
        Kinds of file; so far ``html``.
    user
        The person to make the reports as.
    notebooks
        Folder of the notebooks; those that belong to pophealth when left out.
    tell
        Called with the number of notebooks done and of all.

    Returns
    -------
    pandas.DataFrame
        A row for each team and step: ``team, step, status`` (``done`` or ``failed``), ``seconds, sentence,
        revision, fingerprint, file``.

    Raises
    ------
    Misuse
        When a team, step, parameter, month or format is not there, before anything is run.
    """
    checked_formats(formats)
    order = _order(teams, workspace=workspace, steps=steps, month=month, user=user, notebooks=notebooks)
    order.given.update(_extra(parameters or {}))
    folder = ReportFolder(Path(out))
    with tempfile.TemporaryDirectory(prefix="pophealth-") as rough:
        jobs = list(_jobs(order, Path(rough)))
        environment = _environment(order, rough)
        fanout.run_all(jobs, workers=workers or fanout.cores(), environment=environment, map=map, tell=tell)
        answers = {(job["team"], job["step"]): _answer(job, environment) for job in jobs}
    return folder.write(_about(order), order.subjects, [step for step, _ in order.steps], answers)


def _order(
    teams: Sequence[str] | None,
    *,
    workspace: str | Path,
    steps: Iterable[int | str] | None,
    month: str | None,
    user: str | None,
    notebooks: str | Path | None,
) -> Order:
    seen = opened(workspace, user)
    chosen = chosen_steps(steps, folder=Path(notebooks).resolve() if notebooks else content("notebooks"))
    names = [team.slug for team in seen.teams()] if teams is None else list(dict.fromkeys(teams))
    if not names:
        raise Misuse("There is no team to report on. Name a team that you may see, or add one.")
    subjects = tuple(_subject(seen, slug) for slug in names)
    return Order(seen, str(existing(workspace)), subjects, chosen, _as_of(month))


def _about(order: Order) -> dict[str, Any]:
    """Gather what the head of every page says."""
    settings = order.workspace.settings
    asked = order.given.get("as_of")
    day = date.fromisoformat(asked) if asked else settings.last_day
    return {
        "community": settings.community,
        "made_up": settings.made_up,
        "as_of": f"{day:%B} {day.day}, {day.year}" if day else "",
        "person": order.workspace.person.name,
    }


def _as_of(month: str | None) -> dict[str, Any]:
    return {"as_of": end} if (end := month_end(month)) else {}


def _subject(workspace: Workspace, slug: str) -> Subject:
    try:
        book = workspace.team(checked_slug(slug, "team"))
    except Problem as problem:
        raise Misuse(str(problem)) from None
    return Subject(book.slug, book.name, facts(book))


def _extra(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    taken = sorted(_OURS & set(parameters))
    if taken:
        raise Misuse(f"{taken[0]} is set by the report itself; leave it out of the parameters.")
    return parameters


def _jobs(order: Order, rough: Path) -> Iterator[dict[str, Any]]:
    for subject in order.subjects:
        given = {"team": subject.slug, "workspace": order.address} | order.given
        for step, notebook in order.steps:
            yield {
                "team": subject.slug,
                "step": step.slug,
                "notebook": str(notebook),
                "parameters": checked(notebook, given),
                "prefix": f"s{step.number:02d}-",
                "scrub": _folders(order.address, notebook),
                "answer": str(rough / f"{subject.slug}.{step.slug}.json"),
            }


def _folders(address: str, notebook: Path) -> list[str]:
    package = Path(__file__).resolve().parents[2]
    ours = [Path(address).parent, notebook.parent, package]
    machine = [Path.home(), Path.cwd(), Path(sys.prefix), Path(tempfile.gettempdir())]
    return [str(folder) for folder in (*ours, *machine)]


def _environment(order: Order, rough: str) -> dict[str, str]:
    """Let the notebooks know the surface and the person, and draw what is alike only once in this run."""
    package = str(Path(__file__).resolve().parents[2])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POPHEALTH_")}
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, [package, kept.get("PYTHONPATH", "")]))
    ours = {"POPHEALTH_SURFACE": "report", "POPHEALTH_USER": order.workspace.person.user}
    return kept | ours | {"POPHEALTH_KEPT": tempfile.mkdtemp(dir=rough), "IPYTHONDIR": rough}


def _answer(job: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    """Read what a notebook left; one whose process died gets a second chance on its own."""
    path = Path(job["answer"])
    if not path.is_file():
        fanout.run_alone([job], environment=environment)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else dict(_LOST)

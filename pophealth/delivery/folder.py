"""The folder of reports: a page for each team, an index and a manifest."""

import base64
import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from pophealth import __version__
from pophealth.delivery.facts import Facts, changes
from pophealth.delivery.misuse import Misuse
from pophealth.views.markup import STYLE
from pophealth.workspace.steps import Step

_MANIFEST = "manifest.json"
Answers = Mapping[tuple[str, str], Mapping[str, Any]]


class ReportFolder:
    """Where reports are written; nothing outside of it is ever touched.

    Parameters
    ----------
    path
        The folder; made when it is not there.

    Raises
    ------
    Misuse
        When something else stands there or it cannot be made.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or "no reason given").lower()
            raise Misuse(
                f"The folder {path.name} cannot be used for reports ({reason}). Name another."
            ) from None
        self.path = path.resolve()

    def before(self) -> dict[str, Any]:
        """Read what the last reports in this folder were made from, by team."""
        try:
            teams = json.loads((self.path / _MANIFEST).read_text(encoding="utf-8"))["teams"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return teams if isinstance(teams, dict) else {}

    def write(
        self, about: Mapping[str, Any], subjects: Sequence[Any], steps: Sequence[Step], answers: Answers
    ) -> pd.DataFrame:
        """Write the pages, the index and the manifest.

        Parameters
        ----------
        about
            ``community``, ``made_up`` and ``as_of`` of the workspace.
        subjects
            The teams, each with ``slug``, ``name`` and ``facts``.
        steps
            The steps of the report, in order.
        answers
            By team and step: ``status``, ``sentence``, ``seconds``, ``html``.

        Returns
        -------
        pandas.DataFrame
            A row for each team and step.
        """
        shared = {"about": about, "made": _today(), "version": __version__}
        before = self.before()
        teams = [_team(subject, steps, answers, before.get(subject.slug)) for subject in subjects]
        for team in teams:
            self._save(team["file"], _page("team.html.j2", team=team, **shared))
        self._save("index.html", _page("index.html.j2", teams=teams, steps=steps, **shared))
        manifest = {
            "made": shared["made"],
            "pophealth": __version__,
            "teams": before | _manifest(teams, shared["made"]),
        }
        self._save(_MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
        return _table(teams)

    def _save(self, name: str, text: str) -> None:
        """Write a file whole or not at all."""
        target = self.path / name
        if not target.resolve().is_relative_to(self.path) or target.is_symlink():
            raise Misuse(
                f"{name} in the folder {self.path.name} leads somewhere else. Choose another folder."
            )
        half = self.path / f".{name}.{os.getpid()}.part"
        half.write_text(text, encoding="utf-8")
        half.replace(target)


def _today() -> str:
    today = datetime.now(UTC)
    return f"{today:%B} {today.day}, {today.year}"


def _team(subject: Any, steps: Sequence[Step], answers: Answers, before: Any) -> dict[str, Any]:
    parts = [
        {"step": step, "id": f"step-{step.number}", **answers[subject.slug, step.slug]} for step in steps
    ]
    known: Facts = subject.facts
    return {
        "slug": subject.slug,
        "name": subject.name,
        "facts": known,
        "file": f"{subject.slug}.html",
        "parts": parts,
        "failed": [part for part in parts if part["status"] != "done"],
        "changes": changes(before if isinstance(before, dict) else None, known),
    }


@cache
def _templates() -> Environment:
    loader = PackageLoader("pophealth.delivery", "report_template")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _style() -> str:
    """Join the house style, the style of reports and the fonts, so that a page needs no other file."""
    own = files("pophealth.delivery").joinpath("report_template/report.css").read_text(encoding="utf-8")
    return "\n".join([*map(_face, (400, 600, 700)), STYLE, own])


def _face(weight: int) -> str:
    name = f"fonts/atkinson-hyperlegible-next-latin-{weight}-normal.woff2"
    font = base64.b64encode(files("pophealth.views").joinpath(name).read_bytes()).decode()
    return (
        f'@font-face{{font-family:"Atkinson Hyperlegible Next";font-weight:{weight};'
        f"src:url(data:font/woff2;base64,{font})}}"
    )


def _page(template: str, **values: Any) -> str:
    return _templates().get_template(template).render(style=_style(), **values)


def _manifest(teams: Sequence[Mapping[str, Any]], made: str) -> dict[str, Any]:
    return {
        team["slug"]: {
            **team["facts"]._asdict(),
            "made": made,
            "file": team["file"],
            "steps": {
                part["step"].slug: {key: part[key] for key in ("status", "seconds", "sentence")}
                for part in team["parts"]
            },
        }
        for team in teams
    }


def _table(teams: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    rows = [
        {
            "team": team["slug"],
            "step": part["step"].slug,
            "status": part["status"],
            "seconds": part["seconds"],
            "sentence": part["sentence"],
            "revision": team["facts"].revision,
            "fingerprint": team["facts"].fingerprint,
            "file": team["file"],
        }
        for team in teams
        for part in team["parts"]
    ]
    return pd.DataFrame(rows)

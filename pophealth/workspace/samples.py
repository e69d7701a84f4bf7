"""The made-up cohort and three historical series, built from readable files into a workspace."""

import atexit
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from platformdirs import user_cache_path

from pophealth.workspace import (
    intake,
    sample_ages,
    sample_choosing,
    sample_counts,
    sample_drivers,
    sample_ladder,
    sample_partners,
    sample_pulse,
    sample_review,
    sample_sessions,
    sample_standing,
)
from pophealth.workspace.errors import Problem
from pophealth.workspace.instrument import example
from pophealth.workspace.records import MODELS
from pophealth.workspace.sample_sessions import Bound, Deed
from pophealth.workspace.store import TeamBook, Workspace

COMMUNITY = "Riverbend Action Community"
START = date(2020, 8, 1)
LAST_DAY = date(2021, 6, 30)
STEWARD = "robin"
EVERYBODY = (
    (STEWARD, "Robin Hale", "steward", "keeps this workspace"),
    ("imani", "Dr. Imani Castle", "faculty", "faculty"),
)
COACHES = {"sam": "Sam Okafor", "lucia": "Lucia Brandt"}
_MADE_UP = "made up"


def folder() -> Path:
    """Find the folder of sample files, in a checkout or in an installed package.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    Problem
        When it is not there.

    Examples
    --------
    >>> folder().name
    'samples'
    """
    package = Path(__file__).resolve().parents[1]
    for place in (package / "_content" / "samples", package.parent / "data" / "samples"):
        if place.is_dir():
            return place
    raise Problem("The sample data are not in this installation. Install pophealth again.")


def generate(seed: int = sample_counts.SEED) -> dict[str, bytes]:
    """Draw the count files of the made-up teams, and the answers of the two that ask the ladder questions.

    Parameters
    ----------
    seed : int
        The seed of the committed files, or another.

    Returns
    -------
    dict
        File name with its bytes, the same on every machine.

    Examples
    --------
    >>> sorted(generate())[0]
    '04-gull-harbor.csv'
    """
    files = {
        f"{path.stem}.csv": _csv(sample_counts.counts(story["team"]["slug"], seed=seed))
        for path, story in _stories()
        if not story["team"]["history"] and story["imports"]
    }
    files["13-ladder.csv"] = _csv(sample_ladder.answers(seed=seed))
    files["13-ladder-invited.csv"] = _csv(sample_ladder.invited(seed=seed))
    files["14-gull-harbor-heart.csv"] = _csv(sample_ages.counts(seed=seed))
    return files


def build(address: str | os.PathLike[str]) -> Workspace:
    """Build the sample workspace: eight made-up teams and the historical series.

    Parameters
    ----------
    address : str or path
        A folder or a .sqlite file; what is there is never touched.

    Returns
    -------
    Workspace
        Opened for its steward, Robin Hale.

    Raises
    ------
    Problem
        When there is a workspace already or the place cannot be written.
    """
    now = _Clock()
    workspace = Workspace.create(
        address, community=COMMUNITY, start=START, made_up=True, last_day=LAST_DAY, clock=now
    )
    with workspace.together():
        workspace.change_settings(identity=STEWARD)
        stories = [story for _, story in _stories()]
        _add_people(workspace, stories)
        bound = cache(lambda user: Workspace(workspace._file, user=user, clock=now))
        deeds = [Deed(at, _in_team(slug, play)) for at, slug, play in _events(stories)]
        for at, do in sorted([*deeds, *sample_sessions.deeds(folder())], key=lambda deed: deed.at):
            now.moment = at
            do(bound)
    return Workspace.open(address, user=STEWARD)


def sample_workspace() -> Workspace:
    """Open a private copy of the sample workspace, for notebooks that have no workspace of their own.

    The sample is built once into the user's cache folder. Each process gets its own copy in a temporary
    folder, which is removed at the end, so nothing one person tries touches another.

    Returns
    -------
    Workspace
        Opened for ``POPHEALTH_USER``, or for the steward of the sample.
    """
    return Workspace.open(_private_copy(), user=os.environ.get("POPHEALTH_USER", "") or STEWARD)


@cache
def _private_copy() -> Path:
    place = Path(tempfile.mkdtemp(prefix="pophealth-sample-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    shutil.copy2(_built_once(), place / "workspace.sqlite")
    return place


def _built_once() -> Path:
    """Find the built sample in the cache; two processes may build it at once, and one of them wins."""
    kept = user_cache_path("pophealth") / f"sample-{_fingerprint()}.sqlite"
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as made:
            if not kept.is_file():
                build(Path(made, "workspace.sqlite"))
                os.replace(Path(made, "workspace.sqlite"), kept)
        return kept
    except OSError:
        place = Path(tempfile.mkdtemp(prefix="pophealth-sample-"))
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        build(place / "workspace.sqlite")
        return place / "workspace.sqlite"


def _fingerprint() -> str:
    """Name the sample by what it is made from: its files, the code that reads them, and our version."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    files = [path for path in sorted(folder().iterdir()) if path.is_file()]
    content = b"".join(path.name.encode() + path.read_bytes() for path in [*code, *files])
    return hashlib.sha256(version("pophealth").encode() + content).hexdigest()[:16]


class _Clock:
    """The clock of the story, so that everything is saved on the day it was written."""

    moment = datetime.combine(START, datetime.min.time(), UTC)

    def __call__(self) -> datetime:
        return self.moment


def _stories() -> list[tuple[Path, dict[str, Any]]]:
    paths = sorted(folder().glob("[0-9][0-9]-*.json"))
    stories = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in paths]
    for _, story in stories:
        people = [person["user"] for person in story["people"]]
        slug = story["team"]["slug"]
        story["entries"] += [*sample_partners.entries(slug, people), *sample_review.entries(slug)]
        story["entries"] += sample_drivers.entries(folder(), story)
        story["entries"] += sample_pulse.entries(slug, people)
        story["entries"] += sample_choosing.entries(folder(), slug)
        story["entries"] += sample_standing.entries(folder(), slug)
    return stories


def _csv(table: pd.DataFrame) -> bytes:
    text = io.StringIO()
    table.to_csv(text, index=False, lineterminator="\n")
    return text.getvalue().encode()


def _add_people(workspace: Workspace, stories: list[dict[str, Any]]) -> None:
    order = sorted(stories, key=lambda story: story["team"]["history"])
    for story in order:
        workspace.add_team(**story["team"])
    for user, name, role, title in EVERYBODY:
        workspace.add_person(user, name, role, title=title)
    for user, name in COACHES.items():
        teams = [story["team"]["slug"] for story in order if story["coach"] == user]
        if teams:
            workspace.add_person(user, name, "coach", teams, title="coach")
    for story in order:
        for person in story["people"]:
            workspace.add_person(
                person["user"], person["name"], "member", [story["team"]["slug"]], title=person["title"]
            )


Play = Callable[[Callable[[str], TeamBook]], None]


def _in_team(slug: str, play: Play) -> Callable[[Bound], None]:
    return lambda bound: play(lambda user: bound(user).team(slug))


def _events(stories: list[dict[str, Any]]) -> list[tuple[datetime, str, Play]]:
    """List everything that was written or brought, with its moment and team."""
    events: list[tuple[datetime, str, Play]] = []
    revisions: dict[tuple[str, str, str], int] = {}
    for story in stories:
        slug = story["team"]["slug"]
        events += [(_moment(entry["at"]), slug, _written(entry, revisions)) for entry in story["entries"]]
        events += _imports(story)
    return events


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _written(entry: dict[str, Any], revisions: dict[tuple[str, str, str], int]) -> Play:
    """Save what somebody wrote that day, based on what stood there, and share it where the story says so."""

    def play(book: Callable[[str], TeamBook]) -> None:
        team, model, key = book(entry["by"]), MODELS[entry["kind"]], entry.get("key", "")
        body = dict(entry["body"])
        if model.kind == "rating":
            body["answers"] = _answers(body["answers"])
        place = (team.slug, model.kind, key)
        saved = team.save(model.draft(body, key), based_on=revisions.get(place, 0))
        if entry.get("shared"):
            saved = team.share(model.kind, key, shared=True, based_on=saved.entry.revision)
        revisions[place] = saved.entry.revision

    return play


def _answers(levels: str) -> dict[str, int | None]:
    """Read a rating written as one group of digits a section; a dash means cannot say."""
    return {
        statement.name: None if level == "-" else int(level)
        for section, group in zip(example().sections, levels.split(), strict=True)
        for statement, level in zip(section.statements, group, strict=True)
    }


def _imports(story: dict[str, Any]) -> list[tuple[datetime, str, Play]]:
    slug = story["team"]["slug"]
    whole = _drawn(slug) if any("until" in brought for brought in story["imports"]) else pd.DataFrame()
    there: set[int] = set()
    return [
        (_moment(brought["at"]), slug, _file(brought) if "file" in brought else _news(brought, whole, there))
        for brought in story["imports"]
    ]


def _drawn(slug: str) -> pd.DataFrame:
    path = next(folder().glob(f"[0-9][0-9]-{slug}.csv"))
    table = pd.read_csv(path, keep_default_na=False, dtype={"stratum": str})
    return table.assign(period=pd.to_datetime(table["period"], format="%Y-%m"), value=float("nan"))


def _file(brought: dict[str, str]) -> Play:
    """Bring a whole file, as it lies among the samples."""

    def play(book: Callable[[str], TeamBook]) -> None:
        intake.load(folder() / brought["file"], book=book(brought["by"]))

    return play


def _news(brought: dict[str, str], whole: pd.DataFrame, there: set[int]) -> Play:
    """Bring the months that are new since the last time, of the measures that the team has defined."""

    def play(book: Callable[[str], TeamBook]) -> None:
        team = book(brought["by"])
        known = [record.key for record in team.records("measure")]
        wanted = whole["measure"].isin(known) & whole["period"].le(pd.Timestamp(brought["until"]))
        new = whole[wanted & ~whole.index.isin(list(there))]
        there.update(new.index)
        name = f"{team.slug}-until-{brought['until']}.csv"
        team.import_counts(new, file_name=name, sha256=hashlib.sha256(_csv(new)).hexdigest())

    return play


def _main() -> None:
    """Write the drawn files again where they lie, for `make samples`."""
    for name, content in generate().items():
        (folder() / name).write_bytes(content)


if __name__ == "__main__":
    _main()

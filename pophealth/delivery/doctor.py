"""Whether everything is there and works, for `pophealth doctor`."""

import os
import shutil
import sqlite3
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from pophealth import __version__
from pophealth.delivery.content import content, notebook_files
from pophealth.delivery.usage import existing
from pophealth.workspace.errors import Problem
from pophealth.workspace.store import Workspace

_NEEDED = (
    "altair",
    "anywidget",
    "ipywidgets",
    "jupyterlab",
    "nbconvert",
    "pandas",
    "papermill",
    "sqlalchemy",
    "voila",
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_ACROSS_A_NETWORK = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "lustre",
    "glusterfs",
    "fuse.sshfs",
}
_LEAST_SPACE = 200_000_000


class Finding(NamedTuple):
    """One thing that was looked at."""

    what: str
    fine: bool
    found: str


def examine(workspace: str = "") -> list[Finding]:
    """Look at the installation and at a workspace.

    Parameters
    ----------
    workspace
        As given with ``--workspace``.

    Returns
    -------
    list of Finding
        In the order a person would look; ``fine`` is False where something has to be done.
    """
    return [_versions(), _notebooks(), _fonts(), _browser(), *_workspace(workspace)]


def _versions() -> Finding:
    try:
        named = ", ".join(f"{name} {version(name)}" for name in _NEEDED)
    except PackageNotFoundError as missing:
        return Finding("versions", False, f"{missing.name} is missing. Install pophealth again.")
    python = ".".join(map(str, sys.version_info[:3]))
    return Finding("versions", True, f"pophealth {__version__}, Python {python}, {named}")


def _notebooks() -> Finding:
    try:
        count = len(notebook_files(content("notebooks")))
    except Problem as problem:
        return Finding("notebooks", False, str(problem))
    return Finding("notebooks", bool(count), f"{count} notebooks")


def _fonts() -> Finding:
    fonts = Path(__file__).parents[1] / "views" / "fonts"
    kinds = {kind: len(list(fonts.glob(f"*.{kind}"))) for kind in ("ttf", "woff2")}
    found = f"{kinds['ttf']} for drawing, {kinds['woff2']} for pages"
    return Finding("fonts", all(kinds.values()), found)


def _browser() -> Finding:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    told = Path(found).name if found else "none on the path; only `make test` needs one"
    return Finding("browser", True, told)


def _workspace(address: str) -> list[Finding]:
    try:
        path = existing(address)
    except Problem as problem:
        return [Finding("workspace", False, str(problem))]
    return [_opened(path), _written(path), _disk(path), _space(path)]


def _opened(path: Path) -> Finding:
    try:
        teams = len(Workspace.open(path).teams())
    except Problem as problem:
        return Finding("workspace", False, str(problem))
    return Finding("workspace", True, f"{path.parent.name}/{path.name} opens, {teams} teams")


def _written(path: Path) -> Finding:
    """Begin a write and take it back."""
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=2, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        finally:
            connection.close()
    except sqlite3.Error as error:
        return Finding(
            "writing", False, f"Nothing can be saved just now ({error}). Check who may write there."
        )
    return Finding("writing", os.access(path, os.W_OK), "can be saved to")


def _disk(path: Path) -> Finding:
    kind = disk_kind(path)
    if kind in _ACROSS_A_NETWORK:
        return Finding(
            "disk",
            False,
            f"The workspace is on a network drive ({kind}), where two writers can harm it. Move it.",
        )
    return Finding("disk", True, kind or "its kind is not told on this system")


def disk_kind(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Say what kind of disk holds a path, where the system tells.

    Parameters
    ----------
    path
        A file.
    mounts
        The system's list of what is mounted where.

    Returns
    -------
    str
        For example ``ext4`` or ``nfs4``; blank when it cannot be told.
    """
    try:
        lines = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    kinds = {fields[1].replace("\\040", " "): fields[2] for fields in lines}
    above = [mount for mount in kinds if path.is_relative_to(mount)]
    return kinds[max(above, key=len)] if above else ""


def _space(path: Path) -> Finding:
    free = shutil.disk_usage(path.parent).free
    return Finding("space", free > _LEAST_SPACE, f"{free / 1e9:.1f} GB free")

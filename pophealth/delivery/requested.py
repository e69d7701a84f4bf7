"""A report made because somebody pressed a button: a command of its own, then one file to keep."""

import asyncio
import io
import os
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from pophealth.delivery.opening import who
from pophealth.workspace.errors import Problem

NOT_MADE = "The report could not be made. Try again, or run: pophealth report"


class Made(NamedTuple):
    """A file to hand over."""

    name: str
    mime: str
    content: bytes


async def report(team: str) -> Made:
    """Make the report of one team, or of all teams this person may see, in a process of its own.

    Parameters
    ----------
    team : str
        Short name; empty for all teams.

    Returns
    -------
    Made
        One page, or a zip file with all pages and their index.

    Raises
    ------
    Problem
        With the sentence of the command, when it made nothing.
    """
    with tempfile.TemporaryDirectory(prefix="pophealth-") as place:
        folder = Path(place)
        said = await _run(team or "--all", "-o", str(folder))
        pages = sorted(folder.glob("*.html"))
        if team:
            pages = [page for page in pages if page.stem == team]
        if not pages:
            raise Problem(said or NOT_MADE)
        if team:
            return Made(f"{team}.html", "text/html", pages[0].read_bytes())
        return Made("reports.zip", "application/zip", _zipped(pages))


async def _run(*arguments: str) -> str:
    user = who()
    command = [sys.executable, "-m", "pophealth.delivery.cli", "report", *arguments]
    inherited = {name: value for name, value in os.environ.items() if name != "POPHEALTH_SURFACE"}
    process = await asyncio.create_subprocess_exec(
        *command,
        *(("--as", user) if user else ()),
        env=inherited,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaints = await process.communicate()
    return next(iter(complaints.decode(errors="replace").strip().splitlines()[-1:]), "")


def _zipped(pages: list[Path]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in pages:
            archive.write(page, page.name)
    return whole.getvalue()

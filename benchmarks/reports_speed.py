"""Seconds per notebook, HTML included: `pophealth report` against papermill and nbconvert in a loop.

Both make the same notebooks of the same made-up teams; they take turns, so a busy machine is busy for both.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pophealth.delivery.content import content
from pophealth.workspace.samples import build
from pophealth.workspace.steps import STEPS
from pophealth.workspace.store import Workspace

ROUNDS = 3


class Cost(NamedTuple):
    """What one notebook took."""

    seconds: float
    cpu: float


def timed(work: Callable[[], int]) -> Cost:
    """Time some work that says how many notebooks it made."""
    began, before = time.perf_counter(), os.times()
    made = work()
    ended, after = time.perf_counter(), os.times()
    cpu = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    return Cost((ended - began) / made, cpu / made)


def plain(workspace: Path, team: str, notebooks: list[Path], out: Path) -> int:
    """Make one team's notebooks the usual way, one command after the other."""
    for notebook in notebooks:
        target = out / f"{team}-{notebook.name}"
        given = ["-p", "team", team, "-p", "workspace", str(workspace)]
        _run("papermill", str(notebook), str(target), *given, "--no-progress-bar")
        _run("jupyter", "nbconvert", "--to", "html", "--no-input", str(target))
    return len(notebooks)


def ours(workspace: Path, teams: int, notebooks: list[Path], out: Path) -> int:
    """Make every team's report with one command."""
    _run("pophealth", "report", "--all", "--workspace", str(workspace), "-o", str(out))
    return teams * len(notebooks)


def _run(command: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(command)
    subprocess.run([program, *arguments], check=True, capture_output=True)


def compare() -> tuple[Cost, Cost]:
    """Give the median cost of a notebook in ours and in the plain way."""
    notebooks = [content("notebooks") / f"{step.notebook}.ipynb" for step in STEPS if step.notebook]
    with tempfile.TemporaryDirectory(prefix="pophealth-") as folder:
        build(folder)
        out = Path(folder, "out")
        out.mkdir()
        teams = [team.slug for team in Workspace.open(folder).teams()]
        pairs = [
            (
                timed(lambda: ours(Path(folder), len(teams), notebooks, out)),
                timed(lambda team=team: plain(Path(folder), team, notebooks, out)),
            )
            for team in teams[:ROUNDS]
        ]
    return median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])


def median(costs: list[Cost]) -> Cost:
    """Take the middle of each number."""
    return Cost(statistics.median(c.seconds for c in costs), statistics.median(c.cpu for c in costs))


def main() -> None:
    """Print the comparison as ratios."""
    fast, slow = compare()
    print("Reports, per notebook, HTML included (median of three turns)")
    print(f"  papermill + nbconvert in a loop  {slow.seconds:6.2f} s   {slow.cpu:6.2f} s of CPU")
    print(f"  pophealth report --all           {fast.seconds:6.2f} s   {fast.cpu:6.2f} s of CPU")
    print(
        f"  sooner by {slow.seconds / fast.seconds:.1f} times, with {slow.cpu / fast.cpu:.1f} times less work"
    )


if __name__ == "__main__":
    main()

"""The Vienna series as a team would bring it: records saved, a file of dates, births and deaths imported."""

import subprocess
import sys
from pathlib import Path

import pandas as pd

from pophealth.workspace.samples import folder as samples
from pophealth.workspace.store import Workspace
from tests.delivery import teams

TEAM = ("first-clinic", "First Clinic")


def brought(folder: Path) -> Path:
    """Make a workspace with this one team and give its folder."""
    join(Workspace.create(folder, community="Vienna"), folder)
    return folder


def join(workspace: Workspace, folder: Path) -> None:
    """Add the team to a workspace, write its records and import its file from the command line."""
    book = workspace.add_team(*TEAM)
    teams.write(
        book,
        "measure",
        "maternal-deaths",
        name="Mothers who died",
        numerator="Mothers who died",
        denominator="Births in this month",
        better="lower",
        chart="p",
        family="outcome",
        lead=True,
        policy="none",
        policy_reason="Public since 1861.",
    )
    teams.write(
        book,
        "adjustment",
        "june-1847",
        measure="maternal-deaths",
        change="new limits",
        start="1847-06",
        reason="First whole month of hand washing.",
    )
    teams.write(
        book,
        "test",
        "hand-washing",
        name="Hand washing",
        question="Do fewer mothers die when hands are clean?",
        prediction="As few as in the second clinic.",
        start="1847-05-15",
        measure="maternal-deaths",
    )
    import_file(folder)


def import_file(folder: Path) -> None:
    table = pd.read_csv(samples() / "01-vienna.csv")
    lines = [f"{row.period}-01,{row.denominator},{row.numerator}" for row in table.itertuples()]
    file = folder / "clinic.csv"
    file.write_text("\n".join(["date,births,deaths", *lines, ""]), encoding="utf-8")
    names = ["--period", "date", "--numerator", "deaths", "--denominator", "births"]
    command = [sys.executable, "-m", "pophealth.delivery.cli", "import", str(file), "--team", TEAM[0]]
    about = ["--measure", "maternal-deaths", *names, "--workspace", str(folder)]
    done = subprocess.run([*command, *about], capture_output=True, text=True, check=True)
    assert done.stdout == "98 rows of counts are kept for First Clinic.\n"

"""The pophealth command."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pophealth import __version__
from pophealth.delivery.cli_people import people, team
from pophealth.delivery.cli_shared import Address, As, AsJson, asked, say, tell_table
from pophealth.delivery.cli_statements import statements
from pophealth.delivery.misuse import Misuse
from pophealth.workspace.errors import Problem

OfMeasure = Annotated[str, typer.Option(help="Measure of every row, when the file does not say.")]
Column = Annotated[str, typer.Option(metavar="COLUMN", help="Its name in the file, when it has another.")]

app = typer.Typer(
    name="pophealth",
    help="A workbook for teams who improve the health of populations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(team, name="team")
app.add_typer(people, name="people")
app.add_typer(statements, name="statements")


def _version(wanted: bool) -> None:
    if wanted:
        say(f"pophealth {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and stop.")
    ] = False,
) -> None:
    """Bring your data and your words in once; meet them in notebooks, in the app and in reports."""


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the demo is kept.")] = Path("demo"),
    serve: Annotated[bool, typer.Option(help="Start the app when the demo is ready.")] = True,
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 0,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
) -> None:
    """Make the made-up sample cohort and show it in the app."""
    from pophealth.delivery.content import content
    from pophealth.workspace.samples import STEWARD, build

    if not (folder / "workspace.sqlite").is_file():
        say("Making the sample cohort ...")
        build(folder)
    say(f"The made-up sample cohort is in {folder}.")
    if serve:
        address = folder.resolve() / "workspace.sqlite"
        look = {"port": port, "open_browser": open_browser, "user": STEWARD}
        _serve(address, notebooks=content("notebooks"), chooser=True, **look)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of your own.")],
    community: Annotated[str, typer.Option(help="What your teams call themselves together.")] = "",
    start: Annotated[str, typer.Option(help="First day, as 2026-01-31.")] = "",
) -> None:
    """Make an empty workspace with the notebooks beside it; nothing is ever overwritten."""
    from pophealth.delivery.content import copy_notebooks
    from pophealth.workspace.store import Workspace

    Workspace.create(folder, community=community, start=_day(start))
    copy_notebooks(folder / "notebooks")
    say(f"An empty workspace is in {folder}. Next: pophealth team add SLUG NAME --workspace {folder}")


@app.command()
def serve(
    workspace: Address = "",
    as_: As = "",
    port: Annotated[int, typer.Option(help="0 takes a free one.")] = 0,
    notebooks: Annotated[Path | None, typer.Option(help="Folder of the notebooks.")] = None,
    ip: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    behind_proxy: Annotated[bool, typer.Option(help="Only behind a proxy that checks who comes.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
    preheat: Annotated[bool, typer.Option(help="Keep pages ready before somebody comes.")] = True,
) -> None:
    """Serve the app for one person."""
    opened = asked(workspace, as_)
    _serve(
        opened.address,
        notebooks=notebooks or _notebooks(opened.address),
        user=opened.workspace.person.user,
        port=port,
        ip=ip,
        behind_proxy=behind_proxy,
        open_browser=open_browser,
        preheat=preheat,
    )


@app.command()
def lab(
    workspace: Address = "",
    as_: As = "",
    browser: Annotated[bool, typer.Option(help="Open the page in your browser.")] = True,
) -> None:
    """Open the notebooks in JupyterLab."""
    opened = asked(workspace, as_)
    environment = os.environ | {
        "POPHEALTH_WORKSPACE": str(opened.address),
        "POPHEALTH_USER": opened.workspace.person.user,
    }
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={_notebooks(opened.address)}"]
    command += [] if browser else ["--no-browser"]
    ended = subprocess.run(command, env=environment, check=False)  # noqa: S603  our own Python
    raise typer.Exit(1 if ended.returncode else 0)


@app.command()
def export(
    team_name: Annotated[str, typer.Argument(metavar="TEAM", help="The team's short name.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write, such as clinic.json.")],
    workspace: Address = "",
    as_: As = "",
) -> None:
    """Write a team's words and counts, with what each field means, into one file."""
    from pophealth.delivery.handout import hand_out

    path = hand_out(asked(workspace, as_).team(team_name), out)
    say(f"{path.name} holds what you may see of {team_name}. Counts in it are for the team only.")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A file of counts.")],
    team_name: Annotated[str, typer.Option("--team", help="Hold it against this team's measures.")] = "",
    measure: OfMeasure = "",
    period: Column = "",
    numerator: Column = "",
    denominator: Column = "",
    value: Column = "",
    workspace: Address = "",
    as_: As = "",
    as_json: AsJson = False,
) -> None:
    """Say in words what is wrong with a file of counts; nothing is kept."""
    from pophealth.workspace import intake

    _there(file)
    book = asked(workspace, as_).team(team_name) if team_name else None
    columns = {"period": period, "numerator": numerator, "denominator": denominator, "value": value}
    try:
        found = intake.check(file, book=book, measure=measure, **columns)
    except intake.Refused as refused:
        _tell_checked(refused.checked, refused.checked.notes, as_json=as_json)
        raise
    _tell_checked(found, list(found.notes), as_json=as_json)
    raise typer.Exit(1 if len(found.problems) else 0)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file of counts.")],
    team_name: Annotated[str, typer.Option("--team", help="The team the counts belong to.")],
    measure: OfMeasure = "",
    period: Column = "",
    numerator: Column = "",
    denominator: Column = "",
    value: Column = "",
    workspace: Address = "",
    as_: As = "",
    as_json: AsJson = False,
) -> None:
    """Bring a file of counts in, whole or not at all."""
    from pophealth.workspace import intake

    _there(file)
    book = asked(workspace, as_).team(team_name)
    columns = {"period": period, "numerator": numerator, "denominator": denominator, "value": value}
    try:
        kept = intake.load(file, book=book, measure=measure, **columns)
    except intake.Refused as refused:
        _tell_checked(refused.checked, refused.checked.notes, as_json=as_json)
        raise
    if as_json:
        say(json.dumps(kept._asdict(), default=str))
    else:
        say(f"{kept.rows} rows of counts are kept for {book.name}.")


@app.command()
def report(
    teams: Annotated[list[str] | None, typer.Argument(metavar="TEAM", help="Short names.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every team you may see.")] = False,
    step: Annotated[list[str] | None, typer.Option(help="Number or short name; may be repeated.")] = None,
    month: Annotated[str, typer.Option(help="Look back from the end of this month, as 2021-05.")] = "",
    format_: Annotated[list[str], typer.Option("--format", help="Kind of file.")] = ["html"],  # noqa: B006
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", help="NAME=VALUE for the notebooks.")
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Notebooks at a time; 0 for one on each core.")] = 0,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the reports.")] = Path("reports"),
    notebooks: Annotated[Path | None, typer.Option(help="Folder of the notebooks.")] = None,
    workspace: Address = "",
    as_: As = "",
    as_json: AsJson = False,
) -> None:
    """Write a report for each team, and an index of what changed."""
    from pophealth.delivery.reports import run_reports

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if bool(teams) == all_:
        raise Misuse("Name the teams to report on, or use --all for every team; one of the two.")
    table = run_reports(
        teams or None,
        workspace=workspace,
        steps=step or None,
        out=out,
        month=month or None,
        parameters=_pairs(parameter or []),
        workers=workers or None,
        formats=tuple(format_),
        user=as_ or None,
        notebooks=notebooks,
        tell=_progress,
    )
    _tell_reports(table, out, as_json=as_json)
    raise typer.Exit(0 if set(table["status"]) <= {"done"} else 1)


@app.command()
def doctor(workspace: Address = "", as_json: AsJson = False) -> None:
    """Look whether everything that is needed is there and works."""
    from pophealth.delivery.doctor import examine

    findings = examine(workspace)
    if as_json:
        say(json.dumps([finding._asdict() for finding in findings]))
    else:
        for finding in findings:
            say(f"{'ok  ' if finding.fine else 'look'}  {finding.what}: {finding.found}")
    raise typer.Exit(0 if all(finding.fine for finding in findings) else 1)


def _serve(address: Path, *, notebooks: Path, chooser: bool = False, **options: Any) -> None:
    from pophealth.delivery.app import serve as serve_app

    identity = address.with_name("identity.json") if chooser else None
    serve_app(str(address), notebooks, identity_file=identity, **options)


def _notebooks(address: Path) -> Path:
    """Prefer the notebooks beside the workspace to those of the package."""
    from pophealth.delivery.content import content

    beside = address.parent / "notebooks"
    return beside if beside.is_dir() else content("notebooks")


def _day(text: str) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Misuse(
            f"{text[:40]!r} is not a day. Write it as year-month-day, for example 2026-01-31."
        ) from None


def _there(file: Path) -> None:
    if not file.is_file():
        raise Misuse(f"There is no file {file}. Check the name and the folder.")


def _pairs(texts: list[str]) -> dict[str, str]:
    for text in texts:
        if "=" not in text:
            raise Misuse(f"{text[:40]!r} is not NAME=VALUE. Write for example -p baseline=12.")
    return dict(text.split("=", 1) for text in texts)


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        ending = "\n" if done == total else ""
        sys.stderr.write(f"\r{done} of {total} notebooks{ending}")
        sys.stderr.flush()


def _tell_checked(found: Any, notes: Any, *, as_json: bool) -> None:
    if as_json:
        problems = json.loads(found.problems.to_json(orient="records"))
        say(json.dumps({"rows": len(found.table), "problems": problems, "notes": list(notes)}))
        return
    tell_table(
        found.problems, {"row": "Row", "column": "Column", "what": "What is wrong", "do": "What to do"}
    )
    for note in notes:
        say(f"Note: {note}")
    if not len(found.problems):
        say(f"No problems in {len(found.table)} rows.")


def _tell_reports(table: Any, out: Path, *, as_json: bool) -> None:
    if as_json:
        say(table.to_json(orient="records"))
        return
    for row in table[table["status"] != "done"].itertuples():
        say(f"{row.team}, step {row.step}: {row.sentence}")
    say(f"{table['team'].nunique()} reports are in {out}. Open {out / 'index.html'}.")


def main() -> None:
    """Run the command; one sentence and no traceback for what a person can put right."""
    try:
        app()
    except Misuse as problem:
        sys.exit(_stop(problem, 2))
    except Problem as problem:
        sys.exit(_stop(problem, 1))


def _stop(problem: Exception, code: int) -> int:
    sys.stderr.write(f"{problem}\n")
    return code


if __name__ == "__main__":
    main()

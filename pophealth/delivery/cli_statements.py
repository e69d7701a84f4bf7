"""`pophealth statements`: the file of statements that teams rate themselves on in step 2."""

from pathlib import Path
from typing import Annotated

import typer

from pophealth.delivery.cli_shared import Address, As, asked, say
from pophealth.workspace.errors import Problem

statements = typer.Typer(
    help="Bring your own statements for step 2.", no_args_is_help=True, rich_markup_mode=None
)
File = Annotated[Path, typer.Argument(help="A file of statements.")]


@statements.command()
def example(
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write, such as ours.json.")],
) -> None:
    """Write our own example into a file, to begin yours from."""
    from pophealth.workspace import instrument

    text = instrument.example_file().read_text(encoding="utf-8")
    text = text.replace(f'"name": "{instrument.EXAMPLE}"', '"name": "ours"', 1)
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Problem(f"{out.name} is there already. Choose another name, or move it away first.") from None
    except OSError:
        raise Problem(f"{out.name} could not be written. Check the folder and the free space.") from None
    say(f"{out.name} holds our example. Change name, title, source and statements; then check it.")


@statements.command()
def check(file: File) -> None:
    """Say what is wrong with a file of statements; nothing is kept."""
    say(_about(file))


@statements.command()
def use(file: File, workspace: Address = "", as_: As = "") -> None:
    """Let the teams of a workspace rate themselves on these statements."""
    from pophealth.workspace import instrument

    opened = asked(workspace, as_)
    if opened.workspace.person.role != "steward":
        raise Problem("Only a steward can change the statements. Ask the steward of this workspace.")
    said = _about(file)
    kept = instrument.put(file, opened.address.parent)
    also = f" The file used until now is kept as {kept}." if kept else ""
    say(f"{said} Step 2 uses them from now on.{also} Answers to other statements are kept and not mixed in.")


def _about(file: Path) -> str:
    from pophealth.workspace import instrument

    found = instrument.read(file)
    counts = f"{len(found.statements)} statements in {len(found.sections)} sections"
    return f"“{found.title}”, {found.name} version {found.version}: {counts}."

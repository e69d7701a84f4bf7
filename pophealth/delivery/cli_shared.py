"""What the commands have in common: where the workspace is, who asks, how things are told."""

import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from pophealth.delivery.misuse import Misuse
from pophealth.workspace.errors import Problem

Address = Annotated[
    str,
    typer.Option(
        "--workspace",
        metavar="ADDRESS",
        help="Folder or file; else POPHEALTH_WORKSPACE, else ./workspace.sqlite.",
        show_default=False,
    ),
]
As = Annotated[str, typer.Option("--as", metavar="USER", help="The person you are.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]


class Asked(NamedTuple):
    """A workspace opened for the person who asks."""

    address: Path
    workspace: Any

    def team(self, slug: str) -> Any:
        """Open a team's book, or say that the name does not fit."""
        try:
            return self.workspace.team(slug)
        except Problem as problem:
            raise Misuse(str(problem)) from None


def asked(address: str, user: str = "") -> Asked:
    """Open the workspace a command is about.

    Parameters
    ----------
    address
        As given with ``--workspace``.
    user
        As given with ``--as``.
    """
    from pophealth.delivery.usage import existing, opened

    return Asked(existing(address), opened(address, user))


def say(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{text}\n")


def tell_table(table: Any, heads: Mapping[str, str]) -> None:
    """Write a table as columns of words that fit the terminal.

    Parameters
    ----------
    table
        The rows.
    heads
        Column to heading; other columns are left out.
    """
    if not len(table):
        return
    rows = [list(heads.values()), *([_words(cell) for cell in row] for row in table[list(heads)].to_numpy())]
    widths = [min(max(len(row[place]) for row in rows), 44) for place in range(len(heads))]
    for row in rows:
        wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
        for line in range(max(map(len, wrapped))):
            cells = (part[line] if line < len(part) else "" for part in wrapped)
            say("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


def _words(cell: object) -> str:
    text = "" if cell is None or cell != cell else str(cell)  # noqa: PLR0124  only a missing number differs
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

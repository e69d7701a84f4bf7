"""`pophealth team` and `pophealth people`."""

import json
from typing import Annotated

import typer

from pophealth.delivery.cli_shared import Address, As, AsJson, asked, say, tell_table

team = typer.Typer(help="Add, list and rename teams.", no_args_is_help=True, rich_markup_mode=None)
people = typer.Typer(help="Add and list people.", no_args_is_help=True, rich_markup_mode=None)

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="Short name: small letters, digits, hyphens.")]


@team.command(name="add")
def add_team(
    slug: Slug,
    name: Annotated[str, typer.Argument(help="As people say it.")],
    sort: Annotated[str, typer.Option(help="Kind of organization.")] = "",
    note: Annotated[str, typer.Option(help="One line about the team.")] = "",
    workspace: Address = "",
    as_: As = "",
) -> None:
    """Add a team."""
    asked(workspace, as_).workspace.add_team(slug, name, sort=sort, note=note)
    say(f"{name} is added as {slug}.")


@team.command(name="list")
def list_teams(workspace: Address = "", as_: As = "", as_json: AsJson = False) -> None:
    """List the teams you may see."""
    import pandas as pd

    rows = [each._asdict() for each in asked(workspace, as_).workspace.teams(all=True)]
    if as_json:
        say(json.dumps(rows))
        return
    tell_table(pd.DataFrame(rows), {"slug": "Short name", "name": "Team", "sort": "Kind"})
    if not rows:
        say("There is no team yet. Add one with: pophealth team add SLUG NAME")


@team.command(name="rename")
def rename_team(
    slug: Slug,
    name: Annotated[str, typer.Argument(help="The new name; the short name stays.")],
    workspace: Address = "",
    as_: As = "",
) -> None:
    """Give a team another name."""
    asked(workspace, as_).workspace.rename_team(slug, name)
    say(f"{slug} is now called {name}.")


@people.command(name="add")
def add_person(
    user: Annotated[str, typer.Argument(help="Short name of the person.")],
    name: Annotated[str, typer.Argument(help="As people say it.")],
    role: Annotated[str, typer.Option(help="member, coach, faculty or steward.")] = "member",
    team_names: Annotated[list[str] | None, typer.Option("--team", help="May be repeated.")] = None,
    title: Annotated[str, typer.Option(help="What the person does, as 'data lead'.")] = "",
    workspace: Address = "",
    as_: As = "",
) -> None:
    """Add a person with a role and teams."""
    opened = asked(workspace, as_).workspace
    opened.add_person(user, name, role, tuple(team_names or ()), title=title)
    say(f"{name} is added as {user}, {role}.")


@people.command(name="list")
def list_people(workspace: Address = "", as_: As = "", as_json: AsJson = False) -> None:
    """List the people of this workspace."""
    import pandas as pd

    rows = [each._asdict() for each in asked(workspace, as_).workspace.people()]
    if as_json:
        say(json.dumps(rows))
        return
    table = pd.DataFrame([row | {"teams": ", ".join(row["teams"])} for row in rows])
    tell_table(
        table, {"user": "Short name", "name": "Name", "role": "Role", "title": "Title", "teams": "Teams"}
    )

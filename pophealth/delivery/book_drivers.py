"""Step 7 as a notebook works with it: what would have to change, and what the team tries first."""

from collections.abc import Callable

import pandas as pd

from pophealth.delivery import carried, driver_pieces
from pophealth.delivery.workbook import Workbook
from pophealth.views import lists, theme
from pophealth.views.markup import Html
from pophealth.workspace import driver_checks
from pophealth.workspace import drivers as tree
from pophealth.workspace.records import Ways

NOTHING_YET = (
    "Your aim, your groups and your promises will stand here.",
    "You can begin with drivers, and come back to steps 3, 5 and 6 later.",
)
SHOWN_BY = {
    "driver": (
        "diagram",
        "checks",
        "downloads",
        "causes",
        "carried",
        "ideas",
        "picture",
        "balance",
        "projects",
    ),
    "why": ("causes",),
    "project": ("projects",),
    "ways": ("ways",),
}
"""The pieces of the page that show what a form keeps."""


class DriversBook(Workbook):
    """A team's driver diagram, its ideas, and who carries them."""

    def decided(self) -> Html:
        """Show the aim of step 6, the groups of step 5 and the promises of step 3: nothing is typed again."""
        promises = [
            ("align", f"Promise: {one.name}", f"{one.owner}. {one.reason}".strip())
            for one in self.records("priority")
            if one.name and one.decision != "stop"
        ]
        rows = [*carried.aim(self), *carried.groups(self), *promises]
        return carried.decided(self, rows, nothing=NOTHING_YET)

    def drivers(self) -> pd.DataFrame:
        """Give drivers and ideas, each followed by what hangs on it.

        Returns
        -------
        pandas.DataFrame
            As `workspace.drivers.drivers` gives them.
        """
        return tree.drivers(self._team)

    def groups(self) -> list[str]:
        """Name the groups chosen in step 5."""
        return tree.groups(self._team)

    def show_diagram(self, drivers: pd.DataFrame) -> Html:
        """Draw the aim, the drivers that move it, and the ideas that move the drivers.

        Parameters
        ----------
        drivers : pandas.DataFrame
            From `drivers`.

        Returns
        -------
        Html
            A figure, or what will stand here.
        """
        return theme.live("diagram", driver_pieces.diagram(drivers, self.aim))

    def show_downloads(self, drivers: pd.DataFrame) -> Html:
        """Hand out the diagram as SVG, PNG and Mermaid.

        Parameters
        ----------
        drivers : pandas.DataFrame
            From `drivers`.

        Returns
        -------
        Html
            Links.
        """
        return theme.live("downloads", driver_pieces.downloads(drivers, self.aim))

    def show_checks(self, checks: pd.DataFrame) -> Html:
        """Show what makes the diagram strong and what could be added.

        Parameters
        ----------
        checks : pandas.DataFrame
            From `workspace.driver_checks.look_at`.

        Returns
        -------
        Html
            A list with signs and words.
        """
        return theme.live("checks", _listed(checks))

    def whys(self, drivers: pd.DataFrame) -> pd.DataFrame:
        """Give the causes of step 5 with the whys behind them, and the drivers that take them on.

        Parameters
        ----------
        drivers : pandas.DataFrame
            From `drivers`.

        Returns
        -------
        pandas.DataFrame
            cause, supporting, whys, drivers.
        """
        return tree.whys(self._team, drivers)

    def show_causes(self, causes: pd.DataFrame) -> Html:
        """Show causes, whys, and the drivers that take them on.

        Parameters
        ----------
        causes : pandas.DataFrame
            From `whys`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("causes", driver_pieces.causes(causes))

    def show_carried(self, drivers: pd.DataFrame) -> Html:
        """Show which strengths of step 4 carry which main drivers.

        Parameters
        ----------
        drivers : pandas.DataFrame
            From `drivers`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("carried", self._carried(drivers))

    def show_ideas(self, ideas: pd.DataFrame) -> Html:
        """Show the bank of ideas.

        Parameters
        ----------
        ideas : pandas.DataFrame
            The rows of `drivers` that are ideas.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("ideas", driver_pieces.ideas(ideas))

    def show_picture(self, ideas: pd.DataFrame) -> Html:
        """Draw ideas by how much they could help and how much work they are.

        Parameters
        ----------
        ideas : pandas.DataFrame
            The rows of `drivers` that are ideas.

        Returns
        -------
        Html
            A figure and words, or what will stand here.
        """
        return theme.live("picture", driver_pieces.picture(ideas))

    def show_balance(self, balance: pd.DataFrame) -> Html:
        """Show the ideas under the four portfolios and the four pillars.

        Parameters
        ----------
        balance : pandas.DataFrame
            From `workspace.drivers.balance`.

        Returns
        -------
        Html
            Two lists and words, or what will stand here.
        """
        return theme.live("balance", driver_pieces.balance(balance))

    def projects(self) -> pd.DataFrame:
        """Give the projects: name, owner, state, driver, key, priority, next."""
        return tree.projects(self._team)

    def show_projects(self, projects: pd.DataFrame) -> Html:
        """Show who carries what, and the promise each project serves.

        Parameters
        ----------
        projects : pandas.DataFrame
            From `projects`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("projects", driver_pieces.projects(projects, self.drivers()))

    def show_ways(self) -> Html:
        """Show how the team sees itself in the ten ways of working."""
        return theme.live("ways", self._ways())

    def show_plan(self) -> Html:
        """Show the page on which one person draws her own plan; nothing of it is kept."""
        return driver_pieces.plan()

    def show_plan_file(self) -> Html:
        """Hand out that page, to print."""
        return driver_pieces.plan_file()

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw again what shows a driver, a why, a project or the ten ways, once they are kept."""
        names = SHOWN_BY.get(kind, ())
        return (lambda: self._again(names)) if names else None

    def _again(self, names: tuple[str, ...]) -> dict[str, Html]:
        table = self.drivers()
        ideas = table[table["level"].eq("idea")]
        pieces: dict[str, Callable[[], Html]] = {
            "diagram": lambda: driver_pieces.diagram(table, self.aim),
            "checks": lambda: _listed(driver_checks.look_at(table, groups=self.groups())),
            "downloads": lambda: driver_pieces.downloads(table, self.aim, picture=False),
            "causes": lambda: driver_pieces.causes(self.whys(table)),
            "carried": lambda: self._carried(table),
            "ideas": lambda: driver_pieces.ideas(ideas),
            "picture": lambda: driver_pieces.picture(ideas),
            "balance": lambda: driver_pieces.balance(tree.balance(ideas)),
            "projects": lambda: driver_pieces.projects(self.projects(), table),
            "ways": self._ways,
        }
        return {name: pieces[name]() for name in names}

    def _carried(self, drivers: pd.DataFrame) -> Html:
        names = [one.name for one in self.records("asset") if one.name]
        return driver_pieces.carried(tree.carried(drivers, names))

    def _ways(self) -> Html:
        seen = self.one("ways")
        return driver_pieces.ways(seen if isinstance(seen, Ways) else Ways())


def _listed(checks: pd.DataFrame) -> Html:
    rows = checks[["point", "there", "sentence"]].itertuples(index=False, name=None)
    return lists.checklist(rows)

"""Step 1 as a notebook works with it: the purpose, the people, what they bring, and the calendar."""

from collections.abc import Callable

import pandas as pd

from pophealth.delivery import gather_pieces
from pophealth.delivery.workbook import Workbook
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace import calendar as plan
from pophealth.workspace import gathered

SHOWN_BY = {
    "charter": ("purpose", "agreements"),
    "member": ("people", "gifts"),
    "interest": ("purpose",),
    "skills": ("skills",),
    "calendar": ("calendar",),
    "event": ("calendar",),
}
"""The pieces of the page that show what a form keeps."""


class GatherBook(Workbook):
    """A team's people and what holds them together."""

    def show_purpose(self) -> Html:
        """Say why the team meets and whom it is about."""
        return theme.live("purpose", self._purpose())

    def members(self) -> pd.DataFrame:
        """Give the people of the team: name, role, side, time, will, ability, resources, brings."""
        return gathered.members(self.records("member"))

    def show_team(self, members: pd.DataFrame) -> Html:
        """Draw who is in the team, side by side, and say who is missed and why it matters.

        Parameters
        ----------
        members : pandas.DataFrame
            From `members`.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        return theme.live("people", gather_pieces.team(members))

    def show_gifts(self, members: pd.DataFrame) -> Html:
        """Say who brings will, ability and resources.

        Parameters
        ----------
        members : pandas.DataFrame
            From `members`.

        Returns
        -------
        Html
            Words and a table, or what will stand here.
        """
        return theme.live("gifts", gather_pieces.gifts(members))

    def show_agreements(self) -> Html:
        """List how the team works together, and what is still open."""
        return theme.live("agreements", self._agreements())

    def skills(self) -> pd.DataFrame:
        """Give what the team has done before: skill, people, names, step in which it is learned."""
        return gathered.skills(self.one("skills"))

    def show_skills(self, skills: pd.DataFrame) -> Html:
        """Say what the team can do together, and what to learn.

        Parameters
        ----------
        skills : pandas.DataFrame
            From `skills`.

        Returns
        -------
        Html
            Words and a table, or what will stand here.
        """
        return theme.live("skills", gather_pieces.skills(skills))

    def calendar(self) -> pd.DataFrame:
        """Give the dates of the 11 months, from the team's first day or that of the whole community.

        Returns
        -------
        pandas.DataFrame
            key, sort, name, date, until, topic, hours, place, moved; empty while there is no first day.
        """
        own = self.one("calendar")
        start = own.start if own.complete else self.workspace.settings.start
        if start is None:
            return plan.calendar(self.as_of).iloc[:0]
        return plan.calendar(start, [event for event in self.records("event") if not event.problems()])

    def show_calendar(self, calendar: pd.DataFrame) -> Html:
        """Draw the calendar, say what comes next, and offer it as a file for other calendars.

        Parameters
        ----------
        calendar : pandas.DataFrame
            From `calendar`.

        Returns
        -------
        Html
            Figure, words and a link, or what will stand here.
        """
        return theme.live("calendar", self._dates(calendar))

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw again what shows a purpose, a person, a skill or a date, once it is kept."""
        pieces = {name: getattr(self, f"_{name}") for name in SHOWN_BY.get(kind, ())}
        return (lambda: {name: piece() for name, piece in pieces.items()}) if pieces else None

    def beginning(self, kind: str) -> Callable[[str], dict[str, str]] | None:
        """Begin a date that goes by a planned name with what the plan says."""
        return self._planned if kind == "event" else None

    def _planned(self, name: str) -> dict[str, str]:
        table = self.calendar()
        found = table[table["key"].eq(plan.by_name(name) or None)]
        if found.empty:
            return {}
        one = found.iloc[0]
        return {"name": one["name"], "stands_for": one["key"], "date": f"{one['date']:%Y-%m-%d}"}

    def _purpose(self) -> Html:
        return gather_pieces.purpose(self.charter, self.one("interest"))

    def _agreements(self) -> Html:
        return gather_pieces.agreements(self.charter)

    def _people(self) -> Html:
        return gather_pieces.team(self.members())

    def _gifts(self) -> Html:
        return gather_pieces.gifts(self.members())

    def _skills(self) -> Html:
        return gather_pieces.skills(self.skills())

    def _calendar(self) -> Html:
        return self._dates(self.calendar())

    def _dates(self, table: pd.DataFrame) -> Html:
        """Show the calendar; a printed report hands out no files."""
        piece, team = gather_pieces.calendar(table, self.as_of), self._team
        if self.surface == "report" or table.empty:
            return piece
        return theme.join(piece, gather_pieces.file_of(table, self.as_of, slug=team.slug, name=team.name))

"""faculty as a notebook works with it: who needs a hand and why, and the next call with one team."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from pophealth.delivery import faculty_pieces
from pophealth.delivery.book_cohort import CohortBook
from pophealth.delivery.note_pieces import notes
from pophealth.delivery.page import href
from pophealth.views import lists, theme
from pophealth.views.markup import Html
from pophealth.workspace import overview, progress
from pophealth.workspace.overview import Gap

NO_NOTES = ("No call is noted yet.", "Write below what was asked, what you agreed, and what is next.")
WITH_A_TEAM = {
    "note": ("Notes of your calls will stand here.", "Choose a team above first."),
    "score": ("How you see a team's progress will stand here.", "Choose a team above first."),
}


class FacultyBook(CohortBook):
    """Who needs a hand, for faculty and coaches; with a team, also the next call with it."""

    def needs_a_hand(self) -> pd.DataFrame:
        """List who may be glad of a call: team, name, sentence, why; the most pressing first.

        A report is handed on, so scores and coach notes stay out of it.
        """
        return progress.needs_a_hand(self.workspace, self.as_of, private=self.surface != "report")

    def show_needs(self, needs: pd.DataFrame) -> Html:
        """Show who may be glad of a call, and why.

        Parameters
        ----------
        needs : pandas.DataFrame
            team, name, sentence, why.

        Returns
        -------
        Html
            A line for each team.
        """
        if needs.empty:
            return theme.empty(
                "Nobody stands out this month.", "Call the team you have not heard for longest."
            )
        rows = needs.itertuples(index=False)
        return theme.join(*(theme.help_line(row.name, f"{row.sentence} {row.why}".strip()) for row in rows))

    def signals(self) -> pd.DataFrame:
        """Say what each team's lead measure shows: team, name, measure, direction, since, holds, points."""
        return overview.signals(self.workspace)

    def show_signals(self, signals: pd.DataFrame) -> Html:
        """Count what lead measures show, and how teams test.

        Parameters
        ----------
        signals : pandas.DataFrame
            From `signals`.

        Returns
        -------
        Html
            Four cards.
        """
        tested = overview.tested(self.workspace, as_of=self.as_of)
        return faculty_pieces.signals(signals, tested, teams=len(self.workspace.teams()))

    def gaps(self) -> list[Gap]:
        """Gather each team's gap between the group it chose and the one it is held against."""
        return overview.gaps(self.workspace)

    def show_gaps(self, gaps: list[Gap]) -> Html:
        """Say what each gap does and why.

        Parameters
        ----------
        gaps : list of Gap
            From `gaps`.

        Returns
        -------
        Html
            A table, or what will stand here.
        """
        return faculty_pieces.gaps(gaps)

    def tests(self) -> pd.DataFrame:
        """List tests that are open or began lately: team, name, test, start, prediction, decision."""
        return overview.tests(self.workspace, as_of=self.as_of)

    def show_tests(self, tests: pd.DataFrame) -> Html:
        """Show tests with what was predicted.

        Parameters
        ----------
        tests : pandas.DataFrame
            From `tests`.

        Returns
        -------
        Html
            A table, or what will stand here.
        """
        return faculty_pieces.tests(tests)

    def show_scores(self) -> Html:
        """Put both scores of each team beside each other, with reasons."""
        return theme.live("scores", self._scored())

    def show_team(self) -> Html:
        """Name the team whose call comes next, or offer the list to choose from."""
        teams = self.workspace.teams()
        app = self.surface == "app"
        rows = [(team.name, href("faculty", team.slug) if app else "") for team in teams]
        if self.team is None:
            return theme.join(theme.note("With which team do you talk next?"), lists.links(rows))
        said = [f"You look at {self.team.name}. What you write here is for that team and its coach alone."]
        return theme.join(
            lists.said(said, heading="Your next call."), lists.fold("Another team", lists.links(rows))
        )

    def show_notes(self) -> Html:
        """Show the notes of earlier calls with this team: asked, agreed, next."""
        return theme.live("notes", self._notes())

    def form(self, kind: str, key: str = "") -> Any:
        """Show a form; notes and scores wait until a team is chosen."""
        if kind in WITH_A_TEAM and self.team is None:
            return theme.empty(*WITH_A_TEAM[kind])
        return super().form(kind, key)

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw notes and scores again once one is kept."""
        own = {"note": lambda: {"notes": self._notes()}, "score": lambda: {"scores": self._scored()}}
        return own.get(kind) or super().echoes(kind)

    def _scored(self) -> Html:
        return faculty_pieces.scores(overview.latest_scores(self.workspace))

    def _notes(self) -> Html:
        if self.team is None:
            return theme.empty(*WITH_A_TEAM["note"])
        return notes(self.team, empty=NO_NOTES)

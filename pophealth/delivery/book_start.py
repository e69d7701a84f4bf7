"""START as a notebook works with it: where a team is, what is new, and the one next thing."""

from datetime import timedelta

from pophealth.delivery.page import href
from pophealth.delivery.workbook import Workbook
from pophealth.views import lists, theme
from pophealth.views.markup import Html
from pophealth.workspace import progress
from pophealth.workspace.steps import STEPS


class StartBook(Workbook):
    """Where a team is on the path."""

    def show_next(self) -> Html:
        """Say the one next thing, kindly."""
        if self.team is None:
            return theme.empty("The one next thing will stand here.", "Choose your team first.")
        return lists.said(progress.team_next(self.team, as_of=self.as_of), heading="The one next thing.")

    def show_path(self) -> Html:
        """Show the ten steps with their questions and how far the team has come."""
        slug = self.team.slug if self.team else ""
        status = self.workspace.status_of(slug)["steps"] if slug else {}
        return lists.step_list(
            [
                (
                    step.phase,
                    f"{step.number} {step.title}",
                    step.question,
                    status.get(step.slug, ""),
                    href(step.notebook, slug) if step.notebook and self.surface == "app" else "",
                )
                for step in STEPS
            ]
        )

    def show_teams(self) -> Html:
        """List the teams to choose from, and the pages for all teams."""
        teams = [
            (team.name, team.note or team.sort, href("START", team.slug)) for team in self.workspace.teams()
        ]
        pages = [(*about, href(name)) for name, about in self._pages().items()]
        rows = [("Teams", *row) for row in teams] + [("For all teams", *row) for row in pages]
        app = self.surface == "app"
        return lists.step_list([(*row[:3], "", row[3] if app else "") for row in rows])

    def _pages(self) -> dict[str, tuple[str, str]]:
        pages = {"room": ("In the room", "What teams have shared, for the big screen.")}
        if self.workspace.person.role != "member":
            pages["faculty"] = ("Who needs a hand", "For faculty and coaches, not for the screen.")
        return pages

    def show_news(self, *, days: int) -> Html:
        """Show what was written or brought in lately.

        Parameters
        ----------
        days : int
            How far to look back.

        Returns
        -------
        Html
            A short table, newest first, or a friendly line.
        """
        if self.team is None:
            return theme.empty("News of your team will stand here.", "Choose your team first.")
        news = progress.since_last(self.team, self.as_of - timedelta(days=days), as_of=self.as_of)
        if news.empty:
            return theme.empty(f"Nothing new in the last {days} days.", "One line in any step is a start.")
        return theme.data_table(news, caption=f"New in the last {days} days")

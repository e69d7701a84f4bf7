"""START as a notebook works with it: the one next thing, the path, what is new, and the monthly pulse."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pandas as pd

from pophealth.delivery import pulse_pieces
from pophealth.delivery.page import href
from pophealth.delivery.workbook import Workbook
from pophealth.views import lists, start_lists, theme
from pophealth.views.markup import Html
from pophealth.workspace import first_days, news, progress
from pophealth.workspace.parts import PARTS
from pophealth.workspace.steps import BY_SLUG, Step

TEAM_FIRST = "Choose your team first."
MOST_NEWS = 10


class StartBook(Workbook):
    """Where a team is on the path."""

    def show_next(self) -> Html:
        """Say the one next thing, kindly, and ask for a small test where planning goes on for long."""
        if self.team is None:
            waiting = theme.empty("The one next thing will stand here.", TEAM_FIRST)
            return theme.join(waiting, self.show_teams())
        if not self._sees_own_counts:
            return self._from_outside(self.team.name, self.team.slug)
        sentences = progress.team_next(self.team, as_of=self.as_of)
        question = next((one for one in sentences if one.endswith("by next Tuesday?")), "")
        step = progress.coming(self.team) or BY_SLUG["measure"]
        card = start_lists.next_thing(
            [one for one in sentences if one != question],
            address=self._link(step),
            label=f"Open step {step.number}",
        )
        if not question:
            return card
        day = progress.next_tuesday(self.as_of)
        return theme.join(card, start_lists.tuesday(question, day, address=self._link(BY_SLUG["test"])))

    def show_first_days(self) -> Html:
        """List the first 30 days of a team week by week; what the team has written ticks itself."""
        found, unfolded, said = first_days.tasks({}), True, "Choose your team, and this list ticks itself."
        if self.team is not None:
            status = self.workspace.status_of(self.team.slug)
            found = first_days.tasks(status["present"])
            done = list(status["steps"].values()).count("done")
            begun = status["begun"]
            unfolded = first_days.is_open(found, begun=begun, steps_done=done, as_of=self.as_of)
            said = first_days.says(found, begun=begun, as_of=self.as_of)
        rows = [
            (
                f"Week {one.task.week}: {first_days.WEEKS[one.task.week]}",
                one.task.what,
                one.done,
                self._link(BY_SLUG[one.task.step]),
            )
            for one in found
        ]
        return start_lists.weeks(rows, said=said, unfolded=unfolded)

    def path(self) -> pd.DataFrame:
        """List the ten steps in their order, with the part of the method each belongs to and how far it is.

        Returns
        -------
        pandas.DataFrame
            number, step, part, and status: not started, in progress or done; empty without a team.
        """
        status = self.workspace.status_of(self.team.slug)["steps"] if self.team else {}
        rows = [
            (step.number, step.slug, part.name, status.get(step.slug, ""))
            for part in PARTS
            for step in part.steps
        ]
        return pd.DataFrame(rows, columns=["number", "step", "part", "status"]).sort_values(
            "number", ignore_index=True
        )

    def show_path(self, path: pd.DataFrame) -> Html:
        """Show the ten steps under the four parts of the method, and how far the team has come.

        Parameters
        ----------
        path : pandas.DataFrame
            From `path`.

        Returns
        -------
        Html
            A list for each part; in the app with links.
        """
        status = dict(zip(path["step"], path["status"], strict=True))
        return start_lists.parts(
            (
                part.name,
                part.about,
                [
                    (f"{step.number} {step.title}", step.question, status[step.slug], self._link(step))
                    for step in part.steps
                ],
            )
            for part in PARTS
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

    def show_news(self, *, days: int) -> Html:
        """Show what the others of the team wrote since this person was last here.

        Parameters
        ----------
        days : int
            How far to look back when she has not written anything yet.

        Returns
        -------
        Html
            A short list, newest first, or a friendly line.
        """
        if self.team is None:
            return theme.empty("News of your team will stand here.", TEAM_FIRST)
        last = news.last_here(self.team, as_of=self.as_of)
        since = last or self.as_of - timedelta(days=days)
        found = news.from_others(self.team, since, as_of=self.as_of)
        said = f"since you last wrote here, on {self._day(last)}" if last else f"in the last {days} days"
        if found.empty:
            what = f"Nothing new from the others {said}." if last else f"Nothing new {said}."
            return theme.empty(what, "One line in any step is a start.")
        rows = [
            (self._day(one.day), one.who, one.what, self._link(BY_SLUG[one.step]) if one.step else "")
            for one in found.head(MOST_NEWS).itertuples()
        ]
        more = max(0, len(found) - MOST_NEWS)
        return start_lists.news(rows, caption=f"New from the others {said}", more=more)

    def show_domains(self) -> Html:
        """Explain what the five taps of the pulse ask about."""
        return pulse_pieces.domains()

    def show_pulse(self) -> Html:
        """Say how many have answered this month, and show the latest month that may be shown."""
        return theme.live("pulse", self._pulse())

    def form(self, kind: str, key: str = "") -> Any:
        """Show a form once a team is chosen."""
        return (
            theme.empty("The form will stand here.", TEAM_FIRST)
            if self.team is None
            else super().form(kind, key)
        )

    def beginning(self, kind: str) -> Callable[[str], dict[str, str]] | None:
        """Begin a pulse with the month the page looks from."""
        return (lambda _name: {"round": f"{self.as_of:%Y-%m}"}) if kind == "pulse" else None

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Count the answers again once one is kept."""
        return (lambda: {"pulse": self._pulse()}) if kind == "pulse" else None

    def _from_outside(self, name: str, slug: str) -> Html:
        """Say how far a team is to somebody who cannot read what it wrote."""
        steps = self.workspace.status_of(slug)["steps"]
        done = list(steps.values()).count("done")
        said = f"{name} has done {done} of {len(steps)} steps."
        return start_lists.next_thing([said, "What a team writes is its own until it shares it. Ask them."])

    def _pulse(self) -> Html:
        if self.team is None:
            return theme.empty("How your team is doing will stand here.", TEAM_FIRST)
        return pulse_pieces.now(self.team, self.as_of)

    def _pages(self) -> dict[str, tuple[str, str]]:
        pages = {"room": ("In the room", "What teams have shared, for the big screen.")}
        if self.workspace.person.role != "member":
            pages["faculty"] = ("Who needs a hand", "For faculty and coaches, not for the screen.")
        return pages

    def _link(self, step: Step) -> str:
        app = self.surface == "app" and step.notebook
        return href(step.notebook or "", self.team.slug if self.team else "") if app else ""

    def _day(self, day: date | None) -> str:
        if day is None:
            return ""
        return f"{day:%B} {day.day}" + ("" if day.year == self.as_of.year else f", {day.year}")

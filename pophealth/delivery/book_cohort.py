"""room and faculty have this in common: all teams, as far as the person at the screen may see them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pandas as pd

from pophealth.delivery import room_pieces
from pophealth.delivery.page import href
from pophealth.delivery.workbook import Workbook
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace import calendar, polls, progress
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import COMMON, Score, Session
from pophealth.workspace.records_session import MEETINGS
from pophealth.workspace.steps import STEPS

JUST_OVER = timedelta(days=1)
"""A session still counts as today's on its second day."""


class CohortBook(Workbook):
    """All teams, as far as the person at the screen may see them."""

    def show_paths(self, *, scores: bool = False) -> Html:
        """Show how far each team has come on the ten steps.

        Parameters
        ----------
        scores : bool
            Also the latest score by the team and by faculty.

        Returns
        -------
        Html
            A table of marks and words, in the order of teams.
        """
        path = progress.path(self.workspace)
        if path.empty:
            return theme.empty(
                "The teams and their ten steps will stand here.", "They show for faculty and coaches."
            )
        rows = [
            {"team": name, "steps": dict(zip(steps["number"], steps["status"], strict=True))}
            | (self._scores(str(slug)) if scores else {})
            for (slug, name), steps in path.groupby(["team", "name"], sort=False)
        ]
        extra = ("Own score", "Faculty") if scores else ()
        return theme.path_table(rows, steps=[(step.number, step.short) for step in STEPS], extra=extra)

    def questions(self) -> Any:
        """Put the open questions for the room here: people answer, and answers show as they come.

        Returns
        -------
        Widget
            It asks by itself every two seconds what is new.
        """
        from pophealth.views.forms import RoomQuestions
        from pophealth.views.room_desk import Hands

        return RoomQuestions(Hands(self.workspace))

    def show_session(self) -> Html:
        """Show the plan of the next learning session, with links to the notebooks that are used."""
        return theme.live("session", self._coming())

    def show_past(self) -> Html:
        """Show earlier sessions with their minutes, and what the room answered: counted, never who."""
        return theme.live("past", self._past())

    def form(self, kind: str, key: str = "") -> Any:
        """Show the form of what belongs to everyone, such as a session; else as every workbook does."""
        if kind not in COMMON:
            return super().form(kind, key)
        from pophealth.views.forms import RecordList

        begin = self._begun if kind == "session" else None
        return RecordList(polls.everyone(self.workspace), COMMON[kind], then=self.echoes(kind), begin=begin)

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw sessions again once one is kept."""
        return self._sessions_again if kind in COMMON else None

    def _sessions_again(self) -> dict[str, Html]:
        return {"session": self._coming(), "past": self._past()}

    def _coming(self) -> Html:
        dates = self._session_dates()
        later = [one for one in self._sessions() if one.date and one.date >= self._still]
        coming = min(later, key=lambda one: str(one.date), default=None)
        ahead = dates[dates["date"].ge(pd.Timestamp(self._still))]
        planned = room_pieces.planned(coming, dates if coming else ahead)
        return room_pieces.coming(coming, planned, self._address)

    def _past(self) -> Html:
        over = [one for one in self._sessions() if one.date and one.date < self._still]
        over.sort(key=lambda one: str(one.date), reverse=True)
        return room_pieces.past(over, polls.tallies(self.workspace, "closed"))

    def _sessions(self) -> list[Session]:
        records = polls.everyone(self.workspace).records("session")
        return [one for one in records if isinstance(one, Session)]

    def _session_dates(self) -> pd.DataFrame:
        """Give the learning sessions of the community's calendar."""
        dates = calendar.calendar(self.workspace.settings.start or self.as_of)
        return dates[dates["key"].isin(MEETINGS)]

    def _begun(self, name: str) -> dict[str, str]:
        """Give a new session its day from the calendar when its name is one of those there."""
        key = calendar.by_name(name)
        dates = self._session_dates()
        day = dates.loc[dates["key"].eq(key), "date"]
        return {"stands_for": key, "date": f"{day.iloc[0]:%Y-%m-%d}"} if len(day) else {}

    @property
    def _still(self) -> Any:
        return self.as_of - JUST_OVER

    def _address(self, notebook: str) -> str:
        return href(notebook) if self.surface == "app" else ""

    def _scores(self, slug: str) -> dict[str, str]:
        try:
            found = self.workspace.team(slug).records("score")
        except Problem:
            found = []
        known = [one for one in found if isinstance(one, Score) and one.month and one.value is not None]
        latest = {one.by: f"{one.value:.1f}" for one in sorted(known, key=lambda one: str(one.month))}
        return {"Own score": latest.get("team", "–"), "Faculty": latest.get("faculty", "–")}

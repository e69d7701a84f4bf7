"""room as a notebook works with it: what teams have shared, for the big screen, and what the room answers."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pandas as pd

from pophealth.delivery import measure_pieces, room_pieces
from pophealth.delivery.book_cohort import CohortBook
from pophealth.delivery.page import href
from pophealth.stats import spc
from pophealth.views import charts, theme
from pophealth.views.markup import Html
from pophealth.workspace import ideas, leads, progress, signs, timeline
from pophealth.workspace.entries import Entry
from pophealth.workspace.records import Aim, Exchange, Measure
from pophealth.workspace.records_drivers import EVIDENCE

_COLUMNS = ["team", "period", "numerator", "denominator", "value", "phase", "excluded", "baseline"]
_LINES = ["value", "centre", "lower", "upper"]


class RoomBook(CohortBook):
    """What teams have shared, for the big screen."""

    @cached_property
    def _room(self) -> progress.RoomSummary:
        return progress.room(self.workspace)

    def show_shared(self) -> Html:
        """Show in four cards what is shared."""
        room = self._room
        held = f"; {room.held} of them hold" if room.held else ""
        return theme.cards(
            [
                (f"{room.focused} of {room.teams}", "teams have shared whom they focus on"),
                (room.improved, f"shared measures with a signal of improvement{held}"),
                (room.tests, f"shared tests of change, {room.predicted} with a written prediction"),
                (room.asks + room.offers, f"asks and offers: {room.asks} asked, {room.offers} offered"),
            ]
        )

    def shared_points(self) -> pd.DataFrame:
        """Give the points of every lead measure a team has shared, as others may see them.

        Returns
        -------
        pandas.DataFrame
            team, then the columns of `Workbook.points`; only shares of people with a chart.
        """
        tables = [
            timeline.shared_points(self.workspace, entry.team, entry.key).assign(team=self._name(entry.team))
            for entry, _ in self._leads()
        ]
        full = [table for table in tables if len(table)]
        return pd.concat(full, ignore_index=True) if full else pd.DataFrame(columns=_COLUMNS)

    def show_wall(self, wall: pd.DataFrame) -> Html:
        """Draw each shared lead measure from its own baseline, side by side on one scale.

        Parameters
        ----------
        wall : pandas.DataFrame
            From `stats.spc.limits` with ``by="team"``.

        Returns
        -------
        Html
            One figure for the wall, or what will stand here.
        """
        if wall.empty:
            return theme.empty("Charts that teams share will stand here.", "Share a measure in step 9.")
        room = self._room
        better = {self._name(entry.team): measure.better or "neither" for entry, measure in self._leads()}
        parts = (spc.signals(wall[wall["team"] == team], better=way) for team, way in better.items())
        drawn = pd.concat([_from_baseline(part) for part in parts if len(part)], ignore_index=True)
        sentence = f"{room.improved} of the {room.measures} shared measures show a signal of improvement"
        chart = charts.small_multiples(
            drawn,
            by="team",
            title=sentence,
            subtitle=(
                "Each team's lead measure, percentage points from its own baseline · "
                f"{room.measures} charts: expect about {room.by_luck:.1f} signals by luck alone"
            ),
            better="higher",
            unit="points",
            columns=3,
        )
        return theme.figure(
            chart, table=_readable(drawn), alt=f"{sentence}, drawn as one small chart for each team"
        )

    def show_aims(self) -> Html:
        """List the aims that teams have shared, each in one sentence."""
        aims = [(self._name(entry.team), entry.record) for entry in self.workspace.shared("aim")]
        pairs = [(name, aim.sentence) for name, aim in aims if isinstance(aim, Aim) and aim.complete]
        if not pairs:
            return theme.empty("Aims that teams share will stand here.", "Share yours in step 6.")
        return theme.record_table("", pairs)

    def show_exchange(self) -> Html:
        """List what teams ask of each other and offer to each other."""
        rows = [(self._name(entry.team), entry.record) for entry in self.workspace.shared("exchange")]
        cards = [(one.sort, name, one.text) for name, one in rows if isinstance(one, Exchange) and one.text]
        if not cards:
            return theme.empty("Asks and offers will stand here.", "What would you like to ask the others?")
        return theme.asks(sorted(cards))

    def show_stories(self) -> Html:
        """Give each team that shared its story one page to open: words, aim, chart, tests, asks."""
        boards = sorted(self.workspace.shared("storyboard"), key=self._place)
        return room_pieces.stories(
            self._told(entry) for entry in boards if getattr(entry.record, "headline", "")
        )

    def ideas(self) -> pd.DataFrame:
        """List the ideas that teams have shared.

        Returns
        -------
        pandas.DataFrame
            team, name, key, text, evidence (how sure they are, in words).
        """
        rows = [
            (one.team, one.name, one.key, one.driver.text, EVIDENCE.get(one.driver.evidence, ""))
            for one in ideas.shared(self.workspace)
        ]
        return pd.DataFrame(rows, columns=["team", "name", "key", "text", "evidence"])

    def show_ideas(self, table: pd.DataFrame) -> Html:
        """List ideas as a table.

        Parameters
        ----------
        table : pandas.DataFrame
            From `ideas`.

        Returns
        -------
        Html
            A table, or what will stand here.
        """
        return room_pieces.ideas(table)

    def shelf(self) -> Any:
        """Put the ideas of other teams here, each with a button that copies it into one's own bank.

        Returns
        -------
        Widget
            Only members of a team see the button.
        """
        from pophealth.views.forms import IdeaShelf
        from pophealth.views.room_desk import Shelf

        app = self.surface == "app"
        own = {slug: href("07_drivers", slug) for slug in self.workspace.person.teams} if app else {}
        return IdeaShelf(Shelf(self.workspace, own))

    def _told(self, entry: Entry) -> room_pieces.Told:
        aims = [one for one in self._of(entry.team, "aim") if isinstance(one, Aim) and one.complete]
        return room_pieces.Told(
            self._name(entry.team),
            entry.record,
            aim=aims[0].sentence if aims else "",
            tests=self._of(entry.team, "test"),
            wanted=[
                one for one in self._of(entry.team, "exchange") if isinstance(one, Exchange) and one.text
            ],
            chart=self._chart(entry.team),
        )

    def _chart(self, team: str) -> Html:
        """Draw a team's lead measure as it has shared it."""
        for entry, measure in leads.shared_leads(self.workspace):
            points = timeline.shared_points(self.workspace, team, entry.key) if entry.team == team else ()
            if len(points) and not timeline.tied(measure):
                changes = timeline.shared_changes(self.workspace, team, entry.key)
                return measure_pieces.series(signs.charted(points, measure), measure, None, changes)
        return theme.join()

    def _of(self, team: str, kind: str) -> list[Any]:
        return [entry.record for entry in self.workspace.shared(kind) if entry.team == team]

    def _place(self, entry: Entry) -> int:
        return [team.slug for team in self.workspace.cohort()].index(entry.team)

    def _leads(self) -> Iterator[tuple[Entry, Measure]]:
        return (
            (entry, measure)
            for entry, measure in leads.shared_leads(self.workspace)
            if _fits_the_wall(measure)
        )

    def _name(self, slug: str) -> str:
        return next((team.name for team in self.workspace.cohort() if team.slug == slug), slug)


def _fits_the_wall(measure: Measure) -> bool:
    return measure.chart == "p" and not timeline.tied(measure)


def _readable(drawn: pd.DataFrame) -> pd.DataFrame:
    """Put the wall into a table: when each period begins, and how far from the baseline it lies."""
    points = (100 * drawn["value"]).round(1)
    starts = drawn["period"].dt.strftime("%B %Y")
    return pd.DataFrame({"Team": drawn["team"], "Period from": starts, "Percentage points": points}).dropna()


def _from_baseline(charted: pd.DataFrame) -> pd.DataFrame:
    """Count from the centre line of the first phase, so that no team is ahead of another."""
    start = charted["centre"].iloc[0]
    return charted.assign(**{name: charted[name] - start for name in _LINES})

"""room and faculty as notebooks work with them: what teams have shared, and who needs a hand."""

from collections.abc import Iterator
from functools import cached_property

import pandas as pd

from pophealth.delivery.workbook import Workbook
from pophealth.stats import spc
from pophealth.views import charts, theme
from pophealth.views.markup import Html
from pophealth.workspace import leads, progress, timeline
from pophealth.workspace.entries import Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Aim, Exchange, Measure, Score
from pophealth.workspace.steps import STEPS

_COLUMNS = ["team", "period", "numerator", "denominator", "value", "phase", "excluded", "baseline"]
_LINES = ["value", "centre", "lower", "upper"]


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

    def _scores(self, slug: str) -> dict[str, str]:
        try:
            found = self.workspace.team(slug).records("score")
        except Problem:
            found = []
        known = [one for one in found if isinstance(one, Score) and one.month and one.value is not None]
        latest = {one.by: f"{one.value:.1f}" for one in sorted(known, key=lambda one: str(one.month))}
        return {"Own score": latest.get("team", "–"), "Faculty": latest.get("faculty", "–")}


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

    def _leads(self) -> Iterator[tuple[Entry, Measure]]:
        return ((entry, measure) for entry, measure in leads.shared_leads(self.workspace) if _fits_the_wall(measure))

    def _name(self, slug: str) -> str:
        return next((team.name for team in self.workspace.cohort() if team.slug == slug), slug)


class FacultyBook(CohortBook):
    """Who needs a hand, for faculty and coaches."""

    def needs_a_hand(self) -> pd.DataFrame:
        """List who may be glad of a call: team, name, sentence, why; the most pressing first."""
        return progress.needs_a_hand(self.workspace, self.as_of)

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

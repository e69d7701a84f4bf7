"""Step 10 as a notebook works with it: the story on one page, what makes it last, and where it goes next."""

from collections.abc import Callable

import pandas as pd

from pophealth.delivery import carried, pulse_pieces
from pophealth.delivery import sustain_pieces as pieces
from pophealth.delivery.book_measure import MeasureBook
from pophealth.delivery.note_pieces import notes
from pophealth.delivery.standing_part import StandingPart
from pophealth.stats import rates
from pophealth.views import lists, sustain_words, theme
from pophealth.views.markup import Html
from pophealth.workspace import lasting, signs, timeline
from pophealth.workspace import scores as scale
from pophealth.workspace.records_sustain import POINTS

LATEST = 6
NO_AIM = (
    "Your aim, your groups and your lead measure will stand here.",
    "They come from steps 5, 6 and 9.",
)
SHOWN_BY = {
    "storyboard": ("headline", "ending"),
    "upkeep": ("lasting", "suggestion"),
    "control": ("watched",),
    "score": ("scored",),
    "site": ("spread",),
    "exchange": ("harvest",),
    "rating": ("moved",),
}
"""The pieces of the page that show what a form keeps."""


class SustainBook(StandingPart, MeasureBook):
    """A team's story, with the charts of step 9 and the decisions of all steps."""

    def decided(self) -> Html:
        """Show the aim, the groups it began with, and the measure that tells how it went."""
        rows = [*carried.aim(self), *carried.groups(self), *carried.lead(self)]
        return carried.decided(self, rows, nothing=NO_AIM)

    def tests(self) -> pd.DataFrame:
        """List the tests of step 8: name, start, predicted, decision (blank while open), learned."""
        return lasting.tried(self.records("test"))

    def show_tests(self, tests: pd.DataFrame) -> Html:
        """List the last tests with their decisions, and count them all.

        Parameters
        ----------
        tests : pandas.DataFrame
            From `tests`.

        Returns
        -------
        Html
            Words and a table, or what will stand here.
        """
        return pieces.tests(tests)

    def show_board(self, charted: pd.DataFrame, by_group: pd.DataFrame) -> Html:
        """Put the whole story on one page: words, aim, charts, tests, partners, asks, the next 30 days.

        Parameters
        ----------
        charted : pandas.DataFrame
            The lead measure, from `charted`.
        by_group : pandas.DataFrame
            The same for each group.

        Returns
        -------
        Html
            One page to print; what is missing says what will stand there.
        """
        noted = {"measure": self.lead, "marks": self.marks(), "changes": self.changes()}
        bare = charted.empty or charted["value"].isna().all()
        charts = [self.show(charted, **noted), self.show_groups(by_group, **noted)] if not bare else []
        first, last = theme.live("headline", self._headline()), theme.live("ending", self._ending())
        charts = charts or [theme.empty(*pieces.NO_CHARTS)]
        return lists.sheet(theme.join(first, self._facts(), *charts, last))

    def in_place(self) -> pd.DataFrame:
        """List what must be in place: point, what, state, owner, due, overdue."""
        return lasting.in_place(self.records("upkeep"), as_of=self.as_of)

    def show_lasting(self) -> Html:
        """Show the eight points that make a gain last, with owners, days, and what is overdue."""
        return theme.live("lasting", self._lasting())

    def show_watched(self) -> Html:
        """Show what is watched, how often, what triggers what, and who acts."""
        return theme.live("watched", self._watched())

    def show_domains(self) -> Html:
        """Explain the five things that the monthly pulse asks about."""
        return pulse_pieces.domains()

    def show_pulse(self) -> Html:
        """Draw how the team was doing month by month, and what it could do about the lowest domain."""
        return pulse_pieces.over_time(self._team, self.as_of)

    def scores(self) -> pd.DataFrame:
        """Put both views of progress beside each other, as far as this person may see them.

        Returns
        -------
        pandas.DataFrame
            month, team, faculty, difference, and reasons and suggestions of both.
        """
        return scale.beside(self.records("score"))

    def show_scores(self) -> Html:
        """Draw the own score and the faculty's over time, with their difference and the latest reasons."""
        return theme.live("scored", self._scored())

    def show_notes(self) -> Html:
        """Show what was asked and agreed in calls with the coach; no other team ever sees it."""
        return notes(self._team, empty=pieces.NO_NOTES)

    def evidence(self) -> pd.DataFrame:
        """Say for each step of the scale whether the record speaks for it: score, name, means, there."""
        return scale.evidence(self._seen())

    def show_suggestion(self) -> Html:
        """Show what the record suggests; a person sets the score."""
        return theme.live("suggestion", self._suggestion())

    def places(self) -> pd.DataFrame:
        """List the places it spreads to: place, population, planned, started, people, who."""
        return lasting.places(self.records("site"), as_of=self.as_of)

    def show_spread(self, sites: pd.DataFrame, curve: pd.DataFrame) -> Html:
        """Draw how many places were planned and how many run, and say what is late.

        Parameters
        ----------
        sites : pandas.DataFrame
            From `places`.
        curve : pandas.DataFrame
            From `workspace.lasting.adoption`.

        Returns
        -------
        Html
            Figure, words and a table, or what will stand here.
        """
        return theme.live("spread", pieces.spread(sites, curve))

    def show_harvest(self) -> Html:
        """Show what others can use: what the team offers, and what it kept after a test."""
        return theme.live("harvest", self._harvest())

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw again what shows a story, a thing in place, a score or a place, once it is kept."""
        shown = {name: getattr(self, f"_{name}") for name in SHOWN_BY.get(kind, ())}
        return (lambda: {name: piece() for name, piece in shown.items()}) if shown else None

    def _headline(self) -> Html:
        return pieces.headline(self.one("storyboard"))

    def _ending(self) -> Html:
        return pieces.ending(self.one("storyboard"))

    def _facts(self) -> Html:
        partners, asks = self.records("stakeholder"), self.records("exchange")
        main = [one.text for one in self.records("driver") if one.level == "primary" and one.text]
        return pieces.facts(self.aim, self.records("focus"), partners, asks, self.tests(), main=main)

    def _lasting(self) -> Html:
        return pieces.lasting(self.in_place())

    def _watched(self) -> Html:
        return pieces.watched(self.records("control"))

    def _scored(self) -> Html:
        return pieces.scored(self.scores())

    def _suggestion(self) -> Html:
        return pieces.suggestion(self.evidence(), self._way_said())

    def _spread(self) -> Html:
        sites = self.places()
        return pieces.spread(sites, lasting.adoption(sites, as_of=self.as_of))

    def _harvest(self) -> Html:
        return pieces.harvest(self.records("exchange"), self.tests())

    def _seen(self) -> scale.Seen:
        """Gather what the scale asks for from what earlier steps hold."""
        tests, upkeep, sign = self.tests(), self.in_place(), self._sign()
        begun = tests[tests["start"].le(pd.Timestamp(self.as_of))]
        way = self._way()
        there = set(upkeep.loc[upkeep["state"].eq("there"), "point"])
        return scale.Seen(
            members=len(self.records("member")),
            predicted=int(begun["predicted"].sum()),
            kept=int(begun["decision"].eq("adopt").sum()),
            purpose=bool(self.charter.purpose),
            chosen=bool(self.focus.group or self.aim.what),
            counted=bool(timeline.known(self.points()).any()) if self.lead.key else False,
            better=sign.direction == "improvement",
            wider=self._wider(),
            holds=sign.direction == "improvement" and sign.holds,
            owned=POINTS["owner"] in there,
            lasts=there >= set(POINTS.values()),
            way=way[0] if way else None,
        )

    def _sign(self) -> signs.Sign:
        """Give the signal that stands on the lead measure; none where its points share people."""
        points = self.points() if self.lead.key else pd.DataFrame()
        if points.empty or timeline.tied(self.lead):
            return signs.Sign()
        return signs.sign_of(self.charted(points, measure=self.lead))

    def _wider(self) -> bool:
        """Tell whether the gap between the groups of step 5 shows a signal of concern."""
        measure, split = self.lead, self.focus.stratifier
        gap = (
            self.gap(self.points(stratifier=split), measure=measure)
            if measure.key and split
            else pd.DataFrame()
        )
        if gap.empty or timeline.tied(measure):
            return False
        return signs.sign_of(gap).direction == "concern"

    def _way(self) -> tuple[float, float, float] | None:
        """Give how much of the way is done, from the last six periods, once there is a signal."""
        aim = self.aim
        if self._sign().direction != "improvement" or aim.unit != "percent":
            return None
        if aim.baseline is None or aim.target is None or aim.target == aim.baseline:
            return None
        points = self.points(aim.measure)
        counted = points[points["denominator"].gt(0) & ~points["excluded"]].tail(LATEST)
        if counted.empty or counted["numerator"].gt(counted["denominator"]).any():
            return None
        now = rates.proportion(counted, by=[], scale=100).iloc[0]
        whole = aim.target - aim.baseline
        value, lower, upper = (
            100 * (now[name] - aim.baseline) / whole for name in ("value", "lower", "upper")
        )
        return value, lower, upper

    def _way_said(self) -> str:
        way = self._way()
        return sustain_words.way_says(*way) if way else ""

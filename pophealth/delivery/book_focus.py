"""Step 5 as a notebook works with it: who is not thriving, what was heard, and whom the team chooses."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from pophealth.delivery import carried, focus_pieces, group_counts, review_pieces, written_down
from pophealth.delivery.measure_pieces import named
from pophealth.delivery.workbook import Workbook
from pophealth.stats import segments
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.views.policy_words import policy_sentence
from pophealth.workspace import groups as split
from pophealth.workspace import review, timeline
from pophealth.workspace.recorded import recorded_by_split
from pophealth.workspace.records import Measure

SHOWN_BY = {
    "staff": ("heard",),
    "conversation": ("heard", "choice"),
    "cause": ("review", "pillars", "strengths"),
    "focus": ("choice",),
    "ladder": ("ladder",),
}
"""The pieces of the page that show what a form keeps."""


class FocusBook(Workbook):
    """A team's groups, what it heard about them, and its choice."""

    _read: Mapping[tuple[str, int, str], pd.DataFrame] = MappingProxyType({})

    def decided(self) -> Html:
        """Show the purpose of step 1, what step 2 found missing, and who is affected, from step 4."""
        missing = carried.agreed(self, "What we do not do yet", "not_yet")
        rows = [*carried.purpose(self), *missing, *carried.affected(self)]
        return carried.decided(self, rows, nothing=focus_pieces.NOTHING_YET)

    @property
    def measure(self) -> Measure:
        """The measure that shows who is left behind: the one named in the choice, else the lead measure."""
        measures = self.records("measure")
        named = self.focus.measure if self.focus.measure in {one.key for one in measures} else ""
        found = timeline.lead(measures, named)
        return found.model_copy(update={"better": found.better or "neither"})

    def answers(self) -> pd.DataFrame:
        """Give the answers on the ladder: month, group, now, future; one row an answer, without names."""
        return review.answers(self._team, as_of=self.as_of)

    def invited(self) -> pd.DataFrame:
        """Say how many people were asked the ladder questions: month, group, invited."""
        return review.invited(self._team, as_of=self.as_of)

    def show_ladder(self, ladder: pd.DataFrame) -> Html:
        """Draw who is thriving, struggling and suffering, and say what it shows.

        Parameters
        ----------
        ladder : pandas.DataFrame
            From `stats.segments.ladder` by group and month.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        return theme.live("ladder", self._ladder_piece(ladder))

    def splits(self, measure: str = "") -> pd.DataFrame:
        """Give the counts of a measure for every way to split people, in the months you look at.

        Parameters
        ----------
        measure : str
            Short name; empty for the one that shows who is left behind.

        Returns
        -------
        pandas.DataFrame
            Counts of everyone and of all groups, in the months the team chose by, else the last 12; empty
            when there are none that this person may see.
        """
        key = measure or self.measure.key
        state = (key, self._team.revision(), timeline.facts(self._team))
        if state not in self._read:
            found = group_counts.splits(self._team, key, self.focus)
            self._read = {**self._read, state: found}
        return self._read[state]

    def groups(self) -> pd.DataFrame:
        """Give the counts of each group, split as the team chose, else by the first split there is.

        Returns
        -------
        pandas.DataFrame
            Counts layout; empty while there are no two groups with shares to compare.
        """
        every = self.splits()
        names = split.ways(every)
        wanted = self.focus.stratifier if self.focus.stratifier in names else next(iter(names), "")
        found = every[every["stratifier"].eq(wanted)].reset_index(drop=True)
        return found if split.comparable(found, self.measure) else found.iloc[:0]

    def reference(self, groups: pd.DataFrame) -> str:
        """Name the group to compare with: the one written down in your choice, or the one doing best."""
        return split.reference(groups, self.focus, self.measure.better)

    def show_groups(self, gaps: pd.DataFrame) -> Html:
        """Draw each group with how far luck could move it, and say which differ from the reference.

        Parameters
        ----------
        gaps : pandas.DataFrame
            From `stats.segments.compare` by stratum.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if gaps.empty:
            return theme.empty(*focus_pieces.why_no_groups(self.splits(), self.measure))
        counts = self.groups()
        picked = len(split.chosen_by(counts, self.focus)) == len(counts)
        used = counts["stratifier"].max()
        known = written_down.in_full(self._known(self.measure), used, own=self._sees_own_counts)
        rule = "" if self._sees_own_counts else policy_sentence(self.measure.policy_in_force)
        return focus_pieces.groups(gaps, counts, self.measure, picked=picked, known=known, rule=rule)

    def recorded(self) -> pd.DataFrame:
        """Work out of how many people the group is written down, for each measure and way to split them.

        Returns
        -------
        pandas.DataFrame
            measure, and the columns of `stats.completeness.completeness`; empty when it cannot be told.
        """
        tables = [self._known(one).assign(measure=named(one)) for one in self.records("measure")]
        full = [table for table in tables if len(table)]
        return pd.concat(full, ignore_index=True) if full else pd.DataFrame(columns=["measure", "value"])

    def show_recorded(self, recorded: pd.DataFrame) -> Html:
        """Show how many people have their group written down, and how many would rather not say.

        Parameters
        ----------
        recorded : pandas.DataFrame
            From `recorded`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        if recorded.empty:
            return theme.empty(*focus_pieces.NO_RECORDED)
        return focus_pieces.recorded(recorded, (named(self.measure), self.groups()["stratifier"].max()))

    @property
    def better(self) -> str:
        """Which way is better for the measure: higher or lower."""
        return "lower" if self.measure.better == "lower" else "higher"

    def show_gaps(self, gaps: pd.DataFrame) -> Html:
        """Draw how many people the gap is, group by group, and say where most of them are.

        Parameters
        ----------
        gaps : pandas.DataFrame
            From `stats.segments.compare`.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if gaps.empty:
            return theme.empty(*focus_pieces.NO_PEOPLE)
        return focus_pieces.people(gaps, self.groups(), self.measure, known=self._as_above())

    def by_age(self) -> pd.DataFrame:
        """Give the counts of the groups age by age, of the measure that was counted so.

        Returns
        -------
        pandas.DataFrame
            stratum, age_band, numerator, denominator, period; empty while nobody counted by group and age
            together.
        """
        return group_counts.by_band(self._aged()[1])

    def show_ages(self, crude: pd.DataFrame, same: pd.DataFrame) -> Html:
        """Draw the groups as counted, and as they would be with the ages of everyone.

        Parameters
        ----------
        crude, same : pandas.DataFrame
            From `stats.rates.rate` and `stats.rates.directly_standardised`, by stratum.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        measure, found = self._aged()
        if same.empty:
            return theme.empty(*focus_pieces.NO_AGES)
        group = found["stratifier"].max().removesuffix(split.BY_AGE)
        known = written_down.in_full(self._known(measure), group, own=self._sees_own_counts)
        return focus_pieces.ages(crude, same, found, measure, known=known)

    def _aged(self) -> tuple[Measure, pd.DataFrame]:
        """Find the first measure counted by group and age together, beginning with the one in use."""
        others = [one for one in self.records("measure") if one.key != self.measure.key]
        each = ((one, self.splits(one.key)) for one in (self.measure, *others))
        return next(group_counts.with_age(each), (self.measure, self.splits().iloc[:0]))

    def show_sizes(self, sizes: pd.DataFrame) -> Html:
        """List a few measures of the gap, each with what it says.

        Parameters
        ----------
        sizes : pandas.DataFrame
            From `stats.equity.measures`.

        Returns
        -------
        Html
            A table, or what will stand here.
        """
        if sizes.empty:
            return theme.empty(*focus_pieces.NO_PEOPLE)
        return focus_pieces.sizes(sizes, known=self._as_above())

    def side_by_side(self) -> pd.DataFrame:
        """Give the groups of all ways to split people, five or more: group, numerator, denominator."""
        every = self.splits()
        alike = split.comparable(every[every["stratum"].ne("")], self.measure)
        return split.side_by_side(every if alike else every.iloc[:0])

    def average(self) -> float:
        """Work out the share among everyone, in the months of `splits`."""
        return split.average(self.splits())

    def show_funnel(self, funnel: pd.DataFrame) -> Html:
        """Draw all groups by their size, and say which lie further from everyone than luck takes them.

        Parameters
        ----------
        funnel : pandas.DataFrame
            From `stats.rates.funnel_limits` by group.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        every = self.splits()
        if funnel.empty:
            return theme.empty(*focus_pieces.why_no_funnel(every))
        known = written_down.as_above(self._known(self.measure), *split.ways(every))
        few = focus_pieces.held_back(every)
        return focus_pieces.funnel(funnel, every, self.measure, known=known, few=few)

    def _known(self, measure: Measure) -> pd.DataFrame:
        """Work out for a measure of how many people the group is written down, split by split."""
        return recorded_by_split(self.splits(measure.key), measure, shared=not self._sees_own_counts)

    def _as_above(self) -> str:
        """Say in few words what was said in full above of the split that is in use."""
        return written_down.as_above(self._known(self.measure), self.groups()["stratifier"].max())

    def show_next_time(self, gaps: pd.DataFrame) -> Html:
        """Say what the group furthest away is likely to show next time, if nothing changes.

        Parameters
        ----------
        gaps : pandas.DataFrame
            From `stats.segments.compare`.

        Returns
        -------
        Html
            A few sentences, or what will stand here.
        """
        return theme.empty(*focus_pieces.NO_PEOPLE) if gaps.empty else focus_pieces.next_time(gaps)

    def show_strengths(self) -> Html:
        """Put what matters to people beside what is strong here, and say which strengths nobody uses yet."""
        return theme.live("strengths", self._strengths())

    def heard(self, source: str = "") -> pd.DataFrame:
        """Give what was heard, theme by theme.

        Parameters
        ----------
        source : str
            "people" or "care teams"; empty for both.

        Returns
        -------
        pandas.DataFrame
            source, talk (1, 2, ... within a source), segment, theme.
        """
        heard = review.heard(self._team, as_of=self.as_of)
        return heard[heard["source"].eq(source)].reset_index(drop=True) if source else heard

    def show_heard(self, talks: pd.DataFrame) -> Html:
        """Draw all themes, and say how many talks there were and whether new ones bring something new.

        Parameters
        ----------
        talks : pandas.DataFrame
            From `stats.segments.saturation` of the talks with people.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        return theme.live("heard", review_pieces.heard(self.heard(), talks))

    def causes(self) -> pd.DataFrame:
        """Give the possible causes: cause, pillar, segment, numbers, staff, people, because, asset."""
        return review.causes(self._team)

    def show_review(self, table: pd.DataFrame) -> Html:
        """Show what the three sources say about each cause.

        Parameters
        ----------
        table : pandas.DataFrame
            From `stats.segments.triangulate`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("review", review_pieces.review(table))

    def show_pillars(self, pillars: pd.DataFrame) -> Html:
        """Show what stands under each of the four pillars, with the empty ones.

        Parameters
        ----------
        pillars : pandas.DataFrame
            From `stats.segments.pillars`.

        Returns
        -------
        Html
            A table and words.
        """
        return theme.live("pillars", review_pieces.pillars(pillars, self.causes()))

    def show_choice(self) -> Html:
        """Show the groups the team chose, with reasons, and what is still missing."""
        return theme.live("choice", self._choice())

    def said(self) -> pd.DataFrame:
        """Give what each source says about each cause: cause, source, says; one row each."""
        return review.said(self.causes())

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw again what shows a talk, a cause, a choice or answers, once they are kept."""
        pieces = {name: getattr(self, f"_{name}") for name in SHOWN_BY.get(kind, ())}
        return (lambda: {name: piece() for name, piece in pieces.items()}) if pieces else None

    def _ladder(self) -> Html:
        rungs: dict[str, Any] = {"now": "now", "future": "future", "invited": self.invited()}
        return self._ladder_piece(segments.ladder(self.answers(), by="group", when="month", **rungs))

    def _ladder_piece(self, ladder: pd.DataFrame) -> Html:
        if not ladder.empty:
            return focus_pieces.ladder(ladder, written_down.on_ladder(ladder))
        if self._team.can("read", "ladder"):
            return theme.empty(*focus_pieces.NO_LADDER)
        return theme.note(focus_pieces.NOT_YOURS)

    def _strengths(self) -> Html:
        return review_pieces.strengths(self._team, self.causes())

    def _heard(self) -> Html:
        talks = segments.saturation(self.heard("people"), when="talk")
        return review_pieces.heard(self.heard(), talks)

    def _review(self) -> Html:
        return review_pieces.review(segments.triangulate(self.said()))

    def _pillars(self) -> Html:
        causes = self.causes()
        return review_pieces.pillars(segments.pillars(causes), causes)

    def _choice(self) -> Html:
        return review_pieces.choice(self._team, as_of=self.as_of)

"""Step 9 as a notebook works with it: charts over time, for whom, and the gap, each with its words."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from pophealth.delivery import (
    carried,
    definition_pieces,
    group_table,
    measure_lists,
    measure_pieces,
    partner_pieces,
)
from pophealth.delivery.counts_part import CountsPart
from pophealth.delivery.history_part import HistoryPart
from pophealth.delivery.measure_pieces import named
from pophealth.views import policy_words, theme, words
from pophealth.views.markup import Html
from pophealth.views.phrases import some
from pophealth.workspace import definitions, recorded, signs, timeline
from pophealth.workspace import groups as split
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Measure

NO_COUNTS = (
    "Your chart will stand here.",
    "Write down above what you count. Then bring your counts as a file.",
)
NO_AIM = (
    "Your aim and the groups you chose will stand here.",
    "They come from steps 5 and 6. You can also begin with a measure.",
)
NO_GROUPS = (
    "Each group will have its own chart here.",
    "Bring counts by group: stratifier and stratum, such as language and Spanish.",
)
NO_GAP = (
    "The gap between two groups will stand here.",
    "Choose a group in step 5 and bring its counts, and those of the group you compare with.",
)
NO_MEASURES = ("Your measures will stand here.", "Start with one: the one that shows your aim.")
NO_LINES = (
    "Such measures will stand here as lines.",
    "Say of a measure whom it counts, in its form above.",
)
NO_LIMITS_YET = ("Advice on new limits will stand here.", "It needs 12 months of counts of one measure.")
SAME_COUNT = "Each of your other measures is counted as it always was, so all of its points compare."
NOBODY_AGAIN = "Each of your other measures counts new people every time, so it may have limits."


Series = tuple[tuple[Measure, ...], tuple[pd.DataFrame, ...]]


class MeasureBook(HistoryPart, CountsPart):
    """A team's measures over time."""

    _read: tuple[tuple[int, str], Series] | None = None

    def decided(self) -> Html:
        """Show the aim of step 6, the groups of step 5, and how many tests of step 8 stand on the charts."""
        tests = self.marks()["label"].tolist()
        marks = [("test", "Tests to mark on a chart", some(tests, "test"))] if tests else []
        rows = [*carried.aim(self), *carried.groups(self), *marks]
        return carried.decided(self, rows, nothing=NO_AIM)

    def points(self, measure: str = "", *, stratifier: str = "") -> pd.DataFrame:
        """Give the counts of a measure as in `Workbook.points`; none where they may not be shown.

        Parameters
        ----------
        measure : str
            Short name; empty for the lead measure.
        stratifier : str
            How everyone is split; empty for everyone together.

        Returns
        -------
        pandas.DataFrame
            Counts layout with phase, excluded, reason and baseline.
        """
        try:
            return super().points(measure, stratifier=stratifier)
        except Problem:
            where = (self.workspace, self._team.slug, measure or self.lead.key)
            return timeline.shared_points(*where, stratifier=stratifier)

    def changes(self, measure: str = "") -> pd.DataFrame:
        """Give the months from which a measure has new limits, or is counted in another way.

        Parameters
        ----------
        measure : str
            Short name; empty for the lead measure.

        Returns
        -------
        pandas.DataFrame
            date, label (the reason a person gave), kind (limits or definition).
        """
        return timeline.changes(self._team, measure or self.lead.key)

    def charted(self, points: pd.DataFrame, *, measure: Measure, by: str | None = None) -> pd.DataFrame:
        """Chart a measure as its definition says: its chart, its rules, and what people noted.

        Parameters
        ----------
        points : pandas.DataFrame
            From `Workbook.points`.
        measure : Measure
            Its definition.
        by : str, optional
            Column that tells groups apart.

        Returns
        -------
        pandas.DataFrame
            As `stats.spc.control_chart` gives it; a plain line where the counts do not fit the chart.
        """
        return signs.charted(points, measure, by=by)

    def show(
        self,
        charted: pd.DataFrame,
        *,
        measure: Measure,
        marks: pd.DataFrame | None = None,
        changes: pd.DataFrame | None = None,
    ) -> Html:
        """Draw one series over time, and say what it shows.

        Parameters
        ----------
        charted : pandas.DataFrame
            From `stats.spc.control_chart`.
        measure : Measure
            What is counted, and which way is better.
        marks : pandas.DataFrame, optional
            Tests of change: number, date, label.
        changes : pandas.DataFrame, optional
            New limits that a person confirmed: date, label.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if charted.empty or charted["value"].isna().all():
            return theme.empty(*NO_COUNTS)
        if timeline.tied(measure):
            return measure_pieces.line(charted, measure, marks, changes)
        return measure_pieces.series(charted, measure, marks, changes)

    def show_beside(self, both: pd.DataFrame, *, measure: Measure, marks: pd.DataFrame) -> Html:
        """Draw the same series on two charts with one scale, and say what changes.

        Parameters
        ----------
        both : pandas.DataFrame
            The series charted twice, told apart by a column chart.
        measure : Measure
            What is counted, and which way is better.
        marks : pandas.DataFrame
            Tests of change: number, date, label.

        Returns
        -------
        Html
            Figure and words.
        """
        return measure_pieces.beside(both, measure, marks)

    def show_groups(
        self,
        charted: pd.DataFrame,
        *,
        measure: Measure,
        marks: pd.DataFrame | None = None,
        changes: pd.DataFrame | None = None,
    ) -> Html:
        """Draw each group over time on one scale, and say what it shows and of how many the group is known.

        Parameters
        ----------
        charted : pandas.DataFrame
            From `stats.spc.control_chart` with ``by="stratum"``.
        measure, marks, changes
            As in `show`.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        there = charted["stratum"].astype(str).str.len().gt(0)
        if not there.any() or charted["value"].isna().all():
            held_back = policy_words.left_out(self.points(measure.key).attrs.get("too_few", ()))
            return theme.empty(held_back, policy_words.OWN_ONLY) if held_back else theme.empty(*NO_GROUPS)
        known, _ = self._recorded(charted, measure)
        if timeline.tied(measure):
            return measure_pieces.group_lines(charted, measure, marks, changes, known)
        return measure_pieces.groups(charted, measure, marks, changes, known)

    def show_last_year(self, charted: pd.DataFrame, *, measure: Measure) -> Html:
        """List each group with its latest year together, how far luck could move it, and how sure it is.

        Parameters
        ----------
        charted : pandas.DataFrame
            As in `show_groups`.
        measure : Measure
            What is counted.

        Returns
        -------
        Html
            A table, or what will stand here.
        """
        named_ones = charted[charted["stratum"].ne("")]
        return group_table.last_year(named_ones, measure, self._recorded(charted, measure)[1])

    def _recorded(self, charted: pd.DataFrame, measure: Measure) -> tuple[str, str]:
        """Say of how many people the group is written down, in full and in short, from what is shown here."""
        split = self.focus.stratifier
        points = pd.concat([self.points(measure.key, stratifier=name) for name in ("", split)])
        if set(points["stratum"]) - {""} != set(charted["stratum"]):
            return "", ""
        parts = recorded.recorded(points, measure, shared=not self._team.can("counts"))
        if parts is None:
            why = {"own": self._sees_own_counts, "people": recorded.counts_people(measure)}
            return words.completeness_untold(what=split, **why), words.completeness_pointer({split: None})
        short = words.completeness_pointer({split: parts.recorded / parts.people})
        return words.completeness_sentence(what=split, **parts._asdict()), short

    def reference(self, groups: pd.DataFrame) -> str:
        """Name the group to compare with: the one written down in step 5, or the one doing best.

        Parameters
        ----------
        groups : pandas.DataFrame
            Counts with a column stratum.

        Returns
        -------
        str
            A stratum; empty when there are none.
        """
        return split.reference(groups, self.focus, self.lead.better)

    def left_behind(self, groups: pd.DataFrame) -> str:
        """Name the group of step 5, or the one furthest behind the group to compare with.

        Parameters
        ----------
        groups : pandas.DataFrame
            Counts with a column stratum.

        Returns
        -------
        str
            A stratum; empty when there are no two groups.
        """
        return split.left_behind(groups, self.focus, self.lead.better)

    def gap(self, groups: pd.DataFrame, *, measure: Measure) -> pd.DataFrame:
        """Chart how far one group is behind another: the difference on an i' chart, and the ratio.

        Parameters
        ----------
        groups : pandas.DataFrame
            Counts of every group, from `Workbook.points`.
        measure : Measure
            What is counted, and which way is better.

        Returns
        -------
        pandas.DataFrame
            As `stats.equity.charted_gap` gives it; empty where there are no two groups with shares.
        """
        behind, reference = self.left_behind(groups), self.reference(groups)
        if not (behind and reference and split.of_people(groups)):
            return pd.DataFrame()
        return signs.charted_gap(groups, measure, behind=behind, reference=reference)

    def show_gap(
        self,
        gap: pd.DataFrame,
        by_group: pd.DataFrame,
        *,
        measure: Measure,
        marks: pd.DataFrame | None = None,
        changes: pd.DataFrame | None = None,
    ) -> Html:
        """Draw the gap over time, and say whether it is closing and why.

        Parameters
        ----------
        gap : pandas.DataFrame
            From `gap`.
        by_group : pandas.DataFrame
            The charted groups it was made from.
        measure, marks, changes
            As in `show`.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if gap.empty or gap["value"].isna().all():
            return theme.empty(*NO_GAP)
        if timeline.tied(measure):
            return theme.note(measure_pieces.NO_GAP_CHART)
        pair = (self.left_behind(by_group), self.reference(by_group))
        noted: dict[str, Any] = {"marks": marks, "changes": changes, "picked": self._picked()}
        _, known = self._recorded(by_group, measure)
        return measure_pieces.gap(gap, by_group, pair, measure, recorded=known, **noted)

    def show_fits(self) -> Html:
        """Say for each measure which chart fits it, and why; a person decides."""
        measures, points = self._all()
        return measure_lists.fits(measures, points) if measures else theme.empty(*NO_MEASURES)

    def show_measures(self) -> Html:
        """List all measures with their latest point, what each chart says, and what others see of them."""
        measures, points = self._all()
        if not measures:
            return theme.empty(*NO_MEASURES)
        rules = policy_words.policies_told(
            [(named(one), one.policy_in_force, one.policy_reason) for one in measures]
        )
        return theme.join(measure_lists.summary(measures, points), theme.note(" ".join(rules)))

    def show_dictionary(self) -> Html:
        """List how each measure is counted and since when, with every definition it had before."""
        return theme.live("dictionary", self._dictionary())

    def show_recounted(self) -> Html:
        """Draw each further measure that was counted in another way before, with a mark at the change."""
        table = definitions.table(self._team)
        keys = set(table.loc[~table["in_force"], "key"]) - {self.lead.key}
        changed = [one for one in self.records("measure") if one.key in keys and not timeline.tied(one)]
        return theme.join(*(self._shown(one) for one in changed)) if changed else theme.note(SAME_COUNT)

    def show_lines(self) -> Html:
        """Draw each further measure whose points share people as a line, and say why it has no limits."""
        measures = self.records("measure")
        tied = [one for one in measures if timeline.tied(one) and one.key != self.lead.key]
        if not tied:
            return theme.note(NOBODY_AGAIN) if measures else theme.empty(*NO_LINES)
        return theme.join(*(self._shown(one) for one in tied))

    def _shown(self, measure: Measure) -> Html:
        """Draw one measure with all that is marked on it."""
        key = measure.key
        charted = self.charted(self.points(key), measure=measure)
        return self.show(charted, measure=measure, marks=self.marks(key), changes=self.changes(key))

    def show_new_limits(self) -> Html:
        """Say which measures have shifted for good and what new limits would change; never done by itself."""
        measures, points = self._all()
        if not any(timeline.known(table).sum() >= signs.ENOUGH for table in points):
            return theme.empty(*NO_LIMITS_YET)
        return measure_lists.new_limits(measures, points)

    def show_trust(self) -> Html:
        """Show what partners say about working together, never so that one answer can be told."""
        return partner_pieces.trust_piece(self._team, self.as_of)

    def show_carbon(self) -> Html:
        """Show what the work costs the climate, in all and for each contact with a person."""
        return partner_pieces.carbon_piece(self._team, self.as_of)

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Write the dictionary again once a measure is kept."""
        return (lambda: {"dictionary": self._dictionary()}) if kind == "measure" else None

    def _dictionary(self) -> Html:
        measures = self.records("measure")
        table = definitions.table(self._team)
        return definition_pieces.dictionary(table, measures) if measures else theme.empty(*NO_MEASURES)

    def beginning(self, kind: str) -> Callable[[str], dict[str, str]] | None:
        """Start a note on a chart with the month from which its measure suggests new limits."""
        return (lambda name: measure_lists.note_begins(name, *self._all())) if kind == "adjustment" else None

    def _all(self) -> Series:
        """Give all measures with their counts; read once for as long as words and counts stay as they are."""
        state = (self._team.revision(), timeline.facts(self._team))
        if self._read is None or self._read[0] != state:
            measures: tuple[Any, ...] = tuple(self.records("measure"))
            self._read = (state, (measures, tuple(self.points(measure.key) for measure in measures)))
        return self._read[1]

    def _picked(self) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        first, last = self.focus.picked_from, self.focus.picked_to
        return (pd.Timestamp(first), pd.Timestamp(last)) if first and last else None

"""Step 9 as a notebook works with it: charts over time, for whom, and the gap, each with its words."""

import pandas as pd

from pophealth.delivery import measure_pieces
from pophealth.delivery.workbook import Workbook
from pophealth.stats import spc
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace import history, timeline
from pophealth.workspace.records import Measure

NO_COUNTS = (
    "Your chart will stand here.",
    "Write down below what you count. Then bring in your counts: pophealth import counts.csv --team …",
)


class MeasureBook(Workbook):
    """A team's measures over time."""

    @classmethod
    def warm(cls) -> None:
        """Draw the chart that every team sees first before a visitor waits for it."""
        super().warm()
        vienna = history.counts("vienna")
        phases = vienna.assign(phase=vienna["period"] >= "1847-06")
        charted = spc.control_chart(phases, chart="p", phase="phase", better="lower")
        marks = timeline.marks(history.team("vienna"), history.measure("vienna").key)
        measure_pieces.series(charted, history.measure("vienna"), marks)

    def history(self, slug: str) -> pd.DataFrame:
        """Give the counts of a series from history, everyone together.

        Parameters
        ----------
        slug : str
            "vienna", "scutari" or "prussia".

        Returns
        -------
        pandas.DataFrame
            Counts layout; a missing period is a row of missing values.
        """
        return history.counts(slug)

    def history_measure(self, slug: str) -> Measure:
        """Give the definition of a series from history."""
        return history.measure(slug)

    def history_marks(self, slug: str) -> pd.DataFrame:
        """Give the tests of change of a series from history: number, date, label."""
        return timeline.marks(history.team(slug), history.measure(slug).key)

    def show(self, charted: pd.DataFrame, *, measure: Measure, marks: pd.DataFrame | None = None) -> Html:
        """Draw one series over time, and say what it shows.

        Parameters
        ----------
        charted : pandas.DataFrame
            From `stats.spc.control_chart`.
        measure : Measure
            What is counted, and which way is better.
        marks : pandas.DataFrame, optional
            Tests of change: number, date, label.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if charted.empty or charted["value"].isna().all():
            return theme.empty(*NO_COUNTS)
        draw = measure_pieces.line if timeline.tied(measure) else measure_pieces.series
        return draw(charted, measure, marks)

    def show_groups(
        self, charted: pd.DataFrame, *, measure: Measure, marks: pd.DataFrame | None = None
    ) -> Html:
        """Draw each group over time on one scale, and say what it shows.

        Parameters
        ----------
        charted : pandas.DataFrame
            From `stats.spc.control_chart` with ``by="stratum"``.
        measure : Measure
            What is counted, and which way is better.
        marks : pandas.DataFrame, optional
            Tests of change: number, date, label.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if charted.empty or not charted["stratum"].astype(str).str.len().any():
            return theme.empty(
                "Each group will have its own chart here.",
                "Bring counts by group: stratifier and stratum, such as language and Spanish.",
            )
        return measure_pieces.groups(charted, measure, marks)

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
        named = self.focus.reference
        if named in set(groups["stratum"]) or groups.empty:
            return named
        sums = groups.groupby("stratum")[["numerator", "denominator"]].sum()
        share = sums["numerator"] / sums["denominator"]
        return str(share.idxmin() if self.lead.better == "lower" else share.idxmax())

    def show_gap(self, gap: pd.DataFrame, by_group: pd.DataFrame, *, measure: Measure) -> Html:
        """Draw the gap over time, and say whether it is closing and why.

        Parameters
        ----------
        gap : pandas.DataFrame
            From `stats.equity.gap`.
        by_group : pandas.DataFrame
            The charted groups it was made from.
        measure : Measure
            What is counted, and which way is better.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        behind = self._left_behind(gap, better=measure.better)
        if not behind:
            return theme.empty(
                "The gap between two groups will stand here.",
                "Choose a group in step 5 and bring its counts, and those of the group you compare with.",
            )
        charted = self._charted_gap(gap[gap["stratum"] == behind], by_group, better=measure.better)
        return measure_pieces.gap(charted, by_group, behind, self.reference(by_group))

    def show_measures(self) -> Html:
        """List all measures with what each chart says in a few words."""
        measures = self.records("measure")
        if not measures:
            return theme.empty(
                "Your measures will stand here.", "Start with one: the one that shows your aim."
            )
        points = tuple(self.points(measure.key) for measure in measures)
        return measure_pieces.summary(tuple(measures), points)

    def _left_behind(self, gap: pd.DataFrame, *, better: str) -> str:
        if gap.empty or gap["difference"].isna().all():
            return ""
        groups = gap.groupby("stratum")["difference"].mean()
        named = self.focus.stratum
        if named in groups.index:
            return named
        return str(groups.idxmax() if better == "lower" else groups.idxmin())

    def _charted_gap(self, gap: pd.DataFrame, by_group: pd.DataFrame, *, better: str) -> pd.DataFrame:
        """Chart how far a group is behind; below 0 in a period where it is ahead, never folded back."""
        behind_is = 1 if better == "lower" else -1
        behind = by_group[by_group["stratum"] == gap["stratum"].iloc[0]]
        noted = behind[["period", "phase", "excluded", "baseline"]]
        size = gap.assign(value=behind_is * gap["difference"])[["period", "value"]].merge(noted, on="period")
        return spc.control_chart(
            size, chart="i", phase="phase", baseline="baseline", exclude="excluded", better="lower"
        )

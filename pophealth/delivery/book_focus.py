"""Step 5 as a notebook works with it: who is not thriving, what was heard, and whom the team chooses."""

from collections.abc import Callable, Mapping

import pandas as pd

from pophealth.delivery import focus_pieces, review_pieces
from pophealth.delivery.workbook import Workbook
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace import groups as split
from pophealth.workspace import review, timeline
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Measure

PERIODS = 12
BANDS = ["stratum", "age_band", "numerator", "denominator"]
Pieces = Mapping[str, Callable[[], Html]]


class FocusBook(Workbook):
    """A team's groups, what it heard about them, and its choice."""

    @property
    def measure(self) -> Measure:
        """The measure that shows who is left behind: the one named in the choice, else the lead measure."""
        measures = self.records("measure")
        named = self.focus.measure if self.focus.measure in {one.key for one in measures} else ""
        found = timeline.lead(measures, named)
        return found.model_copy(update={"better": found.better or "neither"})

    def answers(self) -> pd.DataFrame:
        """Give the answers on the ladder.

        Returns
        -------
        pandas.DataFrame
            month, group, now, future; one row an answer, without names.
        """
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
        return theme.live("ladder", focus_pieces.ladder(ladder, own=self._sees_own_counts))

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
        try:
            names = self._team.counts(key)["stratifier"].unique() if key else []
            tables = [self.points(key, stratifier=str(name)) for name in names]
        except Problem:
            tables = []
        everyone = next(iter(tables), pd.DataFrame(columns=[*timeline.COLUMNS, "excluded"]))
        months = split.chosen_by(everyone, self.focus)
        periods = (months if len(months) else split.latest(everyone, PERIODS))["period"].unique()
        every = pd.concat(tables, ignore_index=True) if tables else everyone
        return split.usable(every[every["period"].isin(periods)])

    def groups(self) -> pd.DataFrame:
        """Give the counts of each group, split as the team chose, else by the first split there is.

        Returns
        -------
        pandas.DataFrame
            Counts layout; empty while there are no two groups with shares to compare.
        """
        every = self.splits()
        names = [name for name in every["stratifier"].unique() if name and not name.endswith(split.BY_AGE)]
        wanted = self.focus.stratifier if self.focus.stratifier in names else next(iter(names), "")
        found = every[every["stratifier"].eq(wanted)].reset_index(drop=True)
        return found if split.comparable(found, self.measure) else found.iloc[:0]

    def reference(self, groups: pd.DataFrame) -> str:
        """Name the group to compare with: the one written down in your choice, or the one doing best."""
        return split.reference(groups, self.focus, self.measure.better)

    def show_groups(self, by_group: pd.DataFrame, gaps: pd.DataFrame, groups: pd.DataFrame) -> Html:
        """Draw each group with how far luck could move it, and say which differ from the reference.

        Parameters
        ----------
        by_group : pandas.DataFrame
            From `stats.rates.proportion` by stratum.
        gaps : pandas.DataFrame
            From `stats.segments.compare` of the same groups.
        groups : pandas.DataFrame
            The counts they were made from.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if by_group.empty:
            return theme.empty(*focus_pieces.why_no_groups(self.splits(), self.measure))
        return focus_pieces.groups(by_group, gaps, groups, self.measure, self.reference(groups))

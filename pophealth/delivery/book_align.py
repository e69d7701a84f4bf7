"""Step 3 as a notebook works with it: what is promised, to whom, with what, and what becomes of it."""

from collections.abc import Callable

import pandas as pd

from pophealth.delivery import carried, promise_pieces
from pophealth.delivery.workbook import Workbook
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace import promises as written

NO_PURPOSE = ("Your purpose will stand here.", "Write it in step 1, or begin here and come back later.")
SHOWN_BY = {
    "priority": ("map", "people", "overlap", "resources", "days", "decisions"),
    "anchor": ("neighbors",),
}
"""The pieces of the page that show what a form keeps."""


class AlignBook(Workbook):
    """What a team's organization has promised, and what the team does about it."""

    def decided(self) -> Html:
        """Show the purpose of step 1 and the next steps of step 2, so that nothing is typed twice."""
        rows = [*carried.purpose(self), *carried.agreed(self, "What we do next", "next")]
        return carried.decided(self, rows, nothing=NO_PURPOSE)

    def promises(self) -> pd.DataFrame:
        """Give the promises: name, owner, portfolio, population, decision, reason, sort, deadline, money.

        Returns
        -------
        pandas.DataFrame
            One row each; what is not known is blank. Also funds and fit.
        """
        return written.promises(self._team)

    def anchors(self) -> pd.DataFrame:
        """Give the anchor actions: action, sort, gains, owner, state, size; one row each."""
        return written.anchors(self._team)

    def show_map(self, counts: pd.DataFrame) -> Html:
        """Draw how many promises each portfolio holds, and say which hold none.

        Parameters
        ----------
        counts : pandas.DataFrame
            A row for each portfolio, a column for each decision, as `pandas.crosstab` gives them.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        every = written.whole(counts)
        return theme.live("map", promise_pieces.portfolios(every, self.promises()))

    def show_people(self, promises: pd.DataFrame) -> Html:
        """Put each promise in the row of the people it is for and the column of its portfolio."""
        return theme.live("people", promise_pieces.for_whom(promises))

    def show_overlap(self, overlap: pd.DataFrame) -> Html:
        """Say which promises go to the same people in the same portfolio.

        Parameters
        ----------
        overlap : pandas.DataFrame
            The promises that overlap: portfolio, population, name.

        Returns
        -------
        Html
            A few sentences, or what will stand here.
        """
        return theme.live("overlap", promise_pieces.overlap(overlap, self.promises()))

    def show_resources(self, lacking: pd.DataFrame) -> Html:
        """List promises that go on without an owner or without money, and say so."""
        return theme.live("resources", promise_pieces.resources(lacking, self.promises()))

    def show_days(self, coming: pd.DataFrame) -> Html:
        """Say which promises are due soon, or were due already.

        Parameters
        ----------
        coming : pandas.DataFrame
            Promises with `days` from the day you look from, the earliest first.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("days", promise_pieces.days(coming, self.promises()))

    def show_decisions(self) -> Html:
        """Show what is kept, joined and stopped, with reasons; what is joined comes back in step 7."""
        return theme.live("decisions", self._decisions())

    def show_neighbors(self, actions: pd.DataFrame) -> Html:
        """Show what the organization does as a neighbor, in four ways."""
        return theme.live("neighbors", promise_pieces.neighbors(actions))

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw again what shows promises and actions, once they are kept."""
        pieces = {name: getattr(self, f"_{name}") for name in SHOWN_BY.get(kind, ())}
        return (lambda: {name: piece() for name, piece in pieces.items()}) if pieces else None

    def _map(self) -> Html:
        promises = self.promises()
        return promise_pieces.portfolios(written.by_portfolio(promises), promises)

    def _people(self) -> Html:
        return promise_pieces.for_whom(self.promises())

    def _overlap(self) -> Html:
        promises = self.promises()
        return promise_pieces.overlap(written.overlapping(promises), promises)

    def _resources(self) -> Html:
        promises = self.promises()
        return promise_pieces.resources(written.unresourced(promises), promises)

    def _days(self) -> Html:
        promises = self.promises()
        return promise_pieces.days(written.coming(promises, as_of=self.as_of), promises)

    def _decisions(self) -> Html:
        return promise_pieces.decisions(self.promises())

    def _neighbors(self) -> Html:
        return promise_pieces.neighbors(self.anchors())

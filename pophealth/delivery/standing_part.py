"""What steps 2 and 10 share: how people answered, round by round, and what moved between."""

from collections.abc import Callable

import pandas as pd

from pophealth.delivery import standing_pieces as pieces
from pophealth.delivery.workbook import Workbook
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace import ratings
from pophealth.workspace.instrument import Instrument
from pophealth.workspace.records import Rating


class StandingPart(Workbook):
    """A team's ratings of where it stands, in every round."""

    @property
    def instrument(self) -> Instrument:
        """The statements in use."""
        return self._team.instrument

    def section_scores(self) -> pd.DataFrame:
        """Score every section for every person: round, rater, part, section, score (0 to 100)."""
        return ratings.section_scores(self._answered(), self.instrument)

    def statement_levels(self) -> pd.DataFrame:
        """List what everybody chose: round, rater, section, statement, level (0 is the lowest)."""
        return ratings.statement_levels(self._answered(), self.instrument)

    def show_moved(self, scores: pd.DataFrame) -> Html:
        """Draw the first round beside the newest, with how many answered both times and what moved most.

        Parameters
        ----------
        scores : pandas.DataFrame
            As `section_scores` gives it, of all rounds.

        Returns
        -------
        Html
            Figure, words and tables; what will stand here; or who can see it.
        """
        return theme.live("moved", self._moved_piece(scores))

    def beginning(self, kind: str) -> Callable[[str], dict[str, str]] | None:
        """Give a new rating the month of the round that is open."""
        if kind != "rating":
            return super().beginning(kind)
        month = ratings.opened_for(self._answered(), as_of=self.as_of)
        return lambda _name: {"round": f"{month:%Y-%m}"}

    def _moved(self) -> Html:
        return self._moved_piece(self.section_scores())

    def _moved_piece(self, scores: pd.DataFrame) -> Html:
        if not self._team.can("counts"):
            return theme.note(pieces.NOT_YOURS)
        return pieces.moved(scores, self.statement_levels())

    def _answered(self) -> list[Rating]:
        """Gather what people answered; a form that was only opened is no answer yet."""
        return [one for one in ratings.answers(self._team, as_of=self.as_of) if one.answers]

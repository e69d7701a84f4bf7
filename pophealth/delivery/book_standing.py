"""Step 2 as a notebook works with it: what several people answered, side by side."""

from collections.abc import Callable

import pandas as pd

from pophealth.delivery import carried
from pophealth.delivery import standing_pieces as pieces
from pophealth.delivery.standing_part import StandingPart
from pophealth.views import standing_words, theme
from pophealth.views.markup import Html
from pophealth.workspace import ratings

NO_PURPOSE = ("Your purpose will stand here.", "Write it in step 1. You can also begin here.")
SHOWN_BY = {
    "rating": ("answers", "differences", "comments", "steps", "balance", "moved"),
    "reading": ("readings",),
}
"""The pieces of the page that show what a form keeps."""


class StandingBook(StandingPart):
    """A team's ratings of where it stands, what they agree on, and what moved."""

    def decided(self) -> Html:
        """Show what the team meets for, as step 1 says it."""
        return carried.decided(self, carried.purpose(self), nothing=NO_PURPOSE)

    def statements(self) -> pd.DataFrame:
        """List the statements: part, section, name, statement."""
        return ratings.statements(self.instrument)

    def show_statements(self) -> Html:
        """Say whose statements these are, and how many answers belong to others."""
        told = theme.note(f"{self.instrument.title}. {self.instrument.source}".strip())
        everything = self._answered()
        others = len(everything) - len(ratings.of_this(everything, self.instrument))
        return theme.join(told, theme.note(standing_words.other_statements(others))) if others else told

    def show_standing(self, scores: pd.DataFrame) -> Html:
        """Draw one dot a person in one row a section, and say what it shows.

        Parameters
        ----------
        scores : pandas.DataFrame
            As `section_scores` gives it, of one round.

        Returns
        -------
        Html
            Figure and words, what will stand here, or who can see it.
        """
        return theme.live("answers", self._standing(scores))

    def show_differences(self, levels: pd.DataFrame) -> Html:
        """List the statements that people see most differently.

        Parameters
        ----------
        levels : pandas.DataFrame
            As `statement_levels` gives it, of one round.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("differences", pieces.differences(levels, self.instrument))

    def show_comments(self) -> Html:
        """List what people want to talk about, without codes, from three people on."""
        return theme.live("comments", self._comments())

    def show_next_steps(self, scores: pd.DataFrame) -> Html:
        """List the three lowest sections with a next step that fits each.

        Parameters
        ----------
        scores : pandas.DataFrame
            As `section_scores` gives it, of one round.

        Returns
        -------
        Html
            Three lines, or what will stand here.
        """
        return theme.live("steps", pieces.next_steps(scores, self.instrument))

    def show_balance(self, scores: pd.DataFrame) -> Html:
        """Say how even the four portfolios stand, never without how high.

        Parameters
        ----------
        scores : pandas.DataFrame
            As `section_scores` gives it, of one round.

        Returns
        -------
        Html
            A few sentences, or what will stand here.
        """
        return theme.live("balance", pieces.balance(scores, self.instrument))

    def show_readings(self) -> Html:
        """Show section by section what people agreed on, and where they still differ."""
        return theme.live("readings", self._readings())

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw again what shows an answer or an agreed reading, once it is kept."""
        shown = {name: getattr(self, f"_{name}") for name in SHOWN_BY.get(kind, ())}
        return (lambda: {name: piece() for name, piece in shown.items()}) if shown else None

    def _now(self) -> pd.DataFrame:
        return ratings.latest(self.section_scores())

    def _standing(self, scores: pd.DataFrame) -> Html:
        if not self._team.can("counts"):
            return theme.note(pieces.NOT_YOURS)
        return pieces.answers(scores, ratings.roles(self._newest()))

    def _newest(self) -> list:
        found = ratings.of_this(self._answered(), self.instrument)
        newest = max((one.round for one in found if one.round), default=None)
        return [one for one in found if one.round == newest]

    def _answers(self) -> Html:
        return self._standing(self._now())

    def _differences(self) -> Html:
        return pieces.differences(ratings.latest(self.statement_levels()), self.instrument)

    def _comments(self) -> Html:
        return pieces.comments(ratings.comments(self._newest()))

    def _steps(self) -> Html:
        return pieces.next_steps(self._now(), self.instrument)

    def _balance(self) -> Html:
        return pieces.balance(self._now(), self.instrument)

    def _readings(self) -> Html:
        return pieces.readings(self.records("reading"), self.instrument)

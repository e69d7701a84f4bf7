"""Step 8 as a notebook works with it: ideas tried small, predictions, and what comes next."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from pophealth.delivery import carried, cycle_pieces
from pophealth.delivery.workbook import Workbook
from pophealth.views import theme
from pophealth.views.desk import Follow
from pophealth.views.markup import Html
from pophealth.workspace import cycles


class CyclesBook(Workbook):
    """A team's tests of change."""

    def decided(self) -> Html:
        """Show the aim, the groups and the ideas of earlier steps, so that nothing is typed twice."""
        rows, ideas = [*carried.aim(self), *carried.groups(self)], cycle_pieces.ideas(self._team)
        if ideas.html and not any(words for _, _, words in rows):
            return ideas
        return theme.join(carried.decided(self, rows, nothing=cycle_pieces.NO_IDEAS), ideas)

    def tests(self) -> pd.DataFrame:
        """Give the tests in the order in which they begin, one row each.

        Returns
        -------
        pandas.DataFrame
            key, idea, name, start, end, due, scale (1, 3, 5, everyone), decision, state (planned, no
            prediction, running, look back, decided), predicted, after, and words.
        """
        return cycles.cycles(self._team, as_of=self.as_of)

    def predictions(self) -> pd.DataFrame:
        """Give each prediction and how it came: idea, name, start, question, prediction, held."""
        return cycles.predictions(self._team)

    def audit(self, tests: pd.DataFrame) -> pd.DataFrame:
        """Look at how each idea was tested: idea, and yes or no for each of five points."""
        return cycles.audit(self._team, tests)

    def show_ramps(self, tests: pd.DataFrame) -> Html:
        """Draw the tests of each idea as a ramp from one person to everyone.

        Parameters
        ----------
        tests : pandas.DataFrame
            From `tests`.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        return theme.live("ramps", cycle_pieces.ramp_picture(tests))

    def show_waiting(self, tests: pd.DataFrame) -> Html:
        """Show where each test stands that is not decided, those that wait for someone first."""
        return theme.live("waiting", cycle_pieces.waiting(tests, as_of=self.as_of))

    def show_predictions(self, said: pd.DataFrame) -> Html:
        """Put each prediction beside how it came, and say how many held."""
        return theme.live("predictions", cycle_pieces.guesses(said))

    def show_learned(self, recent: pd.DataFrame) -> Html:
        """Show what the tests of the last month taught."""
        return theme.live("learned", cycle_pieces.learned(recent, self.tests()))

    def show_next(self, tests: pd.DataFrame) -> Html:
        """Show what each idea asks for next, and what has not been tried."""
        return theme.live("next", cycle_pieces.coming(self._team, tests, as_of=self.as_of))

    def show_audit(self, points: pd.DataFrame) -> Html:
        """Show five points that make a test teach more, idea by idea."""
        return theme.live("audit", cycle_pieces.audit(points))

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw everything again that shows tests, once one is kept."""
        return self._again if kind == "test" else None

    def beginning(self, kind: str) -> Callable[[str], dict[str, str]] | None:
        """Begin every test with one person, and with the idea that is called the same."""
        return self._begun if kind == "test" else None

    def following(self, kind: str) -> Follow | None:
        """Let the next cycle be made from any test, with what stays the same."""
        return Follow("next cycle", self._followed) if kind == "test" else None

    def _begun(self, name: str) -> dict[str, str]:
        return {"scale": "1", "driver": cycles.idea_called(self._team, name)}

    def _followed(self, test: Any) -> dict[str, str]:
        return cycles.following(test, [one.name for one in self.records("test")])

    def _again(self) -> dict[str, Html]:
        tests, today = self.tests(), self.as_of
        recent = cycles.last_month(tests, as_of=today)
        return {
            "ramps": cycle_pieces.ramp_picture(tests),
            "waiting": cycle_pieces.waiting(tests, as_of=today),
            "predictions": cycle_pieces.guesses(self.predictions()),
            "learned": cycle_pieces.learned(recent, tests),
            "next": cycle_pieces.coming(self._team, tests, as_of=today),
            "audit": cycle_pieces.audit(self.audit(tests)),
        }

"""Step 2 as a notebook works with it: what several people answered, side by side."""

import pandas as pd

from pophealth.delivery import carried
from pophealth.delivery.workbook import Workbook
from pophealth.views import standing, theme
from pophealth.views.markup import Html
from pophealth.workspace import ratings

NO_PURPOSE = ("Your purpose will stand here.", "Write it in step 1. You can also begin here.")


class StandingBook(Workbook):
    """A team's ratings of where it stands."""

    def decided(self) -> Html:
        """Show what the team meets for, as step 1 says it."""
        return carried.decided(self, carried.purpose(self), nothing=NO_PURPOSE)

    def statements(self) -> pd.DataFrame:
        """List the statements: part, section, name, statement."""
        return ratings.statements()

    def section_scores(self) -> pd.DataFrame:
        """Score every section for every person: rater, role, part, section, score."""
        return ratings.section_scores(self.records("rating"))

    def show_standing(self, scores: pd.DataFrame) -> Html:
        """Draw one dot a person in one row a section, and say what it shows.

        Parameters
        ----------
        scores : pandas.DataFrame
            As `section_scores` gives it.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if scores["score"].notna().sum() == 0:
            return theme.empty(
                "One dot for each person will stand here.",
                "Let the first person answer above. Ask two more before you look.",
            )
        summary = ratings.summary(scores)
        title = standing.finding(summary)
        figure = theme.figure(
            standing.dots(scores, summary, title=title),
            narrow=standing.dots(scores, summary, title=title, width=360),
            table=_readable(summary),
            alt=f"{title}. {' '.join(standing.says(summary))}",
        )
        return theme.join(figure, theme.say(standing.says(summary)))

    def show_next_steps(self, scores: pd.DataFrame) -> Html:
        """List the three lowest sections with a first step for each.

        Parameters
        ----------
        scores : pandas.DataFrame
            As `section_scores` gives it.

        Returns
        -------
        Html
            Three cards, or what will stand here.
        """
        lowest = ratings.next_steps(scores)
        if lowest.empty:
            return theme.empty("Your first small steps will stand here.", "They come from the answers above.")
        rows = lowest.itertuples(index=False)
        return theme.record_table("A place to start", [(f"{row[0]} ({row[1]:.0f})", row[2]) for row in rows])


def _readable(summary: pd.DataFrame) -> pd.DataFrame:
    columns = ["section", "asked", "answered", "median", "lowest", "highest"]
    return summary[columns].round(0).rename(columns=str.capitalize)

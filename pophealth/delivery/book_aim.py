"""Step 6 as a notebook works with it: what was decided, where the team starts from, and the aim."""

from collections.abc import Callable, Iterable

import pandas as pd

from pophealth.delivery import carried
from pophealth.delivery.choosing_book import ChoosingBook
from pophealth.views import aim_words, lists, theme, words
from pophealth.views.markup import Html
from pophealth.workspace import aims, choosing, signs
from pophealth.workspace import groups as split
from pophealth.workspace.records import Focus

NO_CHOICE = (
    "Your purpose and the group you chose will stand here.",
    "You can set an aim first and come back to steps 1 and 5 later.",
)


class AimBook(ChoosingBook):
    """A team's aim, what stands above it, and how it was chosen."""

    def decided(self) -> Html:
        """Show the purpose of step 1, the groups of step 5 and what was chosen, so nothing is typed twice."""
        groups = [("focus", *pair) for one in self.records("focus") for pair in _chosen(one)]
        chosen = [("aim", "What we chose", name) for name in choosing.decisions(self._team)["name"]]
        return carried.decided(self, [*carried.purpose(self), *groups, *chosen], nothing=NO_CHOICE)

    def last_periods(self, periods: int, *, stratifier: str = "") -> pd.DataFrame:
        """Give the last periods of the lead measure, without those left out.

        Parameters
        ----------
        periods : int
            How many.
        stratifier : str
            How everyone is split; empty for everyone together.

        Returns
        -------
        pandas.DataFrame
            Counts; empty when there are none.
        """
        return split.latest(self.points(stratifier=stratifier), periods)

    def last_groups(self, periods: int) -> pd.DataFrame:
        """Give the last periods of the lead measure for each group, split as chosen in step 5.

        Parameters
        ----------
        periods : int
            How many.

        Returns
        -------
        pandas.DataFrame
            Counts; empty when there are none, or when no split was chosen.
        """
        groups = self.last_periods(periods, stratifier=self.focus.stratifier)
        return groups[groups["stratum"].ne("")].reset_index(drop=True)

    def show_start(self, start: pd.DataFrame, year: pd.DataFrame) -> Html:
        """Say in one sentence where the team starts from.

        Parameters
        ----------
        start : pandas.DataFrame
            One row from `stats.rates.proportion`, in percent.
        year : pandas.DataFrame
            The counts it was made from.

        Returns
        -------
        Html
            A sentence, or what will stand here.
        """
        if start.empty or start["value"].isna().all():
            return theme.empty(
                "The number you start from will stand here.",
                "Bring in your counts in step 9, or start with your best guess.",
            )
        row, name = start.iloc[0], self.lead.name
        span = f"{year['period'].min():%B %Y} to {year['period'].max():%B %Y}"
        return lists.said(
            (
                f"{name}: {row['numerator']:,.0f} of {row['denominator']:,.0f}, "
                f"which is {row['value']:.1f}%, from {span}.",
                f"Luck alone could move this number between {row['lower']:.1f}% and {row['upper']:.1f}%.",
            ),
            heading="Where you start from.",
        )

    def charted(self) -> pd.DataFrame:
        """Chart the lead measure with its limits, as in step 9; empty when there are no counts."""
        points = self.points()
        return points if points.empty else signs.charted(points, self.lead)

    def show_outlook(self, charted: pd.DataFrame) -> Html:
        """Say what the next month would show if nothing changes.

        Parameters
        ----------
        charted : pandas.DataFrame
            The lead measure with its limits.

        Returns
        -------
        Html
            Sentences, or what will stand here.
        """
        lead = self.lead
        if charted.empty or charted["value"].isna().all():
            return theme.empty("What to expect will stand here.", "Bring in your counts in step 9.")
        said = aim_words.outlook_says(
            aims.outlook(charted, lead)._asdict(), unit=lead.said_in, every=lead.period or "month"
        )
        return lists.said(said, heading=f"{lead.name}.")

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw the aim and its points again once the aim is kept, and what else shows what is kept."""
        if kind != "aim":
            return super().echoes(kind)
        return lambda: {"aim": self._told(), "points": lists.checklist(_rows(self._looked_at()))}

    def show_aim(self) -> Html:
        """Show the aim as one sentence with the pace it needs; the form above keeps it new."""
        return theme.live("aim", self._told())

    def _looked_at(self) -> pd.DataFrame:
        return aims.look_at(self.aim, as_of=self.as_of, focus=self.focus)

    def _told(self) -> Html:
        aim = self.aim
        if not aim.what:
            return theme.empty("Your aim will stand here in one sentence.", "Answer the six questions above.")
        lines = [aim.sentence, *self._equity_sentence(), aims.pace(aim, as_of=self.as_of)]
        lines += [f"{aim.owner} answers for it."] if aim.owner else []
        above = [("Our purpose", aim.purpose or self.charter.purpose), ("Our vision", aim.vision)]
        known = [(label, text) for label, text in above if text]
        standing = [theme.record_table("Above the aim", known)] if known else []
        return theme.join(*standing, lists.said(tuple(lines), heading="Your aim."))

    def show_checks(self, checks: pd.DataFrame) -> Html:
        """Show what makes the aim strong and what could be added.

        Parameters
        ----------
        checks : pandas.DataFrame
            point, there, sentence from `workspace.aims.look_at`.

        Returns
        -------
        Html
            A list with signs and words.
        """
        return theme.live("points", lists.checklist(_rows(checks)))

    def _equity_sentence(self) -> list[str]:
        aim = self.aim
        if not aim.equity_group or aim.equity_target is None:
            return []
        goal = (
            words.short(aim.equity_target / 100, "percent")
            if aim.unit == "percent"
            else f"{aim.equity_target:g}"
        )
        return [f"For the group we must not leave behind ({aim.equity_group}): {goal}."]


def _chosen(focus: Focus) -> list[tuple[str, str]]:
    """Say whom the team chose and why, what lies behind it, and what it builds on."""
    behind = [("What lies behind it", focus.cause), ("What we build on", focus.asset)]
    return [(f"Group: {focus.group}", focus.reason), *behind]


def _rows(checks: pd.DataFrame) -> Iterable[tuple[str, bool, str]]:
    return checks[["point", "there", "sentence"]].itertuples(index=False, name=None)

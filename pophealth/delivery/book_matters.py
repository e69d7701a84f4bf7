"""Step 4 as a notebook works with it: partners and groups, strengths, and what matters to people."""

from collections.abc import Callable

import pandas as pd

from pophealth.delivery import carried, matters_pieces, partner_pieces, review_pieces
from pophealth.delivery.workbook import Workbook
from pophealth.stats import segments, stakeholders
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace import matters, review
from pophealth.workspace.records_team import SECTORS, STRENGTHS

NOTHING_YET = (
    "What you decided in steps 1 to 3 will stand here.",
    "You can begin here and come back to them later.",
)
SHOWN_BY = {
    "stakeholder": ("map", "sectors", "known", "commitment", "contacts"),
    "asset": ("kinds", "beside"),
    "theme": ("themes", "voices", "beside"),
}
"""The pieces of the page that show what a form keeps."""


class MattersBook(Workbook):
    """A team's partners and groups, the strengths of its place, and what it heard."""

    sectors = tuple(SECTORS)
    kinds = tuple(STRENGTHS)

    def decided(self) -> Html:
        """Show the purpose of step 1, what step 2 found, and the promises to join of step 3."""
        joined = [one for one in self.records("priority") if one.decision == "join"]
        rows = [*carried.purpose(self), *carried.agreed(self, "What we do not do yet", "not_yet")]
        rows += [("align", f"To join with: {one.name}", one.owner) for one in joined]
        return carried.decided(self, rows, nothing=NOTHING_YET)

    def partners(self) -> pd.DataFrame:
        """Give partners and groups, one row each.

        Returns
        -------
        pandas.DataFrame
            name, sector, affected, influence and interest (1 to 5), now and needed (commitment, 0 to 4),
            owner, next_contact, will, ability, resources.
        """
        return matters.partners(self._team)

    def show_map(self, mapped: pd.DataFrame) -> Html:
        """Draw who can help and who is affected, and say who comes first.

        Parameters
        ----------
        mapped : pandas.DataFrame
            From `stats.stakeholders.mapped`.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        return theme.live("map", matters_pieces.partners(mapped))

    def show_sectors(self, sectors: pd.DataFrame) -> Html:
        """Name the sectors of which nobody is there.

        Parameters
        ----------
        sectors : pandas.DataFrame
            From `stats.stakeholders.missing`.

        Returns
        -------
        Html
            A few sentences, or what will stand here.
        """
        return theme.live("sectors", matters_pieces.sectors(sectors))

    def show_commitment(self, gaps: pd.DataFrame) -> Html:
        """Show what each partner gives today and what is needed.

        Parameters
        ----------
        gaps : pandas.DataFrame
            From `stats.stakeholders.commitment`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("commitment", matters_pieces.commitment(gaps))

    def show_contacts(self, due: pd.DataFrame) -> Html:
        """List the calls and visits that are due.

        Parameters
        ----------
        due : pandas.DataFrame
            From `stats.stakeholders.due`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("contacts", matters_pieces.contacts(due, len(self.partners()), self.as_of))

    def strengths(self) -> pd.DataFrame:
        """Give what is strong here: name, sort, where, offers, contact."""
        return matters.strengths(self._team)

    def show_kinds(self, kinds: pd.DataFrame) -> Html:
        """List what is strong here under its kind, the empty kinds with it.

        Parameters
        ----------
        kinds : pandas.DataFrame
            From `stats.stakeholders.missing`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("kinds", matters_pieces.strengths(self.strengths(), kinds))

    def show_beside(self) -> Html:
        """Put what matters to people beside what is strong here."""
        return theme.live("beside", self._beside())

    def heard(self) -> pd.DataFrame:
        """Give what was heard, one row a theme and talk, in the order of the days.

        Returns
        -------
        pandas.DataFrame
            date, source, segment, theme, consent, talk; also what nobody agreed to yet.
        """
        return matters.log(self._team, as_of=self.as_of)

    def show_themes(self, agreed: pd.DataFrame, talks: pd.DataFrame) -> Html:
        """Draw what matters, theme by theme, and say which group named what.

        Parameters
        ----------
        agreed : pandas.DataFrame
            The rows of `heard` with a yes.
        talks : pandas.DataFrame
            From `stats.segments.saturation`, of the talks with people.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        return theme.live("themes", self._themes_piece(agreed, talks))

    def groups(self) -> list[str]:
        """List the groups to be heard: those heard from, and those chosen in step 5."""
        return matters.to_hear(self._team, self.heard()["segment"])

    def show_voices(self, voices: pd.DataFrame) -> Html:
        """Say which groups were heard, and of which nobody was.

        Parameters
        ----------
        voices : pandas.DataFrame
            From `stats.segments.voices`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("voices", matters_pieces.voices(voices))

    def show_known(self) -> Html:
        """Say of each group chosen in step 5 which partner knows it well, and where nobody does."""
        return theme.live("known", self._known())

    def show_trust(self) -> Html:
        """Show what partners say about working together, never so that one answer can be told."""
        return partner_pieces.trust_piece(self._team, self.as_of)

    def echoes(self, kind: str) -> Callable[[], dict[str, Html]] | None:
        """Draw again what shows a partner, a strength or a theme, once it is kept."""
        pieces = {name: getattr(self, f"_{name}") for name in SHOWN_BY.get(kind, ())}
        return (lambda: {name: piece() for name, piece in pieces.items()}) if pieces else None

    def _map(self) -> Html:
        return matters_pieces.partners(stakeholders.mapped(self.partners()))

    def _sectors(self) -> Html:
        return matters_pieces.sectors(stakeholders.missing(self.partners(), kinds=self.sectors))

    def _known(self) -> Html:
        return matters_pieces.known(matters.known_by(self._team))

    def _commitment(self) -> Html:
        return matters_pieces.commitment(stakeholders.commitment(self.partners()))

    def _contacts(self) -> Html:
        partners = self.partners()
        due = stakeholders.due(partners, as_of=self.as_of)
        return matters_pieces.contacts(due, len(partners), self.as_of)

    def _kinds(self) -> Html:
        table = self.strengths()
        kinds = stakeholders.missing(table, kinds=self.kinds, kind="sort")
        return matters_pieces.strengths(table, kinds)

    def _beside(self) -> Html:
        return review_pieces.strengths(self._team, review.causes(self._team))

    def _themes(self) -> Html:
        heard = self.heard()
        agreed = heard[heard["consent"]]
        people = agreed[agreed["source"].eq("people")]
        return self._themes_piece(agreed, segments.saturation(people, when="talk"))

    def _themes_piece(self, agreed: pd.DataFrame, talks: pd.DataFrame) -> Html:
        heard = self.heard()
        return matters_pieces.themes(agreed, talks, int((~heard["consent"]).sum()))

    def _voices(self) -> Html:
        return matters_pieces.voices(segments.voices(self.heard(), segments=self.groups()))

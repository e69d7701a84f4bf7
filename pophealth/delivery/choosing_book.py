"""Choosing together in step 6: the list, the ballots counted in four ways, and what was decided."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pophealth.delivery import choosing_pieces
from pophealth.delivery.page import href
from pophealth.delivery.workbook import Workbook
from pophealth.stats import priorities
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace import choosing
from pophealth.workspace.errors import Problem
from pophealth.workspace.records_choosing import BARS, statement
from pophealth.workspace.steps import BY_SLUG

SHOWN_BY = {
    "shortlist": ("list", "places", "steady", "sides"),
    "outcome": ("list", "places", "steady", "sides"),
    "criteria": ("criteria", "places", "steady", "sides"),
    "ballot": ("places", "steady", "sides"),
    "decision": ("decisions",),
}
"""The pieces of the page that show what a form keeps."""


class ChoosingBook(Workbook):
    """What a team chooses from, and what all ballots say together."""

    STOPS = tuple(f"{choosing.STOP}-{mark}" for mark in BARS)
    """The yes-or-no questions that come before points in the Hanlon method."""

    def items(self) -> pd.DataFrame:
        """List what the team chooses from: key, name, source, step."""
        return choosing.items(self._team)

    def weights(self) -> dict[str, float]:
        """Give the weight of each criterion that counts."""
        return choosing.criteria(self._team).set_index("criterion")["weight"].to_dict()

    def ballots(self) -> pd.DataFrame:
        """Give what all ballots say, without codes.

        Returns
        -------
        pandas.DataFrame
            person, side (resident, staff or blank), item, criterion, score; empty until there are two
            ballots, and for whoever may not see them.
        """
        try:
            found = choosing.ballots(self._team)
        except Problem:
            found = pd.DataFrame(columns=choosing.BALLOTS)
        return found.assign(item=found["item"].map(self._names()).astype(object))

    def out_of_ten(self, ballots: pd.DataFrame) -> pd.DataFrame:
        """Double the points from 0 to 5, so that they run from 0 to 10 as the Hanlon method asks.

        Parameters
        ----------
        ballots : pandas.DataFrame
            As `ballots` gives them; answers to the yes-or-no questions stay as they are.

        Returns
        -------
        pandas.DataFrame
            The same rows.
        """
        asked = ballots["criterion"].isin(self.STOPS)
        return ballots.assign(score=ballots["score"].where(asked, 2 * ballots["score"]))

    def counted(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Count the ballots in four ways, as the notebook shows it step by step.

        Returns
        -------
        tuple of pandas.DataFrame
            Places side by side from `stats.priorities.methods`, and the table of `stats.priorities.hanlon`.
        """
        ballots, weights = self.ballots(), self.weights()
        parts = {"seriousness": "harm", "effectiveness": "works", "screen": self.STOPS}
        hanlon = priorities.hanlon(self.out_of_ten(ballots), **parts)
        ranks = {
            "Points": priorities.weighted(ballots, weights=weights),
            "Hanlon": hanlon,
            "Dots": priorities.votes(ballots, votes=choosing.VOTES),
            "Own order": priorities.mean_ranks(ballots, weights=weights),
        }
        return priorities.methods(ranks), hanlon

    def show_list(self) -> Html:
        """Show what the team chooses from, each with where it came from."""
        return theme.live("list", self._list())

    def show_criteria(self) -> Html:
        """Show the questions that count, and how much each does."""
        return theme.live("criteria", self._criteria())

    def show_places(self, methods: pd.DataFrame, hanlon: pd.DataFrame) -> Html:
        """Draw the places of each item in each way to count, and say what is safely on top.

        Parameters
        ----------
        methods : pandas.DataFrame
            From `stats.priorities.methods`.
        hanlon : pandas.DataFrame
            From `stats.priorities.hanlon`: what the first look stops.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        return theme.live("places", self._placed(methods, hanlon))

    def show_steady(self, steady: pd.DataFrame, agreement: pd.DataFrame) -> Html:
        """Say how far people agree, and whether places hold with other weights.

        Parameters
        ----------
        steady, agreement : pandas.DataFrame
            From `stats.priorities.stability` and `agreement`.

        Returns
        -------
        Html
            A table and words, or what will stand here.
        """
        return theme.live("steady", self._sure(steady, agreement))

    def show_sides(self, sides: pd.DataFrame) -> Html:
        """Draw residents beside staff, the widest difference first.

        Parameters
        ----------
        sides : pandas.DataFrame
            From `stats.priorities.sides`.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        return theme.live("sides", self._apart(sides))

    def show_decisions(self) -> Html:
        """Show each decision, why it was taken, and who did not agree."""
        return theme.live("decisions", self._decisions())

    def asking(self, kind: str) -> Any:
        """Let a form ask about the team's own things: what can be picked, scored and chosen."""
        asked = {
            "shortlist": lambda: {"picked": self._to_pick()},
            "ballot": self._to_score,
            "decision": lambda: {"chosen": self.items()[["key", "name"]].to_numpy().tolist()},
        }
        return asked.get(kind)

    def echoes(self, kind: str) -> Any:
        """Draw again what shows the list, the ballots and the decisions, once they are kept."""
        pieces = {name: getattr(self, f"_{name}") for name in SHOWN_BY.get(kind, ())}
        return (lambda: {name: piece() for name, piece in pieces.items()}) if pieces else None

    def _to_pick(self) -> list[dict[str, Any]]:
        """List what can be picked, under the step it comes from."""
        found = choosing.candidates(self._team)
        return [
            {"title": f"{first} (step {BY_SLUG[step].number})", "statements": _pairs(found, source)}
            for source, (words, step) in choosing.SOURCES.items()
            for first in [words[:1].upper() + words[1:]]
            if found["source"].eq(source).any()
        ]

    def _to_score(self) -> dict[str, list[Any]]:
        """List what a ballot asks: dots and a first look for each item, points for each on each criterion."""
        items = self.items()[["key", "name"]].to_numpy().tolist()
        if not items:
            return {"dots": [], "scores": [], "stops": []}
        asked = choosing.criteria(self._team)[["criterion", "question"]].to_numpy().tolist()
        scores = [
            {"title": question, "statements": [[statement(name, key), item] for key, item in items]}
            for name, question in asked
        ]
        return {
            "dots": [{"title": "", "statements": items}],
            "scores": scores,
            "stops": [{"title": "", "statements": items}],
        }

    def _names(self) -> Mapping[str, str]:
        return self.items().set_index("key")["name"].to_dict()

    def _count(self) -> int:
        return choosing.count(self._team) if self._sees_own_counts else 0

    def _list(self) -> Html:
        addresses = {step: self._page(step) for _, step in choosing.SOURCES.values()}
        return choosing_pieces.listed(self.items(), addresses)

    def _criteria(self) -> Html:
        return choosing_pieces.criteria(choosing.criteria(self._team))

    def _page(self, step: str) -> tuple[str, str]:
        """Give the number of an earlier step and the address of its page; nothing for this step itself."""
        found = BY_SLUG[step]
        if step == self.step:
            return "", ""
        there = self.surface == "app" and found.notebook
        return str(found.number), href(found.notebook or "", self._team.slug) if there else ""

    def _places(self) -> Html:
        return self._placed(*self.counted())

    def _placed(self, methods: pd.DataFrame, hanlon: pd.DataFrame) -> Html:
        if not self._sees_own_counts:
            return self._only_for_the_team()
        named = {"item": "name"}
        return choosing_pieces.places(
            methods.rename(columns=named), hanlon.rename(columns=named), self._count()
        )

    def _steady(self) -> Html:
        ballots, weights = self.ballots(), self.weights()
        sure = priorities.stability(ballots, weights=weights)
        return self._sure(sure, priorities.agreement(ballots, weights=weights))

    def _sure(self, steady: pd.DataFrame, agreement: pd.DataFrame) -> Html:
        if not self._sees_own_counts:
            return self._only_for_the_team()
        return choosing_pieces.steady(steady.rename(columns={"item": "name"}), agreement["reading"].iloc[0])

    def _sides(self) -> Html:
        return self._apart(priorities.sides(self.ballots(), weights=self.weights()))

    def _apart(self, sides: pd.DataFrame) -> Html:
        if not self._sees_own_counts:
            return self._only_for_the_team()
        return choosing_pieces.sides(sides.rename(columns={"item": "name"}))

    def _decisions(self) -> Html:
        return choosing_pieces.decisions(choosing.decisions(self._team))

    def _only_for_the_team(self) -> Html:
        return theme.note(f"Only {self._team.name} and its coach see what the ballots say.")


def _pairs(found: pd.DataFrame, source: str) -> list[list[str]]:
    return found.loc[found["source"].eq(source), ["key", "name"]].to_numpy().tolist()

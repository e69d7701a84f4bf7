"""What the page of the room may ask for, answered from the store; knows nothing of widgets."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pophealth.workspace import ideas, polls
from pophealth.workspace.records_drivers import EVIDENCE
from pophealth.workspace.store import Workspace

STAYS = timedelta(hours=12)
"""How long a question that was closed stays on the screen, to be talked about."""


class Hands:
    """Questions for the room: what is open, how answers add up, and what this device answered.

    Parameters
    ----------
    workspace : Workspace
        Bound to one person.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._last: tuple[Any, list[dict[str, Any]]] = (None, [])

    def spec(self) -> dict[str, Any]:
        """Say what names the device's own word on this device."""
        return {"place": polls.everyone(self.workspace).workspace}

    def state(self) -> dict[str, Any]:
        """Say what every device sees alike."""
        return self._seen("")

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Keep an answer if there is one in the message, and say how answers add up now.

        Parameters
        ----------
        message : mapping
            "type" is look or answer (with poll and text), "device" the device's own word.

        Returns
        -------
        dict
            polls: the questions that are open or were closed a short while ago.
        """
        device = str(message.get("device") or "")
        if message.get("type") == "answer":
            poll, text = str(message.get("poll") or ""), str(message.get("text") or "")
            polls.answer(self.workspace, poll, text, device=device)
        return {"type": "polls", **self._seen(device)}

    def _seen(self, device: str) -> dict[str, Any]:
        """Tell what is shown now; as long as nothing was written, it is what was told before."""
        book = polls.everyone(self.workspace)
        now = book.now()
        sign = (device, book.revision(), f"{now:%d %H}")
        if sign != self._last[0]:
            shown = polls.tallies(self.workspace, "open", "closed")
            shown = [one for one in shown if one.state == "open" or now - one.at < STAYS]
            self._last = (sign, [self._told(one, device) for one in shown])
        return {"polls": self._last[1]}

    def _told(self, one: polls.Tally, device: str) -> dict[str, Any]:
        mine = polls.answered(self.workspace, one.key, device=device) if device else ""
        return {
            "key": one.key,
            "text": one.text,
            "open": one.state == "open",
            "answered": one.answered,
            "counts": [list(pair) for pair in one.counts],
            "words": list(one.words),
            "mine": mine,
        }


class Shelf:
    """Ideas that other teams have shared, each with a way to take it into one's own bank.

    Parameters
    ----------
    workspace : Workspace
        Bound to one person.
    links : mapping of str to str
        The address of step 7 by team, where there is one.
    """

    def __init__(self, workspace: Workspace, links: Mapping[str, str]) -> None:
        self.workspace, self.links = workspace, links

    def spec(self) -> dict[str, Any]:
        """Say into which banks this person may copy."""
        banks = ideas.banks(self.workspace)
        return {"banks": [[book.slug, book.name, self.links.get(book.slug, "")] for book in banks]}

    def state(self) -> dict[str, Any]:
        """List the ideas by team, and which stand in which bank already."""
        banks = ideas.banks(self.workspace)
        there = {book.slug: {record.key for record in book.records("driver")} for book in banks}
        teams: dict[str, dict[str, Any]] = {}
        for idea in ideas.shared(self.workspace):
            held = [slug for slug, keys in there.items() if ideas.key_of(idea) in keys]
            told = EVIDENCE.get(idea.driver.evidence, "")
            row = {"key": idea.key, "text": idea.driver.text, "told": told, "held": held}
            teams.setdefault(idea.team, {"team": idea.team, "name": idea.name, "ideas": []})["ideas"].append(
                row
            )
        return {"teams": list(teams.values())}

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Copy the idea that the page names, and list all again.

        Parameters
        ----------
        message : mapping
            "team" and "key" of the idea, and "into", the team that takes it.

        Returns
        -------
        dict
            teams, as `state` gives them.
        """
        asked = {name: str(message.get(name) or "") for name in ("team", "key", "into")}
        ideas.take(self.workspace, **asked)
        return {"type": "ideas", **self.state()}

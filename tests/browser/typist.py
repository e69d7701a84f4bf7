"""Somebody at the keyboard: opens a step, answers what it asks, and finds it there again."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from pophealth.workspace.store import TeamBook, Workspace

Answers = Mapping[str, str | bool]
THERE = "html[data-complete][data-connection=open]"


class Typist:
    """One person of one team.

    Attributes
    ----------
    folder : Path
        The workspace, to look at what was kept.
    user, team : str
        Who types, and for whom.
    page : Page
        What is on the screen.
    """

    def __init__(self, opened: Callable[[str, str], Page], folder: Path, *, user: str, team: str) -> None:
        self._opened, self.folder, self.user, self.team = opened, folder, user, team

    def opens(self, notebook: str, team: str | None = None) -> Page:
        """Open a notebook for the team, or for another one, and wait until it is there and connected."""
        self.page = self._opened(notebook, self.team if team is None else team)
        return self.page

    def live(self, name: str) -> Locator:
        """A piece of the page that is drawn anew when something is kept."""
        return self.page.locator(f"[data-live={name}]")

    def card(self, heading: str) -> Locator:
        """The form or list under "Your turn", by what it is about."""
        return self.page.get_by_role("region", name=f"Your turn: {heading}", exact=True)

    def adds(self, plural: str, name: str) -> Locator:
        """Add one record of a kind under a name, and give the form it opens in."""
        card = self.card(plural)
        card.get_by_role("button", name=re.compile("^Add an? ")).click()
        card.locator(".pf-adding :is(input, textarea)").press_sequentially(name)
        card.get_by_role("button", name="Add", exact=True).click()
        form = card.locator(".pf-opened:visible")
        expect(form).to_have_count(1)
        expect(form.locator(":is(input, textarea)").first).to_have_value(name)
        return form

    def reopens(self, plural: str, title: str) -> Locator:
        """Open a record of a list again, and give its form."""
        card = self.card(plural)
        card.get_by_role("button", name=f"open {title}", exact=True).click()
        return card.locator(".pf-opened:visible")

    def reloads(self) -> None:
        """Load the page again and wait until it is there and connected."""
        self.page.reload()
        self.page.wait_for_selector(THERE, state="attached")

    def fits_a_phone(self) -> bool:
        """Tell whether nothing of the page stands out to the side of a phone."""
        self.page.set_viewport_size({"width": 390, "height": 900})
        return self.page.evaluate("document.documentElement.scrollWidth") <= 390

    @property
    def workspace(self) -> Workspace:
        """What is kept, as this person may see it."""
        return Workspace.open(self.folder, user=self.user)

    @property
    def book(self) -> TeamBook:
        """What is kept of the team."""
        return self.workspace.team(self.team)


def field(form: Locator, label: str) -> Locator:
    """The place to write or choose an answer, by its label."""
    return form.locator(f".pf-field:visible:has(:text-is('{label}')) :is(input, textarea, select)").first


def answers(form: Locator, given: Answers) -> None:
    """Answer questions by their labels, typing, choosing or ticking; then wait until all is kept."""
    for label, words in given.items():
        _answer(field(form, label), words)
    kept(form)


def kept(form: Locator) -> None:
    """Wait until the form says that all is kept."""
    expect(form.locator(".pf-foot .pf-status")).to_contain_text(re.compile("[Kk]ept at"))


def found(form: Locator, given: Answers) -> None:
    """Find answers where they were given."""
    for label, words in given.items():
        if isinstance(words, bool):
            expect(field(form, label)).to_be_checked(checked=words)
        else:
            expect(field(form, label)).to_have_value(words)


def more(form: Locator) -> None:
    """Open what a form asks for besides its core."""
    form.locator("summary", has_text="More, when you need it").click()


def _answer(box: Locator, words: Any) -> None:
    kind = box.evaluate("one => one.type")
    if kind == "checkbox":
        box.set_checked(words)
    elif kind == "select-one":
        box.select_option(words)
    elif kind in ("date", "month"):
        box.fill(words)
    else:
        box.press_sequentially(words)

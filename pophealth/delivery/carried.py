"""What earlier steps decided, at the head of a step: never typed again, each with a link to its step."""

from collections.abc import Iterable, Iterator

from pophealth.delivery.page import href
from pophealth.delivery.workbook import Workbook
from pophealth.views import lists, theme
from pophealth.views.markup import Html
from pophealth.workspace.records import Focus, Stakeholder
from pophealth.workspace.steps import BY_SLUG

Row = tuple[str, str, str]
"""The slug of a step, a label, and the words that were written there."""


def decided(book: Workbook, rows: Iterable[Row], *, nothing: tuple[str, str]) -> Html:
    """Show what earlier steps decided, each with its step; in the app that is a link.

    Parameters
    ----------
    book : Workbook
        The team's workbook.
    rows : iterable of Row
        In the order in which they are to be read; those without words are left out.
    nothing : tuple of str
        What will stand here, and the one thing to do next.

    Returns
    -------
    Html
        A table, or what will stand here.
    """
    known = [row for row in rows if row[2]]
    if not known:
        return theme.empty(*nothing)
    return lists.decided((label, words, *_step(book, slug)) for slug, label, words in known)


def purpose(book: Workbook) -> Iterator[Row]:
    """Give the purpose of step 1, and whose health it is about."""
    yield "gather", "Our purpose", book.charter.purpose
    yield "gather", "Whose health", book.charter.population


def agreed(book: Workbook, label: str, name: str) -> Iterator[Row]:
    """Give one of the things that step 2 agreed on."""
    yield "standing", label, getattr(book.one("agreed"), name)


def affected(book: Workbook) -> Iterator[Row]:
    """Give the people of step 4 who live with what the team wants to change, with what matters to them."""
    for one in book.records("stakeholder"):
        if isinstance(one, Stakeholder) and one.affected:
            yield "matters", f"Affected: {one.name}", one.matters


def groups(book: Workbook) -> Iterator[Row]:
    """Give the groups of step 5, with the reasons."""
    for one in book.records("focus"):
        if isinstance(one, Focus) and one.group:
            yield "focus", f"Group: {one.group}", one.reason or "No reason is written yet."


def aim(book: Workbook) -> Iterator[Row]:
    """Give the aim of step 6 in one sentence."""
    yield "aim", "Our aim", book.aim.sentence if book.aim.what else ""


def lead(book: Workbook) -> Iterator[Row]:
    """Give the lead measure of step 9."""
    yield "measure", "Lead measure", book.lead.name


def _step(book: Workbook, slug: str) -> tuple[str, str]:
    step, team = BY_SLUG[slug], book.team
    linked = book.surface == "app" and step.notebook and team
    return f"Step {step.number}", href(step.notebook or "", team.slug) if linked and team else ""

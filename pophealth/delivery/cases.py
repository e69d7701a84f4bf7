"""Real examples from elsewhere, a page each, with their sources: opened from the step they belong to."""

from functools import cache
from typing import NamedTuple

from pophealth.delivery.content import content
from pophealth.delivery.export import prose
from pophealth.views import lists
from pophealth.views.markup import Html

CASES = {
    "gather": "scale",
    "matters": "esther",
    "focus": "elft",
    "aim": "scotland",
    "drivers": "bridge",
    "test": "projects",
    "measure": "equity",
}
"""Which example stands beside which step."""


class Case(NamedTuple):
    """A real example: its title, and its page as HTML."""

    title: str
    html: str


@cache
def case(name: str) -> Case:
    """Read a real example.

    Parameters
    ----------
    name : str
        One of the values of `CASES`.

    Returns
    -------
    Case
        Its title and its page, with no address outside.

    Raises
    ------
    KeyError
        When there is no such example.

    Examples
    --------
    >>> case("esther").title
    'What is best for Esther?'
    """
    if name not in CASES.values():
        raise KeyError(name)
    text = (content("cases") / f"{name}.md").read_text(encoding="utf-8")
    title, _, rest = text.partition("\n")
    return Case(title.removeprefix("# "), prose(rest, prefix=f"case-{name}-"))


def address(name: str) -> str:
    """Give the address of an example, seen from the page of a step."""
    return f"../../pophealth/case/{name}"


def shown(step: str, *, linked: bool) -> Html:
    """Point to the real example of a step: a link in the app, elsewhere the page itself to unfold.

    Parameters
    ----------
    step : str
        Its slug.
    linked : bool
        Whether there is a server that opens the page.

    Returns
    -------
    Html
        One line.
    """
    name = CASES[step]
    found = case(name)
    if linked:
        return lists.example(found.title, address=address(name))
    return lists.example(found.title, unfolds=found.html)

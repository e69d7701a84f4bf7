"""The words of the method, each with one plain sentence, explained where they are first used."""

import re
from collections.abc import Iterable

from pophealth.views.markup import Html, element, safe_text
from pophealth.workspace.errors import Problem

TERMS: dict[str, str] = {
    "population health": "How well a whole group of people is doing, and how evenly good health is shared.",
    "population health management": "Caring ahead of time for a known group of people, over all their lives.",
    "population health improvement": "Working with and for the people of a place so that they live better.",
    "equity": "No group is less well for a reason that is unfair and can be changed; all have a fair chance.",
    "asset": "Something good that is already there: a person, a place, a skill, a bond.",
    "co-production": "People who use a service and people who work in it shape it together, as equals.",
    "aim": "One sentence that says what will be better, by how much, by when, for whom and where.",
    "criterion": "A question you hold each thing against; a high number is a reason to choose it.",
    "ballot": "One person's own view of what should come first, given alone and without a name.",
    "Hanlon method": "First ask if something stops us; then count (size + 2 x harm) x what works.",
    "Kendall's W": "How far people agree on an order: 0 is not at all, 1 is all the same order.",
    "driver": "Something that has to change so that the aim can be reached.",
    "baseline": "The months before you changed anything; what comes later is held against them.",
    "run chart": "A line over time with its median: half the points lie above it, half below.",
    "control chart": "A line over time with limits that show how far luck alone moves the points.",
    "limits": "The edges of the gray band: in a steady time nearly all points stay inside.",
    "ordinary variation": "The ups and downs that are always there, even when nothing has changed.",
    "signal": "A pattern that luck alone would seldom draw, so it is worth asking what happened.",
    "stratum": "One of the groups a number is split into, such as people who speak Spanish.",
    "reference": "The group that others are compared with; it is chosen, and it is no model.",
    "thriving": "Doing well and hopeful: of 10 steps on a ladder, on 7 or more now, 8 or more in five years.",
    "suffering": "On step 4 or less of the ladder, both today and in five years.",
    "adjusted for age": "What we would see if each group had the same ages.",
    "three-part review": "What numbers, care teams and people themselves say, side by side.",
    "numerator": "The count on top: how many people got what you hope for, or what you want to prevent.",
    "denominator": "The count below: how many people there were in all.",
    "median": "The middle value when all values stand in order of size.",
    "PDSA": "Plan, do, study, act: a small try, with a guess written down before it starts.",
    "test of change": "A small try of an idea, with a guess written down before it starts.",
    "ramp": "Tests of one idea, one after the other, each with a few more people than the last.",
    "prediction": "What you expect to see, written down before you start, so that you can be surprised.",
    "outcome measure": "A number that shows whether life gets better for people.",
    "process measure": "A number that shows whether the work is done as planned.",
    "balancing measure": "A number that shows whether a change does harm somewhere else.",
    "p chart": "A control chart for shares: how many out of all.",
    "i chart": "A control chart for single numbers, such as days or points.",
    "u chart": "A control chart for rates: how many events for so many people or days.",
    "c chart": "A control chart for plain counts, such as falls in a month.",
    "prime chart": "A chart with limits made to fit counts that swing more, or less, than luck alone.",
    "rare-event chart": "A chart of the time, or the count, between one rare event and the next.",
    "rate": "How many events there were for so many people or days.",
    "ratio": "How many times as high one number is as the other; 1 means they are the same.",
    "effective number": "How many people one group would need to tell as much as two groups together.",
    "center line": "The line through the middle of a chart: the average, or the median on a run chart.",
    "phase": "A stretch of time with its own average and limits, for a reason that is written down.",
    "funnel": "A picture of how far luck takes groups of each size: small ones far, large ones hardly.",
    "excess": "How many more people fare badly than if their group had fared like the one compared with.",
    "gap": "How far one group is from another on the same measure.",
}

ALSO = {
    "population management": "population health management",
    "assets": "asset",
    "coproduction": "co-production",
    "co-produced": "co-production",
    "aims": "aim",
    "drivers": "driver",
    "baseline average": "baseline",
    "run charts": "run chart",
    "control charts": "control chart",
    "signals": "signal",
    "strata": "stratum",
    "tests of change": "test of change",
    "p charts": "p chart",
    "centre line": "center line",
    "middle line": "center line",
    "u charts": "u chart",
    "c charts": "c chart",
    "i charts": "i chart",
    "p' chart": "prime chart",
    "u' chart": "prime chart",
    "i' chart": "prime chart",
    "g chart": "rare-event chart",
    "t chart": "rare-event chart",
    "rates": "rate",
    "effective numbers": "effective number",
    "phases": "phase",
}
"""Other forms of a word and the term that explains them."""

_FORMS = {form.casefold(): term for form, term in {**{term: term for term in TERMS}, **ALSO}.items()}
_PATTERN = re.compile(
    r"(?<![\w-])("
    + "|".join(re.escape(form) for form in sorted(_FORMS, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)


_TAG = re.compile(r"<(/?)(\w+)")
_LEFT_ALONE = frozenset(["a", "button", "code", "dfn", "dt", "h1", "h2", "h3", "h4", "pre", "summary", "svg"])
_SAID = re.compile(r'(<p class="say">)(.*?)(</p>)', re.DOTALL)
_ALSO_VERBS = frozenset({"aim", "rate", "signal"})
_NOUN = re.compile(
    r"(?:^|[>.:,;(]|\b(?:a|an|the|your|our|their|this|each|one|no|and|of|same|first))\W*$", re.IGNORECASE
)
"""What may stand before a word that is also a verb, so that it is meant as a thing."""


def explain(text: str) -> Html:
    """Mark the first use of each term in a text, with its meaning behind it.

    Parameters
    ----------
    text
        Plain text; anything like a tag in it is shown as typed.

    Returns
    -------
    Html
        The text, each term once in `<dfn title="...">`.

    Examples
    --------
    >>> print(explain("Our aim is the aim.").html.replace(TERMS["aim"], "..."))
    Our <dfn title="...">aim</dfn> is the aim.
    """
    seen: set[str] = set()
    parts = []
    rest = 0
    for found in _PATTERN.finditer(text):
        term = _FORMS[found[0].casefold()]
        if term in seen:
            continue
        seen.add(term)
        parts += [
            safe_text(text[rest : found.start()]),
            element("dfn", safe_text(found[0]), title=TERMS[term]),
        ]
        rest = found.end()
    return Html("".join([*parts, safe_text(text[rest:])]), plain=text)


class FirstUses:
    """Marks the first use of each term on one page, piece by piece as the page is written.

    Attributes
    ----------
    seen : list of str
        The terms marked so far, in the order in which they came.

    Examples
    --------
    >>> page = FirstUses()
    >>> print(page.mark("<h2>The aim</h2><p>Our aim.</p>").replace(TERMS["aim"], "..."))
    <h2>The aim</h2><p>Our <dfn tabindex="0" title="...">aim</dfn>.</p>
    >>> page.mark("<p>An aim again.</p>")
    '<p>An aim again.</p>'
    """

    def __init__(self) -> None:
        self.seen: list[str] = []

    def mark(self, html: str) -> str:
        """Mark terms in the text of some HTML; headings, links and code are left as they are.

        Parameters
        ----------
        html
            Markup that is safe already.

        Returns
        -------
        str
            The same with ``<dfn>`` around first uses.
        """
        shut: list[str] = []
        parts = re.split(r"(<[^>]*>)", html)
        for place, part in enumerate(parts):
            tag = _TAG.match(part)
            if tag and tag[2] in _LEFT_ALONE:
                shut = [*shut, tag[2]] if not tag[1] else shut[:-1]
            elif not tag and not shut:
                parts[place] = _PATTERN.sub(self._first, part)
        return "".join(parts)

    def mark_sentences(self, html: str) -> str:
        """Mark terms only where a piece of the page says something in a blue box."""
        return _SAID.sub(lambda found: found[1] + self.mark(found[2]) + found[3], html)

    def _first(self, found: re.Match[str]) -> str:
        term = _FORMS[found[0].casefold()]
        verb = term in _ALSO_VERBS and not _NOUN.search(found.string[: found.start()])
        if term in self.seen or verb:
            return found[0]
        self.seen.append(term)
        return element("dfn", found[0], tabindex="0", title=TERMS[term])


def words_in_use(names: Iterable[str]) -> Html:
    """Show a short list of words and what they mean, in the order given.

    Parameters
    ----------
    names
        Terms of `TERMS`, or other forms of them.

    Raises
    ------
    Problem
        If a word is not in the glossary.

    Examples
    --------
    >>> words_in_use(["aim"]).plain
    'aim One sentence that says what will be better, by how much, by when, for whom and where.'
    """
    lines = "".join(f"<dt>{safe_text(name)}</dt><dd>{safe_text(meaning(name))}</dd>" for name in names)
    return Html(f'<dl class="terms">{lines}</dl>')


def words_on_page(terms: Iterable[str]) -> Html:
    """Show the words of a page and what they mean, folded, for phones, keyboards and paper.

    Parameters
    ----------
    terms
        As `FirstUses.seen` lists them.

    Examples
    --------
    >>> words_on_page(["gap"]).plain[:22]
    'Words on this page gap'
    """
    listed = words_in_use(terms)
    folded = f"<details><summary>Words on this page</summary> {listed.html}</details>"
    return Html(f'<div class="ph">{folded}</div>')


def words_of(text: str) -> Html:
    """Show the words that a text uses and what they mean, folded; empty when it uses none.

    Parameters
    ----------
    text
        Plain text.

    Examples
    --------
    >>> words_of("Our aim: a smaller gap.").plain[:22]
    'Words on this page aim'
    >>> words_of("Good morning.").html
    ''
    """
    page = FirstUses()
    page.mark(safe_text(text))
    return words_on_page(page.seen) if page.seen else Html("")


def meaning(name: str) -> str:
    """Return the one sentence for a word, in any of its forms."""
    term = _FORMS.get(name.casefold())
    if term is None:
        raise Problem(f"{name!r} is not in the glossary; add it to the words in views/glossary.py")
    return TERMS[term]

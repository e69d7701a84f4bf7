"""The words of the method, each with one plain sentence, explained where they are first used."""

import re
from collections.abc import Iterable

from pophealth.views.markup import Html, element, safe_text
from pophealth.workspace.errors import Problem

TERMS: dict[str, str] = {
    "population health": "How well a whole group of people is doing, and how evenly good health is shared.",
    "population management": "Caring ahead of time for a known group of people, not just for who walks in.",
    "population health improvement": "Working with others so that a whole group of people lives better.",
    "equity": "Everyone has a fair chance to be well; what stands in the way of some is taken away first.",
    "asset": "Something good that is already there: a person, a place, a skill, a bond.",
    "co-production": "People who use a service and people who work in it shape it together, as equals.",
    "aim": "One sentence that says what will be better, by how much, by when, for whom and where.",
    "driver": "Something that has to change so that the aim can be reached.",
    "baseline": "The months before you changed anything; what comes later is held against them.",
    "run chart": "A line over time with its median: half the points lie above it, half below.",
    "control chart": "A line over time with limits that show how far luck alone moves the points.",
    "limits": "The edges of the gray band: in a steady time nearly all points stay inside.",
    "ordinary variation": "The ups and downs that are always there, even when nothing has changed.",
    "signal": "A pattern that luck alone would seldom draw, so it is worth asking what happened.",
    "stratum": "One of the groups a number is split into, such as people who speak Spanish.",
    "reference": "The group that others are compared with; it is chosen, and it is no model.",
    "thriving": "On step 7 or more of the ladder today, and on step 8 or more in five years.",
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

_FORMS = {**{term: term for term in TERMS}, **ALSO}
_PATTERN = re.compile(
    r"(?<![\w-])("
    + "|".join(re.escape(form) for form in sorted(_FORMS, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)


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
        term = _FORMS.get(found[0].lower()) or _FORMS[found[0].upper()]
        if term in seen:
            continue
        seen.add(term)
        parts += [
            safe_text(text[rest : found.start()]),
            element("dfn", safe_text(found[0]), title=TERMS[term]),
        ]
        rest = found.end()
    return Html("".join([*parts, safe_text(text[rest:])]), plain=text)


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


def meaning(name: str) -> str:
    """Return the one sentence for a word, in any of its forms."""
    term = _FORMS.get(name) or _FORMS.get(name.lower())
    if term is None:
        raise Problem(f"{name!r} is not in the glossary; add it to the words in views/glossary.py")
    return TERMS[term]

"""Partner trust and carbon as pieces of a page, each made from its tables alone."""

from datetime import date

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.stats import carbon
from pophealth.stats.trust import LEAST
from pophealth.views import footprint, theme
from pophealth.views import partners as drawn
from pophealth.views.markup import Html
from pophealth.workspace import partners
from pophealth.workspace.errors import Problem
from pophealth.workspace.records_partners import SIDES_OF_TRUST
from pophealth.workspace.store import TeamBook

NAMES = {name: short for name, (short, _) in SIDES_OF_TRUST.items()}
NO_ANSWERS = (
    "What partners say about working together will stand here.",
    "Ask at least five partners to answer alone, all in one month.",
)
NOT_YET = "Five partners or more have answered. Figures are made once the month is over, at the end of a day."
LATER = "Answers that come later count once five more are there."
NO_WORK = (
    "What your work costs the climate will stand here.",
    "Write down one month of work, and a factor for it with its source and year.",
)


def trust_piece(book: TeamBook, as_of: date) -> Html:
    """Show what partners say matters and what happens, round by round, with its words.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    Html
        Figure and words; what will stand here; or who can see it.
    """
    try:
        rounds = partners.trust_rounds(book, as_of=as_of)
    except Problem as problem:
        return theme.note(str(problem))
    if not rounds:
        return theme.empty(*NO_ANSWERS)
    figures = [one.figures for one in rounds if len(one.figures)]
    few = tuple((one.month, one.answered) for one in rounds if one.answered < LEAST and one.figures.empty)
    open_now = any(one.answered >= LEAST and one.figures.empty for one in rounds)
    said = " ".join(filter(None, (drawn.few(few, least=LEAST), NOT_YET if open_now else "")))
    if not figures or not any(table["shown"].any() for table in figures):
        return theme.empty(said or "Too few answers to show.", "Ask one more partner." if few else "")
    return _trust(pd.concat(figures, ignore_index=True), said)


@kept
def _trust(figures: pd.DataFrame, said: str) -> Html:
    title, sentences = drawn.trust_finding(figures, NAMES), drawn.trust_says(figures, NAMES)
    chart = drawn.trust_chart(figures, NAMES, title=title)
    picture = theme.figure(
        chart,
        table=drawn.trust_numbers(figures, NAMES),
        caption=" ".join(filter(None, (said, drawn.MOVED, LATER))),
        alt=f"{title}. {' '.join(sentences)}",
    )
    return theme.join(picture, theme.say(sentences))


def carbon_piece(book: TeamBook, as_of: date | None = None) -> Html:
    """Show what the work cost the climate, in all and for each contact, with its words.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    as_of : datetime.date, optional
        The day to look from; every month there is when not given.

    Returns
    -------
    Html
        Figure and words; what will stand here; or who can see it.
    """
    try:
        rows = partners.footprint(book, as_of=as_of)
    except Problem as problem:
        return (
            theme.empty("The carbon chart will stand here.", str(problem))
            if book.can("counts")
            else theme.note(str(problem))
        )
    return theme.empty(*NO_WORK) if rows.empty else _carbon(rows)


@kept
def _carbon(rows: pd.DataFrame) -> Html:
    totals = carbon.total(rows)
    title, sentences = (
        footprint.carbon_finding(totals),
        tuple(filter(None, footprint.carbon_says(rows, totals))),
    )
    picture = theme.figure(
        footprint.carbon_chart(totals, title=title),
        table=footprint.carbon_numbers(rows),
        alt=f"{title}. {' '.join(sentences)}",
    )
    return theme.join(picture, theme.say(sentences))

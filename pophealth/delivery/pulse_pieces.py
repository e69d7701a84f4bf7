"""The monthly pulse as pieces of a page: on START as a few lines, in step 10 drawn over time."""

from datetime import date

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import lists, pulse_chart, pulse_words, theme
from pophealth.views.markup import Html
from pophealth.workspace import pulse
from pophealth.workspace.errors import Problem
from pophealth.workspace.records_pulse import DOMAINS
from pophealth.workspace.store import TeamBook

NAMES = {name: domain.name for name, domain in DOMAINS.items()}
SEEN = "What we see."
NO_PULSE = (
    "How you are doing together will stand here, month by month.",
    "Let three people or more tap five times each on the page Start here.",
)
MOVED = (
    "Spread tells how far apart answers lie: 0 when all are alike. "
    "Each figure is moved a little by chance, so that nobody can work out one answer."
)


def domains() -> Html:
    """Explain the five domains, each in one sentence."""
    return theme.record_table(
        "The five", [(one.name[:1].upper() + one.name[1:], one.means) for one in DOMAINS.values()]
    )


def now(book: TeamBook, as_of: date) -> Html:
    """Say how many have answered this month, and show the latest month that may be shown.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    Html
        Words and a small table; or who can see it.
    """
    try:
        found = pulse.pulse_rounds(book, as_of=as_of)
    except Problem as problem:
        return theme.note(str(problem))
    month = pd.Timestamp(as_of.replace(day=1))
    answered = next((one.answered for one in found if one.month == month), 0)
    table = pulse.over_time(found)
    counted = pulse_words.count_says(month, answered)
    if table.empty:
        return lists.said([counted], heading="So far.")
    if table["month"].max() == month:
        return _latest(table)
    return theme.join(lists.said([counted], heading="So far."), _latest(table))


@kept
def _latest(table: pd.DataFrame) -> Html:
    latest = pulse_words.last_month(table)
    shown = pulse_words.numbers(latest, NAMES).drop(columns="Month")
    caption = f"{latest['month'].iloc[0]:%B %Y}. {MOVED}"
    said = [f"{pulse_words.title(table, NAMES)}.", *pulse_words.says(table, NAMES)]
    return theme.join(lists.said(said, heading=SEEN), lists.boxed(theme.data_table(shown, caption=caption)))


def over_time(book: TeamBook, as_of: date) -> Html:
    """Draw the pulse over the months, and say what people could do about the lowest domain.

    Parameters
    ----------
    book : TeamBook
        The team, bound to the person who looks.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    Html
        Figure, words and ideas; what will stand here; or who can see it.
    """
    try:
        found = pulse.pulse_rounds(book, as_of=as_of)
    except Problem as problem:
        return theme.note(str(problem))
    table = pulse.over_time(found)
    if not table.empty:
        return _drawn(table)
    if not found:
        return theme.empty(*NO_PULSE)
    return theme.empty(pulse_words.count_says(found[-1].month, found[-1].answered), NO_PULSE[1])


@kept
def _drawn(table: pd.DataFrame) -> Html:
    latest = pulse_words.last_month(table)
    title, said = pulse_words.title(table, NAMES), pulse_words.says(table, NAMES)
    low = pulse_words.lowest(latest)
    wide, narrow = (
        pulse_chart.pulse_panels(table, NAMES, low=low, title=title, width=width) for width in (860, 360)
    )
    figure = theme.figure(
        wide,
        narrow=narrow,
        table=pulse_words.numbers(table, NAMES),
        caption=MOVED,
        alt=f"{title}. {' '.join(said)}",
    )
    ideas = [(f"If it is {NAMES[name]}", "\n".join(DOMAINS[name].ideas)) for name in low or DOMAINS]
    heading = "What you could do about it" if low else "If you want to try something"
    return theme.join(figure, theme.say(said), theme.record_table(heading, ideas))

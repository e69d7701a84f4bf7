"""What START is made of: the one next thing, the path in its four parts, the first days, what is new."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from pophealth.views.markup import Html, safe_text
from pophealth.views.pieces import STATUSES


def next_thing(sentences: Sequence[str], *, address: str = "", label: str = "") -> Html:
    """Show the one next thing on a card, with a way to go there.

    Parameters
    ----------
    sentences : sequence of str
        Where the team is, then what comes next.
    address, label : str
        Where the link leads and what it says; "" for none.

    Returns
    -------
    Html
        A card.

    Examples
    --------
    >>> next_thing(["You have not begun yet.", "Next comes step 1."]).plain
    'The one next thing. You have not begun yet. Next comes step 1.'
    """
    first, *rest = sentences
    told = "".join(f"<p>{safe_text(sentence)}</p>" for sentence in rest)
    link = f'<p><a class="go" href="{safe_text(address)}">{safe_text(label)}</a></p>' if address else ""
    head = f'<p><strong class="unseen">The one next thing.</strong> <small>{safe_text(first)}</small></p>'
    return Html(f'<div class="record turn next">{head} {told} {link}</div>')


def tuesday(question: str, day: date, *, address: str = "") -> Html:
    """Ask for a small test, with the day that is meant.

    Parameters
    ----------
    question : str
        Such as how many weeks have passed, and what could be tried.
    day : datetime.date
        The Tuesday that comes.
    address : str
        Where a test is planned; "" for no link.

    Returns
    -------
    Html
        A box.

    Examples
    --------
    >>> tuesday("What could you try by next Tuesday?", date(2021, 7, 6)).plain
    'What could you try by next Tuesday? That is July 6. One person, one day and one question are enough.'
    """
    when = f"That is {day:%B} {day.day}. One person, one day and one question are enough."
    link = f' <a href="{safe_text(address)}">Plan a small test</a>' if address else ""
    return Html(f'<p class="say"><strong>{safe_text(question)}</strong> {safe_text(when)}{link}</p>')


def parts(columns: Iterable[tuple[str, str, Sequence[tuple[str, str, str, str]]]]) -> Html:
    """Show the steps under the parts of the method, each part on a card.

    Parameters
    ----------
    columns : iterable of tuple
        Part, what it is about, and its steps: name, question, status ("" when there is none), address.

    Returns
    -------
    Html
        A card for each part.

    Examples
    --------
    >>> parts([("Define", "Who is in it.", [("1 Gather", "Who is with us?", "done", "")])]).plain
    'Define Who is in it. ✓ done 1 Gather Who is with us?'
    """
    cards = "".join(
        f"<div><h3>{safe_text(name)}</h3> <small>{safe_text(about)}</small> "
        f"<ul>{''.join(_step(*step) for step in steps)}</ul></div>"
        for name, about, steps in columns
    )
    return Html(f'<div class="two steps parts">{cards}</div>')


def weeks(rows: Iterable[tuple[str, str, bool, str]], *, said: str, unfolded: bool) -> Html:
    """Show a list week by week with what is done; folded, only its first line stands there.

    Parameters
    ----------
    rows : iterable of tuple
        Week, what to do, whether it is done, address ("" for no link).
    said : str
        How far the team is, in one sentence.
    unfolded : bool
        Whether the list stands open.

    Returns
    -------
    Html
        A list that can be folded.

    Examples
    --------
    >>> weeks([("Week 1", "Name three people.", True, "")], said="1 of 1 done.", unfolded=True).plain
    'Your first 30 days: 1 of 1 done. Week 1 ✓ done: Name three people.'
    """
    lists = "".join(_week(*week) for week in groupby(rows, key=lambda row: row[0]))
    head = f"<summary><strong>Your first 30 days:</strong> {safe_text(said)}</summary>"
    state = " open" if unfolded else ""
    return Html(f'<details class="days"{state}>{head} <div class="two">{lists}</div></details>')


def news(rows: Iterable[tuple[str, str, str, str]], *, caption: str, more: int = 0) -> Html:
    """Show what is new, newest first: day, who, what, and where it stands.

    Parameters
    ----------
    rows : iterable of tuple
        Day, who, what, address ("" for no link).
    caption : str
        Since when.
    more : int
        How many older lines are left out.

    Returns
    -------
    Html
        A list on a card.

    Examples
    --------
    >>> news([("June 3", "Ana Reyes", "Aim: sleep", "")], caption="Since June 1").plain
    'Since June 1 June 3 Ana Reyes Aim: sleep'
    """
    items = "".join(
        f"<li><small>{safe_text(day)}</small> <span>{_named(who)}{_linked(what, address)}</span></li>"
        for day, who, what, address in rows
    )
    rest = f" <p><small>And {more} more before that.</small></p>" if more else ""
    return Html(f'<div class="fig news"><small>{safe_text(caption)}</small> <ul>{items}</ul>{rest}</div>')


def _week(name: str, rows: Iterable[tuple[str, str, bool, str]]) -> str:
    points = "".join(_task(*row[1:]) for row in rows)
    return f'<div><h3>{safe_text(name)}</h3> <ul class="checks">{points}</ul></div>'


def _named(who: str) -> str:
    return f"<strong>{safe_text(who)}</strong> " if who else ""


def _linked(words: str, address: str) -> str:
    return f'<a href="{safe_text(address)}">{safe_text(words)}</a>' if address else safe_text(words)


def _task(what: str, done: bool, address: str) -> str:
    sign, word, look = ("✓", "done", "yes") if done else ("○", "to do", "no")
    return (
        f'<li><b class="{look}">{sign} <span class="unseen">{word}:</span></b> {_linked(what, address)}</li>'
    )


def _step(name: str, question: str, status: str, address: str) -> str:
    look, word = STATUSES.get(status, ("", ""))
    sign = {"d": "✓ ", "h": "", "": ""}[look]
    mark = f'<i class="{look}" aria-hidden="true"></i><small>{sign}{word}</small> ' if word else ""
    return f"<li>{mark}<strong>{_linked(name, address)}</strong> <span>{safe_text(question)}</span></li>"

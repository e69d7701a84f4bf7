"""Lists on a page: sentences under a heading, points with signs, the steps of the path."""

from collections.abc import Iterable
from itertools import groupby

from pophealth.views.markup import Html, paragraphs, safe_lines, safe_text
from pophealth.views.pieces import STATUSES

Step = tuple[str, str, str, str, str]
Rows = Iterable[tuple[str, str, str]]


def said(sentences: Iterable[str], *, heading: str) -> Html:
    """Put a few sentences in a blue box under a short heading.

    Parameters
    ----------
    sentences : iterable of str
        Plain sentences.
    heading : str
        A few words, ending with a full stop.

    Returns
    -------
    Html
        The box.

    Examples
    --------
    >>> said(["Call Ana."], heading="Next.").plain
    'Next. Call Ana.'
    """
    return Html(f'<p class="say"><strong>{safe_text(heading)}</strong> {paragraphs(sentences)}</p>')


def checklist(rows: Iterable[tuple[str, bool, str]]) -> Html:
    """Show points with a sign and a word for each: there, or still open.

    Parameters
    ----------
    rows : iterable of tuple
        Point, whether it is there, and one sentence.

    Returns
    -------
    Html
        A list.

    Examples
    --------
    >>> checklist([("A place", True, "Everyone knows where.")]).plain
    '✓ there: A place. Everyone knows where.'
    """
    return Html(f'<ul class="checks">{"".join(_point(*row) for row in rows)}</ul>')


def boxed(piece: Html) -> Html:
    """Put a table on a card of its own.

    Examples
    --------
    >>> boxed(Html("<p>4 of 5</p>")).html
    '<div class="fig"><p>4 of 5</p></div>'
    """
    return Html(f'<div class="fig">{piece.html}</div>', plain=piece.plain)


def sheet(piece: Html) -> Html:
    """Give a piece a sheet of its own when it is printed.

    Examples
    --------
    >>> sheet(Html("<p>Our story</p>")).html
    '<div class="board"><p>Our story</p></div>'
    """
    return Html(f'<div class="board">{piece.html}</div>', plain=piece.plain)


def fold(title: str, piece: Html, *, note: str = "") -> Html:
    """Fold a piece away under a line that opens it.

    Examples
    --------
    >>> fold("Gull Harbor", Html("<p>Our story</p>"), note="12 answers").plain
    'Gull Harbor 12 answers Our story'
    """
    beside = f" <small>{safe_text(note)}</small>" if note else ""
    summary = f"<summary><strong>{safe_text(title)}</strong>{beside}</summary>"
    return Html(f'<details class="fold">{summary}<div>{piece.html}</div></details>')


def beside(pieces: Iterable[Html]) -> Html:
    """Put cards beside each other; on a phone they stand below each other.

    Examples
    --------
    >>> beside([Html("<p>One</p>"), Html("<p>Two</p>")]).html
    '<div class="asks"><p>One</p><p>Two</p></div>'
    """
    return Html(f'<div class="asks">{"".join(piece.html for piece in pieces)}</div>')


def links(rows: Iterable[tuple[str, str]], *, heading: str = "") -> Html:
    """List names under a heading, each with its address where there is one.

    Examples
    --------
    >>> links([("5 Choose whom to focus on", "")]).plain
    '5 Choose whom to focus on'
    """
    items = (
        f'<li><a href="{safe_text(address)}">{safe_text(name)}</a></li>'
        if address
        else f"<li>{safe_text(name)}</li>"
        for name, address in rows
    )
    title = f"<h3>{safe_text(heading)}</h3>" if heading else ""
    return Html(f'{title}<ul class="plain">{"".join(items)}</ul>')


def example(title: str, *, address: str = "", unfolds: str = "") -> Html:
    """Point to a real example from elsewhere: by a link, or with its page folded away.

    Parameters
    ----------
    title : str
        What it is called.
    address : str
        Where it opens; blank when it unfolds here.
    unfolds : str
        The page itself, as HTML of our own that has been cleaned.

    Returns
    -------
    Html
        One line, or a line that unfolds.

    Examples
    --------
    >>> example("What is best for Esther?", address="case/esther").plain
    'A real example, one page: What is best for Esther?'
    """
    lead = "A real example, one page:"
    if address:
        link = f'<a href="{safe_text(address)}">{safe_text(title)}</a>'
        return Html(f'<p class="file">{lead} {link}</p>')
    summary = f"<summary>{lead} {safe_text(title)}</summary>"
    return Html(f'<details class="case">{summary}{unfolds}</details>', plain=f"{lead} {title}")


def two_lists(left: tuple[str, Rows], right: tuple[str, Rows]) -> Html:
    """Put two lists beside each other, such as needs and strengths; on a phone one stands below the other.

    Parameters
    ----------
    left, right : tuple
        A heading, and rows of a name, words and a small note.

    Returns
    -------
    Html
        Two lists.

    Examples
    --------
    >>> two_lists(("Needs", [("A ride", "It is far.", "2 people")]), ("Strengths", [])).plain
    'Needs A ride It is far. 2 people Strengths Nothing yet.'
    """
    return Html(f'<div class="two">{_column(*left)}{_column(*right)}</div>')


def decided(rows: Iterable[tuple[str, str, str, str]]) -> Html:
    """Show what was decided before, and in which step.

    Parameters
    ----------
    rows : iterable of tuple
        Label, words, step, address of the step ("" for no link).

    Returns
    -------
    Html
        A table with a line for each.

    Examples
    --------
    >>> decided([("Our purpose", "A place to grow old", "Step 1", "")]).plain
    'Decided so far Our purpose A place to grow old Step 1'
    """
    lines = "".join(
        f'<tr><th scope="row">{safe_text(label)}</th>'
        f"<td>{safe_lines(words)} <small>{_link(step, address)}</small></td></tr>"
        for label, words, step, address in rows
    )
    table = f'<table class="pairs"><tbody>{lines}</tbody></table>'
    return Html(f'<div class="record decided"><h3>Decided so far</h3>{table}</div>')


def step_list(rows: Iterable[Step]) -> Html:
    """Show the ten steps under their phases, each with its question and how far a team has come.

    Parameters
    ----------
    rows : iterable of tuple
        Phase, step, question, status ("" when there is none), address ("" for no link).

    Returns
    -------
    Html
        A list for each phase.

    Examples
    --------
    >>> step_list([("Build will", "1 Gather the team", "Who is in this with us?", "done", "")]).plain
    'Build will done 1 Gather the team Who is in this with us?'
    """
    phases = groupby(rows, key=lambda row: row[0])
    lists = (f"<h3>{safe_text(name)}</h3><ul>{''.join(map(_step, steps))}</ul>" for name, steps in phases)
    return Html(f'<div class="steps">{"".join(lists)}</div>')


def linked(rows: Iterable[tuple[str, str, str]]) -> Html:
    """Show a list of things, each with where it came from, linked where there is a page to go to.

    Parameters
    ----------
    rows : iterable of tuple
        Name, where it came from, address ("" for no link).

    Returns
    -------
    Html
        A list.

    Examples
    --------
    >>> linked([("What pills cost", "what people said, step 4", "")]).plain
    'What pills cost what people said, step 4'
    """
    items = "".join(
        f"<li><strong>{safe_text(name)}</strong> <span>{_link(words, address)}</span></li>"
        for name, words, address in rows
    )
    return Html(f'<div class="steps"><ul>{items}</ul></div>')


def _link(words: str, address: str) -> str:
    return f'<a href="{safe_text(address)}">{safe_text(words)}</a>' if address else safe_text(words)


def _column(heading: str, rows: Rows) -> str:
    items = "".join(
        f"<li><strong>{safe_text(name)}</strong> <span>{safe_text(words)}</span> "
        f"<small>{safe_text(note)}</small></li>"
        for name, words, note in rows
    )
    return f"<div><h3>{safe_text(heading)}</h3><ul>{items or '<li>Nothing yet.</li>'}</ul></div>"


def _point(name: str, there: bool, sentence: str) -> str:
    sign, word, look = ("✓", "there", "yes") if there else ("○", "open", "no")
    marked = f'<b class="{look}">{sign} <span class="unseen">{word}:</span></b>'
    return f"<li>{marked} <strong>{safe_text(name)}.</strong> {safe_text(sentence)}</li>"


def _step(row: Step) -> str:
    _, name, question, status, address = row
    look, word = STATUSES.get(status, ("", ""))
    mark = f'<i class="{look}" title="{word}"></i><span class="unseen">{word}</span> ' if word else ""
    return f"<li>{mark}<strong>{_link(name, address)}</strong> <span>{safe_text(question)}</span></li>"

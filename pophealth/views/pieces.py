"""Pieces a page is made of: words beside a chart, cards, tables, links to files."""

import base64
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from pophealth.views.markup import Html, element, missing, paragraphs, safe_lines, safe_text
from pophealth.workspace.errors import Problem

LARGEST_DOWNLOAD = 2 * 1024 * 1024
STATUSES = {"done": ("d", "done"), "in progress": ("h", "in progress"), "not started": ("", "not started")}


def say(reading: Any) -> Html:
    """Put what a chart says beside it, in a blue box.

    Parameters
    ----------
    reading
        A `words.Reading`, a text, or several sentences.

    Examples
    --------
    >>> say("Nothing changed.").plain
    'What the chart says. Nothing changed.'
    """
    sentences = getattr(reading, "sentences", reading)
    sentences = (sentences,) if isinstance(sentences, str) else tuple(sentences)
    if not sentences:
        return Html("")
    return Html(f'<p class="say"><strong>What the chart says.</strong> {paragraphs(sentences)}</p>')


def note(text: str) -> Html:
    """Say something small and quiet, such as where the data come from."""
    return Html(element("p", safe_text(text), class_="note"))


def empty(what: str, next_step: str = "") -> Html:
    """Show what will stand here, and the one thing to do next.

    Examples
    --------
    >>> empty("Your chart will stand here.", "Bring in your counts.").plain
    'Your chart will stand here. Bring in your counts.'
    """
    then = f" <span>{safe_text(next_step)}</span>" if next_step else ""
    return Html(f'<div class="empty"><strong>{safe_text(what)}</strong>{then}</div>')


def cards(pairs: Iterable[tuple[object, str]]) -> Html:
    """Show a row of cards, each a number and what it counts."""
    items = "".join(
        f"<div><b>{safe_text(number)}</b> <span>{safe_text(words)}</span></div>" for number, words in pairs
    )
    return Html(f'<div class="kp">{items}</div>')


def help_line(team: str, sentence: str) -> Html:
    """Say in one line who needs a hand, and why."""
    return Html(f'<div class="help"><strong>{safe_text(team)}.</strong> {safe_text(sentence)}</div>')


def ask(sort: str, team: str, text: str) -> Html:
    """Show what a team asks for or offers.

    Parameters
    ----------
    sort
        ``ask`` or ``offer``.
    team, text
        Who, and what, in their own words.
    """
    word = "Offer" if sort == "offer" else "Ask"
    return Html(f'<div class="ask"><b>{word} · {safe_text(team)}</b>{safe_text(text)}</div>')


def asks(rows: Iterable[tuple[str, str, str]]) -> Html:
    """Show asks and offers beside each other; each row is sort, team and text."""
    return Html(f'<div class="asks">{"".join(ask(*row).html for row in rows)}</div>')


def record_table(title: str, pairs: Sequence[tuple[str, object]]) -> Html:
    """Show what is on record: a label and its words on each line.

    Examples
    --------
    >>> record_table("Aim", [("By when", "June 2021")]).plain
    'Aim By when June 2021'
    """
    heading = f"<h3>{safe_text(title)}</h3>" if title else ""
    lines = "".join(
        f'<tr><th scope="row">{safe_text(label)}</th><td>{safe_lines(value)}</td></tr>'
        for label, value in pairs
    )
    return Html(f'<div class="record">{heading}<table class="pairs"><tbody>{lines}</tbody></table></div>')


def data_table(frame: pd.DataFrame, *, caption: str = "") -> Html:
    """Show a table as it is: numbers to the right, words to the left, missing values as a dash.

    Parameters
    ----------
    frame
        Columns and rows in the order in which they are to be read; the index is not shown.
    caption
        One line above the table.

    Examples
    --------
    >>> data_table(pd.DataFrame({"Month": ["May 2021"], "Seen": [168]})).plain
    'Month Seen May 2021 168'
    """
    numeric = [pd.api.types.is_numeric_dtype(frame[column]) for column in frame.columns]
    heads = "".join(
        _cell("th", column, right, scope="col") for column, right in zip(frame.columns, numeric, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(_cell("td", value, right) for value, right in zip(row, numeric, strict=True))
        + "</tr>"
        for row in frame.itertuples(index=False, name=None)
    )
    title = f"<caption>{safe_text(caption)}</caption>" if caption else ""
    table = f'<table class="data">{title}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return Html(f'<div class="scroll" tabindex="0">{table}</div>')


def _cell(tag: str, value: object, right: bool, **attributes: str) -> str:
    looks = {"class_": "n"} if right else {}
    return element(tag, safe_text(told(value)), **looks, **attributes)


def told(value: object) -> str:
    """Write one value of a table: numbers short, missing ones as a dash."""
    if missing(value):
        return "–"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) and abs(value) >= 1 else f"{value:,.3g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def path_table(
    rows: Iterable[dict[str, Any]], *, steps: Sequence[tuple[int, str]], extra: Sequence[str] = ()
) -> Html:
    """Show how far each team has come on the ten steps.

    Read a full square as done, a half one as in progress, an empty one as not started; the same words stand
    behind each square for those who listen to the page.

    Parameters
    ----------
    rows
        A dict per team: `team` (its name), `steps` (status by step number), and a value for each extra
        column.
    steps
        Number and short name of each step, in order.
    extra
        Names of more columns, such as scores.

    Examples
    --------
    >>> path_table([{"team": "Gull Harbor", "steps": {1: "done"}}], steps=[(1, "Gather")]).plain
    'Team 1 Gather Gull Harbor done'
    """
    heads = '<th scope="col">Team</th>'
    heads += "".join(
        f'<th scope="col" class="c">{number}<br>{safe_text(name)}</th>' for number, name in steps
    )
    heads += "".join(f'<th scope="col" class="c">{safe_text(name)}</th>' for name in extra)
    body = "".join(_path_row(row, steps, extra) for row in rows)
    table = f'<table class="path"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    return Html(f'<div class="fig"><div class="scroll" tabindex="0">{table}</div></div>')


def _path_row(row: dict[str, Any], steps: Sequence[tuple[int, str]], extra: Sequence[str]) -> str:
    marks = "".join(_mark(row["steps"].get(number, "not started")) for number, _ in steps)
    more = "".join(f'<td class="c">{safe_text(told(row.get(name)))}</td>' for name in extra)
    return f'<tr><th scope="row">{safe_text(row["team"])}</th>{marks}{more}</tr>'


def _mark(status: str) -> str:
    look, words = STATUSES[status]
    return f'<td class="c"><i class="{look}" title="{words}"></i><span class="unseen">{words}</span></td>'


def download(name: str, data: bytes, *, mime: str, label: str) -> Html:
    """Offer a file as a link that needs no server: the page carries the file.

    Parameters
    ----------
    name
        File name to save as.
    data
        The file, at most 2 MB.
    mime
        Its kind, such as ``text/csv``.
    label
        The words of the link.

    Raises
    ------
    Problem
        If the file is larger than 2 MB.

    Examples
    --------
    >>> download("counts.csv", b"a,b", mime="text/csv", label="Your counts").plain
    'Your counts (1 KB)'
    """
    if len(data) > LARGEST_DOWNLOAD:
        size = len(data) / 1024 / 1024
        raise Problem(
            f"{name} has {size:.1f} MB; a page can hand out 2 MB at most. "
            "Use the command line: pophealth export."
        )
    kilobytes = max(1, round(len(data) / 1024))
    address = f"data:{mime};base64,{base64.b64encode(data).decode()}"
    link = element("a", safe_text(label), href=address, download=name)
    return Html(
        f'<p class="file">{link} <small>({kilobytes:,} KB)</small></p>', plain=f"{label} ({kilobytes:,} KB)"
    )

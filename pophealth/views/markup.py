"""Pieces of a page: the `Html` object, the one escape, and the style that goes with them."""

import html
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import pandas as pd

STYLE = files("pophealth.views").joinpath("style.css").read_text(encoding="utf-8")

EMPTY = ("br", "img")
"""Tags that hold nothing and are not closed."""

_surface = {"inline": True}


def safe_text(text: object) -> str:
    """Turn any text into text that a page shows as it was typed.

    Read the result as ready for HTML, between tags or inside a quoted attribute. Nothing in it can become a
    tag, an attribute or a script. Missing values become empty text.

    Parameters
    ----------
    text
        What a person wrote; numbers and dates are turned into text first.

    Examples
    --------
    >>> safe_text("<b>Ana</b> & team")
    '&lt;b&gt;Ana&lt;/b&gt; &amp; team'
    """
    if missing(text):
        return ""
    return html.escape(_printable(str(text)), quote=True)


def safe_lines(text: object) -> str:
    r"""Turn any text into text that a page shows as it was typed, line by line.

    Examples
    --------
    >>> safe_lines("Ring twice\nThen wait")
    'Ring twice<br>Then wait'
    """
    return safe_text(text).replace("\n", "<br>")


def missing(value: object) -> bool:
    """Tell whether there is nothing to show: None, or a missing number or date."""
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def _printable(text: str) -> str:
    """Drop control signs and the signs that turn the direction of writing around."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", text)


class Html:
    """A piece of a page, ready to be shown by a notebook, the app or a report.

    Attributes
    ----------
    html
        The markup itself, without style.
    plain
        What a terminal shows instead.

    Examples
    --------
    >>> Html("<p>Hello</p>", plain="Hello")
    Hello
    """

    __slots__ = ("html", "plain")

    def __init__(self, markup: str, *, plain: str = "") -> None:
        self.html = markup
        self.plain = plain or re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup)).strip()[:200]

    def __repr__(self) -> str:
        return self.plain

    def _repr_html_(self) -> str:
        style = f"<style>{lean_style()}</style>" if _surface["inline"] else ""
        return f'{style}<div class="ph">{self.html}</div>'


def inline_style(on: bool) -> None:
    """Say whether every piece carries its style itself (Lab) or the page has it already (app, report)."""
    _surface["inline"] = bool(on)


@cache
def lean_style() -> str:
    """Return the style without its page rules, comments and spaces, small enough to travel with a piece."""
    pieces = STYLE.split("/* page */")[0]
    pieces = re.sub(r"/\*.*?\*/", "", pieces, flags=re.S)
    return re.sub(r"\s*([{};:,>])\s*", r"\1", re.sub(r"\s+", " ", pieces)).strip()


def join(*pieces: Html) -> Html:
    """Put pieces under each other, as one.

    Examples
    --------
    >>> join(Html("<p>one</p>"), Html("<p>two</p>")).html
    '<p>one</p><p>two</p>'
    """
    return Html("".join(piece.html for piece in pieces), plain=" ".join(piece.plain for piece in pieces))


def live(name: str, piece: Html) -> Html:
    """Name a piece of the page, so that a form can draw it again once something is kept.

    Parameters
    ----------
    name
        A word of our own, such as ``aim``.
    piece
        What stands there now.

    Examples
    --------
    >>> live("aim", Html("<p>Sleep</p>")).html
    '<div data-live="aim" aria-live="polite"><p>Sleep</p></div>'
    """
    return Html(
        f'<div data-live="{safe_text(name)}" aria-live="polite">{piece.html}</div>', plain=piece.plain
    )


def element(tag: str, content: str, **attributes: str) -> str:
    """Wrap content that is safe already; attribute values are made safe here."""
    given = "".join(f' {name.rstrip("_")}="{safe_text(value)}"' for name, value in attributes.items())
    return f"<{tag}{given}>" if tag in EMPTY else f"<{tag}{given}>{content}</{tag}>"


def paragraphs(texts: Iterable[str]) -> str:
    """Join sentences that are plain text into one safe line."""
    return " ".join(safe_text(text) for text in texts if text)

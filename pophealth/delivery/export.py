"""A finished notebook as a part of a page: no code, no script, no address outside the page."""

import base64
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import mistune
import nh3
from nbformat import NotebookNode

from pophealth.delivery.headings import unnumbered
from pophealth.views.glossary import FirstUses
from pophealth.views.markup import safe_text

_TEXT_TAGS = "a abbr b blockquote br code dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i li mark ol p pre section"
_MORE_TAGS = "aside small span strong sub sup time ul details summary figure figcaption picture source img"
_TABLE_TAGS = "table caption thead tbody tfoot tr th td"
_TAGS = set(f"{_TEXT_TAGS} {_MORE_TAGS} {_TABLE_TAGS}".split())
_ATTRIBUTES = {
    "*": {"class", "id", "title", "role", "lang", "tabindex"},
    "a": {"href", "download"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "source": {"srcset", "media"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_BASE64 = r";base64,[A-Za-z0-9+/=]+"
_PICTURE = re.compile(r"data:image/(svg\+xml|png)" + _BASE64)
_KINDS = r"text/(?:csv|plain|calendar)|image/(?:svg\+xml|png)|application/[a-z0-9.+-]+"
_FILE = re.compile(rf"data:(?:{_KINDS})(?:;charset=utf-8)?" + _BASE64)
_DATA = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;charset=[\w-]+)?" + _BASE64)
_NAMES = {"id", "aria-labelledby", "aria-describedby", "aria-controls"}
_HIDDEN = {"setup", "parameters", "injected-parameters"}


def fragment(notebook: NotebookNode, *, prefix: str) -> str:
    """Turn a notebook that has run into the HTML of one part of a report.

    Text cells become text, outputs become what a reader sees, code stays out. Everything passes one
    sanitiser, because a team's own words are in it. The number of the step stands above the part, so it is
    left out of the title.

    Parameters
    ----------
    notebook
        A notebook with outputs.
    prefix
        Put before every id, so that two notebooks can stand on one page.

    Returns
    -------
    str
        HTML for the inside of a section; its first heading is an ``h2``.
    """
    terms = FirstUses()
    parts = [_cell(cell, terms) for cell in notebook.cells]
    return _clean("\n".join(part for part in parts if part), prefix)


def prose(source: str, *, prefix: str) -> str:
    """Turn a text of our own into HTML that can stand in any page.

    Parameters
    ----------
    source
        Markdown.
    prefix
        Put before every id.

    Examples
    --------
    >>> prose("# Esther", prefix="case-").strip()
    '<h2>Esther</h2>'
    """
    return _clean(_markdown(source), prefix)


def scrubbed(text: str, folders: Iterable[str]) -> str:
    """Take the folders of this machine out of a text, and leave pictures as they are.

    Parameters
    ----------
    text
        HTML or a sentence.
    folders
        Full paths that nobody else should read.

    Examples
    --------
    >>> scrubbed("kept in /srv/ours/workspace.sqlite", ["/srv/ours"])
    'kept in workspace.sqlite'
    """
    names = sorted({folder.rstrip("/\\") for folder in folders}, key=len, reverse=True)
    named = "|".join(re.escape(name) for name in names if len(name) > 1)
    if not named:
        return text
    pattern = re.compile(rf"({_DATA.pattern})|(?:{named})(?:[/\\]|(?![\w-]))")
    return pattern.sub(lambda found: found[1] or "", text)


def _cell(cell: NotebookNode, terms: FirstUses) -> str:
    if cell.cell_type == "markdown":
        return terms.mark(_markdown(cell.source))
    if cell.cell_type != "code" or _HIDDEN & set(cell.metadata.get("tags", ())):
        return ""
    return terms.mark_sentences("\n".join(shown for shown in map(_output, cell.outputs) if shown))


def _output(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return f"<pre>{safe_text(output.text)}</pre>" if output.name == "stdout" else ""
    if output.output_type in {"display_data", "execute_result"}:
        return _shown(output.data)
    return ""


def _shown(data: dict[str, Any]) -> str:
    if "text/html" in data:
        return str(data["text/html"])
    if "image/svg+xml" in data:
        encoded = base64.b64encode(str(data["image/svg+xml"]).encode()).decode()
        return f'<img alt="A chart" src="data:image/svg+xml;base64,{encoded}">'
    if "image/png" in data:
        return f'<img alt="A picture" src="data:image/png;base64,{"".join(str(data["image/png"]).split())}">'
    if "text/markdown" in data:
        return _markdown(str(data["text/markdown"]))
    return f"<pre>{safe_text(str(data['text/plain']))}</pre>" if "text/plain" in data else ""


@cache
def _reader() -> mistune.Markdown:
    return mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "def_list"])


def _markdown(source: str) -> str:
    return _deeper(str(_reader()(unnumbered(source))))


def _clean(html: str, prefix: str) -> str:
    def kept(_tag: str, attribute: str, value: str) -> str | None:
        if attribute in _NAMES:
            return " ".join(prefix + name for name in value.split())
        if attribute in {"src", "srcset"}:
            return value if _PICTURE.fullmatch(value) else None
        if attribute == "href":
            return _link(value, prefix)
        return value

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        generic_attribute_prefixes={"aria-"},
        url_schemes={"data"},
        link_rel=None,
    )


def _link(value: str, prefix: str) -> str | None:
    if value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    return value if _FILE.fullmatch(value) else None


def _deeper(html: str) -> str:
    """Move the headings of a text one level down: the page has the only ``h1``."""
    return re.sub(r"<(/?)h([1-5])\b", lambda found: f"<{found[1]}h{int(found[2]) + 1}", html)

"""A team's words become part of a page in few places, and each of them escapes."""

import ast
import html
import re
from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pophealth.delivery.content import notebook_files
from pophealth.views.markup import safe_text
from tests.hostile import PAYLOADS

PACKAGE = Path(__file__).parent.parent / "pophealth"
MODULES = sorted(PACKAGE.rglob("*.py"))
PIECES = {
    f"views/{name}.py"
    for name in ("markup", "theme", "pieces", "lists", "start_lists", "glossary", "measure_table")
}
DRAWN = {"views/drawing.py"}  # the text of a picture, which is shown as a picture and never as a page
CLEANED = {"delivery/export.py"}  # all that it makes passes nh3 with a short list of tags
OUR_WORDS = {("delivery/export.py", "_reader"), ("delivery/writer.py", "markdown")}  # text cells of notebooks
SAFE_IN_TEMPLATES = {"style", "lines", "fold", "html", "text", "part.html"}
KEPT = {"delivery/kept.py"}  # gives back a piece that was made before
TAG = re.compile(r"(?<!\?P)<[a-zA-Z/!]")  # not the name of a group in a pattern


def name_of(path):
    return path.relative_to(PACKAGE).as_posix()


def functions(tree):
    """Every node with the name of the function it stands in."""

    def walk(node, inside):
        inside = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else inside
        yield node, inside
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    return walk(tree, "")


def builds_html(node):
    """An f-string, a % or a .format whose own text holds a tag."""
    if isinstance(node, ast.JoinedStr):
        own = [part.value for part in node.values if isinstance(part, ast.Constant)]
        return any(TAG.search(str(text)) for text in own)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return isinstance(node.left, ast.Constant) and bool(TAG.search(str(node.left.value)))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        text = node.func.value
        return isinstance(text, ast.Constant) and bool(TAG.search(str(text.value)))
    return False


def unescaped(node):
    """What lets text through as it is: escape=False, Styler, widgets that take HTML, Markup."""
    if isinstance(node, ast.keyword) and node.arg in ("escape", "autoescape"):
        return isinstance(node.value, ast.Constant) and not node.value.value
    if isinstance(node, ast.Attribute):
        return node.attr in ("style", "HTML", "HTMLMath", "Markup", "Styler", "fmt_markdown")
    if isinstance(node, ast.Name):
        return node.id in ("HTML", "HTMLMath", "Markup", "Styler")
    return False


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_page_is_built_from_strings_elsewhere(path):
    name, tree = name_of(path), ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node, inside in functions(tree):
        if builds_html(node) and name not in PIECES | DRAWN | CLEANED:
            found.append((node.lineno, "a page from a string"))
        if unescaped(node) and (name, inside) not in OUR_WORDS:
            found.append((getattr(node, "lineno", 0), ast.unparse(getattr(node, "value", node))))
        makes = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Html"
        if makes and name not in PIECES | KEPT:
            found.append((node.lineno, "an Html of its own"))
    assert found == []


def test_templates_escape_all_but_what_we_made():
    templates = sorted(PACKAGE.rglob("*.j2"))
    assert templates
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert "autoescape" not in text
        assert set(re.findall(r"([\w.]+)\s*\|\s*safe\b", text)) <= SAFE_IN_TEMPLATES, path.name


def test_notebooks_show_pieces_and_never_markup():
    for path in notebook_files():
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                tree = ast.parse(cell.source)
                assert not [node for node in ast.walk(tree) if builds_html(node) or unescaped(node)], (
                    cell.source
                )


def harmless(text):
    shown = safe_text(text)
    assert not re.search(r"[<>\"']", shown)
    assert not re.search(r"&(?!(amp|lt|gt|quot|#x27);)", shown)
    dropped = r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]"
    assert html.unescape(shown) == re.sub(dropped, "", text)


HOSTILE = st.lists(
    st.sampled_from(
        [*PAYLOADS, "<script", " onload=", "javascript:", '"', "'", "&", "<", ">", "&#60;", "\0"]
    ),
    max_size=4,
).map("".join)


@settings(max_examples=2000)
@given(st.one_of(st.text(), HOSTILE))
@example("<script>alert(1)</script>")
@example("\r\n\t<\x85\u2028>")
def test_two_thousand_texts_stay_text(text):
    harmless(text)


@pytest.mark.parametrize("text", PAYLOADS)
def test_payloads_stay_text(text):
    harmless(text)

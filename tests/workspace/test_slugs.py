"""Short names are safe in addresses and paths, and nothing else passes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pophealth.workspace.errors import Problem
from pophealth.workspace.people import Person, newcomer
from pophealth.workspace.saves import checked_key
from pophealth.workspace.slugs import checked_slug, shown
from pophealth.workspace.store import Workspace

SAFE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
PARTS = (
    *(
        "..",
        "/",
        "\\",
        "\0",
        ".",
        "~",
        "%2f",
        "%00",
        ":",
        "*",
        "|",
        "$(id)",
        "`",
        "\n",
        "\r\n",
        "\t",
        " ",
        ";",
    ),
    *(
        "con",
        "nul",
        "com1",
        "lpt9",
        "aux",
        "CON",
        "gull-harbor",
        "a",
        "0",
        "-",
        "_",
        "A",
        "é",
        "e\u0301",
        "ﬁ",
    ),
    *(
        "\u202e",
        "\u200b",
        "\ufeff",
        "٣",
        "＝",
        "data",
        "data-secret",
        "workspace.sqlite",
        "🙂",
        "x" * 40,
        "ß",
        "\ud800",
    ),
)
hostile = st.lists(st.sampled_from(PARTS), min_size=0, max_size=4).map("".join)
names = st.one_of(hostile, st.text(max_size=12), st.from_regex(SAFE, fullmatch=True))


def passes(check, *arguments):
    said = complaint(check, *arguments)
    assert said.isprintable()
    assert len(said) < 300
    return not said


def complaint(check, *arguments):
    try:
        check(*arguments)
    except Problem as problem:
        return str(problem)
    return ""


@settings(max_examples=100, deadline=None)
@given(st.lists(names, min_size=100, max_size=100))
def test_of_ten_thousand_hostile_names_only_safe_ones_pass(many):
    for name in many:
        if passes(checked_slug, name, "team"):
            assert SAFE.fullmatch(name)
            assert name.split("-")[0] not in {"con", "nul", "aux"} or "-" in name


@pytest.mark.parametrize(
    "name", [None, 7, b"gull", ["a"], "x" * 41, "gull-harbor\n", "-a", "", "CON", "con", "com1"]
)
def test_these_never_pass(name):
    assert not passes(checked_slug, name, "team")


@pytest.mark.parametrize("name", [*PARTS[:32], "../../x", "/etc/passwd", "sqlite:///x", "C:\\x", "a/../b"])
def test_every_way_in_refuses_them_and_writes_nothing_outside(folder, name):
    workspace = Workspace.open(folder)
    before = sorted(path for path in folder.parent.rglob("*"))
    safe = bool(SAFE.fullmatch(name)) and name not in {"con", "nul", "aux", "com1", "lpt9", "gull-harbor"}
    assert passes(workspace.add_team, name, name) is safe
    assert passes(workspace.add_person, name, name, "faculty") is (safe or name == "gull-harbor")
    assert passes(checked_key, "member", name) is (safe or name == "gull-harbor")
    if not safe:
        assert not passes(workspace.team, name) or name == "gull-harbor"
        assert not passes(lambda: Workspace.open(folder, user=name or "?")) or name == "gull-harbor"
    assert sorted(path for path in folder.parent.rglob("*")) == before


def test_a_name_on_screen_is_kept_as_written_and_never_part_of_a_path(folder):
    workspace = Workspace.open(folder)
    book = workspace.add_team("new", "../../<b>New</b>")
    assert (book.slug, book.name) == ("new", "../../<b>New</b>")
    workspace.rename_team("new", "/etc")
    assert workspace.team("new").name == "/etc"


def test_what_is_shown_is_short_and_printable():
    assert shown("a" * 60) == "a" * 39 + "…"
    assert shown("a\u202eb\0\n") == "ab"


@pytest.mark.parametrize(
    ("person", "says"),
    [
        (Person("ana", "Ana", "", "member", ("gull",)), "Taken are: ana"),
        (Person("lee", "Lee", "", "boss"), "not a role"),
        (Person("lee", "Lee", "", "member"), "needs a team"),
        (Person("lee", "Lee", "", "coach", ("nowhere",)), "no team"),
    ],
)
def test_somebody_new_is_told_what_is_wrong(person, says):
    with pytest.raises(Problem, match=says):
        newcomer(person, known=[Person("ana", "Ana", "", "member", ("gull",))], teams=[])

"""The statements as data, the score of a section, and one sentence for each bad file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pophealth.workspace import instrument
from pophealth.workspace.errors import Problem
from pophealth.workspace.instrument import example, section_score
from pophealth.workspace.instrument_file import LARGEST
from pophealth.workspace.records_team import PORTFOLIOS
from tests.views.reading_age import grade

LEVELS = example().statements[0].levels
FOUR = st.lists(st.sampled_from([None, *(level for level, _ in LEVELS)]), min_size=4, max_size=4)


def ours():
    """Our example under another name, as a team would begin its own file."""
    return json.loads(instrument.example_file().read_text(encoding="utf-8")) | {"name": "ours"}


def written(folder, content, name="ours.json"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def test_our_example_has_four_levers_four_portfolios_and_32_statements():
    portfolios = [section.portfolio for section in example().sections]
    assert (portfolios.count(""), set(portfolios) - {""}) == (4, set(PORTFOLIOS))
    assert len(example().statements) == len({one.name for one in example().statements}) >= 32
    assert all(len(section.next_steps) == len(LEVELS) for section in example().sections)


def test_our_example_is_in_plain_words_and_says_nothing_twice():
    texts = [one.text for one in example().statements]
    texts += [step for section in example().sections for step in section.next_steps]
    assert len(set(texts)) == len(texts)
    assert all(text.endswith(".") and len(text.split()) <= 20 for text in texts)
    assert grade(" ".join(texts)) <= 8


@pytest.mark.parametrize(
    ("levels", "score"),
    [
        ([3, 3, 3, 3], 100),
        ([0, 0, 0, 0], 0),
        ([3, 0, None, None], 50),
        ([3, None, None, None], None),
        ([9, 9, 9, 3], None),
    ],
)
def test_a_score_is_the_share_of_the_way_to_the_highest_levels(levels, score):
    section = example().sections[0]
    answers = dict(zip((statement.name for statement in section.statements), levels, strict=True))
    assert section_score(section, answers) == score


@given(FOUR)
def test_a_score_stays_between_0_and_100(levels):
    section = example().sections[1]
    score = section_score(section, dict(zip((s.name for s in section.statements), levels, strict=True)))
    assert score is None or 0 <= score <= 100


@pytest.mark.parametrize(
    ("score", "place"), [(0, 0), (16, 0), (17, 1), (50, 1), (51, 2), (83, 2), (84, 3), (100, 3)]
)
def test_the_next_step_fits_the_height_of_the_score(score, place):
    section = example().sections[2]
    assert section.next_step(score) == section.next_steps[place]


def test_levels_may_begin_anywhere_and_differ_by_statement(tmp_path):
    content = ours()
    content["levels"] = [{"value": 5, "label": "always"}, {"value": 1, "label": "never"}]
    content["sections"][0]["statements"][0]["levels"] = [{"value": n, "label": str(n)} for n in (2, 4, 6)]
    section = instrument.read(written(tmp_path, content)).sections[0]
    first, second, *_ = (one.name for one in section.statements)
    assert section.statements[1].levels == ((1, "never"), (5, "always"))
    assert section_score(section, {first: 4, second: 5}) == pytest.approx(100 * (2 + 4) / (4 + 4))


def test_answers_carry_the_name_and_version_of_their_statements(tmp_path):
    one = instrument.read(written(tmp_path, ours()))
    other = instrument.read(written(tmp_path, ours() | {"version": "2"}))
    names = [{statement.name for statement in found.statements} for found in (example(), one, other)]
    assert len(set.union(*names)) == sum(map(len, names))
    assert "ours-1/equity-1" in names[1]


def change(*path, to):
    def changed():
        content = ours()
        place = content
        for step in path[:-1]:
            place = place[step]
        if to is None:
            del place[path[-1]]
        else:
            place[path[-1]] = to
        return content

    return changed


FIRST = ("sections", 0, "statements", 0)
BAD = {
    "is larger than 1 MB": lambda: b" " * (LARGEST + 1),
    "is not plain text": lambda: "größer".encode("latin-1"),
    "line 2: this is not JSON": lambda: b'{"format":\n oops}',
    "does not begin with a curly bracket": lambda: [],
    "has too many brackets": lambda: b"[" * 100_000,
    "format is “2”. Write “pophealth instrument 1”": change("format", to="2"),
    "the name “example” is that of our own example": change("name", to="example"),
    "name is “Ours!”. Use small letters": change("name", to="Ours!"),
    "version is “”. Use small letters": change("version", to=None),
    "the file has no title": change("title", to=" "),
    "there are no sections": change("sections", to=[]),
    "two sections are called “equity”": change("sections", 0, "slug", to="equity"),
    "section 1 has no slug": change("sections", 0, "slug", to=None),
    "section “stewardship” has no title": change("sections", 0, "title", to=None),
    "has the portfolio “money”. Use one of": change("sections", 4, "portfolio", to="money"),
    "0 sections have the portfolio “health”": change("sections", 4, "portfolio", to=""),
    "2 sections have the portfolio “health”": change("sections", 0, "portfolio", to="health"),
    "section “stewardship” has no next steps": change("sections", 0, "next_steps", to=[""]),
    "section “stewardship” has no statements": change("sections", 0, "statements", to={}),
    "two statements are called “equity-1”": change(*FIRST, "name", to="equity-1"),
    "statement 1 of section “stewardship” has no name": change(*FIRST, "name", to="A B"),
    "statement “stewardship-1” has no text": change(*FIRST, "text", to="x" * 401),
    "has fewer than two levels": change("levels", to=[{"value": 1, "label": "one"}]),
    "is not a whole number from 0 to 10": change(
        *FIRST, "levels", to=[{"value": v, "label": "a"} for v in (0, 11)]
    ),
    "two levels of statement “stewardship-1” have the same": change(
        *FIRST, "levels", to=[{"value": 1, "label": "a"}, {"value": 1, "label": "b"}]
    ),
    "has no label": change(*FIRST, "levels", to=[{"value": 0, "label": "a"}, {"value": 1}]),
}


@pytest.mark.parametrize("says", BAD)
def test_each_kind_of_bad_file_gets_one_sentence(tmp_path, says):
    with pytest.raises(Problem) as told:
        instrument.read(written(tmp_path, BAD[says]()))
    sentence = str(told.value)
    assert says in sentence
    assert sentence.startswith("ours.json")
    assert str(tmp_path) not in sentence
    assert sentence.endswith(".")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(Problem, match=r"none.json cannot be read \(no such file"):
        instrument.read(tmp_path / "none.json")


def test_a_workspace_uses_its_own_file_and_keeps_the_one_before(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    assert instrument.of(home) == example()
    assert instrument.put(written(tmp_path, ours()), home) == ""
    assert instrument.of(home).name == "ours"
    assert instrument.put(written(tmp_path, ours() | {"version": "2"}), home) == "instrument-ours-1.json"
    assert instrument.of(home).version == "2"
    assert instrument.read(home / "instrument-ours-1.json").version == "1"


def test_other_statements_under_the_version_in_use_are_refused_and_a_mended_word_is_not(tmp_path):
    instrument.put(written(tmp_path, ours()), tmp_path)
    mended = change(*FIRST, "text", to="Our leaders speak about the health of everyone here.")()
    assert instrument.put(written(tmp_path, mended), tmp_path) == ""
    fewer = ours()
    fewer["sections"][0]["statements"].pop()
    with pytest.raises(Problem, match="Give the file a new version"):
        instrument.put(written(tmp_path, fewer), tmp_path)
    assert len(instrument.of(tmp_path).statements) == 32

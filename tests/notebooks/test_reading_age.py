"""Every page reads as eight years of school or less, as textstat counts it, for old and for new teams."""

import re

import nbformat
import pytest

from pophealth.delivery.content import content
from pophealth.views import theme
from pophealth.workspace.records import KINDS, MODELS
from pophealth.workspace.samples import sample_workspace
from tests.delivery import lessons, teams
from tests.views import reading_age
from tests.views.reading_age import grade, sentences

PAGE = 8.0
PARAGRAPH = 10.0
OTHERS = [(stem, team) for stem in lessons.STEPS for team in ("two-forks", "new-start")]


@pytest.fixture(scope="module")
def theirs():
    """Finds what teams wrote themselves, for a paragraph of ours may quote them."""
    workspace = sample_workspace()
    found = {word for team in workspace.teams(all=True) for word in (team.name, team.note)}
    for team in workspace.teams(all=True):
        book = workspace.team(team.slug)
        bodies = [entry.record.body() for kind in MODELS for entry in book.list(kind)]
        found |= {word for body in bodies for word in body.values() if isinstance(word, str)}
    quoted = sorted((word for word in found if " " in word), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, quoted)))


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """The sample cohort with a team that has written nothing; pictures are not drawn, only told."""
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theme, "draw", lambda spec: "<svg></svg>")
        yield folder
    theme.inline_style(True)


def cells(stem):
    return nbformat.read(content("notebooks") / f"{stem}.ipynb", as_version=4).cells


def asked(stem):
    """What the forms of a notebook say."""
    kinds = {kind for cell in cells(stem) for kind in re.findall(r'book\.form\("(\w+)"', cell.source)}
    models = [KINDS[kind] for kind in sorted(kinds)]
    return sentences(
        [part for model in models for part in (model.help, *(field.help for field in model.fields()))]
    )


def written(stem):
    texts = [cell.source for cell in cells(stem) if cell.cell_type == "markdown"]
    return sentences([part for text in texts for part in reading_age.of_text(text)])


def committed(stem):
    outputs = [output for cell in cells(stem) for output in cell.get("outputs", ()) if "data" in output]
    return "\n".join(output.data.get("text/html", "") for output in outputs)


def holds(said, theirs):
    assert len(said) >= 5
    assert grade(" ".join(said)) <= PAGE
    ours = {theirs.sub("this", part) for part in said}
    assert [part for part in ours if grade(part) > PARAGRAPH] == []


@pytest.mark.parametrize("stem", lessons.STEMS)
def test_a_page_is_plain_for_a_team_that_has_come_far(stem, theirs):
    told = sentences(reading_age.of_page(committed(stem)))
    holds([*written(stem), *asked(stem), *told], theirs)


@pytest.mark.parametrize(("stem", "team"), OTHERS)
def test_a_page_is_plain_for_a_team_that_has_just_begun(cohort, stem, team, theirs):
    told = sentences(reading_age.of_page(lessons.run(stem, team=team, workspace=cohort).html))
    assert told
    holds([*written(stem), *asked(stem), *told], theirs)


def test_the_count_is_that_of_textstat_and_tells_plain_from_hard():
    assert grade("The cat sat on the mat. It was warm.") < 1
    assert grade("Organizational stewardship necessitates interdisciplinary collaboration.") > 20
    assert grade("It went from 6.5 to 7.5 in May.") == grade("It went from 65 to 75 in May.")
    assert grade("A word like Xyzzyplugh stands in no list.") < 10


def test_what_is_read_of_a_page_is_what_a_reader_meets():
    markup = '<style>p{}</style><p>One <b>two</b> three four.<br>Then</p><img alt="A line. It goes up now.">'
    assert reading_age.of_page(markup) == ["One two three four.", "Then", "A line. It goes up now."]
    text = "## A head\n\n- Take `code` and [a link](x) along.\n- Then **stop**."
    assert reading_age.of_text(text) == ["A head", "Take and a link along.", "Then stop."]
    assert sentences(["A label", "It is so now.", "It is so now.", "Why is it so?"]) == [
        "It is so now.",
        "Why is it so?",
    ]

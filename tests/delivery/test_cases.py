"""Real examples: each has its sources, stands beside its step, reads well, and opens without a network."""

import re

import pytest

from pophealth.delivery import cases
from pophealth.delivery.content import content
from pophealth.delivery.workbook import open_workbook
from pophealth.workspace.steps import BY_SLUG
from tests.delivery import lessons
from tests.views.reading_age import grade

FOLDER = content("cases")
NAMES = sorted(cases.CASES.values())


def parts(name):
    """The story of an example and its numbered sources."""
    story, sources = (FOLDER / f"{name}.md").read_text(encoding="utf-8").split("## Sources")
    return story, re.findall(r"^(\d+)\. (.+)$", sources, re.M)


def test_there_are_six_to_eight_and_each_stands_beside_a_step():
    assert 6 <= len(NAMES) <= 8
    assert sorted(path.stem for path in FOLDER.iterdir()) == NAMES
    assert set(cases.CASES) <= set(BY_SLUG)


@pytest.mark.parametrize("name", NAMES)
def test_each_claim_with_a_number_names_a_source_that_is_listed(name):
    story, sources = parts(name)
    listed = [number for number, _ in sources]
    assert listed == [str(place + 1) for place in range(len(listed))]
    assert set(re.findall(r"\[(\d+)\]", story)) == set(listed)
    assert all(re.search(r"\w\.\w|\d{4};\d", source) for _, source in sources)
    told = re.split(r"\n\n|\n- ", story.partition("*\n\n")[2])
    numbers = [block for block in told if re.search(r"\d", re.sub(r"\[\d+\]", "", block))]
    assert [block for block in numbers if "[" not in block] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_is_one_page_in_plain_words(name):
    story, _ = parts(name)
    bare = re.sub(r"\[\d+\]|[*#]|^- ", "", story, flags=re.M)
    assert 150 < len(bare.split()) < 380
    assert grade(bare) <= 8
    assert not re.search(r"\bthe poor\b|non-compliant|hard to reach|minorit|disparit", bare, re.I)


@pytest.mark.parametrize("name", NAMES)
def test_each_says_which_step_it_belongs_to_and_leads_nowhere_outside(name):
    (slug,) = [slug for slug, one in cases.CASES.items() if one == name]
    step = BY_SLUG[slug]
    assert f"*Step {step.number}, {step.title.lower()} ·" in parts(name)[0]
    assert "<a " not in cases.case(name).html
    assert "href" not in cases.case(name).html


def test_an_example_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        cases.case("../pyproject")


@pytest.mark.parametrize("slug", cases.CASES)
def test_its_step_opens_it_by_a_link_in_the_app_and_unfolds_it_elsewhere(slug, monkeypatch):
    stem, name = BY_SLUG[slug].notebook, cases.CASES[slug]
    assert "book.show_example()" in (content("notebooks") / f"{stem}.ipynb").read_text(encoding="utf-8")
    book = open_workbook(slug, team="gull-harbor")
    assert cases.case(name).html in book.show_example().html
    monkeypatch.setattr(book, "surface", "app")
    assert f'href="../../pophealth/case/{name}"' in book.show_example().html
    assert lessons.words(book.show_example().html).endswith(cases.case(name).title)

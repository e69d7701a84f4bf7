"""Step 4: what its pieces say is what was written; nothing without a yes; what other teams see."""

import json
import re

import pandas as pd
import pytest

from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.workspace.records_team import SECTORS
from pophealth.workspace.samples import folder as samples
from pophealth.workspace.steps import status
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.views.reading_age import grade

PARTNER = {"sector": "housing", "influence": "4", "interest": "4", "matters": "A lift that works."}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    return folder


@pytest.fixture(scope="module")
def harbor(cohort):
    return lessons.run("04_matters", team="gull-harbor", workspace=cohort)


@pytest.fixture(autouse=True)
def style_again():
    yield
    theme.inline_style(True)


def written(kind, slug="04-gull-harbor"):
    """The last words on each record of a kind, straight from the team's file."""
    story = json.loads((samples() / f"{slug}.json").read_text(encoding="utf-8"))
    found = {one["key"]: one["body"] for one in story["entries"] if one["kind"] == kind}
    return [*found.values()]


def test_partners_in_words_are_those_that_were_written(harbor):
    partners = written("stakeholder")
    first = [one["name"] for one in partners if one["affected"]]
    said = harbor["book.show_map"].text
    assert all(said.count(name) for name in first)
    assert f"{ {2: 'Two'}[len(first)] } of six are affected and come first, whatever their power." in said
    there = {one["sector"] for one in partners} & set(SECTORS)
    missing = harbor["book.show_sectors"].text
    assert f"{ {4: 'Four'}[len(there)] } of 11 sectors are there." in missing
    assert all((SECTORS[name] in missing) == (name not in there) for name in SECTORS)


def test_commitment_and_calls_are_counted_by_hand(harbor):
    steps = ["against", "aside", "lets", "helps", "makes"]
    gaps = {
        one["name"]: steps.index(one["needed"]) - steps.index(one["now"]) for one in written("stakeholder")
    }
    said = harbor["book.show_commitment"].text
    assert f"{ {4: 'Four'}[sum(gap > 0 for gap in gaps.values())] } of six partners need to do more." in said
    assert f"The largest step: {max(gaps, key=lambda name: gaps[name])}, from “stands aside”" in said
    late = [one["name"] for one in written("stakeholder") if "" < one.get("next_contact", "") < "2021-06-30"]
    assert f"Overdue: {', '.join(late)}." in harbor["book.show_contacts"].text


def test_themes_kinds_and_voices(harbor):
    assert "One entry is left out: nobody has agreed yet that we use it." in harbor["book.show_themes"].text
    assert "Still empty: skills and stories." in harbor["book.show_kinds"].text
    assert re.search(r"Skills and stories\s+nothing yet", harbor["book.show_kinds"].text)
    assert "Both groups have been heard" in harbor["book.show_voices"].text
    assert "Partners say" in harbor["book.show_trust"].text


def test_words_without_a_yes_are_nowhere(cohort):
    hidden = [one for one in written("theme", "11-two-forks") if not one["consent"]]
    lesson = lessons.run("04_matters", team="two-forks", workspace=cohort)
    assert hidden
    for one in hidden:
        shown = [cell.text for cell in lesson.cells]
        assert not any(one["said"] in text or one["theme"] in text for text in shown)


def test_others_see_only_what_was_shared(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "imani")
    lesson = lessons.run("04_matters", team="gull-harbor", workspace=cohort)
    assert lesson.names["partners"].empty
    shared = {one["name"] for one in written("asset")} - {
        "Neighbors who sort pills for their parents",
        "The cannery shuttle",
    }
    assert set(lesson.names["strengths"]["name"]) == shared
    own = next(one["said"] for one in written("theme") if one["theme"] == "Not to be lectured")
    assert not any(own in cell.text for cell in lesson.cells)


def test_a_group_chosen_in_step_five_that_nobody_heard_is_named(cohort):
    workspace = Workspace.open(cohort, user="robin")
    book = workspace.add_team("unheard", "Unheard")
    teams.write(book, "focus", "one", group="Night workers of the mill", reason="Nobody asked.")
    lesson = lessons.run("04_matters", team="unheard", workspace=cohort)
    assert "Not heard yet: Night workers of the mill." in lesson["book.show_voices"].text


def test_what_is_kept_is_drawn_again_and_three_partners_make_it_done(cohort):
    book = open_workbook("matters", team="new-start", workspace=str(cohort))
    form = book.form("stakeholder")
    for turn, name in enumerate(("Tenants of Mill Street", "Housing office", "Night bus")):
        add = {"type": "add", "name": name, "owner": "a", "sequence": 2 * turn + 1}
        key = form.reply(add)["added"]
        values = PARTNER | {"name": name, "affected": not turn}
        save = {"type": "save", "key": key, "values": values, "based_on": 1, "owner": "a"}
        assert form.reply(save | {"sequence": 2 * turn + 2})["type"] == "kept"
    assert set(form.echo) == {"map", "sectors", "known", "commitment", "contacts"}
    assert "One of three is affected" in lessons.words(form.echo["map"])
    assert status({"stakeholder": book.records("stakeholder")})["matters"] == "done"
    again = lessons.run("04_matters", team="new-start", workspace=cohort)
    for name in ("map", "sectors", "commitment", "contacts", "kinds", "beside", "themes", "voices"):
        assert f'data-live="{name}"' in again.html


def test_words_are_for_everyone(harbor):
    lines = ("show_map", "show_commitment", "show_contacts", "show_kinds", "show_themes", "show_voices")
    for line in lines:
        said = re.split(r"What (?:the chart says|we see)\.|As of June 30\.", harbor[f"book.{line}"].text)[-1]
        assert grade(said) <= 8, (line, said)


@pytest.mark.parametrize("name", ["matters-steps", "matters-shared"])
@pytest.mark.parametrize("team", ["gull-harbor", "painted-ridge"])
def test_exercises_answer_kindly(cohort, name, team):
    book = open_workbook("matters", team=team, workspace=str(cohort))
    for answer in (None, "", "many", [1], float("nan"), pd.NA, pd.DataFrame(), 1e300):
        assert book.check(name, answer).plain
        assert "✓ Yes" not in book.check(name, answer).plain


def test_exercises_know_what_is_right(cohort, harbor):
    gaps, agreed = harbor.names["gaps"], harbor.names["agreed"]
    book = open_workbook("matters", team="gull-harbor", workspace=str(cohort))
    right = {
        "matters-steps": int(gaps.loc[gaps["gap"] > 0, "gap"].sum()),
        "matters-shared": sum(len(set(rows["segment"])) > 1 for _, rows in agreed.groupby("theme")),
    }
    for name, answer in right.items():
        assert "✓ Yes" in book.check(name, answer).plain
        assert "Not yet" in book.check(name, answer + 1).plain

"""An idea of another team in one's own bank: once, with where it came from, and nothing that was private."""

import pytest

from pophealth.workspace import ideas
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Driver, Focus
from pophealth.workspace.store import Workspace

PRIVATE = "Between us"
IDEA = {
    "text": "Ring before the visit",
    "level": "idea",
    "source": "people",
    "evidence": "here",
    "portfolio": "social",
    "pillar": "behavior",
    "owner": f"{PRIVATE} Zoe",
    "told": f"{PRIVATE} in the kitchen",
    "different": f"{PRIVATE} at night",
    "made_with": f"{PRIVATE} for cash",
    "measure": "between-us",
    "parent": "between-us",
    "group": "between-us",
    "impact": "5",
    "effort": "1",
}


@pytest.fixture
def shelf(folder):
    """Stone Creek shares an idea, keeps one to itself, and shares a driver; Gull Harbor has nothing yet."""
    book = Workspace.open(folder, user="sam").team("stone-creek")
    for key, shared, more in (
        ("ring", True, {}),
        ("secret", False, {"text": f"{PRIVATE} only"}),
        ("reach", True, {"text": "People are reached", "level": "primary"}),
    ):
        kept = book.save(Driver.draft(IDEA | more, key), based_on=0)
        if shared:
            book.share("driver", key, shared=True, based_on=kept.entry.revision)
    book.save(Focus(key="between-us", group=f"{PRIVATE} people"), based_on=0)
    return folder


def as_user(folder, user):
    return Workspace.open(folder, user=user)


def take(folder, user="ana", team="stone-creek", key="ring", into="gull-harbor"):
    return ideas.take(as_user(folder, user), team, key, into=into)


def bank(folder):
    return as_user(folder, "ben").team("gull-harbor").records("driver")


def test_only_shared_ideas_are_listed(shelf):
    found = ideas.shared(as_user(shelf, "ana"))
    assert [(one.team, one.name, one.key) for one in found] == [("stone-creek", "Stone Creek", "ring")]


def test_a_copy_says_where_it_came_from_and_brings_nothing_private(shelf):
    take(shelf)
    (copy,) = bank(shelf)
    assert (copy.text, copy.level, copy.source) == ("Ring before the visit", "idea", "another team")
    assert copy.told == "From Stone Creek, who call it: “Ring before the visit”"
    assert (copy.evidence, copy.portfolio, copy.pillar) == ("elsewhere", "social", "behavior")
    assert not copy.problems()
    body = copy.body()
    assert PRIVATE.lower() not in str(body).lower()
    assert "between-us" not in str(body)
    others = (
        "owner",
        "different",
        "made_with",
        "measure",
        "parent",
        "group",
        "impact",
        "effort",
        "cause",
        "asset",
    )
    assert {body[name] for name in others} == {""}
    assert as_user(shelf, "ana").team("gull-harbor").list("driver")[0].shared is False


def test_copying_again_changes_nothing_and_keeps_what_the_team_made_of_it(shelf):
    take(shelf)
    team = as_user(shelf, "ben").team("gull-harbor")
    (entry,) = team.list("driver")
    team.save(entry.record.model_copy(update={"text": "Ring on Monday"}), based_on=entry.revision)
    assert take(shelf).text == "Ring on Monday"
    assert [one.text for one in bank(shelf)] == ["Ring on Monday"]


def test_what_was_taken_away_can_be_copied_again(shelf):
    take(shelf)
    team = as_user(shelf, "ben").team("gull-harbor")
    (entry,) = team.list("driver")
    team.delete("driver", entry.key, based_on=entry.revision)
    take(shelf)
    assert [one.text for one in bank(shelf)] == ["Ring before the visit"]


@pytest.mark.parametrize("user", ["cora", "fay", "owner", "sam"])
def test_only_a_member_of_the_team_can_write_into_its_bank(shelf, user):
    with pytest.raises(Problem):
        take(shelf, user)
    assert bank(shelf) == []


@pytest.mark.parametrize(
    "wrong",
    [{"key": "secret"}, {"key": "reach"}, {"key": "none"}, {"team": "gull-harbor"}, {"into": "stone-creek"}],
)
def test_only_a_shared_idea_of_another_team_can_be_copied(shelf, wrong):
    with pytest.raises(Problem):
        take(shelf, **wrong)
    assert bank(shelf) == []

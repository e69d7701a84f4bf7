"""Step 4 as tables: what was kept before stays readable, and words count only after a yes."""

from datetime import date

import pytest

from pophealth.views import matters_words
from pophealth.workspace import matters
from pophealth.workspace.records import Stakeholder
from pophealth.workspace.store import Workspace
from tests.delivery.teams import write

AS_OF = date(2021, 6, 30)


@pytest.fixture
def book(tmp_path):
    workspace = Workspace.create(tmp_path / "workspace.sqlite", community="Mill Valley")
    return workspace.add_team("mill", "Mill Street")


def said(book, key, **values):
    body = {"theme": "A ride", "segment": "Elders", "source": "conversation", "said": "No bus."}
    write(book, "theme", key, **body | {"consent": True, "date": "2021-05-01"} | values)


@pytest.mark.parametrize(
    ("typed", "sector", "kept"),
    [("school", "school", ""), ("School", "school", "School"), ("Farm bureau", "other", "Farm bureau")],
)
def test_a_sector_once_typed_freely_is_a_choice_and_its_words_are_kept(typed, sector, kept):
    old = {"name": "A", "sector": typed, "affected": False, "influence": 3, "interest": 3, "matters": "b"}
    record = Stakeholder.from_body(old)
    assert (record.sector, record.sector_words, record.unread) == (sector, kept, {})
    assert record.complete
    assert Stakeholder.from_body(record.body()) == record


def test_a_partner_of_before_without_marks_is_read_and_only_those_are_asked_for():
    record = Stakeholder.from_body({"name": "A", "sector": "faith", "affected": True, "matters": "b"})
    assert record.missing == ("Influence", "Interest")
    assert Stakeholder.draft({"influence": 7}).problems() == {
        "influence": "Write a number from 1 (little) to 5 (much)."
    }


def test_marks_off_the_scale_count_as_not_rated(book):
    write(book, "stakeholder", "a", name="A", influence="9", interest="4", now="helps", needed="makes")
    (row,) = matters.partners(book).to_dict("records")
    assert row["influence"] != row["influence"]
    assert (row["interest"], row["now"], row["needed"]) == (4.0, 3.0, 4.0)


def test_the_log_stands_in_the_order_of_days_and_gathers_what_reads_alike(book):
    said(book, "b", date="2021-05-02", theme=" a  ride", segment="elders")
    said(book, "a")
    said(book, "c", theme="Cost")
    said(book, "d", source="staff", consent=False)
    said(book, "later", date="2021-07-01")
    log = matters.log(book, as_of=AS_OF)
    assert log["theme"].tolist() == ["A ride", "Cost", "A ride", "A ride"]
    assert log["segment"].unique().tolist() == ["Elders"]
    assert log["talk"].tolist() == [1, 1, 2, 3]
    assert log["source"].tolist() == ["people", "people", "care teams", "people"]
    assert log["consent"].tolist() == [True, True, False, True]


def test_groups_of_step_five_are_to_be_heard_unless_somebody_spoke_for_them(book):
    write(book, "focus", "one", group="Elders of Mill Street")
    write(book, "focus", "two", group="Night workers")
    assert matters.to_hear(book, ["Elders", "", "Elders"]) == ["Elders", "Night workers"]


def test_a_team_with_nothing_has_empty_tables(book):
    assert matters.partners(book).empty
    assert matters.strengths(book).empty
    assert matters.log(book, as_of=AS_OF).empty


def test_a_partner_knows_a_group_when_it_says_so_or_is_the_group(book):
    write(book, "focus", "night", group="Night workers at the port")
    write(book, "focus", "new", group="New parents")
    write(book, "stakeholder", "union", name="Dockers' union", knows="night workers, Elders")
    write(book, "stakeholder", "parents", name="New parents", affected=True)
    write(book, "stakeholder", "club", name="Night workers", affected=False)
    known = matters.known_by(book).set_index("group")["partners"].to_dict()
    assert known == {"Night workers at the port": ["Dockers' union"], "New parents": ["New parents"]}


def test_a_chosen_group_that_nobody_knows_is_told(book):
    write(book, "focus", "night", group="Night workers")
    write(book, "stakeholder", "club", name="Choir", affected=True)
    ((group, there, sentence),) = matters_words.known_rows(matters.known_by(book))
    assert (group, there) == ("Night workers", False)
    assert sentence.startswith("No partner on your list knows them well.")

"""Who is in a team and what it brings: sides, gifts, agreements, skills."""

import pytest

from pophealth.workspace import gathered
from pophealth.workspace.records import MODELS, Charter, Member, Skills
from pophealth.workspace.steps import BY_SLUG, status

CORE = {"name": "Ana", "role": "nurse", "side": "institution"}


def member(**values):
    return Member(**(CORE | values))


def test_each_side_has_a_row_and_an_empty_one_says_why_it_matters():
    table = gathered.sides(gathered.members([member(), member(name="Wei")])).set_index("side")
    assert table["people"].to_dict() == {"institution": 2, "connector": 0, "resident": 0}
    assert table.loc["institution", "sentence"] == "Ana, Wei."
    assert "solve the wrong thing" in table.loc["resident", "sentence"]
    assert "trusted" in table.loc["connector", "sentence"]


def test_a_person_without_a_side_is_counted_nowhere_and_an_empty_team_has_all_rows():
    people = gathered.members([member(side="")])
    assert gathered.sides(people)["people"].sum() == 0
    empty = gathered.members([])
    assert gathered.sides(empty)["people"].tolist() == [0, 0, 0]
    assert gathered.gifts(empty)["people"].tolist() == [0, 0, 0]


def test_gifts_count_people_and_ask_where_nobody_brings_one():
    people = gathered.members([member(will=True), member(name="Luz", will=True, ability=True)])
    table = gathered.gifts(people).set_index("gift")
    assert table["people"].to_dict() == {"will": 2, "ability": 1, "resources": 0}
    assert table.loc["will", "sentence"] == "Ana, Luz."
    assert "sponsor" in table.loc["resources", "sentence"]


def test_agreements_show_what_is_settled_and_why_the_rest_matters():
    table = gathered.agreed(Charter(meet="Tuesdays at noon")).set_index("point")
    assert table["there"].sum() == 1
    assert table.loc["When and where we meet", "sentence"] == "Tuesdays at noon"
    assert table["sentence"].ne("").all()


@pytest.mark.parametrize("typed", ["Ana, Luz", "Ana and Luz", "Ana; Luz", "Ana,\nLuz ,", " Ana , , Luz"])
def test_names_are_read_as_people_write_them(typed):
    table = gathered.skills(Skills(run_chart=typed)).set_index("skill")
    assert table.loc["Drawing a run chart", ["people", "names", "step"]].tolist() == [2, "Ana, Luz", 9]


def test_every_skill_is_taught_in_a_step():
    table = gathered.skills(Skills())
    assert len(table) == len(gathered.TAUGHT)
    assert {field.name for field in Skills.fields()} == {*gathered.TAUGHT, "made_with"}
    assert set(table["step"]) <= {step.number for step in BY_SLUG.values()}


def test_the_core_of_the_step_is_six_fields_and_makes_it_done():
    asked = [
        field.name for need in BY_SLUG["gather"].needs for field in MODELS[need.kind].fields() if field.core
    ]
    assert asked == ["purpose", "population", "lead", "name", "role", "side"]
    charter = Charter(purpose="Sleep", population="New parents", lead="Grace")
    three = [member(key=name) for name in ("a", "b", "c")]
    assert status({"charter": [charter], "member": three})["gather"] == "done"
    assert status({"charter": [charter], "member": three[:2]})["gather"] == "in progress"


def test_words_kept_before_there_were_more_fields_are_read_as_they_were():
    old = {
        **{"purpose": "Sleep", "population": "New parents", "sponsor": "Helen", "lead": "Grace"},
        **{"data_lead": "Ana", "how_we_work": "On Mondays."},
    }
    assert {name: value for name, value in Charter.from_body(old).body().items() if value} == old
    person = CORE | {"time": "one day", "brings": "Knows every street."}
    assert {name: value for name, value in Member.from_body(person).body().items() if value} == person

"""Records keep whatever was typed and say in one sentence what to look at again."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pophealth.stats.policies import POLICIES
from pophealth.workspace.records import MODELS, Aim, Focus, Measure, Score, Test
from pophealth.workspace.records_work import SMALL_NUMBERS

INPUTS = {"text", "long", "number", "date", "month", "choice", "yes_no", "grid"}
TYPED = st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates().map(str))


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_every_field_says_what_it_asks(model):
    for question in model.fields():
        assert question.label
        assert question.help.endswith((".", "?"))
        assert question.input in INPUTS
        assert (question.input == "choice") == bool(question.choices)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_a_core_is_six_fields_at_most(model):
    assert 1 <= sum(question.core for question in model.fields()) <= 6


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
@given(data=st.data())
def test_nothing_typed_is_ever_lost(model, data):
    names = [question.name for question in model.fields() if question.input != "grid"]
    typed = data.draw(st.dictionaries(st.sampled_from(names), TYPED))
    record = model.draft(typed)
    stored = json.loads(json.dumps(record.body()))
    again = model.from_body(stored)
    assert again == record
    assert set(record.unread) <= set(record.problems())
    for name, value in typed.items():
        if name in record.unread:
            assert record.unread[name] == str(value)


@pytest.mark.parametrize("typed", ["1", 1, 3, " 5 ", "everyone", True, 7, 1.0])
def test_a_choice_whose_words_are_digits_comes_back_as_it_was_typed(typed):
    record = Test.draft({"scale": typed})
    again = Test.from_body(json.loads(json.dumps(record.body())))
    assert again == record
    assert record.scale or record.unread["scale"] == str(typed)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_an_empty_draft_is_kept_and_not_complete(model):
    assert not model.draft({}).complete
    assert model.draft({}).problems() == {}


def test_fields_that_no_longer_exist_are_left_out():
    assert Aim.from_body({"what": "sleep", "gone": 1}).what == "sleep"


@pytest.mark.parametrize(
    ("model", "typed", "field", "says"),
    [
        (Aim, {"target": "most of them"}, "target", "“most of them” is not a number"),
        (Aim, {"by_when": "soon"}, "by_when", "“soon” is not a date. Write it like 2021-06-30."),
        (Aim, {"baseline": "56", "target": "56%"}, "target", "From and to are the same number"),
        (Aim, {"baseline": 5, "target": 140}, "target", "A percent lies between 0 and 100"),
        (Aim, {"what": "x" * 201}, "what", "This is 201 letters long; 200 fit."),
        (Test, {"start": "2021-03-02", "end": "2021-03-01"}, "end", "ends before it starts"),
        (Test, {"scale": "7"}, "scale", "is not one of the choices"),
        (Measure, {"policy": "none"}, "policy_reason", "Say why these small numbers"),
        (Measure, {"policy": "own"}, "smallest", "Write the smallest count that others may see"),
        (Measure, {"policy": "own", "smallest": "1"}, "smallest", "a whole number, 2 or more"),
        (Measure, {"policy": "own", "smallest": "6.5"}, "smallest", "a whole number, 2 or more"),
        (Measure, {"chart": "u", "per": "0"}, "per", "Write a number above 0"),
        (Focus, {"picked_from": "2020-02", "picked_to": "2020-01"}, "picked_to", "end before they begin"),
        (Score, {"value": "2.7"}, "value", "in halves"),
    ],
)
def test_a_problem_says_what_is_wrong_and_what_to_do(model, typed, field, says):
    assert says in model.draft(typed).problems()[field]


def test_every_rule_for_small_numbers_that_can_be_worked_with_can_be_chosen():
    chosen = {name: Measure(policy=name, policy_reason="x", smallest=5) for name in SMALL_NUMBERS}
    assert {one.policy_in_force for one in chosen.values()} == {*POLICIES, 5}
    assert not any(one.problems() for one in chosen.values())
    assert Measure(policy="none").policy_in_force == "cms11"


def test_an_aim_reads_as_one_sentence():
    aim = Aim.draft(
        {
            "what": "blood pressure under control",
            "population": "adults",
            "place": "Riverbend",
            "baseline": "56",
            "target": "70",
            "by_when": date(2021, 6, 30),
        }
    )
    assert aim.complete
    assert aim.sentence == (
        "By June 30, 2021, blood pressure under control among adults in Riverbend will go from 56% to 70%."
    )


def test_a_key_cannot_be_a_path():
    with pytest.raises(ValueError, match="small letters"):
        Aim(key="../x")

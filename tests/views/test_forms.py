"""Forms against the real store: what a message from the page does, and what comes back."""

import json
import sqlite3
from contextlib import closing
from itertools import count

import pytest

from pophealth.views import forms
from pophealth.views.desk import Pile, Sheet
from pophealth.views.form_spec import naming_field
from pophealth.views.forms import RecordForm, RecordList
from pophealth.views.typed import typed
from pophealth.workspace import store_file
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import (
    MODELS,
    Aim,
    Charter,
    Driver,
    Measure,
    Member,
    Note,
    Rating,
    Score,
    Stakeholder,
)
from pophealth.workspace.store import Workspace

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><svg onload=alert(1)>",
    "javascript:alert(1)",
    '" autofocus onfocus="alert(1)',
    "{{7*7}} ${7*7} `x` \\u003c",
)


@pytest.fixture
def address(tmp_path):
    workspace = Workspace.create(tmp_path / "community", community="Riverbend")
    for slug, name in (("gull-harbor", "Gull Harbor"), ("prairie-rose", "Prairie Rose")):
        workspace.add_team(slug, name)
    workspace.add_person("ana", "Ana Reyes", "member", ["gull-harbor"])
    workspace.add_person("ben", "Ben Cole", "member", ["gull-harbor"])
    workspace.add_person("cora", "Cora Lind", "coach", ["gull-harbor"])
    workspace.add_person("dan", "Dan Okoye", "member", ["prairie-rose"])
    workspace.add_person("fay", "Fay Moreno", "faculty")
    return tmp_path / "community"


@pytest.fixture
def book_of(address):
    return lambda user: Workspace.open(address, user=user).team("gull-harbor")


@pytest.fixture
def tell():
    """Send messages as one open page does: a new sequence number each."""
    numbers = count(1)

    def tell(form, type_, **message):
        return form.reply({"type": type_, "owner": "page", "sequence": next(numbers), **message})

    return tell


def write(tell, form, *, based_on=0, key="", **values):
    return tell(form, "save", values=values, based_on=based_on, key=key)


# what the page is told to draw


@pytest.mark.parametrize("kind", MODELS)
def test_every_kind_can_be_drawn_and_goes_through_json(book_of, kind):
    model = MODELS[kind]
    form = (RecordList if model.many else RecordForm)(book_of("owner"), model)
    spec = json.loads(json.dumps(form.spec))
    assert [field["name"] for field in spec["fields"]] == [field.name for field in model.fields()]
    assert spec["help"] == model.help
    assert json.loads(json.dumps(form.state)) == form.state


def test_a_form_shows_the_same_words_in_every_run_of_a_notebook(book_of):
    form = RecordForm(book_of("ana"), Aim)
    assert repr(form) == "Form: Our aim"
    assert form._repr_mimebundle_()[0]["text/plain"] == "Form: Our aim"


def test_statements_come_in_their_sections(book_of):
    fields = {field["name"]: field for field in RecordList(book_of("ana"), Rating).spec["fields"]}
    first = fields["answers"]["sections"][0]["statements"][0]
    assert (first.name, first.levels[0]) == ("stewardship-1", (0, "not yet"))


def test_the_copy_on_the_device_belongs_to_workspace_team_person_and_kind(book_of, address):
    place = RecordForm(book_of("ana"), Aim).spec["place"]
    assert place[1:] == ["gull-harbor", "ana", "aim"]
    assert str(address) not in json.dumps(place)
    assert place[0] == RecordForm(book_of("ben"), Aim).spec["place"][0]


# saving


def test_what_is_typed_is_kept(book_of, tell):
    form = RecordForm(book_of("ana"), Aim)
    answer = write(tell, form, what="blood pressure under control", baseline="56 %")
    assert (answer["type"], answer["revision"], answer["complete"]) == ("kept", 1, False)
    assert answer["values"]["baseline"] == "56"
    assert book_of("ben").get("aim").record.baseline == 56
    assert form.state["values"]["what"] == "blood pressure under control"


def test_what_cannot_be_read_stays_as_typed_with_a_sentence(book_of, tell):
    answer = write(tell, RecordForm(book_of("ana"), Aim), baseline="most", by_when="soon")
    assert answer["values"]["baseline"] == "most"
    assert answer["problems"]["baseline"].startswith("“most” is not a number")
    assert answer["problems"]["by_when"].startswith("“soon” is not a date")
    assert RecordForm(book_of("ben"), Aim).state["values"]["by_when"] == "soon"


def test_every_kind_comes_back_as_it_was_typed(book_of):
    for model in MODELS.values():
        record = model.draft(
            {field.name: "2" for field in model.fields() if field.input in ("text", "number")}
        )
        assert model.draft(typed(record)) == record


def test_the_same_message_twice_is_kept_once(book_of):
    form = RecordForm(book_of("ana"), Aim)
    message = {"type": "save", "owner": "page", "sequence": 1, "values": {"what": "sleep"}, "based_on": 0}
    assert form.reply(message) == form.reply(dict(message))
    form.reply(message | {"owner": "another page", "values": {"what": "sleep", "place": "Gull Harbor"}})
    assert [entry.revision for entry in book_of("ana").history("aim")] == [2, 1]


def test_a_message_through_the_widget_is_answered_to_the_page(book_of, monkeypatch):
    form, sent = RecordForm(book_of("ana"), Aim), []
    monkeypatch.setattr(form, "send", sent.append)
    message = {"type": "save", "owner": "page", "sequence": 7, "values": {"what": "sleep"}, "based_on": 0}
    form._handle_custom_msg(message, [])
    assert (sent[0]["owner"], sent[0]["sequence"], sent[0]["type"]) == ("page", 7, "kept")


# two people


def test_two_fields_are_merged_and_brought_in(book_of, tell):
    ana, ben = RecordForm(book_of("ana"), Charter), RecordForm(book_of("ben"), Charter)
    write(tell, ana, purpose="Sleep well")
    answer = write(tell, ben, lead="Ben")
    assert answer["brought"] == {"purpose": "Sleep well"}
    assert answer["values"]["lead"] == "Ben"
    assert answer["contested"] == {}


def test_one_field_twice_is_a_conflict_in_which_all_else_is_kept(book_of, tell):
    ana, ben = RecordForm(book_of("ana"), Charter), RecordForm(book_of("ben"), Charter)
    write(tell, ana, purpose="Sleep well", sponsor="Dr. Lee")
    answer = write(tell, ben, purpose="Good sleep for all", lead="Ben")
    assert answer["contested"] == {"purpose": "Sleep well"}
    assert answer["who"] == "Ana Reyes"
    stands = book_of("ana").get("charter")
    assert (stands.record.purpose, stands.record.lead, stands.record.sponsor) == (
        "Sleep well",
        "Ben",
        "Dr. Lee",
    )
    assert answer["revision"] == stands.revision
    refused = [entry for entry in book_of("ana").history("charter") if entry.refused]
    assert [entry.record.purpose for entry in refused] == ["Good sleep for all"]


def test_after_a_conflict_a_choice_is_an_ordinary_save(book_of, tell):
    ana, ben = RecordForm(book_of("ana"), Charter), RecordForm(book_of("ben"), Charter)
    write(tell, ana, purpose="Sleep well")
    told = write(tell, ben, purpose="Good sleep")
    chosen = told["values"] | {"purpose": "Good sleep, sleep well"}
    answer = tell(ben, "save", values=chosen, based_on=told["revision"])
    assert (answer["type"], answer["contested"]) == ("kept", {})
    assert book_of("ana").get("charter").record.purpose == "Good sleep, sleep well"


def test_two_answers_that_cannot_be_read_are_merged_too(book_of, tell):
    ana, ben = RecordForm(book_of("ana"), Aim), RecordForm(book_of("ben"), Aim)
    write(tell, ana, baseline="half")
    answer = write(tell, ben, target="most")
    assert (answer["values"]["baseline"], answer["values"]["target"]) == ("half", "most")


# history


def test_history_says_who_changed_what(book_of, tell):
    ana, ben = RecordForm(book_of("ana"), Measure, "control"), RecordForm(book_of("ben"), Measure, "control")
    first = write(tell, ana, name="Control", better="lower")
    tell(ben, "save", values=first["values"] | {"better": "higher"}, based_on=1)
    newest, oldest = tell(ana, "history")["entries"]
    assert (newest["who"], newest["current"], oldest["current"]) == ("Ben Cole", True, False)
    assert newest["changes"] == [
        {"label": "Which way is better", "before": "lower is better", "after": "higher is better"}
    ]
    assert oldest["values"]["better"] == "lower"


def test_history_marks_refused_versions_and_sharing(book_of, tell):
    ana, ben = RecordForm(book_of("ana"), Charter), RecordForm(book_of("ben"), Charter)
    write(tell, ana, purpose="Sleep well")
    write(tell, ben, purpose="Good sleep")
    tell(ana, "share", shared=True, based_on=1)
    shared, refused, first = tell(ana, "history")["entries"]
    assert shared["what"] == "shared with the other teams"
    assert shared["changes"] == []
    assert refused["what"].startswith("not taken over")
    assert refused["changes"][0]["after"] == "Good sleep"
    assert first["what"] == ""


# sharing


def test_sharing_and_stopping(book_of, address, tell):
    form = RecordForm(book_of("ana"), Aim)
    assert form.spec["may_share"]
    write(tell, form, what="sleep")
    assert tell(form, "share", shared=True, based_on=1)["shared"]
    assert Workspace.open(address, user="dan").shared("aim")
    assert not tell(form, "share", shared=False, based_on=2)["shared"]
    assert not Workspace.open(address, user="dan").shared("aim")


def test_words_nobody_has_looked_at_are_not_shared_unseen(book_of, tell):
    ana, ben = RecordForm(book_of("ana"), Aim), RecordForm(book_of("ben"), Aim)
    write(tell, ana, what="sleep")
    write(tell, ben, what="sleep", place="Gull Harbor")
    answer = tell(ana, "share", shared=True, based_on=1)
    assert not answer["shared"]
    assert answer["values"]["place"] == "Gull Harbor"
    assert "changed since you last saw" in answer["note"]


@pytest.mark.parametrize("model", [Note, Score])
def test_private_records_have_no_share_button(book_of, model):
    assert not RecordList(book_of("owner"), model).spec["may_share"]


# rights and trouble


def test_who_may_only_read_gets_a_sentence_and_no_way_to_write(book_of, tell):
    write(tell, RecordForm(book_of("ana"), Aim), what="sleep")
    form = RecordForm(book_of("cora"), Aim)
    assert form.spec["read_only"]
    assert form.state["values"]["what"] == "sleep"
    answer = write(tell, form, what="my own words", based_on=1)
    assert answer["type"] == "problem"
    assert book_of("ana").get("aim").record.what == "sleep"


def test_who_may_not_see_it_gets_no_word_of_it(book_of, tell):
    write(tell, RecordForm(book_of("ana"), Aim), what="a secret wish")
    form = RecordForm(book_of("fay"), Aim)
    told = [form.state, tell(form, "open"), tell(form, "history")]
    assert "secret" not in json.dumps(told)


def test_a_locked_workspace_is_said_in_one_sentence_and_the_next_try_is_kept(
    book_of, address, tell, monkeypatch
):
    monkeypatch.setattr(store_file, "BUSY_MS", 1)
    form = RecordForm(book_of("ana"), Aim)
    with closing(sqlite3.connect(address / "workspace.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = write(tell, form, what="sleep")
        other.rollback()
    assert answer["type"] == "problem"
    assert answer["sentence"].endswith(".")
    assert write(tell, form, what="sleep")["type"] == "kept"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "save", "values": "not a table", "based_on": 0},
        {"type": "save", "values": {"what": ["a", {"b": 1}]}, "based_on": "x"},
        {"type": "share"},
        {"type": "save"},
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_broken_message_gets_an_answer_and_changes_nothing(book_of, tell, message):
    form = RecordForm(book_of("ana"), Aim)
    answer = form.reply({"owner": "page", "sequence": 1, **message})
    assert answer["type"] == "problem"
    assert book_of("ana").get("aim") is None


def test_the_script_of_forms_is_one_that_widgets_do_not_take_for_an_address():
    assert forms.SCRIPT.startswith("const ")
    assert forms.SCRIPT.rstrip().endswith("export default { render };")


# lists


def test_adding_makes_a_key_from_the_name_and_never_the_same(book_of, tell):
    people = RecordList(book_of("ana"), Member)
    names = ["Zoë Brûlé", "Zoë  Brûlé!", "李", "con", "x" * 200]
    added = [tell(people, "add", name=name)["added"] for name in names]
    assert added[:4] == ["zoe-brule", "zoe-brule-2", "entry", "con-2"]
    assert len(set(added)) == len(names)
    assert [item["title"] for item in people.state["items"]][:3] == ["Zoë Brûlé", "Zoë  Brûlé!", "李"]


def test_a_list_opens_saves_removes_and_brings_back(book_of, tell):
    drivers = RecordList(book_of("ana"), Driver)
    key = tell(drivers, "add", name="Reminder calls")["added"]
    opened = tell(drivers, "open", key=key)
    kept = write(tell, drivers, key=key, based_on=opened["revision"], text="Reminder calls", level="idea")
    assert kept["item"]["detail"] == "idea to try"
    gone = tell(drivers, "remove", key=key, based_on=kept["revision"])
    assert (gone["items"], [item["key"] for item in gone["removed"]]) == ([], [key])
    back = tell(drivers, "restore", key=key)
    assert [item["detail"] for item in back["items"]] == ["idea to try"]
    assert back["removed"] == []


def test_a_bare_number_is_named_in_a_list(book_of, tell):
    partners = RecordList(book_of("ana"), Stakeholder)
    key = tell(partners, "add", name="Food shelf")["added"]
    filled = {
        "name": "Food shelf",
        "sector": "voluntary",
        "affected": "true",
        "influence": "4",
        "interest": "5",
    }
    kept = write(tell, partners, key=key, based_on=1, matters="That nothing is thrown away.", **filled)
    assert kept["item"]["detail"] == "volunteers and charities · Influence 4 · Interest 5"


def test_a_removed_key_is_not_used_again(book_of, tell):
    drivers = RecordList(book_of("ana"), Driver)
    key = tell(drivers, "add", name="Calls")["added"]
    tell(drivers, "remove", key=key, based_on=1)
    assert tell(drivers, "add", name="Calls")["added"] == "calls-2"


def test_what_somebody_just_changed_is_not_removed_unseen(book_of, tell):
    ana, ben = RecordList(book_of("ana"), Driver), RecordList(book_of("ben"), Driver)
    key = tell(ana, "add", name="Calls")["added"]
    write(tell, ben, key=key, based_on=1, text="Calls", owner="Ben")
    answer = tell(ana, "remove", key=key, based_on=1)
    assert [item["revision"] for item in answer["items"]] == [2]
    assert "changed since you last saw" in answer["note"]


def test_who_goes_on_writing_brings_back_what_was_removed(book_of, tell):
    ana, ben = RecordList(book_of("ana"), Driver), RecordList(book_of("ben"), Driver)
    key = tell(ana, "add", name="Calls")["added"]
    tell(ben, "remove", key=key, based_on=1)
    answer = write(tell, ana, key=key, based_on=1, text="Calls in Spanish")
    assert answer["type"] == "kept"
    assert book_of("ben").get("driver", key).record.text == "Calls in Spanish"


def test_records_without_a_name_are_numbered(book_of, tell):
    scores = RecordList(book_of("owner"), Score)
    assert naming_field(Score) is None
    assert [tell(scores, "add", name="")["added"] for _ in range(2)] == ["score", "score-2"]


# text is data


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_comes_back_as_it_is(book_of, tell, payload):
    people = RecordList(book_of("ana"), Member)
    key = tell(people, "add", name=payload)["added"]
    opened = tell(people, "open", key=key)
    assert opened["values"]["name"] == payload
    assert opened["item"]["title"] == payload
    assert key.replace("-", "").isalnum()


def test_an_unknown_kind_of_key_is_refused(book_of, tell):
    with pytest.raises(Problem):
        Sheet(book_of("ana"), Member, "../x").state()
    assert tell(RecordList(book_of("ana"), Member), "open", key="../x")["type"] == "problem"
    assert Pile(book_of("ana"), Member).state() == {"items": [], "removed": []}

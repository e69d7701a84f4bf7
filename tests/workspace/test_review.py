"""Step 5 as tables: answers on the ladder, what was heard and agreed to, causes; and what is kept within."""

from datetime import date

import pandas as pd
import pytest

from pophealth.stats import segments
from pophealth.workspace import groups, review, samples
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Cause, Conversation, Focus, Ladder, Measure, Staff
from pophealth.workspace.store import Workspace

TODAY = samples.LAST_DAY
TALK = {"segment": "Elders", "month": "2021-02", "consent": True, "themes": "a ride", "matters": "It is far."}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return samples.build(tmp_path_factory.mktemp("sample") / "workspace.sqlite")


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("6 8\n3 -\n\n 10,10 \n- -", [(6, 8), (3, None), (10, 10), (None, None)]),
        ("7/8\n7\t8", [(7, 8), (7, 8)]),
        ("", []),
    ],
)
def test_answers_are_read_as_people_write_them(typed, pairs):
    record = Ladder.draft({"answers": typed, "invited": "9"})
    assert record.pairs == pairs
    assert record.problems() == {}


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"answers": "6 8\nsix eight"}, "answers", "Line 2, “six eight”, is not two steps from 0 to 10."),
        ({"answers": "6 11"}, "answers", "Line 1, “6 11”"),
        ({"answers": "6 8 9"}, "answers", "Line 1"),
        ({"answers": "6 8\n7 7", "invited": "1"}, "invited", "at least the 2 who answered"),
        ({"answers": "6 8", "invited": "2.5"}, "invited", "whole number"),
    ],
)
def test_answers_that_cannot_be_are_named(typed, field, says):
    assert says in Ladder.draft(typed).problems()[field]


@pytest.mark.parametrize("model", [Conversation, Staff])
@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("call me at 555-0142", "phone number"),
        ("my number is (312) 555 0142", "phone number"),
        ("write to ana@harbor.example", "phone number or an address"),
        ("Mrs. Alvarez next door", "looks like a name"),
        ("Doña Carmen cooks", "looks like a name"),
    ],
)
def test_what_points_at_a_person_is_asked_about_again(model, words, says):
    assert says in model.draft({"helps": words}).problems()["helps"]


@pytest.mark.parametrize(
    "words", ["Don't call at ten.", "In 2021 we were 43 of 120.", "I was 50-60 miles away."]
)
def test_ordinary_words_are_left_alone(words):
    assert Conversation.draft({"matters": words}).problems() == {}


def test_a_group_chosen_before_is_still_read(book):
    old = {"group": "Elders", "reason": "They told us.", "measure": "walks", "picked_from": "2020-01-01"}
    focus = Focus.from_body(old)
    assert (focus.group, focus.measure, focus.picked_from) == ("Elders", "walks", date(2020, 1, 1))
    assert focus.complete


def test_only_talks_with_a_yes_are_used(book):
    book.save(Conversation.draft(TALK, "one"), based_on=0)
    book.save(Conversation.draft({**TALK, "consent": False, "themes": "a secret"}, "two"), based_on=0)
    book.save(Conversation.draft({**TALK, "themes": "A  RIDE; what it costs"}, "three"), based_on=0)
    book.save(Conversation.draft({**TALK, "month": "2021-09", "themes": "later"}, "four"), based_on=0)
    book.save(Conversation.draft({**TALK, "themes": ""}, "five"), based_on=0)
    book.save(Staff.draft({"role": "nurses", "month": "2021-01", "themes": "what it costs"}, "n"), based_on=0)
    found = review.heard(book, as_of=TODAY)
    assert found.to_numpy().tolist() == [
        ["care teams", 1, "", "what it costs"],
        ["people", 1, "Elders", "a ride"],
        ["people", 2, "Elders", "a ride"],
        ["people", 2, "Elders", "what it costs"],
        ["people", 3, "Elders", ""],
    ]
    talks = segments.saturation(found[found["source"].eq("people")], when="talk")
    assert talks["new"].tolist() == [1, 1, 0]


def test_an_empty_team_gets_tables_with_their_columns(book):
    heard, said = review.heard(book, as_of=TODAY), review.said(review.causes(book))
    assert segments.saturation(heard, when="talk").empty
    assert segments.triangulate(said).empty
    assert segments.pillars(review.causes(book))["count"].tolist() == [0, 0, 0, 0]
    answers = review.answers(book, as_of=TODAY)
    asked = {"by": "group", "when": "month", "invited": review.invited(book, as_of=TODAY)}
    assert segments.ladder(answers, now="now", future="future", **asked).empty


def test_half_a_round_is_not_counted(book):
    book.save(Ladder.draft({"group": "Elders", "month": "2021-01", "answers": "6 8"}, "a"), based_on=0)
    assert review.answers(book, as_of=TODAY).empty
    whole = {"group": "Elders", "month": "2021-01", "answers": "6 8", "invited": "3"}
    book.save(Ladder.draft(whole, "b"), based_on=0)
    assert review.answers(book, as_of=TODAY)[["now", "future"]].to_numpy().tolist() == [[6, 8]]
    assert review.invited(book, as_of=TODAY)["invited"].tolist() == [3]
    assert review.answers(book, as_of=date(2020, 12, 31)).empty


@pytest.mark.parametrize("kind", ["conversation", "ladder"])
def test_what_people_said_is_read_by_the_team_and_its_coach_and_never_shared(sample, kind):
    readers = {
        user: len(Workspace.open(sample._file.path, user=user).team("gull-harbor").list(kind)) > 0
        for user in ("ana", "sam", "imani", "robin")
    }
    assert readers == {"ana": True, "sam": True, "imani": False, "robin": True}
    book = sample.team("gull-harbor")
    entry = book.list(kind)[0]
    with pytest.raises(Problem, match="cannot share"):
        book.share(kind, entry.key, shared=True, based_on=entry.revision)
    assert sample.shared(kind) == []


def test_the_sample_says_in_words_what_its_talks_say(sample):
    harbor = review.heard(sample.team("gull-harbor"), as_of=date(2020, 9, 30))
    people = harbor[harbor["source"].eq("people")]
    named = people.groupby("theme")["talk"].nunique()
    assert people["talk"].max() == 11
    assert (named["Being called in my language"], named["What pills cost"]) == (9, 5)
    assert named["A time that fits the shift"] == 4
    rose = review.heard(sample.team("prairie-rose"), as_of=TODAY)
    rose = rose[rose["source"].eq("people")].groupby("theme")["talk"].nunique()
    assert (rose["What it costs"], rose["A person on the line"]) == (8, 1)
    lake = review.heard(sample.team("northlake"), as_of=TODAY)
    assert lake.loc[lake["source"].eq("people"), "talk"].max() == 4


def test_the_sample_has_groups_that_change_places_with_age(sample):
    table = pd.read_csv(samples.folder() / "14-gull-harbor-heart.csv", keep_default_na=False)
    rate = table.groupby(["stratifier", "stratum"])[["numerator", "denominator"]].sum()
    rate = rate["numerator"] / rate["denominator"]
    assert rate["language", "Spanish"] < rate["language", "English"]
    bands = ("45-64", "65-74", "75 and over")
    assert all(
        rate["language x age", f"Spanish x {band}"] > rate["language x age", f"English x {band}"]
        for band in bands
    )


def test_all_that_was_written_in_step_five_is_complete(sample):
    for team in sample.teams():
        book = sample.team(team.slug)
        for kind in ("staff", "conversation", "cause", "ladder"):
            for record in book.records(kind):
                assert record.complete, (team.slug, kind, record.key, record.missing)
        for cause in book.records("cause"):
            names = {asset.name for asset in book.records("asset")}
            assert isinstance(cause, Cause)
            assert cause.asset in names | {""}, cause.asset
    assert not sample.team("painted-ridge").records("conversation")


@pytest.mark.parametrize(
    ("better", "over", "fine"), [("higher", 9, True), ("neither", 9, False), ("lower", 11, False)]
)
def test_groups_are_set_side_by_side_only_where_that_can_be(better, over, fine):
    table = pd.DataFrame({"stratum": ["a", "b"], "numerator": [4, over], "denominator": [10, 10]})
    assert groups.comparable(table, Measure(better=better)) is fine
    assert not groups.comparable(table.iloc[:1], Measure(better=better))


def test_a_tiny_group_is_no_reference_unless_a_team_says_so():
    table = pd.DataFrame({"stratum": ["a", "b", "c"], "numerator": [5, 60, 40], "denominator": [5, 100, 100]})
    assert groups.reference(table, Focus(), "higher") == "b"
    assert groups.reference(table, Focus(), "lower") == "c"
    assert groups.reference(table, Focus(reference="a"), "higher") == "a"
    assert groups.reference(table.iloc[:1], Focus(), "higher") == "a"
    assert groups.reference(table.iloc[:0], Focus(), "higher") == ""

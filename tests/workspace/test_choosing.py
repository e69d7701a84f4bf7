"""Choosing together as tables: what there is to choose from, and ballots that stay their authors' own."""

from datetime import date

import pytest

from pophealth.workspace import choosing, progress
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import MODELS, Ballot, Criteria, Decision
from pophealth.workspace.records_choosing import CRITERIA, statement
from pophealth.workspace.store import Workspace
from tests.delivery.teams import write

ITEMS = ("own-sleep", "own-rides")


@pytest.fixture
def chosen(book):
    """Gull Harbor with two things to choose from."""
    for name in ("Sleep", "Rides"):
        write(book, "outcome", name.lower(), name=name, whom="Neighbors")
    return book


def vote(book, code, points, *, view="staff", dots=None, stops=None, key=""):
    """Cast a ballot that gives an item the same points on each criterion."""
    scores = {statement(name, item): mark for item, mark in points.items() for name in CRITERIA}
    values = {"code": code, "view": view, "scores": scores, "dots": dots or {}, "stops": stops or {}}
    write(book, "ballot", key or f"hidden-{code}", **values)


def scores(book, criterion="size"):
    table = choosing.ballots(book)
    return table[table["criterion"].eq(criterion)].pivot_table("score", "person", "item", dropna=False)


def test_what_earlier_steps_found_can_be_chosen_without_typing(book):
    write(book, "focus", "men", group="Men who work alone")
    write(book, "cause", "no-one", cause="No one to tell")
    said = {"segment": "Men", "source": "listening", "said": "It is quiet.", "date": "2021-02-01"}
    write(book, "theme", "a", theme="A line that holds", consent=True, **said)
    write(book, "theme", "b", theme="a line that  holds", consent=True, **said)
    write(book, "theme", "c", theme="Not to be seen", consent=False, **said)
    for key, decision in (("plan", "join"), ("old", "stop")):
        write(book, "priority", key, name=f"The {key}", decision=decision)
    write(book, "rating", "oak", rater="oak", answers={"equity-1": 0, "equity-2": 0})
    found = choosing.candidates(book)
    assert found["key"].tolist() == [
        *("focus-men", "cause-no-one", "theme-a-line-that-holds", "section-fairness", "promise-plan")
    ]
    assert found["step"].tolist() == ["focus", "focus", "matters", "standing", "align"]
    assert choosing.items(book).empty
    write(book, "shortlist", picked={"focus-men": 1, "promise-plan": 1, "cause-no-one": None})
    assert choosing.items(book)["name"].tolist() == ["Men who work alone", "The plan"]


def test_until_a_theme_is_heard_what_matters_to_affected_partners_can_be_chosen(book):
    write(book, "stakeholder", "neighbors", name="Neighbors", affected=True, matters="A warm meal")
    write(book, "stakeholder", "council", name="Council", affected=False, matters="A longer plan")
    write(book, "stakeholder", "shelf", name="Food shelf", affected=True, matters="Nothing thrown away")
    found = choosing.candidates(book)
    assert found[["key", "name", "step"]].to_numpy().tolist() == [
        ["partner-neighbors", "A warm meal", "matters"],
        ["partner-shelf", "Nothing thrown away", "matters"],
    ]
    write(book, "shortlist", picked={"partner-neighbors": 1})
    said = {"segment": "Men", "source": "listening", "said": "It is quiet.", "date": "2021-02-01"}
    write(book, "theme", "a", theme="A line that holds", consent=True, **said)
    assert choosing.candidates(book)["name"].tolist() == ["A line that holds", "A warm meal"]
    assert choosing.items(book)["name"].tolist() == ["A warm meal"]


def test_a_section_that_was_picked_stays_when_others_sink_lower(book):
    answers = {f"{slug}-{number}": 1 for slug in ("equity", "payment", "stewardship") for number in (1, 2, 3)}
    write(book, "rating", "oak", rater="oak", answers={"equity-1": 1, "equity-2": 1})
    write(book, "shortlist", picked={"section-fairness": 1})
    worse = {f"{slug}-{n}": 0 for slug in ("payment", "stewardship", "partnership") for n in (1, 2, 3, 4)}
    worse |= {f"{section.slug}-{n}": 0 for section in book.instrument.sections[2:6] for n in (1, 2, 3, 4)}
    write(book, "rating", "elm", rater="elm", answers=answers | worse)
    lowest = choosing.ratings.next_steps(choosing.ratings.section_scores(choosing.ratings.answers(book)))
    assert "Fairness" not in lowest["section"].tolist()
    assert choosing.items(book)["name"].tolist() == ["Fairness"]


def test_things_with_one_name_are_told_apart(book):
    write(book, "cause", "price", cause="What pills cost")
    for key in ("one", "two"):
        write(book, "outcome", key, name="what pills cost", whom="All")
    write(book, "shortlist", picked={"cause-price": 1})
    names = choosing.items(book)["name"]
    assert names.is_unique
    assert names.iloc[0] == "What pills cost (what may lie behind it)"


def test_every_criterion_comes_with_words_and_can_be_changed_or_left_out(book):
    assert choosing.criteria(book)["weight"].tolist() == [1.0] * 5
    write(book, "criteria", harm="How much it hurts", size_weight="out", fair_weight="twice")
    found = choosing.criteria(book).set_index("criterion")
    assert found["weight"].to_dict() == {"harm": 1.0, "works": 1.0, "fair": 2.0, "wanted": 1.0}
    assert found.loc["harm", "question"] == "How much it hurts"
    nothing = {f"{name}_weight": "out" for name in CRITERIA}
    assert "Nothing counts now" in Criteria(**nothing).problems()["size_weight"]


def test_one_ballot_is_not_counted_and_two_are(chosen, other):
    vote(chosen, "oak", {"own-sleep": 5, "own-rides": 1})
    assert (choosing.count(chosen), len(choosing.ballots(chosen))) == (1, 0)
    vote(other, "elm", {"own-sleep": 3})
    table = scores(chosen)
    assert choosing.count(chosen) == 2
    assert sorted(table["own-sleep"]) == [3, 5]
    assert table["own-rides"].isna().sum() == 1


def test_nobody_opens_the_ballot_of_another(chosen, other, folder):
    vote(chosen, "oak", {"own-sleep": 5})
    vote(other, "elm", {"own-sleep": 3})
    assert [one.code for one in chosen.records("ballot")] == ["oak"]
    assert [one.code for one in other.records("ballot")] == ["elm"]
    coach, steward = (Workspace.open(folder, user=user) for user in ("cora", None))
    assert coach.team("gull-harbor").records("ballot") == steward.team("gull-harbor").records("ballot") == []
    assert choosing.count(coach.team("gull-harbor")) == 2
    with pytest.raises(Problem, match="share"):
        chosen.share("ballot", "hidden-oak", shared=True, based_on=1)
    assert not {"code", "author"} & set(choosing.ballots(chosen).columns)
    assert "oak" not in choosing.ballots(chosen).to_csv()


def test_a_ballot_is_no_news(chosen):
    vote(chosen, "oak", {"own-sleep": 5})
    news = progress.since_last(chosen, date(2000, 1, 1), as_of=date(2100, 1, 1))
    assert "Outcome of our own (new): Sleep" in news["What"].tolist()
    assert not news["What"].str.contains("oak").any()


def test_only_the_team_and_its_coach_see_what_was_counted(chosen, folder):
    vote(chosen, "oak", {"own-sleep": 5})
    faculty = Workspace.open(folder, user="fay").team("gull-harbor")
    for look in (choosing.ballots, choosing.count):
        with pytest.raises(Problem, match=r"^Only Gull Harbor and its coach see this"):
            look(faculty)


def test_a_code_used_twice_counts_once_and_a_removed_or_blank_ballot_not_at_all(chosen):
    vote(chosen, "oak", {"own-sleep": 5})
    vote(chosen, " OAK ", {"own-sleep": 1}, key="later")
    vote(chosen, "elm", {"own-sleep": 2})
    write(chosen, "ballot", "blank", code="yew")
    vote(chosen, "ash", {"own-sleep": 4})
    chosen.delete("ballot", "hidden-ash", based_on=1)
    assert sorted(scores(chosen)["own-sleep"]) == [1, 2]


def test_more_than_three_dots_are_said_and_not_counted(chosen):
    vote(chosen, "oak", {}, dots={"own-sleep": 2, "own-rides": 1})
    vote(chosen, "elm", {"own-sleep": 1}, dots={"own-sleep": 3, "own-rides": 2})
    dots = scores(chosen, choosing.VOTES)
    assert dots["own-sleep"].sum() == 2
    assert dots["own-rides"].sum() == 1
    greedy = Ballot(dots={"own-sleep": 3, "own-rides": 2})
    assert greedy.problems()["dots"] == "You gave 5 dots. Everyone has 3, so take some back."


def test_what_stops_an_item_is_a_no_to_one_question_and_leaves_the_others_open(chosen):
    vote(chosen, "oak", {}, stops={"own-rides": 2, "own-sleep": 0})
    vote(chosen, "elm", {"own-sleep": 1})
    table = choosing.ballots(chosen).dropna(subset=["score"])
    asked = table[table["criterion"].str.startswith("stop-")].groupby("item")["score"]
    assert asked.sum().to_dict() == {"own-rides": 0, "own-sleep": 5}
    assert asked.size().to_dict() == {"own-rides": 1, "own-sleep": 5}


def test_sides_are_only_told_when_both_have_three(chosen):
    for number in range(3):
        vote(chosen, f"s{number}", {"own-sleep": 1}, view="leader" if number else "staff")
        vote(chosen, f"r{number}", {"own-sleep": 5}, view="resident")
        told = set(choosing.ballots(chosen)["side"])
        assert told <= ({"resident", "staff"} if number == 2 else {""})
    vote(chosen, "p", {"own-sleep": 3}, view="partner")
    assert choosing.ballots(chosen).groupby("side")["person"].nunique().to_dict() == {
        "": 1,
        "resident": 3,
        "staff": 3,
    }


def test_decisions_stand_in_the_order_of_their_days_with_dissent(chosen):
    about = {"why": "It is first.", "dissent": "One resident: rides first."}
    write(chosen, "decision", "later", chosen="own-rides", date="2021-03-01", **about)
    write(chosen, "decision", "first", chosen="own-sleep", date="2021-01-01", **about)
    found = choosing.decisions(chosen)
    assert found["name"].tolist() == ["Sleep", "Rides"]
    assert set(found["dissent"]) == {"One resident: rides first."}
    assert Decision(**about, date="2021-01-01").summary == "January 1, 2021: It is first."


def test_no_key_of_a_grid_can_be_taken_for_a_number():
    for kind in ("shortlist", "criteria", "ballot", "decision"):
        for field in MODELS[kind].fields():
            assert not any(value.isdigit() for value, _ in field.choices), (kind, field.name)
    assert all(not statement(name, "own-1").isdigit() for name in CRITERIA)

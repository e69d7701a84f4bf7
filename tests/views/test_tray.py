"""A file of counts sent from a page: what is said of it, and nothing is kept before the person says so."""

from itertools import count

import pytest

from pophealth.views.forms import CountsForm
from pophealth.workspace.records import Measure
from pophealth.workspace.store import Workspace

HEADER = "measure,period,numerator,denominator,stratifier,stratum\n"
GOOD = HEADER + "visits,2020-01,4,9,,\nvisits,2020-02,5,9,,\nvisits,2020-02,2,4,language,Spanish\n"


@pytest.fixture
def address(tmp_path):
    workspace = Workspace.create(tmp_path / "community", community="Riverbend")
    team = workspace.add_team("harbor", "Harbor")
    team.save(Measure(key="visits", name="Visits kept"), based_on=0)
    workspace.add_person("ana", "Ana Reyes", "member", ["harbor"])
    workspace.add_person("fay", "Fay Moss", "faculty")
    return tmp_path / "community"


@pytest.fixture
def book(address):
    return Workspace.open(address, user="ana").team("harbor")


@pytest.fixture
def form(book):
    return CountsForm(book)


@pytest.fixture
def say(form):
    """Send messages as the page does."""
    numbers = count(1)

    def say(type_, **message):
        return form.reply({"type": type_, "owner": "page", "sequence": next(numbers), **message})

    return say


def look(say, content, name="counts.csv", **more):
    return say("look", name=name, content=content.encode(), **more)


def test_a_good_file_is_told_first_and_kept_only_when_asked(say, book, form):
    told = look(say, GOOD)
    assert told["ready"]
    assert told["sentence"] == (
        "counts.csv can be read: three rows about one measure, January to February 2020, in one group."
    )
    assert book.counts("visits").empty
    kept = say("take")
    assert (kept["type"], kept["sentence"]) == ("kept", "Kept: three rows from counts.csv.")
    assert book.counts("visits")["numerator"].sum() == 11
    assert form.state["brought"][0].startswith("counts.csv · three rows · Ana Reyes, ")


def test_numbers_that_are_brought_again_take_the_place_of_the_first(say):
    look(say, GOOD)
    say("take")
    look(say, GOOD.replace("visits,2020-02,5", "visits,2020-02,6"))
    assert say("take")["sentence"] == "Kept: three rows from counts.csv. Three earlier rows made way."


def test_what_is_wrong_is_listed_row_by_row_and_cannot_be_kept(say, book):
    told = look(say, HEADER + "visits,2020-01,10,9,,\nvisits,soon,1,9,,\n")
    assert told["sentence"] == "Two things to mend in counts.csv first. Nothing is kept yet."
    assert [(row["row"], row["column"]) for row in told["problems"]] == [("2", "numerator"), ("3", "period")]
    assert not told["ready"]
    assert say("take")["type"] == "opened"
    assert book.counts("visits").empty


def test_a_wrong_file_after_a_good_one_takes_the_good_one_away(say, book):
    look(say, GOOD)
    look(say, HEADER + "visits,2020-01,10,9,,\n")
    assert say("take")["type"] == "opened"
    assert book.counts("visits").empty


def test_a_file_that_names_no_measure_asks_which_one(say, book):
    told = look(say, "month,numerator,denominator\n2020-01,4,9\n")
    assert told["unnamed"]
    assert told["sentence"] == "counts.csv does not say which measure it is about. Choose one above."
    assert look(say, "month,numerator,denominator\n2020-01,4,9\n", measure="visits")["ready"]
    say("take")
    assert len(book.counts("visits")) == 1


def test_a_list_of_people_is_refused_with_where_it_shows(say, book):
    told = look(say, "mrn,measure,period,numerator,denominator\n10041,visits,2020-01,1,1\n")
    assert "may point at a person, so nothing was kept" in told["sentence"]
    assert "10041" not in str(told)
    assert say("take")["type"] == "opened"


def test_long_lists_are_cut_and_counted(say):
    rows = "".join(f"visits,2020-01,{10 + place},9,language,group {place}\n" for place in range(30))
    told = look(say, HEADER + rows)
    assert (len(told["problems"]), told["more"]) == (20, 10)


def test_the_same_file_twice_and_a_picture_get_one_sentence(say):
    look(say, GOOD)
    say("take")
    look(say, GOOD)
    again = say("take")
    assert again["type"] == "problem"
    assert "This file is here already" in again["sentence"]
    picture = say("look", name="chart.pdf", content=b"%PDF-1.7 ")
    assert picture["sentence"].startswith("chart.pdf is a PDF.")


def test_a_path_in_the_name_of_a_file_is_only_a_name(say):
    assert look(say, GOOD, name="../../etc/counts.csv")["sentence"].startswith("counts.csv can be read")


def test_who_may_only_read_can_bring_nothing(address):
    form = CountsForm(Workspace.open(address, user="fay").team("harbor"))
    assert form.spec["read_only"] == "You can read this. Only the team itself can bring counts."
    form.reply({"type": "look", "owner": "page", "sequence": 1, "name": "a.csv", "content": GOOD.encode()})
    assert form.reply({"type": "take", "owner": "page", "sequence": 2})["type"] in ("opened", "problem")
    assert form.state["brought"] == []
    assert Workspace.open(address, user="ana").team("harbor").counts("visits").empty

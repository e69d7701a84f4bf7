"""Step 7 as tables: what hangs on what, what to look at again, whys, projects, and what was kept before."""

import pandas as pd
import pytest

from pophealth.views import driver_words
from pophealth.workspace import driver_checks, drivers
from pophealth.workspace.records import MODELS, Driver, Why
from pophealth.workspace.store import Workspace


@pytest.fixture
def book(tmp_path):
    workspace = Workspace.create(tmp_path / "community", community="Riverbend")
    return workspace.add_team("harbor", "Harbor")


def write(book, kind, key="", **values):
    book.save(MODELS[kind].draft(values, key), based_on=0)


def driver(book, key, level, parent="", **values):
    write(book, "driver", key, text=key.capitalize(), level=level, parent=parent, **values)


def hung(table):
    return dict(zip(table["key"], table["parent"], strict=True))


def test_a_driver_kept_before_ideas_had_reasons_reads_as_it_was():
    old = {"text": "Calls", "level": "idea", "parent": "reached", "measure": "calls", "owner": "Ana"}
    record = Driver.from_body(old, "calls")
    assert (record.text, record.level, record.parent, record.owner) == ("Calls", "idea", "reached", "Ana")
    assert (record.group, record.impact, record.unread, record.complete) == ("", "", {}, True)


def test_drivers_come_in_the_order_of_the_tree(book):
    for key, level, parent in (
        ("script", "idea", "spanish"),
        ("pills", "primary", ""),
        ("reached", "primary", ""),
        ("spanish", "secondary", "reached"),
        ("refills", "idea", "pills"),
        ("stray", "idea", ""),
    ):
        driver(book, key, level, parent)
    table = drivers.drivers(book)
    assert table["key"].tolist() == ["pills", "refills", "reached", "spanish", "script", "stray"]
    assert drivers.below(table, "reached")["key"].tolist() == ["spanish", "script"]
    assert drivers.loose(table)["key"].tolist() == ["stray"]


@pytest.mark.parametrize("named", ["reached", "Reached", "  REACHED "])
def test_what_it_hangs_on_is_found_by_key_or_by_its_words(book, named):
    driver(book, "reached", "primary")
    driver(book, "script", "idea", named)
    assert hung(drivers.drivers(book))["script"] == "reached"


def test_it_hangs_on_the_nearest_driver_above_it(book):
    driver(book, "reached", "primary", "script")
    driver(book, "script", "idea", "reached")
    driver(book, "script-two", "idea", "script")
    driver(book, "calls", "secondary", "calls-two")
    driver(book, "calls-two", "secondary", "reached")
    assert hung(drivers.drivers(book)) == {
        "reached": "",
        "script": "reached",
        "script-two": "reached",
        "calls": "reached",
        "calls-two": "reached",
    }


def test_a_ring_of_drivers_hangs_on_nothing(book):
    for key, parent in (
        ("one", "three"),
        ("two", "one"),
        ("three", "two"),
        ("four", "four"),
        ("five", "gone"),
    ):
        driver(book, key, "secondary", parent)
    table = drivers.drivers(book)
    assert set(table["key"]) == {"one", "two", "three", "four", "five"}
    assert table["parent"].eq("").all()


def test_measures_groups_and_tests_hang_on_it_in_words(book):
    write(book, "measure", "calls-made", name="Calls made")
    write(book, "focus", "night", group="Night workers")
    driver(book, "calls", "primary", measure="calls-made", group="night", impact="4")
    for key, decision in (("first", "adapt"), ("second", "adopt"), ("third", "")):
        write(book, "test", key, name=key, driver="calls", decision=decision)
    row = drivers.drivers(book).iloc[0]
    assert (row["measure"], row["group"], row["tests"], row["kept"]) == ("Calls made", "Night workers", 3, 1)
    assert (row["impact"], pd.isna(row["effort"])) == (4.0, True)


def look(book):
    table = driver_checks.look_at(drivers.drivers(book), groups=drivers.groups(book))
    return table.set_index("point")


def test_nothing_written_asks_for_main_drivers_only(book):
    assert look(book).index.tolist() == ["Few main drivers"]
    assert not look(book).loc["Few main drivers", "there"]


def test_an_idea_without_a_driver_is_named(book):
    driver(book, "reached", "primary")
    driver(book, "stray", "idea")
    point = look(book).loc["Everything hangs on a driver"]
    assert not point["there"]
    assert "Hang it on a driver: Stray." in point["sentence"]


def test_a_driver_without_an_idea_or_a_measure_is_named(book):
    driver(book, "reached", "primary")
    driver(book, "spanish", "secondary", "reached")
    points = look(book)
    assert "Nothing to try yet: Reached; Spanish." in points.loc["An idea for each driver", "sentence"]
    assert "No measure yet: Reached." in points.loc["A measure for each main driver", "sentence"]
    driver(book, "script", "idea", "spanish")
    write(book, "driver", "pills", text="Pills", level="secondary", parent="reached", measure="refills")
    points = look(book)
    assert "Nothing to try yet: Pills." in points.loc["An idea for each driver", "sentence"]
    assert points.loc["A measure for each main driver", "there"]


@pytest.mark.parametrize(("count", "there"), [(1, True), (7, True), (8, False)])
def test_more_than_seven_main_drivers_are_too_many(book, count, there):
    for number in range(count):
        driver(book, f"driver-{number}", "primary")
    point = look(book).loc["Few main drivers"]
    assert point["there"] == there
    assert ("There are 8 main drivers." in point["sentence"]) is not there


def test_a_chosen_group_without_an_idea_of_its_own_is_named(book):
    driver(book, "script", "idea")
    name = "Something of its own for each chosen group"
    assert name not in look(book).index
    write(book, "focus", "night", group="Night workers")
    write(book, "focus", "new", group="New parents")
    driver(book, "late-calls", "idea", group="night")
    point = look(book).loc[name]
    assert not point["there"]
    assert "No idea of its own yet: New parents." in point["sentence"]


def test_long_lists_name_three_and_count_the_rest(book):
    for number in range(5):
        driver(book, f"idea-{number}", "idea")
    assert "Idea-0; Idea-1; Idea-2; and 2 more." in look(book).loc["Everything hangs on a driver", "sentence"]


def test_causes_carry_their_whys_and_the_drivers_that_take_them_on(book):
    said = {"pillar": "behavior", "numbers": "supports", "people": "supports"}
    write(book, "cause", "fear", cause="Fear of the letter", staff="silent", **said)
    write(book, "cause", "bus", cause="The bus stops at six", staff="supports", **said)
    write(book, "cause", "luck", cause="Bad luck", staff="contradicts")
    write(book, "why", "why", cause="fear", first="It threatens", second="A lawyer wrote it")
    driver(book, "ride", "primary", cause="bus")
    table = drivers.whys(book, drivers.drivers(book)).set_index("cause")
    assert table["supporting"].to_dict() == {
        "The bus stops at six": 3,
        "Fear of the letter": 2,
        "Bad luck": 0,
    }
    assert table.loc["Fear of the letter", "whys"] == ["It threatens", "A lawyer wrote it"]
    assert table.loc["The bus stops at six", "drivers"] == ["Ride"]
    assert table.loc["Bad luck", ["whys", "drivers"]].tolist() == [[], []]


def test_a_chain_is_called_by_its_deepest_answer():
    assert Why(first="It threatens", second="A lawyer wrote it").summary == "A lawyer wrote it"
    assert Why().summary == "Chain of whys"


def test_projects_say_what_they_work_on_and_which_promise_they_serve(book):
    driver(book, "ride", "primary")
    write(book, "priority", "grant", name="County grant")
    write(book, "project", "van", name="Van", owner="Ana", state="running", driver="ride", priority="grant")
    write(book, "project", "walk", name="Walk", owner="Ben", state="planned", driver="long gone")
    table = drivers.projects(book).set_index("name")
    assert table.loc["Van", ["driver", "key", "priority"]].tolist() == ["Ride", "ride", "County grant"]
    assert table.loc["Walk", ["driver", "key", "priority"]].tolist() == ["long gone", "", ""]


def test_balance_shows_the_empty_places_too():
    ideas = pd.DataFrame(
        {"text": ["Calls", "A walk"], "portfolio": ["health", ""], "pillar": ["behavior", "behavior"]}
    )
    table = drivers.balance(ideas)
    assert table.groupby("by")["count"].sum().to_dict() == {"pillar": 2, "portfolio": 1}
    assert len(table) == 8
    assert table.loc[table["name"].eq("behavior"), "ideas"].tolist() == [["Calls", "A walk"]]
    assert (drivers.balance(ideas.iloc[:0])["count"] == 0).all()


def test_tables_of_an_empty_team_have_their_columns(book):
    table = drivers.drivers(book)
    assert table.empty
    assert [*drivers.COLUMNS, *drivers.GUESSES] == table.columns.tolist()
    assert drivers.whys(book, table).empty
    assert drivers.projects(book).empty


def test_a_strength_carries_a_main_driver_that_names_it_or_has_an_idea_that_does(book):
    write(book, "asset", "hall", name="Parish hall")
    driver(book, "reached", "primary")
    driver(book, "spanish", "secondary", "reached")
    driver(book, "script", "idea", "spanish", asset="hall")
    driver(book, "pills", "primary", asset="The pharmacist")
    table = drivers.carried(drivers.drivers(book), ["Parish hall", "Choir"])
    assert table.index.tolist() == ["Parish hall", "Choir", "The pharmacist"]
    assert table["Reached"].tolist() == [True, False, False]
    assert table["Pills"].tolist() == [False, False, True]
    said = driver_words.carried(table)
    assert said == ("Two of three strengths carry a main driver.", "What could it do: Choir?")


def test_drivers_that_stand_on_no_strength_are_named(book):
    driver(book, "reached", "primary")
    said = driver_words.carried(drivers.carried(drivers.drivers(book), ["Choir"]))
    assert said == ("No strength carries yet: Reached.", "What could it do: Choir?")

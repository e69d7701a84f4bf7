"""Ramps of tests: what is drawn, where it stands, and what is said about it."""

from datetime import date
from itertools import combinations

import pandas as pd
import pytest

from pophealth.views import cycle_words, ramps, theme
from pophealth.views.lettering import text_width
from tests.hostile import PAYLOADS
from tests.views.reading_age import grade

BLANK = dict.fromkeys(["after", "measure", "learned", "surprise", "next"], "")


def made(*rows):
    """Make tests of idea, first day, scale and decision; all predicted, decided where there is a decision."""
    table = pd.DataFrame(rows, columns=["idea", "start", "scale", "decision"])
    days = pd.to_datetime(table["start"])
    state = table["decision"].map(lambda word: "decided" if word else "running")
    keys = [f"test-{place}" for place in range(len(table))]
    names = [f"Test {place + 1}" for place in range(len(table))]
    table = table.assign(key=keys, name=names, start=days, end=days + pd.Timedelta(days=9), state=state)
    table["number"] = range(1, len(table) + 1)
    return table.assign(due=days + pd.Timedelta(days=14), predicted=True, **BLANK)


CLIMB = made(
    ("A call", "2021-01-04", "1", "adopt"),
    ("A call", "2021-01-18", "3", "adapt"),
    ("A flyer", "2021-02-01", "everyone", "abandon"),
    ("A call", "2021-03-01", "5", ""),
)


def drawings(tests):
    chart = ramps.ramps(tests, title="Some title").to_dict(validate=False)
    return [chart, chart["usermeta"]["narrow"]]


def rows(spec, mark):
    return [
        (layer["mark"], row)
        for layer in spec["layer"]
        if layer["mark"]["type"] == mark
        for row in layer["data"]["values"]
    ]


def test_a_test_stands_higher_the_more_people_took_part_and_further_right_the_later_it_began():
    for spec in drawings(CLIMB):
        at = {row["text"]: row for _, row in rows(spec, "point") if "text" in row}
        assert at["1"]["y"] > at["2"]["y"] > at["4"]["y"]
        assert at["1"]["x"] < at["2"]["x"] < at["4"]["x"]
        (path,) = {row["line"] for _, row in rows(spec, "line")} - {"A flyer"}
        assert path == "A call"


def test_each_decision_has_a_shape_of_its_own_and_a_word():
    (wide, _) = drawings(CLIMB)
    shapes = {
        row["text"]: (mark["shape"], mark["fill"]) for mark, row in rows(wide, "point") if "text" in row
    }
    assert len({shapes[number] for number in "1234"}) == 4
    words = {row["text"] for _, row in rows(wide, "text")}
    assert {"keep it", "change it", "let it go", "not decided yet", "all", "1", "3", "5"} <= words
    assert ramps.ramp_numbers(CLIMB)["Decided"].tolist() == [
        "keep it",
        "change it",
        "let it go",
        "not decided yet",
    ]
    assert ramps.ramp_numbers(CLIMB)["Cycle"].tolist() == [1, 2, 1, 3]


MANY = made(*[(f"Idea {place % 4}", f"2021-03-{place % 5 + 1:02d}", "1", "adapt") for place in range(28)])
YEARS = made(("A call", "1847-05-15", "1", "adopt"), ("A call", "1855-03-06", "everyone", ""))


@pytest.mark.parametrize("tests", [CLIMB, MANY, YEARS], ids=["climb", "many", "years"])
def test_no_word_lies_on_another_and_nothing_leaves_the_sheet(tests):
    for spec in drawings(tests):
        words = [
            (row["x"], row["y"], row["x"] + text_width(row["text"], mark["fontSize"]))
            for mark, row in rows(spec, "text")
        ]
        for (left, y, right), (other_left, other_y, other_right) in combinations(words, 2):
            apart = right <= other_left + 1 or other_right <= left + 1 or abs(y - other_y) >= 12
            assert apart, (left, y, other_left, other_y)
        for _, row in rows(spec, "point"):
            assert 0 <= row["x"] <= spec["width"]
            assert 0 <= row["y"] <= spec["height"]


def test_forty_tests_of_one_idea_stay_on_a_phone():
    many = made(*[("A call", f"2021-03-{place % 28 + 1:02d}", "3", "adapt") for place in range(40)])
    (_, narrow) = drawings(many)
    places = [row["x"] for _, row in rows(narrow, "point") if "text" in row]
    assert min(places) >= ramps.LEFT
    assert max(places) <= narrow["width"]
    assert len(set(places)) == 40


def test_a_test_without_a_day_or_a_scale_is_not_drawn_and_not_numbered():
    lost = made(("A call", None, "1", ""), ("A call", "2021-03-01", "", ""))
    assert ramps.ramps(lost) is None
    both = pd.concat([lost, CLIMB], ignore_index=True)
    assert ramps.drawn(both)["number"].tolist() == [1, 2, 3, 4]


def test_the_figure_has_words_and_a_table_and_lets_no_markup_through():
    payload = PAYLOADS[0]
    hostile = CLIMB.assign(idea=payload, name=payload)
    html = theme.figure(ramps.ramps(hostile, title=payload), table=ramps.ramp_numbers(hostile)).html
    assert payload not in html
    assert html.count("<tr>") == 1 + len(CLIMB)
    alone = theme.figure(ramps.ramps(CLIMB, title="Two ideas"), table=ramps.ramp_numbers(CLIMB)).html
    assert 'alt="Two ideas' in alone
    assert "Test 4" in alone


def test_what_is_said_counts_what_is_there():
    assert cycle_words.ramps_title(CLIMB) == "Four tests on two ideas, and one ramp that climbed"
    assert cycle_words.ramps_says(CLIMB) == (
        "Looking back, you chose to keep one, to change one and to let go of one.",
        "One idea began with everyone at once. Begin the next one with one person.",
    )
    blind = CLIMB.assign(predicted=[True, False, False, True])
    assert cycle_words.ramps_title(blind).startswith("Two tests on one idea")
    assert cycle_words.ramps_says(blind)[-1] == (
        "Two tests had no prediction and do not count as begun: nobody can say what you had expected."
    )


def test_a_test_that_waits_comes_first_with_its_day():
    table = made(("A call", "2021-06-21", "1", ""), ("A ride", "2021-05-03", "1", ""))
    table = table.assign(state=["running", "look back"])
    told = cycle_words.waiting(table, as_of=date(2021, 6, 30))
    assert told == [
        ("Test 2", False, "Look back on it: the day for that was May 17, 2021, 44 days ago."),
        ("Test 1", True, "Under way. Look back on July 5, 2021."),
    ]


@pytest.mark.parametrize(
    ("scale", "decision", "asks"),
    [
        ("1", "adopt", "“Test 1” was kept with one person. Try it with three people."),
        ("everyone", "adopt", "“Test 1” was kept with everyone. Step 10 asks how it lasts."),
        ("3", "adapt", "“Test 1” is to be changed. Plan the next cycle, as small as the last."),
        ("", "adopt", "“Test 1” was kept. Try it with a few more people."),
    ],
)
def test_what_comes_next_follows_from_what_was_decided(scale, decision, asks):
    one = made(("A call", "2021-03-01", scale, decision))
    assert cycle_words.next_steps(one) == [("A call", asks)]
    assert cycle_words.next_steps(one.assign(next="Ask Luz."))[0][1].endswith(" Your plan: Ask Luz.")


def test_an_idea_that_was_let_go_or_is_being_tried_asks_for_nothing():
    assert cycle_words.next_steps(made(("A call", "2021-03-01", "1", "abandon"))) == []
    assert cycle_words.next_steps(CLIMB) == []
    followed = made(("A call", "2021-03-01", "1", "adopt"), ("A ride", "2021-04-01", "1", ""))
    assert cycle_words.next_steps(followed.assign(after=["", "test-0"])) == []


def test_help_names_ideas_and_never_counts_points():
    points = pd.DataFrame({"idea": ["A call", "A flyer"], "linked": [True, False], "let_go": False})
    points = points.assign(predicted=True, small=[False, True], data=True, theory=True)
    said = cycle_words.audit_says(points)
    assert len(said) == 2
    assert "A flyer" in said[0]
    assert "A call" in said[1]
    assert not any(word in " ".join(said) for word in ("of 5", "score", "best", "worst"))
    assert cycle_words.audit_says(points.assign(let_go=True)) == ("All five are there. Keep at it.",)


@pytest.mark.parametrize("held", [[], ["partly"], ["as predicted"] * 3, ["otherwise", "as predicted"]])
def test_all_that_is_said_is_easy_to_read(held):
    guesses = cycle_words.predictions_says(pd.DataFrame({"held": pd.Series(held, dtype=object)}))
    points = pd.DataFrame({"idea": ["A call"], "let_go": [False]}).assign(
        **dict.fromkeys(cycle_words.HELP, False)
    )
    table = made(("A call", "2021-06-21", "1", ""), ("A ride", "2021-05-03", "1", "adopt"))
    texts = [
        *guesses,
        *cycle_words.ramps_says(CLIMB.assign(predicted=False)),
        *cycle_words.audit_says(points),
        *(sentence for _, _, sentence in cycle_words.waiting(table, as_of=date(2021, 6, 30))),
        *(sentence for _, sentence in cycle_words.next_steps(table)),
        *cycle_words.untried(["A call"], date(2021, 7, 6)),
        cycle_words.nothing_learned(table),
    ]
    assert grade(" ".join(texts)) <= 8

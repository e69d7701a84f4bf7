"""Pictures and words of choosing together: nothing is written over anything else, words are plain."""

import pandas as pd
import pytest

from pophealth.views import aim_words, priority_words, theme
from pophealth.views.rank_table import rank_table
from pophealth.views.two_sides import two_sides
from tests.hostile import PAYLOADS
from tests.views.boxes import boxes, overlaps
from tests.views.reading_age import grade

LONG = "The nearest place to have blood taken is two buses and a long walk up the hill away from here"
WAYS = ["Points", "Hanlon", "Dots", "Own order"]


def places(count):
    names = [f"Thing {number}" for number in range(count - 1)] + [LONG]
    table = pd.DataFrame({way: range(1, count + 1) for way in WAYS}, dtype="float64").assign(name=names)
    return table.assign(Hanlon=table["Hanlon"].where(table["Hanlon"].ne(2)), on_top=1, methods=4)


def scores(count):
    names = [f"Thing {number}" for number in range(count - 1)] + [LONG]
    first = [5 - 5 * number / count for number in range(count)]
    return pd.DataFrame({"name": names, "first": first, "second": first[::-1], "difference": 1.0})


def spec_of(chart, *, phone):
    drawn = chart.to_dict(validate=False)
    return drawn["usermeta"]["narrow"] if phone else drawn


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("count", [1, 5, 12])
def test_no_word_lies_on_another_or_leaves_the_paper(count, phone):
    charts = (
        rank_table(places(count), ways=WAYS, title="Places"),
        two_sides(scores(count), sides=("Residents", "Staff"), title="Two sides"),
    )
    for chart in charts:
        spec = spec_of(chart, phone=phone)
        words = [box for box in boxes(spec) if box.what != "point"]
        assert not overlaps(words)
        assert all(box.left >= -0.5 and box.right <= spec["width"] + 0.5 for box in words)


def test_a_place_is_told_by_its_number_and_its_circle_and_none_by_a_dash():
    drawn = rank_table(places(5), ways=WAYS, title="Places").to_dict(validate=False)
    told = [box.what for box in boxes(drawn)]
    assert told.count("1") == 4
    assert told.count("2") == 3
    assert told.count("–") == 1
    circles = [one for one in drawn["layer"] if one["mark"]["type"] == "point"]
    assert [len(one["data"]["values"]) for one in circles] == [11, 8]


def test_the_two_sides_have_marks_of_their_own_and_both_values_are_written():
    drawn = two_sides(scores(1), sides=("Residents", "Staff"), title="One").to_dict(validate=False)
    shapes = {one["mark"]["shape"] for one in drawn["layer"] if one["mark"]["type"] == "point"}
    assert shapes == {"diamond", "circle"}
    assert [box.what for box in boxes(drawn)].count("5.0") == 2


def test_nothing_gives_no_picture():
    assert rank_table(places(1).iloc[:0], ways=WAYS) is None
    assert two_sides(scores(2).assign(second=None), sides=("a", "b")) is None


@pytest.mark.parametrize("payload", PAYLOADS[:3])
def test_hostile_names_stay_text(payload):
    table = places(1).assign(name=payload)
    figure = theme.figure(rank_table(table, ways=WAYS, title=payload), table=table, alt="Places").html
    assert "<script" not in figure
    assert "onerror=" not in figure.replace("&quot;", '"').split("<details")[0].split("src=")[0]


def test_titles_say_what_was_found():
    table = places(3)
    assert (
        priority_words.methods_title(table, ["Points", "Dots"])
        == "“Thing 0” comes first in all two ways to count"
    )
    parted = table.assign(Dots=[4.0, 1.0, 2.0], on_top=[3, 3, 2])
    assert priority_words.methods_title(parted, WAYS).startswith(
        "The ways to count part: “Thing 0” is on top in 3"
    )
    top = parted.assign(Dots=[2.0, 1.0, 3.0], on_top=[4, 3, 2])
    assert (
        priority_words.methods_title(top, WAYS) == "“Thing 0” is in the top three in all four ways to count"
    )
    assert (
        priority_words.sides_title(scores(2).assign(difference=0.1))
        == "Residents and staff see it much alike"
    )


def test_a_shaky_place_and_a_shared_first_are_said():
    steady = pd.DataFrame({"name": ["A", "B", "C"], "rank": [1.0, 1.0, 3.0], "in_top": [1.0, 1.0, 0.6]})
    said = priority_words.steady_says(steady.assign(first=[0.5, 0.5, 0.0]), "They agree.")
    assert said[1] == "“A” and “B” share the first place by points."
    assert said[2].startswith("“C” is in the top three in 60% of them only")


def test_words_are_plain():
    items = pd.DataFrame({"source": ["theme"] * 9})
    hanlon = pd.DataFrame({"name": ["Rides"], "passes": [False], "stopped_by": ["stop-2"]})
    said = [
        *priority_words.list_says(items, {"theme": "what people said"}),
        *priority_words.methods_say(places(5).assign(Dots=[5.0, 4, 3, 2, 1]), WAYS, 8),
        *priority_words.stopped(hanlon.assign(said_no=3, asked=4), {"stop-2": "it costs too much"}),
        *priority_words.sides_say(scores(3).assign(first_rank=[1, 2, 3], second_rank=[3, 2, 1])),
        priority_words.few(1, 2),
        *aim_words.outlook_says(
            {"expected": None, "since": None, "points": 5}, unit="percent", every="month"
        ),
        *aim_words.outlook_says(
            {"expected": None, "since": pd.Timestamp("2021-01-01"), "points": 20},
            unit="percent",
            every="month",
        ),
    ]
    assert all(sentence.endswith((".", "?")) for sentence in said)
    assert grade(" ".join(said)) <= 8

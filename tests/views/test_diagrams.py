"""The pictures of step 7: boxes never lie on each other, lines go from box to box, text stays text."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pophealth.views import diagrams, driver_words, theme
from pophealth.views.impact_effort import impact_effort
from pophealth.views.lettering import text_width
from pophealth.views.mermaid import flowchart
from pophealth.views.own_plan import own_plan
from pophealth.views.sheet import SMALL, TEXT
from pophealth.views.tree_places import INSET, outline, tree
from tests.hostile import PAYLOADS
from tests.views.boxes import boxes, overlaps

COLUMNS = ["key", "parent", "level", "text", "note"]
NODES = pd.DataFrame(
    [
        ("aim", "", "aim", "More people sleep through the night", ["Night workers: 60%"]),
        ("calls", "aim", "primary", "Someone calls in their language", ["Measure: calls made"]),
        ("list", "calls", "secondary", "The list says which language", []),
        ("script", "list", "idea", "A short script", ["Not tried yet"]),
        ("text", "calls", "idea", "A text one can answer", ["Two tests"]),
        ("ride", "aim", "primary", "There is a way to get there", ["No measure of its own yet"]),
        ("stray", "", "idea", "An idea that hangs on nothing", []),
    ],
    columns=COLUMNS,
)


@st.composite
def trees(draw):
    """Any tree that step 7 can hold, in the order in which it is drawn."""
    words = st.sampled_from(
        ["a walk", "w" * 30, "calls after six, when the shift is over and supper is done"]
    )
    rows = [("aim", "", "aim", "sleep", [])]

    def add(parent, levels):
        for number in range(draw(st.integers(0, 3))):
            level = draw(st.sampled_from(levels))
            key = f"{parent}-{number}"
            rows.append((key, parent, level, draw(words), draw(st.lists(words, max_size=2))))
            if level != "idea":
                add(key, ["idea"] if level == "secondary" else ["secondary", "idea"])

    add("aim", ["primary"])
    rows += [(f"loose-{number}", "", "idea", draw(words), []) for number in range(draw(st.integers(0, 2)))]
    return pd.DataFrame(rows, columns=COLUMNS)


@settings(max_examples=40, deadline=None)
@given(trees())
def test_no_box_lies_on_another_and_words_stay_inside(nodes):
    for place, width in ((tree, 998), (outline, 338)):
        placed = place(nodes, width=width)
        assert [box.key for box in sorted(placed.boxes, key=lambda box: box.key)] == sorted(nodes["key"])
        for one, two in ((a, b) for a in placed.boxes for b in placed.boxes if a.key < b.key):
            apart = one.x + one.width <= two.x or two.x + two.width <= one.x
            assert apart or one.y + one.height <= two.y + 0.01 or two.y + two.height <= one.y + 0.01
        for box in placed.boxes:
            assert box.y >= -0.01
            assert box.y + box.height <= placed.height + 0.01
            assert box.x + box.width <= width + 0.01
            room = box.width - 2 * INSET
            assert all(text_width(line, TEXT) <= room for line in box.lines)
            assert all(text_width(line, SMALL) <= room for line in box.notes)


@pytest.mark.parametrize("width", [1000, 340])
def test_each_line_goes_from_a_box_to_the_one_it_hangs_on(width):
    chart = diagrams.driver_diagram(NODES, title="Two main drivers").to_dict(validate=False)
    spec = chart if width == 1000 else chart["usermeta"]["narrow"]
    rows = [
        row for layer in spec["layer"] if layer["mark"]["type"] == "line" for row in layer["data"]["values"]
    ]
    drawn = {row["line"] for row in rows}
    assert drawn == {"aim calls", "calls list", "list script", "calls text", "aim ride"}
    assert max(row["x"] for row in rows) <= width
    words = [row["text"] for layer in spec["layer"] for row in layer["data"]["values"] if "text" in row]
    assert diagrams.LOOSE in words
    assert "Not tried yet" in words


def test_the_diagram_is_a_figure_with_words_for_those_who_do_not_see_it():
    table = NODES[NODES["level"].ne("aim")].replace({"parent": {"aim": ""}})
    alt = driver_words.diagram_alt(table)
    assert "Someone calls in their language moves the aim." in alt
    assert "A text one can answer hangs on Someone calls in their language." in alt
    assert "An idea that hangs on nothing hangs on nothing yet." in alt
    chart = diagrams.driver_diagram(NODES, title=driver_words.diagram_title(table))
    piece = theme.figure(chart, table=table, alt=alt)
    assert piece.html.count("data:image/svg+xml;base64,") == 2
    assert "<details>" in piece.html
    assert diagrams.driver_diagram(NODES.iloc[:1]) is None


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_stay_words_in_mermaid(payload):
    text = flowchart(NODES.assign(text=payload))
    assert text.count("\n") == len(NODES) + 5
    for line in text.splitlines()[1:]:
        box = re.fullmatch(r'  n\d+(\(\["|\["|\(")(.*?)("\]\)|"\]|"\))', line)
        assert box or re.fullmatch(r"  n\d+ --- n\d+", line), line
        assert not box or not re.search(r"[<>\"`{}()\[\]|&=$:/\\]", box[2])


def test_mermaid_numbers_can_be_read_back():
    text = flowchart(NODES.iloc[:1].assign(text='60% of "us" <now>'))
    found = re.sub(r"#(\d+);", lambda sign: chr(int(sign[1])), text.splitlines()[1])
    assert found == '  n0(["60% of "us" <now>"])'


def test_ideas_in_one_field_stand_beside_each_other():
    ideas = pd.DataFrame({"text": [f"idea {number}" for number in range(9)], "impact": 5.0, "effort": 1.0})
    chart = impact_effort(ideas, title="Nine ideas").to_dict(validate=False)
    for spec in (chart, chart["usermeta"]["narrow"]):
        dots = [
            row
            for layer in spec["layer"]
            if layer["mark"]["type"] == "point"
            for row in layer["data"]["values"]
        ]
        assert sorted(int(dot["text"]) for dot in dots) == list(range(1, 10))
        for one in dots:
            near = [two for two in dots if abs(one["x"] - two["x"]) < 20 and abs(one["y"] - two["y"]) < 20]
            assert near == [one]


def test_an_idea_without_a_guess_is_not_drawn_and_is_counted():
    ideas = pd.DataFrame({"text": ["Calls", "A walk"], "impact": [5.0, None], "effort": [1.0, 2.0]})
    assert "A walk" not in str(impact_effort(ideas, title="One").to_dict(validate=False))
    assert driver_words.guesses(ideas)[-1] == "Not judged yet: one idea."
    assert impact_effort(ideas.iloc[1:], title="None") is None


def test_the_plan_of_ones_own_has_four_weeks_and_nothing_lies_on_anything():
    chart = own_plan().to_dict(validate=False)
    for spec in (chart, chart["usermeta"]["narrow"]):
        found = boxes(spec)
        assert not overlaps(found)
        words = [box.what for box in found]
        assert len([word for word in words if "week" in word]) >= 4
    piece = theme.figure(own_plan())
    assert "28 days across" in piece.html
    assert "<input" not in piece.html


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 3), "Not one of three ideas is"),
        ((1, 2), "One of two ideas is"),
        ((2, 2), "Both ideas are"),
        ((3, 3), "All three ideas are"),
        ((2, 5), "Two of five ideas are"),
    ],
)
def test_counts_read_as_people_say_them(counts, said):
    mine, whole = counts
    ideas = pd.DataFrame({"group": ["us"] * mine + [""] * (whole - mine), "source": "", "evidence": "here"})
    assert driver_words.ideas(ideas)[0] == f"{said} made for a group you chose."


def test_projects_name_main_drivers_nobody_works_on():
    table = pd.DataFrame(
        {
            "name": ["Van", "Walk"],
            "state": ["running", "stopped"],
            "priority": ["", "Grant"],
            "key": ["a", "c"],
        }
    )
    said = driver_words.projects(table, [("Rides", ["b", "a"]), ("Words", ["c"])])
    assert said == (
        "One of two projects is running.",
        "No promise of step 3 stands behind: Van. Who will pay for it next year?",
        "Nobody works yet on: Words.",
    )


def test_ten_ways_name_the_lowest_first():
    names = {"a": "We ask.", "b": "We count.", "c": "We try."}
    assert driver_words.ways({}, names) == ()
    assert driver_words.ways({"a": 2, "b": 1, "c": None}, names) == (
        "Not one of the three is how you work today.",
        "Talk first about: “We count.”",
    )
    assert driver_words.ways({"a": 3, "b": 3, "c": 3}, names) == ("All three are how you work today.",)

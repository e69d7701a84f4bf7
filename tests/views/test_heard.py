"""Themes as bars, and the words around a choice."""

import json

import pandas as pd
import pytest

from pophealth.views import choosing, heard_words
from pophealth.views.drawing import draw
from pophealth.views.theme_bars import theme_bars
from tests.views.reading_age import grade

THEMES = pd.DataFrame(
    {
        "theme": ["A ride home", "What it costs <b>", "Forgetting"],
        "people": [9, 2, 0],
        "care teams": [1, 0, 2],
    }
)
GAPS = pd.DataFrame({"group": ["a", "b"], "value": [0.50, 0.70], "shrunk": [0.53, 0.69]})
SURE = {"difference_lower": [-0.3, None], "difference_upper": [-0.1, None]}


def bars(layers):
    return [row for one in layers if one["mark"]["type"] == "rect" for row in one["data"]["values"]]


def test_each_bar_is_as_long_as_it_was_named():
    chart = theme_bars(THEMES, title="Three themes")
    found = bars(chart.to_dict()["layer"])
    lengths = [round(row["x2"] - row["x"], 3) for row in found]
    assert len(found) == 4
    one = lengths[2]
    assert lengths == pytest.approx([9 * one, 2 * one, one, 2 * one], rel=1e-3)
    assert found[2]["x"] == pytest.approx(found[0]["x2"])


def test_a_phone_gets_its_own_drawing_with_the_same_words():
    notes = theme_bars(THEMES, title="Three themes").to_dict()["usermeta"]
    narrow = json.dumps(notes["narrow"], ensure_ascii=False)
    assert notes["narrow"]["width"] <= 340
    for words in ("A ride home", "9 people and one care team", "two care teams"):
        assert words in narrow
    assert "<b>" not in draw(notes["narrow"]).replace("&lt;b&gt;", "")


def test_no_themes_make_no_chart():
    assert theme_bars(THEMES.iloc[:0]) is None


@pytest.mark.parametrize(
    ("talks", "themes", "says"),
    [
        (0, THEMES, "no conversation with people yet"),
        (4, THEMES.assign(people=[1, 1, 0]), "Each theme was named by one person so far"),
        (12, THEMES, "A ride home comes back most: in nine of 12 conversations"),
        (5, THEMES.assign(people=[3, 3, 0]), "come back most: in three of five conversations"),
    ],
)
def test_the_title_is_what_comes_back(talks, themes, says):
    assert says in heard_words.heard_title(themes, talks)


@pytest.mark.parametrize(
    ("gaps", "says"),
    [
        (GAPS.assign(**SURE), "about 53% next time"),
        (GAPS.assign(**SURE, shrunk=[0.501, 0.69]), "much the same next time"),
        (GAPS.assign(difference_lower=[-0.3, None], difference_upper=[0.1, None]), "could explain the whole"),
    ],
)
def test_next_time_is_told_from_luck(gaps, says):
    said = " ".join(choosing.next_time(gaps, by="group"))
    assert says in said
    assert grade(said) <= 8
    assert choosing.next_time(gaps.iloc[:1], by="group") == ()


def test_too_many_groups_are_told_kindly():
    said = " ".join(choosing.chosen(list("abcd"), voiceless=["d"], reasonless=2))
    assert "You chose four groups. Start with 3 at the most" in said
    assert "Write down why for those without a reason." in said
    assert "Nobody of this group has been heard yet: d." in said


@pytest.mark.parametrize(
    ("count", "says"), [(1, "One conversation so far. Nine more"), (9, "One more makes ten.")]
)
def test_the_counter_goes_to_ten(count, says):
    assert says in choosing.talked(count)

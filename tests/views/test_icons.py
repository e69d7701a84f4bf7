"""Pictures of the latest point, and the table that holds them."""

import base64
import re

import pandas as pd
import pytest

from pophealth.views.icons import ASSURANCE, VARIATION, picture
from pophealth.views.measure_table import CHANGING, MEETING, measure_table
from tests.hostile import PAYLOADS

ROW = {
    "name": "Control",
    "family": "outcome",
    "latest": pd.Timestamp("2021-05-01"),
    "value": "70%",
    "target": "65%",
    "variation": "improvement",
    "assurance": "consistent_pass",
    "finding": "Up since August.",
}


def page(**given):
    return measure_table(pd.DataFrame([ROW | given])).html


@pytest.mark.parametrize("icons", [VARIATION, ASSURANCE])
def test_pictures_differ_by_letter_and_meaning_and_say_what_they_are(icons):
    assert len({icon.letter for icon in icons.values()}) == len(icons)
    assert len({icon.alt for icon in icons.values()}) == len(icons)
    assert all(icon.alt for icon in icons.values())


def test_signals_differ_from_ordinary_variation_by_shape_alone():
    good, bad, calm = (VARIATION[code].outline for code in ("improvement", "concern", "common_cause"))
    assert len({good, bad, calm}) == 3
    met, missed, either = (ASSURANCE[code].outline for code in list(ASSURANCE)[:3])
    assert len({met, missed, either}) == 3


def test_a_picture_holds_no_words_that_need_a_font():
    for icon in [*VARIATION.values(), *ASSURANCE.values()]:
        assert "<text" not in picture(icon)
        assert picture(icon).startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_every_picture_has_words_for_those_who_do_not_see_it_and_words_beside_it():
    for code, words in CHANGING.items():
        html = page(variation=code)
        assert f'alt="{VARIATION[code].alt}"' in html
        assert words in html
    for code, words in MEETING.items():
        html = page(assurance=code)
        assert f'alt="{ASSURANCE[code].alt}"' in html
        assert words in html


def test_pictures_travel_with_the_page():
    found = re.findall(r'<img alt="[^"]+" src="data:image/svg\+xml;base64,([^"]+)"', page())
    assert [base64.b64decode(data).decode() for data in found] == [
        picture(VARIATION["improvement"]),
        picture(ASSURANCE["consistent_pass"]),
    ]


def test_the_table_says_that_it_is_about_the_latest_point():
    html = page()
    assert '<th scope="colgroup" colspan="4">Latest point</th>' in html
    assert "May 2021" in html


def test_what_is_not_known_is_said():
    html = page(target=None, assurance=None, variation="", value=None)
    assert "no target" in html
    assert "too few to tell yet" in html
    assert "not judged" in page(assurance="")


def test_no_measures_and_wrong_verdicts_are_answered_in_words():
    assert "will stand here" in measure_table(pd.DataFrame([ROW]).head(0)).plain
    with pytest.raises(
        ValueError, match="column 'variation' holds 'better'; use one of improvement, concern"
    ):
        page(variation="better")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload):
    texts = dict.fromkeys(("name", "family", "latest", "value", "target", "finding"), payload)
    tags = set(re.findall(r"<(\w+)", page(**texts)))
    assert tags <= {"div", "table", "thead", "tbody", "tr", "th", "td", "small", "strong", "span", "img"}
    assert set(re.findall(r' (\w+)="', re.sub(r">[^<]*<", "><", page(**texts)))) <= {
        "class",
        "tabindex",
        "scope",
        "rowspan",
        "colspan",
        "alt",
        "src",
        "width",
        "height",
    }

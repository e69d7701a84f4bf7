"""The map of partners: who is affected is on top, names keep apart, words are for everyone."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import stakeholders
from pophealth.views import matters_words, theme
from pophealth.views.partner_map import partner_map
from tests.hostile import PAYLOADS
from tests.views.boxes import boxes, overlaps
from tests.views.reading_age import grade

LONG = "The association of all tenants and owners of the houses along the river and behind the mill"


def many(count, seed=3):
    draw = np.random.default_rng(seed)
    table = pd.DataFrame(draw.integers(1, 6, (count, 2)).astype(float), columns=["influence", "interest"])
    names = [f"Partner {place}" for place in range(count - 1)] + [LONG]
    return stakeholders.mapped(table.assign(name=names, affected=draw.random(count) < 0.3))


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("count", [1, 6, 14])
def test_no_name_lies_on_another_or_leaves_the_paper(count, phone):
    chart = partner_map(many(count), title="A map").to_dict(validate=False)
    spec = chart["usermeta"]["narrow"] if phone else chart
    found = boxes(spec)
    words = [box for box in found if box.what != "point"]
    assert not [pair for pair in overlaps(words) if not pair[0].what.isdigit()]
    assert all(box.left >= 0 and box.right <= spec["width"] + 0.5 for box in words)


def test_people_who_are_affected_stand_above_everyone_whatever_their_marks():
    table = pd.DataFrame({"name": ["Strong", "Tenants", "Quiet"], "influence": [5.0, 1.0, np.nan]})
    table = table.assign(interest=[5.0, 1.0, np.nan], affected=[False, True, True])
    spec = partner_map(stakeholders.mapped(table), title="A map").to_dict(validate=False)
    tops = {box.what: box.top for box in boxes(spec)}
    assert max(tops["Tenants"], tops["Quiet"]) < tops["Work closely"] < tops["Strong"]


def test_partners_with_the_same_marks_are_all_seen():
    table = pd.DataFrame({"name": [*"abcdefg"], "influence": 4.0, "interest": 2.0, "affected": False})
    spec = partner_map(stakeholders.mapped(table), title="A map").to_dict(validate=False)
    dots = [box for box in boxes(spec) if box.what == "point"]
    assert len({(round(box.left), round(box.top)) for box in dots}) == 7


def test_nobody_rated_gives_no_map_and_names_are_only_text():
    table = pd.DataFrame({"name": PAYLOADS[:3], "influence": np.nan, "interest": np.nan, "affected": False})
    assert partner_map(stakeholders.mapped(table), title="A map") is None
    rated = stakeholders.mapped(table.assign(influence=4.0, interest=4.0))
    figure = theme.figure(partner_map(rated, title=PAYLOADS[0]), alt="A map").html
    assert "<script" not in figure
    assert "onerror=" not in figure.replace("&quot;", '"').split("<details")[0].split("src=")[0]


def test_every_sentence_is_plain():
    mapped = many(9)
    gaps = stakeholders.commitment(pd.DataFrame({"name": [*"ab"], "now": [1, 0], "needed": [3, 4]}))
    names = {"v": "0 · works against it", "w": "1 · stands aside", "x": "2 · lets it happen"}
    names |= {"y": "3 · helps it happen", "z": "4 · makes it happen with us"}
    said = [*matters_words.map_says(mapped), *matters_words.commitment_says(gaps, names)]
    assert grade(" ".join(said)) <= 8
    assert "The largest step: b, from “works against it” to “makes it happen with us”." in said
    level = stakeholders.commitment(pd.DataFrame({"name": ["a"], "now": [3], "needed": [3]}))
    assert matters_words.commitment_says(level, names)[0] == "No partner needs to do more today."

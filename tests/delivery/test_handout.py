"""Everything a team has, as one file to take away."""

import json

import pandas as pd
import pytest

from pophealth.delivery.handout import contents, hand_out
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import MODELS, Aim, Measure
from pophealth.workspace.store import Workspace


@pytest.fixture
def book(tmp_path):
    book = Workspace.create(tmp_path / "w").add_team("oak", "Oak")
    book.save(Aim.draft({"what": "sleep <b>", "target": "most"}), based_on=0)
    book.save(Measure(key="sleep", name="Sleep"), based_on=0)
    counts = pd.DataFrame({"measure": "sleep", "period": ["2021-01-01", "2021-03-01"], "numerator": [5, 7]})
    book.import_counts(counts.assign(denominator=10), file_name="a.csv", sha256="0" * 64)
    return book


def test_words_come_back_as_they_were_typed(book, tmp_path):
    whole = json.loads(hand_out(book, tmp_path / "oak.json").read_text())
    aim = next(one for one in whole["records"] if one["kind"] == "aim")
    assert MODELS["aim"].from_body(aim["body"]).unread == {"target": "most"}
    assert aim["body"]["what"] == "sleep <b>"


def test_counts_keep_their_gaps_and_the_dictionary_comes_along(book):
    whole = contents(book)
    assert [row["numerator"] for row in whole["counts"]] == [5.0, None, 7.0]
    assert [row["period"] for row in whole["counts"]] == ["2021-01-01", "2021-02-01", "2021-03-01"]
    assert {row["kind"] for row in whole["dictionary"]} == set(MODELS)


def test_nothing_is_overwritten_and_the_ending_is_asked_for(book, tmp_path):
    hand_out(book, tmp_path / "oak.json")
    with pytest.raises(Problem, match="there already"):
        hand_out(book, tmp_path / "oak.json")
    with pytest.raises(Problem, match="does not end in"):
        hand_out(book, tmp_path / "oak.txt")
    with pytest.raises(Problem, match="could not be written"):
        hand_out(book, tmp_path / "nowhere" / "oak.json")

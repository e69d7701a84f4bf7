"""A finished piece is found again for the same numbers and words, and for no others."""

import pandas as pd
import pytest

from pophealth.delivery.kept import fingerprint, kept
from pophealth.views.markup import Html
from pophealth.workspace.records import Measure

TABLE = pd.DataFrame({"stratum": ["a", "b"], "value": [1.0, 2.0]})


@pytest.fixture
def maker():
    made = []

    @kept
    def piece(table, measure, marks):
        made.append(measure.name)
        return Html(f"<p>{measure.name} {table['value'].sum()}</p>", plain="Chart: nights")

    return piece, made


def test_without_a_folder_every_piece_is_made_anew(maker, monkeypatch):
    monkeypatch.delenv("POPHEALTH_KEPT", raising=False)
    piece, made = maker
    piece(TABLE, Measure(name="Sleep"), None)
    piece(TABLE, Measure(name="Sleep"), None)
    assert len(made) == 2


def test_the_same_numbers_and_words_are_drawn_once(maker, monkeypatch, tmp_path):
    monkeypatch.setenv("POPHEALTH_KEPT", str(tmp_path))
    piece, made = maker
    first = piece(TABLE, Measure(name="Sleep"), None)
    again = piece(TABLE.copy(), Measure(name="Sleep"), None)
    assert (again.html, again.plain) == (first.html, first.plain)
    assert made == ["Sleep"]


@pytest.mark.parametrize(
    "other",
    [
        TABLE.assign(value=[1.0, 2.5]),
        TABLE.rename(columns={"value": "share"}),
        TABLE.iloc[::-1],
        TABLE.assign(stratum=["a", "c"]),
        TABLE.astype({"value": "int64"}),
        TABLE.iloc[:1],
    ],
)
def test_other_numbers_words_or_columns_have_another_fingerprint(other):
    assert fingerprint(TABLE) != fingerprint(other)


def test_another_definition_has_another_fingerprint():
    assert fingerprint(Measure(name="Sleep")) != fingerprint(Measure(name="Sleep", better="higher"))
    assert fingerprint((TABLE, TABLE)) != fingerprint((TABLE,))


def test_a_folder_that_cannot_be_written_only_costs_time(maker, monkeypatch, tmp_path):
    monkeypatch.setenv("POPHEALTH_KEPT", str(tmp_path / "gone"))
    piece, made = maker
    assert piece(TABLE, Measure(name="Sleep"), None).html == "<p>Sleep 3.0</p>"
    assert made == ["Sleep"]

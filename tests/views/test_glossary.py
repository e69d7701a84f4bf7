"""The words of the method, explained where they stand."""

import pytest

from pophealth.views.glossary import ALSO, TERMS, explain, words_in_use
from pophealth.workspace.errors import Problem
from tests.views.reading_age import grade

OWED = (
    "population health, equity, asset, co-production, aim, driver, baseline, run chart, control chart, "
    "limits, signal, stratum, numerator, denominator, median, PDSA, test of change, balancing measure, "
    "p chart, center line, i chart, u chart, c chart, prime chart, rare-event chart, rate, ratio, "
    "effective number, phase, gap"
)


def test_every_word_owed_is_there():
    assert set(OWED.split(", ")) <= set(TERMS)
    assert set(ALSO.values()) <= set(TERMS)


@pytest.mark.parametrize("term", TERMS)
def test_each_is_one_plain_sentence(term):
    assert TERMS[term].endswith(".")
    assert TERMS[term].count(". ") == 0
    assert grade(TERMS[term]) <= 8


def test_only_the_first_use_is_marked():
    page = explain("Signals and strata. A signal, a stratum, a baseline.").html
    assert page.count("<dfn") == 3
    assert page.startswith(f'<dfn title="{TERMS["signal"]}">Signals</dfn> and <dfn')


def test_longer_words_win_and_parts_of_words_do_not_count():
    page = explain("A control chart has limits; remedial aiming has none.").html
    assert ">control chart</dfn>" in page
    assert "aiming has none" in page


def test_each_chart_leads_to_its_own_words():
    assert "swing more" in explain("A p' chart.").html
    assert "between one rare event" in explain("A g chart.").html


def test_capitals_are_known():
    assert "<dfn" in explain("Our first PDSA.").html


def test_typed_tags_stay_text():
    assert "<script>" not in explain("<script>aim</script>").html


def test_an_unknown_word_is_named():
    with pytest.raises(Problem, match="flux"):
        words_in_use(["flux"])

"""The words of the method, explained where they stand."""

import re

import pytest

from pophealth.views.glossary import ALSO, TERMS, FirstUses, explain, words_in_use, words_on_page
from pophealth.workspace.errors import Problem
from tests.views.reading_age import grade

OWED = (
    "population health, population health management, population health improvement, equity, asset, "
    "co-production, aim, driver, baseline, run chart, control chart, "
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


def marked(html):
    return re.findall(r"<dfn[^>]*>(.*?)</dfn>", html)


def test_a_page_marks_each_term_once_however_many_pieces_it_has():
    page = FirstUses()
    assert marked(page.mark("<p>Our aim and a <strong>driver</strong>.</p>")) == ["aim", "driver"]
    assert marked(page.mark("<p>The aim, a driver, a baseline.</p>")) == ["baseline"]
    assert page.seen == ["aim", "driver", "baseline"]
    assert "Words on this page" in words_on_page(page.seen).html


@pytest.mark.parametrize(
    "html",
    [
        "<h2>The aim</h2>",
        '<a href="#aim">the aim</a>',
        "<p><code>aim = 1</code></p>",
        '<p title="the aim">Sleep</p>',
        "<p>Things you could aim for</p>",
        "<p>How people rate it</p>",
    ],
)
def test_headings_links_code_and_verbs_are_left_alone(html):
    assert FirstUses().mark(html) == html


def test_in_pieces_of_a_page_only_sentences_are_marked():
    page = FirstUses()
    piece = '<table><td>our aim</td></table><p class="say"><strong>What we see.</strong> The aim is near.</p>'
    assert marked(page.mark_sentences(piece)) == ["aim"]
    assert page.mark_sentences(piece).startswith("<table><td>our aim</td>")


def test_what_is_safe_stays_safe():
    found = FirstUses().mark("<p>&lt;script&gt; the aim &amp; more</p>")
    assert "&lt;script&gt; the <dfn" in found
    assert "&amp; more" in found


@pytest.mark.parametrize("term", sorted({*TERMS, *ALSO}))
def test_every_term_is_found_however_it_is_written(term):
    for written in (term, term.upper(), term.capitalize()):
        page = FirstUses()
        page.mark(f"<p>The {written} here.</p>")
        assert page.seen, written

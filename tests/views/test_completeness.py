"""The sentence that says for how many people the group is written down."""

import re

import pytest

from pophealth.views.words import completeness_pointer, completeness_sentence, completeness_untold
from tests.views.reading_age import grade


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            (1204, 1340, 40, 96),
            "For about 9 of 10 people, language is written down (1,204 of 1,340 counted).",
        ),
        ((1204, 1340, 40, 96), "Of the others, 40 declined and 96 have no answer."),
        ((1340, 1340, 0, 0), "For all 1,340 people counted, language is written down."),
        (
            (0, 40, 0, 40),
            "For none of the people, language is written down (0 of 40 counted). The other 40 have",
        ),
        (
            (1, 400, 399, 0),
            "For hardly any people, language is written down (1 of 400 counted). The other 399 decl",
        ),
        (
            (399, 400, 0, 1),
            "For nearly all people, language is written down (399 of 400 counted). The other 1 has",
        ),
        ((90, 100, 0, 10), "For 9 of 10 people, language is written down (90 of 100 counted)."),
        ((0, 0, 0, 0), ""),
    ],
)
def test_plain_words(counts, words):
    parts = dict(zip(("recorded", "people", "declined", "not_recorded"), counts, strict=True))
    said = completeness_sentence(what="language", **parts)
    assert words in said
    assert said.count(".") == bool(said) + (counts[0] < counts[1])
    if said:
        told = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", said)}
        assert told <= {*counts, 10, 9}
        assert grade(said) <= 8
    several = completeness_sentence(what="race and ethnicity", **parts)
    assert said == several.replace("race and ethnicity are", "language is")


def test_a_pointer_says_the_share_and_is_never_rounded_up_to_everyone():
    assert completeness_pointer({"language": 0.9996}).endswith("is written down for 99.9%.")
    assert completeness_pointer({}) == ""
    shares = {"age": 1.0, "race and ethnicity": None, "language": 1.0}
    assert completeness_pointer(shares) == (
        "As above, age and language are written down for everyone; nobody can tell for how many people "
        "race and ethnicity are written down."
    )


@pytest.mark.parametrize(("own", "people"), [(True, True), (True, False), (False, True)])
def test_where_nobody_can_tell_that_is_said(own, people):
    said = completeness_untold(what="language", own=own, people=people)
    assert "for how many people language is written down" in said[:1].lower() + said[1:]
    assert ("step 9" in said) is (own and people)
    assert grade(said) <= 8

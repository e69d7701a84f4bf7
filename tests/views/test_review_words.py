"""What is said of the three-part review: whole sentences, easy to read."""

import re

import pandas as pd
import pytest

from pophealth.stats import segments
from pophealth.views import words
from pophealth.views.review_words import MEANS
from tests.views.reading_age import grade

SOURCES = ("numbers", "staff", "people")


def review(*rows):
    told = [
        (cause, source, says) for cause, *three in rows for source, says in zip(SOURCES, three, strict=True)
    ]
    return words.triangulation_reading(
        segments.triangulate(pd.DataFrame(told, columns=["cause", "source", "says"]))
    )


def talks(*themes):
    named = [(at, theme) for at, all_named in enumerate(themes) for theme in all_named.split()]
    return words.saturation_reading(segments.saturation(pd.DataFrame(named, columns=["date", "theme"])))


def voices(rows, *groups):
    heard = pd.DataFrame(rows, columns=["segment", "consent"])
    return words.voices_reading(segments.voices(heard, segments=groups))


def pillars(*placed):
    return words.pillars_reading(segments.pillars(pd.DataFrame({"pillar": list(placed)})))


LIKELY = "so you have likely heard what matters most to the people you talk with"
YES, NO, NOT = "supports", "contradicts", "silent"
SITUATIONS = {
    "review, all agree": (
        lambda: review(("no rides", YES, YES, YES), ("cost", NOT, YES, NOT)),
        "All three sources support “no rides”",
        "All three sources support “no rides”.",
    ),
    "review, two agree and one speaks against": (
        lambda: review(("no rides", YES, NO, YES), ("cost", NOT, YES, NOT)),
        "Two of three sources support “no rides”",
        "Numbers and people both support “no rides”.",
        "Staff speak against “no rides”: ask why before you drop it.",
    ),
    "review, two causes and nobody asked": (
        lambda: review(("no rides", YES, NO, NOT), ("cost", NO, YES, NOT)),
        "One of three sources supports “cost” and “no rides”",
        "One of three sources supports “cost” and “no rides”.",
        "Not all agree on “cost” and “no rides”: ask why before you drop one.",
        "Nothing has come from people yet, so ask before you choose.",
    ),
    "review, only one source": (
        lambda: review(("cost", YES, NOT, NOT)),
        "One of three sources supports “cost”",
        "Only numbers support “cost”.",
        "Nothing has come from staff and people yet, so ask before you choose.",
    ),
    "review, no support": (
        lambda: review(("cost", NOT, NO, NOT)),
        "No source supports any cause yet",
        "No source supports any cause yet.",
        "Staff speak against “cost”: ask why before you drop it.",
        "Nothing has come from numbers and people yet, so ask before you choose.",
    ),
    "review, empty": (
        review,
        "The three-part review: nothing yet",
        "It will stand here once the first cause is written down.",
    ),
    "talks, nothing new": (
        lambda: talks("rides cost", "rides", "cost", "rides"),
        "Two themes in four conversations",
        "Four conversations brought two themes.",
        f"The last three brought nothing new, {LIKELY}.",
        "Plan for 10 to 15 in each group.",
    ),
    "talks, still new": (
        lambda: talks(*["rides"] * 11, "cost sleep"),
        "Three themes in 12 conversations",
        "12 conversations brought three themes.",
        "The last three still brought two new themes, so go on and talk with more people.",
    ),
    "talks, too few": (
        lambda: talks("rides", "cost"),
        "Two themes in two conversations",
        "Two conversations brought two themes.",
        "It takes at least three to tell whether new ones still come.",
        "Plan for 10 to 15 in each group.",
    ),
    "talks, none": (
        talks,
        "What people say: nothing yet",
        "It will stand here once the first conversation is written down.",
    ),
    "voices, some": (
        lambda: voices([("Spanish", True), ("Somali", False)], "English", "Spanish", "Somali"),
        "One of three groups has a voice",
        "One of three groups has been heard and agreed that its words are used.",
        "Not heard yet: English.",
        "Somali spoke, but nobody has agreed yet that the words are used.",
    ),
    "voices, all": (
        lambda: voices([("Spanish", True), ("Somali", True)]),
        "Both groups have a voice",
        "Both groups have been heard and agreed that their words are used.",
    ),
    "voices, none": (
        lambda: voices([], "English", "Spanish"),
        "None of two groups has a voice",
        "None of two groups has been heard and agreed that its words are used.",
        "Not heard yet: English and Spanish.",
    ),
    "voices, no groups": (
        lambda: voices([]),
        "Whose voice is heard: nothing yet",
        "It will stand here once the first group is written down.",
    ),
    "pillars, some": (
        lambda: pillars("behavior", "integrated care", None),
        "Two of four pillars hold something",
        "Two of four pillars hold something.",
        "Still empty: place and community (where people live, and with whom); "
        "wider determinants (homes, work, school and money).",
    ),
    "pillars, none": (
        pillars,
        "Nothing is written down under any pillar yet",
        "Nothing is written down under any pillar yet.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS)
def test_word_for_word(situation):
    made, finding, *sentences = SITUATIONS[situation]
    read = made()
    assert read.finding == finding
    assert list(read.sentences) == sentences


@pytest.mark.parametrize("situation", SITUATIONS)
def test_one_to_three_sentences_that_anyone_can_read(situation):
    read = SITUATIONS[situation][0]()
    assert 1 <= len(read.sentences) <= 3
    everything = [*read.sentences, *read.notes]
    assert [len(re.findall(r"[.!?](?=\s|$)", text)) for text in everything] == [1] * len(everything)
    assert grade(str(read)) <= 8
    assert all(text[0].isupper() or text[0].isdigit() for text in everything)


def test_each_situation_is_told_to_those_who_do_not_see_the_picture():
    for made, _, *sentences in SITUATIONS.values():
        read = made()
        assert read.alt.endswith(" ".join(sentences)) or read.alt == f"{read.finding}."


def test_every_pillar_is_explained_where_it_is_empty():
    assert tuple(MEANS) == segments.PILLARS
    found = segments.pillars(pd.DataFrame({"pillar": ["behavior"]}))
    assert str(words.pillars_reading(found)).count("(") == 3


def test_people_who_are_divided_are_said_to_be_so():
    told = pd.DataFrame({"cause": "cost", "source": ["people", "people", "numbers"], "says": [YES, NO, NO]})
    read = words.triangulation_reading(segments.triangulate(told))
    assert (
        read.sentences[1]
        == "Numbers speak against and people are divided on “cost”: ask why before you drop it."
    )

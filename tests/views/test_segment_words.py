"""What is said of the ladder, of segments and of the three-part review: whole sentences, easy to read."""

import re
from pathlib import Path

import pandas as pd
import pytest

from pophealth.stats import segments
from pophealth.views import words
from pophealth.views.review_words import MEANS
from tests.views.reading_age import grade

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
ANSWERS = pd.read_csv(SAMPLES / "13-ladder.csv")
INVITED = pd.read_csv(SAMPLES / "13-ladder-invited.csv")
SOURCES = ("numbers", "staff", "people")


def ladder(team="", *, without="", **asked):
    """Read the ladder of one team of the sample, or of nobody."""
    told, invited = (table[(table["team"] == team)] for table in (ANSWERS, INVITED))
    told = told[told["group"] != without]
    invited = invited if team and asked else None
    found = segments.ladder(told, now="now", future="future", invited=invited, **asked)
    return words.ladder_reading(found, **asked)


def counted(*people, **more):
    table = pd.DataFrame({"now": [8, 5, 3], "future": [9, 7, 4], "count": people})
    return words.ladder_reading(segments.ladder(table, now="now", future="future", count="count", **more))


def table(*rows, reference="English", better="higher"):
    counts = pd.DataFrame(rows, columns=["language", "numerator", "denominator"])
    found = segments.compare(counts, by="language", reference=reference, better=better)
    return words.segment_reading(found, by="language", name="Blood pressure control")


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
    "ladder, one group": (
        lambda: counted(87, 106, 19, invited=400),
        "41% of those who answered are thriving",
        "Of 212 people who answered (of 400 asked), 41% are thriving and 9% suffering.",
        "Luck alone could move the 41% to anywhere from 35% to 48%.",
        "How the other 188 people stand, nobody knows.",
    ),
    "ladder, nobody knows how many were asked": (
        lambda: counted(87, 106, 19),
        "41% of those who answered are thriving",
        "Of 212 people who answered, 41% are thriving and 9% suffering.",
        "Luck alone could move the 41% to anywhere from 35% to 48%.",
    ),
    "ladder, rounds": (
        lambda: ladder("gull-harbor", when="month"),
        "52% of those who answered are thriving",
        "Of 207 people who answered in May 2021 (of 423 asked), 52% are thriving and 4.3% suffering.",
        "Luck alone could move the 52% to anywhere from 45% to 58%.",
        "In September 2020 it was 44%: luck alone may move it so far.",
    ),
    "ladder, groups": (
        lambda: ladder("northlake", by="group", when="month"),
        "Thriving is least common among Somali: 35%",
        "Of 168 people who answered in May 2021 (of 386 asked), 52% are thriving.",
        "The lowest share is 35%, among Somali; luck alone could make it 18.1% to 57%.",
        "We know least about Somali, where 20 of 82 answered.",
    ),
    "ladder, a group that never answered": (
        lambda: ladder("northlake", by="group", when="month", without="Somali"),
        "Thriving is least common among Spanish: 50%",
        "Of 148 people who answered in May 2021 (of 386 asked), 55% are thriving.",
        "The lowest share is 50%, among Spanish; luck alone could make it 35% to 65%.",
        "Nobody has answered yet among Somali.",
    ),
    "ladder, no answers": (
        ladder,
        "The ladder: no answers yet",
        "The shares will stand here once the first answers are in.",
    ),
    "ladder, asked and no answers": (
        lambda: counted(0, 0, 0, invited=40),
        "The ladder: no answers yet",
        "Nobody of the 40 people asked has answered yet.",
        "The shares will stand here once the first answers are in.",
    ),
    "segments, one fares worst": (
        lambda: table(("English", 600, 1000), ("Spanish", 210, 500), ("Somali", 3, 3), ("Hmong", 30, 80)),
        "Blood pressure control: 42% among Spanish, 60% among English",
        "Blood pressure control is 42% among Spanish and 60% among English.",
        "That is about 90 more people left behind than if Spanish had fared like English.",
        "Luck could make it 63 to 116; never add such counts over two ways to group.",
    ),
    "segments, against everyone else": (
        lambda: table(("English", 300, 1000), ("Spanish", 210, 500), reference="overall", better="lower"),
        "Blood pressure control: 42% among Spanish, 30% among everyone else",
        "Blood pressure control is 42% among Spanish and 30% among everyone else.",
        "That is about 60 more people left behind than if Spanish had fared like everyone else.",
        "Luck could make it 34 to 86; never add such counts over two ways to group.",
    ),
    "segments, a gap that luck alone may make": (
        lambda: table(("English", 70, 100), ("b", 54, 80), ("c", 80, 100), ("d", 990, 1200)),
        "Blood pressure control: 68% among b, 70% among English",
        "Blood pressure control is 68% among b and 70% among English.",
        "That is about 2 more people left behind than if b had fared like English.",
        "Luck alone could do that (9 fewer to 13 more); never add such counts over two ways to group.",
    ),
    "segments, none stands out": (
        lambda: table(("a", 29, 100), ("English", 30, 100), ("c", 31, 100)),
        "Blood pressure control: no group stands out as worst",
        "Blood pressure control lies between 29% (a) and 31% (c).",
        "Luck alone may have put one of these groups before another, so none comes first.",
    ),
    "segments, the reference fares worst": (
        lambda: table(("English", 500, 1000), ("b", 600, 1000), ("c", None, 9)),
        "Blood pressure control: no group fares worse than English",
        "Blood pressure control is worst among English, 50%, the group that all others are held against.",
    ),
    "segments, no numbers": (
        table,
        "Blood pressure control: no numbers yet",
        "The table will stand here once the counts of two or more groups are in.",
    ),
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


def test_what_does_not_fit_stands_in_the_notes():
    assert ladder("gull-harbor", when="month").notes == (
        "How the other 216 people stand, nobody knows.",
        "15 people left a question out, and no answer was guessed for them.",
        "Do not set these figures beside those of another survey: other people were asked.",
    )
    rows = ("English", 600, 1000), ("Spanish", 210, 500), ("Somali", 1, 3), ("Hmong", None, 80)
    assert table(*rows).notes == (
        "Of all people in this table left behind, 99.1% are among Spanish.",
        "The group that looks worst of many often looks less bad next time: expect about 42% among Spanish.",
        "There are no counts to compare for Hmong.",
    )


def test_a_move_that_luck_seldom_makes_is_said_to_be_one():
    rounds = pd.DataFrame(
        {"month": ["2020-09", "2020-09", "2021-05", "2021-05"], "now": [8, 5, 8, 5], "future": 9}
    )
    found = segments.ladder(
        rounds.assign(count=[40, 160, 120, 80]), now="now", future="future", when="month", count="count"
    )
    read = words.ladder_reading(found, when="month")
    assert read.sentences[-1] == "In September 2020 it was 20%: luck alone seldom moves it so far."


def test_several_groups_without_their_column_are_refused():
    found = segments.ladder(ANSWERS, now="now", future="future", by="group")
    with pytest.raises(ValueError, match="several groups or levels; name the column of groups in by"):
        words.ladder_reading(found)


def test_a_group_that_was_not_recorded_has_a_name():
    read = table(("English", 600, 1000), ("b", 790, 1000), (None, 31, 100))
    assert read.finding == "Blood pressure control: 31% among people with no group noted, 60% among English"


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

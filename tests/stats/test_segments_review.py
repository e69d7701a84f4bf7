"""The three-part review, the themes of conversations, the voices heard, and the four pillars."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pophealth.stats import labels, segments
from tests.stats.test_careless import refused

SAYS = st.sampled_from(["supports", "contradicts", "silent"])


def said(*rows):
    return pd.DataFrame(rows, columns=["cause", "source", "says"])


def talks(*rows):
    return pd.DataFrame(rows, columns=["date", "theme"])


def test_causes_with_most_support_come_first_and_equal_ones_by_name():
    found = segments.triangulate(
        said(
            ("trust", "staff", "supports"),
            ("cost", "people", "supports"),
            ("cost", "numbers", "contradicts"),
            ("rides", "numbers", "supports"),
            ("rides", "people", "supports"),
            ("rides", "staff", "silent"),
            ("luck", "staff", "contradicts"),
        )
    )
    assert found.to_dict("split")["data"] == [
        ["rides", "supports", "silent", "supports", 2, 0],
        ["cost", "contradicts", "silent", "supports", 1, 1],
        ["trust", "silent", "supports", "silent", 1, 0],
        ["luck", "silent", "contradicts", "silent", 0, 1],
    ]
    assert list(found.columns) == ["cause", "numbers", "staff", "people", "supporting", "contradicting"]


def test_a_source_that_says_both_is_divided_and_does_not_count_as_support():
    rows = [("cost", "people", "supports"), ("cost", "people", "contradicts"), ("cost", "people", "supports")]
    found = segments.triangulate(said(*rows)).iloc[0]
    assert found.tolist() == ["cost", "silent", "silent", "divided", 0, 1]


def test_silence_adds_nothing_and_a_blank_is_silence():
    rows = [("cost", "people", None), ("cost", "people", "supports"), ("cost", "staff", " ")]
    assert segments.triangulate(said(*rows)).iloc[0].tolist() == [
        "cost",
        "silent",
        "silent",
        "supports",
        1,
        0,
    ]


def test_capitals_and_spaces_make_no_new_cause_source_or_word():
    rows = [("No  rides", "Numbers", "Supports "), ("no rides ", " people", "SUPPORTS")]
    found = segments.triangulate(said(*rows))
    assert found["cause"].tolist() == ["No rides"]
    assert found["supporting"].tolist() == [2]


def test_columns_may_have_other_names():
    renamed = said(("cost", "people", "supports")).rename(
        columns={"cause": "why", "source": "who", "says": "what"}
    )
    found = segments.triangulate(renamed, cause="why", source="who", says="what")
    assert found.columns[0] == "why"
    assert found["people"].tolist() == ["supports"]


def test_an_empty_review_gives_an_empty_table():
    assert segments.triangulate(said()).columns.tolist()[1:4] == ["numbers", "staff", "people"]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("cost", "nurses", "supports"), "column 'source' holds 'nurses', which is no word for it, in row 1"),
        (
            ("cost", "staff", "yes"),
            "'yes', which is no word for it, in row 1 (rows are counted from 0); write supports",
        ),
        ((" ", "staff", "supports"), "column 'cause' is blank in row 1"),
        (("cost", None, "supports"), "column 'source' is blank in row 1"),
    ],
)
def test_a_word_that_is_unknown_is_named(row, sentence):
    table = said(("cost", "staff", "supports"), row)
    refused(lambda: segments.triangulate(table), sentence, table)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["numbers", "staff", "people"]), SAYS), max_size=12
    )
)
def test_each_source_is_counted_as_its_rows_say(rows):
    found = segments.triangulate(said(*rows)).set_index("cause")
    assert set(found.index) == {cause for cause, _, _ in rows}
    for cause, row in found.iterrows():
        for source in ("numbers", "staff", "people"):
            words = {says for about, who, says in rows if (about, who) == (cause, source)} - {"silent"}
            expected = "divided" if len(words) == 2 else next(iter(words), "silent")
            assert row[source] == expected
        assert row["supporting"] == (row[["numbers", "staff", "people"]] == "supports").sum()
        assert 0 <= row["supporting"] + row["contradicting"] <= 3


def slow_saturation(conversations):
    """Walk through the conversations one by one."""
    known, news = set(), []
    for themes in conversations:
        news.append(len(set(themes) - known))
        known |= set(themes)
    return news


def test_new_themes_are_counted_in_the_order_of_time():
    table = talks(
        ("10/2020", "cost"),
        ("9/2020", "rides"),
        ("9/2020", "cost"),
        ("11/2020", "Cost "),
        ("11/2020", "sleep"),
    )
    found = segments.saturation(table)
    assert found["date"].tolist() == ["9/2020", "10/2020", "11/2020"]
    assert found[["number", "themes", "new", "cumulative"]].to_numpy().tolist() == [
        [1, 2, 2, 2],
        [2, 1, 0, 2],
        [3, 2, 1, 3],
    ]
    assert found["new_in_last_three"].isna().tolist() == [True, True, False]
    assert found["new_in_last_three"].iloc[2] == 3
    assert not found["saturated"].any()


def test_three_conversations_without_a_new_theme_saturate_and_a_new_one_ends_it():
    table = talks((1, "cost"), (2, "cost"), (3, None), (4, "cost"), (5, "rides"))
    found = segments.saturation(table)
    assert found["themes"].tolist() == [1, 1, 0, 1, 1]
    assert found["saturated"].tolist() == [False, False, False, True, False]


def test_conversations_of_one_date_are_told_apart():
    table = talks((1, "cost"), (1, "rides"), (1, "rides")).assign(talk=["b", "a", "b"])
    found = segments.saturation(table, conversation="talk")
    assert found[["talk", "themes", "new"]].to_numpy().tolist() == [["b", 2, 2], ["a", 1, 0]]
    assert segments.saturation(table)["themes"].tolist() == [2]


def test_a_conversation_without_a_date_is_named_and_none_give_none():
    table = talks((1, "cost"), (None, "cost"))
    refused(lambda: segments.saturation(table), "column 'date' is blank in row 1", table)
    assert segments.saturation(talks()).empty


@settings(max_examples=25)
@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4), min_size=1, max_size=9))
def test_saturation_agrees_with_walking_through_the_conversations(conversations):
    table = talks(*[(at, theme) for at, themes in enumerate(conversations) for theme in themes])
    before = table.copy(deep=True)
    found = segments.saturation(table.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(table, before)
    news = slow_saturation(conversations)
    assert found["new"].tolist() == news
    assert found["cumulative"].iloc[-1] == sum(news)
    quiet = [at >= 2 and not any(news[at - 2 : at + 1]) for at in range(len(news))]
    assert found["saturated"].tolist() == quiet


def test_a_voice_counts_only_with_consent():
    heard = pd.DataFrame(
        {"segment": ["Spanish", "spanish ", "Somali", "Hmong"], "consent": [None, True, False, True]}
    )
    found = segments.voices(heard, segments=["English", "Spanish", "Somali"])
    assert found["segment"].tolist() == ["English", "Spanish", "Somali", "Hmong"]
    assert found["entries"].tolist() == [0, 2, 1, 1]
    assert found["consented"].tolist() == [0, 1, 0, 1]
    assert found["heard"].mean() == 0.5
    nameless = pd.concat([heard, pd.DataFrame({"segment": [" "], "consent": [True]})])
    assert len(segments.voices(nameless)) == 3
    refused(
        lambda: segments.voices(heard.assign(consent="perhaps")), "column 'consent' holds 'perhaps'; it may"
    )


def test_without_entries_nobody_was_heard():
    nothing = pd.DataFrame({"segment": [], "consent": []})
    assert segments.voices(nothing, segments=["a", "b"])["heard"].tolist() == [False, False]
    assert segments.voices(nothing).empty


def test_all_four_pillars_are_there_even_when_nothing_stands_under_them():
    assert segments.pillars(pd.DataFrame({"pillar": []}))["count"].tolist() == [0, 0, 0, 0]
    table = pd.DataFrame({"pillar": ["Behavior", "behavior", None], "kind": ["need", "asset", "need"]})
    found = segments.pillars(table, by="kind")
    assert found["pillar"].unique().tolist() == [*segments.PILLARS, "not placed"]
    assert found["count"].tolist() == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert segments.pillars(table)["count"].tolist() == [2, 0, 0, 0, 1]
    sentence = "column 'pillar' holds 'luck', which is no word for it, in row 0"
    refused(lambda: segments.pillars(pd.DataFrame({"pillar": ["luck"]})), sentence)


def test_labels_keep_the_way_they_were_written_first():
    written = pd.Series(["No  rides", None, "NO RIDES", 3])
    assert labels.first_written(written).fillna("-").tolist() == ["No rides", "-", "No rides", "3"]

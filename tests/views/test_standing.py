"""One dot a person: the drawing and its words."""

import pandas as pd
import pytest

from pophealth.views import standing, standing_words, theme
from pophealth.workspace.ratings import Balance
from pophealth.workspace.two_rounds import before_after


def tables(*people):
    scores = pd.DataFrame(
        [
            (rater, section, score)
            for rater, row in enumerate(people)
            for section, score in zip(["Fairness", "Money"], row, strict=True)
        ],
        columns=["rater", "section", "score"],
    ).astype({"score": float})
    groups = scores.groupby("section", sort=False)["score"]
    summary = groups.agg(
        asked="size", answered="count", median="median", lowest="min", highest="max"
    ).reset_index()
    return scores, summary.assign(apart=summary["highest"] - summary["lowest"] >= 66)


@pytest.mark.parametrize(
    ("people", "says"),
    [
        (([50, 50],), "One answer so far"),
        (([0, 50], [100, 50]), "You see Fairness differently: talk about it first"),
        (([0, 0], [100, 100]), "You see Fairness and Money differently: talk about them first"),
        (([50, 40], [50, 40]), "You see it much alike; Money stands lowest"),
    ],
)
def test_the_finding_points_at_the_spread(people, says):
    assert standing_words.finding(tables(*people)[1]).startswith(says)


def test_the_words_name_the_widest_section_and_who_could_not_say():
    _, summary = tables([0, 50], [100, None])
    assert standing_words.says(summary) == (
        "2 people answered.",
        "In Fairness the answers go from 0 to 100.",
        "In 1 section somebody could not say.",
    )


@pytest.mark.parametrize("width", [860, 360])
def test_the_drawing_is_a_figure_with_its_table(width):
    scores, summary = tables([0, 50], [100, 50])
    chart = standing.dots(scores, summary, title="You differ", width=width)
    assert 'alt="You differ' in theme.figure(chart, table=summary, alt="You differ").html


def test_without_scores_there_is_no_drawing():
    scores, summary = tables([None, None])
    assert standing.dots(scores, summary, title="") is None


def rounds(then, now):
    rows = [
        (when, rater, "Fairness", score)
        for when, answers in (("2020-09-01", then), ("2021-05-01", now))
        for rater, score in answers.items()
    ]
    scores = pd.DataFrame(rows, columns=["round", "rater", "section", "score"]).astype({"score": float})
    return scores.assign(round=pd.to_datetime(scores["round"]))


def told(then, now):
    scores = rounds(then, now)
    people = {"before": len(then), "now": len(now), "both": len(then.keys() & now.keys())}
    change, months = before_after(scores), (scores["round"].min(), scores["round"].max())
    title = standing_words.moved_title(change, first=months[0])
    return title, " ".join(standing_words.moved_says(change, people, rounds=months, apart=(2, 0)))


def test_what_moved_is_told_with_who_answered_twice():
    title, said = told({"a": 30, "b": 30, "c": 30}, {"a": 50, "b": 50, "c": 30})
    assert title == "Fairness rose most since September 2020: from 30 to 50"
    assert "Three people took part both times." in said
    assert (
        "In Fairness, of three people who answered twice, two went up, one stayed and none went down." in said
    )
    assert "You saw two sections differently then, and none now." in said


def test_which_way_two_people_went_is_not_told():
    _, said = told({"a": 30, "b": 30}, {"a": 50, "b": 50})
    assert "answered twice" not in said


def test_a_move_that_only_other_people_make_is_called_so():
    title, said = told({"a": 30, "b": 30, "c": 60, "d": 60, "e": 60}, {"a": 40, "b": 40, "c": 60})
    assert title == "Much as in September 2020: no section has clearly moved"
    assert "It may be who was asked." in said
    title, said = told({"a": 30}, {"b": 80, "c": 80})
    assert standing_words.NOBODY_TWICE in said
    assert standing_words.OTHERS in said


def test_balance_is_never_told_without_its_level():
    low = " ".join(standing_words.balance_says(Balance(1.0, 8.3, "A", "B", 8.3, 8.3)))
    assert "Their middle answers are all 8." in low
    assert "Even does not mean strong" in low
    high = standing_words.balance_says(Balance(0.91, 55.0, "A", "B", 20.0, 90.0))
    assert high == (
        "Their middle answers go from 20 (A) to 90 (B).",
        "On average they stand at 55. How even they are: 0.91, where 1 is all alike.",
    )


@pytest.mark.parametrize("width", [860, 360])
def test_two_rounds_are_one_figure_and_one_round_is_none(width):
    scores = rounds({"a": 30, "b": None}, {"a": 50})
    chart = standing.two_rounds(scores, before_after(scores), title="It rose", width=width)
    assert 'alt="It rose' in theme.figure(chart, alt="It rose").html
    assert standing.two_rounds(rounds({"a": 30}, {}), before_after(rounds({"a": 30}, {})), title="") is None

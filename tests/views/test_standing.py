"""One dot a person: the drawing and its words."""

import pandas as pd
import pytest

from pophealth.views import standing, theme


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
    assert standing.finding(tables(*people)[1]).startswith(says)


def test_the_words_name_the_widest_section_and_who_could_not_say():
    _, summary = tables([0, 50], [100, None])
    assert standing.says(summary) == (
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

"""A pulse is shown from three answers on, moved by chance, and always the same for the same answers."""

import pandas as pd
import pytest

from pophealth.stats import pulse


def answers(*marks, month="2021-05", domain="power"):
    return pd.DataFrame({"month": month, "domain": domain, "mark": marks})


def test_two_answers_show_nothing_and_three_show_a_row():
    hidden = pulse.published(answers(2, 4), seed="s").iloc[0]
    assert not hidden["shown"]
    assert hidden[["answers", "mean", "spread"]].isna().all()
    seen = pulse.published(answers(2, 4, 4), seed="s").iloc[0]
    assert seen["shown"]
    assert (seen["answers"], 1 <= seen["mean"] <= 5) == (3, True)


def test_a_missing_mark_does_not_count():
    assert not pulse.published(answers(2, 4, None), seed="s")["shown"].any()


@pytest.mark.parametrize(("people", "told"), [(3, 3), (5, 3), (6, 6), (8, 6), (9, 9)])
def test_answers_are_counted_in_steps_of_three(people, told):
    assert pulse.published(answers(*[3] * people), seed="s")["answers"].tolist() == [told]


def test_months_and_domains_come_in_order_and_nothing_given_is_changed():
    table = pd.concat([answers(1, 2, 3, month=month, domain=name) for month in "21" for name in ("b", "a")])
    before = table.copy()
    found = pulse.published(table.reset_index(drop=True), seed="s")
    assert found[["month", "domain"]].to_numpy().tolist() == [["1", "b"], ["1", "a"], ["2", "b"], ["2", "a"]]
    pd.testing.assert_frame_equal(table, before)


def test_the_same_answers_and_seed_give_the_same_figures_and_another_seed_others():
    table = answers(1, 2, 4, 5)
    first = pulse.published(table, seed="one")
    pd.testing.assert_frame_equal(first, pulse.published(table, seed="one"))
    others = {pulse.published(table, seed=f"seed {turn}")["mean"].iloc[0] for turn in range(5)}
    assert len(others) > 1


def many(marks, *, last=None):
    """The same marks on 400 domains at once, each with its own last one."""
    rows = pd.DataFrame(
        [(turn, mark) for turn in range(400) for mark in (*marks, *([turn % 5 + 1] if last else []))],
        columns=["domain", "mark"],
    )
    return rows.assign(month="2021-05")


def test_who_knows_all_answers_but_one_names_it_from_an_exact_mean_and_about_half_the_time_from_ours():
    table = many([2, 4], last=True)
    truth = table.groupby("domain")["mark"].last()
    exact = table.groupby("domain")["mark"].mean()
    told = pulse.published(table, seed="secret").set_index("domain")["mean"]
    right = {
        name: (3 * means - 6).clip(1, 5).round().eq(truth).mean()
        for name, means in {"exact": exact, "told": told}.items()
    }
    assert right["exact"] == 1
    assert right["told"] < 0.6


def test_figures_lie_around_the_exact_ones():
    means = pulse.published(many([2, 3, 3, 4, 4, 5]), seed="secret")["mean"]
    assert means.mean() == pytest.approx(3.5, abs=0.05)
    assert means.sub(3.5).abs().median() < 0.2


@pytest.mark.parametrize(
    ("table", "options", "says"),
    [
        (answers(1, 2, 6), {"seed": "s"}, "column 'mark' holds 6 in row 2; a mark lies between 1 and 5"),
        (answers(1, 2, 3), {"seed": ""}, "there is no seed"),
        (answers(1, 2, 3), {"seed": "s", "least": 2}, "fewer than 3 people are never shown"),
        (answers(1, 2, 3).drop(columns="domain"), {"seed": "s"}, "domain"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(table, options, says):
    with pytest.raises(ValueError, match=says):
        pulse.published(table, **options)


def test_fewer_answers_need_a_wider_distance_before_it_is_told():
    assert [pulse.clear(people) for people in (3, 6, 9)] == [1.5, 1.0, 1.0]

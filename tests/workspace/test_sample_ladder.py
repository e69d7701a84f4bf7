"""The made-up answers on the ladder: how many were asked, and where people stand."""

import pandas as pd
import pytest

from pophealth.workspace import intake, sample_ladder, samples

PLACE = ["team", "month", "group"]


@pytest.fixture(scope="module")
def answers():
    return pd.read_csv(samples.folder() / "13-ladder.csv")


@pytest.fixture(scope="module")
def invited():
    return pd.read_csv(samples.folder() / "13-ladder-invited.csv")


def shares(answers, by):
    """Thriving: now 7 or more and future 8 or more. Suffering: both 4 or less. No guess for a blank."""
    whole = answers.dropna(subset=["now", "future"])
    thriving = whole["now"].ge(7) & whole["future"].ge(8)
    suffering = whole["now"].le(4) & whole["future"].le(4)
    return whole.assign(thriving=thriving, suffering=suffering).groupby(by)[["thriving", "suffering"]].mean()


def test_another_seed_gives_other_answers():
    assert not sample_ladder.answers(seed=1).equals(sample_ladder.answers())


def test_two_teams_asked_three_times(answers):
    rounds = answers.groupby(["team", "month"]).size()
    assert rounds.index.tolist() == [
        (team, month) for team in ("gull-harbor", "northlake") for month in sample_ladder.ROUNDS
    ]
    assert rounds.between(150, 250).all()


def test_fewer_answered_than_were_invited(answers, invited):
    counted = answers.groupby(PLACE).size()
    told = invited.set_index(PLACE)
    assert counted.sort_index().equals(told["answered"].sort_index())
    assert (told["answered"] < told["invited"]).all()


def test_rungs_are_whole_and_few_are_blank(answers):
    for rung in (answers["now"], answers["future"]):
        assert rung.dropna().isin(range(11)).all()
        assert 0 < rung.isna().mean() < 0.1


def test_shares_are_believable(answers):
    found = shares(answers, ["team", "month"])
    assert found["thriving"].between(0.4, 0.65).all()
    assert found["suffering"].between(0.01, 0.1).all()


def test_the_group_left_behind_moves_up_a_little_in_one_team(answers):
    thriving = shares(answers, PLACE)["thriving"]
    middle = answers.groupby(PLACE)["now"].mean()
    spanish = middle["gull-harbor", "2020-09", "Spanish"], middle["gull-harbor", "2021-05", "Spanish"]
    assert 0.2 < spanish[1] - spanish[0] < 1
    assert (thriving[:, :, "English"] > thriving[:, :, "Spanish"]).all()
    somali = middle["northlake", "2020-09", "Somali"], middle["northlake", "2021-05", "Somali"]
    assert abs(somali[1] - somali[0]) < 0.5


@pytest.mark.parametrize("name", ["13-ladder.csv", "13-ladder-invited.csv"])
def test_answers_are_not_taken_for_counts(name):
    assert not intake.check(samples.folder() / name).problems.empty

"""An aim looked at point by point, in words."""

from datetime import date

import pandas as pd
import pytest

from pophealth.stats import spc
from pophealth.workspace.aims import OWN_MONTHS, look_at, outlook, pace
from pophealth.workspace.records import Aim, Focus, Measure

TODAY = date(2021, 1, 1)
WHOLE = Aim.draft(
    {
        "what": "blood pressure under control",
        "population": "adults",
        "place": "Riverbend",
        "baseline": 56,
        "target": 70,
        "by_when": "2021-08-01",
        "measure": "bp",
        "owner": "Ana",
        "equity_group": "adults who speak Spanish",
        "equity_target": 70,
        "made_with": "Luz and Walter, paid",
    }
)


def open_points(aim):
    table = look_at(aim, as_of=TODAY)
    return table.loc[~table["there"], "point"].tolist()


def test_a_whole_aim_has_every_point():
    assert open_points(WHOLE) == []


def test_an_empty_aim_has_none_and_says_what_to_do():
    table = look_at(Aim(), as_of=TODAY)
    assert not table["there"].any()
    assert table["sentence"].str.endswith(".").all()


@pytest.mark.parametrize(
    ("change", "point"),
    [
        ({"by_when": date(2020, 1, 1)}, "A day ahead"),
        ({"what": "more training for nurses"}, "People, not a service"),
        ({"equity_target": None}, "Nobody left behind"),
        ({"target": 56}, "A number that moves"),
    ],
)
def test_each_point_is_looked_at_by_itself(change, point):
    assert open_points(WHOLE.model_copy(update=change)) == [point]


def test_pace_in_percentage_points_a_month():
    assert pace(WHOLE, as_of=TODAY).endswith("about 2 percentage points a month.")
    assert "in 1 month," in pace(WHOLE, as_of=date(2021, 7, 5))


def test_pace_says_what_is_missing_or_past():
    assert "Once both numbers" in pace(Aim(), as_of=TODAY)
    assert "choose a new day" in pace(WHOLE, as_of=date(2022, 1, 1))


PICKED = Focus.draft({"picked_from": "2018-09", "picked_to": "2020-08"})


@pytest.mark.parametrize(
    ("months", "there", "words"),
    [
        ({}, False, "Write from which months your number today comes."),
        ({"baseline_from": "2020-08", "baseline_to": "2020-12"}, False, "has often been unlucky too"),
        ({"baseline_from": "2017-01", "baseline_to": "2021-01"}, False, "Count from other months."),
        ({"baseline_to": "2018-09"}, False, "Count from other months."),
        ({"baseline_from": "2020-09", "baseline_to": "2020-12"}, True, "from other months than those"),
    ],
)
def test_a_baseline_from_the_months_of_the_choice_is_warned_about(months, there, words):
    aim = Aim.draft({**WHOLE.body(), **months})
    last = look_at(aim, as_of=TODAY, focus=PICKED).iloc[-1]
    assert (last["point"], bool(last["there"])) == (OWN_MONTHS, there)
    assert words in last["sentence"]


def test_a_group_that_was_not_picked_by_numbers_asks_nothing_of_the_baseline():
    assert OWN_MONTHS not in look_at(WHOLE, as_of=TODAY, focus=Focus(group="men"))["point"].tolist()


def test_an_aim_of_before_stays_readable_and_its_months_are_held_in_order():
    old = {
        name: value for name, value in WHOLE.body().items() if not name.startswith(("baseline_", "vision"))
    }
    assert Aim.from_body(old) == WHOLE
    ends = Aim.draft({"baseline_from": "2021-02", "baseline_to": "2021-01"})
    assert "end before they begin" in ends.problems()["baseline_to"]


def series(*numerators, denominator=100, **about):
    table = pd.DataFrame({"numerator": numerators, "denominator": denominator, "phase": 1, "excluded": False})
    table = table.assign(period=pd.date_range("2019-01-01", periods=len(table), freq="MS"), **about)
    return spc.control_chart(table, chart="p", better="higher", phase="phase", exclude="excluded")


STEADY = (55, 57, 56, 54, 58, 56, 55, 57, 56, 54, 58, 56, 55, 57)


def test_the_outlook_is_the_middle_and_the_limits_of_the_phase_in_force():
    found = outlook(series(*STEADY), Measure())
    middle = sum(STEADY) / len(STEADY) / 100
    reach = 3 * (middle * (1 - middle) / 100) ** 0.5
    assert (found.expected, found.lower, found.upper) == pytest.approx(
        (middle, middle - reach, middle + reach)
    )
    later = outlook(series(*[30, 31] * 7, *STEADY, phase=[1] * 14 + [2] * 14), Measure())
    assert later.expected == pytest.approx(middle)


@pytest.mark.parametrize(
    ("chart", "measure"),
    [
        (series(*STEADY[:8]), Measure()),
        (series(*STEADY), Measure(window="rolling")),
        (series(*STEADY, *[80] * 6), Measure()),
        (series(*STEADY).assign(upper=None), Measure()),
        (series(*STEADY).assign(value=None), Measure()),
    ],
    ids=["few", "tied", "signal", "no limits", "nothing"],
)
def test_without_a_steady_time_nothing_is_foretold(chart, measure):
    assert outlook(chart, measure).expected is None

"""An aim looked at point by point, in words."""

from datetime import date

import pytest

from pophealth.workspace.aims import look_at, pace
from pophealth.workspace.records import Aim

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

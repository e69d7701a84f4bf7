"""For how many people a group is known, from counts as they may be seen."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats.privacy import join_periods
from pophealth.workspace.recorded import Recorded, recorded
from pophealth.workspace.records import Measure

ONCE = Measure(key="visits", chart="p", exclusive="Language, age")


def counts(**strata):
    """A number of people for each of three months: everyone, and the groups of language."""
    rows = [
        {"period": month, "stratifier": "language" if name != "everyone" else "", "denominator": people}
        | {"stratum": "" if name == "everyone" else name.replace("_", " ")}
        for name, told in strata.items()
        for month, people in zip(("2021-01-01", "2021-02-01", "2021-03-01"), told, strict=True)
    ]
    table = pd.DataFrame(rows).assign(measure="visits", value=np.nan, note="")
    return table.assign(period=pd.to_datetime(table["period"]), numerator=table["denominator"] // 2)


def test_all_periods_together_when_people_are_new():
    points = counts(everyone=[100, 100, 100], English=[60, 70, 80], Spanish=[20, 20, 20], declined=[0, 2, 0])
    assert recorded(points, ONCE, shared=False) == Recorded(270, 300, 2, 28)
    assert recorded(points, Measure(chart="p"), shared=False) == Recorded(298, 300, 2, 0)
    assert recorded(points, Measure(chart=""), shared=True) is None


def test_the_last_period_when_people_are_the_same():
    points = counts(everyone=[100, 100, 100], English=[60, 70, 80], Spanish=[20, 20, 15])
    same = ONCE.model_copy(update={"people": "the same"})
    assert recorded(points, same, shared=False) == Recorded(95, 100, 0, 5)
    points.loc[points["stratum"].eq("Spanish") & points["period"].eq("2021-03-01"), "denominator"] = np.nan
    assert recorded(points, same, shared=False) == Recorded(90, 100, 0, 10)


@pytest.mark.parametrize("chart", ["u", "c", "i", "g", "t", "run"])
def test_only_counts_of_people_tell(chart):
    points = counts(everyone=[100] * 3, English=[60] * 3)
    assert recorded(points, ONCE.model_copy(update={"chart": chart}), shared=False) is None


def test_counts_that_tell_nothing():
    points = counts(everyone=[100] * 3, English=[60] * 3)
    assert recorded(points, Measure(chart="p"), shared=False) is None
    assert recorded(points.iloc[:0], ONCE, shared=False) is None
    assert recorded(counts(everyone=[100] * 3, English=[120] * 3), ONCE, shared=False) is None


@pytest.mark.parametrize(
    ("declined", "shown"), [([0, 2, 0], False), ([0, 20, 0], True), ([0, 0, 0], True), ([12, 0, 0], True)]
)
def test_a_small_number_is_not_said_to_others(declined, shown):
    points = counts(everyone=[200] * 3, English=[100] * 3, Spanish=[60] * 3, declined=declined)
    assert recorded(points, ONCE, shared=False) is not None
    assert (recorded(points, ONCE, shared=True) is not None) is shown


def test_nothing_small_is_said_of_what_was_joined_for_others():
    luck = np.random.default_rng(3)
    said = 0
    for _ in range(40):
        people = luck.poisson(luck.choice([8, 30, 120, 400]), (4, 3))
        strata = dict(zip(("English", "Spanish", "declined", "none"), people, strict=True))
        missing = strata.pop("none")
        points = counts(everyone=sum(strata.values()) + missing, **strata)
        joined = join_periods(points, exclusive=("language",))
        told = recorded(joined, ONCE, shared=True) if len(joined) else None
        assert told is None or all(number == 0 or number > 10 for number in told)
        said += told is not None
    assert said > 5


def test_what_is_small_is_what_the_rule_of_the_measure_says():
    points = counts(everyone=[200] * 3, English=[100] * 3, Spanish=[60] * 3, declined=[0, 4, 0])
    assert recorded(points, ONCE, shared=True) is None
    told = recorded(points, ONCE.model_copy(update={"policy": "ons3"}), shared=True)
    assert told == Recorded(480, 600, 4, 116)

"""Which numbers are too uncertain, held against the standards as they are written."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates
from pophealth.stats.reliability import reliability


def flagged(kind, **columns):
    return reliability(pd.DataFrame(columns, index=[0]), kind=kind).iloc[0]


def by_the_book(events, people, value, lower, upper):
    """The tree of the standard for proportions, question by question."""
    width = upper - lower
    if people < 30 or width >= 0.30:
        return "too uncertain"
    if events in (0, people):
        return "use with care"
    if width > 0.05 and width / value > 1.3:
        return "too uncertain"
    if width > 0.05 and width / (1 - value) > 1.3:
        return "use with care"
    return ""


def test_proportions_follow_the_standard():
    luck = np.random.default_rng(1)
    people = luck.choice([12, 29, 30, 40, 60, 120, 400, 5_000], 600)
    table = pd.DataFrame({"numerator": luck.binomial(people, luck.choice([0, 0.01, 0.1, 0.5, 0.95], 600))})
    found = rates.proportion(table.assign(denominator=people), method="exact")
    told = reliability(found, kind="proportion")
    columns = found[["numerator", "denominator", "value", "lower", "upper"]].itertuples(index=False)
    assert told["reliability"].tolist() == [by_the_book(*row) for row in columns]
    assert set(told["reliability"]) == {"", "use with care", "too uncertain"}
    assert (told["reliability_reason"].eq("") == told["reliability"].eq("")).all()
    percent = rates.proportion(table.assign(denominator=people), method="exact", scale=100)
    again = reliability(percent, kind="proportion", scale=100)
    assert again["reliability"].tolist() == told["reliability"].tolist()


@pytest.mark.parametrize(
    ("events", "width", "flag"),
    [(9, 1.0, "too uncertain"), (10, 1.61, "too uncertain"), (10, 1.6, ""), (10, 1.3, ""), (400, 0.2, "")],
)
def test_rates_need_ten_events_and_limits_that_are_not_far_apart(events, width, flag):
    found = flagged(
        "rate", numerator=events, denominator=9_000, value=100.0, lower=50.0, upper=50.0 + 100 * width
    )
    assert found["reliability"] == flag


def test_a_rate_of_few_people_is_uncertain_however_many_events():
    found = flagged("rate", numerator=30, denominator=9, value=3.3, lower=2.2, upper=4.7)
    assert found["reliability_reason"] == "fewer than 10 events or people"


def test_surveys_bring_their_own_size():
    table = pd.DataFrame(
        {"numerator": [50], "denominator": [100], "value": [0.5], "lower": [0.4], "upper": [0.6]}
    )
    assert reliability(table, kind="proportion")["reliability"].tolist() == [""]
    worth = reliability(table.assign(worth=29), kind="proportion", effective_n="worth")
    assert worth["reliability"].tolist() == ["too uncertain"]
    few = reliability(table.assign(freedom=7), kind="proportion", freedom="freedom")
    assert few["reliability"].tolist() == ["use with care"]
    enough = reliability(table.assign(freedom=8), kind="proportion", freedom="freedom")
    assert enough["reliability"].tolist() == [""]


def test_a_missing_value_has_no_flag_and_the_table_is_not_changed():
    table = pd.DataFrame({"numerator": [None, 3.0], "denominator": [40.0, 20.0]})
    found = rates.proportion(table)
    before = found.copy(deep=True)
    told = reliability(found, kind="proportion")
    assert told["reliability"].tolist() == ["", "too uncertain"]
    pd.testing.assert_frame_equal(found, before)


def test_an_unknown_kind_is_one_clear_sentence():
    with pytest.raises(ValueError, match="there is no kind 'mean'; choose one of proportion, rate"):
        flagged("mean", numerator=1, denominator=1, value=1, lower=1, upper=1)

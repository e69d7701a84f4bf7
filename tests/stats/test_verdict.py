import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc

STEADY = [5, 6] * 6
HIGH = [*STEADY[:-1], 19]
LOW = [*STEADY[:-1], -9]


def charted(**series):
    rows = [
        {"site": site, "period": at, "value": value}
        for site, values in series.items()
        for at, value in enumerate(values)
    ]
    return spc.limits(pd.DataFrame(rows), chart="i", by="site")


@pytest.mark.parametrize(
    ("better", "words"),
    [
        ("higher", ["improvement", "concern", "common_cause"]),
        ("lower", ["concern", "improvement", "common_cause"]),
        ("neither", ["high", "low", "common_cause"]),
        (None, ["high", "low", "common_cause"]),
    ],
)
def test_the_latest_point_is_named(better, words):
    told = spc.verdict(charted(a=HIGH, b=LOW, c=STEADY), better=better)
    assert told.columns.tolist() == ["site", "period", "value", "variation", "assurance"]
    assert told["variation"].tolist() == words
    assert told["value"].tolist() == [19, -9, 6]
    assert told["assurance"].tolist() == ["", "", ""]


def test_only_the_latest_point_counts():
    told = spc.verdict(charted(a=[*STEADY, 19, 5, 6]), better="higher")
    assert told["variation"].tolist() == ["common_cause"]


@pytest.mark.parametrize(
    ("better", "assurance"),
    [
        ("higher", ["consistent_fail", "inconsistent", "consistent_pass"]),
        ("lower", ["consistent_pass", "inconsistent", "consistent_fail"]),
        ("neither", ["", "", ""]),
        (None, ["", "", ""]),
    ],
)
def test_a_target_is_held_against_the_limits(better, assurance):
    table = charted(a=STEADY)
    told = [spc.verdict(table, better=better, target=at)["assurance"].iloc[0] for at in (99, 5.5, -99)]
    assert told == assurance


def test_a_target_on_a_limit_is_inconsistent():
    table = charted(a=STEADY)
    for target in table.loc[0, ["lower", "upper"]]:
        assert spc.verdict(table, better="higher", target=target)["assurance"].tolist() == ["inconsistent"]


def test_missing_or_equal_limits_are_inconsistent():
    table = charted(a=STEADY)
    for line in (np.nan, 5.5):
        told = spc.verdict(table.assign(lower=line, upper=line), better="higher", target=9)
        assert told["assurance"].tolist() == ["inconsistent"]


def test_targets_by_series_and_a_series_without_one():
    targets = pd.DataFrame({"site": ["c", "a", "elsewhere"], "target": [-99, 99, 5]})
    told = spc.verdict(charted(a=STEADY, b=STEADY, c=STEADY), better="higher", target=targets)
    assert told["assurance"].tolist() == ["consistent_fail", "", "consistent_pass"]


def test_limits_of_the_phase_in_force_are_used():
    table = pd.DataFrame(
        {"period": range(24), "value": [*STEADY, *(9 + at for at in STEADY)], "phase": [1] * 12 + [2] * 12}
    )
    told = spc.verdict(spc.limits(table, chart="i", phase="phase"), better="higher", target=9)
    assert told["assurance"].tolist() == ["consistent_pass"]


def test_a_missing_latest_value_is_common_cause_and_no_value_at_all_is_nothing():
    told = spc.verdict(charted(a=[*HIGH, np.nan], b=[np.nan, np.nan]), better="higher", target=99)
    assert told["variation"].tolist() == ["common_cause", ""]
    assert told["period"].tolist() == [12, 1]
    assert told["assurance"].tolist() == ["consistent_fail", "inconsistent"]


def test_order_of_rows_does_not_matter_and_a_missing_name_is_a_series():
    table = charted(a=HIGH, b=LOW).replace({"site": {"b": None}})
    mixed = table.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(
        spc.verdict(mixed, better="lower", target=3), spc.verdict(table, better="lower", target=3)
    )
    assert spc.verdict(mixed, better="lower")["variation"].tolist() == ["concern", "improvement"]


def test_nothing_gives_nothing():
    told = spc.verdict(charted(a=STEADY).iloc[:0], better="higher", target=3)
    assert told.empty
    assert told.columns.tolist() == ["site", "period", "value", "variation", "assurance"]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("high", "target is 'high'; give a number"),
        (True, "target is True; give a number"),
        (pd.DataFrame({"target": [3]}), "column 'site' is not in the table"),
        (pd.DataFrame({"site": ["a", "a"], "target": [3, 4]}), "a has two targets; give each series one"),
        (pd.DataFrame({"site": ["a"], "target": ["low"]}), "'low' in row 0, which is no number"),
    ],
)
def test_targets_that_cannot_be_read_are_refused(target, sentence):
    with pytest.raises(ValueError, match=sentence):
        spc.verdict(charted(a=STEADY), better="higher", target=target)


def test_one_series_needs_no_table_of_targets():
    table = pd.DataFrame({"period": range(12), "value": STEADY})
    with pytest.raises(ValueError, match="give target as a number"):
        spc.verdict(spc.limits(table, chart="i"), better="higher", target=pd.DataFrame({"target": [3]}))


def test_a_latest_point_that_was_left_out_is_not_judged():
    table = pd.DataFrame({"period": range(13), "value": [*([5, 6] * 6), 30]})
    table["out"] = table["period"] == 12
    found = spc.verdict(spc.limits(table, chart="i", exclude="out"), better="lower").iloc[0]
    assert (found["period"], found["variation"]) == (11, "common_cause")

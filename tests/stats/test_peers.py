"""Numbers of other packages, from their output or their own tests; each file of cases names its source."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc
from tests.stats import cases

LINES = ["centre", "lower", "upper"]
WIDTHS_OF_TWO = 1.128, 2 / np.sqrt(np.pi)  # as R's qicharts2 has it, and exactly
STRICT = {"ties_break": True, "missing_breaks": True}
NHS = STRICT | {"outside_counts": False, "one_side": True}


def told(name, part="cases"):
    return pytest.mark.parametrize("case", cases.read(name)[part])


def lines(case, **more):
    return spc.limits(cases.table(case), chart=case["chart"], **more)


@told("count_charts")
def test_counts_and_rates_have_the_lines_of_another_package(case):
    for name in LINES:
        np.testing.assert_allclose(lines(case)[name], case[name], rtol=1e-9)


@told("laney_charts")
def test_prime_charts_are_as_wide_as_another_package_draws_them(case):
    charted = lines(case, screen=False)
    ours, theirs = WIDTHS_OF_TWO
    np.testing.assert_allclose(charted["centre"], case["centre"], rtol=1e-9)
    for name in ("lower", "upper"):
        reach = np.array(case[name]) - case["centre"]
        np.testing.assert_allclose((charted[name] - charted["centre"]) * ours, reach * theirs, rtol=1e-9)


@told("group_charts")
def test_means_and_spreads_of_groups_have_the_lines_of_another_package(case):
    for name in LINES:
        np.testing.assert_allclose(lines(case)[name], case[name], rtol=1e-9)


@told("value_charts")
def test_values_and_times_have_the_lines_of_another_package(case):
    for name in LINES:
        np.testing.assert_allclose(lines(case)[name], case[name], rtol=1e-9)


def marked(case, rules):
    charted = spc.limits(cases.table(case), chart="i", screen=False)
    words = spc.signals(charted, rules=rules)["signal"].str.split()
    return {rule.name: [at for at, names in enumerate(words) if rule.name in names] for rule in rules}


@told("nelson_rules")
def test_rules_of_nelson_mark_the_points_another_package_marks(case):
    lengths = {"outside": None, "shift": 9, "trend": 6, "two_in_three": 3, "fifteen_near": 15}
    found = marked(case, [spc.Rule(name, length, **STRICT) for name, length in lengths.items()])
    assert found == {name: case[name] for name in lengths}


@told("nhs_rules")
def test_rules_of_the_nhs_mark_the_points_another_package_marks(case):
    lengths = {"outside": None, "shift": 8, "trend": 6, "two_in_three": 3}
    found = marked(case, [spc.Rule(name, length, **NHS) for name, length in lengths.items()])
    assert found == {name: case[name] for name in lengths}


def test_every_rule_is_met_somewhere_in_these_cases():
    for name, rules in {"nelson_rules": 5, "nhs_rules": 4}.items():
        met = {
            rule for case in cases.read(name)["cases"] for rule, at in case.items() if rule != "value" and at
        }
        assert len(met) == rules


@told("nhs_tests", "limits")
def test_limits_of_the_nhs_package_as_it_prints_them(case):
    charted = spc.control_chart(cases.table(case), chart="i", rules="nhs")
    for name in LINES:
        np.testing.assert_allclose(charted[name], case[name], rtol=4e-3)
    assert charted["signal"].ne("").sum() == case["special"]


@told("nhs_tests", "two_in_three")
def test_two_in_three_wants_one_side(case):
    marked = spc.control_chart(cases.table(case), chart="i", rules="nhs")["signal"]
    assert marked[case["common_cause"]].tolist() == [""] * len(case["common_cause"])


@told("nhs_tests", "trend")
def test_a_trend_of_the_nhs_package(case):
    table = cases.table(case)
    signal = spc.signals(spc.limits(table, chart="run"), rules="nhs")["signal"]
    assert np.flatnonzero(signal == "trend").tolist() == case["at"]


@told("nhs_tests", "shift")
def test_a_shift_of_the_nhs_package(case):
    table = cases.table({"value": case["side"]})
    signal = spc.signals(spc.limits(table, chart="run", centre=0), rules="nhs")["signal"]
    assert np.flatnonzero(signal == "shift").tolist() == case["at"]


@told("nhs_tests", "assurance")
def test_assurance_of_the_nhs_package(case):
    charted = spc.limits(pd.DataFrame({"period": range(3), "value": case["centre"]}), chart="i")
    charted = charted.assign(**{name: float(case[name]) for name in LINES})
    verdict = spc.verdict(charted, better=case["better"], target=case["target"])
    assert verdict["assurance"].tolist() == [case["assurance"]]

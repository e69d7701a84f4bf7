"""Numbers of healthequal, its known defects mended, and of PHEindicatormethods for measures of inequality."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import equity
from tests.stats import cases

CASES = cases.read("healthequal")["cases"]
SLOPES = cases.read("phe")["sii"]
OURS = {"d": "difference", "r": "ratio"}
NUMBERS = ["value", "se", "lower", "upper"]
NEAR = 0.1  # of the width between the limits: as far as 1,000 draws of theirs stray from 10,000 of ours
WITHOUT_REFERENCE = ("par", "paf")  # held against the best or last group, whatever reference is given


def each(chosen):
    return pytest.mark.parametrize("case", chosen, ids=[case["case"] for case in chosen])


def measured(case, **options):
    given = case["input"]
    table = pd.DataFrame({name: given[name] for name in ("est", "se", "pop", "order") if name in given})
    return equity.measures(
        table.assign(place=[f"place {row}" for row in range(len(table))]),
        group="place",
        estimate="est",
        se="se",
        population="pop",
        order="order" if case["ordered"] else None,
        better="higher" if given["favourable"] else "lower",
        scale=given["scaleval"],
        **options,
    ).set_index("measure")[NUMBERS]


def referenced(case):
    mark = case["input"].get("reference", [])
    return {"reference": f"place {mark.index(1)}"} if mark else {}


def expected(case, way=""):
    """Give the numbers worked out in one way: linear, logistic, wagstaff, erreygers or plain."""
    told = case["output"] | case["corrected"]
    split = {name: name.partition("_") for name in told}
    found = {OURS.get(short, short): told[name] for name, (short, _, kind) in split.items() if kind == way}
    return pd.DataFrame(found, index=NUMBERS, dtype=float).T


def hold(found, wanted):
    np.testing.assert_allclose(found.loc[wanted.index], wanted, rtol=1e-8, atol=1e-10)


@each(CASES)
def test_measures_with_limits_by_formula(case):
    wanted = expected(case).drop(index=[*case.get("monte_carlo", []), *WITHOUT_REFERENCE], errors="ignore")
    hold(measured(case, **referenced(case)), wanted)


@each(CASES)
def test_what_could_be_gained(case):
    wanted = expected(case)
    hold(measured(case), wanted[wanted.index.isin(WITHOUT_REFERENCE)])


@each([case for case in CASES if "monte_carlo" in case])
def test_measures_with_limits_by_draws(case):
    found, wanted = measured(case, **referenced(case)), expected(case).loc[case["monte_carlo"]]
    np.testing.assert_allclose(found.loc[wanted.index, "value"], wanted["value"], rtol=1e-9)
    width = wanted["upper"] - wanted["lower"]
    for side in ("lower", "upper"):
        assert (np.abs(found.loc[wanted.index, side] - wanted[side]) < NEAR * width).all()


@each([case for case in CASES if case["ordered"]])
@pytest.mark.parametrize("model", ["linear", "logistic"])
def test_slopes(case, model):
    wanted = expected(case, model)
    hold(measured(case, model=model), wanted[wanted["value"].gt(0) | (wanted.index == "sii")])


def test_a_line_below_zero_has_no_ratio():
    case = next(case for case in CASES if case["output"].get("rii_linear", [1])[0] < 0)
    assert measured(case, model="linear").loc["rii"].isna().all()


@each([case for case in CASES if case["ordered"]])
@pytest.mark.parametrize("kind", ["wagstaff", "erreygers"])
def test_bounded_concentration(case, kind):
    hold(measured(case, rci=kind, bounds=(0, case["input"]["scaleval"])), expected(case, kind))


@pytest.mark.parametrize("case", SLOPES)
def test_slopes_of_the_english_package(case):
    """Its multiplier turns the sign round and the ratio over."""
    given = case["input"]
    table = pd.DataFrame({"est": given["value"], "people": given["population"]})
    table = table.assign(tenth=[str(row) for row in table.index], order=table.index + 1)
    names = {"group": "tenth", "estimate": "est", "population": "people", "order": "order"}
    found = equity.measures(table, **names, better="higher", model="linear", names=["sii", "rii"])
    sii, rii = found["value"]
    turn = given.get("multiplier", 1)
    assert sii * turn == pytest.approx(case["output"]["sii"], rel=1e-9)
    assert rii ** np.sign(turn) == pytest.approx(case["output"]["rii"], rel=1e-9)

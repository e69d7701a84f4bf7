"""Numbers of reference packages in R for rates; where we depart, the case names the page that says why."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates
from tests.stats import cases

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"
PHE, EPITOOLS, R = cases.read("phe"), cases.read("epitools"), cases.read("r_stats")
LIMITS = {"value": "value", "lower": "lowercl", "upper": "uppercl"}
BISECTED = 1e-6  # how close PHEindicatormethods comes to the limits of a funnel by halving
NAMES = {
    **dict.fromkeys(("x", "deaths", "observed", "count"), "numerator"),
    **dict.fromkeys(("n", "population", "expected", "pop"), "denominator"),
}
SIDES = {"High": "above", "Low": "below", "Not": ""}


def each(chosen):
    return pytest.mark.parametrize("case", chosen)


def hold(found, case, columns):
    expected = case["output"] | case.get("ours", {})
    for ours, theirs in columns.items():
        number = np.array(expected[theirs], dtype=float).reshape(-1)
        np.testing.assert_allclose(found[ours], number, rtol=1e-9, atol=1e-12)


def counts(given):
    """Lay out what a function of R was given, under the names ours read."""
    names = {
        "numerator": ["x", "deaths", "observed", "count"],
        "denominator": ["n", "population", "expected", "pop"],
    }
    table = {ours: given[name] for ours, theirs in names.items() for name in theirs if name in given}
    return pd.DataFrame(table)


def asked(case):
    return {"confidence": case["input"].get("confidence", 0.95)}


@each(PHE["rate"])
def test_rates(case):
    found = rates.rate(counts(case["input"]), scale=case["input"].get("multiplier", 100_000), **asked(case))
    hold(found, case, LIMITS)
    assert (found["reason"] == "").tolist() == found["value"].notna().tolist()


@each([case for case in PHE["rate"] if "method" in case["output"]])
def test_rates_change_method_where_the_package_does(case):
    found = rates.rate(counts(case["input"]))
    known = [method for method in case["output"]["method"] if method]
    assert found.loc[found["value"].notna(), "method"].tolist() == [
        {"Exact": "exact", "Byars": "byar"}[method] for method in known
    ]


@each([case for case in PHE["proportion"] if "error" not in case["output"]])
def test_proportions(case):
    scale = case["input"].get("multiplier", 1)
    hold(rates.proportion(counts(case["input"]), scale=scale, **asked(case)), case, LIMITS)


@each([case for case in PHE["proportion"] if "error" in case["output"]])
def test_a_share_above_all_people_is_refused_by_both(case):
    with pytest.raises(ValueError, match="above the denominator in row 0"):
        rates.proportion(counts(case["input"]))


@each(PHE["mean"])
def test_means(case):
    found = rates.mean(pd.DataFrame({"value": case["input"]["x"]}), **asked(case))
    hold(found, case, LIMITS | {"standard_deviation": "stdev"})


@each(PHE["directly_standardised"])
def test_directly_standardised_rates(case):
    table = counts(case["input"]).assign(weight=case["input"]["stdpop"])
    hold(rates.directly_standardised(table, standard="weight", **asked(case)), case, LIMITS)


@each([case for case in PHE["directly_standardised"] if case["standard"] != "own"])
def test_standards_are_those_the_packages_were_given(case):
    table = counts(case["input"]).assign(weight=case["input"]["stdpop"])
    title = case["standard"]
    ages = [0, 1, *range(5, 90, 5)] if title == "us2000_19" else range(0, 95, 5)
    named = rates.directly_standardised(table.assign(age_band=ages), standard=title)
    own = rates.directly_standardised(table, standard="weight")
    pd.testing.assert_frame_equal(named[[*LIMITS]], own[[*LIMITS]], rtol=1e-12)


@each(EPITOOLS["gamma"])
def test_directly_standardised_rates_with_gamma_limits(case):
    table = counts(case["input"]).assign(weight=case["input"]["stdpop"])
    level = case["input"]["conf.level"]
    found = rates.directly_standardised(table, standard="weight", method="gamma", confidence=level, scale=1)
    hold(found, case, {"value": "adj.rate", "lower": "lci", "upper": "uci"})


@each(PHE["indirectly_standardised"])
def test_indirectly_standardised_rates(case):
    given = case["input"]
    table = counts(given).assign(all_events=given["x_ref"], all_people=given["n_ref"])
    found = rates.indirectly_standardised(
        table,
        reference_numerator="all_events",
        reference_denominator="all_people",
        ratio=case["call"] == "calculate_ISRatio",
        scale=given.get("refvalue", given.get("multiplier", 1)),
        **asked(case),
    )
    hold(found, case, LIMITS | {"expected": "expected"})


@each(PHE["quantile"])
def test_quantiles(case):
    given = case["input"]
    first = "highest" if given["invert"] else "lowest"
    found = rates.quantile(pd.DataFrame({"value": given["values"]}), groups=given["nquantiles"], first=first)
    assert found["quantile"].fillna(0).tolist() == [place or 0 for place in case["output"]["quantile"]]


@each(PHE["life_expectancy"])
def test_life_expectancy(case):
    table = counts(case["input"]).assign(age_band=[0, 1, *range(5, 95, 5)])
    hold(rates.life_expectancy(table, **asked(case)), case, LIMITS)


@each(PHE["funnel_proportion"] + PHE["funnel_ratio"])
def test_places_outside_a_funnel(case):
    kind = case["call"].removeprefix("funnel_")
    found = rates.funnel_limits(counts(case["input"]), kind=kind)
    wide, narrow = (found.loc[found["confidence"] == level, "outside"].tolist() for level in (0.998, 0.95))
    words = (case["output"] | case.get("ours", {}))["significance"]
    assert narrow == [SIDES[word.split()[0]] for word in words]
    assert wide == [SIDES[word.split()[0]] if "0.001" in word else "" for word in words]


@each(PHE["funnel_proportion"])
@pytest.mark.parametrize(("level", "sigma"), [(0.95, "2s"), (0.998, "3s")])
def test_limits_of_a_funnel_of_shares(case, level, sigma):
    found = rates.funnel_limits(counts(case["input"]), confidence=level)
    hold(found, case, {"lower": f"lower_{sigma}", "upper": f"upper_{sigma}"})


@each(PHE["funnel_ratio"])
@pytest.mark.parametrize(("level", "sigma"), [(0.95, "2s"), (0.998, "3s")])
@pytest.mark.parametrize("side", ["lower", "upper"])
def test_limits_of_a_funnel_of_ratios(case, level, sigma, side):
    """The package gives the expected events at which so many observed ones lie just on the limit."""
    observed = np.array(case["input"]["observed"][1:])
    expected = np.array(case["output"][f"{side}_{sigma}_expected"][1:])
    table = pd.DataFrame({"numerator": observed, "denominator": expected})
    found = rates.funnel_limits(table, kind="ratio", confidence=level)
    np.testing.assert_allclose(found[side], observed / expected, rtol=BISECTED)


@each(R["rate_exact"])
def test_exact_limits_of_rates(case):
    found = rates.rate(counts(case["input"]), method="exact", scale=1, **asked(case))
    hold(found, case, {"lower": "lower", "upper": "upper"})


@each(R["proportion_exact"])
def test_exact_limits_of_proportions(case):
    found = rates.proportion(counts(case["input"]), method="exact", **asked(case))
    hold(found, case, {"lower": "lower", "upper": "upper"})


@each(R["proportion_wilson"])
def test_wilson_limits_of_proportions(case):
    hold(rates.proportion(counts(case["input"]), **asked(case)), case, {"lower": "lower", "upper": "upper"})


DEPARTURES = [case for part in PHE.values() if isinstance(part, list) for case in part if "departure" in case]


@each(DEPARTURES)
def test_a_departure_departs_and_has_a_page(case):
    assert case["how"]
    assert case["ours"]
    assert all(case["output"].get(name, "nothing") != number for name, number in case["ours"].items())
    assert (DECISIONS / f"{case['departure']}.md").is_file()

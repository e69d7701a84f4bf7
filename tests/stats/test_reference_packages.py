"""Numbers of the two reference packages in R; where we depart, the case names the page that says why."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc
from pophealth.stats.lines import CHARTS
from tests.stats import cases

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"
LINES = ["centre", "lower", "upper"]
RUNS = ["useful", "longest_run", "longest_run_limit", "crossings", "crossings_limit", "runs_signal"]
WIDER = 2.66 / (3 / 1.128)  # NHSRplotthedots draws 2.66 mean moving ranges
QIC, NHS = cases.read("qicharts2"), cases.read("nhsrplotthedots")
EVERY = QIC["cases"] + NHS["cases"]


def each(chosen):
    return pytest.mark.parametrize("case", chosen, ids=[case["case"] for case in chosen])


def expected(case):
    return case["output"] | case.get("ours", {})


def told(charted, column, expected):
    """Lay out an expected number, or a list with one for each point; None is missing."""
    return np.broadcast_to(np.array(expected[column], dtype=float), len(charted))


def hold(charted, expected, columns):
    for column in columns:
        np.testing.assert_allclose(charted[column], told(charted, column, expected), rtol=1e-9, atol=1e-12)


def as_qic(case):
    """Lay out what `qic` was given the way `limits` reads it; its positions are counted from 1."""
    table = cases.table(case["input"])
    position = table["period"].to_numpy() + 1
    table["period"] = case["input"].get("period", table["period"])
    table["phase"] = np.searchsorted(case.get("part", []), position, side="left")
    table["out"] = np.isin(position, case.get("exclude", []))
    return table


def qic(case):
    return spc.limits(
        as_qic(case),
        chart=case["chart"],
        phase="phase",
        exclude="out",
        baseline=case.get("freeze"),
        centre=case.get("cl"),
        scale=case.get("multiply", 1),
    )


@each([case for case in QIC["cases"] if "error" not in expected(case)])
def test_lines_and_runs_of_qicharts2(case):
    charted = qic(case)
    hold(charted, expected(case), ["value", *LINES])
    outside = spc.signals(charted, rules=[spc.Rule("outside")])["signal"] != ""
    assert np.flatnonzero(outside).tolist() == expected(case)["outside"]
    found = spc.run_tests(charted)[RUNS].astype(object)
    assert found.where(found.notna(), None).to_numpy().tolist() == expected(case)["runs"]


@each([case for case in QIC["cases"] if "error" in expected(case)])
def test_what_cannot_be_charted_is_refused(case):
    with pytest.raises(ValueError, match="above"):
        qic(case)


def test_runs_of_10_to_100_points():
    sides = [row[0] for row in QIC["runs"]]
    assert [len(side) for side in sides] == list(range(10, 101))
    points = [(len(side), period, float(value)) for side in sides for period, value in enumerate(side)]
    table = pd.DataFrame(points, columns=["series", "period", "value"])
    found = spc.run_tests(spc.limits(table, chart="run", by="series", centre=0.5))
    assert found[RUNS[1:]].to_numpy().tolist() == [row[1:] for row in QIC["runs"]]


def nhs(case):
    table = cases.table(case["input"])
    table["period"] = case["input"].get("period", table["period"] + 1)
    table["phase"] = np.searchsorted(case.get("rebase", []), table["period"], side="right")
    layout = {"by": "series", "phase": "phase", "baseline": case.get("fix_after_n_points")}
    return spc.limits(table.assign(series="a"), chart="i", **layout)


@each(NHS["cases"])
def test_lines_types_and_verdict_of_the_nhs_package(case):
    charted = nhs(case)
    marked = spc.signals(charted, rules="nhs", better=case["better"])
    words = marked["signal"] + " " + marked["direction"]
    assert {str(at): word for at, word in enumerate(words) if word.strip()} == expected(case)["special"]
    target = pd.DataFrame({"series": ["a"], "target": [case["target"]]}) if "target" in case else None
    verdict = spc.verdict(charted, better=case["better"], target=target).iloc[0]
    assert verdict["variation"] == expected(case)["variation"]
    assert verdict["assurance"] == expected(case)["assurance"]
    for name in ("lower", "upper"):
        charted[name] = charted["centre"] + WIDER * (charted[name] - charted["centre"])
    hold(charted, expected(case), LINES)


@each([case for case in EVERY if "departure" in case])
def test_a_departure_departs_and_has_a_page(case):
    assert case["ours"]
    assert case["how"]
    assert all(case["output"].get(name) != number for name, number in case["ours"].items())
    assert (DECISIONS / f"{case['departure']}.md").is_file()


def test_every_chart_is_among_the_cases():
    assert {case["chart"] for case in QIC["cases"]} == set(CHARTS)

"""Every chart against the formulas worked out point by point, on series with all that real files have."""

import random

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc
from pophealth.stats.lines import CHARTS
from tests.stats import by_hand

DRAWN = ["value", "centre", "lower", "upper"]
COUNTS = (*by_hand.WEIGHED, "c")
CENTRES = {"p": 0.3, "p'": 0.3, "i": -2.5, "i'": -0.4, "run": 0.0, "xbar": 6.0, "g": 4.0, "t": 1.4}


def made_up(luck):
    """Rows of three series with gaps, exclusions, phases and dates of several rows, in any order."""
    rows = []
    for series in range(3):
        turn = luck.randint(1, 30)
        many = luck.choice([1, 1, 3, 4])
        for period in range(luck.randint(1, 40)):
            label = 1 + (period >= turn)
            shared = {"series": series, "period": period, "label": label, "first": luck.random() < 0.4}
            shared["out"] = luck.random() < 0.1
            size = many if luck.random() < 0.9 else luck.randint(1, 5)
            rows += [row(luck, label) | shared for _ in range(size)]
    return luck.sample(rows, len(rows))


def row(luck, level):
    people = luck.choice([0, 12, 40, 90, 400])
    cases = sum(luck.random() < 0.2 * level for _ in range(people)) if people else luck.randint(0, 2)
    outlying = 40 if luck.random() < 0.03 else 0
    return {
        "value": None if luck.random() < 0.06 else round(luck.gammavariate(3, 2 * level), 1) + 0.1 + outlying,
        "numerator": None if luck.random() < 0.06 else cases,
        "denominator": None if luck.random() < 0.04 else people,
    }


def fitted(rows, chart, luck):
    """Let what a chart would refuse be what it takes, and i' be tried with counts below zero."""
    for each in rows:
        if chart in ("p", "p'") and each["numerator"] is not None and each["denominator"]:
            each["numerator"] = min(each["numerator"], each["denominator"])
        if chart == "i'" and each["numerator"] is not None and luck.random() < 0.3:
            each["numerator"] = -each["numerator"]
        if chart in ("i", "mr", "run", "xbar", "s") and each["value"] is not None:
            each["value"] -= 8
    return rows


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("seed", range(24))
def test_a_chart_is_what_the_formulas_say(chart, seed):
    luck = random.Random(f"{chart} {seed}")
    rows = fitted(made_up(luck), chart, luck)
    asked = {
        "baseline": luck.choice([None, 5, 12, "first"]),
        "centre": CENTRES.get(chart, 3.0) if luck.random() < 0.25 else None,
        "screen": luck.random() < 0.7,
        "scale": luck.choice([1, 100]),
    }
    table = pd.DataFrame(rows).drop(columns=[] if chart in COUNTS else ["numerator", "denominator"])
    charted = spc.limits(table, chart=chart, by="series", phase="label", exclude="out", **asked)
    expected = np.array(by_hand.limits(rows, chart=chart, **asked), dtype="float64")
    np.testing.assert_allclose(charted[DRAWN].to_numpy(), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("chart", CHARTS)
def test_the_series_tried_are_worth_trying(chart):
    """Most points have a value, and a good part of them a limit above the centre."""
    luck = random.Random(chart)
    charted = spc.limits(pd.DataFrame(fitted(made_up(luck), chart, luck)), chart=chart, by="series")
    assert charted["value"].notna().mean() > 0.6
    assert chart == "run" or (charted["upper"] > charted["centre"]).mean() > 0.2

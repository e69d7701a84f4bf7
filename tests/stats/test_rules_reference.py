"""Every rule against slow loops, on random series with ties, gaps, excluded points and phases."""

import functools
import itertools
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rules, run_counts, spc
from pophealth.stats.rules import Rule
from tests.stats import naive_rules

SERIES = 150
HIGH, LOW = "high", "low"


def random_points(luck, phase):
    """Make points in whole numbers: steady, drifting or with ties; limits that may be cut or absent."""
    size = int(luck.integers(1, 40))
    spread = int(luck.choice([2, 6, 20]))
    value = luck.integers(-spread, spread + 1, size) + luck.choice([0, 1, 3]) * luck.integers(
        -1, 2
    ) * np.arange(size)
    if luck.random() < 0.3:
        value = np.sort(value)[:: luck.choice([1, -1])]
    centre, equal = int(luck.integers(-1, 4)) + spread, luck.random() < 0.3
    widest, points = int(luck.choice([2, 2, 30])) * spread, []
    for number in value + spread:
        down, up = (int(luck.integers(widest // 30, widest)) for _ in range(2))
        points.append(
            {
                "value": None if luck.random() < 0.06 else int(number),
                "centre": centre,
                "lower": None if luck.random() < 0.1 else 0 if luck.random() < 0.1 else centre - down,
                "upper": None if luck.random() < 0.1 else centre + (down if equal else up),
                "excluded": bool(luck.random() < 0.06),
                "phase": phase,
            }
        )
    return points


@functools.cache
def random_chart(seed):
    """Make a charted table in tenths, and the same points in whole numbers."""
    luck = np.random.default_rng(seed)
    spans = {
        (site, phase): random_points(luck, phase)
        for site in range(SERIES)
        for phase in range(1, 1 + luck.integers(1, 4))
    }
    rows = []
    for (site, phase), points in spans.items():
        for at, point in enumerate(points):
            rows.append({"site": site, "period": 100 * phase + at, **point})
    table = pd.DataFrame(rows)[["site", "period", "value", "phase", "excluded", "centre", "lower", "upper"]]
    for name in ("value", "centre", "lower", "upper"):
        table[name] = table[name].astype("float64") / 10
    return table, spans


VARIANTS = [
    (Rule(name, length, ties_break=strict, missing_breaks=gaps, outside_counts=not strict, one_side=gaps),)
    for name, length in (
        ("shift", 3),
        ("long_run", 5),
        ("shift", 8),
        ("trend", 2),
        ("trend", 4),
        ("two_in_three", 3),
        ("two_in_three", 2),
        ("two_in_three", 5),
        ("fifteen_near", 3),
        ("fifteen_near", 15),
    )
    for strict in (True, False)
    for gaps in (True, False)
]
SETS = [
    rules.SHEWHART,
    rules.NHS,
    rules.IHI_RUN[:2],
    (*rules.NHS[1:], Rule("outside")),
    (Rule("trend", 3), Rule("trend", 5), Rule("shift", 4, alone=True), Rule("fifteen_near", 4)),
]


@pytest.mark.parametrize(
    "chosen", [*VARIANTS, *SETS], ids=lambda chosen: str([tuple(rule) for rule in chosen])
)
def test_rules_agree_with_slow_loops(chosen):
    table, spans = random_chart(len(chosen[0].name) % 3)
    marked = spc.signals(table.sample(frac=1, random_state=3), rules=chosen).loc[table.index]
    expected = [named for points in spans.values() for named in naive_rules.names_and_ways(points, chosen)]
    assert len(spans) > SERIES
    assert marked["signal"].tolist() == [names for names, _ in expected]
    assert marked["direction"].tolist() == [{1: HIGH, -1: LOW, 0: ""}[way] for _, way in expected]
    assert 0 < marked["signal"].ne("").mean() < 1


@pytest.mark.parametrize("scale", [1, 100])
def test_a_share_is_near_its_limit_beyond_two_sigma_also_where_that_limit_is_cut(scale):
    luck = np.random.default_rng(11)
    people = luck.integers(20, 200, 600)
    for chance in (0.02, 0.5, 0.97):
        table = pd.DataFrame(
            {"period": range(600), "denominator": people, "numerator": luck.binomial(people, chance)}
        )
        charted = spc.control_chart(table, chart="p", rules=(Rule("two_in_three", 2),), scale=scale)
        share = table["numerator"].sum() / people.sum()
        far = (table["numerator"] / people - share).abs() > 2 * np.sqrt(share * (1 - share) / people)
        cut = charted[["lower", "upper"]].isin([0, scale]).any(axis="columns")
        assert cut.mean() > 0.5 or chance == 0.5
        assert 0 < far.mean() < 0.1
        assert charted["signal"].ne("").tolist() == far.tolist()


def chance_of_runs(above, below):
    """Count the orders of the points by their number of runs, in whole numbers."""
    every = math.comb(above + below, above)
    ways = {}
    for number in range(2, above + below + 1):
        half, odd = divmod(number, 2)
        one = math.comb(above - 1, half - 1) * math.comb(below - 1, half - 1 + odd)
        other = math.comb(above - 1, half - 1 + odd) * math.comb(below - 1, half - 1)
        ways[number] = Fraction(one + other, every)
    return ways


@pytest.mark.parametrize("above", range(1, 31))
def test_usual_runs_agree_with_whole_numbers(above):
    for below in range(1, 31):
        chance = chance_of_runs(above, below)
        assert sum(chance.values()) == 1
        usual = [
            number
            for number in chance
            if sum(chance[k] for k in chance if k <= number) > Fraction(1, 40)
            and sum(chance[k] for k in chance if k >= number) > Fraction(1, 40)
        ]
        assert run_counts.usual_runs(above, below) == (usual[0], usual[-1])


def test_run_counts_agree_with_slow_loops():
    table, spans = random_chart(5)
    told = spc.run_counts(table)
    assert told[["site", "phase"]].apply(tuple, axis=1).tolist() == list(spans)
    for row, points in zip(told.itertuples(), spans.values(), strict=True):
        counted = [point for point in points if point["value"] is not None and not point["excluded"]]
        sides = [point["value"] > point["centre"] for point in counted if point["value"] != point["centre"]]
        changes = sum(one != other for one, other in itertools.pairwise(sides))
        assert (row.points, row.useful) == (len(counted), len(sides))
        assert row.runs == (changes + 1 if sides else 0)
        if sides:
            fewest, most = run_counts.usual_runs(sum(sides), len(sides) - sum(sides))
            assert (row.fewest_usual, row.most_usual) == (fewest, most)
            assert row.runs_signal == (not fewest <= row.runs <= most)
        else:
            assert not row.runs_signal

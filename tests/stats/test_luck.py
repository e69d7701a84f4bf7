"""How often luck draws what a chart shows: each rule's chance held against steady series charted in full."""

from itertools import pairwise, product

import pytest

from pophealth.stats import luck
from pophealth.stats.spc import Rule, false_alarms
from pophealth.stats.steady_lines import steady


@pytest.mark.parametrize(
    ("told", "rule", "points", "chart"),
    [
        (luck.chance_outside(1, 24, "i"), Rule("outside"), 24, "i"),
        (luck.chance_outside(1, 24, "p"), Rule("outside"), 24, "p"),
        (luck.chance_of_climb(6, 24), Rule("trend", 6), 24, "i"),
        (luck.chance_of_climb(5, 36), Rule("trend", 5), 36, "run"),
        (luck.chance_near_limit(24, "i"), Rule("two_in_three"), 24, "i"),
        (luck.chance_near_middle(15, 36, "i"), Rule("fifteen_near"), 36, "i"),
        (luck.chance_of_run(8, 24, chart="run"), Rule("shift", 8), 24, "run"),
        (luck.chance_of_run(8, 36), Rule("shift", 8), 36, "p"),
    ],
)
def test_each_chance_agrees_with_steady_series_charted_in_full(told, rule, points, chart):
    assert told == pytest.approx(false_alarms(points, (rule,), chart), abs=0.012)


def test_a_chance_is_the_same_every_time():
    first = luck.chance_outside(1, 30, "i")
    luck.chance_outside.cache_clear()
    steady.cache_clear()
    assert luck.chance_outside(1, 30, "i") == first


def sides(above, below):
    return [order for order in product((0, 1), repeat=above + below) if sum(order) == above]


def changes(order):
    return sum(one != other for one, other in pairwise(order))


@pytest.mark.parametrize(("above", "below"), [(4, 4), (3, 6), (1, 5), (0, 4)])
def test_runs_are_counted_as_every_order_of_the_points_makes_them(above, below):
    runs = [changes(order) + 1 for order in sides(above, below)]
    for count in range(1, above + below + 1):
        fewer = sum(number <= count for number in runs) / len(runs)
        more = sum(number >= count for number in runs) / len(runs)
        assert luck.chance_of_runs(count, above, below) == pytest.approx(fewer)
        assert luck.chance_of_runs(count, above, below, most=True) == pytest.approx(more)


def test_crossings_are_counted_as_tosses_of_a_coin_make_them():
    every = [changes(order) for order in product((0, 1), repeat=8)]
    for crossings in range(8):
        share = sum(number <= crossings for number in every) / len(every)
        assert luck.chance_of_few_crossings(crossings, 8) == pytest.approx(share)


def test_a_short_baseline_makes_later_runs_less_rare():
    chances = [luck.chance_of_side(12, 12, before) for before in (6, 12, 48)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 3 * chances[2]


def test_each_kind_of_chart_has_its_own_chance_of_a_point_outside():
    chances = {chart: luck.chance_outside(1, 24, chart) for chart in ("p", "i", "mr", "g")}
    assert chances["p"] < chances["i"] < chances["mr"] < chances["g"]
    assert luck.chance_outside(1, 24, "run") == 0


def test_long_series_are_drawn_less_often_but_still_drawn():
    assert steady(5000).values.shape == (200, 5000)

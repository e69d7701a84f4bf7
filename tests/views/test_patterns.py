"""The points that make a signal, found in tables marked by hand."""

import pandas as pd
import pytest

from pophealth.views import patterns


def points(values, centre=5.0, marks=None, direction=""):
    marks = marks or {}
    table = pd.DataFrame({"value": [float(value) for value in values], "centre": centre})
    table["signal"] = [marks.get(place, "") for place in table.index]
    table["direction"] = [direction if name else "" for name in table["signal"]]
    return table


def test_a_run_steps_over_points_on_the_line_unless_they_break_it():
    table = points([1, 6, 5, 7, 8])
    assert list(patterns.one_side(table, 4).index) == [1, 3, 4]
    assert list(patterns.one_side(table, 4, ties_break=True).index) == [3, 4]


def test_a_climb_goes_back_to_where_it_began_and_steps_over_repeats():
    rising, up = patterns.climb(points([9, 3, 4, 4, 6, 7, 2]), 5)
    assert (list(rising.index), up) == ([1, 2, 4, 5], True)
    falling, up = patterns.climb(points([1, 9, 8, 7]), 3)
    assert (list(falling.index), up) == ([1, 2, 3], False)


def test_the_last_of_several_marked_stretches_counts():
    table = points(range(6), marks=dict.fromkeys((0, 1, 4, 5), "fifteen_near"))
    assert list(patterns.stretch(table, "fifteen_near", 5).index) == [4, 5]
    assert patterns.last_marked(table, "outside") is None


def test_two_of_three_near_a_limit_lie_on_one_side():
    table = points([9, 1, 9, 5, 9], marks={0: "two_in_three", 1: "two_in_three", 2: "two_in_three"})
    assert list(patterns.near_limit(table, 2).index) == [0, 2]


@pytest.mark.parametrize(
    ("values", "marks", "direction", "upward"),
    [
        ([1, 9, 2], {1: "outside"}, "improvement", "improvement"),
        ([1, 9, 2], {1: "outside"}, "concern", "concern"),
        ([9, 1, 8], {1: "outside"}, "concern", "improvement"),
        ([1, 2, 3], {1: "trend", 2: "trend"}, "improvement", "improvement"),
        ([9, 8, 7], {1: "trend", 2: "trend"}, "improvement", "concern"),
        ([1, 9, 2], {1: "outside"}, "high", "high"),
    ],
)
def test_up_is_good_where_the_marked_points_say_so(values, marks, direction, upward):
    table = points(values, marks=marks, direction=direction)
    assert patterns.way(table, up=True) == upward

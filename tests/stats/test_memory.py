import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc


def series(value, **more):
    return pd.DataFrame({"period": range(len(value)), "value": value, **more})


def lag_1(table, **layout):
    return spc.autocorrelation(spc.limits(table, chart="i", **layout))["lag_1"]


def naive(values):
    mean = sum(values) / len(values)
    products = [(values[at] - mean) * (values[at + 1] - mean) for at in range(len(values) - 1)]
    return sum(products) / sum((value - mean) ** 2 for value in values)


@pytest.mark.parametrize("points", [3, 12, 37])
def test_lag_1_is_the_sum_of_products_of_neighbours(points):
    value = np.random.default_rng(points).normal(100, 5, points)
    assert lag_1(series(value)).tolist() == pytest.approx([naive(value)])


def test_rolling_means_remember_and_random_points_do_not():
    luck = np.random.default_rng(12).normal(size=(300, 47))
    rolling = np.lib.stride_tricks.sliding_window_view(luck, 12, axis=1).mean(axis=2)
    random = luck[:, :36]

    def of_all(values):
        table = pd.DataFrame({"period": np.tile(np.arange(36), 300), "value": values.ravel()})
        return lag_1(table.assign(team=np.repeat(np.arange(300), 36)), by="team")

    assert (of_all(rolling) > 0.5).mean() > 0.95
    assert (of_all(random) > 0.5).mean() < 0.01
    assert of_all(random).mean() == pytest.approx(-1 / 36, abs=0.02)


def test_only_counted_points_of_the_baseline_take_part_each_phase_alone():
    value = [3.0, 5, 4, 6, 9, 7, 2, 8, 40, 1, 3, 2, 5, 4, 90]
    table = series(value, phase=["a"] * 8 + ["b"] * 7, out=[False] * 12 + [True] + [False] * 2)
    charted = spc.limits(table, chart="i", phase="phase", baseline=6, exclude="out")
    found = spc.autocorrelation(charted)
    assert found[["phase", "points"]].to_numpy().tolist() == [[1, 6], [2, 5]]
    away = np.array([40.0, 1, 3, 2, 4]) - 10
    apart = (away[:3] * away[1:4]).sum() / (away**2).sum()
    assert found["lag_1"].tolist() == pytest.approx([naive(value[:6]), apart])


def test_points_on_either_side_of_a_gap_are_no_neighbours():
    away = np.array([1.0, 2, -3, 4, -4])
    value = 10 + np.array([1, 2, np.nan, -3, 4, -4])
    expected = (away[0] * away[1] + away[2] * away[3] + away[3] * away[4]) / (away**2).sum()
    assert lag_1(series(value)).tolist() == pytest.approx([expected])


@pytest.mark.parametrize("value", [[], [5.0], [5.0, 6], [5.0] * 20, [np.nan] * 5, [0.1 + 0.2, 0.3, 0.3]])
def test_too_few_points_or_no_spread_give_no_number(value):
    assert lag_1(series(value)).isna().all()


def test_order_scale_and_the_table_itself_do_not_matter():
    table = series(np.random.default_rng(3).normal(10, 1, 20))
    charted = spc.limits(table, chart="i", scale=100)
    before = charted.copy(deep=True)
    mixed = spc.autocorrelation(charted.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(mixed, spc.autocorrelation(charted))
    pd.testing.assert_frame_equal(charted, before)
    assert mixed["lag_1"].tolist() == pytest.approx(lag_1(table).tolist())


def test_a_table_that_limits_did_not_make_is_refused():
    with pytest.raises(ValueError, match="column 'phase' is not in the table"):
        spc.autocorrelation(series([1.0]))

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc
from tests.stats import cases
from tests.views.reading_age import grade


def many(values):
    series, points = values.shape
    table = pd.DataFrame({"team": np.repeat(np.arange(series), points), "value": values.ravel()})
    return table.assign(period=np.tile(np.arange(points), series))


def steps(sizes, noise=0.0, seed=1):
    """Make one series of levels, each so many points long, with a little noise."""
    value = np.repeat([level for level, _ in sizes], [length for _, length in sizes])
    wave = np.resize([-0.5, 0.5], len(value)) + noise * np.random.default_rng(seed).normal(size=len(value))
    return pd.DataFrame(
        {"period": pd.date_range("2020-01-01", periods=len(value), freq="MS"), "value": value + wave}
    )


@pytest.mark.parametrize(("chart", "baseline"), [("i", None), ("i", 12), ("run", None), ("p", None)])
def test_steady_series_seldom_seem_to_have_shifted(chart, baseline):
    luck = np.random.default_rng(36)
    table = many(luck.normal(size=(2000, 36)))
    people = luck.integers(100, 301, len(table))
    table = table.assign(numerator=luck.binomial(people, 0.1), denominator=people)
    found = spc.suggest_phase(spc.limits(table, chart=chart, by="team", baseline=baseline))
    assert 0 < len(found) / 2000 <= 0.04


@pytest.mark.parametrize(("before", "size"), [(24, 2), (24, -2), (12, 2)])
@pytest.mark.parametrize("held", [True, False])
def test_a_clean_step_is_found_where_it_began(before, size, held):
    values = np.random.default_rng([before, 2 + size]).normal(size=(1000, before + 12))
    values[:, before:] += size
    charted = spc.limits(many(values), chart="i", by="team", baseline=before if held else None)
    found = spc.suggest_phase(charted)
    assert ((found["start"] - before).abs() <= 1).sum() >= 800
    assert (found["side"] == ("above" if size > 0 else "below")).all()


def test_what_a_new_phase_would_change():
    charted = spc.limits(steps([(10, 12), (16, 14)]), chart="i", baseline=12)
    found = spc.suggest_phase(charted)
    assert found.drop(columns="reason").to_dict("records") == [
        {
            "phase": 1,
            "start": pd.Timestamp("2021-01-01"),
            "points": 14,
            "side": "above",
            "centre": 10.0,
            "new_centre": 16.0,
            "outside_now": 14,
            "outside_then": 0,
            "enough": True,
        }
    ]
    assert found.loc[0, "reason"] == (
        "Since 2021-01-01 the average is 16, not 10; "
        "if you know what changed then, you could start new limits there."
    )
    assert grade(found.loc[0, "reason"]) <= 8


def test_fewer_than_twelve_points_are_not_enough_and_the_reason_says_so():
    found = spc.suggest_phase(spc.limits(steps([(10, 12), (16, 11)]), chart="i", baseline=12))
    assert found[["points", "enough"]].to_numpy().tolist() == [[11, False]]
    assert found.loc[0, "reason"].endswith("ask what changed then, but new limits need 12 points.")
    assert grade(found.loc[0, "reason"]) <= 8


def test_a_shift_is_sustained_only_after_so_many_points():
    charted = spc.limits(steps([(10, 12), (16, 8)]), chart="i", baseline=12)
    assert spc.suggest_phase(charted).empty
    assert spc.suggest_phase(charted, least=8)["points"].tolist() == [8]


def test_a_long_last_run_is_a_shift_although_the_step_is_small():
    value = [5.0, -5, 4, -4, 5, -5, 4, -4, 5, -5, 4, -5, 9, 0.5, 0.4, 0.5, 0.3, 0.2, 0.5, 0.4, 0.6, 0.1]
    charted = spc.limits(pd.DataFrame({"period": range(22), "value": value}), chart="run", centre=0)
    assert spc.run_tests(charted)["longest_run"].tolist() == [10]
    found = spc.suggest_phase(charted)
    assert found[["start", "side"]].to_numpy().tolist() == [[12, "above"]]
    ended = pd.DataFrame({"period": range(23), "value": [*value, -1]})
    assert spc.suggest_phase(spc.limits(ended, chart="run", centre=0)).empty


def test_a_shift_that_has_ended_is_no_shift():
    returned = spc.limits(steps([(10, 24), (16, 9), (10, 6)]), chart="i", baseline=12)
    assert spc.suggest_phase(returned).empty


def test_only_the_phase_in_force_is_looked_at():
    table = steps([(10, 12), (16, 14), (10, 14)])
    table["limits"] = np.where(table["period"] < "2022-03-01", "old", "new")
    charted = spc.limits(table, chart="i", phase="limits")
    assert spc.suggest_phase(charted).empty
    shifted = steps([(10, 12), (16, 12), (10, 12)]).assign(limits=["a"] * 12 + ["b"] * 24)
    found = spc.suggest_phase(spc.limits(shifted, chart="i", phase="limits"))
    assert found[["phase", "points", "side"]].to_numpy().tolist() == [[2, 12, "below"]]


def test_excluded_and_missing_points_are_stepped_over():
    table = steps([(10, 12), (16, 16)])
    table.loc[[14, 20], "value"] = [np.nan, 900]
    table["out"] = table.index == 20
    found = spc.suggest_phase(spc.limits(table, chart="i", baseline=12, exclude="out"))
    assert found[["start", "points", "new_centre"]].to_numpy().tolist() == [
        [pd.Timestamp("2021-01-01"), 14, pytest.approx(table["value"][12:].drop([14, 20]).mean())]
    ]


@pytest.mark.parametrize("chart", ["run", "i", "p", "p'", "u", "u'", "c", "i'", "g", "t"])
def test_the_new_centre_is_that_of_a_new_phase_of_the_same_chart(chart):
    luck = np.random.default_rng(8)
    people = luck.integers(80, 300, 36)
    table = pd.DataFrame({"period": range(36), "denominator": people, "new": [False] * 20 + [True] * 16})
    table["numerator"] = luck.binomial(people, np.where(table["new"], 0.6, 0.2))
    if chart in "gt":
        table["value"] = table["numerator"] + 0.5
    found = spc.suggest_phase(spc.limits(table, chart=chart, baseline=20, scale=100))
    renewed = spc.limits(table, chart=chart, phase="new", scale=100)
    assert found["start"].tolist() == [20]
    assert found["new_centre"].tolist() == pytest.approx([renewed["centre"].iloc[-1]])


@pytest.mark.parametrize("chart", ["i", "i'"])
def test_limits_of_their_own_are_those_of_a_new_phase(chart):
    luck = np.random.default_rng(9)
    people = luck.integers(50, 200, 60)
    value = np.repeat([10.0, 14], 30) + luck.normal(size=60) / np.sqrt(people / 100)
    value[[38, 50]] += 7
    table = pd.DataFrame({"period": range(60), "numerator": value * people, "denominator": people})
    found = spc.suggest_phase(spc.limits(table, chart=chart, baseline=30)).iloc[0]
    table["new"] = table["period"] >= found["start"]
    renewed = spc.control_chart(table, chart=chart, phase="new", rules=[spc.Rule("outside")])
    assert found["outside_then"] == (renewed["signal"] != "")[table["new"]].sum() > 0


def test_run_charts_have_nothing_outside():
    found = spc.suggest_phase(spc.limits(steps([(10, 12), (16, 14)], noise=1), chart="run"))
    assert found[["outside_now", "outside_then"]].to_numpy().tolist() == [[0, 0]]


def test_vienna_shifted_when_hands_were_washed():
    table = cases.vienna()
    charted = spc.limits(table, chart="p", numerator="deaths", denominator="births", scale=100)
    found = spc.suggest_phase(charted).iloc[0]
    assert found["start"] == pd.Timestamp("1847-06-01")
    after = table[~table["before"]]
    assert found["new_centre"] == pytest.approx(100 * after["deaths"].sum() / after["births"].sum())
    assert spc.suggest_phase(
        spc.limits(table, chart="p", numerator="deaths", denominator="births", phase="before")
    ).empty


def test_many_series_at_once_are_the_series_one_by_one():
    values = np.random.default_rng(4).normal(size=(20, 30))
    values[::2, 15:] += 3
    table = many(values).sample(frac=1, random_state=2)
    found = spc.suggest_phase(spc.limits(table, chart="i", by="team"))
    alone = [spc.suggest_phase(spc.limits(rows, chart="i", by="team")) for _, rows in table.groupby("team")]
    assert set(range(0, 20, 2)) <= set(found["team"])
    pd.testing.assert_frame_equal(found, pd.concat([one for one in alone if len(one)], ignore_index=True))


def test_mirror_images_shift_the_other_way():
    table = steps([(10, 12), (16, 14)], noise=2)
    up = spc.suggest_phase(spc.limits(table, chart="i")).iloc[0]
    down = spc.suggest_phase(spc.limits(table.assign(value=-table["value"]), chart="i")).iloc[0]
    assert (up["start"], up["side"], down["side"]) == (down["start"], "above", "below")
    assert down["new_centre"] == pytest.approx(-up["new_centre"])


@pytest.mark.parametrize(
    "value", [[], [5.0], [np.nan] * 30, [5.0] * 30, [0.3, 0.1 + 0.2] * 15, [1.0, 2] * 15]
)
def test_series_without_a_shift_have_no_row(value):
    table = pd.DataFrame({"period": range(len(value)), "value": value})
    found = spc.suggest_phase(spc.limits(table, chart="i"))
    assert found.empty
    assert found.columns.tolist()[:3] == ["phase", "start", "points"]


def test_a_step_without_any_noise_is_found():
    table = pd.DataFrame({"period": range(24), "value": [2.0] * 12 + [4.0] * 12})
    assert spc.suggest_phase(spc.limits(table, chart="i"))["start"].tolist() == [12]


def test_the_chart_is_left_as_it_was_in_any_order():
    charted = spc.limits(steps([(10, 12), (16, 14)], noise=1), chart="i")
    before = charted.copy(deep=True)
    mixed = spc.suggest_phase(charted.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(mixed, spc.suggest_phase(charted))
    pd.testing.assert_frame_equal(charted, before)


def test_what_cannot_be_read_is_said_in_one_sentence():
    charted = spc.limits(steps([(10, 12)]), chart="i")
    with pytest.raises(ValueError, match="least is 2; give a number of points from 3"):
        spc.suggest_phase(charted, least=2)
    with pytest.raises(ValueError, match="column 'phase' is not in the table"):
        spc.suggest_phase(charted.drop(columns="phase"))

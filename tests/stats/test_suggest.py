import numpy as np
import pandas as pd
import pytest

from pophealth.stats import spc
from pophealth.stats.suggest import FITS
from pophealth.workspace import history
from tests.stats import cases
from tests.views.reading_age import grade


def series(numerator, denominator=None, start="2020-01-01", **more):
    table = pd.DataFrame({"period": pd.date_range(start, periods=len(numerator), freq="MS"), **more})
    table["numerator"] = numerator
    return table if denominator is None else table.assign(denominator=denominator)


def advice(table, **asked):
    found = spc.suggest_chart(table, **asked)
    assert len(found) == 1
    return found.iloc[0]


def steady(draw, count, points):
    """Draw many series of one kind, told apart by number."""
    luck = np.random.default_rng([1847, points])
    people = luck.integers(100, 301, count * points)
    table = pd.DataFrame({"number": np.repeat(np.arange(count), points)})
    table["period"] = np.tile(np.arange(points), count)
    return table.assign(numerator=draw(luck, people), denominator=people)


SHARES = {"few": 0.02, "some": 0.1, "half": 0.5}


@pytest.mark.parametrize("points", [12, 24, 60])
@pytest.mark.parametrize("share", SHARES.values(), ids=SHARES)
def test_steady_shares_and_rates_seldom_get_a_prime_chart(points, share):
    for kind, draw in (
        ("share", lambda luck, people: luck.binomial(people, share)),
        ("rate", lambda luck, people: luck.poisson(people * share)),
    ):
        found = spc.suggest_chart(steady(draw, 2000, points), by="number", kind=kind)
        plain, prime = {"share": ("p", "p'"), "rate": ("u", "u'")}[kind]
        assert set(found["chart"]) <= {plain, prime}
        assert 0 < (found["chart"] == prime).mean() <= 0.02


@pytest.mark.parametrize(("kind", "prime"), [("share", "p'"), ("rate", "u'")])
def test_shares_that_swing_twice_as_much_as_luck_get_a_prime_chart(kind, prime):
    def draw(luck, people):
        centre = np.clip(luck.normal(0.3, 0.07, len(people)), 0, 1)
        return luck.binomial(people, centre) if kind == "share" else luck.poisson(people * centre)

    found = spc.suggest_chart(steady(draw, 500, 36), by="number", kind=kind)
    assert (found["chart"] == prime).mean() > 0.95


@pytest.mark.parametrize(("kind", "plain"), [("share", "p"), ("rate", "u"), ("count", "c")])
def test_series_that_swing_less_than_luck_never_get_a_prime_chart(kind, plain):
    found = advice(series([50, 51, 49, 50, 51, 50] * 5, 200), kind=kind)
    assert found["chart"] == plain
    assert found["sigma_z"] < 0.5
    assert f"only {found['sigma_z']:.1f} times as much as luck" in found["reason"]
    assert advice(series([50] * 24, 200), kind=kind)[["chart", "sigma_z"]].tolist() == [plain, 0]


def test_a_prime_chart_needs_an_excess_that_matters():
    def draw(luck, people):
        return luck.binomial(people, np.clip(luck.normal(0.3, 0.016, len(people)), 0, 1))

    found = spc.suggest_chart(steady(draw, 10, 10_000), by="number")
    assert found["sigma_z"].between(1.03, 1.15).all()
    assert set(found["chart"]) == {"p"}


def test_vienna_was_not_steady_before_hands_were_washed_and_was_after():
    table = cases.vienna()
    names = {"numerator": "deaths", "denominator": "births"}
    found = spc.suggest_chart(table, by="before", **names)
    assert found[["before", "chart", "points"]].to_numpy().tolist() == [[False, "p", 22], [True, "p'", 76]]
    assert found.loc[1, "reason"] == (
        "The shares swing about 1.9 times as much as luck alone would make them, "
        "so the p' chart fits better than the p chart."
    )


def test_sigma_z_is_the_one_that_widens_the_prime_chart():
    table = cases.vienna()[lambda rows: rows["before"]]
    names = {"numerator": "deaths", "denominator": "births"}
    plain, prime = (spc.limits(table, chart=chart, **names) for chart in ("p", "p'"))
    wider = (prime["upper"] - prime["centre"]) / (plain["upper"] - plain["centre"])
    assert wider.to_numpy() == pytest.approx(advice(table, **names)["sigma_z"])


def test_horse_kicks_are_counts_that_swing_as_luck_does():
    found = advice(history.counts("prussia"))
    assert found[["chart", "points"]].tolist() == ["c", 20]
    assert found["reason"] == (
        "Each point is a count, about 9.8 on average, and swings as luck would make it: a c chart."
    )


@pytest.mark.parametrize(
    ("table", "kind", "chart", "words"),
    [
        (series([0, 1, 0, 2, 0, 0] * 4), None, "t", "In 20 of 24 months there was no event or just one"),
        (series([0, 1, 0, 2, 0, 0] * 4, 500), "rate", "t", "count the days between events: a t chart"),
        (series([0, 1, 0, 2, 0, 0] * 4, 500), None, "g", "count the people between events: a g chart"),
        (series([500, 499, 500, 498, 500] * 4, 500), None, "g", "In 16 of 20 months no one or just one was"),
        (series([0] * 24), None, "t", "There was no event in 24 months"),
        (series([500] * 24, 500), None, "g", "No one was missed in 24 months"),
        (series([1, 0, 2, 1] * 6, 3), None, "run", "only about 3.0 people"),
        (series([12, 15, 9, 11] * 3)[:11], None, "run", "There are 11 of the 12 points that limits need"),
        (series([12, 15, 9, 13, 6, 14] * 4), None, "c", "about 11.5 on average"),
        (series([120, 310, 90, 400] * 6), None, "i", "an i chart fits better than a c chart"),
        (series([150, 162, 140, 157, 145, 140] * 4, 100), None, "u", "Each point is a rate"),
        (series([20.5, 31.25, 28.5, 30] * 6, 100), None, "i'", "a changing number of people"),
        (series([-4, 5, 3, -1] * 6, 100), None, "i'", "a changing number of people"),
        (series([3, 5, 4, 8] * 6, 10), "measurement", "i'", "a changing number of people"),
    ],
)
def test_each_kind_of_series_gets_its_chart(table, kind, chart, words):
    found = advice(table, kind=kind)
    assert found["chart"] == chart
    assert words in found["reason"]


@pytest.mark.parametrize(
    ("value", "kind", "chart"),
    [
        ([5.1, 6.2, 5.7, 6.6] * 6, None, "i"),
        ([60, 61, 63, 60] * 6, None, "i"),
        ([5, 6, 5, 6] * 6, None, "i"),
        ([0, 1, 0, 2, 0, 0] * 4, None, "t"),
        ([60, 71, 53, 65] * 6, "count", "c"),
        ([30, 2, 11.5, 40] * 6, "between", "t"),
        ([30, 0, 11, 40] * 6, "between", "g"),
    ],
)
def test_a_column_of_values_gets_its_chart(value, kind, chart):
    assert advice(pd.DataFrame({"period": range(24), "value": value}), kind=kind)["chart"] == chart


def test_several_values_of_one_date_are_a_subgroup():
    table = pd.DataFrame({"period": np.repeat(range(15), 4), "value": np.arange(60) % 7 + 0.5})
    found = advice(table)
    assert found[["chart", "points"]].tolist() == ["xbar", 15]
    assert "about 4 values" in found["reason"]


def test_rows_of_one_date_are_one_point_and_missing_points_do_not_count():
    whole = series([30, 34, 28, 33, 29, 31] * 3, 100)
    part = whole.assign(numerator=whole["numerator"] - 10, denominator=60)
    rest = whole.assign(numerator=10, denominator=40)
    pd.testing.assert_series_equal(advice(pd.concat([part, rest])), advice(whole))
    blank = whole.assign(numerator=whole["numerator"].astype(float).where(whole.index != 3))
    assert advice(blank)["points"] == 17
    assert advice(whole.assign(denominator=[0] + [100] * 17))["points"] == 17


def test_many_series_at_once_are_the_series_one_by_one():
    tables = {
        "share": cases.vienna().rename(columns={"deaths": "numerator", "births": "denominator"}),
        "count": series([12, 15, 9, 13, 6, 14] * 4),
        "rare": series([0, 1, 0, 2, 0, 0] * 4, 500),
        "value": series([np.nan] * 24, value=[5.1, 6.2, 5.7, 6.6] * 6),
        "none": series([np.nan] * 24),
    }
    together = pd.concat([table.assign(site=name) for name, table in tables.items()])
    found = spc.suggest_chart(together.sample(frac=1, random_state=1), by="site").set_index("site")
    for name, table in tables.items():
        alone = advice(table)
        assert found.loc[name, ["chart", "reason", "points"]].tolist() == alone.iloc[:3].tolist()
        assert found.loc[name, "sigma_z"] == pytest.approx(alone["sigma_z"], nan_ok=True)
    assert found.loc["none", "reason"].startswith("There are 0 of the 12 points")


def test_the_table_is_left_as_it_was_and_an_empty_one_gives_no_advice():
    table = cases.vienna()
    before = table.copy(deep=True)
    spc.suggest_chart(table, numerator="deaths", denominator="births", by="before")
    pd.testing.assert_frame_equal(table, before)
    empty = spc.suggest_chart(table.head(0), numerator="deaths", denominator="births", by="before")
    assert empty.columns.tolist() == ["before", "chart", "reason", "points", "sigma_z"]
    assert empty.empty


@pytest.mark.parametrize("name", FITS)
def test_reasons_are_one_plain_sentence(name):
    numbers = {
        "points": 24,
        "enough": 12,
        "low": 17,
        "full": 20,
        "people": 240,
        "together": 5,
        "unit": "months",
    }
    reason = FITS[name].reason.format(sigma_z=2.4, average=9.8, **numbers)
    assert reason.count(". ") == 0
    assert reason.endswith(".")
    assert FITS[name].chart in reason
    assert grade(reason) <= 8


@pytest.mark.parametrize(
    ("table", "asked", "sentence"),
    [
        (series([1, 2]), {"kind": "pie"}, "there is no kind 'pie'; choose one of share, rate, count"),
        (series([1, 2]), {"when": "month"}, "column 'month' is not in the table"),
        (series([1, 2]), {"kind": "share"}, "column 'denominator' is not in the table"),
        (series([1, 2]), {"kind": "between"}, "column 'value' is not in the table"),
        (series([1, 2]).drop(columns="numerator"), {}, "column 'value' is not in the table"),
        (series([1, 2]), {"by": "site"}, "column 'site' is not in the table"),
        (series([1, 12], 10), {"kind": "share"}, "the numerator is above the denominator in row 1"),
        (series([1, -2], 10), {"kind": "rate"}, "a count is below zero in row 1"),
        (series([1, 2], [10, -1]), {}, "a count is below zero in row 1"),
        (series([1, "two"]), {}, "holds 'two' in row 1, which is no number"),
        (series([1, 2]).assign(period=["2020", None]), {}, "column 'period' is blank in row 1"),
        (series([1, 2]).assign(period=["2020", 1]), {}, "mixes kinds of values"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(table, asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        spc.suggest_chart(table, **asked)

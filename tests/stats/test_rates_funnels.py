import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates
from tests.stats import rates_by_hand

LIMITS = ["lower", "upper"]


def places(numerator, denominator, **more):
    return pd.DataFrame({"numerator": numerator, "denominator": denominator, **more})


SPREAD = places([30, 45, 160, 12, 90, 300, 18, 260], [100, 200, 400, 80, 210, 1000, 30, 600])


def test_limits_of_a_share_turn_wilsons_interval_round():
    for confidence in (0.95, 0.998):
        found = rates.funnel_limits(SPREAD, confidence=confidence)
        inside = found.query("lower > 0 and upper < 1")
        for name, side in (("lower", "upper"), ("upper", "lower")):
            table = places(inside[name] * inside["denominator"], inside["denominator"])
            z2 = rates_by_hand.z_of(confidence) ** 2
            x, n = table["numerator"], table["denominator"]
            reach = np.sqrt(z2) * np.sqrt(z2 + 4 * x * (1 - x / n)) * (1 if side == "upper" else -1)
            assert ((2 * x + z2 + reach) / 2 / (n + z2)).tolist() == pytest.approx(
                inside["centre"].tolist(), rel=1e-9
            )
        assert found["centre"].unique() == pytest.approx([915 / 2620])


@pytest.mark.parametrize(("kind", "target"), [("rate", None), ("ratio", None), ("ratio", 0.8)])
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_limits_of_events_turn_the_exact_interval_round(kind, target, confidence):
    table = places([3, 9, 60, 200], [2.5, 11.5, 48, 210])
    found = rates.funnel_limits(table, kind=kind, target=target, confidence=confidence, scale=1)
    level = found["centre"].iloc[0]
    assert level == pytest.approx(target or (1 if kind == "ratio" else 272 / 272.0))
    for row in found.itertuples():
        for side in LIMITS:
            right = rates_by_hand.poisson_limit(row.denominator * level, (1 - confidence) / 2, side)
            assert getattr(row, side) == pytest.approx(right / row.denominator, rel=1e-9, abs=1e-12)
    assert found["method"].tolist() == ["exact"] * 4


def test_a_count_lies_on_the_limit_of_what_its_exact_limit_expects():
    counts = [1, 5, 20, 150]
    for side, at in (("lower", 1), ("upper", 0)):
        expected = [rates_by_hand.poisson(each, 0.95)[at] for each in counts]
        found = rates.funnel_limits(places(counts, expected), kind="ratio", confidence=0.95)
        assert (found[side] * expected).tolist() == pytest.approx(counts, rel=1e-9)


def test_places_outside_the_limits_are_told():
    found = rates.funnel_limits(SPREAD.assign(place=list("abcdefgh")), by="place")
    inner, outer = (found["outside"].iloc[level::2].tolist() for level in (0, 1))
    above, below = "above", "below"
    assert inner == ["", below, above, below, above, below, above, above]
    assert outer == ["", below, "", below, "", below, "", above]
    assert found["confidence"].tolist() == [0.95, 0.998] * 8


@pytest.mark.parametrize("kind", ["proportion", "rate", "ratio"])
def test_more_spread_than_luck_makes_agrees_with_the_formulas_worked_out_by_hand(kind):
    table = SPREAD if kind != "ratio" else SPREAD.assign(denominator=SPREAD["denominator"] * 0.35)
    plain = rates.funnel_limits(table, kind=kind, confidence=0.95, scale=1)
    target = plain["centre"].iloc[0]
    unit = target * (1 - target) if kind == "proportion" else target
    errors = np.sqrt(unit / table["denominator"])
    phi, variance = rates_by_hand.dispersion(plain["value"].tolist(), errors.tolist(), target)
    assert phi > 2
    wider = {"multiplicative": np.sqrt(phi), "additive": np.sqrt(1 + variance / errors**2)}
    for name, factor in wider.items():
        found = rates.funnel_limits(table, kind=kind, overdispersion=name, confidence=0.95, scale=1)
        for side in LIMITS:
            right = np.clip(target + factor * (plain[side] - target), 0, 1 if kind == "proportion" else None)
            assert found[side].to_numpy() == pytest.approx(right.to_numpy(), rel=1e-9)
        assert found["dispersion"].tolist() == pytest.approx([phi] * 8)
        assert found["method"].iloc[0].endswith(f", {name}")
    assert found["between"].tolist() == pytest.approx([np.sqrt(variance)] * 8)


@pytest.mark.parametrize("overdispersion", ["multiplicative", "additive"])
def test_limits_are_never_narrowed(overdispersion):
    alike = places([30, 61, 119, 91], [100, 200, 400, 300])
    plain = rates.funnel_limits(alike)
    found = rates.funnel_limits(alike, overdispersion=overdispersion)
    assert found["dispersion"].iloc[0] < 1
    assert found[LIMITS].to_numpy() == pytest.approx(plain[LIMITS].to_numpy())
    assert found["between"].eq(0).all()


def test_additive_limits_widen_large_places_most():
    plain, found = (
        rates.funnel_limits(SPREAD, overdispersion=name, confidence=0.95) for name in (None, "additive")
    )
    wider = (found["upper"] - found["centre"]) / (plain["upper"] - plain["centre"])
    order = np.argsort(SPREAD["denominator"].to_numpy())
    assert (np.diff(wider.to_numpy()[order]) > 0).all()


def test_the_lines_of_a_funnel_pass_through_the_limits_of_its_places():
    asked = {"kind": "rate", "overdispersion": "additive", "scale": 1000, "confidence": (0.95, 0.998)}
    lines = rates.funnel_curve(SPREAD, points=2000, **asked)
    found = rates.funnel_limits(SPREAD, **asked)
    for level in asked["confidence"]:
        line, points = (each[each["confidence"] == level] for each in (lines, found))
        for side in ("centre", *LIMITS):
            drawn = np.interp(points["denominator"], line["denominator"], line[side])
            assert drawn == pytest.approx(points[side].to_numpy(), rel=1e-4)
    assert len(lines) == 4000
    assert lines["denominator"].min() < 30
    assert lines["denominator"].max() > 1000


def test_what_is_missing_has_a_reason_and_is_not_pooled():
    table = pd.concat([SPREAD, places([None, 0, 4], [90, 0, None])], ignore_index=True)
    found = rates.funnel_limits(table, confidence=0.95, overdispersion="additive")
    right = rates.funnel_limits(SPREAD, confidence=0.95, overdispersion="additive")
    pd.testing.assert_frame_equal(
        found.iloc[:8][["value", "centre", *LIMITS, "dispersion"]],
        right[["value", "centre", *LIMITS, "dispersion"]],
    )
    assert found["reason"].tolist() == [
        *[""] * 8,
        "a count is missing",
        "no people counted",
        "a count is missing",
    ]
    assert found["outside"].iloc[8:].eq("").all()


@pytest.mark.parametrize("kind", ["proportion", "rate"])
def test_places_that_all_have_none_have_no_width(kind):
    found = rates.funnel_limits(places([0, 0], [50, 90]), kind=kind, overdispersion="multiplicative")
    assert found[["value", "centre", *LIMITS]].eq(0).all(axis=None)
    assert found["dispersion"].eq(1).all()


@pytest.mark.parametrize(
    ("table", "asked", "sentence"),
    [
        (SPREAD, {"kind": "mean"}, "no kind of funnel 'mean'; choose one of proportion, rate, ratio"),
        (
            SPREAD,
            {"overdispersion": "tau"},
            "overdispersion is 'tau'; choose None, multiplicative or additive",
        ),
        (SPREAD, {"target": "high"}, "target is 'high'; give a number between 0 and 1, before scaling"),
        (SPREAD, {"target": 1.5}, "target is 1.5; give a number between 0 and 1, before scaling"),
        (SPREAD, {"kind": "rate", "target": 0}, "target is 0; give a number above 0, before scaling"),
        (
            SPREAD.iloc[:1],
            {},
            "only one place has counts, so a funnel would hold it against itself; give a targ",
        ),
        (
            places([None, None], [5, 5]),
            {},
            "columns 'numerator' and 'denominator' hold no row with both counts",
        ),
        (places([6, 1], [5, 5]), {}, "the numerator is above the denominator in row 0"),
        (places([2.5, 1], [5, 5]), {}, "a count of people is not whole in row 0"),
        (places([2, -1], [5, 5]), {"kind": "ratio"}, "a count is below zero in row 1"),
    ],
)
@pytest.mark.parametrize("ask", [rates.funnel_limits, rates.funnel_curve])
def test_bad_input_is_one_clear_sentence(table, asked, sentence, ask):
    with pytest.raises(ValueError, match=sentence):
        ask(table, **asked)


def test_one_place_may_be_held_against_a_target():
    found = rates.funnel_limits(SPREAD.iloc[:1], target=0.5, confidence=0.95)
    assert found["outside"].tolist() == ["below"]

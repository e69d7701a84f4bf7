"""Scales for values that hardly differ."""

import pytest

from pophealth.views.scales import value_scale


@pytest.mark.parametrize(
    ("unit", "middle"),
    [
        *(("percent", middle) for middle in (0.0, 0.05, 1.0)),
        *(("points", middle) for middle in (0.0, 0.05, -0.05)),
        *(("number", middle) for middle in (0.0, -3.5, 12345.0)),
    ],
)
def test_values_that_differ_only_by_rounding_get_a_scale_with_room(unit, middle):
    scale = value_scale([middle, middle + 1e-17, middle * (1 + 1e-15)], unit=unit)
    assert scale.high > scale.low
    assert 0 <= scale.pixel(middle, 100) <= 100
    assert len(set(scale.labels)) == len(scale.labels)

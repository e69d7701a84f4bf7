"""The same series on a chart and its prime chart: what is said, and what never is."""

import pandas as pd
import pytest

from pophealth.stats import spc
from pophealth.views import two_charts

MONTHS = pd.date_range("2018-01-01", periods=30, freq="MS")


def both(kinds, *, later=30):
    """Chart a series that swings widely on two charts; a second phase starts at a month."""
    counts = [200 + 60 * (number % 2) for number in range(len(MONTHS))]
    table = pd.DataFrame({"period": MONTHS, "numerator": counts, "denominator": 1000})
    table["phase"] = [number >= later for number in range(len(MONTHS))]
    charts = (spc.control_chart(table, chart=kind, phase="phase").assign(chart=kind) for kind in kinds)
    return pd.concat(charts)


@pytest.mark.parametrize(("kinds", "names"), [(("p", "p'"), ("p", "p'")), (("u", "u'"), ("u", "u'"))])
def test_points_outside_are_counted_on_both(kinds, names):
    reading = two_charts.two_charts_reading(both(kinds, later=20), name="Visits")
    said = f"of 20 months lie outside on the {names[0]} chart, none on the {names[1]} chart"
    assert said in reading.finding
    assert reading.sentences[0].startswith("Before September 2019, ")
    assert len(reading.sentences) == 3
    assert "23% on average" in reading.sentences[2]


def test_without_a_second_phase_no_month_is_named():
    reading = two_charts.two_charts_reading(both(("p", "p'")), name="Visits")
    assert not reading.sentences[0].startswith("Before")


def test_usual_is_never_called_fine():
    text = str(two_charts.two_charts_reading(both(("p", "p'")), name="Visits"))
    assert "usual is not the same as fine" in text
    assert "because" not in text


def test_each_panel_says_its_own_count():
    notes = two_charts.panel_notes(both(("p", "p'"), later=20))
    assert list(notes) == ["p chart", "p' chart"]
    assert notes["p' chart"] == "0 of 20 months outside at first"

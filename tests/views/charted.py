"""Charted series for the tests of what people see: made through `stats.spc`, and one written out by hand."""

from pathlib import Path

import numpy as np
import pandas as pd

from pophealth.stats import spc

SAMPLES = Path(__file__).parents[2] / "data" / "samples"

LEVEL = [0.50, 0.53, 0.47, 0.52, 0.49, 0.54, 0.48, 0.51, 0.46, 0.52, 0.48, 0.50, 0.53, 0.47, 0.51, 0.49]
"""Sixteen calm months around one half."""

MARKS = pd.DataFrame(
    {
        "number": [1, 4],
        "date": ["2020-08-03", "2020-11-05"],
        "label": ["reminder calls in Spanish", "Saturday clinic"],
    }
)


def series(
    values,
    *,
    better="higher",
    baseline=None,
    left_out=(),
    phases=None,
    start="2019-04-01",
    every="MS",
    chart="p",
    people=200,
):
    """Chart monthly shares (or plain numbers for an i or run chart) of a made-up measure."""
    values = np.asarray(values, dtype=float)
    table = pd.DataFrame({"period": pd.date_range(start, periods=len(values), freq=every)})
    if chart == "p":
        table["denominator"] = people
        table["numerator"] = np.round(values * people)
    table["value"] = values
    table["left_out"] = [place in left_out for place in range(len(values))]
    table["part"] = 1 if phases is None else np.repeat(range(len(phases)), phases)
    return spc.control_chart(
        table, chart=chart, baseline=baseline, exclude="left_out", phase="part", better=better
    )


def vienna():
    """Births and deaths of mothers at the first clinic in Vienna, with new limits from June 1847."""
    table = pd.read_csv(SAMPLES / "01-vienna.csv", parse_dates=["period"])[
        ["period", "numerator", "denominator"]
    ]
    months = pd.date_range("1841-01-01", "1849-03-01", freq="MS", name="period")
    table = table.set_index("period").reindex(months).reset_index()
    table["part"] = table["period"] >= "1847-06-01"
    return spc.control_chart(table, chart="p", phase="part", better="lower")


def by_hand():
    """Write out 14 months with a run of nine above the middle, as `stats.spc.signals` would."""
    values = [0.5, 0.4, 0.5, 0.4, 0.4, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
    run = [place >= 5 for place in range(14)]
    return pd.DataFrame(
        {
            "period": pd.date_range("2020-01-01", periods=14, freq="MS"),
            "value": values,
            "numerator": [100 * value for value in values],
            "denominator": 100,
            "phase": 1,
            "baseline": True,
            "excluded": False,
            "centre": 0.53,
            "lower": 0.38,
            "upper": 0.68,
            "signal": ["long_run" if marked else "" for marked in run],
            "direction": ["improvement" if marked else "" for marked in run],
        }
    )

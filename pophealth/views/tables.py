"""The numbers behind a chart, as a table people can read."""

from typing import Any

import numpy as np
import pandas as pd

from pophealth.views.findings import SIGNALS
from pophealth.views.markup import missing
from pophealth.views.phrases import first_capital, moment, short
from pophealth.views.series import middle_word, period_of, when_column, withheld
from pophealth.views.suppressed import TOO_FEW, hidden, shown_series


def numbers(charted: pd.DataFrame, *, unit: str = "percent") -> pd.DataFrame:
    """Put a charted series into a table people can read: dates, values, limits and signals in words.

    Parameters
    ----------
    charted
        From `stats.spc.control_chart`; several series keep the columns that tell them apart.
    unit
        As in `charts.control_chart`.

    Returns
    -------
    DataFrame
        Text columns; what is held back on the chart is held back here.
    """
    when = when_column(charted)
    by = list(charted.columns[: charted.columns.get_loc(when)])
    parts = [rows for _, rows in charted.groupby(by, sort=False)] if by else [charted]
    return pd.concat([_numbers(rows, when, by, unit) for rows in parts], ignore_index=True)


def _numbers(charted: pd.DataFrame, when: str, by: list[str], unit: str) -> pd.DataFrame:
    shown, period = withheld(shown_series(charted)), period_of(charted)
    table = shown[by].rename(columns=first_capital)
    table[first_capital(period)] = [moment(date, period) for date in shown[when]]
    table["Value"] = [short(value, unit) for value in shown["value"]]
    for title, column in _counts(shown).items():
        table[title] = shown[column].astype("Float64").round().astype("Int64")
    if "ratio" in shown:
        table["Ratio"] = [short(value, "number") for value in shown["ratio"]]
    for title, column in (
        (first_capital(middle_word(shown)), "centre"),
        ("Lower limit", "lower"),
        ("Upper limit", "upper"),
    ):
        if shown[column].notna().any():
            table[title] = [short(value, unit) for value in shown[column]]
    notes = [_row_note(row) for row in shown[["value", "excluded", "direction"]].itertuples()]
    table["Note"] = np.where(hidden(charted), TOO_FEW, notes)
    return table


def _counts(shown: pd.DataFrame) -> dict[str, str]:
    """Name the columns of counted people; a gap between two groups has none of its own."""
    titles = {"Counted": "numerator", "Out of": "denominator"}
    return {
        title: column for title, column in titles.items() if column in shown and "effective_n" not in shown
    }


def _row_note(row: Any) -> str:
    if missing(row.value):
        return "missing"
    if row.excluded:
        return "left out, with reason"
    return SIGNALS[row.direction].removeprefix("a ") if row.direction else ""

"""Reference numbers made by others, each file naming its source."""

import json
from pathlib import Path

import pandas as pd

_FOLDER = Path(__file__).parent / "cases"


def read(name):
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def vienna():
    """Births and deaths by month; washing hands with chlorine began in mid-May 1847."""
    told = read("vienna")
    table = pd.DataFrame({name: told[name] for name in ("period", "births", "deaths")})
    table["period"] = pd.to_datetime(table["period"])
    return table.assign(before=table["period"] < "1847-06-01")


def table(case):
    """Lay the numbers of a case out by period; a row of `value` may be a group of values."""
    names = [name for name in ("value", "numerator", "denominator") if name in case]
    told = pd.DataFrame({name: case[name] for name in names}).rename_axis("period").reset_index()
    return told.explode("value", ignore_index=True) if "value" in names else told

"""Tables of made-up groups for the tests of charts and words of groups, as `stats` returns them."""

import numpy as np
import pandas as pd

from pophealth.stats import rates

NAMES = ["English", "Spanish", "Vietnamese", "Korean", "Not recorded", "Tagalog"]
CONTROL = {"numerator": [1470, 231, 48, 230, 130, 4], "denominator": [2100, 412, 71, 300, 260, 7]}


def shares(few=("Tagalog",), **changed):
    """Make shares of people with control, one group too small to show; `changed` sets whole columns."""
    table = pd.DataFrame({"language": NAMES, **CONTROL})
    found = rates.proportion(table)
    held = ["primary" if name in few else "" for name in NAMES]
    return found.assign(**({"suppressed": held} | changed))


def gaps(difference=(-0.14, -0.02, 0.07, -0.2, 0.0), reach=(0.05, 0.11, 0.05, 0.06, 0.3)):
    """Make differences from English with their limits."""
    middle, half = np.array(difference), np.array(reach)
    table = pd.DataFrame({"language": NAMES[1:], "value": middle})
    return table.assign(lower=middle - half, upper=middle + half, measure="difference")


def ratios(ratio=(0.8, 0.97, 1.1, 0.71, 1.0), reach=(1.1, 1.2, 1.05, 1.1, 2.0)):
    """Make ratios to English with their limits."""
    middle, times = np.array(ratio), np.array(reach)
    table = pd.DataFrame({"language": NAMES[1:], "value": middle})
    return table.assign(lower=middle / times, upper=middle * times, measure="risk_ratio")


def segments(few=("Tagalog",), **changed):
    """Make the table of segments, held against English, with control as the good outcome."""
    found = shares(few)
    difference = np.array([0.0, -0.139, -0.024, 0.067, -0.2, -0.129])
    half = np.array([np.nan, 0.052, 0.108, 0.051, 0.063, 0.35])
    people = found["denominator"].to_numpy()
    made = {"reference": "English", "reference_value": 0.7, "rank": [5, 2, 3, 6, 1, 3]}
    made |= {"difference": difference, "difference_lower": difference - half}
    made |= {"difference_upper": difference + half, "excess": -people * difference}
    made |= {"excess_lower": -people * (difference + half), "excess_upper": -people * (difference - half)}
    return found.assign(**(made | changed))


def ladder(few=(), counts=None, invited=(400, 390, 120)):
    """Make the ladder of three groups; a group in `few` has one of its rows suppressed."""
    counts = counts or {"English": (120, 95, 12), "Spanish": (60, 110, 31), "Korean": (44, 20, 9)}
    rows = [
        {"language": name, "ladder": standing, "numerator": people, "denominator": sum(three)}
        | {"answered": sum(three), "invited": asked}
        | {"suppressed": "primary" if name in few and standing == "suffering" else ""}
        for (name, three), asked in zip(counts.items(), invited, strict=True)
        for standing, people in zip(("thriving", "struggling", "suffering"), three, strict=True)
    ]
    return rates.proportion(pd.DataFrame(rows))


def stays(values, few=()):
    """Make rates of four groups with their limits."""
    names = ["Black", "White", "Asian", "Native"]
    table = pd.DataFrame({"race": names, "value": np.array(values, dtype=float), "denominator": 41000.0})
    limits = {"lower": table["value"] * 0.9, "upper": table["value"] * 1.1, "numerator": 310.0}
    return table.assign(**limits, suppressed=["secondary" if name in few else "" for name in names])


CRUDE, ALIKE = [756.0, 750, 400, 500], [980.0, 640, 520, 480]


def funnel(outside=None, levels=(0.95, 0.998), few=(), sites=40):
    """Make a funnel of sites around 60%; `outside` gives the value of some sites."""
    people = np.geomspace(20, 2000, sites).round()
    values = np.full(sites, 0.6)
    for place, value in (outside or {}).items():
        values[place] = value
    names = [f"Site {place + 1}" for place in range(sites)]
    table = pd.DataFrame({"site": names, "value": values, "denominator": people, "centre": 0.6})
    table["numerator"] = (values * people).round()
    table["suppressed"] = ["primary" if name in few else "" for name in names]
    parts = []
    for level, z in zip(levels, (1.96, 3.09), strict=False):
        half = z * np.sqrt(0.24 / people)
        limits = {"lower": np.maximum(0.6 - half, 0), "upper": np.minimum(0.6 + half, 1), "confidence": level}
        parts.append(table.assign(**limits))
    found = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    beyond = [found["value"] > found["upper"], found["value"] < found["lower"]]
    return found.assign(outside=np.select(beyond, ["above", "below"], ""), dispersion=1.0)

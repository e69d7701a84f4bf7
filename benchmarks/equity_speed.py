"""CPU seconds for rates, measures of inequality and suppression on large tables, in one run.

Each part is a function that prints what it measured and tells whether that is as little as wanted; to add
one, write it and name it in `PARTS`. Ours is held to a number of CPU seconds and, as a ratio, against the
same work done group after group in plain pandas, in the same run. The R package that teams use for this
cannot run here: the time it took once is printed beside ours.
"""

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from pophealth.stats import rates
from pophealth.stats.standards import standard

TURNS = 15
AREAS, WANTED, TIMES_LESS = 10_000, 0.05, 40
FEW_AREAS = 500  # the plain loop is slow: it does so many areas, and its time is multiplied


def seconds(work: Callable[[], object], turns: int = TURNS) -> float:
    """Give the median CPU seconds of some turns, after one that is not counted."""
    work()
    spent = []
    for _ in range(turns):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def verdict(name: str, spent: float, wanted: float) -> bool:
    """Print the time of one piece of work; tell whether it is as little as wanted."""
    met = spent <= wanted
    print(f"  {name:<32} {spent:8.3f} s  (wanted: {wanted} s; {'met' if met else 'MISSED'})")
    return met


def deaths(areas: int) -> pd.DataFrame:
    """Draw deaths and people of 19 age bands for so many areas."""
    luck, bands = np.random.default_rng(areas), standard("esp2013")["age_band"]
    people = luck.integers(200, 3_000, areas * len(bands))
    return pd.DataFrame(
        {
            "area": np.repeat([f"E{area:06d}" for area in range(areas)], len(bands)),
            "age_band": np.tile(bands, areas),
            "numerator": luck.poisson(people * 0.01),
            "denominator": people,
        }
    )


def one_area(rows: pd.DataFrame) -> tuple[float, float, float]:
    """Adjust one area for age, as one would write it down; Dobson's limits at 95%."""
    weight, events = rows["population"] / rows["population"].sum(), rows["numerator"].sum()
    rate = (weight * rows["numerator"] / rows["denominator"]).sum()
    variance = (weight**2 * rows["numerator"] / rows["denominator"] ** 2).sum()
    lower = events * (1 - 1 / (9 * events) - 1.96 / (3 * events**0.5)) ** 3
    more = events + 1
    upper = more * (1 - 1 / (9 * more) + 1.96 / (3 * more**0.5)) ** 3
    unit = (variance / events) ** 0.5
    return rate, rate + unit * (lower - events), rate + unit * (upper - events)


def area_after_area(table: pd.DataFrame) -> list[tuple[float, float, float]]:
    """Adjust all areas for age in a plain loop."""
    joined = table.merge(standard("esp2013"), on="age_band")
    return [one_area(rows) for _, rows in joined.groupby("area")]


def standardised() -> bool:
    """Adjust 10,000 areas of 19 age bands for age, with limits."""
    table, few = deaths(AREAS), deaths(FEW_AREAS)
    asked = {"standard": "esp2013", "by": "area"}
    print(f"\nDirect standardisation with limits, {AREAS:,} areas x 19 age bands: CPU seconds")
    ours = seconds(lambda: rates.directly_standardised(table, **asked))
    gamma = seconds(lambda: rates.directly_standardised(table, **asked, method="gamma"))
    plain = seconds(lambda: area_after_area(few), 3) * AREAS / FEW_AREAS
    ratio = plain / ours
    met = verdict("ours, dobson", ours, WANTED)
    print(f"  {'ours, gamma':<32} {gamma:8.3f} s  (shown only)")
    print(f"  {'plain pandas, area after area':<32} {plain:8.3f} s  (from {FEW_AREAS} areas)")
    print(f"  {'PHEindicatormethods 2.1.0':<32} {17.9:8.3f} s  (recorded on R 4.5.0, not run here)")
    enough = ratio >= TIMES_LESS
    print(
        f"  {ratio:.0f} times less than plain pandas (wanted: {TIMES_LESS}; {'met' if enough else 'MISSED'})"
    )
    return met and enough


PARTS: tuple[Callable[[], bool], ...] = (standardised,)


def main() -> int:
    """Measure all parts, also after one has missed."""
    met = [part() for part in PARTS]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())

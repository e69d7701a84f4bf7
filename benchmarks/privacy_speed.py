"""CPU seconds for hiding small counts and proving it: one large table, and a plain attacker on a smaller one.

A table of 100 x 12 x 5 cells with all its totals is suppressed and then audited. On a smaller table the audit
takes turns with the plain way, two linear programs for each hidden number, and both must find the same cells.
Prints medians of three turns and the ratio; says so and fails if it takes longer, or gains less, than wanted.
"""

import statistics
import sys
import time

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from pophealth.stats import privacy
from pophealth.stats.cells import cells_of

LARGE, SMALL = (100, 12, 5), (14, 6, 4)
MEANS = (20, 8, 3)  # people in a cell, on average: the fewer, the more has to be hidden
SECONDS = 5
TIMES = 20
TURNS = 3
NAMES = ["area", "month", "group"]


def counted(shape: tuple[int, ...], mean: float) -> pd.DataFrame:
    """Draw counts that differ much from cell to cell."""
    luck = np.random.default_rng([*shape, int(mean)])
    cells = pd.MultiIndex.from_product([range(many) for many in shape], names=NAMES).to_frame(index=False)
    return cells.assign(count=luck.poisson(luck.gamma(1, mean, len(cells))))


def plainly(table: pd.DataFrame) -> set[int]:
    """Bound every hidden number with two linear programs, and name those inside the protected range."""
    cells = cells_of(table, count="count", by=NAMES)
    rows = cells.labels.iloc[len(table) :].itertuples(index=False, name=None)
    withheld = set(table.attrs["withheld_totals"])
    hidden = np.concatenate([table["shown"].isna(), [row in withheld for row in rows]])
    low = np.where(hidden, 1, cells.value)
    bounds = np.column_stack([low, np.where(hidden, np.inf, cells.value)])
    inside = set()
    for cell in np.flatnonzero(hidden):
        cost = np.zeros(len(low))
        cost[cell] = 1
        ends = [
            linprog(sign * cost, A_eq=cells.lines, b_eq=np.zeros(cells.lines.shape[0]), bounds=bounds)
            for sign in (1, -1)
        ]
        if ends[1].status == 0 and ends[0].fun > 1e-6 and -ends[1].fun < 11 - 1e-6:
            inside.add(int(cell))
    return inside


def seconds(work, table: pd.DataFrame) -> tuple[float, object]:
    """Give the CPU time of one turn, and what it found."""
    start = time.process_time()
    found = work(table)
    return time.process_time() - start, found


def suppressed(table: pd.DataFrame) -> pd.DataFrame:
    """Hide what has to be hidden."""
    return privacy.suppress(table, count="count", by=NAMES)


def audited(table: pd.DataFrame) -> int:
    """Attack what is left; give how many numbers were found inside the protected range."""
    return int(privacy.audit(table, count="count", by=NAMES)["inside"].sum())


def large(mean: float) -> bool:
    """Print how long hiding and proving takes; tell whether it is quick enough and nothing was found."""
    table = counted(LARGE, mean)
    turns = []
    for _ in range(TURNS):
        hiding, found = seconds(suppressed, table)
        proving, inside = seconds(audited, found)
        turns.append((hiding, proving))
    hiding, proving = (statistics.median(part) for part in zip(*turns, strict=True))
    hidden, few = found["shown"].isna().mean(), table["count"].between(1, 10).mean()
    met = hiding + proving <= SECONDS and inside == 0
    print(f"\n{' x '.join(map(str, LARGE))} cells of {mean} people on average: CPU seconds")
    print(f"  hiding           {hiding:8.2f}   {hidden:.0%} hidden, {few:.0%} small")
    print(f"  proving          {proving:8.2f}   {inside} found")
    print(f"  together         {hiding + proving:8.2f}   (wanted: {SECONDS}; {'met' if met else 'MISSED'})")
    return met


def small() -> bool:
    """Print how much less the audit takes than the plain way; tell whether that is enough."""
    table = suppressed(counted(SMALL, 8))
    plain, ours = [], []
    for _ in range(TURNS):
        for work, kept in ((plainly, plain), (audited, ours)):
            kept.append(seconds(work, table))
    same = {len(found) for _, found in plain} == {found for _, found in ours}
    ratio = statistics.median(took for took, _ in plain) / statistics.median(took for took, _ in ours)
    met = same and ratio >= TIMES
    print(f"\n{' x '.join(map(str, SMALL))} cells: the audit, and two linear programs for each hidden number")
    print(f"  {ratio:.0f} times less CPU, {'the same' if same else 'NOT the same'} found", end=" ")
    print(f"(wanted: {TIMES}; {'met' if met else 'MISSED'})")
    return met


def main() -> int:
    """Measure all and print what was found."""
    return 0 if all([*(large(mean) for mean in MEANS), small()]) else 1


if __name__ == "__main__":
    sys.exit(main())

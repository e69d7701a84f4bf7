"""How closely somebody who knows all that is shown, and the rule, can bound each hidden number."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from pophealth.stats.cells import PARTS, Cells
from pophealth.stats.policies import Policy, rounded, small

CLOSE = 1e-6
_LOOKS = 20


class Bounds(NamedTuple):
    """The least and the most that each cell was found able to be, given everything that is shown."""

    lower: np.ndarray
    upper: np.ndarray

    def inside(self, policy: Policy) -> np.ndarray:
        """Tell which cells are surely too small to show: at least 1, and less than what may be shown."""
        return (self.lower > CLOSE) & (self.upper < policy.smallest - CLOSE)


class System(NamedTuple):
    """What an attacker knows: each number that is not plain to see lies in a range, and lines add up."""

    cells: np.ndarray
    lines: sparse.csr_array
    sums: np.ndarray
    lower: np.ndarray
    upper: np.ndarray

    def solve(self, gain: np.ndarray, room: np.ndarray | None = None) -> np.ndarray:
        """Find numbers that fit and gain most; with room, only the first so many people in a cell gain."""
        from scipy.optimize import linprog  # a third of a second, and few pages hide anything

        extra = np.flatnonzero(gain) if room is not None else np.zeros(0, dtype=int)
        more = np.zeros(len(extra)) if room is None else room[extra]
        found = linprog(
            np.concatenate([-gain if room is None else gain * 0, -gain[extra]]),
            A_eq=sparse.hstack([self.lines, self.lines[:, extra]], format="csr"),
            b_eq=self.sums,
            bounds=np.column_stack([np.append(self.lower, 0 * more), np.append(self.upper, more)]),
            method="highs",
            options={"presolve": False},
        )
        if found.status == 3:
            return np.where(gain > 0, np.inf, np.nan)
        if found.x is None:
            raise ValueError("the numbers shown do not add up; check the totals, and which rows are totals")
        numbers = found.x[: len(gain)]
        numbers[extra] += found.x[len(gain) :]
        return numbers


def attacked(
    cells: Cells, hidden: np.ndarray, policy: Policy, *, wanted: np.ndarray, exact: bool = False
) -> Bounds:
    """Bound the wanted cells as somebody can who reads all that is shown.

    Each look for numbers that fit, and are large for many cells at once, clears many cells. Only those that
    never come out large (or 0) are then bounded one by one. What was counted is one set of numbers that fit.

    Parameters
    ----------
    cells : Cells
        Numbers and lines.
    hidden : ndarray of bool
        Cells that are not shown.
    policy : Policy
        What the reader knows of the rule: 0 is always shown, and how far numbers are rounded.
    wanted : ndarray of bool
        Cells to bound.
    exact : bool
        Bound each wanted cell as closely as can be; else stop as soon as a cell is surely wide enough.

    Returns
    -------
    Bounds
        For cells that are inside the protected range, and for all if exact: the true bounds. For others: two
        numbers that both fit, so that nobody can know more closely.
    """
    system = _system(cells, hidden, policy)
    wanted = wanted[system.cells]
    truth = cells.value[system.cells]
    least = np.where(np.isnan(truth), np.inf, truth)
    most = np.where(np.isnan(truth), -np.inf, truth)
    for rise in (True, False) if not exact else ():
        _sweep(system, wanted, (least, most), policy, rise=rise)
    open_ = wanted & (exact | Bounds(least, most).inside(policy) | (most < least))
    for cell in np.flatnonzero(open_):
        least[cell], most[cell] = _ends(system, int(cell))
    lower, upper = cells.value.astype(float), cells.value.astype(float)
    lower[system.cells], upper[system.cells] = np.where(wanted, [least, most], np.nan)
    return Bounds(lower, upper)


def at_a_glance(cells: Cells, hidden: np.ndarray, policy: Policy) -> Bounds:
    """Bound each cell line by line, as with a pencil: quick, and never closer than `attacked`."""
    system = _system(cells, hidden, policy)
    lower, upper = system.lower, system.upper
    for _ in range(_LOOKS):
        closer = narrowed(system.lines, system.sums, lower, upper)
        if np.array_equal(closer[0], lower) and np.array_equal(closer[1], upper):
            break
        lower, upper = closer
    low, high = cells.value.astype(float), cells.value.astype(float)
    low[system.cells], high[system.cells] = lower, upper
    return Bounds(low, high)


def narrowed(
    lines: sparse.csr_array, sums: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Bound each cell by what the other cells of each of its lines leave for it.

    >>> parts_and_total = sparse.csr_array([[1, 1, -1]])
    >>> lower, upper = narrowed(
    ...     parts_and_total, np.zeros(1), np.array([5.0, 0, 12]), np.array([6.0, np.inf, 12])
    ... )
    >>> lower.tolist(), upper.tolist()
    ([5.0, 6.0, 12.0], [6.0, 7.0, 12.0])
    """
    entries = lines.tocoo()
    line, cell = entries.coords
    sign = entries.data
    low, high = np.where(sign > 0, lower[cell], -upper[cell]), np.where(sign > 0, upper[cell], -lower[cell])
    most = sums[line] - _others(line, low, len(sums))
    least = sums[line] - _others(line, high, len(sums))
    most, least = np.where(sign > 0, most, -least), np.where(sign > 0, least, -most)
    lower, upper = lower.copy(), upper.copy()
    np.minimum.at(upper, cell, most)
    np.maximum.at(lower, cell, least)
    return lower, upper


def _others(line: np.ndarray, values: np.ndarray, many: int) -> np.ndarray:
    """Add up, for each entry, the other entries of its line; one without an end makes the sum endless."""
    endless = np.isinf(values)
    finite = np.where(endless, 0, values)
    sums = np.bincount(line, weights=finite, minlength=many)[line] - finite
    without = np.bincount(line, weights=endless, minlength=many)[line] - endless
    end = np.sign(values[endless][0]) * np.inf if endless.any() else 0.0
    return np.where(without > 0, end, sums)


def _system(cells: Cells, hidden: np.ndarray, policy: Policy) -> System:
    lower, upper = _ranges(cells, hidden, policy)
    open_ = upper > lower
    column = np.flatnonzero(open_)
    lines = cells.lines[:, column]
    touched = np.flatnonzero(np.diff(lines.indptr))
    sums = -(cells.lines @ np.where(open_, 0, lower))
    return System(column, lines[touched], sums[touched], lower[column], upper[column])


def _ranges(cells: Cells, hidden: np.ndarray, policy: Policy) -> tuple[np.ndarray, np.ndarray]:
    """Give the range in which a reader knows each number to lie before adding anything up."""
    missing = np.isnan(cells.value)
    secret = hidden | missing
    seen, reach = rounded(np.nan_to_num(cells.value), policy), (policy.step - 1) // 2
    wide = reach * (seen > 0)
    never_zero = hidden & ~cells.loose & (cells.alone | (cells.part == PARTS[2]))
    lower = np.where(secret, never_zero.astype(float), np.maximum(seen - wide, 0))
    return lower, np.where(secret, np.inf, seen + wide)


def _sweep(
    system: System, wanted: np.ndarray, found: tuple[np.ndarray, np.ndarray], policy: Policy, *, rise: bool
) -> None:
    """Look again and again for numbers that fit and clear some of the wanted cells at once."""
    least, most = found
    luck = np.random.default_rng(0)
    open_ = wanted & ((most < least) | Bounds(least, most).inside(policy)) & (rise | (system.lower < CLOSE))
    while open_.any():
        gain = np.where(open_, np.exp(luck.normal(0, 2, len(open_))), 0.0)
        numbers = system.solve(gain, policy.smallest - system.lower) if rise else system.solve(-gain)
        np.fmin(least, numbers, out=least)
        np.fmax(most, numbers, out=most)
        still = open_ & Bounds(least, most).inside(policy)
        if still.sum() == open_.sum():
            return
        open_ = still


def _ends(system: System, cell: int) -> tuple[float, float]:
    """Give the least and the most that one cell can be."""
    gain = np.zeros(len(system.cells))
    gain[cell] = 1
    return float(system.solve(-gain)[cell]), float(system.solve(gain)[cell])


def targets(cells: Cells, hidden: np.ndarray, policy: Policy) -> np.ndarray:
    """Tell which hidden cells could be known to be too small: a large one never can."""
    return (hidden | np.isnan(cells.value)) & (np.isnan(cells.value) | small(cells.value, policy))

"""An attacker for tests, with nothing of ours: bounds what is hidden, and reads finished documents."""

from itertools import combinations, product

import numpy as np
from scipy.optimize import linprog

TOTAL = "all"


def bounds(shown, *, least=1.0, reach=0.0):
    """Bound every hidden cell of a table with all its totals, one linear program after the other.

    `shown` maps tuples of labels (TOTAL for a sum) to numbers, None where hidden. Every line over every set
    of columns is used; a hidden number is at least `least`, a shown one within `reach`.
    """
    cells = list(shown)
    place = {cell: number for number, cell in enumerate(cells)}
    lines = []
    for cell in cells:
        open_ = [at for at, label in enumerate(cell) if label == TOTAL]
        for many in range(1, len(open_) + 1):
            for gone in combinations(open_, many):
                parts = [
                    place[other]
                    for other in cells
                    if all(
                        other[at] != TOTAL if at in gone else other[at] == label
                        for at, label in enumerate(cell)
                    )
                ]
                if parts:
                    row = np.zeros(len(cells))
                    row[parts] = 1
                    row[place[cell]] = -1
                    lines.append(row)
    ranges = [
        (least, None) if number is None else (number - reach * (number > 0), number + reach * (number > 0))
        for number in shown.values()
    ]
    found = {}
    for cell, number in shown.items():
        if number is None:
            found[cell] = tuple(_end(place[cell], sign, lines, ranges) for sign in (1, -1))
    return found


def _end(cell, sign, lines, ranges):
    cost = np.zeros(len(ranges))
    cost[cell] = sign
    solved = linprog(cost, A_eq=np.array(lines), b_eq=np.zeros(len(lines)), bounds=ranges, method="highs")
    assert solved.status in (0, 3), solved.message
    return solved.x[cell] if solved.status == 0 else sign * -np.inf


def pinned(found, *, least=1, most=10):
    """The cells whose whole range lies between two whole numbers."""
    return [
        cell
        for cell, (low, high) in found.items()
        if np.ceil(low - 1e-6) >= least and (np.isfinite(high) and np.floor(high + 1e-6) <= most)
    ]


def with_totals(counts):
    """All cells of an array of counts, and every sum over one or more of its axes, by labels."""
    axes = counts.ndim
    found = {}
    for gone in product([False, True], repeat=axes):
        over = tuple(axis for axis in range(axes) if gone[axis])
        summed = counts.sum(axis=over)
        for at in np.ndindex(*summed.shape):
            left = iter(at)
            found[tuple(TOTAL if gone[axis] else f"g{next(left)}" for axis in range(axes))] = int(summed[at])
    return found

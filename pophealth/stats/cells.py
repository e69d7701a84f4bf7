"""A table of counts as cells and the sums that hold between them, for hiding cells and for attacking them."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from pophealth.stats import columns

PARTS = ("count", "rest", "denominator")
SUM = "all together"
Totals = str | Iterable[str] | bool | None


class Cells(NamedTuple):
    """Numbers that readers know or look for, and the lines in which they add up.

    ``value`` is missing where nobody counted. ``unit`` tells which cells are hidden together, ``loose`` which
    stand for rows that the table does not have. Each row of ``lines`` holds 1 for every part and -1 for their
    total, so that it adds up to 0; ``family`` tells along which columns it adds up, ``gaps`` where the table
    lacks rows of it.
    """

    labels: pd.DataFrame
    part: np.ndarray
    value: np.ndarray
    unit: np.ndarray
    loose: np.ndarray
    lines: sparse.csr_array
    family: np.ndarray
    gaps: np.ndarray

    def places(self, part: str) -> np.ndarray:
        """Tell where the numbers of one part stand: rows of the table first, then sums it does not show."""
        return np.flatnonzero((self.part == part) & ~self.loose)

    @property
    def alone(self) -> bool:
        """Whether there are counts only, and no people out of whom they are counted."""
        return not np.isin(self.part, PARTS[1:]).any()


def cells_of(
    table: pd.DataFrame,
    *,
    count: str,
    by: list[str],
    total: Totals = None,
    denominator: str | None = None,
    slack: float = 0,
) -> Cells:
    """Lay a table out as cells and lines; the first cells of each part are its rows, in their order.

    Parameters
    ----------
    table : DataFrame
        A row for each cell.
    count, denominator : str
        Columns: people of whom it is true, and all people.
    by : list of str
        Columns that tell cells apart.
    total : str, list of str, False or None
        The label of a sum, or several; False: no sum is known; None: every sum is known.
    denominator : str, optional
        Given, the people left over and the denominators are cells, too.
    slack : float
        How far each number may be off, because it was rounded.

    Returns
    -------
    Cells
        Rows, sums that are known though no row shows them, and what is left between a total and its parts.

    Raises
    ------
    ValueError
        If a column cannot be read, two rows have the same labels, or parts add up to more than their total.

    Examples
    --------
    >>> table = pd.DataFrame({"site": ["a", "b"], "count": [4, 20]})
    >>> found = cells_of(table, count="count", by=["site"])
    >>> found.value.tolist(), found.lines.toarray().tolist()
    ([4.0, 20.0, 24.0], [[1, 1, -1]])
    """
    counts = _read(table, count, denominator)
    labels = _labels(table, by, total)
    if total is None:
        labels, counts = _with_sums(labels, counts)
    found = _lines(_codes(labels)) if total is not False else _no_lines(labels)
    return _left_over(_joined(labels, counts, *found), slack)


def known(cells: Cells, hidden: np.ndarray) -> np.ndarray:
    """Give, for each line, how much its hidden parts (less a hidden total) come to."""
    return -(cells.lines @ np.where(hidden, 0, np.nan_to_num(cells.value)))


def _read(table: pd.DataFrame, count: str, denominator: str | None) -> dict[str, np.ndarray]:
    wanted = [count, *([denominator] if denominator else [])]
    columns.require(table, wanted)
    read = [columns.numbers(table, name) for name in wanted]
    columns.check_not_negative(*read)
    for name, numbers in zip(wanted, read, strict=True):
        columns.refuse(numbers % 1 > 0, f"column {name!r} holds a part of a person", "give whole counts")
    counts = {"count": read[0].to_numpy()}
    if denominator:
        columns.check_counts(*read)
        counts["denominator"] = read[1].to_numpy()
    return counts


def _labels(table: pd.DataFrame, by: list[str], total: Totals) -> pd.DataFrame:
    """Read the labels as text, with sums as the one word for them."""
    if not by:
        raise ValueError("by names no column; name the columns that tell the cells apart")
    columns.require(table, by)
    labels = table[by].reset_index(drop=True).astype(object)
    labels = labels.where(labels.notna(), "").astype(str)
    for mark in _marks(total):
        sums = labels == mark
        if not sums.any(axis=None) and len(labels):
            raise ValueError(
                f"no row has the label {mark!r}, which should stand for a total; correct it, or leave total "
                "out if there are no rows of totals"
            )
        labels = labels.mask(sums, SUM)
    columns.refuse(
        labels.duplicated(), "the same labels stand there again", "add up such rows, or name a column more"
    )
    return labels


def _marks(total: Totals) -> list[str]:
    """Give the labels that stand for a sum."""
    if total is None or total is False:
        return []
    marks = [total] if isinstance(total, str) else total
    if not isinstance(marks, Iterable):
        raise ValueError(f"total is {total!r}; give the label of totals, or several, or False")
    return list(marks)


def _with_sums(
    labels: pd.DataFrame, counts: dict[str, np.ndarray]
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """Add a row for every sum over one or more of the columns; a sum with a missing part is missing."""
    names = list(labels.columns)
    endless = {f"_{name}": np.nan_to_num(numbers, nan=np.inf) for name, numbers in counts.items()}
    rows = labels.assign(**endless)
    over = [
        rows.assign(**dict.fromkeys(gone, SUM))
        for many in range(1, len(names) + 1)
        for gone in combinations(names, many)
    ]
    summed = [wide.groupby(names, sort=False).sum().reset_index() for wide in over]
    every = pd.concat([rows, *summed], ignore_index=True)
    return every[names], {name: every[f"_{name}"].replace(np.inf, np.nan).to_numpy() for name in counts}


def _codes(labels: pd.DataFrame) -> np.ndarray:
    """Give numbers to the labels of each column from 1; 0 stands for a sum."""
    read = [pd.factorize(labels[name].where(labels[name] != SUM))[0] + 1 for name in labels.columns]
    return np.stack(read, axis=1)


def _no_lines(labels: pd.DataFrame) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    return sparse.csr_array((0, len(labels)), dtype=int), np.zeros(0, dtype=int), np.zeros(0, dtype=bool)


def _lines(codes: np.ndarray) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """Find every total that the table holds, with the cells that it is the sum of.

    Where a total over two columns can be reached through totals over one, the longer line says nothing new
    and is left out.
    """
    grid = _Grid.of(codes)
    matrices, families, gaps = [], [], []
    every = range(codes.shape[1])
    sets = [list(gone) for many in range(1, len(every) + 1) for gone in combinations(every, many)]
    for number, gone in enumerate(sets):
        found = _lines_over(grid, gone)
        matrices.append(found)
        families.append(np.full(found.shape[0], number))
        gaps.append(np.diff(found.indptr) - 1 < codes[:, gone].max(axis=0, initial=0).prod())
    return sparse.csr_array(sparse.vstack(matrices)), np.concatenate(families), np.concatenate(gaps)


class _Grid(NamedTuple):
    """Rows by the numbers of their labels, to find the row of a sum."""

    codes: np.ndarray
    base: np.ndarray
    keys: np.ndarray
    order: np.ndarray

    @classmethod
    def of(cls, codes: np.ndarray) -> "_Grid":
        base = np.cumprod([1, *(codes.max(axis=0, initial=0)[:-1] + 1)])
        keys = codes @ base
        return cls(codes, base, keys, np.argsort(keys, kind="stable"))

    def sums(self, rows: np.ndarray, gone: list[int]) -> np.ndarray:
        """Find, for each of these rows, the row of the sum over some columns; -1 if there is none."""
        wanted = self.keys[rows] - self.codes[rows][:, gone] @ self.base[gone]
        if not len(self.keys):
            return wanted
        at = np.searchsorted(self.keys, wanted, sorter=self.order).clip(max=len(self.keys) - 1)
        return np.where(self.keys[self.order[at]] == wanted, self.order[at], -1)


def _lines_over(grid: _Grid, gone: list[int]) -> sparse.csr_array:
    parts = np.flatnonzero((grid.codes[:, gone] > 0).all(axis=1))
    sums = grid.sums(parts, gone)
    parts, sums = parts[sums >= 0], sums[sums >= 0]
    if len(gone) > 1:
        news = _not_reached(grid, gone, parts, sums)
        parts, sums = parts[news], sums[news]
    totals, line = np.unique(sums, return_inverse=True)
    ones = np.concatenate([np.ones(len(parts), dtype=int), -np.ones(len(totals), dtype=int)])
    place = (np.concatenate([line, np.arange(len(totals))]), np.concatenate([parts, totals]))
    return sparse.csr_array((ones, place), shape=(len(totals), len(grid.keys)))


def _not_reached(grid: _Grid, gone: list[int], parts: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Tell which parts belong to a sum that no sums over fewer columns lead to."""
    reached = np.zeros(len(grid.keys), dtype=bool)
    for last in gone:
        between = grid.sums(parts, [column for column in gone if column != last])
        reached |= np.bincount(sums, weights=between < 0, minlength=len(grid.keys)) == 0
    return ~reached[sums]


def _joined(
    labels: pd.DataFrame,
    counts: dict[str, np.ndarray],
    lines: sparse.csr_array,
    family: np.ndarray,
    gaps: np.ndarray,
) -> Cells:
    """Put counts, people left over and denominators (if there are any) into one system."""
    many, loose = len(labels), np.zeros(len(labels), dtype=bool)
    unit = np.arange(many)
    if "denominator" not in counts:
        return Cells(labels, np.full(many, PARTS[0]), counts["count"], unit, loose, lines, family, gaps)
    one = sparse.eye_array(many, dtype=int)
    across = sparse.hstack([one, one, -one])
    system = sparse.vstack([sparse.block_diag([lines] * 3), across])
    return Cells(
        labels=pd.concat([labels] * 3, ignore_index=True),
        part=np.repeat(PARTS, many),
        value=np.concatenate(
            [counts["count"], counts["denominator"] - counts["count"], counts["denominator"]]
        ),
        unit=np.concatenate([unit, unit, unit + many]),
        loose=np.tile(loose, 3),
        lines=sparse.csr_array(system),
        family=np.concatenate([np.tile(family, 3), np.full(many, family.max(initial=-1) + 1)]),
        gaps=np.concatenate([np.tile(gaps, 3), np.zeros(many, dtype=bool)]),
    )


def _left_over(cells: Cells, slack: float) -> Cells:
    """Add a cell for what is left between a total and the rows the table has of it."""
    unknown = np.isnan(cells.value)
    left = known(cells, unknown)
    whole = abs(cells.lines) @ unknown.astype(int) == 0
    room = slack * np.diff(cells.lines.indptr) + 0.5
    _refuse_overlaps(cells, whole & (left < -room))
    rest = np.flatnonzero(np.where(whole, left > room, cells.gaps))
    if not len(rest):
        return cells
    place = (np.ones(len(rest), dtype=int), (rest, np.arange(len(rest))))
    more = sparse.csr_array(place, shape=(cells.lines.shape[0], len(rest)))
    owner = _totals(cells)[rest]
    grown: dict[str, Any] = {
        "labels": pd.concat([cells.labels, cells.labels.iloc[owner]], ignore_index=True),
        "part": np.concatenate([cells.part, cells.part[owner]]),
        "value": np.concatenate([cells.value, np.where(whole, left, np.nan)[rest]]),
        "unit": np.concatenate([cells.unit, cells.unit.max() + 1 + np.arange(len(rest))]),
        "loose": np.concatenate([cells.loose, np.ones(len(rest), dtype=bool)]),
        "lines": sparse.csr_array(sparse.hstack([cells.lines, more])),
    }
    return cells._replace(**grown)


def _totals(cells: Cells) -> np.ndarray:
    """Give the cell that is the total of each line."""
    entries = cells.lines.tocoo()
    minus = entries.data < 0
    owner = np.zeros(cells.lines.shape[0], dtype=int)
    owner[entries.coords[0][minus]] = entries.coords[1][minus]
    return owner


def _refuse_overlaps(cells: Cells, bad: np.ndarray) -> None:
    if bad.any():
        owner = _totals(cells)[np.flatnonzero(bad)[0]]
        told = ", ".join(
            f"{name} {label!r}" for name, label in cells.labels.iloc[owner].items() if label != SUM
        )
        raise ValueError(
            f"the parts of the total for {told or 'everyone'} add up to more than the total; correct the "
            "counts, or leave out groups to which one person can belong twice"
        )

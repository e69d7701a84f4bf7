"""Hiding small counts, and as many others as it takes that nobody can work the small ones out."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.attack import at_a_glance, attacked, targets
from pophealth.stats.cells import PARTS, SUM, Cells, Totals, cells_of, known
from pophealth.stats.policies import Policy, policy_of, rounded, small

_SOLE, _SUM, _PEOPLE = 1e3, 1e5, 1e7  # how much less gladly such cells are hidden than others


def suppress(
    table: pd.DataFrame,
    *,
    count: str,
    by: str | Iterable[str],
    policy: str | float = "cms11",
    total: Totals = None,
    denominator: str | None = None,
    reason: str = "",
) -> pd.DataFrame:
    """Hide counts that are too small to show, and as many others as it takes that nobody can work them out.

    Show ``shown`` and nothing else: every rate, gap, middle line or limit is worked out from it, so that it
    is missing where its count is. ``suppressed`` is for the team alone; `for_others` takes it away, because a
    reader who knows which cells are small knows more. Without a denominator, no 0 is ever hidden.

    Parameters
    ----------
    table : DataFrame
        A row for each group, or for each cell of a cross-classification of two to four columns.
    count : str
        Column: whole people.
    by : str or list of str
        Columns that tell the cells apart. Within a column each person has one label.
    policy : str or number
        ``cms11``: 1 to 10 is not shown; ``ons3``: 1 and 2; ``opensafely``: 1 to 7, and the rest rounded to
        the nearest 5; ``none``: all is shown, with a reason; a number: the smallest count that may be shown.
    total : str, list of str, False or None
        A label, such as ``"all"``, or several: rows that bear it in a column are sums over that column, and
        readers see these sums and no others. None: no row is a sum, and readers may know every sum, over one
        column or several. False: no sum is known to anybody, so small counts alone are hidden.
    denominator : str, optional
        Column: all people of the row. The people left over are then protected like the count.
    reason : str
        Why small counts may be shown; ``none`` needs one.

    Returns
    -------
    DataFrame
        The rows with ``shown`` (missing where hidden), ``suppressed`` (``primary``: too small; ``secondary``:
        hidden to protect others; "") and, with a denominator, ``shown_denominator``. ``.attrs`` holds
        ``policy``, ``reason``, ``withheld_totals`` and ``withheld_denominators``: labels of sums that are not
        in the table and must not be shown either.

    Raises
    ------
    ValueError
        If a column cannot be read, counts are no whole people, labels come twice, parts exceed their total,
        a policy does not exist, or ``none`` has no reason.

    Notes
    -----
    Cells are hidden until no line (a total and its parts) gives one away: next in each line goes the
    smallest count above 0 that leaves no new line with one hidden cell. An attacker then bounds every small
    cell by linear programming; while one is surely small, more is hidden, in the worst case everything above
    0. L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control, 2001. Policies:
    `stats.policies.policy_of`.

    Examples
    --------
    >>> table = pd.DataFrame({"language": ["English", "Spanish", "Other", "Hmong"], "falls": [64, 21, 14, 3]})
    >>> suppress(table, count="falls", by="language")
      language  falls  shown suppressed
    0  English     64   64.0
    1  Spanish     21   21.0
    2    Other     14    NaN  secondary
    3    Hmong      3    NaN    primary
    """
    allowed = policy_of(policy)
    if not allowed.smallest and not reason.strip():
        raise ValueError("policy 'none' shows small counts; say in reason why that is allowed")
    names = columns.names(by)
    cells = cells_of(table, count=count, by=names, total=total, denominator=denominator)
    hidden = hide(cells, allowed) if allowed.smallest else np.zeros(len(cells.value), dtype=bool)
    found = table.assign(**_columns(cells, hidden, allowed, len(table)))
    found.attrs |= {"policy": policy, "reason": reason}
    found.attrs["withheld_totals"] = _withheld(cells, hidden, PARTS[0], len(table))
    found.attrs["withheld_denominators"] = _withheld(cells, hidden, PARTS[2], len(table))
    return found


def for_others(
    table: pd.DataFrame, *, count: str, denominator: str | None = None, derived: str | Iterable[str] = ()
) -> pd.DataFrame:
    """Make of a suppressed table the one that others may see.

    Parameters
    ----------
    table : DataFrame
        As `suppress` returns it.
    count, denominator : str
        Columns: the counts that `suppress` was asked to protect.
    derived : str or list of str
        Columns worked out from the counts, such as a rate, its limits or a gap.

    Returns
    -------
    DataFrame
        The rows, with counts as shown, derived numbers missing wherever a count is hidden (everywhere, if
        counts were rounded), and ``hidden`` (True or False) in place of ``shown`` and ``suppressed``: it does
        not tell small counts from those that are hidden to protect them. ``.attrs`` is empty.

    Raises
    ------
    ValueError
        If a column is missing.

    Notes
    -----
    A number worked out from several rows, such as a gap or a mean, does not belong to one row: work it out
    from the counts in this table.

    Examples
    --------
    >>> table = pd.DataFrame({"site": ["a", "b", "c"], "falls": [30, 12, 4], "rate": [0.3, 0.12, 0.04]})
    >>> for_others(suppress(table, count="falls", by="site"), count="falls", derived="rate")
      site  falls  rate  hidden
    0    a   30.0   0.3   False
    1    b    NaN   NaN    True
    2    c    NaN   NaN    True
    """
    pairs = {count: "shown", **({denominator: "shown_denominator"} if denominator else {})}
    worked_out = columns.names(derived)
    columns.require(table, [*pairs, *pairs.values(), *worked_out, "suppressed"])
    moved = [table[shown].notna() & (table[mine] != table[shown]) for mine, shown in pairs.items()]
    rounds = policy_of(table.attrs.get("policy", "cms11")).step > 1 or bool(np.any(moved))
    exact = table[list(pairs.values())].notna().all(axis="columns") & (not rounds)
    seen = {mine: table[shown] for mine, shown in pairs.items()}
    seen |= {name: table[name].where(exact) for name in worked_out}
    found = table.assign(**seen, hidden=table["suppressed"].ne("")).drop(
        columns=["suppressed", *pairs.values()]
    )
    found.attrs = {}
    return found


def hide(cells: Cells, policy: Policy) -> np.ndarray:
    """Choose what to hide: small counts, then others until no small one can be worked out."""
    unit = np.bincount(cells.unit, weights=small(cells.value, policy) | cells.loose) > 0
    hidden = unit[cells.unit]
    while True:
        if policy.step == 1:
            hidden = _paired(cells, hidden, policy)
        wanted = targets(cells, hidden, policy)
        inside = wanted & at_a_glance(cells, hidden, policy).inside(policy)
        if not inside.any():
            inside = wanted & attacked(cells, hidden, policy, wanted=wanted).inside(policy)
        more = _wider(cells, hidden, inside) if inside.any() else hidden
        if np.array_equal(more, hidden):
            return hidden
        hidden = more


def _columns(cells: Cells, hidden: np.ndarray, policy: Policy, rows: int) -> dict[str, np.ndarray]:
    """Give the columns that are added to the table."""
    shown = np.where(hidden, np.nan, rounded(cells.value, policy))
    at = cells.places(PARTS[0])[:rows]
    tiny = small(cells.value, policy)
    parts = [cells.places(part)[:rows] for part in PARTS]
    primary = np.any([tiny[part] for part in parts if len(part)], axis=0)
    found = {
        "shown": shown[at],
        "suppressed": np.select([hidden[at] & primary, hidden[at]], ["primary", "secondary"], default=""),
    }
    return found if cells.alone else found | {"shown_denominator": shown[parts[2]]}


def _withheld(cells: Cells, hidden: np.ndarray, part: str, rows: int) -> tuple[tuple[str, ...], ...]:
    """Name the sums that no row shows, and that must not be shown."""
    sums = cells.places(part)[rows:]
    return tuple(cells.labels.iloc[sums[hidden[sums]]].itertuples(index=False, name=None))


def _paired(cells: Cells, hidden: np.ndarray, policy: Policy) -> np.ndarray:
    """Hide more until each line hides two cells or more, and together not too few people."""
    while True:
        before = hidden.sum()
        for family in np.unique(cells.family):
            lines = (cells.family == family) & _telling(cells, hidden, policy)
            hidden = _with_cheapest(cells, hidden, lines) if lines.any() else hidden
        if hidden.sum() == before:
            return hidden


def _telling(cells: Cells, hidden: np.ndarray, policy: Policy) -> np.ndarray:
    """Tell which lines give a hidden cell away, or tell of a small number of people hidden together."""
    secret = hidden | np.isnan(cells.value)
    known_sum = known(cells, secret)
    many = abs(cells.lines) @ secret.astype(int)
    chosen = abs(cells.lines) @ (hidden & ~cells.loose).astype(int)
    few = (known_sum > 0) & (known_sum < policy.smallest)
    return ((many == 1) & (chosen == 1) & (known_sum != 0)) | ((many > 0) & few)


def _with_cheapest(cells: Cells, hidden: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Hide one more cell of each of these lines: one that opens no new line, and then the smallest."""
    entries = cells.lines.tocoo()
    line, cell = entries.coords
    usable = lines[line] & ~hidden[cell] & (np.nan_to_num(cells.value)[cell] > 0)
    line, cell = line[usable], cell[usable]
    order = np.lexsort((cells.value[cell], _cost(cells, hidden)[cell], line))
    first = np.unique(line[order], return_index=True)[1]
    return _with_units(cells, hidden, cell[order][first])


def _cost(cells: Cells, hidden: np.ndarray) -> np.ndarray:
    """Say how little we want to hide each cell: it leaves new lines with one hidden cell, or is a sum."""
    size = abs(cells.lines)
    untouched = size @ hidden.astype(int) == 0
    cost = size.T @ untouched.astype(float) + _SOLE * _sole(cells)
    cost += _SUM * (cells.labels == SUM).sum(axis=1).to_numpy() + _PEOPLE * (cells.part == PARTS[2])
    return np.bincount(cells.unit, weights=cost)[cells.unit]


def _sole(cells: Cells) -> np.ndarray:
    """Count in how many lines a cell is all of its total, so that the total would have to go as well."""
    entries = cells.lines.tocoo()
    line, cell = entries.coords
    value = np.nan_to_num(cells.value)
    total = np.bincount(line, weights=value[cell] * (entries.data < 0), minlength=cells.lines.shape[0])
    alone = (entries.data > 0) & (value[cell] == total[line]) & (value[cell] > 0)
    return np.bincount(cell, weights=alone, minlength=len(value))


def _with_units(cells: Cells, hidden: np.ndarray, more: np.ndarray) -> np.ndarray:
    return hidden | np.isin(cells.unit, cells.unit[more])


def _wider(cells: Cells, hidden: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Hide the smallest cell near those that are known too closely, or all when none is left nearby."""
    near = inside
    while True:
        lines = abs(cells.lines) @ near.astype(int) > 0
        reach = abs(cells.lines).T @ lines.astype(int) > 0
        usable = np.flatnonzero(reach & ~hidden & (np.nan_to_num(cells.value) > 0))
        if len(usable):
            return _with_cheapest(cells, hidden, lines)
        if reach.sum() == near.sum():
            return hidden | (np.nan_to_num(cells.value) > 0)
        near = reach

"""Proving that what is shown gives no small number away, by attacking it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.attack import Bounds, attacked
from pophealth.stats.cells import PARTS, SUM, Cells, Totals, cells_of
from pophealth.stats.policies import Policy, policy_of, rounded


def audit(
    table: pd.DataFrame,
    *,
    count: str,
    by: str | Iterable[str],
    policy: str | float = "cms11",
    total: Totals = None,
    denominator: str | None = None,
    shown: str = "shown",
    exact: bool = False,
) -> pd.DataFrame:
    """Attack a table as somebody can who knows all that is shown, and the rule by which it was hidden.

    Look at ``inside`` first: True means that anybody can know that this number is at least 1 and less than
    what may be shown. ``.attrs["reading"]`` says in one sentence what was found.

    Parameters
    ----------
    table : DataFrame
        As `stats.suppression.suppress` returns it; or a table as others see it, with `count` and `shown`
        naming the same column, in which hidden counts are missing.
    count, by, policy, total, denominator
        As in `stats.suppression.suppress`.
    shown : str
        Column: what others see of the count. The column of denominators shown is this name and
        ``_denominator``; when there is none, denominators are shown as they are.
    exact : bool
        Bound each hidden number as closely as can be. Without it, numbers that are surely safe are not
        looked at further: ``lower`` and ``upper`` are then two numbers that both fit.

    Returns
    -------
    DataFrame
        A row for each hidden number, and for each that is shown though it is too small: `by`, ``number``
        (``count``; ``rest``: the people left over; ``denominator``), ``lower``, ``upper`` and ``inside``.
        Sums over a column bear the label ``all together`` or that of `total`. What is left between a total
        and its rows is a row, too.

    Raises
    ------
    ValueError
        As `stats.suppression.suppress`, and if what is shown is not what was counted, or does not add up.

    Notes
    -----
    Linear programming (scipy's HiGHS): each hidden number is 0 or more, at least 1 where the rule never hides
    a 0, each rounded one lies within half a step, and all totals hold. Numbers between whole ones are
    allowed, so in three or more columns the attack is a little weaker than one in whole numbers.

    Examples
    --------
    >>> table = pd.DataFrame({"site": ["a", "b", "all"], "falls": [12, 4, 16], "shown": [12, None, 16]})
    >>> found = audit(table, count="falls", by="site", total="all")
    >>> found
      site number  lower  upper  inside
    0    b  count    4.0    4.0    True
    >>> found.attrs["reading"]
    'Anybody can see or work out that 1 number must be from 1 to 10: hide more, or join groups.'
    """
    allowed = policy_of(policy)
    names = columns.names(by)
    columns.require(table, [shown])
    slack = (allowed.step - 1) // 2 if count == shown else 0
    cells = cells_of(table, count=count, by=names, total=total, denominator=denominator, slack=slack)
    hidden = _unseen(table, cells, shown, published=count == shown)
    _refuse_other_numbers(table, cells, hidden, shown, allowed)
    secret = hidden | np.isnan(cells.value)
    bounds = attacked(cells, hidden, allowed, wanted=secret, exact=exact)
    return _told(cells, secret, bounds, allowed, total)


def _unseen(table: pd.DataFrame, cells: Cells, shown: str, *, published: bool) -> np.ndarray:
    """Tell which cells readers do not see: rows without a number, and what hangs on them."""
    hidden = cells.loose.copy()
    counted = published | ~np.isnan(cells.value[: len(table)])
    rows = columns.numbers(table, shown).isna() & counted
    count = _with_sums(rows, cells, table.attrs.get("withheld_totals", ()))
    hidden[cells.places(PARTS[0])] = count
    if not cells.alone:
        name = f"{shown}_denominator"
        rows = columns.numbers(table, name).isna() if name in table else np.zeros(len(table), dtype=bool)
        people = _with_sums(rows, cells, table.attrs.get("withheld_denominators", ()))
        hidden[cells.places(PARTS[1])] = count | people
        hidden[cells.places(PARTS[2])] = people
    return hidden


def _with_sums(rows: pd.Series | np.ndarray, cells: Cells, withheld: Iterable[tuple[str, ...]]) -> np.ndarray:
    """Put what is not seen of the rows before what is not seen of the sums that no row shows."""
    sums = cells.labels.iloc[cells.places(PARTS[0])[len(rows) :]]
    kept_back = pd.MultiIndex.from_frame(sums).isin(list(withheld)) if len(sums) else np.zeros(0, dtype=bool)
    return np.concatenate([np.asarray(rows, dtype=bool), kept_back])


def _refuse_other_numbers(
    table: pd.DataFrame, cells: Cells, hidden: np.ndarray, shown: str, policy: Policy
) -> None:
    seen = columns.numbers(table, shown)
    counted = rounded(cells.value[: len(table)], policy)
    other = seen.notna() & ~hidden[: len(table)] & (seen.to_numpy() != counted)
    columns.refuse(other, f"column {shown!r} does not hold what was counted", "suppress the table again")


def _told(cells: Cells, secret: np.ndarray, bounds: Bounds, policy: Policy, total: Totals) -> pd.DataFrame:
    inside = bounds.inside(policy)
    told = np.flatnonzero(secret | inside)
    labels = cells.labels.iloc[told]
    found = labels.where(labels != SUM, total if isinstance(total, str) else SUM).assign(
        number=cells.part[told], lower=bounds.lower[told], upper=bounds.upper[told], inside=inside[told]
    )
    found = found.reset_index(drop=True)
    found.attrs["reading"] = reading(int(found["inside"].sum()), int(secret.sum()), policy)
    return found


def reading(inside: int, hidden: int, policy: Policy) -> str:
    """Say in one sentence what an attack found.

    >>> reading(0, 12, policy_of("cms11"))
    'Nobody can tell from what is shown whether any of the 12 hidden numbers is from 1 to 10.'
    """
    few = told_few(policy)
    if not policy.smallest:
        return "All numbers are shown: the rule protects none."
    if inside:
        numbers = "1 number" if inside == 1 else f"{inside} numbers"
        return f"Anybody can see or work out that {numbers} must be {few}: hide more, or join groups."
    if not hidden:
        return f"Nothing is hidden, and no number shown is {few}."
    return f"Nobody can tell from what is shown whether any of the {hidden} hidden numbers is {few}."


def told_few(policy: Policy) -> str:
    """Say which numbers are too small to show.

    >>> told_few(policy_of("ons3"))
    'from 1 to 2'
    """
    return f"from 1 to {policy.smallest - 1}" if policy.smallest else "that is protected"

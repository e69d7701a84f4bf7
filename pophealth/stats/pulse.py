"""How a team is doing on a few domains, month by month, told so that nobody can work out one answer."""

import numpy as np
import pandas as pd

from pophealth.stats import chance, columns

LEAST = 3
"""Fewer answers than this are never shown, and answers are only ever counted in steps of it."""

LOW, HIGH = 1, 5
MEAN_MOVE = 1.0
SPREAD_MOVE, SPREAD_STEP, WIDEST = 0.7, 0.5, 2.5


def published(
    table: pd.DataFrame,
    *,
    seed: str,
    domain: str = "domain",
    mark: str = "mark",
    when: str = "month",
    least: int = LEAST,
) -> pd.DataFrame:
    """Sum up a team's marks for each domain and month, as far as they may be shown.

    Read the lowest domain first, then the spread: where it is wide, people do not live the same month. Every
    mean and every spread is moved by a small chance amount and rounded, and answers are counted in steps
    (3 for 3 to 5 answers). The same marks and the same seed always give the same figures.

    Parameters
    ----------
    table : DataFrame
        One row for each person, month and domain. A row without a mark is left out.
    seed : str
        What the chance amounts are drawn from. Nobody who sees the figures may know it or guess it.
    domain, mark, when : str
        Columns: what was asked about, the mark from 1 to 5, and the month.
    least : int
        A month and domain with fewer answers stays hidden; 3 or more.

    Returns
    -------
    DataFrame
        A row for each month and domain, by month and then as domains first appear: ``answers``, ``mean``
        (rounded to 0.1), ``spread`` (standard deviation, rounded to 0.5) and ``shown``. Where that is False,
        every number is missing.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a mark is not 1 to 5, there is no seed, or `least` is below 3.

    Notes
    -----
    The amounts follow a Laplace distribution, with scale 1 / n for means and 0.7 / sqrt(n) for spreads: per
    step of the scale as much as in `stats.trust.published`. Half of all amounts are smaller than 0.7 of the
    scale: with 5 answers half of all means move by less than 0.15.

    Examples
    --------
    >>> table = pd.DataFrame({"month": "2021-05", "domain": "power", "mark": [2, 3, 3, 4]})
    >>> published(table, seed="for this example only")[["answers", "mean", "spread"]].values.tolist()
    [[3, 3.2, 1.0]]
    """
    if not seed:
        raise ValueError("there is no seed; without a secret one anybody can undo what chance has moved")
    if least < LEAST:
        raise ValueError(f"least is {least}; figures of fewer than {LEAST} people are never shown")
    exact = _summed(table, (when, domain, mark), least)
    rows = seed + "|" + exact[when].astype(str) + "|" + exact[domain].astype(str)
    people = exact["answers"].astype("float64")
    mean = exact["mean"] + MEAN_MOVE / people * chance.laplace("mean|" + rows)
    spread = exact["spread"] + SPREAD_MOVE / np.sqrt(people) * chance.laplace("spread|" + rows)
    steps = ((spread / SPREAD_STEP).round() * SPREAD_STEP).clip(0, WIDEST) + 0.0
    counted = exact["answers"] // LEAST * LEAST
    return exact.assign(answers=counted, mean=mean.round(1).clip(LOW, HIGH), spread=steps)


def clear(answers: int) -> float:
    """Say how far two moved means must lie apart before a page puts the difference into words.

    Parameters
    ----------
    answers : int
        The smaller number of answers behind the two.

    Returns
    -------
    float
        Steps of the scale; at least 1.

    Notes
    -----
    The difference of two Laplace amounts of scale b is beyond t with chance (1 + t / 2b) exp(-t / b): at
    t = 4.5 b that is 4% for each pair, when nothing but the chance amounts is at work.

    Examples
    --------
    >>> clear(3), clear(6)
    (1.5, 1.0)
    """
    return max(1.0, 4.5 * MEAN_MOVE / max(answers, 1))


def _summed(table: pd.DataFrame, names: tuple[str, str, str], least: int) -> pd.DataFrame:
    """Give count, mean and spread of a month and domain; missing where too few answered."""
    columns.require(table, names)
    when, domain, mark = names
    marks = columns.numbers(table, mark)
    bad = marks[marks.notna() & ~marks.between(LOW, HIGH)]
    if len(bad):
        raise ValueError(
            f"column {mark!r} holds {bad.iloc[0]:g} in row {bad.index[0]}; a mark lies between 1 and 5"
        )
    order = {name: place for place, name in enumerate(table[domain].unique())}
    groups = table[[when, domain]].assign(mark=marks).groupby([when, domain], sort=False)["mark"]
    found = groups.agg(answers="count", mean="mean", spread="std").reset_index()
    enough = found["answers"] >= least
    numbers = found[["answers", "mean", "spread"]].where(enough).astype({"answers": "Int64"})
    found = found[[when, domain]].join(numbers).assign(shown=enough, place=found[domain].map(order))
    return found.sort_values([when, "place"], kind="stable", ignore_index=True).drop(columns="place")

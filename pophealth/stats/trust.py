"""How partners see the partnership: what matters to them, what happens, and the gap between the two.

`summary` gives exact figures to whoever may see every answer. `published` moves them a little by chance, so
that they can be shown to people who know all answers but one.
"""

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from pophealth.stats import chance, columns

LEAST = 5
"""Fewer answers than this are never shown, and answers are only ever counted in steps of it."""

LOW, HIGH = 1, 7
CONFIDENCE = 0.95
MEAN_MOVE = 1.5
SPREAD_MOVE, SPREAD_STEP, WIDEST = 1.0, 0.5, 4.0
FIGURES = ["importance", "importance_sd", "occurrence", "occurrence_sd", "gap", "gap_lower", "gap_upper"]


def summary(
    table: pd.DataFrame,
    *,
    dimension: str = "dimension",
    importance: str = "importance",
    occurrence: str = "occurrence",
    when: str = "round",
    least: int = LEAST,
) -> pd.DataFrame:
    """Sum up what partners answered about each side of working together, round by round.

    Read the gap first: how much more something matters to partners than it happens. Read the spread next:
    where it is wide, partners do not see it alike, and the mean speaks for nobody. These figures are exact.
    Whoever knows all answers but one can work the last one out of them: show them to others only through
    `published`.

    Parameters
    ----------
    table : DataFrame
        One row for each person, round and dimension. A row without both answers is left out.
    dimension, when : str
        Columns: what was asked about, and in which round.
    importance, occurrence : str
        Columns: how much it matters and how much it happens, from 1 to 7.
    least : int
        A round and dimension with fewer answers stays hidden; 2 or more.

    Returns
    -------
    DataFrame
        A row for each round and dimension, by round and then as dimensions first appear: ``answers``,
        ``importance``, ``importance_sd``, ``occurrence``, ``occurrence_sd``, ``gap`` (importance minus
        occurrence), ``gap_lower``, ``gap_upper`` and ``shown``. Where that is False, every number is
        missing, ``answers`` too.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, an answer is not 1 to 7, or `least` is below 2.

    Notes
    -----
    The spread is the standard deviation with n - 1. The limits are those of the mean of each person's own
    difference, by Student's t, 95%. Asking how much something matters beside how much it happens, from 1 to
    7, is the form of the Partnership Trust Tool of the CDC Prevention Research Centers.

    Examples
    --------
    >>> table = pd.DataFrame({"round": "2021-05", "dimension": "open", "importance": [7, 6, 7, 6, 6]})
    >>> found = summary(table.assign(occurrence=[4, 5, 6, 4, 5]))
    >>> found[["answers", "importance", "occurrence", "gap", "gap_lower", "gap_upper"]].round(2)
       answers  importance  occurrence  gap  gap_lower  gap_upper
    0        5         6.4         4.8  1.6       0.49       2.71
    """
    found = _summed(table, (when, dimension, importance, occurrence), least)
    return _with_limits(found, variance=found["gap_sd"] ** 2 / found["answers"].astype("float64"))


def _marks(table: pd.DataFrame, name: str) -> pd.Series:
    marks = columns.numbers(table, name)
    bad = marks[marks.notna() & ~marks.between(LOW, HIGH)]
    if len(bad):
        raise ValueError(
            f"column {name!r} holds {bad.iloc[0]:g} in row {bad.index[0]}; an answer lies between 1 and 7"
        )
    return marks


def _summed(table: pd.DataFrame, names: tuple[str, str, str, str], least: int) -> pd.DataFrame:
    """Give count, means and spreads of a round and dimension; missing where too few answered both."""
    if least < 2:
        raise ValueError(f"least is {least}; a figure of fewer than 2 people is the answer of one person")
    columns.require(table, names)
    when, dimension, importance, occurrence = names
    answers = pd.DataFrame({name: table[name].to_numpy() for name in (when, dimension)})
    answers["importance"], answers["occurrence"] = _marks(table, importance), _marks(table, occurrence)
    order = {name: place for place, name in enumerate(answers[dimension].unique())}
    answers = answers.assign(gap=answers["importance"] - answers["occurrence"])
    both = answers[["importance", "occurrence", "gap"]].where(answers["gap"].notna())
    groups = answers[[when, dimension]].join(both).groupby([when, dimension], sort=False)
    count = groups["gap"].count()
    found = groups.mean().join(groups.std().add_suffix("_sd")).assign(answers=count).where(count >= least)
    found = found.assign(shown=count >= least).reset_index().astype({"answers": "Int64"})
    place = found[dimension].map(order)
    found = found.assign(place=place).sort_values([when, "place"], kind="stable", ignore_index=True)
    return found.drop(columns="place")


def _with_limits(found: pd.DataFrame, *, variance: pd.Series) -> pd.DataFrame:
    """Add the limits of the gap, and put the columns in the order in which they are read."""
    reach = stdtrit(found["answers"].astype("float64") - 1, (1 + CONFIDENCE) / 2) * np.sqrt(variance)
    found = found.assign(gap_lower=found["gap"] - reach, gap_upper=found["gap"] + reach)
    groups = [name for name in found.columns if name not in {*FIGURES, "answers", "gap_sd", "shown"}]
    return found[[*groups, "answers", *FIGURES, "shown"]]


def published(
    table: pd.DataFrame,
    *,
    seed: str,
    dimension: str = "dimension",
    importance: str = "importance",
    occurrence: str = "occurrence",
    when: str = "round",
    least: int = LEAST,
) -> pd.DataFrame:
    """Sum up answers for others to see, so that nobody can work out what one person said.

    Read it as `summary`, a little less sharp: every mean and every spread is moved by a small chance amount
    and then rounded, and the number of answers is given as the step it has reached (5 for 5 to 9 answers).
    The same answers and the same seed always give the same figures, so asking again teaches nothing.

    Parameters
    ----------
    table, dimension, importance, occurrence, when, least
        As in `summary`.
    seed : str
        What the chance amounts are drawn from. Nobody who sees the figures may know it or guess it, and each
        set of answers needs its own.

    Returns
    -------
    DataFrame
        The columns of `summary`. Means and gap are rounded to 0.1, spreads to 0.5. The limits of the gap are
        wider than exact ones: they hold the chance amounts too.

    Raises
    ------
    ValueError
        As in `summary`, if there is no seed, or if `least` is below 5.

    Notes
    -----
    The amounts follow a Laplace distribution, with scale 1.5 / n for means and 1 / sqrt(n) for spreads, as in
    differential privacy (Dwork, McSherry, Nissim and Smith, Theory of Cryptography, 2006, 265-284). It has
    no end, so every possible last answer can lead to every possible figure. Half of all amounts are
    smaller than 0.7 of the scale: with 7 answers half of all means move by less than 0.15.

    Examples
    --------
    >>> table = pd.DataFrame({"round": "2021-05", "dimension": "open", "importance": [7, 6, 7, 6, 6, 7]})
    >>> found = published(table.assign(occurrence=[4, 5, 6, 4, 5, 5]), seed="for this example only")
    >>> found[["answers", "importance", "occurrence", "gap"]].round(1)
       answers  importance  occurrence  gap
    0        5         6.3         4.6  1.7
    """
    if not seed:
        raise ValueError("there is no seed; without a secret one anybody can undo what chance has moved")
    if least < LEAST:
        raise ValueError(f"least is {least}; figures of fewer than {LEAST} people are never published")
    exact = _summed(table, (when, dimension, importance, occurrence), least)
    found = _moved(exact, (when, dimension), seed)
    people = found["answers"].astype("float64")
    added = 2 * 2 * (MEAN_MOVE / people) ** 2
    found = _with_limits(found, variance=found["gap_sd"] ** 2 / people + added)
    ends = found[["gap_lower", "gap_upper"]].round(1)
    return found.assign(**ends.to_dict("series"))


def _moved(exact: pd.DataFrame, names: tuple[str, str], seed: str) -> pd.DataFrame:
    """Move means and spreads by chance, and round them; the gap is that of the moved means."""
    people = exact["answers"].astype("float64")
    rows = "|" + exact[names[0]].astype(str) + "|" + exact[names[1]].astype(str)
    found = exact.assign(answers=exact["answers"] // LEAST * LEAST)
    for name in ("importance", "occurrence"):
        moved = exact[name] + MEAN_MOVE / people * chance.laplace(f"{seed}|{name}" + rows)
        found[name] = moved.round(1).clip(LOW, HIGH)
    for name in ("importance_sd", "occurrence_sd", "gap_sd"):
        moved = exact[name] + SPREAD_MOVE / np.sqrt(people) * chance.laplace(f"{seed}|{name}" + rows)
        found[name] = ((moved / SPREAD_STEP).round() * SPREAD_STEP).clip(0, WIDEST) + 0.0
    return found.assign(gap=(found["importance"] - found["occurrence"]).round(1))

"""A large file of made-up people, one row a person, to try the counting of rows on."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from pophealth.workspace.errors import Problem
from pophealth.workspace.sample_counts import SEED, people_in, people_planned
from pophealth.workspace.sample_plans import AGE, LANGUAGE, PLANS, RACE, ZIP3, Plan

ROWS = 200_000
_CONTROL = ("bp-control", "a1c-below-9")
_NAMES = {"period": "visit_month", AGE: "age_band", LANGUAGE: "language", RACE: "race_ethnicity"}
_NAMES |= {ZIP3: "zip3", "yes": "had_control"}


def people(rows: int = ROWS, *, seed: int = SEED) -> pd.DataFrame:
    """Draw made-up people of the two teams that care for blood pressure and blood sugar.

    The groups and chances are those of the teams' counts; the people are others, and none of them is real.

    Parameters
    ----------
    rows : int
        How many people.
    seed : int
        The same seed gives the same people.

    Returns
    -------
    DataFrame
        person (a running number), team, visit_month, age_band, language, race_ethnicity, zip3, had_control
        (1 when blood pressure or blood sugar was under control at the visit, otherwise 0).

    Raises
    ------
    ValueError
        When `rows` is below one.

    Examples
    --------
    People are counted before their numbers go anywhere. One group after the other, this is how:

    >>> table = people(5_000)
    >>> groups = table.rename(columns={"visit_month": "period", "language": "stratum"})
    >>> groups = groups.groupby(["team", "period", "stratum"])["had_control"]
    >>> counts = groups.agg(numerator="sum", denominator="size").reset_index()
    >>> counts = counts.assign(stratifier="language")
    >>> counts.loc[counts["team"] == "gull-harbor", "stratum"].unique().tolist()
    ['English', 'Spanish', 'another language']
    >>> int(counts["denominator"].sum())
    5000
    """
    if rows < 1:
        raise ValueError("rows must be 1 or more")
    table = pd.concat(_drawn(rows, seed), ignore_index=True).rename(columns=_NAMES)
    table["had_control"] = table["had_control"].astype("int64")
    table.insert(0, "person", np.arange(1, rows + 1))
    return table[["person", "team", *_NAMES.values()]]


def write(path: str | Path, *, rows: int = ROWS, seed: int = SEED) -> Path:
    """Write the made-up people to a new file of text with commas.

    Parameters
    ----------
    path : str or Path
        The file to make.
    rows, seed : int
        As in `people`.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    Problem
        When there is a file already or the place cannot be written.
    """
    try:
        people(rows, seed=seed).to_csv(path, index=False, lineterminator="\n", mode="x")
    except FileExistsError:
        raise Problem(f"There is already a file {path}. Choose another name.") from None
    except OSError as error:
        raise Problem(f"{path} could not be written: {error.strerror or error}.") from None
    return Path(path)


def _drawn(rows: int, seed: int) -> Iterator[pd.DataFrame]:
    """Spread the rows over months and teams as the teams' own visits are spread."""
    cells = [(month, plan) for month in _months() for plan in _plans()]
    edges = np.cumsum([people_planned(plan, month) for month, plan in cells])
    sizes = np.diff(np.rint(rows * edges / edges[-1]), prepend=0).astype(int)
    draws = np.random.Generator(np.random.PCG64([seed, rows]))
    for (month, plan), size in zip(cells, sizes, strict=True):
        yield people_in(month, plan, draws, size=int(size)).assign(team=plan.team)


def _plans() -> list[Plan]:
    return [plan for plan in PLANS if plan.measure in _CONTROL]


def _months() -> list[str]:
    first, last = min(plan.first for plan in _plans()), max(plan.last for plan in _plans())
    return pd.period_range(first, last, freq="M").astype(str).tolist()


def _main(arguments: list[str]) -> str:
    """Write the file a person named, or say how to ask for it."""
    if len(arguments) != 1:
        return "Name one file: python -m pophealth.workspace.sample_people FILE.csv"
    try:
        write(arguments[0])
    except Problem as problem:
        return str(problem)
    return ""


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]) or None)

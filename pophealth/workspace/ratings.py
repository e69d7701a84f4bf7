"""What several people answered about the current state, as one table, and where they see it differently."""

from collections.abc import Sequence

import pandas as pd

from pophealth.workspace.instrument import SECTIONS, section_score
from pophealth.workspace.records import Rating

WIDE_RANGE, WIDE_MIDDLE = 66, 25
COLUMNS = ("rater", "role", "part", "section", "score")


def statements() -> pd.DataFrame:
    """List the statements people rate.

    Returns
    -------
    pandas.DataFrame
        One row a statement: part, section, name, statement.

    Examples
    --------
    >>> statements()["section"].nunique()
    8
    """
    rows = [
        (section.part, section.title, one.name, one.text)
        for section in SECTIONS
        for one in section.statements
    ]
    return pd.DataFrame(rows, columns=["part", "section", "name", "statement"])


def section_scores(ratings: Sequence[Rating]) -> pd.DataFrame:
    """Score every section for every person.

    Read it as a start for talk: the score is the share of the highest levels, from 0 to 100. A section of
    which a person answered less than half has no score.

    Parameters
    ----------
    ratings : sequence of Rating
        One for each person.

    Returns
    -------
    pandas.DataFrame
        One row a person and section: rater, role, part, section, score.

    Examples
    --------
    >>> table = section_scores([Rating(rater="oak", answers={"equity-1": 3, "equity-2": 0})])
    >>> table.dropna()[["section", "score"]].values.tolist()
    [['Fairness', 50.0]]
    """
    rows = [
        (one.rater, one.role, section.part, section.title, section_score(section, one.answers))
        for one in ratings
        for section in SECTIONS
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"score": "float64"})


def summary(scores: pd.DataFrame) -> pd.DataFrame:
    """Sum up each section without hiding how far apart people are.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `section_scores` gives it.

    Returns
    -------
    pandas.DataFrame
        One row a section, in order: section, part, asked, answered, median, lowest, highest, apart (True
        where answers lie at least two levels, or half of them at least 25 points, from each other).

    Examples
    --------
    >>> one = Rating(rater="oak", answers={"equity-1": 3, "equity-2": 3})
    >>> other = Rating(rater="elm", answers={"equity-1": 0, "equity-2": 0})
    >>> table = summary(section_scores([one, other]))
    >>> table.loc[table["apart"], "section"].tolist()
    ['Fairness']
    """
    groups = scores.groupby(["section", "part"], sort=False)["score"]
    table = groups.agg(asked="size", answered="count", median="median", lowest="min", highest="max")
    middle = groups.quantile(0.75) - groups.quantile(0.25)
    far = (table["highest"] - table["lowest"] >= WIDE_RANGE) | (middle >= WIDE_MIDDLE)
    return table.assign(apart=far & (table["answered"] > 1)).reset_index()


def next_steps(scores: pd.DataFrame, *, most: int = 3) -> pd.DataFrame:
    """Name the sections with the lowest middle answer, and a first step for each.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `section_scores` gives it.
    most : int
        How many.

    Returns
    -------
    pandas.DataFrame
        Lowest first: section, median, next_step; sections nobody scored are left out.

    Examples
    --------
    >>> table = next_steps(section_scores([Rating(rater="oak", answers={"equity-1": 0, "equity-2": 0})]))
    >>> table["section"].tolist()
    ['Fairness']
    """
    lowest = summary(scores).dropna(subset=["median"]).sort_values("median", kind="stable").head(most)
    first = {section.title: section.next_step for section in SECTIONS}
    return lowest[["section", "median"]].assign(next_step=lowest["section"].map(first)).reset_index(drop=True)

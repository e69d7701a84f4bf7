"""Choosing together: weighted criteria, Hanlon, votes and ranks, and how far people and methods agree."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pophealth.stats.agreement import agreement, by_person, mean_ranks, methods, sides
from pophealth.stats.ballots import Names, check_scores, check_weights, items_of, means, places, read, weighed
from pophealth.stats.rank_stability import stability

__all__ = [
    "agreement",
    "by_person",
    "hanlon",
    "mean_ranks",
    "methods",
    "sides",
    "stability",
    "votes",
    "weighted",
]

FORMS = {"naccho": 10, "uic": 20}
"""Two ways to write the Hanlon method, with the highest score each allows for seriousness."""


def weighted(
    table: pd.DataFrame,
    *,
    weights: Mapping[str, float],
    highest: float = 5,
    person: str = "person",
    item: str = "item",
    criterion: str = "criterion",
    score: str = "score",
) -> pd.DataFrame:
    """Weigh the mean scores of each item over the criteria.

    Read the rank with `stability` beside it: a rank that turns with a small change of weights is no rank.

    Parameters
    ----------
    table : DataFrame
        One row for each person, item and criterion. A blank score is missing, never zero.
    weights : mapping
        A weight of 0 or more for each criterion; criteria without one are not read. Every criterion has to
        be written so that a high score is a reason to choose the item.
    highest : float
        The highest score a criterion allows.
    person, item, criterion, score : str
        Columns.

    Returns
    -------
    DataFrame
        A row for each item, in the order in which items first appear: item, people (how many scored it on
        any of the criteria), value (from 0 to `highest`), of_most (value as a share of `highest`), rank (1
        is first; equals share the better place). Value and rank are missing for an item that nobody scored
        on one of the criteria.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a score lies outside 0 to `highest`, a person scores an item
        twice on one criterion, or no weight is above 0.

    Notes
    -----
    S_j = sum_i w_i r_ij / sum_i w_i with r_ij the mean over people. At most four or five criteria, each with
    high meaning good: County Health Rankings and Roadmaps, Prioritize Issues.

    Examples
    --------
    >>> table = pd.DataFrame({"person": "oak", "item": ["sleep", "sleep", "pain", "pain"]})
    >>> table = table.assign(criterion=["size", "harm"] * 2, score=[5, 2, 3, 3])
    >>> weighted(table, weights={"size": 2, "harm": 1})[["item", "value", "rank"]]
        item  value  rank
    0  sleep    4.0   1.0
    1   pain    3.0   2.0
    """
    used = check_weights(weights)
    ballots = read(table, Names(person, item, criterion, score))
    check_scores(ballots, dict.fromkeys(used, (0.0, float(highest))))
    known = ballots[ballots["criterion"].isin(used) & ballots["score"].notna()]
    found = weighed(means(ballots, [*used]), used).rename("value").reset_index()
    people = known.groupby("item")["person"].nunique()
    found["people"] = found["item"].map(people).fillna(0).astype(int)
    found = found.assign(of_most=found["value"] / highest, rank=places(found["value"]))
    return found[["item", "people", "value", "of_most", "rank"]]


def hanlon(
    table: pd.DataFrame,
    *,
    size: str = "size",
    seriousness: str = "seriousness",
    effectiveness: str = "effectiveness",
    screen: Sequence[str] = (),
    form: str = "naccho",
    person: str = "person",
    item: str = "item",
    criterion: str = "criterion",
    score: str = "score",
) -> pd.DataFrame:
    """Screen the items first, then score those that pass by size, seriousness and what works.

    Read `passes` before `rank`: an item that is stopped keeps its value, and has no rank until what stops it
    is gone.

    Parameters
    ----------
    table : DataFrame
        One row for each person, item and criterion. Size and effectiveness from 0 to 10; seriousness from 0
        to 10 (naccho) or 0 to 20 (uic); the questions of the screen 1 for yes, go on, and 0 for no.
    size, seriousness, effectiveness : str
        The criteria that are A, B and C.
    screen : sequence of str
        The criteria that are yes-or-no questions. An item is stopped when more than half of the people who
        answered one of them for it said no.
    form : str
        naccho: (A + 2B) x C, at most 300. uic: (A + B) x C / 3, at most 100.
    person, item, criterion, score : str
        Columns.

    Returns
    -------
    DataFrame
        A row for each item, in the order in which items first appear: item, size, seriousness,
        effectiveness (means over people), passes, stopped_by (the question with the largest share of no;
        blank for an item that passes), said_no, asked (people who answered that question), value, rank.
        Value is missing where one of the three is.

    Raises
    ------
    ValueError
        If `form` is unknown, a column is missing or unreadable, or a score lies outside its scale.

    Notes
    -----
    A is size, B seriousness, C effectiveness of what can be done. The screen stands for propriety,
    economics, acceptability, resources and legality. Hanlon JJ, Pickett GE. Public Health: Administration
    and Practice, 8th ed., 1984. How many have to say no is our own rule, as the source has one group decide.

    Examples
    --------
    >>> table = pd.DataFrame({"person": "oak", "item": "sleep", "score": [8, 6, 5, 1]})
    >>> table = table.assign(criterion=["size", "seriousness", "effectiveness", "lawful"])
    >>> hanlon(table, screen=["lawful"])[["item", "passes", "value", "rank"]]
        item  passes  value  rank
    0  sleep    True  100.0   1.0
    """
    if form not in FORMS:
        raise ValueError(f"form is {form!r}; choose naccho or uic")
    ballots = read(table, Names(person, item, criterion, score))
    parts = {size: (0.0, 10.0), seriousness: (0.0, float(FORMS[form])), effectiveness: (0.0, 10.0)}
    if len(parts) < 3:
        raise ValueError("size, seriousness and effectiveness name the same criterion; give three")
    check_scores(ballots, parts | dict.fromkeys(screen, (0.0, 1.0)))
    _check_yes_or_no(ballots, screen)
    scored = means(ballots, [*parts]).set_axis(["size", "seriousness", "effectiveness"], axis="columns")
    found = scored.join(_screened(ballots, list(screen))).reset_index()
    a, b, c = (found[name] for name in ("size", "seriousness", "effectiveness"))
    value = ((a + 2 * b) * c if form == "naccho" else (a + b) * c / 3).round(12)
    return found.assign(value=value, rank=places(value.where(found["passes"])))


def _check_yes_or_no(ballots: pd.DataFrame, screen: Sequence[str]) -> None:
    asked = ballots["criterion"].isin(screen) & ballots["score"].notna()
    between = asked & ~ballots["score"].isin([0, 1])
    rows = ballots["score"].where(between)
    columns_say = "a question of the screen is neither 0 (no) nor 1 (yes)"
    if rows.notna().any():
        raise ValueError(f"{columns_say} in row {rows.first_valid_index()} (rows are counted from 0)")


def _screened(ballots: pd.DataFrame, screen: list[str]) -> pd.DataFrame:
    """Say for each item whether it passes, what stops it, and how many said so."""
    items = items_of(ballots)
    nothing = pd.DataFrame({"passes": True, "stopped_by": "", "said_no": 0, "asked": 0}, index=items)
    answers = ballots[ballots["criterion"].isin(screen) & ballots["score"].notna()]
    if answers.empty:
        return nothing
    groups = answers.groupby(["item", "criterion"])["score"]
    counted = groups.agg(asked="size", yes="sum").reset_index()
    counted["said_no"] = (counted["asked"] - counted["yes"]).astype(int)
    counted["share"] = counted["said_no"] / counted["asked"]
    worst = counted.sort_values(["share", "said_no"], ascending=False, kind="stable")
    worst = worst.drop_duplicates("item").set_index("item").reindex(items)
    passes = ~worst["share"].gt(0.5)
    found = worst.assign(passes=passes, stopped_by=worst["criterion"].where(~passes, "").fillna(""))
    counts = found[["said_no", "asked"]].fillna(0).astype(int)
    return found[["passes", "stopped_by"]].join(counts)


def votes(
    table: pd.DataFrame,
    *,
    votes: str = "votes",
    most: int = 3,
    person: str = "person",
    item: str = "item",
    criterion: str = "criterion",
    score: str = "score",
) -> pd.DataFrame:
    """Count the votes of each item, where everyone has a few to place.

    Read it as what people would put first, not as how much better one item is than another.

    Parameters
    ----------
    table : DataFrame
        One row for each person, item and criterion; the score of the criterion `votes` is how many of her
        votes a person gave to the item.
    votes : str
        The criterion that holds the votes.
    most : int
        How many votes a person has in all.
    person, item, criterion, score : str
        Columns.

    Returns
    -------
    DataFrame
        A row for each item, in the order in which items first appear: item, people (how many voted for it),
        value (its votes), rank. An item without a vote has 0; when nobody has voted, all is missing.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a vote is not a whole number, or a person gave more than
        `most`.

    Notes
    -----
    Multi-voting; when there are many items, count, cut the list, talk, and vote again.

    Examples
    --------
    >>> table = pd.DataFrame({"person": ["oak", "oak", "elm"], "item": ["sleep", "pain", "pain"]})
    >>> votes(table.assign(criterion="votes", score=[2, 1, 3]))[["item", "value", "rank"]]
        item  value  rank
    0  sleep    2.0   2.0
    1   pain    4.0   1.0
    """
    ballots = read(table, Names(person, item, criterion, score))
    here = ballots[ballots["criterion"].eq(votes) & ballots["score"].notna()]
    given = here["score"]
    odd = here[(given % 1).ne(0) | given.lt(0)]
    if len(odd):
        raise ValueError(f"row {odd.index[0]} holds {odd['score'].iloc[0]:g} votes; give a whole number")
    total = here.groupby("person")["score"].sum()
    if (total > most).any():
        raise ValueError(
            f"{total.idxmax()} gave {total.max():g} votes; everyone has {most}, so take some back"
        )
    counted = here[given.gt(0)].groupby("item")["score"].agg(people="size", value="sum")
    fill = np.nan if counted.empty else 0.0
    found = counted.reindex(items_of(ballots)).fillna({"people": 0, "value": fill}).reset_index()
    return found.astype({"people": int, "value": "float64"}).assign(rank=lambda table: places(table["value"]))

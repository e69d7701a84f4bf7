"""What several people answered about the current state, as tables, and where they see it differently.

Whose answer is whose never leaves this module: others get a code, a score and a level, and roles and
comments apart from both.
"""

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from pophealth.workspace.entries import Entry
from pophealth.workspace.instrument import Instrument, example, section_score
from pophealth.workspace.records import Rating
from pophealth.workspace.team_book import TeamBook

WIDE_RANGE, WIDE_MIDDLE, WIDE_LEVELS = 66, 25, 2
LEAST = 3
COLUMNS = ("round", "rater", "part", "section", "score")
LEVELS = ("round", "rater", "section", "statement", "level")


class Balance(NamedTuple):
    """How even the four portfolios stand, never without how high.

    Attributes
    ----------
    index : float
        From 0 (all in one portfolio) to 1 (all four alike).
    level : float
        The mean of the four, 0 to 100.
    lowest, highest : str
        The titles of the two ends.
    low, high : float
        Their middle answers.
    """

    index: float
    level: float
    lowest: str
    highest: str
    low: float
    high: float


def answers(book: TeamBook, *, as_of: date | None = None) -> list[Rating]:
    """Gather what everybody answered, each with the month of its round.

    A rating kept before rounds were asked for belongs to the first round.

    Parameters
    ----------
    book : TeamBook
        The team; only the team itself, its coach and the steward may see sums.
    as_of : datetime.date, optional
        Later rounds are left out.

    Returns
    -------
    list of Rating
        In the order they were begun; none for other people.
    """
    if not book.can("counts"):
        return []
    with book._file.reading() as ledger:
        standing = {entry.key: entry for entry in ledger.newest(team=book.slug, kind="rating")}
        written = ledger.written(book.slug, "rating")
    begun: dict[str, Entry] = {}
    for entry in written:
        begun.setdefault(entry.key, entry)
    found = {key: entry.record for key, entry in standing.items() if isinstance(entry.record, Rating)}
    blank = [begun[key].saved_at.date() for key, one in found.items() if one.round is None]
    first = min([*blank, *(one.round for one in found.values() if one.round)], default=date.max).replace(
        day=1
    )
    dated = [one.model_copy(update={"round": one.round or first}) for one in found.values()]
    return [one for one in dated if one.round and one.round <= (as_of or date.max)]


def opened_for(ratings: Sequence[Rating], *, as_of: date, days: int = 60) -> date:
    """Say to which round a new rating belongs: the newest while it is fresh, else one of this month.

    Parameters
    ----------
    ratings : sequence of Rating
        As `answers` gives them.
    as_of : datetime.date
        Today.
    days : int
        How long after the first of its month a round stays open.

    Returns
    -------
    datetime.date
        The first day of a month.

    Examples
    --------
    >>> opened_for([Rating(rater="oak", round=date(2021, 5, 1))], as_of=date(2021, 6, 2)).isoformat()
    '2021-05-01'
    """
    newest = max((one.round for one in ratings if one.round), default=None)
    this = as_of.replace(day=1)
    return newest if newest and (as_of - newest).days <= days else this


def statements(instrument: Instrument | None = None) -> pd.DataFrame:
    """List the statements people rate.

    Parameters
    ----------
    instrument : Instrument, optional
        Our own example when not given.

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
        for section in (instrument or example()).sections
        for one in section.statements
    ]
    return pd.DataFrame(rows, columns=["part", "section", "name", "statement"])


def of_this(ratings: Sequence[Rating], instrument: Instrument | None = None) -> list[Rating]:
    """Keep the ratings that answer these statements, so that two versions are never mixed.

    A rating that holds no answer yet stays: its person was asked.

    Parameters
    ----------
    ratings : sequence of Rating
        Of any version.
    instrument : Instrument, optional
        Our own example when not given.

    Returns
    -------
    list of Rating
        Those of this version.

    Examples
    --------
    >>> len(of_this([Rating(rater="oak", answers={"equity-1": 3}), Rating(rater="elm", answers={"x/a": 3})]))
    1
    """
    names = {one.name for one in (instrument or example()).statements}
    return [one for one in ratings if not one.answers or names & one.answers.keys()]


def section_scores(ratings: Sequence[Rating], instrument: Instrument | None = None) -> pd.DataFrame:
    """Score every section for every person.

    Read it as a start for talk: the score is the share of the way to the highest levels, from 0 to 100. A
    section of which a person answered less than half has no score.

    Parameters
    ----------
    ratings : sequence of Rating
        One for each person and round.
    instrument : Instrument, optional
        Our own example when not given; answers to other statements are left out.

    Returns
    -------
    pandas.DataFrame
        One row a round, person and section: round, rater, part, section, score.

    Examples
    --------
    >>> table = section_scores([Rating(rater="oak", answers={"equity-1": 3, "equity-2": 0})])
    >>> table.dropna(subset=["score"])[["section", "score"]].values.tolist()
    [['Fairness', 50.0]]
    """
    used = instrument or example()
    rows = [
        (one.round, one.rater, section.part, section.title, section_score(section, one.answers))
        for one in of_this(ratings, used)
        for section in used.sections
    ]
    return _table(rows, COLUMNS)


def statement_levels(ratings: Sequence[Rating], instrument: Instrument | None = None) -> pd.DataFrame:
    """List the level each person chose for each statement.

    Parameters
    ----------
    ratings : sequence of Rating
        One for each person and round.
    instrument : Instrument, optional
        Our own example when not given.

    Returns
    -------
    pandas.DataFrame
        One row a round, person and statement: round, rater, section, statement, level (0 is the lowest
        there is; missing for "cannot say" and for what was left out).

    Examples
    --------
    >>> table = statement_levels([Rating(rater="oak", answers={"equity-1": 3})])
    >>> len(table), table["level"].dropna().tolist()
    (32, [3.0])
    """
    used = instrument or example()
    places: dict[str, dict[int | None, int]] = {
        one.name: {value: at for at, (value, _) in enumerate(one.levels)} for one in used.statements
    }
    rows = [
        (one.round, one.rater, section.title, asked.text, places[asked.name].get(one.answers.get(asked.name)))
        for one in of_this(ratings, used)
        for section in used.sections
        for asked in section.statements
    ]
    return _table(rows, LEVELS)


def _table(rows: list[tuple], columns: tuple[str, ...]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(columns)).astype({columns[-1]: "float64"})
    return table.assign(round=pd.to_datetime(table["round"]))


def latest(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of the newest round."""
    return table[table["round"].eq(table["round"].max()) | table["round"].isna().all()]


def summary(scores: pd.DataFrame) -> pd.DataFrame:
    """Sum up each section without hiding how far apart people are.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `section_scores` gives it, of one round.

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


def differing(levels: pd.DataFrame) -> pd.DataFrame:
    """Find the statements people see most differently, to talk about first.

    Parameters
    ----------
    levels : pandas.DataFrame
        As `statement_levels` gives it, of one round.

    Returns
    -------
    pandas.DataFrame
        The widest first, those at least two levels apart only: section, statement, asked, answered, lowest,
        highest, at_lowest and at_highest (how many people stand at each end).

    Examples
    --------
    >>> said = [Rating(rater=name, answers={"equity-1": level}) for name, level in zip("ab", (3, 1))]
    >>> differing(statement_levels(said))[["lowest", "highest"]].values.tolist()
    [[1.0, 3.0]]
    """
    groups = levels.groupby(["section", "statement"], sort=False)["level"]
    table = groups.agg(asked="size", answered="count", lowest="min", highest="max", spread="std")
    ends = levels.join(table[["lowest", "highest"]], on=["section", "statement"])
    for end in ("lowest", "highest"):
        there = ends.assign(there=ends["level"].eq(ends[end]))
        table[f"at_{end}"] = there.groupby(["section", "statement"], sort=False)["there"].sum()
    far = table[table["highest"] - table["lowest"] >= WIDE_LEVELS].assign(
        wide=lambda rows: rows["highest"] - rows["lowest"]
    )
    widest = far.sort_values(["wide", "spread"], ascending=False, kind="stable")
    return widest.drop(columns=["wide", "spread"]).reset_index()


def next_steps(scores: pd.DataFrame, instrument: Instrument | None = None, *, most: int = 3) -> pd.DataFrame:
    """Name the sections with the lowest middle answer, and a next step for each that fits its height.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `section_scores` gives it, of one round.
    instrument : Instrument, optional
        Our own example when not given.
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
    known = {section.title: section for section in (instrument or example()).sections}
    steps = [known[row.section].next_step(row.median) for row in lowest.itertuples()]
    return lowest[["section", "median"]].assign(next_step=steps).reset_index(drop=True)


def balance(scores: pd.DataFrame, instrument: Instrument | None = None) -> Balance | None:
    """Say how even the four portfolios stand, with their level, because four low scores are even too.

    Parameters
    ----------
    scores : pandas.DataFrame
        As `section_scores` gives it, of one round.
    instrument : Instrument, optional
        Our own example when not given.

    Returns
    -------
    Balance or None
        None until each portfolio has a middle answer, and where all four are 0.

    Notes
    -----
    Shannon's evenness of the four middle answers, H / ln 4; the choice is ours.

    Examples
    --------
    >>> names = [
    ...     f"{part}-{number}" for part in ("health", "social", "community", "solutions") for number in (1, 2)
    ... ]
    >>> balance(section_scores([Rating(rater="oak", answers=dict.fromkeys(names, 1))])).index
    1.0
    """
    titles = [section.title for section in (instrument or example()).sections if section.portfolio]
    table = summary(scores).set_index("section")["median"].reindex(titles)
    if table.isna().any() or table.sum() == 0:
        return None
    shares = table[table > 0] / table.sum()
    index = -sum(share * math.log(share) for share in shares) / math.log(len(titles))
    low, high = table.idxmin(), table.idxmax()
    return Balance(round(index, 2), table.mean(), str(low), str(high), table.min(), table.max())


def roles(ratings: Sequence[Rating]) -> list[str]:
    """List the roles of those who answered, apart from what they answered."""
    return sorted({one.role.strip() for one in ratings if one.role.strip()}, key=str.casefold)


def comments(ratings: Sequence[Rating]) -> list[str]:
    """List what people want to talk about, in no order that tells who wrote it, from three people on."""
    if len(ratings) < LEAST:
        return []
    return sorted((one.comment for one in ratings if one.comment), key=str.casefold)

"""The same statements answered again later: what moved, with care for who answered."""

import pandas as pd

WAYS = ("up", "alike", "down")
COLUMNS = ("answered_before", "answered_now", "before", "now", "change", "both", *WAYS, "moved")
STILL, LEVEL, FEW = 10, 1, 3
"""From how many points of a score, or levels, something moved; how many people make a way worth telling."""


def people(table: pd.DataFrame) -> dict[str, int]:
    """Count who answered in the first and in the newest round, and who in both.

    Parameters
    ----------
    table : pandas.DataFrame
        round, rater; one row or more a person and round.

    Returns
    -------
    dict
        before, now, both; people with the same code in both rounds count as both, unless two share it.

    Examples
    --------
    >>> rows = [("2020-09", "oak"), ("2020-09", "elm"), ("2021-05", "Oak")]
    >>> table = pd.DataFrame(rows, columns=["round", "rater"]).assign(section="Fairness", score=50.0)
    >>> people(table.assign(round=pd.to_datetime(table["round"])))
    {'before': 2, 'now': 1, 'both': 1}
    """
    before, now = _ends(table)
    groups = [name for name in ("section", "statement") if name in table]
    size = [int(part.groupby(groups).size().max()) if len(part) else 0 for part in (before, now)]
    shared = _once(before, groups)["code"].drop_duplicates().isin(_once(now, groups)["code"])
    return {"before": size[0], "now": size[1], "both": int(shared.sum())}


def before_after(
    table: pd.DataFrame, *, by: str | list[str] = "section", value: str = "score"
) -> pd.DataFrame:
    """Put the newest round beside the first, one row a section or statement.

    Read the middle answers first, then how many answered both times: where few did, a difference may come
    from who was asked.

    Parameters
    ----------
    table : pandas.DataFrame
        round, rater, the columns in `by`, and the value.
    by : str or list of str
        What is compared.
    value : str
        The score (0 to 100) or the level.

    Returns
    -------
    pandas.DataFrame
        by..., answered_before, answered_now, before and now (middle answers), change, both (people who
        gave an answer both times), how many of these went up, stayed alike, or went down, and moved: up or
        down where the middle answer moved by 10 points of a score or a level, and where, of three or more
        who answered twice, more went that way than the other; else blank. Without a second round there is
        no row.

    Examples
    --------
    >>> rows = [("2020-09", "oak", 30.0), ("2020-09", "elm", 50.0), ("2021-05", "oak", 60.0)]
    >>> table = pd.DataFrame(rows, columns=["round", "rater", "score"]).assign(section="Fairness")
    >>> found = before_after(table.assign(round=pd.to_datetime(table["round"])))
    >>> found[["before", "now", "change"]].values.tolist(), found["both"].tolist()
    ([[40.0, 60.0, 20.0]], [1])
    """
    by = [by] if isinstance(by, str) else list(by)
    if table["round"].nunique() < 2:
        return pd.DataFrame(columns=[*by, *COLUMNS])
    before, now = _ends(table)
    order = table[by].drop_duplicates()
    middles = [part.groupby(by)[value].agg(["count", "median"]) for part in (before, now)]
    found = order.join(middles[0].set_axis(["answered_before", "before"], axis=1), on=by)
    found = found.join(middles[1].set_axis(["answered_now", "now"], axis=1), on=by)
    found = found.join(_both(before, now, by, value), on=by)
    counts = ["answered_before", "answered_now", "both", "up", "alike", "down"]
    found = found.assign(change=found["now"] - found["before"]).fillna(dict.fromkeys(counts, 0))
    found["moved"] = _moved(found, STILL if value == "score" else LEVEL)
    return found.astype(dict.fromkeys(counts, "int64"))[[*by, *COLUMNS]].reset_index(drop=True)


def _moved(found: pd.DataFrame, still: int) -> pd.Series:
    same = (found["up"] - found["down"]).where(found["both"].ge(FEW), found["change"])
    up, down = found["change"].ge(still) & same.gt(0), found["change"].le(-still) & same.lt(0)
    return pd.Series("", found.index).mask(up, "up").mask(down, "down")


def _ends(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    coded = table.assign(code=table["rater"].str.strip().str.casefold())
    first, last = coded["round"].min(), coded["round"].max()
    return coded[coded["round"].eq(first)], coded[coded["round"].eq(last) & coded["round"].ne(first)]


def _once(part: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Leave out codes that two people share: nobody can tell whose answer is whose."""
    return part[~part.duplicated(["code", *by], keep=False) & part["code"].ne("")]


def _both(before: pd.DataFrame, now: pd.DataFrame, by: list[str], value: str) -> pd.DataFrame:
    pairs = _once(before, by).merge(_once(now, by), on=["code", *by], suffixes=("", "_now"))
    moved = (pairs[f"{value}_now"] - pairs[value]).dropna()
    ways = {"both": moved.notna(), "up": moved.gt(0), "alike": moved.eq(0), "down": moved.lt(0)}
    rows = pairs.loc[moved.index, by].assign(**ways)
    return rows.groupby(by)[list(ways)].sum()

"""The points that make a signal: the latest run, climb or stretch that a rule marked."""

import numpy as np
import pandas as pd


def marked(charted: pd.DataFrame, rule: str) -> pd.Series:
    """Tell which points a rule marked."""
    return charted["signal"].str.split().map(lambda names: rule in names).astype(bool)


def last_marked(points: pd.DataFrame, rule: str) -> int | None:
    """Give the index of the last point a rule marked; None when it marked none."""
    found = points.index[marked(points, rule)]
    return int(found[-1]) if len(found) else None


def useful(points: pd.DataFrame) -> pd.Series:
    """Tell which points lie off the middle line."""
    return pd.Series(~np.isclose(points["value"], points["centre"], rtol=1e-9, atol=0), index=points.index)


def above(points: pd.DataFrame, place: int) -> bool:
    """Tell whether a point lies above the middle line."""
    return bool(points.loc[place, "value"] > points.loc[place, "centre"])


def one_side(points: pd.DataFrame, last: int, *, ties_break: bool = False) -> pd.DataFrame:
    """Return the points in a row on the side of the middle where the last marked one lies.

    Points on the line are stepped over, or end the row where `ties_break`.
    """
    off = useful(points)
    side = np.sign(points["value"] - points["centre"]).where(off, 0)
    kept = points if ties_break else points[off]
    side = side[kept.index]
    block = side.ne(side.shift()).cumsum()
    return kept[block == block[:last].iloc[-1]]


def climb(points: pd.DataFrame, last: int) -> tuple[pd.DataFrame, bool]:
    """Return the points that rise, or fall, up to the last marked one, and whether they rise.

    A value that repeats the one before is stepped over.
    """
    so_far = points.loc[:last]
    steps = so_far["value"].diff()
    so_far = so_far[steps.ne(0)]
    ways = np.sign(so_far["value"].diff())
    up = bool(ways.iloc[-1] > 0)
    against = ways.index[ways.ne(ways.iloc[-1])]
    return so_far.loc[against[-1] :], up


def near_limit(points: pd.DataFrame, last: int) -> pd.DataFrame:
    """Return the marked points of the last three that lie close to one limit."""
    place = points.index.get_loc(last)
    three = points.iloc[max(0, place - 2) : place + 1]
    same_side = (three["value"] > three["centre"]) == above(points, last)
    return three[marked(three, "two_in_three") & same_side]


def stretch(points: pd.DataFrame, rule: str, last: int) -> pd.DataFrame:
    """Return the neighbors that one rule marked, up to the last of them."""
    found = marked(points, rule)
    block = found.ne(found.shift()).cumsum()
    return points[block == block[last]]


def way(points: pd.DataFrame, *, up: bool) -> str:
    """Say what up or down means here: improvement or concern, or high or low where neither is better.

    It is read from a marked point: one that met a climb alone carries the word of the climb, any other the
    word of its side.
    """
    told = points[points["direction"].isin(["improvement", "concern"])]
    if told.empty:
        return "high" if up else "low"
    sided = told[told["signal"].ne("trend")]
    last = (told if sided.empty else sided).index[-1]
    upward = climb(points, last)[1] if sided.empty else above(points, last)
    good_up = upward == (points.loc[last, "direction"] == "improvement")
    return "improvement" if up == good_up else "concern"

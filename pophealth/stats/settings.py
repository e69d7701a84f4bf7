"""Settings: one table of groups each, laid side by side so that thousands are worked out at once."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns

UNRECORDED = "not recorded"
MOST_MISSING = 0.15


class Layout(NamedTuple):
    """Which columns of the caller's table hold what; `average` may be a number."""

    group: str
    estimate: str
    by: list[str]
    population: str | None = None
    se: str | None = None
    order: str | None = None
    average: str | float | None = None


class Settings(NamedTuple):
    """Groups of every setting: a row for each setting, a place for each group: those with figures by name."""

    keys: pd.DataFrame
    labels: np.ndarray
    given: np.ndarray
    estimate: np.ndarray
    se: np.ndarray
    people: np.ndarray
    order: np.ndarray
    average: np.ndarray

    @property
    def used(self) -> np.ndarray:
        """Which groups have an estimate and are not empty."""
        return self.given & ~np.isnan(self.estimate) & (self.people != 0)

    @property
    def share(self) -> np.ndarray:
        """Each group's share of the people; missing for a whole setting where one is not known."""
        people = np.where(self.used, self.people, 0.0)
        total = people.sum(axis=1, keepdims=True)
        return people / np.where(total > 0, total, np.nan)

    @property
    def mean(self) -> np.ndarray:
        """The average estimate of all people."""
        return (self.share * self.known(self.estimate)).sum(axis=1)

    @property
    def level(self) -> np.ndarray:
        """The average estimate of all people, or the one that was given where people are not known."""
        return np.where(np.isnan(self.mean), self.average, self.mean)

    def known(self, numbers: np.ndarray) -> np.ndarray:
        """Give the numbers of the groups that are used, and 0 in the other places."""
        return np.where(self.used, numbers, 0.0)

    def at(self, numbers: np.ndarray, place: np.ndarray) -> np.ndarray:
        """Give each setting's number in a place; missing where the place is -1."""
        found = np.take_along_axis(numbers, np.maximum(place, 0)[:, None], axis=1)[:, 0]
        nothing = "" if numbers.dtype == object else np.nan
        return np.where(place >= 0, found, np.array(nothing, dtype=numbers.dtype))


def read(table: pd.DataFrame, layout: Layout) -> Settings:
    """Lay out the groups of every setting.

    Parameters
    ----------
    table : DataFrame
        One row for each group of a setting.
    layout : Layout
        The names of its columns. A group without a name is called "not recorded".

    Returns
    -------
    Settings
        Settings in the order of `by`; groups in the order of their names, those without figures last.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a group stands twice in one setting, or a number cannot be.

    Examples
    --------
    >>> table = pd.DataFrame({"place": ["b", "a"], "rate": [40.0, 60.0], "people": [30, 10]})
    >>> found = read(table, Layout("place", "rate", [], population="people"))
    >>> found.labels.tolist(), found.mean.tolist()
    ([['a', 'b']], [45.0])
    """
    named = [layout.population, layout.se, layout.order, layout.average]
    columns.require(table, [*layout.by, layout.group, layout.estimate, *(n for n in named if _is_name(n))])
    series = columns.series_numbers(table, layout.by)
    rows = _rows(table, layout).assign(series=series)
    twice = rows.duplicated(["series", "label"], keep=False)
    columns.refuse(
        twice, "a group stands twice", "give one row for each group, or tell settings apart with by"
    )
    unused = rows["estimate"].isna() | (rows["people"] == 0)
    ordered = rows.assign(unused=unused).sort_values(["series", "unused", "label"], kind="stable")
    place = ordered.groupby("series").cumcount().to_numpy()
    keys = table[layout.by].assign(_series=series).drop_duplicates("_series").sort_values("_series")
    keys = keys.drop(columns="_series").reset_index(drop=True)
    size = (int(series.max()) + 1 if len(series) else 0, int(place.max()) + 1 if len(place) else 0)
    spread = (ordered["series"].to_numpy(), place)
    numbers = {
        name: _laid(ordered[name].to_numpy(), spread, size) for name in ("estimate", "se", "people", "order")
    }
    labels = _laid(ordered["label"].to_numpy(), spread, size)
    given = _laid(np.ones(len(ordered)), spread, size) == 1
    return Settings(keys, labels, given, average=_average(rows, size[0]), **numbers)


def why_not(settings: Settings, *, people: bool, every: bool, least: int = 2) -> np.ndarray:
    """Say why a measure cannot be worked out in a setting, or "".

    Parameters
    ----------
    settings : Settings
        From `read`.
    people : bool
        Whether the measure needs the number of people in each group.
    every : bool
        Whether it needs an estimate of every group; else 15% of them may be missing.
    least : int
        How many groups it needs.

    Returns
    -------
    ndarray of str
        A reason for each setting.

    Examples
    --------
    >>> settings = read(pd.DataFrame({"place": ["a"], "rate": [40.0]}), Layout("place", "rate", []))
    >>> why_not(settings, people=False, every=False).tolist()
    ['only one group has people and an estimate']
    """
    few = too_few(settings, least)
    full = (settings.given & (settings.people != 0)).sum(axis=1)
    missing = full - settings.used.sum(axis=1)
    allowed = 0 if every else MOST_MISSING * full
    some = [
        f"the estimate of {gone} of {all_} groups is missing"
        for gone, all_ in zip(missing, full, strict=True)
    ]
    unknown = people & (settings.used & np.isnan(settings.people)).any(axis=1)
    return np.select(
        [few != "", missing > allowed, unknown],
        [few, np.array(some, dtype=object), "the number of people in a group is not known"],
        default="",
    ).astype(object)


def too_few(settings: Settings, least: int = 2) -> np.ndarray:
    """Say that a setting has too few groups, or "".

    Examples
    --------
    >>> settings = read(pd.DataFrame({"place": ["a"], "rate": [None]}), Layout("place", "rate", []))
    >>> too_few(settings).tolist()
    ['no group has people and an estimate']
    """
    count = settings.used.sum(axis=1)
    reasons = ["no group has people and an estimate", "only one group has people and an estimate"]
    reasons.append(f"fewer than {least} groups have people and an estimate")
    return np.select([count == 0, count == 1, count < least], reasons, default="").astype(object)


def left_out(settings: Settings) -> np.ndarray:
    """Say how many groups of a setting do not count, and why, or "".

    Examples
    --------
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 1.0], "people": [9, 0]})
    >>> left_out(read(table, Layout("place", "rate", [], population="people"))).tolist()
    ['left out: 1 without people']
    """
    empty = (settings.given & (settings.people == 0)).sum(axis=1)
    blank = (settings.given & np.isnan(settings.estimate) & (settings.people != 0)).sum(axis=1)
    counts = ((empty, "without people"), (blank, "without an estimate"))
    told = [", ".join(f"{each[at]} {what}" for each, what in counts if each[at]) for at in range(len(empty))]
    return np.array([f"left out: {text}" if text else "" for text in told], dtype=object)


def _is_name(given: object) -> bool:
    return isinstance(given, str)


def _rows(table: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Read the columns; what was not given is missing in every row."""
    blank = pd.Series(np.nan, index=range(len(table)))
    names = table[layout.group].reset_index(drop=True)
    found = {"label": names.astype(object).where(names.notna(), UNRECORDED).astype(str)}
    read = {"estimate": layout.estimate, "se": layout.se, "people": layout.population, "order": layout.order}
    found |= {key: columns.numbers(table, name) if name is not None else blank for key, name in read.items()}
    average = layout.average
    found["average"] = columns.numbers(table, average) if isinstance(average, str) else blank
    if average is not None and not isinstance(average, str):
        found["average"] = pd.Series(float(average), index=range(len(table)))
    columns.refuse(found["se"] < 0, "a standard error is below zero", "correct it")
    columns.refuse(found["people"] < 0, "a number of people is below zero", "correct it")
    return pd.DataFrame(found)


def _laid(numbers: np.ndarray, spread: tuple[np.ndarray, np.ndarray], size: tuple[int, int]) -> np.ndarray:
    empty = "" if numbers.dtype.kind not in "fiu" else np.nan
    found = np.full(size, empty, dtype=float if empty != "" else object)
    found[spread] = numbers
    return found


def _average(rows: pd.DataFrame, settings: int) -> np.ndarray:
    by_setting = rows.groupby("series")["average"]
    several = rows["average"].notna() & (by_setting.transform("nunique") > 1)
    columns.refuse(several, "one setting has several averages", "give one average for each setting")
    return by_setting.first().to_numpy(dtype=float) if len(rows) else np.full(settings, np.nan)

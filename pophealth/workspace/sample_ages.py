"""Made-up emergencies of one sample team by group and age, where the ages of the groups differ."""

from zlib import crc32

import numpy as np
import pandas as pd

from pophealth.workspace.sample_counts import COLUMNS, SEED
from pophealth.workspace.sample_plans import (
    AGE,
    ASIAN,
    BLACK,
    ENGLISH,
    LANGUAGE,
    LATINO,
    MORE,
    OTHER,
    RACE,
    SPANISH,
    WHITE,
)

TEAM, MEASURE = "gull-harbor", "heart-emergencies"
YEARS = {"2018-01": 7400, "2019-01": 7600}
"""First month of each year, with the adults who have high blood pressure."""

BY_AGE = f"{LANGUAGE} x {AGE}"
BANDS = ("18-44", "45-64", "65-74", "75 and over")
NOT_RECORDED, DECLINED = "not recorded", "declined"
SPEAKERS = {ENGLISH: 46, SPANISH: 40, OTHER: 14}
AGES = {ENGLISH: (15, 40, 27, 18), SPANISH: (34, 46, 14, 6), OTHER: (27, 43, 19, 11)}
RACES = {
    ENGLISH: {WHITE: 52, BLACK: 28, MORE: 9, NOT_RECORDED: 8, DECLINED: 3},
    SPANISH: {LATINO: 88, NOT_RECORDED: 9, DECLINED: 3},
    OTHER: {ASIAN: 41, WHITE: 24, MORE: 17, NOT_RECORDED: 13, DECLINED: 5},
}
CHANCES = {"18-44": 16, "45-64": 40, "65-74": 75, "75 and over": 130}
"""Of 1,000 people in a year; more among people whom calls and letters do not reach."""

MORE_OFTEN = {ENGLISH: 100, SPANISH: 145, OTHER: 115}
"""In percent of the chances."""

_STEPS = 2**20


def counts(*, seed: int = SEED) -> pd.DataFrame:
    """Draw the people of two years, each with language, age, race and ethnicity, and count them.

    Parameters
    ----------
    seed : int
        Another seed gives other people.

    Returns
    -------
    DataFrame
        The counts layout; of everyone, by language, race and ethnicity, age, and language x age.

    Examples
    --------
    >>> table = counts()
    >>> table["stratifier"].unique().tolist()
    ['', 'language', 'race and ethnicity', 'age', 'language x age']
    """
    draws = np.random.Generator(np.random.PCG64([seed, crc32(f"{TEAM}/{MEASURE}".encode())]))
    people = pd.concat([_people(year, size, draws) for year, size in YEARS.items()], ignore_index=True)
    people[BY_AGE] = people[LANGUAGE] + " x " + people[AGE]
    splits = ("", LANGUAGE, RACE, AGE, BY_AGE)
    table = pd.concat([_counted(people, split) for split in splits], ignore_index=True)
    return table.assign(measure=MEASURE, value="", note="")[COLUMNS]


def _people(year: str, size: int, draws: np.random.Generator) -> pd.DataFrame:
    marks = draws.integers(0, _STEPS, size=(size, 4))
    people = pd.DataFrame({"period": year, LANGUAGE: _drawn(marks[:, 0], SPEAKERS)})
    people[[AGE, RACE]] = ""
    for language in SPEAKERS:
        here = people[LANGUAGE].eq(language).to_numpy()
        people.loc[here, AGE] = _drawn(marks[here, 1], dict(zip(BANDS, AGES[language], strict=True)))
        people.loc[here, RACE] = _drawn(marks[here, 2], RACES[language])
    chance = people[AGE].map(CHANCES).to_numpy() * people[LANGUAGE].map(MORE_OFTEN).to_numpy()
    people["yes"] = marks[:, 3] * 100_000 < chance * _STEPS
    return people


def _drawn(marks: np.ndarray, weights: dict[str, int]) -> np.ndarray:
    edges = np.cumsum([*weights.values()]) * _STEPS // sum(weights.values())
    names = np.array([*weights], dtype=object)
    return names[np.searchsorted(edges, marks, side="right").clip(max=len(names) - 1)]


def _counted(people: pd.DataFrame, split: str) -> pd.DataFrame:
    by = [split, "period"] if split else ["period"]
    table = people.groupby(by, sort=True)["yes"].agg(numerator="sum", denominator="size").reset_index()
    return table.assign(stratifier=split, stratum=table[split] if split else "")

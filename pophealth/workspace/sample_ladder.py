"""Made-up answers to the two ladder questions, drawn from a seed, with how many people were asked."""

from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd

from pophealth.workspace.sample_counts import SEED
from pophealth.workspace.sample_plans import ENGLISH, OTHER, SOMALI, SPANISH

ROUNDS = ("2020-09", "2021-01", "2021-05")
_STEPS = 100
_HOPE = (-1, 0, 0, 1, 1, 1, 2, 2, 3)


class Rung(NamedTuple):
    """One group of one team; `draw` picks one of many equal fates.

    `asked` is in people, `answer` in percent of them, `middles` ten times the rung in each round.
    """

    team: str
    group: str
    asked: int
    answer: int
    middles: tuple[int, int, int]
    draw: int = 0


class Asked(NamedTuple):
    """One group in one round."""

    month: str
    rung: Rung
    middle: int
    invited: int
    answered: int
    draws: np.random.Generator


RUNGS = (
    Rung("gull-harbor", ENGLISH, 190, 54, (72, 72, 72), draw=11),
    Rung("gull-harbor", SPANISH, 180, 49, (60, 63, 66), draw=20),
    Rung("gull-harbor", OTHER, 60, 45, (66, 66, 66), draw=22),
    Rung("northlake", ENGLISH, 230, 52, (72, 72, 72), draw=4),
    Rung("northlake", SPANISH, 80, 42, (66, 66, 66), draw=21),
    Rung("northlake", SOMALI, 78, 36, (63, 63, 63), draw=25),
)


def answers(*, seed: int = SEED) -> pd.DataFrame:
    """Draw the answers of the two teams that ask where people stand on a ladder from 0 to 10.

    Parameters
    ----------
    seed : int
        Another seed gives other answers.

    Returns
    -------
    DataFrame
        team, month, group, now, future; one row an answer, with a gap where one question was left out.

    Examples
    --------
    >>> answers()["team"].unique().tolist()
    ['gull-harbor', 'northlake']
    """
    return pd.concat([_answered(asked) for asked in _asked(seed)], ignore_index=True)


def invited(*, seed: int = SEED) -> pd.DataFrame:
    """Say how many people were asked; held against the answers this tells who was not heard.

    Parameters
    ----------
    seed : int
        The seed of the answers.

    Returns
    -------
    DataFrame
        team, month, group, invited, answered.

    Examples
    --------
    >>> table = invited()
    >>> bool((table["answered"] < table["invited"]).all())
    True
    """
    rows = [(a.rung.team, a.month, a.rung.group, a.invited, a.answered) for a in _asked(seed)]
    return pd.DataFrame(rows, columns=["team", "month", "group", "invited", "answered"])


def _asked(seed: int) -> Iterator[Asked]:
    """Give each group and round a stream of its own, so that changing one leaves the others as they are."""
    for rung in RUNGS:
        for month, middle in zip(ROUNDS, rung.middles, strict=True):
            name = crc32(f"ladder/{rung.team}/{rung.group}/{month}".encode())
            draws = np.random.Generator(np.random.PCG64([seed, name, rung.draw]))
            people = rung.asked + int(draws.integers(-6, 7))
            answered = int((draws.integers(0, _STEPS, size=people) < rung.answer).sum())
            yield Asked(month, rung, middle, people, answered, draws)


def _answered(asked: Asked) -> pd.DataFrame:
    """Draw answers around the middle rung; all in whole numbers, so that every machine rounds alike."""
    spread = asked.draws.integers(0, 36, size=(asked.answered, 3)).sum(axis=1) - 48
    now = ((asked.middle + spread) // 10).clip(0, 10)
    hope = np.array(_HOPE)[asked.draws.integers(0, len(_HOPE), size=asked.answered)]
    blank = asked.draws.integers(0, _STEPS, size=(asked.answered, 2)) < [2, 6]
    rungs = {"now": now, "future": (now + hope).clip(0, 10)}
    table = pd.DataFrame(rungs, dtype="Int64").mask(blank)
    table.insert(0, "team", asked.rung.team)
    table.insert(1, "month", asked.month)
    table.insert(2, "group", asked.rung.group)
    return table

"""Made-up answers to the monthly pulse of five sample teams; nobody stands behind any of them."""

from typing import Any, NamedTuple

import numpy as np

from pophealth.workspace.records_pulse import DOMAINS
from pophealth.workspace.sample_counts import SEED

CODES = ("gravel", "lantern", "kettle", "thimble", "compass", "ribbon", "anchor", "pepper")
SPREAD = 0.7
LAST_MONTH, LAST_COUNT = "2021-06", 2


class Story(NamedTuple):
    """How a team lived its months: how many answered, and each domain at the start and at the end."""

    counts: dict[str, int]
    first: tuple[float, float, float, float, float]
    last: tuple[float, float, float, float, float]


STORIES = {
    "gull-harbor": Story(
        {"2020-11": 4, "2020-12": 5, "2021-01": 5, "2021-02": 6, "2021-03": 6, "2021-04": 7, "2021-05": 7},
        (3.9, 2.6, 3.1, 2.2, 3.0),
        (4.4, 4.2, 4.1, 2.9, 4.5),
    ),
    "prairie-rose": Story(
        {"2020-12": 5, "2021-01": 6, "2021-02": 6, "2021-03": 5, "2021-04": 7, "2021-05": 8},
        (3.6, 4.0, 3.2, 3.4, 2.7),
        (4.1, 4.5, 4.0, 4.1, 4.3),
    ),
    "northlake": Story(
        {"2021-01": 5, "2021-02": 4, "2021-03": 5, "2021-05": 5},
        (3.7, 2.5, 3.3, 1.9, 3.1),
        (3.2, 2.6, 3.3, 1.8, 2.8),
    ),
    "lowland": Story(
        {"2020-12": 6, "2021-01": 6, "2021-02": 5, "2021-03": 6, "2021-04": 5, "2021-05": 6},
        (4.3, 3.6, 3.5, 3.3, 3.6),
        (2.6, 3.4, 3.2, 3.1, 3.3),
    ),
    "two-forks": Story({"2021-03": 2, "2021-04": 2, "2021-05": 2}, (4, 3, 4, 4, 2), (4, 3, 4, 4, 3)),
}
"""Northlake left out a month; Two Forks never had more than two answers, so nothing of it is ever shown."""

DRAWS = {"northlake": 1, "prairie-rose": 8, "lowland": 2}
"""One of many equal draws, so that the figures say what the story says."""

STILL_OPEN = ("gull-harbor", "prairie-rose")
"""Teams of which two people have answered for the month that is not over yet."""


def entries(team: str, people: list[str]) -> list[dict[str, Any]]:
    """Give what people of a sample team tapped, in the form of the entries of its story.

    Parameters
    ----------
    team : str
        Its short name.
    people : list of str
        Who writes in this team.

    Returns
    -------
    list of dict
        at, by, kind, key, body; empty for teams that never asked.

    Examples
    --------
    >>> len(entries("two-forks", ["nell"])), entries("painted-ridge", ["ray"])
    (6, [])
    """
    story = STORIES.get(team)
    if story is None:
        return []
    found = []
    months = [*story.counts.items(), *([(LAST_MONTH, LAST_COUNT)] if team in STILL_OPEN else [])]
    for place, (month, count) in enumerate(months):
        luck = np.random.default_rng([SEED, *team.encode(), 5 + DRAWS.get(team, 0), place])
        share = min(place / max(len(story.counts) - 1, 1), 1)
        middles = [
            (1 - share) * one + share * other for one, other in zip(story.first, story.last, strict=True)
        ]
        found += [_answer(month, number, people, middles, luck) for number in range(count)]
    return found


def _answer(
    month: str, number: int, people: list[str], middles: list[float], luck: np.random.Generator
) -> dict[str, Any]:
    taps = luck.normal(middles, SPREAD).round().clip(1, 5).astype(int).tolist()
    return {
        "at": f"{month}-{22 + number // 2:02d}T{12 + 2 * (number % 4):02d}:{7 + 6 * number:02d}Z",
        "by": people[number % len(people)],
        "kind": "pulse",
        "key": luck.bytes(16).hex(),
        "body": {"code": CODES[number], "round": month, "taps": dict(zip(DOMAINS, taps, strict=True))},
    }

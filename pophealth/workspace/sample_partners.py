"""Made-up partner answers and carbon costs of the sample teams; no number stands for a real one."""

from typing import Any

import numpy as np

from pophealth.workspace.records_partners import SIDES_OF_TRUST
from pophealth.workspace.sample_counts import SEED

MARKS = tuple(range(1, 8))
CODES = ("oak", "elm", "ash", "fir", "fig", "bay", "yew", "rue", "ivy")
MATTERS = {"open": 6.3, "promises": 6.0, "heard": 5.9, "fair": 5.2, "same": 5.6}
ROUNDS: dict[str, tuple[tuple[str, int, str, dict[str, float]], ...]] = {
    "gull-harbor": (
        ("2020-11", 7, "tomas", {"open": 3.6, "promises": 4.9, "heard": 4.0, "fair": 3.8, "same": 5.3}),
        ("2021-04", 8, "tomas", {"open": 4.9, "promises": 5.2, "heard": 5.2, "fair": 3.9, "same": 5.4}),
    ),
    "prairie-rose": (
        ("2020-12", 6, "", {"open": 4.8, "promises": 4.2, "heard": 4.4, "fair": 4.5, "same": 5.0}),
        ("2021-05", 9, "", {"open": 4.9, "promises": 5.4, "heard": 4.6, "fair": 4.4, "same": 5.2}),
    ),
    "two-forks": (
        ("2021-04", 4, "", {"open": 4.5, "promises": 4.5, "heard": 4.5, "fair": 4.5, "same": 5.0}),
    ),
}
"""Who asked in which month, how many answered, who typed the slips, and what happens on average."""

DRAWS = {"gull-harbor": 17, "prairie-rose": 6}
"""One of many equal draws, so that the figures say what the story says."""

CAR, CLINIC, PHONE = "home visit by car", "clinic visit", "phone call"
WORK = (
    (CAR, "km", (620, 640, 600, 580, 560, 540, 430, 410, 380, 390, 360, 350), 9.5),
    (CLINIC, "visits", (150, 155, 160, 158, 162, 149, 152, 160, 158, 163, 160, 165), 1.0),
    (PHONE, "minutes", (300, 320, 340, 380, 420, 460, 900, 960, 980, 1010, 1040, 1060), 12.0),
)
FACTORS = (
    (CAR, 0.25, 0.18, 0.32, "km"),
    (CLINIC, 4.0, 2.5, 6.5, "visits"),
    (PHONE, 0.01, 0.005, 0.03, "minutes"),
)
CARBON_TEAM, CARBON_BY = "gull-harbor", "ana"
MONTHS = ("2020-06", "2020-07", "2020-08", "2020-09", "2020-10", "2020-11")
MONTHS += ("2020-12", "2021-01", "2021-02", "2021-03", "2021-04", "2021-05")
MADE_UP = "Made up for this sample. Not a real factor."


def entries(team: str, people: list[str]) -> list[dict[str, Any]]:
    """Give what a sample team wrote, in the form of the entries of its story.

    Parameters
    ----------
    team : str
        Its short name.
    people : list of str
        Who writes in this team.

    Returns
    -------
    list of dict
        at, by, kind, key, body; empty for most teams.

    Examples
    --------
    >>> len(entries("two-forks", ["june"])), entries("northlake", ["lee"])
    (4, [])
    """
    return [*_answers(team, people), *(_work() if team == CARBON_TEAM else [])]


def _answers(team: str, people: list[str]) -> list[dict[str, Any]]:
    found = []
    for place, (month, count, by, happens) in enumerate(ROUNDS.get(team, ())):
        generator = np.random.default_rng([SEED + DRAWS.get(team, 0), *team.encode(), place])
        for number in range(count):
            body = {"code": CODES[number], "round": month}
            body |= {"matters": _marks(generator, MATTERS), "happens": _marks(generator, happens)}
            found.append(
                {
                    "at": f"{month}-{12 + number:02d}T17:{10 + 3 * number:02d}Z",
                    "by": by or people[number % len(people)],
                    "kind": "trust",
                    "key": generator.bytes(16).hex(),
                    "body": body,
                }
            )
    return found


def _marks(generator: np.random.Generator, middles: dict[str, float]) -> dict[str, int]:
    drawn = generator.normal([middles[name] for name in SIDES_OF_TRUST], 1.1)
    return {
        name: int(mark)
        for name, mark in zip(SIDES_OF_TRUST, drawn.round().clip(MARKS[0], MARKS[-1]), strict=True)
    }


def _work() -> list[dict[str, Any]]:
    about = {"by": CARBON_BY}
    factors = [
        about
        | {"at": f"2020-09-02T13:{20 + place}Z", "kind": "factor", "key": activity.replace(" ", "-")}
        | {"body": _factor(activity, factor, lower, upper, unit)}
        for place, (activity, factor, lower, upper, unit) in enumerate(FACTORS)
    ]
    work = [
        about
        | {"at": f"{_written(month)}T14:{10 + place}Z", "kind": "activity"}
        | {"key": f"{activity.replace(' ', '-')}-{month}"}
        | {"body": _activity(activity, unit, month, amounts[at], amounts[at] / each)}
        for place, (activity, unit, amounts, each) in enumerate(WORK)
        for at, month in enumerate(MONTHS)
    ]
    return factors + work


def _factor(activity: str, factor: float, lower: float, upper: float, unit: str) -> dict[str, Any]:
    numbers = {"factor": factor, "lower": lower, "upper": upper, "year": 2020}
    return {"activity": activity, "unit": unit, "source": MADE_UP, **numbers}


def _activity(activity: str, unit: str, month: str, amount: float, contacts: float) -> dict[str, Any]:
    numbers = {"amount": amount, "contacts": round(contacts)}
    return {"activity": activity, "month": month, "unit": unit, **numbers}


def _written(month: str) -> str:
    """Say when a month was written down: early in the next, and the months before the start in September."""
    year, number = int(month[:4]), int(month[5:])
    following = f"{year + number // 12}-{number % 12 + 1:02d}-04"
    return max(following, "2020-09-03")

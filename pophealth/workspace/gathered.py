"""Who is in a team, what each side brings, and what the team has done before."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from pophealth.workspace.records_gather import Skills
from pophealth.workspace.records_team import SIDES, Charter

MEMBERS = ("name", "role", "side", "time", "will", "ability", "resources", "brings")
GIFTS = {
    "will": "wants it, and can win others for it",
    "ability": "knows how to do a part of it",
    "resources": "brings time, money, a room or a say",
}
WITHOUT = {
    "institution": "Without someone from inside, nothing changes in care itself. Ask who would do the work.",
    "connector": "Without someone who links people, you talk about a place and not with it. "
    "Ask who is already trusted there.",
    "resident": "Without someone who lives with it, you may solve the wrong thing. "
    "Ask one person, pay for the time, and ask for a second so that nobody stands alone.",
}
NOBODY = {
    "will": "Ask who has lost sleep over this. Will is what carries a team through a bad month.",
    "ability": "Ask who has done a part of it before, here or elsewhere.",
    "resources": "Ask your sponsor for two things by name, such as four hours a week and a room.",
}
POINTS = {
    "sponsor": ("A sponsor, who clears the way", "Without one, the first closed door ends the work."),
    "lead": ("A lead, who calls the meetings", "Someone has to send the first message."),
    "data_lead": (
        "A data lead, who brings the numbers",
        "Without numbers you cannot see who is left behind.",
    ),
    "meet": ("When and where we meet", "A fixed day spares you the search for one each month."),
    "decide": ("How we decide", "Say it before the first hard choice, so that quiet voices count."),
    "disagree": ("What we do when we do not agree", "You will not agree at times. That is not a failure."),
    "fair": ("How everyone can come", "Think of pay for time, rides, child care and language."),
}
TAUGHT = {
    "listened": 4,
    "by_group": 5,
    "aimed": 6,
    "drew_drivers": 7,
    "tested": 8,
    "run_chart": 9,
    "partnered": 4,
    "spread": 10,
}
"""The step in which a team learns it."""


def members(records: Iterable[Any]) -> pd.DataFrame:
    """Put the people of a team into a table.

    Parameters
    ----------
    records : iterable of Member
        As the team wrote them.

    Returns
    -------
    pandas.DataFrame
        name, role, side, time, will, ability, resources (True or False), brings.

    Examples
    --------
    >>> from pophealth.workspace.records_team import Member
    >>> members([Member(name="Ana", side="institution", will=True)])[["name", "side", "will"]].values.tolist()
    [['Ana', 'institution', True]]
    """
    rows = [[getattr(one, name) for name in MEMBERS] for one in records]
    return pd.DataFrame(rows, columns=[*MEMBERS]).astype(dict.fromkeys(GIFTS, bool))


def sides(people: pd.DataFrame) -> pd.DataFrame:
    """Hold a team against the three sides: those who work in care, who connect, and who live with it.

    Parameters
    ----------
    people : pandas.DataFrame
        From `members`.

    Returns
    -------
    pandas.DataFrame
        side, people (how many), names, sentence (who is there, or why somebody is missed); one row a side.

    Notes
    -----
    Three-sided leadership as in the SCALE communities (2015 to 2017): institutional leaders, community
    connectors, and residents affected by inequity.

    Examples
    --------
    >>> from pophealth.workspace.records_team import Member
    >>> sides(members([Member(name="Ana", side="institution")]))["people"].tolist()
    [1, 0, 0]
    """
    names = {side: people.loc[people["side"].eq(side), "name"].tolist() for side in SIDES}
    rows = [(side, len(there), ", ".join(there), _told(side, there)) for side, there in names.items()]
    return pd.DataFrame(rows, columns=["side", "people", "names", "sentence"])


def gifts(people: pd.DataFrame) -> pd.DataFrame:
    """Count how many people bring will, ability and resources, and say what to do where nobody does.

    Parameters
    ----------
    people : pandas.DataFrame
        From `members`.

    Returns
    -------
    pandas.DataFrame
        gift, meaning, people, sentence; one row each.

    Examples
    --------
    >>> from pophealth.workspace.records_team import Member
    >>> gifts(members([Member(name="Ana", will=True)]))["people"].tolist()
    [1, 0, 0]
    """
    rows = []
    for gift, meaning in GIFTS.items():
        there = people.loc[people[gift], "name"].tolist()
        rows.append((gift, meaning, len(there), f"{', '.join(there)}." if there else NOBODY[gift]))
    return pd.DataFrame(rows, columns=["gift", "meaning", "people", "sentence"])


def agreed(charter: Charter) -> pd.DataFrame:
    """List what a team settled about how it works together, and why what is open matters.

    Parameters
    ----------
    charter : Charter
        As the team wrote it.

    Returns
    -------
    pandas.DataFrame
        point, there, sentence.

    Examples
    --------
    >>> int(agreed(Charter(lead="Grace"))["there"].sum())
    1
    """
    rows = [
        (label, bool(getattr(charter, name)), getattr(charter, name) or why)
        for name, (label, why) in POINTS.items()
    ]
    return pd.DataFrame(rows, columns=["point", "there", "sentence"])


def skills(record: Skills) -> pd.DataFrame:
    """Say for each skill how many in the team have it, who would show it, and where it is learned.

    Parameters
    ----------
    record : Skills
        As the team wrote it.

    Returns
    -------
    pandas.DataFrame
        skill, people, names, step.

    Examples
    --------
    >>> skills(Skills(run_chart="Ana, Wei and Luz")).query("people > 0")[["skill", "people"]].values.tolist()
    [['Drawing a run chart', 3]]
    """
    rows = []
    for question in (question for question in record.fields() if question.name in TAUGHT):
        there = [name.strip() for name in re.split(r"[,;\n]| and ", getattr(record, question.name))]
        there = [name for name in there if name]
        rows.append((question.label, len(there), ", ".join(there), TAUGHT[question.name]))
    return pd.DataFrame(rows, columns=["skill", "people", "names", "step"])


def _told(side: str, names: list[str]) -> str:
    return f"{', '.join(names)}." if names else WITHOUT[side]

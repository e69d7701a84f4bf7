"""Ladder answers of the sample teams as their teams typed them in, slip by slip."""

from typing import Any

import pandas as pd

from pophealth.workspace import sample_ladder

TYPED_BY = {"gull-harbor": "ana", "northlake": "wei"}


def entries(team: str) -> list[dict[str, Any]]:
    """Give the ladder answers of a sample team, in the form of the entries of its story.

    Parameters
    ----------
    team : str
        Its short name.

    Returns
    -------
    list of dict
        at, by, kind, key, body; empty for teams that did not ask.

    Examples
    --------
    >>> len(entries("gull-harbor")), entries("lowland")
    (9, [])
    """
    if team not in TYPED_BY:
        return []
    told = sample_ladder.invited()
    given = sample_ladder.answers().groupby(["team", "month", "group"])
    rounds = list(told[told["team"].eq(team)].itertuples(index=False))
    return [
        {
            "at": f"{one.month}-{21 + place % 3}T15:{10 + place:02d}Z",
            "by": TYPED_BY[team],
            "kind": "ladder",
            "key": f"slips-{place + 1:02d}",
            "body": {
                "group": one.group,
                "month": one.month,
                "invited": int(one.invited),
                "answers": _slips(given.get_group((team, one.month, one.group))),
            },
        }
        for place, one in enumerate(rounds)
    ]


def _slips(answers: pd.DataFrame) -> str:
    rungs = answers[["now", "future"]].astype(object).where(answers[["now", "future"]].notna(), "-")
    return "\n".join(f"{now} {future}" for now, future in rungs.itertuples(index=False, name=None))

"""What sample teams chose together in step 6: their list, what counts, ballots, decisions."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pophealth.workspace.records_choosing import CRITERIA, statement

FILE = "choosing.json"


def entries(folder: Path, team: str) -> list[dict[str, Any]]:
    """Give what a sample team wrote to choose, in the form of the entries of its story.

    Read a ballot in the file so: dots by item, points as one digit for each criterion in order (a dash for
    cannot say), and what stops an item; an item that has points and is not named there is stopped by nothing.

    Parameters
    ----------
    folder : Path
        Where the sample files lie.
    team : str
        Its short name.

    Returns
    -------
    list of dict
        at, by, kind, key, body; empty for teams that did not choose this way.

    Examples
    --------
    >>> from pophealth.workspace.samples import folder
    >>> entries(folder(), "painted-ridge")
    []
    """
    written = json.loads((folder / FILE).read_text(encoding="utf-8")).get(team, [])
    return [_ballot(team, one) if "ballot" in one else one for one in written]


def _ballot(team: str, one: dict[str, Any]) -> dict[str, Any]:
    scores = {
        statement(criterion, item): None if mark == "-" else int(mark)
        for item, marks in one["scores"].items()
        for criterion, mark in zip(CRITERIA, marks, strict=True)
    }
    stops = dict.fromkeys(one["scores"], 0) | one.get("stops", {})
    return {
        "at": one["at"],
        "by": one["by"],
        "kind": "ballot",
        "key": hashlib.sha256(f"{team} {one['ballot']}".encode()).hexdigest()[:32],
        "body": {
            "code": one["ballot"],
            "view": one["view"],
            "dots": one["dots"],
            "scores": scores,
            "stops": stops,
        },
    }

"""What sample teams wrote in step 2 beside their first ratings: agreements, readings, and a second round."""

import json
from pathlib import Path
from typing import Any

FILE = "standing.json"


def entries(folder: Path, team: str) -> list[dict[str, Any]]:
    """Give what a sample team added, in the form of the entries of its story.

    Parameters
    ----------
    folder : Path
        Where the sample files lie.
    team : str
        Its short name.

    Returns
    -------
    list of dict
        at, by, kind, key, body; empty for teams that added nothing.

    Examples
    --------
    >>> from pophealth.workspace.samples import folder
    >>> entries(folder(), "painted-ridge")
    []
    """
    return json.loads((folder / FILE).read_text(encoding="utf-8")).get(team, [])

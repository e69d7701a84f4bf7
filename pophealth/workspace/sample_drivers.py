"""What sample teams wrote in step 7 after their first diagram: ideas with reasons, whys, projects, ways."""

import json
from pathlib import Path
from typing import Any

FILE = "drivers.json"


def entries(folder: Path, story: dict[str, Any]) -> list[dict[str, Any]]:
    """Give what a sample team added, in the form of the entries of its story.

    Read an entry of a driver that was there before as its next revision: it keeps what stood there and adds
    what is new.

    Parameters
    ----------
    folder : Path
        Where the sample files lie.
    story : dict
        A team's story, with its own entries.

    Returns
    -------
    list of dict
        at, by, kind, key, body; empty for teams that added nothing.

    Examples
    --------
    >>> from pophealth.workspace.samples import folder
    >>> entries(folder(), {"team": {"slug": "painted-ridge"}, "entries": []})
    []
    """
    added = json.loads((folder / FILE).read_text(encoding="utf-8")).get(story["team"]["slug"], [])
    before = {_place(entry): entry["body"] for entry in story["entries"]}
    return [entry | {"body": before.get(_place(entry), {}) | entry["body"]} for entry in added]


def _place(entry: dict[str, Any]) -> tuple[str, str]:
    return entry["kind"], entry.get("key", "")

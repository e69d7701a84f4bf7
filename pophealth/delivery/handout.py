"""Everything a team has, as one file to take away."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from pophealth.views.policy_words import policy_sentence
from pophealth.workspace import definitions
from pophealth.workspace.dictionary import dictionary
from pophealth.workspace.entries import Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.record import Record
from pophealth.workspace.records import MODELS, Measure
from pophealth.workspace.store import TeamBook


def hand_out(book: TeamBook, path: str | Path) -> Path:
    """Write a team's words and counts, with what each field means, into one JSON file.

    The file holds what the person who asks may see; for the team itself its own counts, which are for the
    team only. A file that is there already is never overwritten.

    Parameters
    ----------
    book : TeamBook
        Bound to one person.
    path : str or Path
        The file to write, ending in .json.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    Problem
        When the file is there already, cannot be written, or has another ending.
    """
    target = Path(path)
    if target.suffix != ".json":
        raise Problem(f"{target.name} does not end in .json. Give the file a name such as {book.slug}.json.")
    text = json.dumps(contents(book), indent=1, ensure_ascii=False)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text + "\n")
    except FileExistsError:
        raise Problem(
            f"{target.name} is there already. Choose another name, or move it away first."
        ) from None
    except OSError:
        raise Problem(f"{target.name} could not be written. Check the folder and the free space.") from None
    return target


def contents(book: TeamBook) -> dict[str, Any]:
    """Gather a team's words and counts as plain values.

    Parameters
    ----------
    book : TeamBook
        Bound to one person.

    Returns
    -------
    dict
        team, records (newest first revision of each), counts (counts layout, one row a point), definitions
        (how each measure was counted, and when), small_numbers (what others see of each measure, in words),
        dictionary.
    """
    entries = [entry for kind in MODELS for entry in book.list(kind)]
    counts = [_rows(book.counts(entry.key)) for entry in entries if entry.kind == "measure"]
    return {
        "team": {"slug": book.slug, "name": book.name},
        "records": [_record(entry) for entry in entries],
        "counts": [row for rows in counts for row in rows],
        "definitions": _rows(definitions.table(book)),
        "small_numbers": {entry.key: _rule(entry.record) for entry in entries if entry.kind == "measure"},
        "dictionary": _rows(dictionary()),
    }


def _rule(measure: Record) -> str:
    if not isinstance(measure, Measure):
        return ""
    return policy_sentence(measure.policy_in_force, reason=measure.policy_reason)


def _record(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "key": entry.key,
        "revision": entry.revision,
        "author": entry.author,
        "saved_at": entry.saved_at.isoformat(),
        "shared": entry.shared,
        "body": entry.body,
    }


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = table.astype(object).where(table.notna(), None)
    return [{name: _value(value) for name, value in row.items()} for row in plain.to_dict("records")]


def _value(value: Any) -> Any:
    return value.strftime("%Y-%m-%d") if isinstance(value, datetime) else value

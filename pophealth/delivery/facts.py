"""What a report is made from: said on its cover, kept in the manifest."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from pophealth.workspace.errors import Problem
from pophealth.workspace.records import MODELS

_NUMBERS = ["numerator", "value"]


class Facts(NamedTuple):
    """The state of one team's work, as the person who makes the report may see it."""

    through: str
    revision: int
    rows: int
    fingerprint: str
    entries: dict[str, int]


def facts(book: Any) -> Facts:
    """Say which data a team's report shows.

    Parameters
    ----------
    book
        The team's book, bound to the person who asks.

    Returns
    -------
    Facts
        ``through``: the last month with a count, in words (blank without counts); ``revision``: the newest
        change of the team; ``rows``: rows of counts; ``fingerprint``: twelve characters that change when any
        count or record does; ``entries``: the revision of each record, by kind and key.
    """
    counts = _counts(book)
    entries = [entry for kind in MODELS if not MODELS[kind].private for entry in _listed(book, kind)]
    content = [counts.to_csv(index=False), [[entry.kind, entry.key, entry.body] for entry in entries]]
    last = counts["period"].max() if len(counts) else None
    return Facts(
        "" if last is None else f"{last:%B %Y}",
        book.revision(),
        len(counts),
        hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:12],
        {f"{entry.kind}/{entry.key}": entry.revision for entry in entries},
    )


def changes(before: Mapping[str, Any] | None, now: Facts) -> str:
    """Say in words what is new since an earlier report.

    Parameters
    ----------
    before
        The team's part of the earlier manifest, or nothing.
    now
        The facts of today.

    Returns
    -------
    str
        One or two short sentences.

    Examples
    --------
    >>> before = {"made": "3 May 2021", "rows": 24, "fingerprint": "a", "entries": {"aim/": 1}}
    >>> changes(before, Facts("May 2021", 9, 26, "b", {"aim/": 2, "test/calls": 1}))
    'Since 3 May 2021: 2 more rows of counts, 1 test of change (new), our aim (changed).'
    """
    if not before:
        return "First report in this folder."
    if before.get("fingerprint") == now.fingerprint:
        return f"Nothing has changed since {before.get('made', 'the last report')}."
    news = [
        *_row_news(now.rows - int(before.get("rows", 0))),
        *_entry_news(before.get("entries", {}), now.entries),
    ]
    return f"Since {before.get('made', 'the last report')}: {', '.join(news) or 'counts were corrected'}."


def _row_news(more: int) -> list[str]:
    if not more:
        return []
    rows = "row" if abs(more) == 1 else "rows"
    return [f"{more} more {rows} of counts"] if more > 0 else [f"{-more} fewer {rows} of counts"]


def _entry_news(before: Mapping[str, int], now: Mapping[str, int]) -> list[str]:
    told = {
        "new": [name for name in now if name not in before],
        "changed": [name for name in now if name in before and now[name] != before[name]],
        "taken away": [name for name in before if name not in now],
    }
    counted = ((word, Counter(name.split("/")[0] for name in names)) for word, names in told.items())
    return [f"{_many(kind, count)} ({word})" for word, kinds in counted for kind, count in kinds.items()]


def _many(kind: str, count: int) -> str:
    model = MODELS.get(kind)
    if model is None:
        return f"{count} {kind}"
    return (
        f"{count} {(model.title if count == 1 else model.plural).lower()}"
        if model.many
        else model.title.lower()
    )


def _listed(book: Any, kind: str) -> list[Any]:
    try:
        return book.list(kind)
    except Problem:
        return []


def _counts(book: Any) -> pd.DataFrame:
    """Every known count that this person may see, all measures under each other."""
    tables = [_seen(book, entry.key) for entry in _listed(book, "measure")]
    filled = [table for table in tables if len(table)]
    if not filled:
        return pd.DataFrame(columns=["measure", "period", *_NUMBERS])
    return pd.concat(filled, ignore_index=True).dropna(subset=_NUMBERS, how="all")


def _seen(book: Any, measure: str) -> pd.DataFrame:
    for view in ("own", "shared"):
        try:
            return book.counts(measure, view=view)
        except Problem:
            continue
    return pd.DataFrame()

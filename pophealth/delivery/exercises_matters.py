"""What the exercises of step 4 expect, from the same tables the reader has."""

from typing import Any

from pophealth.delivery.matters_pieces import by_group
from pophealth.stats import stakeholders


def _steps(book: Any) -> int | None:
    gaps = stakeholders.commitment(book.partners())
    return int(gaps["gap"].clip(lower=0).sum()) if len(gaps) else None


def _shared(book: Any) -> int | None:
    heard = book.heard()
    agreed = heard[heard["consent"]]
    return int(by_group(agreed).gt(0).sum(axis="columns").gt(1).sum()) if len(agreed) else None


EXERCISES = {
    "matters-steps": (
        _steps,
        "Keep the rows of gaps whose gap is above 0, and add them up.",
        "That is many talks. Start with the one that moves most people.",
    ),
    "matters-shared": (
        _shared,
        "Count for each theme of agreed how many different segments there are, then count those above 1.",
        "What two groups name apart from each other is worth a second look.",
    ),
}
"""Name, and what is expected, a hint and a word of praise."""

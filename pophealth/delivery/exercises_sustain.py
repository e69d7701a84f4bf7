"""What is expected in the exercises of step 10, from the same tables the reader has."""

from typing import Any

from pophealth.workspace import lasting


def kept_share(book: Any) -> int | None:
    """Give the percent of decided tests whose change was kept."""
    decided = book.tests().query("decision != ''")
    return round(100 * decided["decision"].eq("adopt").mean()) if len(decided) else None


def behind_plan(book: Any) -> int | None:
    """Give by how many places the spread lies behind its plan today."""
    curve = lasting.adoption(book.places(), as_of=book.as_of).dropna(subset=["running"])
    return int((curve["planned"] - curve["running"]).iloc[-1]) if len(curve) else None

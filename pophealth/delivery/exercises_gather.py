"""The exercises of step 1: what the reader's own tables say, a hint, and a word when it is right."""

from typing import Any

MEETINGS = ("session", "call", "webinar", "harvest")


def _residents(book: Any) -> int | None:
    people = book.members()
    return round(100 * people["side"].eq("resident").mean()) if len(people) else None


def _stretch(book: Any) -> int | None:
    calendar = book.calendar()
    meetings = calendar.loc[calendar["sort"].isin(MEETINGS), "date"]
    return int(meetings.diff().dt.days.max()) if len(meetings) > 1 else None


EXERCISES = {
    "gather-residents": (
        _residents,
        "Compare the column side with “resident”, take the mean, and multiply by 100.",
        "A share says who is in the room. Who speaks there is another question.",
    ),
    "gather-stretch": (
        _stretch,
        "Keep the rows whose sort is in meetings, and take the largest diff of their date, in days.",
        "Long stretches are where teams lose heart. Put a call of your own in the middle.",
    ),
}

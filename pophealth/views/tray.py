"""What the page's place for a file of counts may ask for: looked at in words first, taken in when told."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import pandas as pd

from pophealth.views.phrases import first_capital, many, span
from pophealth.workspace import intake
from pophealth.workspace.sheets import Upload

HEADING = "bring your counts"
HELP = (
    "Choose the file with your counts. You are told in words what is wrong, row by row. "
    "Nothing is kept until you say so."
)
MOST_BYTES = 5_000_000
_LOOK_ONLY = "You can read this. Only the team itself can bring counts."
_MOST = 20
_NAME = 80


class Tray:
    """A file of counts on its way in; only one that was looked at and found right can be taken in.

    Parameters
    ----------
    book : TeamBook
        The team, bound to one person.
    """

    title = "Counts from a file"

    def __init__(self, book: Any) -> None:
        self.book = book
        self._checked: intake.Checked | None = None

    def spec(self) -> dict[str, Any]:
        """Say what the page draws and what this person may do."""
        return {
            "file": True,
            "heading": HEADING,
            "help": HELP,
            "place": [self.book.workspace, self.book.slug, self.book.person.user, "counts"],
            "most": MOST_BYTES,
            "read_only": "" if self.book.can("import") else _LOOK_ONLY,
        }

    def state(self) -> dict[str, Any]:
        """Say which measures a file can be about, and which files are here already, newest first."""
        measures = [[entry.key, entry.record.summary] for entry in self.book.list("measure")]
        brought = self.book.imports() if self.book.can("counts") else pd.DataFrame()
        return {"measures": measures, "brought": [self._line(row) for _, row in brought[::-1].iterrows()]}

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Do what the page asks for.

        Parameters
        ----------
        message : mapping
            "type" is look (with name, content and, where the file names no measure, measure) or take.

        Returns
        -------
        dict
            An answer whose "type" is looked, kept or opened.

        Raises
        ------
        Problem
            When the file cannot be read at all, or is here already.
        """
        match message.get("type"):
            case "look":
                return self._look(message)
            case "take" if self._checked is not None:
                return self._take(self._checked)
            case _:
                return {"type": "opened", **self.state()}

    def _look(self, message: Mapping[str, Any]) -> dict[str, Any]:
        self._checked = None
        name = PurePath(str(message.get("name") or "counts.csv")).name[-_NAME:]
        upload = Upload(name, bytes(message.get("content") or b""))
        try:
            checked = intake.check(upload, book=self.book, measure=str(message.get("measure") or ""))
        except intake.Refused as refused:
            return {"type": "looked", "ready": False, "sentence": str(refused), **_told(refused.checked)}
        if len(checked.problems):
            return {"type": "looked", "ready": False, **_told(checked), **_wrong(checked)}
        self._checked = checked
        return {"type": "looked", "ready": True, "sentence": _right(checked), **_told(checked)}

    def _take(self, checked: intake.Checked) -> dict[str, Any]:
        kept = intake.accept(checked, book=self.book)
        self._checked = None
        sentence = f"Kept: {many(kept.rows, 'row')} from {checked.name}."
        replaced = f" {first_capital(many(kept.replaced, 'earlier row'))} made way." if kept.replaced else ""
        return {"type": "kept", "sentence": sentence + replaced, **self.state()}

    def _line(self, row: pd.Series) -> str:
        day = pd.Timestamp(row["at"])
        who = self.book.name_of(row["author"])
        return f"{row['file_name']} · {many(row['rows'], 'row')} · {who}, {day:%B} {day.day}, {day.year}"


def _told(checked: intake.Checked) -> dict[str, Any]:
    rows = checked.problems.astype({"row": str}).to_dict("records")
    more = max(0, len(rows) - _MOST)
    return {"problems": rows[:_MOST], "more": more, "notes": list(checked.notes), "unnamed": False}


def _wrong(checked: intake.Checked) -> dict[str, Any]:
    if checked.problems["column"].eq("measure").all() and checked.problems["row"].eq(1).all():
        sentence = f"{checked.name} does not say which measure it is about. Choose one above."
        return {"sentence": sentence, "problems": [], "unnamed": True}
    things = first_capital(many(len(checked.problems), "thing"))
    return {"sentence": f"{things} to mend in {checked.name} first. Nothing is kept yet."}


def _right(checked: intake.Checked) -> str:
    table = checked.table
    first, last = table["period"].min(), table["period"].max()
    groups = table.loc[table["stratum"].ne(""), ["stratifier", "stratum"]].drop_duplicates()
    split = f"in {many(len(groups), 'group')}" if len(groups) else "for everyone together"
    about = f"{many(len(table), 'row')} about {many(table['measure'].nunique(), 'measure')}"
    return f"{checked.name} can be read: {about}, {span(first, last)}, {split}."

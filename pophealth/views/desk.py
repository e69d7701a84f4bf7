"""What a form in the page may ask for, answered from the store; knows nothing of widgets.

A `Sheet` is one record, a `Pile` all records of a kind. Both have `state()`, what is kept now, and
`answer(message)`.
"""

import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from pophealth.views.form_spec import naming_field, with_own
from pophealth.views.phrases import many
from pophealth.views.typed import in_words, typed
from pophealth.workspace.entries import Conflict, Entry
from pophealth.workspace.errors import Problem
from pophealth.workspace.fields import Question
from pophealth.workspace.merge import merged
from pophealth.workspace.record import Record
from pophealth.workspace.records_standing import SECTION
from pophealth.workspace.slugs import checked_slug

Begin = Callable[[str], dict[str, str]]
Ask = Callable[[], Mapping[str, list[Any]]]


class Follow(NamedTuple):
    """A way to make the next record from one that is there: what the link says, and what is carried over."""

    words: str
    carried: Callable[[Record], dict[str, str]]


_TRIES = 5
_MOST = 999
_KEY_LENGTH = 32


class Sheet:
    """One record of a team: what is kept of it, and what a message from the page does to it.

    Parameters
    ----------
    book : TeamBook
        The team, bound to one person.
    model : type of Record
        The kind of record.
    key : str
        Which one, where there are several of a kind.
    ask : callable, optional
        Gives what a field asks about, where that is the team's own: sections of a grid, choices of a list.
    """

    def __init__(self, book: Any, model: type[Record], key: str = "", ask: Ask | None = None) -> None:
        self.book, self.model, self.key, self.ask, self.title = book, model, key, ask, model.title
        self.many, self.follow = False, None

    def state(self) -> dict[str, Any]:
        """Say what is kept now: values as a person would type them, problems, revision, time, shared."""
        return self._state(self.book.get(self.model.kind, self.key))

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Do what the page asks for.

        Parameters
        ----------
        message : mapping
            "type" is save (with values, based_on), share (with shared, based_on), history or open.

        Returns
        -------
        dict
            An answer whose "type" is kept, history or opened.
        """
        based_on = int(message.get("based_on") or 0)
        match message.get("type"):
            case "save":
                return self._save(self.model.draft(dict(message["values"]), self.key), based_on)
            case "share":
                return self._share(bool(message["shared"]), based_on)
            case "history":
                return {"type": "history", "entries": self._history()}
            case _:
                return {"type": "opened", **self.state()}

    def _save(self, draft: Record, based_on: int) -> dict[str, Any]:
        kept, contested = draft, {}
        for _ in range(_TRIES):
            try:
                entry = self.book.save(kept, based_on=based_on).entry
            except Conflict as conflict:
                theirs = conflict.theirs_entry
                based_on = theirs.revision
                if theirs.deleted:  # whoever goes on writing brings it back
                    continue
                contested |= {name: typed(theirs.record)[name] for name in conflict.fields}
                both = merged(base=conflict.base, mine=conflict.mine, theirs=conflict.theirs)
                kept = self.model.draft(both.body, self.key)
            else:
                return self._kept(entry, sent=typed(draft), contested=contested)
        raise Problem("Many people are writing here at once. Wait a moment, then choose “Try again”.")

    def _share(self, shared: bool, based_on: int) -> dict[str, Any]:
        note = ""
        try:
            entry = self.book.share(self.model.kind, self.key, shared=shared, based_on=based_on).entry
        except Conflict as conflict:
            note, entry = str(conflict), conflict.theirs_entry
        return self._kept(entry, sent=typed(entry.record), contested={}) | {"note": note}

    def _kept(self, entry: Entry, *, sent: dict[str, Any], contested: dict[str, Any]) -> dict[str, Any]:
        state = self._state(entry)
        brought = {name: value for name, value in state["values"].items() if value != sent[name]}
        other = self._before_mine(entry) if brought or contested else entry
        who = {"who": self.book.name_of(other.author), "at": other.saved_at.isoformat()}
        return {"type": "kept", "brought": brought, "contested": contested, **who, **state}

    def _before_mine(self, entry: Entry) -> Entry:
        if entry.author != self.book.person.user:
            return entry
        accepted = (one for one in self.book.history(self.model.kind, self.key) if not one.refused)
        return next((one for one in accepted if one.revision < entry.revision), entry)

    def _state(self, entry: Entry | None) -> dict[str, Any]:
        record = entry.record if entry else self.model.draft({}, self.key)
        return {
            "key": self.key,
            "values": typed(record),
            "problems": record.problems(),
            "complete": record.complete,
            "revision": entry.revision if entry else 0,
            "saved_at": entry.saved_at.isoformat() if entry else "",
            "shared": bool(entry and entry.shared),
            "item": _item(self.book, entry) if entry else None,
            "offered": {field.name: self._offered(field.of) for field in self.model.fields() if field.of}
            | dict(self.ask() if self.ask else {}),
        }

    def _fields(self) -> list[Question]:
        """List the fields with the team's own things that they ask about, so that these can be named."""
        asked = self.ask() if self.ask else {}
        return [with_own(field, asked.get(field.name)) for field in self.model.fields()]

    def _offered(self, kind: str) -> list[list[str]]:
        """List the records a field may name, by key and in words; a record never names itself."""
        if kind == SECTION:
            return [[section.slug, section.title] for section in self.book.instrument.sections]
        itself = self.key if kind == self.model.kind else None
        return [[entry.key, entry.record.summary] for entry in self.book.list(kind) if entry.key != itself]

    def _history(self) -> list[dict[str, Any]]:
        every = {entry.revision: entry for entry in self.book.history(self.model.kind, self.key)}
        shown = self.book.folded_history(self.model.kind, self.key)
        accepted = [entry for entry in shown if not entry.refused]
        earlier = {newer.revision: older for newer, older in pairwise(accepted)}
        newest = accepted[0].revision if accepted else 0
        return [
            self._version(entry, every.get(entry.based_on) if entry.refused else earlier.get(entry.revision))
            | {"current": entry.revision == newest}
            for entry in shown
        ]

    def _version(self, entry: Entry, before: Entry | None) -> dict[str, Any]:
        now, then = typed(entry.record), typed(before.record if before else self.model())
        words = self.book.instrument if self.model.kind == "rating" else None
        return {
            "who": self.book.name_of(entry.author),
            "at": entry.saved_at.isoformat(),
            "what": _what_happened(entry, before),
            "values": now,
            "changes": [
                {
                    "label": field.label,
                    "before": in_words(field, then, words),
                    "after": in_words(field, now, words),
                }
                for field in self._fields()
                if now[field.name] != then[field.name]
            ],
        }


class Pile:
    """All records of one kind that a team has.

    Parameters
    ----------
    book : TeamBook
        The team, bound to one person.
    model : type of Record
        A kind with several records.
    begin : callable, optional
        Gives the values a new record starts with, as a person would type them, by the name it is added under.
    follow, ask : optional
        A `Follow`; as in `Sheet`.
    """

    def __init__(
        self,
        book: Any,
        model: type[Record],
        begin: Begin | None = None,
        follow: Follow | None = None,
        ask: Ask | None = None,
    ) -> None:
        self.book, self.model, self.begin, self.follow, self.ask = book, model, begin, follow, ask
        self.many, self.title = True, model.title

    def state(self) -> dict[str, Any]:
        """Say what is there: a line for each record, and those that were removed."""
        kind = self.model.kind
        return {
            "items": [_item(self.book, entry) for entry in self.book.list(kind) if entry.author],
            "removed": [_item(self.book, entry) for entry in self.book.removed(kind)],
        }

    def answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Do what the page asks for: add, follow, remove, restore, or anything a `Sheet` answers.

        Parameters
        ----------
        message : mapping
            "type", and "key", "name" or what a sheet needs.

        Returns
        -------
        dict
            An answer whose "type" is list, or that of the sheet.
        """
        key = str(message.get("key") or "")
        match message.get("type"):
            case "add":
                return {"added": self._add(str(message.get("name") or ""))} | self._list()
            case "follow":
                return {"added": self._next(key)} | self._list()
            case "remove":
                return self._list(self._remove(key, int(message["based_on"])))
            case "restore":
                self._restore(key)
                return self._list("It is back.")
            case _:
                return Sheet(self.book, self.model, key, self.ask).answer(message)

    def _list(self, note: str = "") -> dict[str, Any]:
        return {"type": "list", "note": note, **self.state()}

    def _add(self, name: str) -> str:
        naming = naming_field(self.model)
        values = ({naming.name: name} if naming else {}) | (self.begin(name) if self.begin else {})
        return self._first(name, values)

    def _next(self, key: str) -> str:
        entry = self.book.get(self.model.kind, key)
        if self.follow is None or entry is None:
            raise Problem("This one is no longer here. Load the page again.")
        values = self.follow.carried(entry.record)
        naming = naming_field(self.model)
        return self._first(values.get(naming.name, "") if naming else "", values)

    def _first(self, name: str, values: dict[str, str]) -> str:
        for key in [secrets.token_hex(16)] if self.model.anonymous else _keys(name or self.model.kind):
            if self.book.history(self.model.kind, key):
                continue
            if self._is_first(self.model.draft(values, key)):
                return key
        raise Problem(f"No more than {_MOST} entries can have the same name. Choose another name.")

    def _is_first(self, record: Record) -> bool:
        try:
            return self.book.save(record, based_on=0).entry.revision == 1
        except Conflict:
            return False

    def _remove(self, key: str, based_on: int) -> str:
        try:
            self.book.delete(self.model.kind, key, based_on=based_on)
        except Conflict as conflict:
            return str(conflict)
        return "Removed. You can bring it back below."

    def _restore(self, key: str) -> None:
        accepted = [entry for entry in self.book.history(self.model.kind, key) if not entry.refused]
        last = next(entry for entry in accepted if not entry.deleted)
        self.book.save(last.record, based_on=accepted[0].revision)


def _item(book: Any, entry: Entry) -> dict[str, Any]:
    record = entry.record
    return {
        "key": entry.key,
        "revision": entry.revision,
        "shared": entry.shared,
        "locked": not book.can_change(entry),
        "title": record.summary,
        "detail": _detail(record),
    }


def _detail(record: Record) -> str:
    if record.problems():
        return "Something here needs a second look."
    if record.missing:
        return f"Still open: {', '.join(record.missing)}."
    values, short = typed(record), ("choice", "date", "month", "number", "text")
    asked = (field for field in record.fields() if field.core and not field.of)
    told = [_named(field, in_words(field, values)) for field in asked if field.input in short]
    told += [
        f"{many(len(values[field.name]), 'answer')} so far" for field in record.fields() if _long_grid(field)
    ]
    return " · ".join([words for words in told if words and words != record.summary][:3])


def _named(field: Question, said: str) -> str:
    """Say what a bare number is."""
    return f"{field.label} {said}" if field.input == "number" and said.isdecimal() else said


def _long_grid(field: Question) -> bool:
    return field.input == "grid" and not field.statements


def _what_happened(entry: Entry, before: Entry | None) -> str:
    if entry.refused:
        return "not taken over, because someone else had changed the same words"
    if entry.deleted:
        return "removed"
    if before and before.deleted:
        return "brought back"
    if entry.shared != bool(before and before.shared):
        return "shared with the other teams" if entry.shared else "no longer shared"
    return ""


def _keys(name: str) -> list[str]:
    slug = re.sub(r"[^a-z0-9]+", "-", _plain(name)).strip("-")[:_KEY_LENGTH].strip("-") or "entry"
    numbered = (f"{slug}-{number}" for number in range(2, _MOST + 1))
    return [key for key in (slug, *numbered) if _safe(key)]


def _safe(key: str) -> bool:
    try:
        return bool(checked_slug(key, "entry"))
    except Problem:
        return False


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

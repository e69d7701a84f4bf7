"""Widgets that edit records, in JupyterLab, under Voila and in the app; they only carry messages.

What a form asks for is answered in desk.py, what a file of counts needs in tray.py; what the page draws, and
how it keeps unsent words on the device, is in the scripts named in `_PARTS`.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from pophealth.views.desk import Ask, Begin, Follow, Pile, Sheet
from pophealth.views.form_spec import form_spec
from pophealth.views.markup import Html
from pophealth.views.room_desk import Hands, Shelf
from pophealth.views.tray import Tray
from pophealth.workspace.errors import Problem
from pophealth.workspace.record import Record

Then = Callable[[], Mapping[str, Html]]

_HERE = Path(__file__).parent
_PARTS = ("form_line", "form_field", "form", "form_list", "tray", "form_start")
_REMEMBERED = 50
_NOT_KEPT = "This could not be kept just now. Copy your words to be safe, then load the page again."
# A script that begins with / would be taken for an address, so the first file begins with a constant.
SCRIPT = "\n".join((_HERE / f"{name}.js").read_text(encoding="utf-8") for name in _PARTS)
_log = logging.getLogger(__name__)


class _Asked(anywidget.AnyWidget):
    """A piece of a page that asks, and is answered by a desk."""

    _css = (_HERE / "form.css").read_text(encoding="utf-8")
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: Any, spec: dict[str, Any]) -> None:
        self.desk = desk
        super().__init__(spec=spec, state=desk.state())
        self.on_msg(self._heard)

    def _heard(self, _widget: Any, message: Mapping[str, Any], buffers: Sequence[Any]) -> None:
        file = {"content": bytes(buffers[0])} if buffers else {}
        self.send(self.reply({**message, **file}))

    def reply(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one message of the page, also when something is wrong."""
        try:
            return self._answer(message)
        except Problem as problem:
            return {"type": "problem", "sentence": str(problem)}
        except Exception as error:  # the page waits for an answer and must not wait in vain
            _log.exception("a form could not answer: %s", type(error).__name__)
            return {"type": "problem", "sentence": _NOT_KEPT}

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        return self.desk.answer(message)


class _Form(_Asked):
    _esm = SCRIPT
    echo = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: Sheet | Pile | Tray, spec: dict[str, Any], then: Then | None = None) -> None:
        self._then = then
        self._answered: dict[tuple[str, int], dict[str, Any]] = {}
        super().__init__(desk, spec)

    def __repr__(self) -> str:
        return f"Form: {self.desk.title}"

    def reply(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one message of the page; asked the same again, give the same answer and do nothing twice.

        Parameters
        ----------
        message : mapping
            With "type", the "owner" (one open page) and the page's "sequence" number.

        Returns
        -------
        dict
            The answer, with the same owner and sequence.
        """
        name = (str(message.get("owner")), int(message.get("sequence") or 0))
        if name not in self._answered:
            answer = super().reply(message) | {"owner": name[0], "sequence": name[1]}
            self._answered = dict([*self._answered.items(), (name, answer)][-_REMEMBERED:])
        return self._answered[name]

    def _answer(self, message: Mapping[str, Any]) -> dict[str, Any]:
        answer = super()._answer(message)
        self.state = self.desk.state()
        if self._then and answer["type"] in ("kept", "list"):
            self.echo = {name: piece.html for name, piece in self._then().items()}
        return answer


class RecordForm(_Form):
    """A form for one record, kept by itself while a person types.

    Parameters
    ----------
    book : TeamBook
        The team, bound to one person.
    model : type of Record
        What is written, such as ``records.Aim``.
    key : str
        Which one, where there are several of a kind.
    then : callable, optional
        Gives the pieces of the page to draw again once something is kept, by the name `live` gave them.
    ask : callable, optional
        As in `desk.Sheet`.
    """

    def __init__(
        self,
        book: Any,
        model: type[Record],
        key: str = "",
        *,
        then: Then | None = None,
        ask: Ask | None = None,
    ) -> None:
        desk = Sheet(book, model, key, ask)
        super().__init__(desk, form_spec(desk), then)


class RecordList(_Form):
    """All records of one kind: a line each, one form to open, a way to add and to remove.

    Parameters
    ----------
    book : TeamBook
        The team, bound to one person.
    model : type of Record
        A kind with several records, such as ``records.Member``.
    then : callable, optional
        As in `RecordForm`.
    begin, follow, ask : optional
        As in `desk.Pile`.
    """

    def __init__(
        self,
        book: Any,
        model: type[Record],
        *,
        then: Then | None = None,
        begin: Begin | None = None,
        follow: Follow | None = None,
        ask: Ask | None = None,
    ) -> None:
        desk = Pile(book, model, begin, follow, ask)
        super().__init__(desk, form_spec(desk), then)


class CountsForm(_Form):
    """A place for a file of counts: checked in words first, taken in when the person says so.

    Parameters
    ----------
    book : TeamBook
        The team, bound to one person.
    """

    def __init__(self, book: Any) -> None:
        tray = Tray(book)
        super().__init__(tray, tray.spec())


class RoomQuestions(_Asked):
    """Questions for the room, on every screen at once: answers are taken, and shown as they come.

    Parameters
    ----------
    desk : room_desk.Hands
        Bound to one workspace and person.
    """

    _esm = (_HERE / "room_questions.js").read_text(encoding="utf-8")
    _css = _Asked._css + (_HERE / "room.css").read_text(encoding="utf-8")

    def __init__(self, desk: Hands) -> None:
        super().__init__(desk, desk.spec())

    def __repr__(self) -> str:
        return "Questions for the room"


class IdeaShelf(_Asked):
    """Ideas of other teams, each with a way to take it into one's own bank.

    Parameters
    ----------
    desk : room_desk.Shelf
        Bound to one workspace and person.
    """

    _esm = (_HERE / "idea_shelf.js").read_text(encoding="utf-8")
    _css = _Asked._css + (_HERE / "room.css").read_text(encoding="utf-8")

    def __init__(self, desk: Shelf) -> None:
        super().__init__(desk, desk.spec())

    def __repr__(self) -> str:
        return "Ideas of other teams"

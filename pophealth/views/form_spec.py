"""What a form in the page asks for, field by field, as plain data for the page to draw."""

from typing import TYPE_CHECKING, Any

from pophealth.workspace.fields import Question
from pophealth.workspace.instrument import Instrument
from pophealth.workspace.record import Record
from pophealth.workspace.records import COMMON

if TYPE_CHECKING:
    from pophealth.views.desk import Pile, Sheet

_LOOK_ONLY = "You can read this. Only the team itself can change it."
_LOOK_ONLY_HERE = "You can read this. Only faculty can change it."


def form_spec(desk: "Sheet | Pile") -> dict[str, Any]:
    """Say what a form asks for and what this person may do, for the page to draw.

    Parameters
    ----------
    desk : Sheet or Pile
        One record, or all of a kind.

    Returns
    -------
    dict
        Heading, help, fields, rights, and the place that names copies on the device.
    """
    book, model, many = desk.book, desk.model, desk.many
    heading = model.plural if many else model.title
    naming = naming_field(model)
    return {
        "many": many,
        "heading": _small(heading),
        "add": f"Add {'an' if model.title[0] in 'AEIOU' else 'a'} {_small(model.title)}",
        "help": model.help,
        "place": [book.workspace, book.slug, book.person.user, model.kind],
        "fields": [_field(field, book) for field in model.fields()],
        "naming": _field(naming, book) if naming else None,
        "follow": desk.follow.words if desk.follow else "",
        "read_only": ""
        if book.can("write", model.kind)
        else _LOOK_ONLY_HERE
        if model.kind in COMMON
        else _LOOK_ONLY,
        "may_share": not model.private and book.can("share", model.kind),
    }


def _look_only(kind: str) -> str:
    return _LOOK_ONLY_HERE if kind in COMMON else _LOOK_ONLY


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def naming_field(model: type[Record]) -> Question | None:
    """Find the field that names a record, such as the name of a measure; None where nothing does.

    Examples
    --------
    >>> from pophealth.workspace.records import Driver, Exchange, Score
    >>> naming_field(Driver).name, naming_field(Exchange).name, naming_field(Score)
    ('text', 'text', None)
    """
    fields = model.fields()
    named = next((field for field in fields if field.name in ("name", "title", "text")), None)
    return named or (fields[0] if fields[0].input == "text" and not fields[0].of else None)


def _field(field: Question, book: Any) -> dict[str, Any]:
    about = field._asdict()
    if field.input == "grid":
        own = [{"title": "", "statements": list(field.statements)}] if field.statements else []
        paged = not (field.statements or field.levels)
        sections = _sections(book.instrument) if paged else own
        about |= {"levels": list(field.levels), "sections": sections, "paged": paged}
    return about


def with_own(field: Question, asked: list[Any] | None) -> Question:
    """Put a team's own things into a field that asks about them.

    Parameters
    ----------
    field : Question
        A grid or a list.
    asked : list or None
        Sections of the grid, or choices of the list; None where the field asks about nothing of the team's.

    Returns
    -------
    Question
        The field, with their names.
    """
    if asked is None:
        return field
    if field.input != "grid":
        return field._replace(choices=tuple(map(tuple, asked)))
    texts = (tuple(one) for section in asked for one in section["statements"])
    return field._replace(statements=tuple(texts))


def _sections(instrument: Instrument) -> list[dict[str, Any]]:
    return [
        {"title": section.title, "statements": list(section.statements)} for section in instrument.sections
    ]

"""What a record holds, field by field, as a person would type it and as people read it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pophealth.workspace.fields import Question
from pophealth.workspace.instrument import LEVELS, SECTIONS
from pophealth.workspace.record import Record


def typed(record: Record) -> dict[str, Any]:
    """Give every field as a person would type it; what could not be read as it was typed.

    Examples
    --------
    >>> from pophealth.workspace.records import Aim
    >>> aim = typed(Aim.draft({"baseline": "56.0", "target": "most", "by_when": "6/30/2021"}))
    >>> aim["baseline"], aim["target"], aim["by_when"], aim["what"]
    ('56', 'most', '2021-06-30', '')
    """
    return {
        field.name: record.unread.get(field.name, _as_typed(field, getattr(record, field.name)))
        for field in record.fields()
    }


def _as_typed(field: Question, value: Any) -> Any:
    if isinstance(value, (bool, dict)):
        return value
    if isinstance(value, date):
        return f"{value:%Y-%m}" if field.input == "month" else value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value or "")


def in_words(field: Question, values: Mapping[str, Any]) -> str:
    """Write what a field holds for people to read.

    Examples
    --------
    >>> from pophealth.workspace.records import Measure
    >>> better = next(field for field in Measure.fields() if field.name == "better")
    >>> in_words(better, {"better": "higher"})
    'higher is better'
    """
    value = values[field.name]
    if field.input == "yes_no":
        return "yes" if value is True else "no"
    if field.input == "grid" and isinstance(value, dict):
        return _levels_in_words(field, value)
    return dict(field.choices).get(value, str(value))


def _levels_in_words(field: Question, answers: Mapping[str, int | None]) -> str:
    levels = dict(field.levels or LEVELS) | {None: "cannot say"}
    texts = {statement.name: statement.text for section in SECTIONS for statement in section.statements}
    texts |= dict(field.statements)
    return "; ".join(f"{texts.get(name, name)} {levels.get(level, level)}" for name, level in answers.items())

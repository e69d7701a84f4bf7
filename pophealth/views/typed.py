"""What a record holds, field by field, as a person would type it and as people read it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pophealth.workspace.fields import Question
from pophealth.workspace.instrument import Instrument, example
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


def in_words(field: Question, values: Mapping[str, Any], instrument: Instrument | None = None) -> str:
    """Write what a field holds for people to read; statements as the instrument words them, else our example.

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
        return _levels_in_words(field, value, instrument or example())
    return dict(field.choices).get(value, str(value))


def _levels_in_words(field: Question, answers: Mapping[str, int | None], instrument: Instrument) -> str:
    asked = {one.name: (one.text, dict(one.levels)) for one in instrument.statements}
    asked |= {name: (text, dict(field.levels)) for name, text in field.statements}
    told = []
    for name, level in answers.items():
        text, levels = asked.get(name, (name, {}))
        told.append(f"{text} {'cannot say' if level is None else levels.get(level, level)}")
    return "; ".join(told)

"""What every record has in common: fields, drafts, problems, and a body to store."""

from functools import cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pophealth.workspace.fields import SLUG, Question, Text, read_text, story

_OWN = {"key", "unread"}
_LAST = "made_with"


class Record(BaseModel):
    """Something a team can write; one class a kind.

    A record may be half filled: every field has an empty default. What a person typed and we could not
    read stays in `unread`, so nothing typed is ever lost. Every kind can say with whom it was made,
    unless one person answers alone or in confidence.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ClassVar[str]
    title: ClassVar[str]
    plural: ClassVar[str]
    help: ClassVar[str]
    step: ClassVar[str]
    many: ClassVar[bool] = False
    private: ClassVar[bool] = False
    anonymous: ClassVar[bool] = False
    confidential: ClassVar[bool] = False

    key: str = ""
    unread: dict[str, str] = Field(default_factory=dict)
    made_with: Text = story("Made with", "Who of the people affected helped, how, and were they paid?")

    @field_validator("key")
    @classmethod
    def _key_is_a_slug(cls, key: str) -> str:
        if key and not SLUG.fullmatch(key):
            raise ValueError("A key is made of small letters, digits and dashes, at most 40.")
        return key

    @model_validator(mode="before")
    @classmethod
    def _check_words_and_choices(cls, values: Any) -> Any:
        if isinstance(values, dict):
            for question in cls.fields():
                _check(question, values.get(question.name))
        return values

    @classmethod
    @cache
    def fields(cls) -> tuple[Question, ...]:
        """List the fields as a form asks for them.

        Returns
        -------
        tuple of Question
            In the order of the form; label, help, whether core, kind of input, choices, unit, limit.

        Examples
        --------
        >>> from pophealth.workspace.records import Aim
        >>> [question.name for question in Aim.fields() if question.core]
        ['what', 'population', 'place', 'baseline', 'target', 'by_when']
        """
        asked = [name for name in cls.model_fields if name not in _OWN | {_LAST}]
        last = [] if cls.alone() else [_LAST]
        return tuple(_question(name, cls.model_fields[name]) for name in [*asked, *last])

    @classmethod
    def alone(cls) -> bool:
        """Tell whether one person answers alone or in confidence, so that who helped would tell who it is."""
        return cls.private or cls.anonymous or cls.confidential

    @classmethod
    def draft(cls, values: dict[str, Any], key: str = "") -> Self:
        """Make a record of what was typed, and keep as typed what cannot be read.

        Parameters
        ----------
        values : dict
            Field names with what a person typed.
        key : str
            Tells one record of a kind from another.

        Returns
        -------
        Record
            Never an error: see `problems` for what could not be read.

        Examples
        --------
        >>> from pophealth.workspace.records import Aim
        >>> aim = Aim.draft({"what": "blood pressure under control", "target": "most"})
        >>> aim.target, aim.problems()["target"]
        (None, '“most” is not a number. Write digits only, like 56 or 56.5.')
        """
        names = {question.name for question in cls.fields()}
        known = {name: value for name, value in values.items() if name in names}
        try:
            return cls(key=key, **known)
        except ValidationError:
            return cls._as_far_as_read(known, key)

    @classmethod
    def _as_far_as_read(cls, known: dict[str, Any], key: str) -> Self:
        readable = {name: value for name, value in known.items() if not _complaint(cls, name, value)}
        unread = {name: str(value) for name, value in known.items() if name not in readable}
        return cls(key=key, unread=unread, **readable)

    @classmethod
    def from_body(cls, body: dict[str, Any], key: str = "") -> Self:
        """Read a record back from its stored body.

        Parameters
        ----------
        body : dict
            As `body()` gave it; fields that no longer exist are left out.
        key : str
            Tells one record of a kind from another.

        Returns
        -------
        Record
            The record, with what could not be read when it was typed.

        Examples
        --------
        >>> from pophealth.workspace.records import Aim
        >>> Aim.from_body(Aim.draft({"target": "most"}).body()).unread
        {'target': 'most'}
        """
        return cls.draft({**body, **body.get("unread", {})}, key)

    def body(self) -> dict[str, Any]:
        """Give the record as plain values that a store can keep.

        Returns
        -------
        dict
            Field names with text, numbers, true or false, ISO dates; `unread` only when there is some.

        Examples
        --------
        >>> from pophealth.workspace.records import Aim
        >>> Aim.draft({"by_when": "2021-06-30"}).body()["by_when"]
        '2021-06-30'
        """
        left_out = _OWN | ({_LAST} if self.alone() else set())
        body = self.model_dump(mode="json", exclude=left_out)
        return {**body, "unread": dict(self.unread)} if self.unread else body

    def problems(self) -> dict[str, str]:
        """Say in one sentence per field what should be looked at again.

        Returns
        -------
        dict
            Field name with a sentence; empty when all is well.

        Examples
        --------
        >>> from pophealth.workspace.records import Test
        >>> Test.draft({"start": "2021-03-01", "end": "2021-02-01"}).problems()["end"]
        'This test ends before it starts. Check both days.'
        """
        unread = {name: _complaint(type(self), name, typed) for name, typed in self.unread.items()}
        return {**self.check(), **unread}

    def check(self) -> dict[str, str]:
        """Look at several fields together; a kind of record adds its own rules here."""
        return {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of the core fields that are still empty."""
        asked = (question for question in self.fields() if question.core)
        return tuple(question.label for question in asked if _empty(getattr(self, question.name)))

    @property
    def complete(self) -> bool:
        """Whether every core field is filled and nothing needs a second look."""
        return not self.missing and not self.problems()

    @property
    def summary(self) -> str:
        """One line that tells this record from the others of its kind."""
        return str(getattr(self, type(self).fields()[0].name) or self.title)


def _question(name: str, field: Any) -> Question:
    about = field.json_schema_extra
    return Question(
        name=name,
        label=field.title,
        help=field.description,
        core=about["core"],
        input=about["input"],
        choices=tuple((value, label) for value, label in about.get("choices", ())),
        unit=about.get("unit", ""),
        limit=about.get("limit"),
        levels=about.get("levels", ()),
        statements=about.get("statements", ()),
        of=about.get("of", ""),
        blank=about.get("blank", "cannot say"),
        look=about.get("look", ""),
    )


def _check(question: Question, value: Any) -> None:
    if question.limit and len(str(value or "")) > question.limit:
        letters = len(str(value))
        raise ValueError(f"This is {letters:,} letters long; {question.limit:,} fit. Shorten it a little.")
    allowed = {choice for choice, _ in question.choices}
    if allowed and read_text(value) not in allowed | {""}:
        raise ValueError(f"“{str(value)[:40]}” is not one of the choices. Choose one from the list.")


def _complaint(model: type[Record], name: str, value: Any) -> str:
    try:
        model.model_validate({name: "" if value is None else value})
    except ValidationError as error:
        return str(error.errors()[0].get("ctx", {}).get("error", "This could not be read."))
    return ""


def _empty(value: Any) -> bool:
    return value is None or value in ("", {}, [])

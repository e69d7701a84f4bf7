"""The kinds of answer a form can ask for, and how each is read from what a person types."""

import math
import re
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field

SLUG = re.compile(r"^[a-z0-9][a-z0-9-]{0,39}$")
SHORT = 200
LONG = 2000


class Question(NamedTuple):
    """One field of a record as a form shows it."""

    name: str
    label: str
    help: str
    core: bool
    input: str
    choices: tuple[tuple[str, str], ...]
    unit: str
    limit: int | None
    levels: tuple[tuple[int, str], ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    of: str = ""
    blank: str = "cannot say"
    look: str = ""


def read_number(typed: Any) -> float | None:
    """Read a number the way people write it.

    Parameters
    ----------
    typed : Any
        A number, or text such as ``"56"``, ``"56.5 %"`` or ``"1,200"``.

    Returns
    -------
    float or None
        The number; None when nothing was typed.

    Raises
    ------
    ValueError
        With one sentence when the text is not a number.

    Examples
    --------
    >>> read_number("1,200"), read_number(" 56.5 % "), read_number("")
    (1200.0, 56.5, None)
    """
    if typed is None or (isinstance(typed, (int, float)) and not isinstance(typed, bool)):
        return _finite(typed)
    text = str(typed).strip().removesuffix("%").strip()
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if not text:
        return None
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text):
        raise ValueError(f"“{_shown(typed)}” is not a number. Write digits only, like 56 or 56.5.")
    return float(text)


def read_day(typed: Any) -> date | None:
    """Read a day written as year-month-day or month/day/year.

    Parameters
    ----------
    typed : Any
        A date, or text such as ``"2021-06-30"`` or ``"6/30/2021"``.

    Returns
    -------
    datetime.date or None
        The day; None when nothing was typed.

    Raises
    ------
    ValueError
        With one sentence when the text is not a day.

    Examples
    --------
    >>> read_day("6/30/2021").isoformat()
    '2021-06-30'
    """
    if typed is None or isinstance(typed, date):
        return typed.date() if isinstance(typed, datetime) else typed
    text = str(typed).strip()
    for pattern in ("%Y-%m-%d", "%m/%d/%Y", "%Y-%m"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    if text:
        raise ValueError(f"“{_shown(typed)}” is not a date. Write it like 2021-06-30.")
    return None


def read_month(typed: Any) -> date | None:
    """Read a month, kept as its first day.

    Parameters
    ----------
    typed : Any
        A date, or text such as ``"2021-06"``.

    Returns
    -------
    datetime.date or None
        The first day of the month; None when nothing was typed.

    Raises
    ------
    ValueError
        With one sentence when the text is not a month.

    Examples
    --------
    >>> read_month("2021-06").isoformat()
    '2021-06-01'
    """
    try:
        day = read_day(typed)
    except ValueError:
        raise ValueError(f"“{_shown(typed)}” is not a month. Write it like 2021-06.") from None
    return day.replace(day=1) if day else None


def read_yes(typed: Any) -> bool:
    """Read a tick box.

    Parameters
    ----------
    typed : Any
        True or False, or a word such as ``"yes"``.

    Returns
    -------
    bool
        Whether the box is ticked.

    Raises
    ------
    ValueError
        With one sentence when it is neither.

    Examples
    --------
    >>> read_yes("yes"), read_yes("")
    (True, False)
    """
    word = str(typed or "").strip().lower()
    if word in {"true", "yes", "1", "on"}:
        return True
    if word in {"false", "no", "0", "off", "none", ""}:
        return False
    raise ValueError(f"“{_shown(typed)}” is neither yes nor no. Tick the box or leave it empty.")


def read_text(typed: Any) -> str:
    """Read words; signs that no screen can show are dropped.

    Parameters
    ----------
    typed : Any
        Text.

    Returns
    -------
    str
        The text without control characters and without space at its ends.

    Examples
    --------
    >>> read_text(" the best place to grow up ")
    'the best place to grow up'
    """
    text = "" if typed is None else str(typed)
    if text.isprintable():
        return text.strip()
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).strip()


def read_answers(typed: Any, *, low: int = 0, high: int = 10) -> dict[str, int | None]:
    """Read the answers to a set of statements.

    Parameters
    ----------
    typed : Any
        Statement names with a level, or None for "cannot say".
    low, high : int
        The lowest and the highest level there is.

    Returns
    -------
    dict
        The same with whole numbers.

    Raises
    ------
    ValueError
        With one sentence when a level is not a whole number from low to high.

    Examples
    --------
    >>> read_answers({"equity-1": "2", "equity-2": None})
    {'equity-1': 2, 'equity-2': None}
    """
    if not typed:
        return {}
    if not isinstance(typed, dict):
        raise ValueError("The answers could not be read. Choose a level for each statement again.")
    return {str(name): _level(name, level, low=low, high=high) for name, level in typed.items()}


def _level(name: Any, level: Any, *, low: int, high: int) -> int | None:
    if level is None or level == "":
        return None
    if str(level) not in map(str, range(low, high + 1)):
        raise ValueError(f"The answer to “{_shown(name)}” must be a level from {low} to {high}.")
    return int(level)


def _finite(number: Any) -> float | None:
    if number is None:
        return None
    if not math.isfinite(number):
        raise ValueError("This is not a number. Write digits only, like 56 or 56.5.")
    return float(number)


def _shown(typed: Any) -> str:
    text = read_text(typed)
    return text if len(text) <= 40 else text[:39] + "…"


Text = Annotated[str, BeforeValidator(read_text)]
Number = Annotated[float | None, BeforeValidator(read_number)]
Day = Annotated[date | None, BeforeValidator(read_day)]
Month = Annotated[date | None, BeforeValidator(read_month)]
YesNo = Annotated[bool, BeforeValidator(read_yes)]
Answers = Annotated[dict[str, int | None], BeforeValidator(read_answers)]
Marks = Annotated[dict[str, int | None], BeforeValidator(partial(read_answers, low=1, high=7))]
Taps = Annotated[dict[str, int | None], BeforeValidator(partial(read_answers, low=1, high=5))]
Points = Annotated[dict[str, int | None], BeforeValidator(partial(read_answers, high=5))]


def _ask(label: str, hint: str, default: Any, **about: Any) -> Any:
    return Field(default=default, title=label, description=hint, json_schema_extra=about)


def words(label: str, hint: str, *, core: bool = False) -> Any:
    """Ask for a few words on one line."""
    return _ask(label, hint, "", core=core, input="text", limit=SHORT)


def pick(label: str, hint: str, kind: str, *, core: bool = False) -> Any:
    """Ask for one of the team's own records of a kind; its key is what is kept."""
    return _ask(label, hint, "", core=core, input="text", limit=SHORT, of=kind)


def story(label: str, hint: str, *, core: bool = False) -> Any:
    """Ask for one or more sentences."""
    return _ask(label, hint, "", core=core, input="long", limit=LONG)


def number(label: str, hint: str, *, core: bool = False, unit: str = "") -> Any:
    """Ask for a number."""
    return _ask(label, hint, None, core=core, input="number", unit=unit)


def day(label: str, hint: str, *, core: bool = False) -> Any:
    """Ask for a day."""
    return _ask(label, hint, None, core=core, input="date")


def month(label: str, hint: str, *, core: bool = False) -> Any:
    """Ask for a month."""
    return _ask(label, hint, None, core=core, input="month")


def choice(label: str, hint: str, options: dict[str, str], *, core: bool = False, first: str = "") -> Any:
    """Ask for one of a few options; `first` stands there until somebody chooses."""
    return _ask(
        label, hint, first, core=core, input="choice", choices=[list(pair) for pair in options.items()]
    )


def yes_no(label: str, hint: str, *, core: bool = False) -> Any:
    """Ask for a tick."""
    return _ask(label, hint, False, core=core, input="yes_no")


def grid(label: str, hint: str, *, core: bool = False) -> Any:
    """Ask for a level for each of a set of statements."""
    return Field(
        default_factory=dict,
        title=label,
        description=hint,
        json_schema_extra={"core": core, "input": "grid"},
    )


def marks(
    label: str,
    hint: str,
    statements: tuple[tuple[str, str], ...],
    levels: tuple[tuple[int, str], ...],
    *,
    core: bool = False,
) -> Any:
    """Ask for a mark for each of a set of statements."""
    about = {"core": core, "input": "grid", "statements": statements, "levels": levels}
    return Field(default_factory=dict, title=label, description=hint, json_schema_extra=about)


def points(
    label: str, hint: str, levels: dict[int, str], *, core: bool = False, blank: str, look: str
) -> Any:
    """Ask for points for each of the team's own things, in tight buttons or from a list.

    The step's book says which things these are.
    """
    about = {"core": core, "input": "grid", "levels": tuple(levels.items()), "blank": blank, "look": look}
    return Field(default_factory=dict, title=label, description=hint, json_schema_extra=about)

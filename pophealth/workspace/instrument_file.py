"""What a file of statements must look like, and one sentence for each thing that can be wrong with it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pophealth.workspace.errors import Problem
from pophealth.workspace.fields import SLUG
from pophealth.workspace.records_team import PORTFOLIOS

FORMAT = "pophealth instrument 1"
LARGEST = 1_000_000
HIGHEST = 10
LONGEST = 400


def checked(content: bytes, file: str) -> dict[str, Any]:
    """Read the bytes of a file of statements and hold them against the format.

    Parameters
    ----------
    content : bytes
        What stands in the file.
    file : str
        Its name, for the sentence.

    Returns
    -------
    dict
        As in the file.

    Raises
    ------
    Problem
        With one sentence for the first thing that is wrong.

    Examples
    --------
    >>> checked(b'{"format": "pophealth instrument 9"}', "ours.json")
    Traceback (most recent call last):
    pophealth.workspace.errors.Problem: ours.json: format is “pophealth instrument 9”. Write “pophealth \
instrument 1”.
    """
    found = _parsed(content, file)
    wrong = next(_wrongs(found), "")
    if wrong:
        raise Problem(f"{file}: {wrong}")
    return found


def _parsed(content: bytes, file: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise Problem(f"{file} is larger than 1 MB. Keep only statements, levels and next steps in it.")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Problem(f"{file} is not plain text. Save it as text in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Problem(
            f"{file}, line {error.lineno}: this is not JSON. Look for a comma, a quote or a bracket that is "
            "missing or too much."
        ) from None
    except RecursionError:
        raise Problem(f"{file} has too many brackets inside each other. Begin from our example.") from None
    if not isinstance(found, dict):
        raise Problem(f"{file} does not begin with a curly bracket. Begin from our example.")
    return found


def _wrongs(found: Mapping[str, Any]) -> Iterator[str]:
    if found.get("format") != FORMAT:
        yield f"format is “{_short(found.get('format', ''))}”. Write “{FORMAT}”."
    for name in ("name", "version"):
        if not SLUG.fullmatch(str(found.get(name, ""))):
            yield f"{name} is “{_short(found.get(name, ''))}”. Use small letters, digits and dashes only."
    yield from _not_words(found, "title", "the file")
    sections = found.get("sections", [])
    if not _list_of_dicts(sections):
        yield "there are no sections. Write at least one for each portfolio."
        return
    yield from _twice([section.get("slug") for section in sections], "section")
    for number, section in enumerate(sections, start=1):
        yield from _in_section(section, f"section {number}", found.get("levels"))
    yield from _portfolios(sections)
    named = [one["name"] for section in sections for one in section["statements"]]
    yield from _twice(named, "statement")


def _portfolios(sections: list[dict[str, Any]]) -> Iterator[str]:
    named = Counter(section.get("portfolio", "") for section in sections)
    for portfolio in PORTFOLIOS:
        if named[portfolio] != 1:
            yield f"{named[portfolio]} sections have the portfolio “{portfolio}”. Each portfolio needs one."
    if not named[""]:
        yield "no section is without a portfolio. Add one about how you work."


def _in_section(section: dict[str, Any], where: str, levels: Any) -> Iterator[str]:
    if not SLUG.fullmatch(str(section.get("slug", ""))):
        yield f"{where} has no slug. Give it one of small letters, digits and dashes."
    where = f"section “{_short(section['slug'])}”"
    yield from _not_words(section, "title", where)
    portfolio = section.get("portfolio", "")
    if portfolio not in ("", *PORTFOLIOS):
        yield f"{where} has the portfolio “{_short(portfolio)}”. Use one of: {', '.join(PORTFOLIOS)}."
    steps = section.get("next_steps")
    if not (isinstance(steps, list) and steps and all(map(_is_words, steps))):
        yield f"{where} has no next steps. Write a list of sentences, the one for the lowest score first."
    if not _list_of_dicts(section.get("statements")):
        yield f"{where} has no statements. Write at least one."
        return
    for number, one in enumerate(section["statements"], start=1):
        yield from _in_statement(one, f"statement {number} of {where}", levels)


def _in_statement(one: dict[str, Any], where: str, levels: Any) -> Iterator[str]:
    if not SLUG.fullmatch(str(one.get("name", ""))):
        yield f"{where} has no name. Give it one of small letters, digits and dashes."
    where = f"statement “{_short(one['name'])}”"
    yield from _not_words(one, "text", where)
    own = one.get("levels", levels)
    if not _list_of_dicts(own) or len(own) < 2:
        yield f"{where} has fewer than two levels. Write them with the statement or once for all."
        return
    values = [level.get("value") for level in own]
    if not all(type(value) is int and 0 <= value <= HIGHEST for value in values):
        yield f"a level of {where} is not a whole number from 0 to {HIGHEST}. Check its values."
    if len(set(values)) < len(values):
        yield f"two levels of {where} have the same value. Give each its own."
    if not all(_is_words(level.get("label")) for level in own):
        yield f"a level of {where} has no label. Write a few words."


def _not_words(about: Mapping[str, Any], name: str, where: str) -> Iterator[str]:
    if not _is_words(about.get(name)):
        yield f"{where} has no {name}. Write 1 to {LONGEST} letters."


def _twice(names: list[Any], what: str) -> Iterator[str]:
    name, count = Counter(map(str, names)).most_common(1)[0]
    if count > 1:
        yield f"two {what}s are called “{_short(name)}”. Give each a name of its own."


def _is_words(text: Any) -> bool:
    return isinstance(text, str) and 0 < len(text.strip()) <= LONGEST


def _list_of_dicts(found: Any) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(one, dict) for one in found)


def _short(text: Any) -> str:
    return str(text)[:40]

"""The statements a team rates itself on, as data: sections, levels, next steps, and the score of a section.

Our own example lies beside this module as a file of the same format a team can bring. Its statements, levels
and next steps are our own wording; its eight sections follow the four levers and the four portfolios of
population health named in the Pathways to Population Health Compass.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pophealth.workspace.errors import Problem
from pophealth.workspace.instrument_file import LARGEST, checked

FILE = "instrument.json"
EXAMPLE = "example"
PARTS = ("How we work", "What we work on")


class Statement(NamedTuple):
    """One thing a team may do today, and the levels to choose from, lowest first."""

    name: str
    text: str
    levels: tuple[tuple[int, str], ...]


class Section(NamedTuple):
    """A part of the work, with its statements and a next step for each height of the score."""

    slug: str
    title: str
    portfolio: str
    next_steps: tuple[str, ...]
    statements: tuple[Statement, ...]

    @property
    def part(self) -> str:
        """Whether it is about how a team works or about what it works on."""
        return PARTS[bool(self.portfolio)]

    def next_step(self, score: float) -> str:
        """Give the next step for a score from 0 to 100; between two, the one for the lower height.

        Parameters
        ----------
        score : float
            The middle answer.

        Returns
        -------
        str
            One sentence.
        """
        top = len(self.next_steps) - 1
        return self.next_steps[max(0, min(top, int(score * top / 100 + 0.4999)))]


class Instrument(NamedTuple):
    """A set of statements in one version; answers to another version are never mixed with it."""

    name: str
    version: str
    title: str
    source: str
    sections: tuple[Section, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in the order of the form."""
        return tuple(one for section in self.sections for one in section.statements)


@cache
def example() -> Instrument:
    """Give our own example: eight sections with four statements each.

    Returns
    -------
    Instrument
        In plain words, with four levels.

    Examples
    --------
    >>> len(example().sections), len(example().statements)
    (8, 32)
    """
    return _made(checked(example_file().read_bytes(), FILE), marked=False)


def example_file() -> Path:
    """Find the file of our own example, to look at and to begin a new one from."""
    return Path(__file__).with_name(FILE)


def read(path: Path) -> Instrument:
    """Read a file of statements.

    Parameters
    ----------
    path : Path
        A file in the format of our example.

    Returns
    -------
    Instrument
        Its statements carry the name and version of the file in their names, so that answers to two
        versions are never mixed.

    Raises
    ------
    Problem
        With one sentence: what is wrong, where, and what to do.
    """
    try:
        with path.open("rb") as file:
            found = checked(file.read(LARGEST + 1), path.name)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise Problem(f"{path.name} cannot be read ({reason}). Check its name and folder.") from None
    if found["name"] == EXAMPLE:
        raise Problem(
            f"{path.name}: the name “{EXAMPLE}” is that of our own example. Give your statements another."
        )
    return _made(found, marked=True)


def of(folder: Path) -> Instrument:
    """Give the statements of a workspace: those of its own file where there is one, else our example.

    Parameters
    ----------
    folder : Path
        The folder of the workspace.

    Returns
    -------
    Instrument
        What its teams rate themselves on.

    Raises
    ------
    Problem
        As in `read`, when there is a file that cannot be used.

    Examples
    --------
    >>> of(Path("no-such-folder")).name
    'example'
    """
    own = folder / FILE
    return read(own) if own.is_file() else example()


def put(path: Path, folder: Path) -> str:
    """Make a file of statements the one a workspace uses; the file used before is kept beside it.

    Parameters
    ----------
    path : Path
        The new file.
    folder : Path
        The folder of the workspace.

    Returns
    -------
    str
        The name under which the earlier file is kept; blank when there was none, or it is the same set.

    Raises
    ------
    Problem
        As in `read`; also when other statements carry the name and version of those in use.
    """
    new, own = read(path), folder / FILE
    kept = ""
    if own.is_file() and own.read_bytes() != path.read_bytes():
        old = read(own)
        if (old.name, old.version) == (new.name, new.version) and _asked(old) != _asked(new):
            raise Problem(
                f"{path.name}: version {new.version} of “{new.name}” is in use with other statements. Give "
                "the file a new version, so that answers are not mixed."
            )
        kept = f"{own.stem}-{old.name}-{old.version}{own.suffix}" if old[:2] != new[:2] else ""
        if kept:
            own.replace(folder / kept)
    fresh = folder / f"{FILE}.new"
    fresh.write_bytes(path.read_bytes())
    fresh.replace(own)
    return kept


def _asked(found: Instrument) -> list[tuple[str, tuple[int, ...]]]:
    """Give what answers depend on: names and values, so that a slip in a word can still be mended."""
    return [(one.name, tuple(value for value, _ in one.levels)) for one in found.statements]


def _made(found: Mapping[str, Any], *, marked: bool) -> Instrument:
    mark = f"{found['name']}-{found['version']}/" if marked else ""
    sections = tuple(_section(section, mark, found.get("levels", ())) for section in found["sections"])
    return Instrument(found["name"], found["version"], found["title"], found.get("source", ""), sections)


def _section(section: Mapping[str, Any], mark: str, levels: Any) -> Section:
    return Section(
        section["slug"],
        section["title"],
        section.get("portfolio", ""),
        tuple(section["next_steps"]),
        tuple(
            Statement(mark + one["name"], one["text"], _levels(one.get("levels", levels)))
            for one in section["statements"]
        ),
    )


def _levels(levels: Any) -> tuple[tuple[int, str], ...]:
    return tuple(sorted((level["value"], level["label"]) for level in levels))


def section_score(section: Section, answers: Mapping[str, int | None]) -> float | None:
    """Score one section from 0 to 100.

    The score is the share of the way from the lowest to the highest levels, over the statements answered; the
    formula is ours. With less than half answered there is no score.

    Parameters
    ----------
    section : Section
        The statements.
    answers : mapping of str to int or None
        Level by statement; None for "cannot say". What is no level of a statement counts as not answered.

    Returns
    -------
    float or None
        0 (not yet) to 100 (everywhere); None when less than half is answered.

    Examples
    --------
    >>> section = example().sections[0]
    >>> section_score(section, {"stewardship-1": 3, "stewardship-2": 0})
    50.0
    >>> section_score(section, {"stewardship-1": 3}) is None
    True
    """
    given = [(one.levels, answers.get(one.name)) for one in section.statements]
    known = [(levels, level) for levels, level in given if level in dict(levels)]
    if len(known) * 2 < len(given):
        return None
    way = sum((level or 0) - levels[0][0] for levels, level in known)
    return 100 * way / sum(levels[-1][0] - levels[0][0] for levels, _ in known)

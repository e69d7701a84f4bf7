"""Where a workspace stands, and what to tell a person when it cannot be used."""

import os
from pathlib import Path

from pophealth.workspace.errors import Problem

FILE = "workspace.sqlite"
_ENDINGS = {".sqlite", ".sqlite3", ".db"}
_SENTENCES = {
    "locked": "Somebody else is writing in {place} right now. Your words are still on the page; try again in "
    "a moment.",
    "busy": "Somebody else is writing in {place} right now. Your words are still on the page; try again in a "
    "moment.",
    "full": "The disk that holds {place} is full, so nothing was saved. Your words are still on the page; "
    "make room on the disk, then try again.",
    "readonly": "{place} is read-only, so nothing can be saved there. Your words are still on the page; ask "
    "whoever keeps the file to let you write.",
    "not a database": "{place} is not a workspace. Check the address, or make a workspace with: "
    "pophealth init DIR",
    "malformed": "{place} is damaged and cannot be read. Put back the last copy of it.",
    "unable to open": "{place} cannot be opened. Check that the file and its folder may be read and written "
    "by you.",
}


def resolved(address: str | os.PathLike[str] | None) -> Path:
    """Find the file of a workspace from what a person gave as its address.

    Parameters
    ----------
    address : str, path or None
        A folder, a .sqlite file or a ``sqlite:///`` address; None means ``POPHEALTH_WORKSPACE``, and without
        that ``./workspace.sqlite``.

    Returns
    -------
    pathlib.Path
        The file, whether it exists or not.

    Raises
    ------
    Problem
        When the address is of another kind of database.

    Examples
    --------
    >>> resolved("sqlite:///demo/workspace.sqlite").name
    'workspace.sqlite'
    """
    text = os.fspath(address) if address else os.environ.get("POPHEALTH_WORKSPACE", "") or FILE
    if "\0" in text:
        raise Problem("The address of the workspace holds a sign no path can have. Write it again.")
    if text.startswith("sqlite:///"):
        text = text.removeprefix("sqlite:///")
    elif "://" in text:
        kind = text.split("://", 1)[0]
        raise Problem(f"A workspace cannot be on “{kind}” yet. Give a folder or a .sqlite file.")
    path = Path(text).expanduser()
    return path if path.suffix in _ENDINGS and not path.is_dir() else path / FILE


def place(path: Path) -> str:
    """Name a file by itself and its folder, never by the whole path of the machine.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        Folder and file name.

    Examples
    --------
    >>> place(Path("somewhere/demo/workspace.sqlite"))
    'demo/workspace.sqlite'
    """
    folder = path.parent.name
    return f"{folder}/{path.name}" if folder else path.name


def explained(error: BaseException, path: Path) -> Problem:
    """Turn what the database said into one sentence for a person.

    Parameters
    ----------
    error : BaseException
        The error of the database.
    path : pathlib.Path
        The file it is about.

    Returns
    -------
    Problem
        What is wrong, where, and what to do.

    Examples
    --------
    >>> print(explained(OSError("file is not a database"), Path("demo/notes.sqlite")))
    demo/notes.sqlite is not a workspace. Check the address, or make a workspace with: pophealth init DIR
    """
    said = str(error).lower()
    for word, sentence in _SENTENCES.items():
        if word in said:
            return Problem(sentence.format(place=place(path)))
    return Problem(
        f"{place(path)} could not be used just now ({said.splitlines()[0]}). Nothing was changed; "
        "your words are still on the page. Try again, and if it stays so, tell whoever keeps the file."
    )


def reserved(path: Path) -> None:
    """Make an empty file that only its owner may read, where none has been.

    Parameters
    ----------
    path : pathlib.Path
        The file to make; its folder is made too.

    Raises
    ------
    Problem
        When there is one already, or it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Problem(
            f"{place(path)} is there already and was not touched. Open it, or choose another folder."
        ) from None
    except OSError as error:
        raise Problem(
            f"{place(path)} could not be made ({(error.strerror or 'no reason given').lower()}). Choose "
            "another folder."
        ) from None


def removed(path: Path) -> None:
    """Take away a database file that was only half made, and what SQLite left beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)

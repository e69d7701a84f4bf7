"""Short names that are safe in an address and in a file name."""

from pophealth.workspace.errors import Problem
from pophealth.workspace.fields import SLUG

_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)),
}


def shown(text: object, limit: int = 40) -> str:
    """Make somebody's text short and printable, so that a sentence can quote it.

    Parameters
    ----------
    text : object
        Anything, also hostile.
    limit : int
        Most letters shown.

    Returns
    -------
    str
        The text without signs that no screen can show, cut at the limit.

    Examples
    --------
    >>> shown("../x" + chr(0))
    '../x'
    """
    clean = "".join(sign for sign in str(text) if sign.isprintable())
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def checked_slug(text: object, what: str) -> str:
    """Let a short name pass when it is safe, and say in one sentence what is wrong otherwise.

    Parameters
    ----------
    text : object
        The short name.
    what : str
        What it names, for the sentence: "team", "person", "entry".

    Returns
    -------
    str
        The same short name.

    Raises
    ------
    Problem
        When it is anything but small letters, digits and dashes, or a name that a system keeps for itself.

    Examples
    --------
    >>> checked_slug("gull-harbor", "team")
    'gull-harbor'
    """
    if not isinstance(text, str) or not SLUG.fullmatch(text) or text in _RESERVED:
        raise Problem(
            f"“{shown(text)}” cannot be the short name of a {what}: use small letters, digits and dashes, "
            "at most 40, like gull-harbor."
        )
    return text

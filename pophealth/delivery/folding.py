"""Parts of a page that wait behind their heading until somebody opens them."""

from typing import NamedTuple

MORE = "## More, when you need it"


class Part(NamedTuple):
    """What a cell of words does to the part of the page it stands in.

    Attributes
    ----------
    ends : bool
        The part before it is over.
    heading : str
        The heading to click on, or "" when the words simply stand there.
    words : str
        What is left to show.
    """

    ends: bool
    heading: str
    words: str


def part(source: str) -> Part:
    """Tell whether words begin a part that waits behind its heading.

    Parameters
    ----------
    source : str
        The words of a notebook's cell.

    Returns
    -------
    Part
        Every heading of the second level ends the part before it; one that says "More, when you need it"
        begins a part that is closed at first.

    Examples
    --------
    >>> part("## More, when you need it: your calendar").heading
    '## More, when you need it: your calendar'
    >>> part("## Talk about it").heading
    ''
    """
    first, _, rest = source.lstrip().partition("\n")
    if not first.startswith(MORE):
        return Part(first.startswith("## "), "", source)
    return Part(True, first, rest.strip())

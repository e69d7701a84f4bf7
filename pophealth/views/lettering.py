"""How wide words are in a drawing, so that nothing is written over anything else."""

_WIDTHS = {
    0.2: "'",
    0.24: ",.:;`ij|·’‘",
    0.28: " !()l",
    0.32: '"[ft',
    0.36: "-]_r{}°",
    0.4: "/1I\\“”",
    0.44: "y",
    0.48: "*?cksvxz",
    0.54: "7Jae–×é",
    0.58: "23<>EFLTY^bdghnopqu~±ñ",
    0.62: "$+45689BPRSVZ−",
    0.66: "#0=ACKX",
    0.7: "DGHNUw…",
    0.74: "&OQ",
    0.78: "@",
    0.82: "½",
    0.86: "MWm—",
    0.94: "%",
}
_WIDTH = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
BOLD = 1.07
"""How much wider the heavier weight is."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how many pixels a line of text takes in the house font, a little generously.

    Parameters
    ----------
    text
        One line.
    size
        The font size in pixels.
    bold
        In the heavier weight.

    Examples
    --------
    >>> round(text_width("70% target", 12))
    61
    """
    return sum(_WIDTH.get(letter, 1.0) for letter in text) * size * (BOLD if bold else 1.0)


def wrapped(text: str, *, width: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines that fit a width.

    Examples
    --------
    >>> wrapped("The gap is closing since August", width=110, size=13)
    ['The gap is closing', 'since August']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        fits = text_width(longer, size, bold=bold) <= width or not lines[-1]
        lines = [*lines[:-1], longer] if fits else [*lines, word]
    return lines


def cut(text: str, *, width: float, size: float, bold: bool = False) -> str:
    """Shorten a line that is too long for its place, and show that it was.

    Examples
    --------
    >>> cut("Mandarin and Cantonese", width=90, size=14)
    'Mandarin an…'
    """
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(f"{text}…", size, bold=bold) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"

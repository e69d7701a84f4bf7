"""A driver diagram as text that other programs draw."""

import pandas as pd

SHAPES = {"aim": ("([", "])"), "primary": ("[", "]"), "secondary": ("[", "]"), "idea": ("(", ")")}
"""How each kind of box opens and closes."""


def flowchart(nodes: pd.DataFrame) -> str:
    """Write a driver diagram as a Mermaid flowchart from left to right.

    Read the result with any program that draws Mermaid. Words of people stand in quotes, and every sign that
    means something there is written as a number, so that it stays a sign.

    Parameters
    ----------
    nodes
        key, parent, level, text, as `diagrams.driver_diagram` takes them.

    Returns
    -------
    str
        Lines of text.

    Examples
    --------
    >>> rows = {"key": ["aim", "calls"], "parent": ["", "aim"], "level": ["aim", "primary"]}
    >>> print(flowchart(pd.DataFrame(rows | {"text": ["Sleep", "Someone calls"]})))
    flowchart LR
      n0(["Sleep"])
      n1["Someone calls"]
      n0 --- n1
    """
    names = {key: f"n{place}" for place, key in enumerate(nodes["key"])}
    boxes = [f"  {names[node.key]}{_box(node.level, node.text)}" for node in nodes.itertuples(index=False)]
    lines = [
        f"  {names[node.parent]} --- {names[node.key]}"
        for node in nodes.itertuples(index=False)
        if node.parent in names
    ]
    return "\n".join(["flowchart LR", *boxes, *lines])


def _box(level: str, text: str) -> str:
    begin, end = SHAPES[level]
    return f'{begin}"{_plain(text)}"{end}'


def _plain(text: str) -> str:
    """Write all but letters, digits and a few quiet signs as numbers."""
    signs = " ".join(text.split())
    return "".join(sign if sign.isalnum() or sign in " .,-'’–" else f"#{ord(sign)};" for sign in signs)

"""An attacker for tests, with nothing of ours: bounds what is hidden, and reads finished documents."""

import base64
import html
import io
import re
import zipfile
from itertools import combinations, product
from urllib.parse import unquote

import numpy as np
from scipy.optimize import linprog

TOTAL = "all"


def bounds(shown, *, least=1.0, reach=0.0):
    """Bound every hidden cell of a table with all its totals, one linear program after the other.

    `shown` maps tuples of labels (TOTAL for a sum) to numbers, None where hidden. Every line over every set
    of columns is used; a hidden number is at least `least`, a shown one within `reach`.
    """
    cells = list(shown)
    place = {cell: number for number, cell in enumerate(cells)}
    lines = []
    for cell in cells:
        open_ = [at for at, label in enumerate(cell) if label == TOTAL]
        for many in range(1, len(open_) + 1):
            for gone in combinations(open_, many):
                parts = [
                    place[other]
                    for other in cells
                    if all(
                        other[at] != TOTAL if at in gone else other[at] == label
                        for at, label in enumerate(cell)
                    )
                ]
                if parts:
                    row = np.zeros(len(cells))
                    row[parts] = 1
                    row[place[cell]] = -1
                    lines.append(row)
    ranges = [
        (least, None) if number is None else (number - reach * (number > 0), number + reach * (number > 0))
        for number in shown.values()
    ]
    found = {}
    for cell, number in shown.items():
        if number is None:
            found[cell] = tuple(_end(place[cell], sign, lines, ranges) for sign in (1, -1))
    return found


def _end(cell, sign, lines, ranges):
    cost = np.zeros(len(ranges))
    cost[cell] = sign
    solved = linprog(cost, A_eq=np.array(lines), b_eq=np.zeros(len(lines)), bounds=ranges, method="highs")
    assert solved.status in (0, 3), solved.message
    return solved.x[cell] if solved.status == 0 else sign * -np.inf


def pinned(found, *, least=1, most=10):
    """The cells whose whole range lies between two whole numbers."""
    return [
        cell
        for cell, (low, high) in found.items()
        if np.ceil(low - 1e-6) >= least and (np.isfinite(high) and np.floor(high + 1e-6) <= most)
    ]


def with_totals(counts):
    """All cells of an array of counts, and every sum over one or more of its axes, by labels."""
    axes = counts.ndim
    found = {}
    for gone in product([False, True], repeat=axes):
        over = tuple(axis for axis in range(axes) if gone[axis])
        summed = counts.sum(axis=over)
        for at in np.ndindex(*summed.shape):
            left = iter(at)
            found[tuple(TOTAL if gone[axis] else f"g{next(left)}" for axis in range(axes))] = int(summed[at])
    return found


_NUMBER = re.compile(r"(?<![\w.])[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.])[-−]?\d+(?:\.\d+)?")
_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)(?:;(?!base64)[\w=.-]+)*(;base64)?,([A-Za-z0-9+/=%._~!*'()-]+)")
_TOLD = re.compile(r"""\s(?:aria-[a-z]+|alt|title|summary|value|data-[\w-]+)\s*=\s*("[^"]*"|'[^']*')""")


def numbers_in(document):
    """Every number that a reader of an SVG, an HTML page, a CSV file or an XLSX file can find in it."""
    if isinstance(document, bytes):
        return numbers_in(
            _unzipped(document) if document[:2] == b"PK" else document.decode("utf-8", "replace")
        )
    files = [found for found in _DATA.findall(document) if not found[0].startswith(("font/", "image/png"))]
    inner = [_decoded(packed, data) for _, packed, data in files]
    bare = _DATA.sub(" ", document)
    style = re.sub(r"<style.*?</style>|<!--.*?-->", " ", bare, flags=re.S)
    text = " ".join([re.sub(r"<[^>]*>", " | ", style), *_TOLD.findall(style)]) if "<" in style else style
    found = {float(re.sub("[,−]", _plain, number)) for number in _NUMBER.findall(html.unescape(text))}
    return found.union(*(numbers_in(part) for part in inner))


def _plain(sign):
    return "" if sign.group() == "," else "-"


def _decoded(packed, data):
    return base64.b64decode(data) if packed else unquote(data)


def _unzipped(document):
    with zipfile.ZipFile(io.BytesIO(document)) as folder:
        return "\n".join(
            folder.read(name).decode("utf-8") for name in folder.namelist() if name.endswith(".xml")
        )


def given_away(document, secrets):
    """Those of the secret numbers that stand in a document, as they are or rounded.

    A number rounded to fewer than three digits, or to none after the point, would be found by chance.
    """
    there = numbers_in(document)
    return [secret for secret in secrets if {secret, *_rounded(secret)} & there]


def _rounded(secret):
    if secret % 1 == 0:
        return set()
    digits = 1 + int(np.floor(np.log10(abs(secret))))
    return {round(float(secret), places) for places in range(max(1, 3 - digits), 9)}

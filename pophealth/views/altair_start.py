"""Altair, loaded the quick way: import it from here and from nowhere else in the package.

While altair loads, jsonschema builds a large grammar to check internationalised addresses; no chart has
one. Keeping that grammar out for the moment of loading takes two thirds off the time (2.7 s to 0.9 s when
measured).
"""

import importlib
import sys

GRAMMAR = "rfc3987_syntax"


def _load():
    if GRAMMAR in sys.modules:
        return importlib.import_module("altair")
    sys.modules[GRAMMAR] = None  # type: ignore[assignment]  python's own way to say: not there
    try:
        return importlib.import_module("altair")
    finally:
        del sys.modules[GRAMMAR]


alt = _load()

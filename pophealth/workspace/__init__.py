"""What a team knows and writes."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pophealth.workspace.store import Workspace
    from pophealth.workspace.team_book import TeamBook

_NAMES = {"Workspace": "pophealth.workspace.store", "TeamBook": "pophealth.workspace.team_book"}

__all__ = ["TeamBook", "Workspace"]


def __getattr__(name: str) -> Any:
    """Load a public name the first time it is asked for."""
    if name not in _NAMES:
        raise AttributeError(f"pophealth.workspace has no name {name!r}")
    return getattr(import_module(_NAMES[name]), name)

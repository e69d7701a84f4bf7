"""A workbook for teams who improve the health of populations."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pophealth.delivery.reports import run_reports
    from pophealth.delivery.workbook import open_workbook
    from pophealth.workspace.store import Workspace

__version__ = "0.1.0"

_NAMES = {
    "open_workbook": "pophealth.delivery.workbook",
    "Workspace": "pophealth.workspace.store",
    "run_reports": "pophealth.delivery.reports",
}

__all__ = ["Workspace", "__version__", "open_workbook", "run_reports"]


def __getattr__(name: str) -> Any:
    """Load a public name the first time a notebook asks for it."""
    if name not in _NAMES:
        raise AttributeError(f"pophealth has no name {name!r}; it offers {', '.join(__all__)}")
    return getattr(import_module(_NAMES[name]), name)

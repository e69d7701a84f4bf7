"""How a workbook reaches people: notebooks, app, reports, command line."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pophealth.delivery.reports import run_reports
    from pophealth.delivery.workbook import open_workbook

_NAMES = {
    "open_workbook": "pophealth.delivery.workbook",
    "run_reports": "pophealth.delivery.reports",
}

__all__ = ["open_workbook", "run_reports"]


def __getattr__(name: str) -> Any:
    """Load a public name the first time it is asked for."""
    if name not in _NAMES:
        raise AttributeError(f"pophealth.delivery has no name {name!r}")
    return getattr(import_module(_NAMES[name]), name)

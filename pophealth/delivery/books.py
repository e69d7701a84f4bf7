"""Which class works for which notebook; each is loaded when it is asked for."""

from importlib import import_module
from typing import Any

BOOKS = {
    "start": ("pophealth.delivery.book_start", "StartBook"),
    "gather": ("pophealth.delivery.book_gather", "GatherBook"),
    "standing": ("pophealth.delivery.book_standing", "StandingBook"),
    "align": ("pophealth.delivery.book_align", "AlignBook"),
    "matters": ("pophealth.delivery.book_matters", "MattersBook"),
    "focus": ("pophealth.delivery.book_focus", "FocusBook"),
    "aim": ("pophealth.delivery.book_aim", "AimBook"),
    "drivers": ("pophealth.delivery.book_drivers", "DriversBook"),
    "test": ("pophealth.delivery.book_cycles", "CyclesBook"),
    "measure": ("pophealth.delivery.book_measure", "MeasureBook"),
    "sustain": ("pophealth.delivery.book_sustain", "SustainBook"),
    "room": ("pophealth.delivery.book_room", "RoomBook"),
    "faculty": ("pophealth.delivery.book_faculty", "FacultyBook"),
}


def book_of(step: str) -> Any:
    """Load the class behind a notebook.

    Parameters
    ----------
    step : str
        A step's slug, or "start", "room", "faculty".

    Returns
    -------
    type
        A kind of `Workbook`.

    Examples
    --------
    >>> book_of("aim").__name__, book_of("something else").__name__
    ('AimBook', 'Workbook')
    """
    module, name = BOOKS.get(step, ("pophealth.delivery.workbook", "Workbook"))
    return getattr(import_module(module), name)

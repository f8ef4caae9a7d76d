"""What a grid is about: its title, or the name of the tab."""

from __future__ import annotations

from sheets_sync.intake.layouts.listed import Placed
from sheets_sync.intake.services import read_known_service
from sheets_sync.ports import Sheet


def service_of_the_tab(sheet: Sheet, header: int) -> Placed | None:
    """Return the one service that a text above the header (a 1-based row) or the tab's name speaks of."""
    for number in range(1, header):
        for place, cell in enumerate(sheet.rows[number - 1]):
            if isinstance(cell, str) and (name := read_known_service(cell)):
                return name, number, place
    name = read_known_service(sheet.name)
    return (name, 1, 0) if name else None
